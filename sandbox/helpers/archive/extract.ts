// The content of one entry: bounded by the size that the directory states, and proved by its checksum.
import { crc32, inflateRawSync } from 'node:zlib'
import { ZipError, type DirectoryEntry } from './directory.ts'

const LOCAL = 0x04034b50
const STORED = 0
const DEFLATED = 8
const METHODS: Readonly<Record<number, string>> = {
  1: 'Shrink',
  6: 'Implode',
  9: 'Deflate64',
  12: 'bzip2',
  14: 'LZMA',
  93: 'Zstandard',
  95: 'XZ',
  98: 'PPMd',
  99: 'AES encryption',
}

/** Why an entry cannot be unpacked, and what to do; undefined if it can. */
export function extractProblem({ encrypted, method }: DirectoryEntry, name: string): string | undefined {
  if (encrypted || method === 99) {
    return `'${name}' is encrypted: unpack it with its password where that is known, and attach the files`
  }
  if (method === STORED || method === DEFLATED) return undefined
  const named = METHODS[method] ?? 'a method of another program'
  return `'${name}' is compressed with ${named} (method ${method}), which is not read here: pack it as an ordinary ZIP (Deflate)`
}

/** Where the data of each entry begins. Throws a ZipError where entries share bytes, as those of zip bombs do. */
export function locateEntries(bytes: Uint8Array, entries: readonly DirectoryEntry[], end: number): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const starts = entries.map(({ offset }, i) => {
    if (offset < 0 || offset + 30 > end || view.getUint32(offset, true) !== LOCAL) {
      throw new ZipError(`entry ${i + 1} does not begin where its directory says: it is damaged or cut off`)
    }
    return offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true)
  })
  const order = [...entries.keys()].toSorted((a, b) => entries[a]!.offset - entries[b]!.offset)
  order.forEach((entry, i) => {
    const next = order[i + 1]
    const limit = next === undefined ? end : entries[next]!.offset
    if (starts[entry]! + entries[entry]!.compressedBytes > limit) {
      throw new ZipError('its entries overlap or go beyond its end, as in a zip bomb or a damaged file')
    }
  })
  return starts
}

/** The content of an entry whose data begins at `start`. Throws a ZipError that names it if it is not as stated. */
export function extractEntry(bytes: Uint8Array, entry: DirectoryEntry, start: number, name: string): Uint8Array {
  const data = bytes.subarray(start, start + entry.compressedBytes)
  const content = entry.method === STORED ? data : inflate(data, entry.bytes, name)
  if (content.length !== entry.bytes) {
    throw new ZipError(`'${name}' has ${content.length} bytes, but the archive says ${entry.bytes}: it is damaged`)
  }
  if (crc32(content) !== entry.crc) throw new ZipError(`'${name}' is damaged: its checksum is not right`)
  return content
}

/** Of Node, and of the sandbox where the stated size is as large as a file may be. */
const TOO_LARGE: ReadonlySet<unknown> = new Set(['ERR_BUFFER_TOO_LARGE', 'EASEL_LIMIT_FILE_BYTES'])

function inflate(data: Uint8Array, size: number, name: string): Uint8Array {
  try {
    return inflateRawSync(data, { maxOutputLength: Math.max(1, size) })
  } catch (error) {
    if (error instanceof Error && 'code' in error && TOO_LARGE.has(error.code)) {
      const stated = size.toLocaleString('en-US')
      throw new ZipError(`'${name}' unpacks to more than the ${stated} bytes that the archive says, as in a zip bomb`)
    }
    throw new ZipError(`'${name}' is damaged: ${error instanceof Error ? error.message : String(error)}`)
  }
}
