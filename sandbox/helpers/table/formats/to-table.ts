// Tables from cells that are apart already (a sheet, a table of a page, aligned text), and from columns of files.
import { booleanColumn, codeTexts, emptyColumn, numberColumn, textColumn, type ColumnData } from '../columns.ts'
import type { ReadingHints } from '../decide-type.ts'
import { countRemarks, findLayout, joinedLayout, remarkNotes, totalNotes, uniqueNames } from '../layout.ts'
import { readTexts, type ReadColumn, type ReadTable } from '../typed-columns.ts'
import type { FileColumn, FileColumns } from './file-columns.ts'
import type { Grid, GridCell } from './grid.ts'

/** The table of a columnar file. */
export function tableOfColumns({ columns, notes }: FileColumns): ReadTable {
  const read = columns.map((column) => ({ data: dataOf(column), notes: [] }))
  return { columns: read, rows: columns[0]?.values.length ?? 0, delimiter: '', notes }
}

function dataOf({ name, type, values }: FileColumn): ColumnData {
  if (values instanceof Float64Array) return numberColumn(name, values)
  if (type === 'boolean') return booleanColumn(name, Float64Array.from(values, numberOfBoolean))
  if (type === 'empty') return emptyColumn(name, values.length)
  const { codes, texts } = codeTexts(values.map((value) => (value === null ? '' : String(value))))
  return textColumn(name, type === 'date' ? 'date' : 'text', codes, texts)
}

function numberOfBoolean(value: unknown): number {
  return typeof value === 'boolean' ? Number(value) : Number.NaN
}

/** What a grid must have to become a table. */
export type GridInput = Pick<Grid, 'cells' | 'rowNumbers' | 'notes'> &
  Partial<Pick<Grid, 'merges' | 'header' | 'units'>>

/** Rows that decide where the table begins. */
const HEAD_ROWS = 200
const LAST_ROWS = 20

/** The table of a grid; if `header` is undefined, its first rows decide whether there are names. */
export function tableOfGrid(grid: GridInput, header: boolean | undefined, hints: ReadingHints): ReadTable {
  const { cells, rowNumbers, units = [] } = grid
  const width = cells[0]?.length ?? 0
  const texts = (from: number, to: number): string[][] =>
    cells.slice(from, to).map((row, i) => textsOf(row, isTitle(grid, from + i, width)))
  const head = texts(0, HEAD_ROWS)
  const layout =
    grid.header && header !== false ? joinedLayout(head, grid.header.row, grid.header.rows) : findLayout(head, header)
  const first = layout.above + layout.headerRows
  const last = texts(Math.max(first, cells.length - LAST_ROWS), cells.length)
  const remarks = countRemarks(last, width)
  const rows = cells.slice(first, cells.length - remarks)
  const { names, notes } = uniqueNames(layout.names, width)
  const kept = last.length - remarks
  const recordOf = (row: number): number => rowNumbers[first + row] ?? row + 1
  return {
    columns: names.map((name, i) =>
      readCells(
        { name, unit: units[i] },
        rows.map((row) => row[i] ?? null),
        hints,
        recordOf,
      ),
    ),
    rows: rows.length,
    delimiter: '',
    notes: [...grid.notes, ...layout.notes, ...remarkNotes(last.slice(kept)), ...notes, ...totalNotes(last[kept - 1])],
  }
}

/** A row that one merged cell fills is a title. */
function isTitle({ merges = [] }: GridInput, row: number, width: number): boolean {
  return width > 1 && merges.some((merge) => merge.row === row && merge.columns >= width)
}

/** The texts of a row without empty cells at its end; of a title only the first. */
function textsOf(row: readonly GridCell[], isOne: boolean): string[] {
  const texts = row.map(textOf)
  let end = isOne ? 1 : texts.length
  while (end > 0 && texts[end - 1]!.trim() === '') end--
  return texts.slice(0, end)
}

function textOf(cell: GridCell): string {
  if (cell === null) return ''
  return typeof cell === 'object' ? cell.date : String(cell)
}

/** Cells of one kind are taken as they are; texts, and different kinds together, are read as texts. */
function readCells(
  { name, unit }: { readonly name: string; readonly unit: string | undefined },
  cells: readonly GridCell[],
  hints: ReadingHints,
  recordOf: (row: number) => number,
): ReadColumn {
  const present = cells.filter((cell) => cell !== null && cell !== '')
  if (present.length === 0) return { data: emptyColumn(name, cells.length), notes: [] }
  if (present.every((cell) => typeof cell === 'boolean'))
    return { data: booleanColumn(name, Float64Array.from(cells, numberOfBoolean)), notes: [] }
  if (present.every((cell) => typeof cell === 'number')) {
    const numbers = Float64Array.from(cells, (cell) => (typeof cell === 'number' ? cell : Number.NaN))
    const notes = unit === '%' ? [`column '${name}': percentages are kept as shown (12.5% is 12.5)`] : []
    return { data: numberColumn(name, numbers), ...(unit !== undefined && { unit }), notes }
  }
  const coded = codeTexts(cells.map(textOf))
  if (present.every((cell) => typeof cell === 'object'))
    return { data: textColumn(name, 'date', coded.codes, coded.texts), notes: [] }
  return readTexts(name, coded, hints, recordOf)
}
