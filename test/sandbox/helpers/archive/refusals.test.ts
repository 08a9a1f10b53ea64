// ZIP archives that are refused: damaged, encrypted, of other methods, and bombs.
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { listZip, unzip } from '../../../../sandbox/helpers/archive/zip.ts'
import { openUnzipScene } from './unzip-scene.ts'
import { buildZip, type BuiltEntry } from './zip-builder.ts'

const { root, unpack, refused, close } = openUnzipScene()
afterAll(close)
const build = (...entries: readonly BuiltEntry[]): Uint8Array => buildZip(entries)

test('what cannot be unpacked is named, and nothing is written', async () => {
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

test('a damaged archive is told: no archive, cut off, a wrong checksum, a wrong size', async () => {
  const whole = build({ name: 'a.txt', content: 'hello '.repeat(100) })
  expect(await refused(Buffer.from('hello'))).toBe('unzip: the archive: it is not a ZIP archive, or its end is missing')
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

test('a bomb is told: sizes that are stated, that are not true, and entries that share their bytes', async () => {
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

test('100,000 entries: they are listed, by their true number', async () => {
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

test('wrong arguments are told', async () => {
  await expect(unzip(5 as never)).rejects.toThrow(
    'unzip: expected a file name or bytes for the archive, received 5 (number)',
  )
  await expect(unzip(build({ name: 'a' }), { only: 3 as never })).rejects.toThrow(
    'unzip: expected names or patterns of entries for only, received 3 (number)',
  )
  await expect(listZip(join(root, 'none.zip'))).rejects.toThrow('ENOENT')
})
