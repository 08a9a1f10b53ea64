// Columns of tables as vectors: numbers as doubles, texts as indices into their distinct values.
import { argumentError } from '../argument.ts'
import { lazySource, plainRows, settleRows } from './lazy-rows.ts'
import { knownColumns, rememberColumns } from './known-columns.ts'
import { settleTexts } from './values.ts'

/** A cell: text, number, true or false, or null for a missing one. Dates are text in ISO 8601. */
export type Value = string | number | boolean | null
export type ColumnType = 'number' | 'text' | 'date' | 'boolean' | 'empty'
/** One row: column name to value. */
export type Row = Record<string, Value>

/** The values of one column. */
export interface ColumnData {
  readonly name: string
  readonly type: ColumnType
  readonly length: number
  get(row: number): Value
  /** Numbers, NaN where missing; of booleans 1 and 0. */
  readonly numbers?: Float64Array
  /** Texts and dates: indices into `dictionary`, -1 where missing. */
  readonly codes?: Int32Array
  /** The distinct texts. */
  readonly dictionary?: readonly string[]
  /** The texts are JSON of the values, which are arrays and objects. */
  readonly isNested?: boolean
}

/** A column of numbers, NaN where missing. */
export function numberColumn(name: string, numbers: Float64Array): ColumnData {
  const get = (row: number): number | null => {
    const value = numbers[row]!
    return value === value ? value : null
  }
  return { name, type: 'number', length: numbers.length, get, numbers }
}

/** A column of true (1) and false (0), NaN where missing. */
export function booleanColumn(name: string, numbers: Float64Array): ColumnData {
  const get = (row: number): boolean | null => {
    const value = numbers[row]!
    return value === value ? value === 1 : null
  }
  return { name, type: 'boolean', length: numbers.length, get, numbers }
}

/** A column of texts or dates. */
export function textColumn(
  name: string,
  type: 'text' | 'date',
  codes: Int32Array,
  dictionary: readonly string[],
): ColumnData {
  const get = (row: number): string | null => {
    const code = codes[row]!
    return code < 0 ? null : dictionary[code]!
  }
  return { name, type, length: codes.length, get, codes, dictionary }
}

/** A column without any value. */
export function emptyColumn(name: string, length: number): ColumnData {
  return { name, type: 'empty', length, get: () => null }
}

/** What `columnsOf` takes: a table, or rows. */
export interface TableLike {
  readonly rows: readonly Row[]
  readonly columns: readonly { readonly name: string; readonly type: ColumnType }[]
}

/**
 * The columns of a table or of rows: the same vectors each time while no value changes, so nobody may change them.
 * @throws TypeError when it is neither a table nor an array of objects.
 */
export function columnsOf(where: string, table: TableLike | readonly Row[]): readonly ColumnData[] {
  const known = isTable(table) ? table.columns : undefined
  const given: unknown = Array.isArray(table) ? table : (table as Partial<TableLike> | undefined)?.rows
  const ready = knownColumns(given, known)
  if (ready) return ready
  const rows = settleRows(rowsOf(where, table))
  const names = known ? known.map(({ name }) => name) : namesOf(rows)
  const columns = names.map((name, i) => columnOfValues(name, rows, known?.[i]?.type))
  rememberColumns(rows, columns)
  return columns
}

/** The rows of a table; an array of rows is returned unchanged. */
export function rowsOf(where: string, table: TableLike | readonly Row[]): readonly Row[] {
  const rows: unknown = Array.isArray(table) ? table : (table as TableLike | undefined)?.rows
  if (Array.isArray(rows) && (lazySource(rows) !== undefined || plainRows(rows).every(isRow))) return rows
  throw argumentError(where, 'the table', 'a table of readTable or an array of rows (objects)', table)
}

function isTable(table: unknown): table is TableLike {
  return typeof table === 'object' && table !== null && 'columns' in table
}

function isRow(row: unknown): row is Row {
  return typeof row === 'object' && row !== null && !Array.isArray(row)
}

/** The names of all rows' columns, in the order of their first use. */
function namesOf(rows: readonly Row[]): string[] {
  const names = new Set<string>()
  for (const row of rows) for (const name in row) if (Object.hasOwn(row, name)) names.add(name)
  return [...names]
}

function columnOfValues(name: string, rows: readonly Row[], type: ColumnType | undefined): ColumnData {
  const values = rows.map((row) => toValue(Object.hasOwn(row, name) ? row[name] : null))
  const present = values.filter((value) => value !== null)
  if (present.length === 0) return emptyColumn(name, rows.length)
  if (present.every((value) => typeof value === 'number'))
    return numberColumn(
      name,
      Float64Array.from(values, (value) => (value === null ? Number.NaN : (value as number))),
    )
  if (present.every((value) => typeof value === 'boolean'))
    return booleanColumn(
      name,
      Float64Array.from(values, (value) => (value === null ? Number.NaN : Number(value))),
    )
  const { codes, texts } = codeTexts(values.map((value) => (value === null ? '' : String(value))))
  const isDate = type === undefined ? typeOfTexts(codes, texts) === 'date' : type === 'date'
  return textColumn(name, isDate ? 'date' : 'text', codes, texts)
}

/** Whether texts are dates in ISO 8601. */
export function typeOfTexts(codes: Int32Array, texts: readonly string[]): 'date' | 'text' {
  const isDate = texts.every((text) => ISO.test(text)) && settleTexts({ codes, texts }).type === 'date'
  return isDate ? 'date' : 'text'
}

/** Text that may be a date in ISO 8601. */
const ISO = /^\d{4}-\d{2}/

/** What a snippet may put into a row, as a value of a table. */
function toValue(value: unknown): Value {
  if (value === null || value === undefined || value === '' || Number.isNaN(value)) return null
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  if (value instanceof Date)
    return Number.isNaN(value.getTime()) ? null : value.toISOString().replace(/T00:00:00\.000Z$/, '')
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** Texts as indices into their distinct values; blank ones are missing. */
export function codeTexts(values: readonly string[]): { codes: Int32Array; texts: string[] } {
  const found = new Map<string, number>()
  const texts: string[] = []
  const codes = new Int32Array(values.length)
  for (let i = 0; i < values.length; i++) {
    const text = values[i]!
    let code = text.trim() === '' ? -1 : found.get(text)
    if (code === undefined) {
      code = texts.length
      texts.push(text)
      found.set(text, code)
    }
    codes[i] = code
  }
  return { codes, texts }
}
