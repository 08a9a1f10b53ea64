// ZIP archives as people's programs write them, and as attackers do.
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import yazl from 'yazl'
import { listZip, unzip, type UnzipOptions } from '../../../../sandbox/helpers/archive/zip.ts'
import { buildZip, type BuiltEntry } from './zip-builder.ts'

let root: string
let into: string
let runs = 0
beforeEach(() => {
  root ??= mkdtempSync(join(tmpdir(), 'easel-zip-'))
  into = join(root, `out-${++runs}`)
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** Names written, below the folder, with their content. */
async function unpack(bytes: Uint8Array, options: UnzipOptions = {}): Promise<Record<string, string>> {
  const names = await unzip(bytes, { into, ...options })
  return Object.fromEntries(names.map((name) => [name.slice(into.length + 1), readFileSync(name, 'utf8')]))
}
const build = (...entries: readonly BuiltEntry[]): Uint8Array => buildZip(entries)
const refused = async (bytes: Uint8Array, options: UnzipOptions = {}): Promise<string> => {
  const message = await unpack(bytes, options).then(
    () => 'nothing was refused',
    (error: Error) => error.message,
  )
  const wrote = statSync(into, { throwIfNoEntry: false }) ? readdirSync(into) : []
  expect(wrote).toEqual([])
  return message
}

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
    await expect(unzip(bytes, { into, only: '*.xlsx' })).rejects.toThrow(
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
    expect(await unzip(path, { into })).toEqual([join(into, 'a.txt')])
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

describe('what cannot be unpacked', () => {
  test('is named, and nothing is written', async () => {
    const good = { name: 'good.txt', content: 'fine' }
    expect(await refused(build(good, { name: 'secret.csv', flags: 1 }))).toBe(
      "unzip: the archive: 'secret.csv' is encrypted: unpack it with its password where that is known, and attach the files",
    )
    expect(await refused(build(good, { name: 'b.csv', method: 14 }))).toBe(
      "unzip: the archive: 'b.csv' is compressed with LZMA (method 14), which is not read here: pack it as an ordinary ZIP (Deflate)",
    )
    expect(await unpack(build(good, { name: 'secret.csv', flags: 1 }), { only: 'good.txt' })).toEqual({
      'good.txt': 'fine',
    })
  })

  test('is damaged: no archive, cut off, a wrong checksum, a wrong size', async () => {
    const whole = build({ name: 'a.txt', content: 'hello '.repeat(100) })
    expect(await refused(Buffer.from('hello'))).toBe(
      'unzip: the archive: it is not a ZIP archive, or its end is missing',
    )
    expect(await refused(whole.subarray(0, whole.length - 30))).toContain(
      'it is not a ZIP archive, or its end is missing',
    )
    expect(await refused(whole.subarray(10))).toContain('its directory lies outside the file')
    expect(await refused(build({ name: 'a.txt', content: 'x', statedCrc: 1 }))).toBe(
      "unzip: the archive: 'a.txt' is damaged: its checksum is not right",
    )
    expect(await refused(build({ name: 'a.txt', content: 'xyz', statedBytes: 5 }))).toBe(
      "unzip: the archive: 'a.txt' has 3 bytes, but the archive says 5: it is damaged",
    )
  })

  test('is a bomb: sizes that are stated, that are not true, and entries that share their bytes', async () => {
    const zeros = new Uint8Array(1_000_000)
    expect(await refused(build({ name: 'a', content: 'x', statedBytes: 5e9 }))).toBe(
      "unzip: the archive: 'a' unpacks to 5,000,000,000 bytes; one file may have 4,294,967,296",
    )
    expect(await refused(build({ name: 'lie', content: zeros, statedBytes: 10 }))).toBe(
      "unzip: the archive: 'lie' unpacks to more than the 10 bytes that the archive says, as in a zip bomb",
    )
    const overlapping = [
      { name: 'kernel', content: zeros },
      ...Array.from({ length: 50 }, (_, i) => ({ name: `f${i}`, content: zeros, sharedWith: 0 })),
    ]
    expect(await refused(buildZip(overlapping))).toBe(
      'unzip: the archive: its entries overlap or go beyond its end, as in a zip bomb or a damaged file',
    )
    // A nested bomb is one file: what is in it is not unpacked.
    const inner = build({ name: 'inner', content: zeros })
    expect(Object.keys(await unpack(build({ name: 'nested.zip', content: inner })))).toEqual(['nested.zip'])
  })

  test('has 100,000 entries: they are listed, by their true number', async () => {
    const one = Buffer.from(buildZip([{ name: 'f', method: 0, zip64: true }]))
    const start = one.indexOf('PK\x01\x02')
    const end = one.indexOf('PK\x06\x06')
    const record = one.subarray(start, end)
    const tail = Buffer.from(one.subarray(end))
    tail.writeUInt32LE(100_000, 32)
    tail.writeUInt32LE(record.length * 100_000, 40)
    tail.writeUInt32LE(start + record.length * 100_000, tail.indexOf('PK\x06\x07') + 8)
    const many = Buffer.concat([one.subarray(0, start), Buffer.alloc(record.length * 100_000, record), tail])
    const list = await listZip(many)
    expect([list.length, list.at(-1)?.name]).toEqual([100_000, 'f'])
    expect(await refused(many)).toContain('its entries overlap')
  })

  test('is told in arguments', async () => {
    await expect(unzip(5 as never)).rejects.toThrow(
      'unzip: expected a file name or bytes for the archive, received 5 (number)',
    )
    await expect(unzip(build({ name: 'a' }), { only: 3 as never })).rejects.toThrow(
      'unzip: expected names or patterns of entries for only, received 3 (number)',
    )
    await expect(listZip(join(root, 'none.zip'))).rejects.toThrow('ENOENT')
  })
})
