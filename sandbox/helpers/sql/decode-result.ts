// The rows of a result from its column vectors; a large result becomes rows only as they are looked at.
import { typeOfTexts, type ColumnData, type Value } from '../table/columns.ts'
import { rowsOfColumns } from '../table/rows-of-columns.ts'
import { resultArraysOf, type ColumnHead, type SqlResult } from './wire.ts'

/** A row of a result: column name to value. */
export type SqlRow = Record<string, unknown>

/** Rows keyed by column: numbers, texts, true and false, null, arrays and objects. */
export function decodeResult({ columns, rows }: SqlResult, bytes: readonly Uint8Array[]): SqlRow[] {
  let at = 0
  const read = columns.map((head) => {
    const own = bytes.slice(at, (at += resultArraysOf(head.kind)))
    return readColumn(head, rows, own)
  })
  return rowsOfColumns(read, rows)
}

/** The row numbers of a result. Throws RangeError. */
export function decodeRowNumbers(bytes: Uint8Array | undefined, rows: number): Int32Array {
  if (bytes?.length !== 4 * rows) throw new RangeError('The row numbers of a result do not fit its rows.')
  return new Int32Array(aligned(bytes).buffer, 0, rows)
}

function readColumn({ name, kind }: ColumnHead, rows: number, bytes: readonly Uint8Array[]): ColumnData {
  const [first = new Uint8Array(0), second = new Uint8Array(0), third = new Uint8Array(0)] = bytes
  if (kind === 'number') return readNumbers(name, new Float64Array(aligned(first).buffer, 0, rows), second)
  if (kind === 'boolean') {
    const numbers = Float64Array.from(first, (one) => (one === 2 ? Number.NaN : one))
    return { name, type: 'boolean', length: rows, numbers, get: (i) => (first[i] === 2 ? null : first[i] === 1) }
  }
  const codes = new Int32Array(aligned(first).buffer, 0, rows)
  const dictionary = sliceTexts(new Int32Array(aligned(second).buffer, 0, second.length / 4), third)
  const textAt = (i: number): string | null => dictionary[codes[i] as number] ?? null
  // Each row gets a value of its own, which it may change.
  const get = kind === 'json' ? (i: number) => JSON.parse(textAt(i) ?? 'null') as Value : textAt
  const type = kind === 'json' ? 'text' : typeOfTexts(codes, dictionary)
  return { name, type, length: rows, codes, dictionary, get, ...(kind === 'json' && { isNested: true }) }
}

/** NaN in the vector is missing, as in every table; a row tells it from the NaN of a calculation. */
function readNumbers(name: string, numbers: Float64Array, missing: Uint8Array): ColumnData {
  const { length } = numbers
  if (missing.length === 0) return { name, type: 'number', length, numbers, get: (i) => numbers[i] as number }
  for (let i = 0; i < length; i++) if (missing[i] === 1) numbers[i] = Number.NaN
  return { name, type: 'number', length, numbers, get: (i) => (missing[i] === 1 ? null : (numbers[i] as number)) }
}

/** Bytes at the start of a buffer of their own. */
function aligned(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes.byteOffset === 0 && bytes.buffer instanceof ArrayBuffer
    ? (bytes as Uint8Array<ArrayBuffer>)
    : new Uint8Array(bytes)
}

/** Texts that lie one after another, by their lengths in UTF-16 units. Throws RangeError if they do not fit. */
export function sliceTexts(lengths: Int32Array, utf8: Uint8Array): string[] {
  const all = new TextDecoder('utf-8', { ignoreBOM: true }).decode(utf8)
  const texts: string[] = []
  let at = 0
  for (let i = 0; i < lengths.length; i++) {
    const length = lengths[i] as number
    if (length < 0) throw new RangeError('A text of a dictionary has a negative length.')
    texts.push(all.slice(at, at + length))
    at += length
  }
  if (at !== all.length) throw new RangeError('The texts of a dictionary do not fit their lengths.')
  return texts
}
