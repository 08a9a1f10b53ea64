// Reads a table from cells that are apart already: a sheet of a workbook, a table of a page, aligned text.
import { booleanColumn, codeTexts, emptyColumn, numberColumn } from './columns.ts'
import type { ReadTable } from './delimited/read-delimited.ts'
import { countRemarks, findLayout, remarkNotes, totalNotes, uniqueNames } from './layout.ts'
import { readTexts, type ReadColumn } from './read-columns.ts'
import type { ReadingHints } from './values.ts'

/** A cell: text, number (with its unit), true or false, a date in ISO 8601, or null for an empty one. */
export type GridCell =
  | string
  | number
  | boolean
  | null
  | { readonly date: string }
  | { readonly number: number; readonly unit: string }

export type Grid = readonly (readonly GridCell[])[]

/** Rows that decide where the table begins. */
const HEAD_ROWS = 1000
const LAST_ROWS = 20

/** Reads a grid; if `header` is undefined, its first rows decide whether there are names. */
export function readGrid(grid: Grid, header: boolean | undefined, hints: ReadingHints): ReadTable {
  const numbered = grid
    .map((cells, i) => ({ cells, number: i + 1 }))
    .filter(({ cells }) => cells.some((cell) => textOf(cell).trim() !== ''))
  const layout = findLayout(
    numbered.slice(0, HEAD_ROWS).map(({ cells }) => trimEnd(cells.map(textOf))),
    header,
  )
  const body = numbered.slice(layout.above + layout.headerRows)
  const width = body.reduce(
    (widest, { cells }) => Math.max(widest, trimEnd(cells.map(textOf)).length),
    trimEnd(layout.names).length,
  )
  const last = body.slice(-LAST_ROWS).map(({ cells }) => trimEnd(cells.map(textOf)))
  const remarks = countRemarks(last, width)
  const rows = body.slice(0, body.length - remarks)
  const { names, notes } = uniqueNames(layout.names, width)
  const kept = last.length - remarks
  const recordOf = (row: number): number => rows[row]?.number ?? row + 1
  return {
    columns: names.map((name, i) =>
      readCells(
        name,
        rows.map(({ cells }) => cells[i] ?? null),
        hints,
        recordOf,
      ),
    ),
    rows: rows.length,
    delimiter: '',
    notes: [...layout.notes, ...remarkNotes(last.slice(kept)), ...notes, ...totalNotes(last[kept - 1])],
  }
}

function trimEnd(row: readonly string[]): readonly string[] {
  let end = row.length
  while (end > 0 && row[end - 1]!.trim() === '') end--
  return row.slice(0, end)
}

function textOf(cell: GridCell): string {
  if (cell === null) return ''
  if (typeof cell !== 'object') return String(cell)
  return 'date' in cell ? cell.date : `${cell.number}${cell.unit}`
}

/** Cells of one kind are taken as they are; texts, and different kinds together, are read as texts. */
function readCells(
  name: string,
  cells: readonly GridCell[],
  hints: ReadingHints,
  recordOf: (row: number) => number,
): ReadColumn {
  const present = cells.filter((cell) => cell !== null && cell !== '')
  if (present.length === 0) return { data: emptyColumn(name, cells.length), notes: [] }
  if (present.every((cell) => typeof cell === 'boolean'))
    return {
      data: booleanColumn(
        name,
        Float64Array.from(cells, (cell) => (typeof cell === 'boolean' ? Number(cell) : Number.NaN)),
      ),
      notes: [],
    }
  const isNumber = (cell: GridCell): boolean =>
    typeof cell === 'number' || (typeof cell === 'object' && cell !== null && 'number' in cell)
  if (present.every(isNumber)) return readNumbers(name, cells, present)
  return readTexts(name, codeTexts(cells.map(textOf)), hints, recordOf)
}

function readNumbers(name: string, cells: readonly GridCell[], present: readonly GridCell[]): ReadColumn {
  const units = new Set(
    present.map((cell) => (typeof cell === 'object' && cell !== null && 'unit' in cell ? cell.unit : '')),
  )
  const unit = units.size === 1 ? [...units][0]! : ''
  const numbers = Float64Array.from(cells, (cell) => {
    if (typeof cell === 'number') return cell
    return typeof cell === 'object' && cell !== null && 'number' in cell ? cell.number : Number.NaN
  })
  const notes = units.has('%') ? [`column '${name}': percentages are kept as shown (12.5% is 12.5)`] : []
  return { data: numberColumn(name, numbers), ...(unit === '' ? {} : { unit }), notes }
}
