// Collects the cells of a sheet in any order and far apart, then lays them out without what is empty.
import { cellName, type GridCell, type Merge, type SheetGrid } from './grid.ts'
import { resolveMerges } from './merges.ts'
import { shownValue, type NumberFormat } from './number-format.ts'

export interface GridBuilder {
  /** Rows and columns are those of the sheet, zero-based. */
  put(row: number, column: number, value: GridCell): void
  /** A number as its format shows it. `text`: how the file writes it, which may have more digits than a number keeps. */
  putNumber(row: number, column: number, value: number, format: NumberFormat | undefined, text?: string): void
  putError(row: number, column: number, text: string): void
  /** A formula whose value the file does not have. */
  putFormula(row: number, column: number, formula: string): void
  merge(range: Merge): void
  /** Rows and columns up to the last filled cell. */
  size(): { rows: number; columns: number }
  /** @throws Error when filled cells lie so far apart that the grid would have more than 50,000,000 cells. */
  finish(what: string): SheetGrid
}

const MAX_CELLS = 50_000_000
const MAX_KNOWN = 100_000
/** Cells that a note names. */
const MAX_NAMED = 5

interface Named {
  readonly cell: string
  readonly text: string
}

export interface BuilderOptions {
  /** Dates count from 1904. */
  readonly is1904?: boolean
  /** Rows of the sheet that are kept; the size counts all. */
  readonly maxRows?: number
}

/** A builder of one sheet's grid. */
export function gridBuilder({ is1904 = false, maxRows = Infinity }: BuilderOptions = {}): GridBuilder {
  const store = cellStore(maxRows)
  const merges: Merge[] = []
  const units: Map<string, number>[] = []
  const errors: Named[] = []
  const formulas: Named[] = []
  const { put } = store
  return {
    put,
    putNumber(row, column, value, format, text) {
      if (format === undefined || format.kind === 'general') {
        const isLong = !Number.isSafeInteger(value) && text !== undefined && /^-?\d+$/.test(text)
        put(row, column, isLong ? text : value)
        return
      }
      const unit = format.kind === 'percent' ? '%' : format.kind === 'currency' ? format.symbol : undefined
      if (unit !== undefined) {
        const counts = (units[column] ??= new Map())
        counts.set(unit, (counts.get(unit) ?? 0) + 1)
      }
      put(row, column, shownValue(value, format, is1904))
    },
    putError(row, column, text) {
      if (row < maxRows) errors.push({ cell: cellName(row, column), text })
    },
    putFormula(row, column, text) {
      if (row < maxRows) formulas.push({ cell: cellName(row, column), text })
    },
    merge(range) {
      if (range.rows > 1 || range.columns > 1) merges.push(range)
    },
    size: store.size,
    finish(what) {
      const placed = layOut(what, store.rows)
      const unitOf = (column: number): string | undefined =>
        [...(units[column] ?? [])].toSorted((a, b) => b[1] - a[1])[0]?.[0]
      const { header, merges: resolved, note } = resolveMerges(placed, merges)
      const notes = [
        ...(note === undefined ? [] : [note]),
        ...(errors.length > 0 ? [errorNote(errors)] : []),
        ...(formulas.length > 0 ? [formulaNote(formulas)] : []),
      ]
      return {
        cells: placed.cells,
        rowNumbers: placed.rowNumbers.map((row) => row + 1),
        columnNumbers: placed.columnNumbers.map((column) => column + 1),
        merges: resolved,
        ...(header && { header }),
        units: placed.columnNumbers.map(unitOf),
        notes,
      }
    },
  }
}

/** Rows of cells by their numbers, of which only those before `maxRows` are kept. */
function cellStore(maxRows: number) {
  const rows = new Map<number, GridCell[]>()
  const known = new Map<string, string>()
  let current: GridCell[] = []
  let currentRow = -1
  let lastRow = -1
  let lastColumn = -1

  /** The same object for equal texts, and none that keeps the text alive that it was cut from. */
  const own = (text: string): string => {
    let kept = known.get(text)
    if (kept === undefined) {
      kept = text.length < 13 ? text : ` ${text}`.slice(1)
      if (known.size >= MAX_KNOWN) known.clear()
      known.set(kept, kept)
    }
    return kept
  }

  return {
    rows,
    put(row: number, column: number, value: GridCell): void {
      if (value === null || value === '') return
      if (row > lastRow) lastRow = row
      if (column > lastColumn) lastColumn = column
      if (row >= maxRows) return
      if (row !== currentRow) {
        current = rows.get(row) ?? []
        rows.set(row, current)
        currentRow = row
      }
      current[column] = typeof value === 'string' ? own(value) : value
    },
    size: () => ({ rows: lastRow + 1, columns: lastColumn + 1 }),
  }
}

/** Cells without empty rows and columns; row and column numbers are zero-based. */
export interface Placed {
  readonly cells: GridCell[][]
  readonly rowNumbers: readonly number[]
  readonly columnNumbers: readonly number[]
}

function layOut(what: string, rows: ReadonlyMap<number, GridCell[]>): Placed {
  const rowNumbers = [...rows.keys()].toSorted((a, b) => a - b)
  const used = new Set<number>()
  let dense = 0
  for (const row of rows.values()) {
    // A row that is filled from its start on needs no look at each of its cells.
    if (row.length < 256) for (let i = 0; i < row.length; i++) if (row[i] !== undefined) used.add(i)
    if (row.length >= 256) for (const key of Object.keys(row)) used.add(Number(key))
    dense = Math.max(dense, row.length)
  }
  const columnNumbers = [...used].toSorted((a, b) => a - b)
  if (rowNumbers.length * columnNumbers.length > MAX_CELLS)
    throw new Error(
      `readTable: ${what} has cells in ${figure(rowNumbers.length)} rows and ${figure(columnNumbers.length)} columns, ${figure(rowNumbers.length * columnNumbers.length)} together; ${figure(MAX_CELLS)} are the limit. Save the part that is needed as CSV.`,
    )
  const isWhole = columnNumbers.length === dense
  const cells = rowNumbers.map((number) => {
    const row = rows.get(number)!
    if (!isWhole) return columnNumbers.map((column) => row[column] ?? null)
    for (let i = 0; i < dense; i++) row[i] ??= null
    return row
  })
  return { cells, rowNumbers, columnNumbers }
}

function errorNote(errors: readonly Named[]): string {
  const named = errors.slice(0, MAX_NAMED).map(({ cell, text }) => `${text} in ${cell}`)
  return `${counted(errors.length, 'cell')} with an error ${errors.length === 1 ? 'is' : 'are'} null: ${listed(named, errors.length)}`
}

function formulaNote(formulas: readonly Named[]): string {
  const named = formulas.slice(0, MAX_NAMED).map(({ cell, text }) => `${cell} (=${text.slice(0, 60)})`)
  const values = formulas.length === 1 ? 'formula has no stored value and is' : 'formulas have no stored values and are'
  return `${figure(formulas.length)} ${values} null: ${listed(named, formulas.length)}; a spreadsheet program that opens and saves the file stores them`
}

const listed = (named: readonly string[], all: number): string =>
  `${named.join(', ')}${all > named.length ? ` and ${figure(all - named.length)} more` : ''}`

/** '1,234 cells', '1 cell'. */
export function counted(n: number, what: string): string {
  return `${figure(n)} ${what}${n === 1 ? '' : 's'}`
}

function figure(value: number): string {
  return value.toLocaleString('en-US')
}
