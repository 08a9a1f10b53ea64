// Rows of column vectors: plain objects, made at once for small tables.
import type { ColumnData, Row } from './columns.ts'
import { rememberColumns } from './known-columns.ts'
import { lazyRows, rowMaker } from './lazy-rows.ts'
import { MIN_LAZY_ROWS } from './min-lazy-rows.ts'

/** Rows of larger tables are not kept, and frozen. */
const MAX_KEPT_ROWS = 100_000

/** Rows of these columns; see `lazyRows` for those of large tables. */
export function rowsOfColumns(columns: readonly ColumnData[], length: number): Row[] {
  if (length >= MIN_LAZY_ROWS || length > MAX_KEPT_ROWS) return lazyRows(columns, length, length <= MAX_KEPT_ROWS)
  const make = rowMaker(columns)
  const rows: Row[] = []
  for (let row = 0; row < length; row++) rows.push(make(row))
  rememberColumns(rows, columns)
  return rows
}
