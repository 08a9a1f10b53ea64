// Reads files that `writeTable` wrote with readers that share no code with the writers, and compares them.
import Papa from 'papaparse'
import { readMarkdownTables } from '../formats/markdown-tables.ts'
import { readPageTables } from '../formats/html.ts'
import { readColumns } from '../formats/read-columns.ts'
import type { Cell, SheetData } from './sheet-data.ts'
import { textOf } from './text-files.ts'
import { compare, compareCount, rowsToCompare } from './verify.ts'

/** Rows of a large file of text that are compared; all are counted. */
const MAX_COMPARED = 20_000
/** Bytes at each end of a large CSV that Papa Parse reads. */
const END_BYTES = 1_000_000
const LF = 10
const QUOTE = 34

/** Reads CSV or TSV with Papa Parse: a small file whole, of a large one both ends; the rows of all are counted. */
export function checkDelimited(file: string, bytes: Uint8Array, sheet: SheetData, delimiter: string): void {
  const parse = (part: Uint8Array): string[][] =>
    Papa.parse<string[]>(new TextDecoder().decode(part), { delimiter, newline: '\r\n' }).data.filter(
      (row) => row.length > 1 || row[0] !== '' || sheet.columns.length === 1,
    )
  const texts = (rows: readonly string[][], first: number) => (row: number, column: number) =>
    rows[row - first]?.[column]
  if (bytes.length <= 2 * END_BYTES) {
    const rows = withoutLast(parse(bytes)).slice(1)
    compareCount(file, sheet, rows.length)
    compare(file, sheet, rowsToCompare(rows.length, Infinity), texts(rows, 0), textOf)
    return
  }
  const { lines, headEnd, tailStart, tailLine } = measure(bytes)
  compareCount(file, sheet, lines - 1)
  const head = withoutLast(parse(bytes.subarray(0, headEnd))).slice(1)
  compare(file, sheet, rowsToCompare(Math.min(head.length, sheet.rows), Infinity), texts(head, 0), textOf)
  const tail = withoutLast(parse(bytes.subarray(tailStart)))
  const first = tailLine - 1
  compare(file, sheet, range(first, sheet.rows), texts(tail, first), textOf)
}

/** Papa Parse takes what follows the last line end for a row. */
function withoutLast(rows: string[][]): string[][] {
  const last = rows.at(-1)
  return last?.length === 1 && last[0] === '' ? rows.slice(0, -1) : rows
}

function* range(from: number, to: number): Generator<number> {
  for (let i = from; i < to; i++) yield i
}

/** Counts lines outside quotes; where the first part ends and the last begins, and the number of its first line. */
function measure(bytes: Uint8Array): { lines: number; headEnd: number; tailStart: number; tailLine: number } {
  if (!bytes.includes(QUOTE)) return measurePlain(bytes)
  let lines = 0
  let isQuoted = false
  let headEnd = 0
  let tailStart = 0
  let tailLine = 0
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]
    if (byte === QUOTE) isQuoted = !isQuoted
    else if (byte === LF && !isQuoted) {
      lines++
      if (headEnd === 0 && i >= END_BYTES) headEnd = i + 1
      if (tailStart === 0 && i >= bytes.length - END_BYTES) {
        tailStart = i + 1
        tailLine = lines
      }
    }
  }
  return { lines, headEnd, tailStart, tailLine }
}

/** The same without quotes, where the platform looks for line ends. */
function measurePlain(bytes: Uint8Array): ReturnType<typeof measure> {
  const found = { lines: 0, headEnd: 0, tailStart: 0, tailLine: 0 }
  for (let i = bytes.indexOf(LF); i >= 0; i = bytes.indexOf(LF, i + 1)) {
    found.lines++
    if (found.headEnd === 0 && i >= END_BYTES) found.headEnd = i + 1
    if (found.tailStart === 0 && i >= bytes.length - END_BYTES) {
      found.tailStart = i + 1
      found.tailLine = found.lines
    }
  }
  return found
}

/** Reads Parquet with hyparquet. */
export async function checkParquet(file: string, bytes: Uint8Array, sheet: SheetData): Promise<void> {
  const read = await readColumns(bytes, file)
  const columns = read?.columns ?? []
  compareCount(file, sheet, columns[0]?.values.length ?? 0)
  const found = (row: number, column: number): unknown => {
    const value = columns[column]?.values[row]
    return typeof value === 'number' && Number.isNaN(value) ? null : value
  }
  const isMixed = sheet.columns.map((_, i) => columns[i]?.type === 'text')
  for (const [i, column] of sheet.columns.entries()) {
    const only = { ...sheet, columns: [column] }
    const plain = (value: Cell): Cell => (isMixed[i] === true ? textOf(value) : value)
    compare(file, only, rowsToCompare(sheet.rows, 10 * MAX_COMPARED), (row) => found(row, i), plain)
  }
}

/** Reads JSON with the platform's parser; of JSON lines each line. */
export function checkJson(file: string, bytes: Uint8Array, sheet: SheetData, isLines: boolean): void {
  const text = new TextDecoder().decode(bytes)
  const lines = isLines ? text.split('\n').slice(0, -1) : undefined
  const rows = (lines ?? JSON.parse(text)) as (string | Readonly<Record<string, unknown>>)[]
  compareCount(file, sheet, rows.length)
  let at = -1
  let current: Readonly<Record<string, unknown>> = {}
  const rowOf = (row: number): Readonly<Record<string, unknown>> => {
    if (row === at) return current
    const value = rows[row]!
    at = row
    current = typeof value === 'string' ? (JSON.parse(value) as Readonly<Record<string, unknown>>) : value
    return current
  }
  compare(
    file,
    sheet,
    rowsToCompare(sheet.rows, MAX_COMPARED),
    (row, column) => rowOf(row)[sheet.columns[column]!.name],
  )
}

/** Reads Markdown or HTML with the readers of pages. White space counts as one space there. */
export function checkPage(file: string, bytes: Uint8Array, sheets: readonly SheetData[], isHtml: boolean): void {
  const text = new TextDecoder().decode(bytes)
  const tables = isHtml ? readPageTables(text) : readMarkdownTables(text)
  for (const [i, sheet] of sheets.entries()) {
    const grid = tables[i]?.builder.finish(`'${file}'`)
    const rows = new Map(grid?.rowNumbers.map((number, at) => [number - 2, grid.cells[at]]))
    const columns = new Map(grid?.columnNumbers.map((number, at) => [number - 1, at]))
    const found = (row: number, column: number): unknown => {
      const cell = rows.get(row)?.[columns.get(column) ?? -1]
      return typeof cell === 'string' ? spaced(cell) : cell
    }
    compare(file, sheet, rowsToCompare(sheet.rows, MAX_COMPARED), found, (value) => spaced(textOf(value)))
  }
}

function spaced(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
