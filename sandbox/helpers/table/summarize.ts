// Summarises a table: statistics for each column.
import { columnStatistics } from '../statistics/column-statistics.ts'
import { columnsOf, type ColumnType, type Row, type Value } from './columns.ts'
import type { Table } from './read-table.ts'

/** Statistics of one column. Numeric ones are null for other columns. */
export interface ColumnSummary {
  column: string
  type: ColumnType
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
  top: Value
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
