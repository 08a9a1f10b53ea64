// ZIP archives as people's programs write them.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import { afterAll, describe, expect, test } from 'vitest'
import yazl from 'yazl'
import { listZip, unzip } from '../../../../sandbox/helpers/archive/zip.ts'
import { openUnzipScene } from './unzip-scene.ts'
import { buildZip, type BuiltEntry } from './zip-builder.ts'

const { root, unpack, close } = openUnzipScene()
afterAll(close)
const build = (...entries: readonly BuiltEntry[]): Uint8Array => buildZip(entries)

async function packedByYazl(): Promise<Uint8Array> {
  const zip = new yazl.ZipFile()
  zip.addEmptyDirectory('empty/')
  zip.addBuffer(Buffer.from('a,b\n1,2\n'), 'data/one.csv', { mtime: new Date(2024, 0, 31, 10, 0, 4) })
  zip.addBuffer(Buffer.from('x'.repeat(5000)), '说明.txt', { compress: false })
  zip.end()
  const parts: Buffer[] = []
  for await (const part of zip.outputStream) parts.push(part as Buffer)
  return new Uint8Array(Buffer.concat(parts))
}

describe('an ordinary archive', () => {
  test('is listed with sizes, times and folders', async () => {
    const list = await listZip(await packedByYazl())
    expect(list).toEqual([
      { name: 'empty/', bytes: 0, compressedBytes: 0, modified: expect.any(String), isFolder: true, encrypted: false },
      {
        name: 'data/one.csv',
        bytes: 8,
        compressedBytes: expect.any(Number),
        modified: '2024-01-31T10:00:04',
        isFolder: false,
        encrypted: false,
      },
      {
        name: '说明.txt',
        bytes: 5000,
        compressedBytes: 5000,
        modified: expect.any(String),
        isFolder: false,
        encrypted: false,
      },
    ])
  })

  test('is unpacked with its folders, whole or in part', async () => {
    const bytes = await packedByYazl()
    expect(await unpack(bytes)).toEqual({ 'data/one.csv': 'a,b\n1,2\n', '说明.txt': 'x'.repeat(5000) })
    expect(Object.keys(await unpack(bytes, { only: 'data/' }))).toEqual(['data/one.csv'])
    expect(Object.keys(await unpack(bytes, { only: '*.CSV' }))).toEqual(['data/one.csv'])
    expect(Object.keys(await unpack(bytes, { only: ['说明.txt', 'none'] }))).toEqual(['说明.txt'])
    await expect(unzip(bytes, { into: root, only: '*.xlsx' })).rejects.toThrow(
      'unzip: the archive: nothing in it is "*.xlsx"; it has empty/, data/one.csv, 说明.txt',
    )
  })

  test('may be streamed, of ZIP64, after a program, stored or deflated', async () => {
    const entries: BuiltEntry[] = [
      { name: 'a.txt', content: 'streamed', streamed: true },
      { name: 'b.txt', content: 'stored', method: 0 },
      { name: 'c.txt', content: 'long', zip64: true },
      { name: 'empty.txt', content: '' },
    ]
    const expected = { 'a.txt': 'streamed', 'b.txt': 'stored', 'c.txt': 'long', 'empty.txt': '' }
    expect(await unpack(buildZip(entries))).toEqual(expected)
    expect(await unpack(buildZip(entries, Buffer.from('#!/bin/sh\nexit\n')))).toEqual(expected)
  })

  test('may be given by its name', async () => {
    const path = join(root, 'my data.zip')
    writeFileSync(path, build({ name: 'a.txt', content: 'x' }))
    expect((await listZip(path)).map(({ name }) => name)).toEqual(['a.txt'])
    expect(await unzip(path, { into: join(root, 'named') })).toEqual([join(root, 'named', 'a.txt')])
  })
})

describe('names', () => {
  const encoded = (encoding: string, ...names: readonly string[]): Promise<string[]> =>
    listZip(buildZip(names.map((name) => ({ name: iconv.encode(name, encoding), content: 'x' })))).then((list) =>
      list.map(({ name }) => name),
    )

  test('without a word of their encoding are GBK, Big5, Shift_JIS, EUC-KR, code page 437 or UTF-8', async () => {
    for (const [encoding, ...names] of [
      ['gb18030', '报表/2024年销售数据.csv', '报表/说明.txt'],
      ['big5', '報表/2024年銷售資料.csv', '說明.txt'],
      ['shift_jis', '売上データ.csv', '東京支店.csv'],
      ['euc-kr', '매출 자료.csv', '서울.csv'],
      ['cp437', 'Übersicht München.csv', 'Größe.csv'],
      ['utf-8', '数据.csv', 'été.csv'],
    ] as const) {
      expect(await encoded(encoding, ...names)).toEqual(names)
    }
  })

  test('have a field of their own in UTF-8 from some packers', async () => {
    const own = Buffer.from('真.csv')
    const extra = Buffer.concat([Buffer.from([0x75, 0x70, own.length + 5, 0, 1, 0, 0, 0, 0]), own])
    expect((await listZip(build({ name: 'wrong.csv', extra })))[0]?.name).toBe('真.csv')
  })

  test('never lead out of the folder', async () => {
    const bad = [
      '../../up.txt',
      '/etc/passwd',
      'C:\\Windows\\win.ini',
      '..\\..\\back.txt',
      'a/./b/../c.txt',
      '\\\\server\\x.txt',
      './..',
      'ok\u0000.txt',
      '...',
    ]
    const written = await unpack(buildZip(bad.map((name) => ({ name, content: name }))))
    expect(Object.keys(written)).toEqual([
      'up.txt',
      'etc/passwd',
      'Windows/win.ini',
      'back.txt',
      'a/b/c.txt',
      'server/x.txt',
      'ok_.txt',
    ])
  })

  test('that are taken, in another case, in NFC and NFD, or by a folder get a number', async () => {
    const names = ['a.txt', 'a.txt', 'A.TXT', 'é.txt', 'e\u0301.txt', 'x', 'x/y.txt']
    const written = await unpack(buildZip(names.map((name, i) => ({ name, content: String(i) }))))
    expect(written).toEqual({
      'a.txt': '0',
      'a (2).txt': '1',
      'A (3).TXT': '2',
      'é.txt': '3',
      'é (2).txt': '4',
      'x (2)': '5',
      'x/y.txt': '6',
    })
  })

  test('of 300 characters are cut, with their ending', async () => {
    const long = Object.keys(await unpack(build({ name: `${'长'.repeat(300)}.csv`, content: 'x' })))
    expect(long).toEqual([`${'长'.repeat(78)}.csv`])
    const deep = Object.keys(await unpack(build({ name: `${'d'.repeat(200)}/`.repeat(10) + 'f.csv', content: 'x' })))
    expect(deep[0]?.length).toBeLessThan(900)
    expect(deep[0]).toMatch(/d\/f\.csv$/)
  })

  test('of links, devices and the finder are left out', async () => {
    const bytes = build(
      { name: 'link', content: '/etc/passwd', method: 0, mode: 0o120777 },
      { name: 'pipe', mode: 0o010644 },
      { name: '__MACOSX/._a.txt', content: 'x' },
      { name: '.DS_Store', content: 'x' },
      { name: 'a.txt', content: 'kept', mode: 0o100644 },
    )
    expect(await unpack(bytes)).toEqual({ 'a.txt': 'kept' })
  })
})
