// A sheet as a reader of workbooks or pages hands it on: rows of typed cells, without what is empty, merges resolved.

/** A cell that a workbook marks as a date: '2024-01-31', '2024-01-31T10:00:00', or '2024-01' where only that shows. */
interface DateCell {
  readonly date: string
}

export type GridCell = string | number | boolean | null | DateCell

/** A merged range in `cells`, zero-based. */
export interface Merge {
  readonly row: number
  readonly column: number
  readonly rows: number
  readonly columns: number
}

export interface SheetInfo {
  readonly name: string
  /** Rows and columns up to the last used cell; undefined where the file does not say and nobody counted. */
  readonly rows?: number
  readonly columns?: number
  readonly hidden: boolean
}

export interface Grid {
  /** All rows have the same length. Rows and columns without any content are left out. */
  readonly cells: readonly (readonly GridCell[])[]
  /** The row of the sheet, from 1, of each row of `cells`. */
  readonly rowNumbers: readonly number[]
  /** The column of the sheet, from 1, of each column of `cells`. */
  readonly columnNumbers: readonly number[]
  /**
   * Merged ranges. In `cells` the value of a vertical one stands in all its rows; of a horizontal one in all its columns
   * where it heads several columns, else in the first.
   */
  readonly merges: readonly Merge[]
  /** Rows of `cells` that merges prove to be a header of several rows, to be joined ('2022 数量'). */
  readonly header?: { readonly row: number; readonly rows: number }
  /** '%' or a currency that most numbers of a column show, by column; the numbers are as shown (12.5 for 12.5%). */
  readonly units: readonly (string | undefined)[]
  readonly format: 'xlsx' | 'xlsb' | 'xls' | 'ods' | 'html' | 'markdown' | 'spreadsheet-xml'
  /** The name of the sheet, or of the table in a page. */
  readonly sheet?: string
  readonly sheets?: readonly SheetInfo[]
  readonly notes: readonly string[]
}

/** A sheet without what only `readGrid` knows. */
export type SheetGrid = Omit<Grid, 'format' | 'sheet' | 'sheets'>

/** The name of a cell, 'B7', from zero-based positions in the sheet. */
export function cellName(row: number, column: number): string {
  let letters = ''
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCodePoint(65 + ((rest - 1) % 26)) + letters
  return `${letters}${row + 1}`
}

/** Zero-based row and column of a reference such as 'B7' or '$B$7'; undefined if it is none. */
export function cellPosition(reference: string): { row: number; column: number } | undefined {
  let column = 0
  let at = 0
  for (; at < reference.length; at++) {
    const code = reference.charCodeAt(at)
    if (code >= 65 && code <= 90) column = column * 26 + code - 64
    else if (code >= 97 && code <= 122) column = column * 26 + code - 96
    else if (code !== 36) break
  }
  const row = Number(reference.slice(at).replace('$', ''))
  if (column === 0 || column > MAX_COLUMNS || !(row >= 1 && row <= MAX_ROWS)) return undefined
  return { row: row - 1, column: column - 1 }
}

/** Excel's own limits of a sheet. */
export const MAX_ROWS = 1_048_576
export const MAX_COLUMNS = 16_384
