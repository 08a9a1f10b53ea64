// A table of the snippet as column vectors for the engine: the narrowest type that all its values have, so that SQL sees
// whole numbers, dates and truth values as such.
import { argumentError } from '../argument.ts'
import type { Row, Table } from '../table/read-table.ts'
import { daysOf, microsOf } from './iso-dates.ts'
import { MISSING_DAY, type ColumnHead, type ColumnKind } from './wire.ts'

/** A table as it goes to the engine. */
export interface EncodedTable {
  readonly rows: number
  readonly columns: readonly ColumnHead[]
  readonly bytes: readonly Uint8Array[]
}

/** A column as vectors: numbers, with NaN for missing; or texts by their codes in a dictionary, -1 for missing. */
export interface ColumnVectors {
  readonly name: string
  readonly length: number
  get(index: number): unknown
  readonly numbers?: Float64Array
  readonly codes?: Int32Array
  readonly dictionary?: readonly string[]
}

interface EncodedColumn {
  readonly kind: ColumnKind
  readonly bytes: readonly Uint8Array[]
}

/** Encodes a table or an array of rows; `where` names it in errors. Columns that differ only in case get a number. */
export function encodeTable(where: string, table: Table | readonly Row[]): EncodedTable {
  const columns = columnsOf(where, table)
  const names = distinctNames(columns.map(({ name }) => name))
  const encoded = columns.map(encodeColumn)
  return {
    rows: columns[0]?.length ?? 0,
    columns: encoded.map(({ kind }, i) => ({ name: names[i] ?? '', kind })),
    bytes: encoded.flatMap(({ bytes }) => bytes),
  }
}

/** The columns of a table, or of rows that may have different keys. Throws TypeError. */
function columnsOf(where: string, table: Table | readonly Row[]): ColumnVectors[] {
  const rows = Array.isArray(table) ? (table as readonly Row[]) : (table as Table).rows
  if (!Array.isArray(rows)) throw argumentError('sql', where, 'an array of rows or a table', table)
  const names = new Set<string>()
  for (const row of rows as readonly unknown[]) {
    if (typeof row !== 'object' || row === null || Array.isArray(row))
      throw argumentError('sql', `each row of ${where}`, 'an object keyed by column', row)
    for (const name in row) names.add(name)
  }
  if (!Array.isArray(table)) for (const { name } of (table as Table).columns) names.add(name)
  if (names.size === 0) throw new TypeError(`sql: ${where} has no columns: it has ${rows.length} rows without values`)
  return [...names].map((name) => ({ name, length: rows.length, get: (i) => (rows[i] as Row)[name] }))
}

/** SQL does not tell 'A' from 'a', and wants some name. */
function distinctNames(names: readonly string[]): string[] {
  const taken = new Set<string>()
  return names.map((name, i) => {
    const own = name === '' ? `column${i + 1}` : name
    let distinct = own
    for (let n = 1; taken.has(distinct.toLowerCase()); n++) distinct = `${own}_${n}`
    taken.add(distinct.toLowerCase())
    return distinct
  })
}

function encodeColumn(column: ColumnVectors): EncodedColumn {
  const { length, numbers, codes, dictionary } = column
  if (numbers) return encodeNumbers(numbers)
  if (codes && dictionary) return encodeTexts(codes, dictionary)
  const types = typesOf(column)
  const [type] = types
  if (types.size === 1 && type === 'number') {
    const values = new Float64Array(length)
    for (let i = 0; i < length; i++) values[i] = (column.get(i) as number | null | undefined) ?? Number.NaN
    return encodeNumbers(values)
  }
  if (types.size === 1 && type === 'boolean') {
    const values = new Uint8Array(length)
    for (let i = 0; i < length; i++) values[i] = BOOLEANS.get(column.get(i)) ?? 2
    return { kind: 'boolean', bytes: [values] }
  }
  return encodeTexts(...indexTexts(column))
}

const BOOLEANS: ReadonlyMap<unknown, number> = new Map([
  [true, 1],
  [false, 0],
])

/** The types of the values that are not missing. */
function typesOf({ length, get }: ColumnVectors): Set<string> {
  const types = new Set<string>()
  for (let i = 0; i < length; i++) {
    const value = get(i)
    if (value !== null && value !== undefined) types.add(typeof value)
  }
  return types
}

function encodeNumbers(values: Float64Array): EncodedColumn {
  let areWhole = true
  for (let i = 0; areWhole && i < values.length; i++) {
    const value = values[i] as number
    areWhole = Number.isSafeInteger(value) || Number.isNaN(value)
  }
  return { kind: areWhole ? 'integer' : 'number', bytes: [bytesOf(values)] }
}

/** Codes of the values as texts. */
function indexTexts({ length, get }: ColumnVectors): [codes: Int32Array, dictionary: readonly string[]] {
  const codes = new Int32Array(length)
  const known = new Map<string, number>()
  for (let i = 0; i < length; i++) {
    const value = get(i)
    const text = value === null || value === undefined ? undefined : textOf(value)
    if (text === undefined) {
      codes[i] = -1
      continue
    }
    let code = known.get(text)
    if (code === undefined) known.set(text, (code = known.size))
    codes[i] = code
  }
  return [codes, [...known.keys()]]
}

/** A text as it is, a Date as ISO, objects as JSON; undefined for an invalid Date and what JSON cannot say. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString().replace(/\.000Z$|Z$/, '')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** Texts, or dates where every one of the dictionary is an ISO date. */
function encodeTexts(codes: Int32Array, dictionary: readonly string[]): EncodedColumn {
  const days = dictionary.length > 0 ? allOf(dictionary, daysOf) : undefined
  if (days) {
    const values = new Int32Array(codes.length)
    for (let i = 0; i < codes.length; i++) values[i] = codes[i] === -1 ? MISSING_DAY : (days[codes[i] as number] as number)
    return { kind: 'date', bytes: [bytesOf(values)] }
  }
  const micros = dictionary.length > 0 ? allOf(dictionary, microsOf) : undefined
  if (micros) {
    const values = new Float64Array(codes.length)
    for (let i = 0; i < codes.length; i++) values[i] = codes[i] === -1 ? Number.NaN : (micros[codes[i] as number] as number)
    return { kind: 'timestamp', bytes: [bytesOf(values)] }
  }
  const texts = dictionary.map((text) => text.replaceAll('\0', '\u{fffd}').toWellFormed())
  const lengths = Int32Array.from(texts, ({ length }) => length)
  return { kind: 'text', bytes: [bytesOf(codes), bytesOf(lengths), new TextEncoder().encode(texts.join(''))] }
}

/** What `read` makes of all texts; undefined if it cannot read one of them. */
function allOf(texts: readonly string[], read: (text: string) => number | undefined): number[] | undefined {
  const all: number[] = []
  for (const text of texts) {
    const value = read(text)
    if (value === undefined) return undefined
    all.push(value)
  }
  return all
}

function bytesOf(values: Float64Array | Int32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
}
