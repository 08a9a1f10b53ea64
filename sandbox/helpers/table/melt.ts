// Converts wide tables (a column per year) to long ones (a row per year).
import { argumentError } from '../argument.ts'
import { rowsOf, type Row } from './columns.ts'
import type { Table } from './read-table.ts'
import { noteUnknown, type All } from '../options.ts'

export interface MeltOptions {
  /** Columns to keep in every row. */
  id: string | readonly string[]
  /** Columns to turn into rows; default: all except `id`. */
  columns?: readonly string[]
  /** Name of the new column with the old column names; default 'name'. */
  name?: string
  /** Name of the new column with the values; default 'value'. */
  value?: string
}

const MELT_OPTIONS: All<MeltOptions> = { id: true, columns: true, name: true, value: true }

/**
 * Wide to long: each row becomes one row for each of the other columns, with the `id` columns repeated (pandas' melt,
 * tidyr's pivot_longer). Ordered by row, then by column from left to right.
 * @throws TypeError when an `id` column does not exist.
 */
export function melt(table: Table | readonly Row[], options: MeltOptions): Row[] {
  noteUnknown('melt', options, MELT_OPTIONS)
  const { id, columns, name = 'name', value = 'value' } = options
  const rows = rowsOf('melt', table)
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const ids = typeof id === 'string' ? [id] : id
  for (const wanted of [...ids, ...(columns ?? [])]) {
    if (!names.includes(wanted))
      throw argumentError('melt', 'id and columns', `columns that exist (${names.join(', ')})`, wanted)
  }
  const others = columns ?? names.filter((column) => !ids.includes(column))
  return rows.flatMap((row) =>
    others.map((column) => ({
      ...Object.fromEntries(ids.map((key) => [key, row[key] ?? null])),
      [name]: column,
      [value]: row[column] ?? null,
    })),
  )
}
