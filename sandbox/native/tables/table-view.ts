// Rows of a table under a view: sorted, filtered and searched by vectors of row numbers. The last few are kept, so that
// scrolling costs nothing.
import type { ColumnData } from '../../helpers/table/columns.ts'
import type { TableView } from '../../table-protocol.ts'
import { applyFilter, applySearch } from './filter-rows.ts'
import { rankTexts, sortRows } from './sort-rows.ts'

/** Rows of a view; `rows` is undefined for all in the file's order. */
interface ViewedRows {
  readonly rows: Uint32Array | undefined
  readonly matching: number
  /** Columns whose filter is not understood. */
  readonly refused: readonly number[]
}

export interface ViewableTable {
  readonly columns: readonly ColumnData[]
  readonly length: number
  view(view: TableView): ViewedRows
}

/** Vectors that are kept of a table: 4 MB each for a million rows. */
const MAX_KEPT = 6

/** A table whose views are kept for the next window. */
export function createViewableTable(columns: readonly ColumnData[], length: number): ViewableTable {
  const kept = new Map<string, unknown>()
  const cached = <T>(key: string, make: () => T): T => {
    const value = kept.has(key) ? (kept.get(key) as T) : make()
    kept.delete(key)
    kept.set(key, value)
    for (const oldest of kept.keys()) {
      if (kept.size <= MAX_KEPT) break
      kept.delete(oldest)
    }
    return value
  }
  const ranks = new Map<string, Uint32Array>()
  const ranksOf = (column: ColumnData): Uint32Array => {
    const known = ranks.get(column.name) ?? rankTexts(column)
    ranks.set(column.name, known)
    return known
  }
  const orderOf = (sort: NonNullable<TableView['sort']>): Uint32Array | undefined =>
    sort.length === 0 ? undefined : cached(JSON.stringify(sort), () => sortRows(columns, length, sort, ranksOf))
  return {
    columns,
    length,
    view({ sort = [], filters = [], search = '' }) {
      const isFiltered = filters.length > 0 || search.trim() !== ''
      if (!isFiltered) return { rows: orderOf(sort), matching: length, refused: [] }
      return cached(JSON.stringify([sort, filters, search]), () => {
        const { marks, refused } = cached(JSON.stringify([filters, search]), () =>
          markRows(columns, length, { filters, search }),
        )
        const rows = collect(orderOf(sort), marks)
        return { rows, matching: rows.length, refused }
      })
    },
  }
}

function markRows(columns: readonly ColumnData[], length: number, { filters = [], search = '' }: TableView) {
  const marks = new Uint8Array(length).fill(1)
  const refused = filters.filter(({ column, text }) => {
    const data = columns[column]
    return data === undefined || !applyFilter(data, text, marks)
  })
  applySearch(columns, search, marks)
  return { marks, refused: refused.map(({ column }) => column) }
}

/** Marked rows in the order. */
function collect(order: Uint32Array | undefined, marks: Uint8Array): Uint32Array {
  const rows = new Uint32Array(marks.reduce((sum, mark) => sum + mark, 0))
  let at = 0
  if (order) {
    for (const row of order) if (marks[row] === 1) rows[at++] = row
  } else for (let row = 0; row < marks.length; row++) if (marks[row] === 1) rows[at++] = row
  return rows
}
