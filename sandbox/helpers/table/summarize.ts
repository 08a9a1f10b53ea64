// Summarises a table: statistics for each column.
import { argumentError } from '../argument.ts'
import { columnStatistics } from '../statistics/column-statistics.ts'
import { columnsOf, type VectorType } from '../statistics/column-vectors.ts'
import type { Row, Table } from './read-table.ts'
import type { Value } from './values.ts'

/** Statistics of one column. Numeric ones are null for other columns. */
export interface ColumnSummary {
  column: string
  type: VectorType
  /** Number of values that are present. */
  count: number
  missing: number
  /** Of numbers, or the first and last date. */
  min: Value
  max: Value
  mean: number | null
  median: number | null
  /** Sample standard deviation (n - 1). */
  deviation: number | null
  sum: number | null
  distinct: number
  /** The most frequent value; null when all differ. */
  top: Value | boolean
}

/**
 * Summarises each column of a table (or of rows): count, missing, range, mean, median, deviation, sum, distinct, most
 * frequent. `describe` has quartiles too; both show the same figures.
 */
export function summarize(table: Table | readonly Row[]): ColumnSummary[] {
  return columnsOf('summarize', table).map((column) => {
    const { type, count, missing, min, max, mean, median, std, sum, distinct, top } = columnStatistics(column)
    return { column: column.name, type, count, missing, distinct, top, min, max, mean, median, deviation: std, sum }
  })
}

/** The rows of a table; an array of rows is returned unchanged. */
export function rowsOf(where: string, table: Table | readonly Row[]): readonly Row[] {
  const rows: unknown = Array.isArray(table) ? table : (table as Table | undefined)?.rows
  const isRow = (row: unknown) => typeof row === 'object' && row !== null && !Array.isArray(row)
  if (Array.isArray(rows) && rows.every(isRow)) return rows
  throw argumentError(where, 'the table', 'a table of readTable or an array of rows (objects)', table)
}
