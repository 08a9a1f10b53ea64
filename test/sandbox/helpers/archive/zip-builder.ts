// Writes ZIP archives with every field in the hands of the test, lies included.
import { crc32, deflateRawSync } from 'node:zlib'

export interface BuiltEntry {
  readonly name: string | Uint8Array
  readonly content?: string | Uint8Array
  /** Stored is 0, deflated 8. */
  readonly method?: number
  /** Flags beside those that the method needs: 1 encrypted, 0x800 name in UTF-8. */
  readonly flags?: number
  /** The size that the directory states. */
  readonly statedBytes?: number
  readonly statedCrc?: number
  /** Unix mode, such as 0o120777 for a link. */
  readonly mode?: number
  /** Takes the data of the entry with that number instead of its own. */
  readonly sharedWith?: number
  readonly extra?: Uint8Array
  /** Sizes stand after the data, as in streamed archives. */
  readonly streamed?: boolean
  readonly zip64?: boolean
}

const bytesOf = (content: string | Uint8Array): Uint8Array =>
  typeof content === 'string' ? new TextEncoder().encode(content) : content

/** An archive of these entries, after `before`. */
export function buildZip(entries: readonly BuiltEntry[], before: Uint8Array = new Uint8Array(0)): Uint8Array {
  const parts: Uint8Array[] = [before]
  let at = 0
  const add = (part: Uint8Array): void => {
    parts.push(part)
    at += part.length
  }
  const offsets: number[] = []
  const directory: Uint8Array[] = []
  for (const [i, entry] of entries.entries()) {
    const name = bytesOf(entry.name)
    const content = bytesOf(entry.content ?? '')
    const method = entry.method ?? 8
    const data = method === 8 ? deflateRawSync(content) : content
    const flags = (entry.flags ?? 0) | (entry.streamed ? 8 : 0)
    const crc = entry.statedCrc ?? crc32(content)
    const size = entry.statedBytes ?? content.length
    const offset = entry.sharedWith === undefined ? at : offsets[entry.sharedWith]!
    offsets[i] = offset
    if (entry.sharedWith === undefined) {
      const inHeader = entry.streamed ? [0, 0, 0] : [crc, data.length, Math.min(size, 0xffffffff)]
      add(
        fields(
          [4, 0x04034b50],
          [2, 20],
          [2, flags],
          [2, method],
          [2, 0x6000],
          [2, 0x583f],
          [4, inHeader[0]!],
          [4, inHeader[1]!],
          [4, inHeader[2]!],
          [2, name.length],
          [2, 0],
        ),
      )
      add(name)
      add(data)
      if (entry.streamed) add(fields([4, 0x08074b50], [4, crc], [4, data.length], [4, size]))
    }
    const is64 = entry.zip64 === true || size >= 0xffffffff
    const extra = is64
      ? fields([2, 1], [2, 24], [8, size], [8, data.length], [8, offset])
      : (entry.extra ?? new Uint8Array(0))
    const [shownSize, shownData, shownOffset] = is64
      ? [0xffffffff, 0xffffffff, 0xffffffff]
      : [size, data.length, offset]
    directory.push(
      fields(
        [4, 0x02014b50],
        [2, (3 << 8) | 20],
        [2, 20],
        [2, flags],
        [2, method],
        [2, 0x6000],
        [2, 0x583f],
        [4, crc],
        [4, shownData],
        [4, shownSize],
        [2, name.length],
        [2, extra.length],
        [2, 0],
        [2, 0],
        [2, 0],
        [4, ((entry.mode ?? 0) << 16) >>> 0],
        [4, shownOffset],
      ),
      name,
      extra,
    )
  }
  const start = at
  for (const part of directory) add(part)
  const size = at - start
  if (entries.some(({ zip64 }) => zip64)) {
    const end64 = at
    add(
      fields(
        [4, 0x06064b50],
        [8, 44],
        [2, 45],
        [2, 45],
        [4, 0],
        [4, 0],
        [8, entries.length],
        [8, entries.length],
        [8, size],
        [8, start],
      ),
    )
    add(fields([4, 0x07064b50], [4, 0], [8, end64], [4, 1]))
    add(fields([4, 0x06054b50], [2, 0], [2, 0], [2, 0xffff], [2, 0xffff], [4, 0xffffffff], [4, 0xffffffff], [2, 0]))
  } else {
    add(
      fields(
        [4, 0x06054b50],
        [2, 0],
        [2, 0],
        [2, entries.length & 0xffff],
        [2, entries.length & 0xffff],
        [4, size],
        [4, start],
        [2, 0],
      ),
    )
  }
  return new Uint8Array(Buffer.concat(parts))
}

/** Little-endian numbers of so many bytes each. */
function fields(...list: readonly (readonly [bytes: number, value: number])[]): Uint8Array {
  const out = Buffer.alloc(list.reduce((sum, [bytes]) => sum + bytes, 0))
  let at = 0
  for (const [bytes, value] of list) {
    if (bytes === 8) out.writeBigUInt64LE(BigInt(value), at)
    else out.writeUIntLE(value, at, bytes)
    at += bytes
  }
  return out
}
