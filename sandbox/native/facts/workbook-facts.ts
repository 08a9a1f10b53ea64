// Facts of tables that are no text: the sheets of a workbook, columns of Parquet and Arrow. A few thousand rows are read
// for the columns, so that a card of any file comes in a second or two.
import Papa from 'papaparse'
import { rowsOfColumns } from '../../helpers/table/rows-of-columns.ts'
import type { ReadTable } from '../../helpers/table/typed-columns.ts'
import type { SheetInfo } from '../../helpers/table/formats/grid.ts'
import { readColumns } from '../../helpers/table/formats/read-columns.ts'
import { readGrid } from '../../helpers/table/formats/read-grid.ts'
import { tableOfColumns, tableOfGrid } from '../../helpers/table/formats/to-table.ts'
import type { FileInfo } from '../../protocol.ts'
import { columnsFacts } from './column-facts.ts'
import { findUnusable } from './unusable.ts'

/** A file that is a table but no text, by its first bytes: its type; undefined for others. */
export function workbookType(name: string, bytes: Uint8Array): string | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, 6))
  if (head.startsWith('PAR1')) return 'application/vnd.apache.parquet'
  if (head === 'ARROW1') return 'application/vnd.apache.arrow.file'
  const found = findUnusable(name, bytes)
  if (found) return found.cause === 'workbook' ? found.mime : undefined
  // Many systems export pages and XML spreadsheets under the names of workbooks.
  return /\.(?:xlsx?|et)$/i.test(name) && /^[^]{0,3}\s*</.test(head) ? 'application/vnd.ms-excel' : undefined
}

/** Why a workbook cannot be used, as a sentence about it. */
export function workbookProblem(name: string, error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  const subject = `readTable: '${name}' `
  if (message.startsWith(subject)) return `It ${message.slice(subject.length)}`.slice(0, 500)
  return `It cannot be read as a table: ${message.replace(/^readTable: /, '')}. Save its sheet as CSV.`.slice(0, 500)
}

export type WorkbookFacts = Pick<FileInfo, 'rows' | 'columns' | 'seen' | 'head' | 'sheet' | 'sheets'>

/** Rows that are read for the facts of columns. */
const MAX_READ = 2000
const MAX_COLUMNS = 500
const MAX_SHEETS = 100
const HEAD_ROWS = 3

/**
 * Facts of a workbook or a columnar file; undefined for other files.
 * @throws Error as `readTable` does.
 */
export async function workbookFacts(name: string, bytes: Uint8Array): Promise<WorkbookFacts | undefined> {
  const columnar = await readColumns(bytes, name, MAX_READ)
  if (columnar) {
    const table = tableOfColumns(columnar)
    return factsOf(table, columnar.rows)
  }
  const grid = await readGrid(bytes, name, { maxRows: MAX_READ })
  if (!grid) return undefined
  const table = tableOfGrid(grid, undefined, {})
  const index = grid.sheets?.findIndex((sheet) => sheet.name === grid.sheet) ?? -1
  const used = grid.sheets?.[index]?.rows
  const isCut = used !== undefined && used > MAX_READ
  // Rows above the table and its header are none of its rows.
  const other = (grid.rowNumbers.at(-1) ?? 0) - table.rows
  return {
    ...factsOf(table, isCut ? used - other : table.rows),
    ...(grid.sheet !== undefined && grid.sheet !== '' && { sheet: grid.sheet.slice(0, 200) }),
    sheets: (grid.sheets ?? []).slice(0, MAX_SHEETS).map(sheetFacts),
  }
}

function sheetFacts({ name, rows, columns, hidden }: SheetInfo) {
  return {
    name: name.slice(0, 200),
    ...(rows !== undefined && { rows }),
    ...(columns !== undefined && { columns }),
    ...(hidden && { hidden }),
  }
}

function factsOf(table: ReadTable, all: number): WorkbookFacts {
  const shown = table.columns.slice(0, MAX_COLUMNS).map(({ data }) => data)
  const rows = rowsOfColumns(shown, table.rows)
  const line = (cells: readonly unknown[]): string => Papa.unparse([cells]).slice(0, 300)
  return {
    rows: Math.max(all, rows.length),
    columns: columnsFacts(shown),
    ...(rows.length < all && { seen: rows.length }),
    // As if the table were a CSV file.
    head: [
      line(shown.map(({ name }) => name)),
      ...rows.slice(0, HEAD_ROWS).map((row) => line(shown.map(({ name }) => row[name]))),
    ],
  }
}
