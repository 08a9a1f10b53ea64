// The rows of a result from its column vectors.
import { resultArraysOf, type ColumnHead, type SqlResult } from './wire.ts'

/** A row of a result: column name to value. */
export type SqlRow = Record<string, unknown>

/** Rows keyed by column: numbers, texts, true and false, null, arrays and objects. */
export function decodeResult({ columns, rows }: SqlResult, bytes: readonly Uint8Array[]): SqlRow[] {
  let at = 0
  const readers = columns.map(({ kind }) => {
    const own = bytes.slice(at, (at += resultArraysOf(kind)))
    return readColumn(kind, rows, own)
  })
  const names = columns.map(({ name }) => name)
  // Assigning it would set the prototype.
  if (names.includes('__proto__'))
    return Array.from({ length: rows }, (_, r) => Object.fromEntries(names.map((name, c) => [name, readers[c]?.(r)])))
  const all: SqlRow[] = []
  for (let r = 0; r < rows; r++) {
    const row: SqlRow = {}
    for (let c = 0; c < names.length; c++) row[names[c] as string] = readers[c]?.(r)
    all.push(row)
  }
  return all
}

type Read = (row: number) => unknown

function readColumn(kind: ColumnHead['kind'], rows: number, bytes: readonly Uint8Array[]): Read {
  const [first = new Uint8Array(0), second = new Uint8Array(0), third = new Uint8Array(0)] = bytes
  if (kind === 'number') {
    const values = new Float64Array(aligned(first).buffer, 0, rows)
    return second.length === 0 ? (i) => values[i] : (i) => (second[i] === 1 ? null : values[i])
  }
  if (kind === 'boolean') return (i) => (first[i] === 2 ? null : first[i] === 1)
  const codes = new Int32Array(aligned(first).buffer, 0, rows)
  const texts = sliceTexts(new Int32Array(aligned(second).buffer, 0, second.length / 4), third)
  if (kind !== 'json') return (i) => (codes[i] === -1 ? null : texts[codes[i] as number])
  // Each row gets a value of its own, which it may change.
  return (i) => (codes[i] === -1 ? null : (JSON.parse(texts[codes[i] as number] ?? 'null') as unknown))
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
