// Reads Parquet with hyparquet, column by column: its packages are loaded when the first such file is read.
import * as zlib from 'node:zlib'
import { decodeUtf8 } from '../encoding/utf8.ts'
import { fileColumn, isoDay, isoTime, type FileColumns, type RawColumn } from './file-columns.ts'
import { lz4Block } from './lz4.ts'

/** Bytes of all columns when unpacked, as the file declares them. */
const MAX_UNPACKED = 1_000_000_000
/** Digits that a number holds exactly. */
const EXACT_DIGITS = 15

/**
 * All columns of a Parquet file. Times are those of UTC.
 * @throws Error when it is damaged, encrypted, or declares more than 1,000 MB of data.
 */
export async function readParquet(what: string, bytes: Uint8Array, maxRows: number): Promise<FileColumns> {
  const { parquetMetadataAsync, parquetRead, parquetSchema } = await import('hyparquet')
  const compressors = await loadCompressors()
  const file = {
    byteLength: bytes.length,
    slice: (start: number, end?: number) => new Uint8Array(bytes.subarray(start, end)).buffer,
  }
  try {
    const metadata = await parquetMetadataAsync(file)
    const rows = Number(metadata.num_rows)
    const length = Math.min(rows, maxRows)
    const unpacked = metadata.row_groups.reduce((sum, group) => sum + Number(group.total_byte_size), 0)
    if (unpacked > MAX_UNPACKED && length === rows) throw new TooLarge(unpacked)
    const notes: string[] = []
    const columns = []
    let isUtc = false
    for (const { element } of parquetSchema(metadata).children) {
      const chunks: { readonly data: ArrayLike<unknown>; readonly start: number }[] = []
      await parquetRead({
        file,
        metadata,
        columns: [element.name],
        ...(length < rows && { rowEnd: length }),
        compressors,
        parsers: PARSERS,
        onChunk: ({ columnData, rowStart }) => chunks.push({ data: columnData, start: rowStart }),
      })
      chunks.sort((a, b) => a.start - b.start)
      const kind = isTime(element) ? 'date' : 'plain'
      isUtc ||= element.logical_type?.type === 'TIMESTAMP' && element.logical_type.isAdjustedToUTC
      const clock = clockUnit(element)
      const parts = chunks.map(({ data }) =>
        clock === undefined ? data : Array.from(data, (at) => clockText(at, clock)),
      )
      const raw: RawColumn = { name: element.name, kind, length, chunks: firstOf(parts, length) }
      const { column, note } = fileColumn(raw)
      columns.push(column)
      if (note !== undefined) notes.push(note)
      if (element.converted_type === 'DECIMAL' && (element.precision ?? 0) > EXACT_DIGITS)
        notes.push(
          `column '${element.name}': decimals of up to ${element.precision} digits are rounded to the ${EXACT_DIGITS} to 17 that a number has`,
        )
    }
    if (isUtc) notes.push('times are in UTC')
    return { rows, columns, notes }
  } catch (error) {
    if (error instanceof TooLarge)
      throw new Error(
        `readTable: ${what} declares ${(error.bytes / 1e6).toLocaleString('en-US', { maximumFractionDigits: 0 })} MB of data; 1,000 MB are the limit. Use sql() to read part of it.`,
        { cause: error },
      )
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`readTable: ${what} cannot be read as Parquet (${reason}). Save it again.`, { cause: error })
  }
}

/** Chunks that hold `length` values together: pages may have more than was asked for. */
function firstOf(chunks: readonly ArrayLike<unknown>[], length: number): ArrayLike<unknown>[] {
  let left = length
  return chunks.flatMap((chunk) => {
    const taken = Math.min(left, chunk.length)
    left -= taken
    if (taken === chunk.length) return [chunk]
    return taken === 0 ? [] : [Array.prototype.slice.call(chunk, 0, taken) as unknown[]]
  })
}

class TooLarge extends Error {
  readonly bytes: number
  constructor(bytes: number) {
    super('too large')
    this.bytes = bytes
  }
}

async function loadCompressors() {
  const [{ gunzipSync }, { decompress }] = await Promise.all([import('fflate'), import('fzstd')])
  return {
    GZIP: (input: Uint8Array, size: number) => gunzipSync(input, { out: new Uint8Array(size) }),
    // Node has it since version 22, and is five times as fast.
    ZSTD: (input: Uint8Array, size: number) =>
      zlib.zstdDecompressSync === undefined
        ? decompress(input, new Uint8Array(size))
        : bytesOf(zlib.zstdDecompressSync(input, { maxOutputLength: Math.max(1, size) })),
    BROTLI: (input: Uint8Array, size: number) =>
      bytesOf(zlib.brotliDecompressSync(input, { maxOutputLength: Math.max(1, size) })),
    LZ4_RAW: lz4Block,
    LZ4: lz4Hadoop,
  }
}

const bytesOf = ({ buffer, byteOffset, length }: Uint8Array): Uint8Array => new Uint8Array(buffer, byteOffset, length)

/** Hadoop's LZ4: blocks after their sizes, unpacked and packed; some writers leave both out. */
function lz4Hadoop(input: Uint8Array, size: number): Uint8Array {
  const view = new DataView(input.buffer, input.byteOffset, input.byteLength)
  if (input.length < 8 || view.getUint32(0) > size || view.getUint32(4) > input.length - 8) return lz4Block(input, size)
  const output = new Uint8Array(size)
  let out = 0
  for (let at = 0; at + 8 <= input.length;) {
    const unpacked = view.getUint32(at)
    const packed = view.getUint32(at + 4)
    output.set(lz4Block(input.subarray(at + 8, at + 8 + packed), unpacked), out)
    out += unpacked
    at += 8 + packed
  }
  return output
}

interface Element {
  readonly type?: string
  readonly converted_type?: string
  readonly logical_type?: { readonly type: string; readonly unit?: string }
  readonly num_children?: number
}

/** Milliseconds of the unit of a time of day; undefined for other columns. */
function clockUnit({ converted_type, logical_type }: Element): number | undefined {
  if (converted_type === 'TIME_MILLIS') return 1
  if (converted_type === 'TIME_MICROS') return 1e-3
  if (logical_type?.type !== 'TIME') return undefined
  return { MILLIS: 1, MICROS: 1e-3, NANOS: 1e-6 }[logical_type.unit ?? 'MILLIS'] ?? 1
}

function clockText(value: unknown, unit: number): string | undefined {
  return value === null || value === undefined ? undefined : isoTime(Math.round(Number(value) * unit))?.slice(11)
}

function isTime({ type, converted_type, logical_type, num_children }: Element): boolean {
  if (num_children !== undefined && num_children > 0) return false
  return (
    logical_type?.type === 'TIMESTAMP' ||
    logical_type?.type === 'DATE' ||
    /^(?:DATE|TIMESTAMP_)/.test(converted_type ?? '') ||
    type === 'INT96'
  )
}

const PARSERS = {
  timestampFromMilliseconds: (value: bigint | undefined) => (value === undefined ? undefined : isoTime(Number(value))),
  timestampFromMicroseconds: (value: bigint | undefined) => (value === undefined ? undefined : isoOf(value, 1000n, 3)),
  timestampFromNanoseconds: (value: bigint | undefined) =>
    value === undefined ? undefined : isoOf(value, 1_000_000n, 6),
  dateFromDays: (value: number | undefined) => (value === undefined ? undefined : isoDay(value)),
  stringFromBytes: (value: Uint8Array | undefined) => value && decodeUtf8(value),
}

/** A time in units of which `perMillisecond` make a millisecond. */
function isoOf(value: bigint, perMillisecond: bigint, digits: number): string | undefined {
  const rest = ((value % perMillisecond) + perMillisecond) % perMillisecond
  const milliseconds = Number((value - rest) / perMillisecond)
  return isoTime(milliseconds, rest === 0n ? '' : String(rest).padStart(digits, '0'))
}
