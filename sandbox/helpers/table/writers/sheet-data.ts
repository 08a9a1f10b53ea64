// What `writeTable` is given, brought to columns: rows, a table that was read, or several of them under names.
import { argumentError, formatValue } from '../../argument.ts'
import { knownColumns } from '../known-columns.ts'
import type { Row } from '../columns.ts'
import type { Table } from '../read-table.ts'

/** A value as it is written; dates are ISO texts. */
export type Cell = string | number | boolean | null

export interface SheetColumn {
  readonly name: string
  /** What the reader of a table found; undefined for rows. */
  readonly type: string | undefined
  /** '%' or a currency that its numbers were written with. */
  readonly unit: string | undefined
  readonly length: number
  get(row: number): Cell
}

export interface SheetData {
  readonly name: string
  readonly columns: readonly SheetColumn[]
  readonly rows: number
}

/** Rows keyed by column, or a table that `readTable` gave. */
type TableLike = readonly object[] | Pick<Table, 'rows' | 'columns'>
/** One table, or several by the names of their sheets. */
export type TableData = TableLike | { readonly [sheet: string]: TableLike }

/**
 * The sheets of what `writeTable` was given; `only` chooses and orders columns.
 * @throws TypeError for what is no table, and for columns that do not exist.
 */
export function sheetsOf(data: TableData, name: string, only: readonly string[] | undefined): SheetData[] {
  if (isTable(data)) return [sheetOf(name, data, only)]
  if (typeof data !== 'object' || data === null || data instanceof Uint8Array)
    throw argumentError('writeTable', 'the data', "an array of rows, a table or { 'sheet name': rows }", data)
  const sheets = Object.entries(data)
  for (const [sheet, table] of sheets)
    if (!isTable(table)) throw argumentError('writeTable', `the sheet '${sheet}'`, 'an array of rows or a table', table)
  if (sheets.length === 0) throw new TypeError('writeTable: no sheets were given; pass { name: rows }')
  return sheets.map(([sheet, table]) => sheetOf(sheet, table, only))
}

/** Arrays, array-likes of rows, and tables. */
function isTable(data: unknown): data is TableLike {
  if (Array.isArray(data)) return true
  if (typeof data !== 'object' || data === null) return false
  const { rows, columns, length } = data as { rows?: unknown; columns?: unknown; length?: unknown }
  return (isList(rows) && Array.isArray(columns)) || (typeof length === 'number' && Symbol.iterator in data)
}

const isList = (value: unknown): boolean =>
  Array.isArray(value) || (typeof value === 'object' && value !== null && 'length' in value)

function sheetOf(name: string, data: TableLike, only: readonly string[] | undefined): SheetData {
  const isRead = !Array.isArray(data) && 'columns' in data
  const rows = (isRead ? data.rows : data) as ArrayLike<Row>
  const known = isRead ? data.columns : namesOf(rows).map((each) => ({ name: each, type: undefined }))
  for (const wanted of only ?? [])
    if (!known.some((column) => column.name === wanted))
      throw argumentError(
        'writeTable',
        'columns',
        `columns that exist (${known.map((each) => each.name).join(', ')})`,
        wanted,
      )
  const chosen = only === undefined ? known : only.map((wanted) => known.find((column) => column.name === wanted)!)
  if (chosen.length === 0) throw new TypeError(`writeTable: '${name}' has no columns; pass rows such as [{ a: 1 }]`)
  // Making a row for each of its cells would take ten times as long.
  const vectors = knownColumns(rows)
  const columns = chosen.map((column) => ({
    name: column.name,
    type: column.type,
    unit: 'unit' in column && typeof column.unit === 'string' ? column.unit : undefined,
    length: rows.length,
    get: vectors?.find(({ name: of }) => of === column.name)?.get ?? ((row: number) => cellOf(rows[row]![column.name])),
  }))
  return { name, columns, rows: rows.length }
}

/** The keys of all rows, in the order in which they occur. */
function namesOf(rows: ArrayLike<Row>): string[] {
  const names = new Set<string>()
  for (let i = 0; i < rows.length; i++) {
    const row: unknown = rows[i]
    if (typeof row !== 'object' || row === null || Array.isArray(row))
      throw new TypeError(
        `writeTable: expected rows as objects, { column: value }; row ${i + 1} is ${formatValue(row)}`,
      )
    for (const key in row) if (!names.has(key)) names.add(key)
  }
  return [...names]
}

/** A value of a row: missing ones, NaN and infinities are null, dates ISO texts, nested values JSON. */
function cellOf(value: unknown): Cell {
  switch (typeof value) {
    case 'string':
      return value
    case 'number':
      return Number.isFinite(value) ? value : null
    case 'boolean':
      return value
    case 'bigint':
      return Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
    case 'object': {
      if (value === null) return null
      if (value instanceof Date)
        return Number.isNaN(value.getTime()) ? null : value.toISOString().replace(/(?:T00:00:00\.000|\.000)?Z$/, '')
      return JSON.stringify(value) ?? null
    }
    default:
      return value === undefined ? null : String(value)
  }
}
