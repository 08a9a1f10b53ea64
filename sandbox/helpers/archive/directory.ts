// The central directory of a ZIP archive (APPNOTE 6.3.10), with ZIP64: what every reader goes by. Everything in it is
// somebody else's word; sizes and places are checked against the file before anything is unpacked.

/** An entry as the directory states it. */
export interface DirectoryEntry {
  /** The name as bytes, in whatever encoding the packer used. */
  readonly rawName: Uint8Array
  /** The packer says that the name is UTF-8. */
  readonly isUtf8: boolean
  /** The name in UTF-8 from the extra field of Info-ZIP, where there is one. */
  readonly unicodeName: Uint8Array | undefined
  readonly method: number
  readonly encrypted: boolean
  readonly crc: number
  readonly compressedBytes: number
  readonly bytes: number
  /** Local time as the packer wrote it, without a zone: 2024-01-31T10:00:00; null if there is none. */
  readonly modified: string | null
  /** The kind of a Unix file, such as 0o120000 for a link; 0 if unknown. */
  readonly unixKind: number
  /** Where its local header begins in the file. */
  readonly offset: number
}

const MAX_ENTRIES = 200_000
const END = 0x06054b50
const END64 = 0x06064b50
const LOCATOR64 = 0x07064b50
const ENTRY = 0x02014b50
const MAX_COMMENT = 65_535

export class ZipError extends Error {
  override name = 'ZipError'
}

export interface Directory {
  readonly entries: readonly DirectoryEntry[]
  /** Where the directory begins: all data lies before it. */
  readonly start: number
}

/** Reads the directory. Throws a ZipError for what is no archive, is cut off, or is in several parts. */
export function readDirectory(bytes: Uint8Array): Directory {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = findEnd(view)
  if (end < 0) throw new ZipError('it is not a ZIP archive, or its end is missing')
  const { count, size, offset } = readEnd(view, end)
  if (count > MAX_ENTRIES) throw new ZipError(`it has ${count} entries; at most ${MAX_ENTRIES} are read`)
  // Data before the archive, such as a program that unpacks it, moves everything.
  const before = endOfDirectory(view, end) - size - offset
  const start = offset + before
  if (before < 0 || start < 0) throw new ZipError('its directory lies outside the file: it is damaged or cut off')
  const entries: DirectoryEntry[] = []
  let at = start
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || view.getUint32(at, true) !== ENTRY) {
      throw new ZipError(`its directory is damaged: entry ${i + 1} of ${count} is not one`)
    }
    const [nameSize, extraSize, commentSize] = [28, 30, 32].map((field) => view.getUint16(at + field, true))
    const next = at + 46 + nameSize! + extraSize! + commentSize!
    if (next > end) throw new ZipError(`its directory is damaged: entry ${i + 1} of ${count} does not end within it`)
    entries.push(readEntry(bytes, view, at, nameSize!, extraSize!, before))
    at = next
  }
  return { entries, start }
}

function findEnd(view: DataView): number {
  const first = Math.max(0, view.byteLength - 22 - MAX_COMMENT)
  for (let at = view.byteLength - 22; at >= first; at--) {
    if (view.getUint32(at, true) === END && at + 22 + view.getUint16(at + 20, true) <= view.byteLength) return at
  }
  return -1
}

function readEnd(view: DataView, end: number): { count: number; size: number; offset: number } {
  const disk = view.getUint16(end + 4, true)
  const first = view.getUint16(end + 6, true)
  const at = end64Of(view, end)
  if (at === undefined) {
    if (disk !== first) throw new ZipError('it is one part of an archive in several parts; join them first')
    return {
      count: view.getUint16(end + 10, true),
      size: view.getUint32(end + 12, true),
      offset: view.getUint32(end + 16, true),
    }
  }
  return { count: long(view, at + 32), size: long(view, at + 40), offset: long(view, at + 48) }
}

/** Where the end record of ZIP64 begins, if there is one. */
function end64Of(view: DataView, end: number): number | undefined {
  if (end < 20 || view.getUint32(end - 20, true) !== LOCATOR64) return undefined
  const stated = long(view, end - 12)
  // It stands just before its locator, also where data was put before the archive.
  for (const at of [stated, end - 20 - 56]) {
    if (at >= 0 && at + 56 <= end && view.getUint32(at, true) === END64) return at
  }
  throw new ZipError('its ZIP64 directory is missing: it is damaged or cut off')
}

const endOfDirectory = (view: DataView, end: number): number => end64Of(view, end) ?? end

function readEntry(
  bytes: Uint8Array,
  view: DataView,
  at: number,
  nameSize: number,
  extraSize: number,
  before: number,
): DirectoryEntry {
  const flags = view.getUint16(at + 8, true)
  const rawName = bytes.subarray(at + 46, at + 46 + nameSize)
  const extra = readExtra(view, at + 46 + nameSize, extraSize)
  const wide = [view.getUint32(at + 24, true), view.getUint32(at + 20, true), view.getUint32(at + 42, true)]
  const [size, compressed, offset] = widen(view, wide, extra.get(0x0001))
  const madeByUnix = view.getUint8(at + 5) === 3
  const unicode = extra.get(0x7075)
  return {
    rawName,
    isUtf8: (flags & 0x800) !== 0,
    unicodeName: unicode && unicode.size > 5 ? bytes.subarray(unicode.at + 5, unicode.at + unicode.size) : undefined,
    method: view.getUint16(at + 10, true),
    encrypted: (flags & 1) !== 0,
    crc: view.getUint32(at + 16, true),
    compressedBytes: compressed!,
    bytes: size!,
    modified: dosTime(view.getUint16(at + 14, true), view.getUint16(at + 12, true)),
    unixKind: madeByUnix ? (view.getUint32(at + 38, true) >>> 16) & 0o170000 : 0,
    offset: offset! + before,
  }
}

interface Field {
  readonly at: number
  readonly size: number
}

function readExtra(view: DataView, from: number, length: number): ReadonlyMap<number, Field> {
  const fields = new Map<number, Field>()
  const end = from + length
  for (let at = from; at + 4 <= end;) {
    const size = view.getUint16(at + 2, true)
    if (at + 4 + size > end) break
    fields.set(view.getUint16(at, true), { at: at + 4, size })
    at += 4 + size
  }
  return fields
}

const FULL = 0xffffffff

/** Figures of 32 bits; each that is full stands in the ZIP64 field with 64, in the same order. */
function widen(view: DataView, figures: readonly number[], field: Field | undefined): number[] {
  let at = field?.at ?? 0
  const end = at + (field?.size ?? 0)
  return figures.map((figure) => {
    if (figure !== FULL || at + 8 > end) return figure
    at += 8
    return long(view, at - 8)
  })
}

/** A whole number of 64 bits; above 2^53 it is no size of anything. */
function long(view: DataView, at: number): number {
  if (at < 0 || at + 8 > view.byteLength) throw new ZipError('its ZIP64 directory is damaged')
  return view.getUint32(at, true) + view.getUint32(at + 4, true) * 2 ** 32
}

function dosTime(date: number, time: number): string | null {
  const [year, month, day] = [1980 + (date >> 9), (date >> 5) & 15, date & 31]
  if (month < 1 || month > 12 || day < 1) return null
  const two = (value: number): string => String(value).padStart(2, '0')
  const clock = [time >> 11, (time >> 5) & 63, (time & 31) * 2].map(two)
  return `${year}-${two(month)}-${two(day)}T${clock.join(':')}`
}
