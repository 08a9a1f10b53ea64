// Reads zips in tests by their central directory; refuses entries that a careless program would write outside the
// folder.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { crc32, inflateRawSync } from 'node:zlib'

export interface ZipEntry {
  readonly name: string
  readonly bytes: Buffer
  /** The DOS date and time fields, unconverted. */
  readonly time: number
}

/** All entries of a zip, checksums checked. */
export function entriesOf(path: string): ZipEntry[] {
  const zip = readFileSync(path)
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
  const count = zip.readUInt16LE(end + 10)
  const entries: ZipEntry[] = []
  for (let n = 0, at = zip.readUInt32LE(end + 16); n < count; n++) {
    const [flags, method, time, sum] = [
      zip.readUInt16LE(at + 8),
      zip.readUInt16LE(at + 10),
      zip.readUInt32LE(at + 12),
      zip.readUInt32LE(at + 16),
    ]
    const [packed, name, extra, comment] = [
      zip.readUInt32LE(at + 20),
      ...[28, 30, 32].map((o) => zip.readUInt16LE(at + o)),
    ] as [number, number, number, number]
    if ((flags & 0x800) === 0) throw new Error('a name is not marked as UTF-8')
    const local = zip.readUInt32LE(at + 42)
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
    const data = zip.subarray(from, from + packed)
    const bytes = method === 8 ? inflateRawSync(data) : Buffer.from(data)
    if (crc32(bytes) !== sum) throw new Error('a checksum is wrong')
    entries.push({ name: zip.toString('utf8', at + 46, at + 46 + name), bytes, time })
    at += 46 + name + extra + comment
  }
  return entries
}

/** Unzips into a folder; throws where an entry would leave it or write over another. */
export function unzip(path: string, folder: string): void {
  for (const { name, bytes } of entriesOf(path)) {
    const to = join(folder, name)
    if (!to.startsWith(folder + sep) || /[\0\\]/.test(name))
      throw new Error(`${JSON.stringify(name)} leaves the folder`)
    mkdirSync(dirname(to), { recursive: true })
    writeFileSync(to, bytes, { flag: 'wx' })
  }
}
