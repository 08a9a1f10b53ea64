// What workbooks cannot hold: names of sheets, sizes, long texts.
import { cellName, MAX_COLUMNS, MAX_ROWS } from '../formats/grid.ts'
import { note } from '../../notes.ts'
import type { SheetData } from './sheet-data.ts'

const MAX_NAME = 31
/** Characters of a cell. */
const MAX_TEXT = 32_767

/** Names that Excel takes: 31 characters, without []:*?/\ and quotes at the ends, none twice; a note says which changed. */
export function cleanNames(sheets: readonly SheetData[]): SheetData[] {
  const used = new Set<string>()
  return sheets.map((sheet) => {
    const plain =
      sheet.name
        // eslint-disable-next-line no-control-regex
        .replace(/[[\]:*?/\\\u0000-\u001f]/g, ' ')
        .replace(/\s+/g, ' ')
        .replace(/^[\s']+|[\s']+$/g, '')
        .slice(0, MAX_NAME)
        .toWellFormed()
        .trim() || 'Sheet'
    let name = plain
    for (let n = 2; used.has(name.toLowerCase()); n++) name = `${plain.slice(0, MAX_NAME - ` (${n})`.length)} (${n})`
    used.add(name.toLowerCase())
    if (name !== sheet.name)
      note(
        `writeTable: the sheet '${sheet.name}' is named '${name}', as a name has at most 31 characters, none of []:*?/\\`,
      )
    return { ...sheet, name }
  })
}

/** @throws Error for too many rows or columns, and for a text that is too long for a cell. */
export function checkLimits(file: string, { name, columns, rows }: SheetData): void {
  const figure = (value: number): string => value.toLocaleString('en-US')
  if (rows + 1 > MAX_ROWS || columns.length > MAX_COLUMNS)
    throw new Error(
      `writeTable: the sheet '${name}' of '${file}' would have ${figure(rows + 1)} rows and ${figure(columns.length)} columns; a sheet holds ${figure(MAX_ROWS)} and ${figure(MAX_COLUMNS)}. Write .csv or .parquet, or several sheets.`,
    )
  for (const [i, { name: column, get }] of columns.entries())
    for (let row = 0; row < rows; row++) {
      const value = get(row)
      if (typeof value !== 'string' || value.length <= MAX_TEXT) continue
      throw new Error(
        `writeTable: row ${row + 1} of column '${column}' (cell ${cellName(row + 1, i)} of '${name}') has ${figure(value.length)} characters; a cell of a workbook holds ${figure(MAX_TEXT)}. Shorten it, or write .csv or .json.`,
      )
    }
}
