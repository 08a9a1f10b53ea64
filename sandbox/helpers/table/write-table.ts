// Writes tables to files that people open: workbooks, CSV, Parquet, JSON, Markdown, HTML. What was written is read again
// by another reader before the call ends.
import { writeFile } from 'node:fs/promises'
import { spaceLeft } from '../space.ts'
import { argumentError } from '../argument.ts'
import { note } from '../notes.ts'
import { noteUnknown, type All } from '../options.ts'
import { columnStyle } from './writers/column-style.ts'
import { checkWorkbook } from './writers/check-workbook.ts'
import { delimitedPieces } from './writers/delimited-file.ts'
import { odsFile } from './writers/ods-file.ts'
import { parquetFile } from './writers/parquet-file.ts'
import { checkDelimited, checkJson, checkPage, checkParquet } from './writers/read-back.ts'
import { sheetsOf, type SheetData, type TableData } from './writers/sheet-data.ts'
import { checkLimits, cleanNames } from './writers/sheet-limits.ts'
import { htmlPieces, jsonLinesPieces, jsonPieces, markdownText } from './writers/text-files.ts'
import { written } from './writers/verify.ts'
import { xlsxFile } from './writers/xlsx-file.ts'

export type { TableData } from './writers/sheet-data.ts'

export interface WriteTableOptions {
  /** The columns to write, in this order; default: all. */
  columns?: readonly string[]
  /** The sheet's name where one table is given; default: the file's name. */
  sheet?: string
  /** Workbooks: Excel number formats by column, such as { share: '0.0%' } (then 0.125 shows as 12.5%). */
  formats?: Readonly<Record<string, string>>
  /** CSV, TSV: a byte order mark, by which Excel knows UTF-8; default: where a character is not ASCII. */
  bom?: boolean
  /** CSV: ',' or ';'. */
  delimiter?: string
}

const OPTIONS: All<WriteTableOptions> = { columns: true, sheet: true, formats: true, bom: true, delimiter: true }
const ENDINGS = 'xlsx, ods, csv, tsv, parquet, json, jsonl, md, html'

/**
 * Writes rows (objects keyed by column), a table of `readTable`, or several as `{ 'sheet name': rows }` to a file whose
 * name's ending says the format: .xlsx and .ods (bold header that stays in sight, filter, widths, dates as dates,
 * separated thousands but not for years and codes), .csv, .tsv, .parquet, .json, .jsonl, .md or .html. Text is never a
 * formula, and digits in text stay text. Resolves with the name.
 * @throws TypeError for what is no table; Error for what a format cannot hold, and when the file reads back different.
 */
export async function writeTable(data: TableData, name: string, options: WriteTableOptions = {}): Promise<string> {
  noteUnknown('writeTable', options, OPTIONS)
  if (typeof name !== 'string') throw argumentError('writeTable', 'the name', "a file name such as 'result.xlsx'", name)
  const ending = /\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ''
  const title = options.sheet ?? name.replace(/^.*[/\\]/, '').replace(/\.[a-z]+$/i, '')
  const sheets = sheetsOf(data, title, options.columns)
  switch (ending) {
    case 'xlsx':
    case 'ods':
      await writeWorkbook(sheets, name, ending, options)
      break
    case 'csv':
    case 'tsv':
    case 'txt':
      await writeDelimited(onlyOf(sheets, name), name, ending === 'csv' ? delimiterOf(options) : '\t', options.bom)
      break
    case 'parquet': {
      const sheet = onlyOf(sheets, name)
      await writeFile(name, await parquetFile(sheet))
      await checkParquet(name, await written(name), sheet)
      break
    }
    case 'json':
    case 'jsonl':
    case 'ndjson': {
      const sheet = onlyOf(sheets, name)
      await writePieces(name, ending === 'json' ? jsonPieces(sheet) : jsonLinesPieces(sheet))
      checkJson(name, await written(name), sheet, ending !== 'json')
      break
    }
    case 'md':
    case 'markdown':
      await writeFile(name, markdownText(sheets))
      checkPage(name, await written(name), sheets, false)
      break
    case 'html':
    case 'htm':
      await writePieces(name, htmlPieces(sheets, title))
      checkPage(name, await written(name), sheets, true)
      break
    default:
      throw argumentError('writeTable', 'the name', `a file name that ends in one of ${ENDINGS}`, name)
  }
  return name
}

async function writeWorkbook(
  data: readonly SheetData[],
  name: string,
  format: 'xlsx' | 'ods',
  { formats = {} }: WriteTableOptions,
): Promise<void> {
  const sheets = cleanNames(data)
  for (const sheet of sheets) checkLimits(name, sheet)
  const styled = sheets.map((sheet) => ({
    ...sheet,
    columns: sheet.columns.map((column) =>
      columnStyle(column, Object.hasOwn(formats, column.name) ? formats[column.name] : undefined),
    ),
  }))
  await writeFile(name, await (format === 'xlsx' ? xlsxFile(styled) : odsFile(styled)))
  await checkWorkbook(name, await written(name), styled, format)
}

async function writeDelimited(sheet: SheetData, name: string, delimiter: string, bom?: boolean): Promise<void> {
  noteFormulas(sheet, name)
  await writePieces(name, delimitedPieces(sheet, { delimiter, bom }))
  checkDelimited(name, await written(name), sheet, delimiter)
}

/** CSV has no difference between text and formula: what a spreadsheet program would compute is noted. */
function noteFormulas({ columns, rows }: SheetData, name: string): void {
  const named = columns.filter(({ type, get }) => {
    if (type !== undefined && type !== 'text') return false
    for (let row = 0; row < rows; row++) {
      const value = get(row)
      if (typeof value === 'string' && FORMULA.test(value)) return true
    }
    return false
  })
  if (named.length === 0) return
  note(
    `writeTable: texts of ${named.map((column) => `'${column.name}'`).join(', ')} begin like formulas, and spreadsheet programs may compute them when they open '${name}'; .xlsx keeps them as text`,
  )
}

/** What Excel computes in CSV: not `-5`, a lone dash or a phone number's plus. */
const FORMULA = /^[=@]|^[+-](?=\D*[a-z(])(?!\d*\.?\d+e[+-]?\d+$)/i

function delimiterOf({ delimiter = ',' }: WriteTableOptions): string {
  if (delimiter === ',' || delimiter === ';' || delimiter === '\t' || delimiter === '|') return delimiter
  throw argumentError('writeTable', 'delimiter', "',', ';', '|' or a tab", delimiter)
}

/** Joins and writes: appending would copy what is there each time. */
async function writePieces(name: string, pieces: Iterable<Uint8Array>): Promise<void> {
  const { fileBytes } = await spaceLeft()
  const all: Uint8Array[] = []
  let bytes = 0
  for (const piece of pieces) {
    all.push(piece)
    bytes += piece.length
    // What is there already is refused when it is written; the rest would only take memory.
    if (bytes > fileBytes) break
  }
  const file = new Uint8Array(bytes)
  let at = 0
  for (const piece of all) {
    file.set(piece, at)
    at += piece.length
  }
  await writeFile(name, file)
}

function onlyOf(sheets: readonly SheetData[], name: string): SheetData {
  if (sheets.length === 1) return sheets[0]!
  throw new Error(
    `writeTable: '${name}' holds one table and ${sheets.length} were given (${sheets.map((sheet) => sheet.name).join(', ')}); write .xlsx or .ods, or one file for each`,
  )
}
