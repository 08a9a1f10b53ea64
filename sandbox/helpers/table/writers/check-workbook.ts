// Reads workbooks that `writeTable` wrote: small ones with hucre, which shares no code with the writer; of large ones
// this module's own reader compares cell after cell as they come, so that no second copy is in memory.
import type { GridBuilder } from '../formats/grid-builder.ts'
import type { GridCell } from '../formats/grid.ts'
import { documentHandler } from '../formats/ods.ts'
import { markupScanner } from '../formats/markup.ts'
import { shownValue } from '../formats/number-format.ts'
import { readXlsxSheets } from '../formats/xlsx.ts'
import { inflateText, zipParts } from '../formats/zip.ts'
import type { ColumnStyle } from './column-style.ts'
import { parseDate } from './dates.ts'
import { withoutControls } from './ods-file.ts'
import type { Cell, SheetData } from './sheet-data.ts'
import { compare, compareCount, rowsToCompare } from './verify.ts'
import { scaled, type StyledSheet } from './xlsx-file.ts'

/** Cells of a workbook that hucre reads in half a second. */
const MAX_SMALL = 200_000

/** @throws Error that names the first cell that differs. */
export async function checkWorkbook(
  file: string,
  bytes: Uint8Array,
  sheets: readonly StyledSheet[],
  format: 'xlsx' | 'ods',
): Promise<void> {
  const cells = sheets.reduce((sum, { columns, rows }) => sum + columns.length * rows, 0)
  if (cells <= MAX_SMALL) await checkWithHucre(file, bytes, sheets, format)
  else await checkStreamed(file, bytes, sheets, format)
}

const dataOf = ({ name, columns, rows }: StyledSheet): SheetData => ({
  name,
  rows,
  columns: columns.map(({ column }) => column),
})

async function checkWithHucre(
  file: string,
  bytes: Uint8Array,
  sheets: readonly StyledSheet[],
  format: 'xlsx' | 'ods',
): Promise<void> {
  const { readOds, readXlsx } = await import('hucre')
  const workbook = await (format === 'xlsx' ? readXlsx(bytes) : readOds(bytes))
  for (const [i, sheet] of sheets.entries()) {
    const rows = workbook.sheets[i]?.rows ?? []
    for (const [c, style] of sheet.columns.entries()) {
      const data = { ...dataOf(sheet), columns: [style.column] }
      const found = (row: number): unknown => {
        const value = rows[row + 1]?.[c]
        return value instanceof Date ? value.toISOString().replace(/(?:T00:00:00\.000|\.000)?Z$/, '') : value
      }
      compare(file, data, rowsToCompare(sheet.rows, Infinity), found, (value) => stored(value, style, format))
    }
  }
}

/** What a cell holds: shares of percentages, whole dates of months. */
function stored(value: Cell, { kind, scale }: ColumnStyle, format: 'xlsx' | 'ods'): Cell {
  if (typeof value === 'number') return scaled(value, scale)
  if (typeof value !== 'string') return value
  if (kind === 'month' && parseDate(value)) return `${value}-01`
  return format === 'ods' ? withoutControls(value) : value
}

async function checkStreamed(
  file: string,
  bytes: Uint8Array,
  sheets: readonly StyledSheet[],
  format: 'xlsx' | 'ods',
): Promise<void> {
  const what = `'${file}'`
  const parts = zipParts(what, bytes)
  const checks = sheets.map((sheet) => comparer(file, sheet, format))
  if (format === 'xlsx') await readXlsxSheets(what, bytes, parts, (i) => checks[i]!.builder)
  else {
    let next = 0
    const handler = documentHandler([], new Set(), () => checks[next++]!.builder)
    const scanner = markupScanner(handler, 'xml')
    await inflateText(what, bytes, parts.get('content.xml')!, (text) => scanner.write(text))
    scanner.end()
  }
  for (const check of checks) check.finish()
}

/** A builder of grids that keeps nothing: each cell is compared as it comes, and all are counted. */
function comparer(file: string, sheet: StyledSheet, format: 'xlsx' | 'ods') {
  const data = dataOf(sheet)
  const counts = data.columns.map(() => 0)
  const put = (row: number, column: number, value: GridCell): void => {
    if (row === 0 || value === null || value === '') return
    const style = sheet.columns[column]
    if (!style) return
    counts[column]!++
    const found = typeof value === 'object' ? value.date : value
    const plain = (cell: Cell): Cell => (format === 'ods' && typeof cell === 'string' ? withoutControls(cell) : cell)
    compare(file, { ...data, columns: [style.column] }, [row - 1], () => found, plain)
  }
  const unexpected = (row: number, column: number, text: string): void => put(row, column, text)
  const builder: GridBuilder = {
    put,
    putNumber: (row, column, value, shape) =>
      put(row, column, shape === undefined ? value : shownValue(value, shape, false)),
    putError: unexpected,
    putFormula: unexpected,
    merge() {},
    size: () => ({ rows: 0, columns: 0 }),
    finish: () => ({ cells: [], rowNumbers: [], columnNumbers: [], merges: [], units: [], notes: [] }),
  }
  const finish = (): void => {
    for (const [i, { get }] of data.columns.entries()) {
      let filled = 0
      for (let row = 0; row < data.rows; row++) {
        const value = get(row)
        if (value !== null && value !== '') filled++
      }
      if (filled !== counts[i]) compareCount(file, { ...data, rows: filled }, counts[i]!)
    }
  }
  return { builder, finish }
}
