// How the columns of a table get into the vectors of DuckDB: whole chunks of typed arrays, texts as codes of a dictionary.
import type { DuckDBType } from '@duckdb/node-api'
import { sliceTexts } from '../../helpers/sql/decode-result.ts'
import { MISSING_DAY, type ColumnHead } from '../../helpers/sql/wire.ts'
import { quoteText, type Database } from './duckdb.ts'
import { setMissing, type RawVector } from './raw-vector.ts'
import { checkTexts, createTextWriter, findTexts } from './text-writer.ts'

/** A larger dictionary is not worth an ENUM type: making that takes longer than writing each text. */
const MAX_ENUM = 5000
/** Below, writing the texts themselves takes less time. */
const MIN_ENUM_ROWS = 50_000

export interface ColumnLoad {
  readonly type: string
  /** The statement that makes its type. */
  readonly made?: string
  /** How the view reads the stored column. */
  readonly read: (stored: string) => string
  /** Writes the rows from `at` to `end` into the vector. */
  readonly write: (vector: RawVector, at: number, end: number) => void
  readonly chunkType: DuckDBType
}

const asStored = (stored: string): string => stored

/** Prepares a column of `rows` values. Throws RangeError for bytes that do not fit. */
export function prepareColumn(
  database: Database,
  /** Of an ENUM for it. */
  typeName: string,
  kind: ColumnHead['kind'],
  rows: number,
  bytes: readonly Uint8Array[],
): ColumnLoad {
  const { BIGINT, BOOLEAN, DATE, DOUBLE, TIMESTAMP } = database.duckdb
  const [first = new Uint8Array(0)] = bytes
  if (kind === 'text' || kind === 'json') return prepareText(database, typeName, rows, bytes)
  if (kind === 'boolean')
    return { type: 'BOOLEAN', read: asStored, chunkType: BOOLEAN, write: writeBooleans(sized(first, rows)) }
  if (kind === 'date') return { type: 'DATE', read: asStored, chunkType: DATE, write: writeDays(int32(first, rows)) }
  const values = float64(first, rows)
  if (kind === 'number') return { type: 'DOUBLE', read: asStored, chunkType: DOUBLE, write: writeNumbers(values) }
  const write = writeIntegers(values)
  return kind === 'integer'
    ? { type: 'BIGINT', read: asStored, chunkType: BIGINT, write }
    : { type: 'TIMESTAMP', read: asStored, chunkType: TIMESTAMP, write }
}

function writeNumbers(values: Float64Array): ColumnLoad['write'] {
  return (vector, at, end) => {
    ;(vector.items as Float64Array).set(values.subarray(at, end))
    for (let i = at; i < end; i++) if (Number.isNaN(values[i])) setMissing(vector, i - at)
  }
}

/** Whole numbers as 64 bits, in two halves: making a bigint of each would take ten times as long. */
function writeIntegers(values: Float64Array): ColumnLoad['write'] {
  return (vector, at, end) => {
    const items = vector.items as BigInt64Array
    const halves = new Int32Array(items.buffer, items.byteOffset, 2 * items.length)
    for (let i = at; i < end; i++) {
      const value = values[i] as number
      if (Number.isNaN(value)) setMissing(vector, i - at)
      halves[2 * (i - at)] = value
      halves[2 * (i - at) + 1] = Math.floor(value / 4_294_967_296)
    }
  }
}

function writeDays(values: Int32Array): ColumnLoad['write'] {
  return (vector, at, end) => {
    ;(vector.items as Int32Array).set(values.subarray(at, end))
    for (let i = at; i < end; i++) if (values[i] === MISSING_DAY) setMissing(vector, i - at)
  }
}

function writeBooleans(values: Uint8Array): ColumnLoad['write'] {
  return (vector, at, end) => {
    for (let i = at; i < end; i++) vector.setItem(i - at, values[i] === 2 ? null : values[i] === 1)
  }
}

function prepareText(
  database: Database,
  type: string,
  rows: number,
  [codeBytes = new Uint8Array(0), lengthBytes = new Uint8Array(0), text = new Uint8Array(0)]: readonly Uint8Array[],
): ColumnLoad {
  const { duckdb } = database
  const codes = int32(codeBytes, rows)
  const lengths = int32(lengthBytes, lengthBytes.length / 4)
  for (let i = 0; i < rows; i++) {
    const code = codes[i] as number
    if (code < -1 || code >= lengths.length) throw new RangeError('A code is not in its dictionary.')
  }
  if (rows < MIN_ENUM_ROWS || lengths.length === 0 || lengths.length > MAX_ENUM) {
    const write = createTextWriter(duckdb, codes, findTexts(lengths, text))
    return { type: 'VARCHAR', read: asStored, chunkType: duckdb.VARCHAR, write }
  }
  checkTexts(text)
  const dictionary = sliceTexts(lengths, text)
  const made = `create type ${type} as enum (${dictionary.map(quoteText).join(', ')})`
  const chunkType = duckdb.ENUM(dictionary)
  const write: ColumnLoad['write'] = (vector, at, end) => {
    ;(vector.items as Int32Array).set(codes.subarray(at, end))
    for (let i = at; i < end; i++) {
      if (codes[i] !== -1) continue
      ;(vector.items as Int32Array)[i - at] = 0
      setMissing(vector, i - at)
    }
  }
  return { type, made, read: (stored) => `${stored}::VARCHAR`, chunkType, write }
}

function sized(bytes: Uint8Array, size: number): Uint8Array {
  if (bytes.length !== size) throw new RangeError(`A column has ${bytes.length} bytes in place of ${size}.`)
  // Typed arrays need a start that is a multiple of their size.
  return bytes.byteOffset % 8 === 0 ? bytes : bytes.slice()
}

function float64(bytes: Uint8Array, length: number): Float64Array {
  const own = sized(bytes, 8 * length)
  return new Float64Array(own.buffer, own.byteOffset, length)
}

function int32(bytes: Uint8Array, length: number): Int32Array {
  const own = sized(bytes, 4 * length)
  return new Int32Array(own.buffer, own.byteOffset, length)
}
