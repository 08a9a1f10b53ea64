// Tables from grids and from columns of files: title lines and remarks left out, headers of several rows joined, a type
// for each column.
import type { Row, Table } from '../read-table.ts'
import { readColumn, type ColumnType } from '../values.ts'
import type { FileColumns } from './file-columns.ts'
import { counted } from './grid-builder.ts'
import type { Grid, GridCell } from './grid.ts'

type Value = string | number | boolean | null

/** The table of a columnar file. */
export function tableOfColumns({ columns, notes }: FileColumns): Table {
  const read = columns.map(({ name, type, values }) => ({
    name,
    type: type as ColumnType,
    get: (row: number): Value => {
      const value = values[row]!
      return typeof value === 'number' && Number.isNaN(value) ? null : value
    },
  }))
  return tableOf(read, columns[0]?.values.length ?? 0, [...notes])
}

/** The table of a grid; if `header` is undefined, its first row decides. */
export function tableOfGrid(grid: Grid, header: boolean | undefined): Table {
  const notes = [...grid.notes]
  const { start, end } = bodyOf(grid, notes)
  const cells = grid.cells.slice(start, end)
  const isHeader = header ?? cells[0]?.some((cell) => typeof cell === 'string' && Number.isNaN(Number(cell))) ?? false
  const rows = !isHeader ? 0 : grid.header && grid.header.row >= start ? grid.header.row - start + grid.header.rows : 1
  const names = namesOf(cells.slice(0, rows), grid.columnNumbers.length)
  const columns = names.map((name, i) => {
    const read = typedColumn(cells.slice(rows).map((row) => row[i]!))
    if (read.note !== undefined) notes.push(`column '${name}': ${read.note}`)
    if (grid.units[i] === '%') notes.push(`column '${name}': percentages are kept as shown (12.5% is 12.5)`)
    return { name, type: read.type, get: (row: number): Value => read.values[row] ?? null }
  })
  return tableOf(columns, cells.length - rows, notes)
}

interface ReadColumn {
  readonly name: string
  readonly type: ColumnType
  get(row: number): Value
}

function tableOf(columns: readonly ReadColumn[], length: number, notes: string[]): Table {
  const rows: Row[] = []
  for (let row = 0; row < length; row++) {
    const made: Record<string, Value> = {}
    for (const { name, get } of columns) made[name] = get(row)
    rows.push(made as Row)
  }
  return { rows, columns: columns.map(({ name, type }) => ({ name, type })), notes, encoding: '', delimiter: '' }
}

/** Title lines and remarks have one filled cell where the table has three columns or more. */
function bodyOf({ cells, merges }: Grid, notes: string[]): { start: number; end: number } {
  const width = cells[0]?.length ?? 0
  const isRemark = (row: number): boolean => {
    const filled = cells[row]!.filter((cell) => cell !== null)
    const isWide = merges.some((merge) => merge.row === row && merge.columns >= width && width > 1)
    return isWide || (width > 2 && filled.length < 2 && typeof filled[0] === 'string')
  }
  let start = 0
  while (start < cells.length - 1 && isRemark(start)) start++
  let end = cells.length
  while (end > start + 1 && isRemark(end - 1)) end--
  const quoted = (from: number, to: number): string =>
    cells
      .slice(from, Math.min(to, from + 3))
      .map((row) => `'${textOf(row.find((cell) => cell !== null) ?? '').slice(0, 40)}'`)
      .join(', ')
  if (start > 0) notes.push(`${counted(start, 'line')} above the table left out: ${quoted(0, start)}`)
  if (end < cells.length)
    notes.push(`${counted(cells.length - end, 'line')} below the table left out: ${quoted(end, cells.length)}`)
  return { start, end }
}

/** Names of columns; those of several rows are joined, '2022 数量', each part once. */
function namesOf(rows: readonly (readonly GridCell[])[], width: number): string[] {
  const names: string[] = []
  for (let i = 0; i < width; i++) {
    const parts = new Set(
      rows.map((row) =>
        textOf(row[i] ?? '')
          .replace(/\s+/g, ' ')
          .trim(),
      ),
    )
    const wanted = [...parts].filter((part) => part !== '').join(' ') || `column ${i + 1}`
    let name = wanted
    for (let n = 2; names.includes(name); n++) name = `${wanted} (${n})`
    names.push(name)
  }
  return names
}

function typedColumn(cells: readonly GridCell[]): { values: readonly Value[]; type: ColumnType; note?: string } {
  const kinds = new Set(cells.map(kindOf))
  kinds.delete('empty')
  if (kinds.size === 1 && !kinds.has('text')) {
    const values = cells.map((cell) => (typeof cell === 'object' && cell !== null ? cell.date : cell))
    return { values, type: [...kinds][0] as ColumnType }
  }
  return readColumn(
    cells.map((cell) => textOf(cell ?? '')),
    false,
  )
}

function kindOf(cell: GridCell): string {
  if (cell === null) return 'empty'
  if (typeof cell === 'object') return 'date'
  return typeof cell === 'string' ? 'text' : typeof cell
}

function textOf(cell: GridCell): string {
  return typeof cell === 'object' && cell !== null ? cell.date : String(cell)
}
