// Tables are opened once, in part where they are large, and in their own encoding.
import { expect, test } from 'vitest'
import { cutLastLine } from '../../../../sandbox/native/tables/cut-last-line.ts'
import { createTableReader } from '../../../../sandbox/native/tables/table-reader.ts'
import { tableWindow } from '../../../../sandbox/table-protocol.ts'

function scene(files: Readonly<Record<string, Uint8Array | string>>) {
  const reads: string[] = []
  const reader = createTableReader({
    open(name) {
      const bytes = Buffer.from(files[name]!)
      const read = (from: number, most: number): Uint8Array => {
        reads.push(`${name} ${most}`)
        return bytes.subarray(from, from + most)
      }
      return { key: name, size: bytes.length, read }
    },
  })
  const read = (name: string, more: object = {}) => reader.read(name, { view: {}, from: 0, count: 3, ...more })
  return { reads, read }
}

test('a file is read once for all its windows, and the two last ones stay', async () => {
  const files = Object.fromEntries(['a', 'b', 'c'].map((name) => [name, `x,y\n1,${name}\n2,${name}\n`]))
  const { reads, read } = scene(files)
  for (const name of ['a', 'a', 'b', 'a', 'c', 'a', 'b'])
    expect(await read(name)).toMatchObject({ window: { total: 2 } })
  expect(reads.map((what) => what.split(' ')[0])).toEqual(['a', 'b', 'c', 'b'])
})

test('a preview is the beginning up to a whole row, and every window is one that the near side takes', async () => {
  const long = `id,text\n${Array.from({ length: 60_000 }, (_, i) => `${i},"line\n${i}"`).join('\n')}\n`
  const { read } = scene({ long })
  const preview = await read('long', { preview: true, count: 1 })
  expect(preview).toMatchObject({ window: { isPart: true, rows: [[0, 'line\n0']] } })
  const whole = await read('long', { from: 59_999, count: 5 })
  expect(whole).toMatchObject({ window: { total: 60_000, matching: 60_000, rows: [[59_999, 'line\n59999']] } })
  for (const answer of [preview, whole])
    expect(tableWindow.safeParse('window' in answer && answer.window).success).toBe(true)
  // The whole table is there already.
  expect(await read('long', { preview: true, count: 1 })).not.toMatchObject({ window: { isPart: true } })
})

test('a table in the encoding of a Chinese spreadsheet, and one that is none', async () => {
  const gbk = Buffer.concat([Buffer.from([0xb5, 0xd8, 0xc7, 0xf8]), Buffer.from(';v\na;1\n"b;b";2\n')])
  const { read } = scene({ gbk, binary: Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), empty: '\n\n', head: 'a,b\n' })
  expect(await read('gbk')).toMatchObject({
    window: {
      columns: [{ name: '地区' }, { name: 'v', type: 'number' }],
      rows: [
        ['a', 1],
        ['b;b', 2],
      ],
    },
  })
  expect(await read('binary')).toEqual({ problem: 'The file is a PNG picture, not a table' })
  expect(await read('empty')).toEqual({ problem: 'The file is empty' })
  expect(await read('head')).toMatchObject({ window: { total: 0, columns: [{ name: 'a' }, { name: 'b' }], rows: [] } })
})

test('the beginning ends with a row, also where cells have lines of their own, and in UTF-16', () => {
  const cut = (text: string): string => Buffer.from(cutLastLine(Buffer.from(text))).toString()
  expect(cut('a,b\n1,2\n3,')).toBe('a,b\n1,2\n')
  expect(cut('aaaa,bbbb\n1,2\n3,"x\ny')).toBe('aaaa,bbbb\n1,2\n')
  expect(cut('a\r1\r2')).toBe('a\r1\r')
  expect(cut('one line')).toBe('one line')
  const wide = Buffer.from('\uFEFFa,b\n1,2\n3,', 'utf16le')
  expect(Buffer.from(cutLastLine(wide)).toString('utf16le')).toBe('\uFEFFa,b\n1,2\n')
})
