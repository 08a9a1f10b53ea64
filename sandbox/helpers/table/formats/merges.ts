// Merged ranges: which of them head columns, and where their values stand.
import type { GridCell, Merge } from './grid.ts'
import type { Placed } from './grid-builder.ts'

export interface Resolved {
  /** In the rows and columns of the laid out cells. */
  readonly merges: readonly Merge[]
  readonly header?: { readonly row: number; readonly rows: number }
  readonly note?: string
}

/** Headings by merges are looked for in this many rows. */
const MAX_HEADER_ROW = 30

/**
 * Writes the values of merged ranges into `placed.cells`: down in every row of a vertical range; across where a range
 * above the data heads several columns. One as wide as the table is a title, and stands in its first cell only.
 */
export function resolveMerges(placed: Placed, sheetMerges: readonly Merge[]): Resolved {
  const { cells } = placed
  if (sheetMerges.length === 0 || cells.length === 0) return { merges: [] }
  const merges = sheetMerges.flatMap((merge) => within(placed, merge)).toSorted((a, b) => a.row - b.row)
  const width = cells[0]!.length
  const dataStart = firstDataRow(cells, merges)
  const heads: Merge[] = []
  const filled: Merge[] = []
  for (const merge of merges) {
    const value = cells[merge.row]![merge.column]!
    if (value === null) continue
    const isHead = merge.columns > 1 && merge.columns < width && merge.row < dataStart
    if (isHead) heads.push(merge)
    else if (merge.rows > 1 && merge.columns < width && merge.row >= dataStart) filled.push(merge)
    if (merge.columns >= width && width > 1) continue
    for (let row = merge.row; row < merge.row + merge.rows; row++)
      for (let column = merge.column; column < merge.column + (isHead ? merge.columns : 1); column++)
        cells[row]![column] ??= value
  }
  const header = headerOf(heads, merges, cells, dataStart)
  const note = filled.length === 0 ? undefined : filledNote(filled, cells)
  return { merges, ...(header && { header }), ...(note !== undefined && { note }) }
}

/** A merged range in laid out rows and columns, without those that were left out for being empty. */
function within({ rowNumbers, columnNumbers }: Placed, merge: Merge): Merge[] {
  const row = firstAtLeast(rowNumbers, merge.row)
  const column = firstAtLeast(columnNumbers, merge.column)
  const rows = firstAtLeast(rowNumbers, merge.row + merge.rows) - row
  const columns = firstAtLeast(columnNumbers, merge.column + merge.columns) - column
  return rows > 0 && columns > 0 && (rows > 1 || columns > 1) ? [{ row, column, rows, columns }] : []
}

function firstAtLeast(sorted: readonly number[], wanted: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! < wanted) low = middle + 1
    else high = middle
  }
  return low
}

/** The first row with a value that no header has: a number that is no year, a date, a boolean, outside merges. */
function firstDataRow(cells: readonly (readonly GridCell[])[], merges: readonly Merge[]): number {
  const end = Math.min(cells.length, MAX_HEADER_ROW)
  for (let row = 0; row < end; row++) {
    const isData = cells[row]!.some((cell, column) => {
      if (cell === null || (typeof cell === 'string' && !NUMERIC.test(cell))) return false
      if (isYear(cell)) return false
      return !merges.some((merge) => merge.columns > 1 && merge.row === row && merge.column === column)
    })
    if (isData) return row
  }
  return end
}

/** A number as text, as systems write that store all cells so. */
const NUMERIC = /^[-+(]?[¥$€£]?\d[\d,]*(?:\.\d+)?%?\)?$/

function isYear(cell: GridCell): boolean {
  const value = Number(cell)
  return typeof cell !== 'boolean' && Number.isInteger(value) && value >= 1900 && value <= 2100
}

/** From the first heading over several columns to the row of names below the last of them. */
function headerOf(
  heads: readonly Merge[],
  merges: readonly Merge[],
  cells: readonly (readonly GridCell[])[],
  dataStart: number,
): { row: number; rows: number } | undefined {
  const first = heads[0]
  if (!first) return undefined
  let end = Math.max(...heads.map((head) => head.row + head.rows + 1))
  for (const merge of merges)
    if (merge.rows > 1 && merge.row >= first.row && merge.row < end) end = Math.max(end, merge.row + merge.rows)
  end = Math.min(end, Math.max(dataStart, first.row + 1), cells.length)
  return { row: first.row, rows: end - first.row }
}

function filledNote(filled: readonly Merge[], cells: readonly (readonly GridCell[])[]): string {
  const { row, column, rows } = filled[0]!
  const value = cells[row]![column]!
  const shown = typeof value === 'object' && value !== null ? value.date : String(value)
  const which = filled.length === 1 ? 'a merged cell stands' : `${filled.length} merged cells stand`
  return `the value of ${which} in each of its rows (first: '${shown.slice(0, 40)}' in ${rows} rows)`
}
