// Reads tables from files: delimited text in any encoding, JSON, aligned text, workbooks, pages, columns of Parquet and Arrow.
import { readFile, stat } from 'node:fs/promises'
import { argumentError } from '../argument.ts'
import { cellNumber } from '../cell-number.ts'
import { note } from '../notes.ts'
import { noteUnknown, type All } from '../options.ts'
import { splitAlignedText } from './aligned-text.ts'
import type { ColumnType, Row, Value } from './columns.ts'
import type { DateOrder } from './dates.ts'
import { readDelimited } from './delimited/read-delimited.ts'
import { toUtf8 } from './encoding.ts'
import { readJson } from './json/read-json.ts'
import { readKey, recallRead, rememberRead } from './recent-reads.ts'
import { rowsOfColumns } from './rows-of-columns.ts'
import { readColumns } from './formats/read-columns.ts'
import { readGrid } from './formats/read-grid.ts'
import { tableOfColumns, tableOfGrid } from './formats/to-table.ts'
import type { ReadColumn, ReadTable } from './typed-columns.ts'

export interface Column {
  readonly name: string
  /** The type of at least 95 % of the values; the others became null, which `notes` say. */
  readonly type: ColumnType
  /** What all values of a column of numbers were written with: %, a currency, a unit of measure. */
  readonly unit?: string
  /** The values from the first row to the last; null where missing. Not shown by console.log. */
  readonly values: readonly Value[]
}

export interface Table {
  /**
   * Rows by column name. Above 100,000 they are made when they are looked at, and frozen: to change them, make new ones
   * with `map`.
   */
  readonly rows: Row[]
  readonly columns: Column[]
  /** Every decision, for the user: a guessed encoding, lines left out, values that did not fit and their rows. */
  readonly notes: string[]
  readonly encoding: string
  /** The cell delimiter; '' where there is none. */
  readonly delimiter: string
  /** The parsed content of a JSON file that is no table; `rows` is empty then. */
  readonly json?: unknown
  /** Names of the sheets of a workbook, or of the lists of rows in a JSON file. */
  readonly sheets?: readonly string[]
}

export interface TableOptions {
  /** A WHATWG encoding name such as 'gb18030'; detected by default. */
  encoding?: string
  /** ',', ';', tab or any other character; detected by default. */
  delimiter?: string
  /** Whether the first row is a header; by default it is if any of its cells is not a number. */
  header?: boolean
  /** Whether 01/02/2024 is in February ('dmy') or January ('mdy'); by default the column decides. */
  dateOrder?: DateOrder
  /** The sheet of a workbook, by name or number from 0, or the list of a JSON file, by name. */
  sheet?: string | number
}

const TABLE_OPTIONS: All<TableOptions> = { encoding: true, delimiter: true, header: true, dateOrder: true, sheet: true }

/** Larger files do not fit into memory as tables. */
const MAX_BYTES = 300_000_000

/**
 * Reads a table from a file or its bytes: CSV and its variants with any delimiter (RFC 4180 quoting), aligned text, JSON
 * as records, lists, columns or one record a line, workbooks (XLSX, XLS, ODS), Parquet, Arrow, and tables of pages.
 * Numbers, dates and booleans are recognised by column; dates become ISO 8601 text. JSON that is no table (GeoJSON, a
 * graph) is in `json`, and `rows` is empty.
 * @throws Error when the file is missing, empty, of another kind or too large.
 */
export async function readTable(file: string | Uint8Array, options: TableOptions = {}): Promise<Table> {
  noteUnknown('readTable', options, TABLE_OPTIONS)
  if (typeof file !== 'string' && !(file instanceof Uint8Array))
    throw argumentError('readTable', 'the file', 'a file name or bytes', file)
  if (options.delimiter !== undefined && !isAscii(options.delimiter))
    throw argumentError('readTable', 'delimiter', 'one ASCII character', options.delimiter)
  const read = inOrder(() => (typeof file === 'string' ? readFileOnce(file, options) : readWhole('', file, options)))
  return createTable(await read)
}

let last: Promise<unknown> = Promise.resolve()
let lastCell = cellNumber()

/** Reads one after another: whether a table is there already must not change which of two calls ends first. */
function inOrder(read: () => Promise<FileRead>): Promise<FileRead> {
  if (lastCell !== cellNumber()) last = Promise.resolve()
  lastCell = cellNumber()
  const reading = last.then(read)
  last = reading.then(ignore, ignore)
  return reading
}

const ignore = (): void => undefined

/** Reads a file, if what was made of it is not there any more. */
async function readFileOnce(file: string, options: TableOptions): Promise<FileRead> {
  const { encoding, delimiter, header, dateOrder, sheet } = options
  const keyNow = () => readKey(file, [encoding, delimiter, header, dateOrder, sheet])
  const key = await keyNow()
  const before = key === undefined ? undefined : recallRead(key)
  if (before) return before as FileRead
  const read = await readWhole(file, await readBytes(file), options)
  // A snippet may change what it parsed, and the file meanwhile.
  if (key !== undefined && !('json' in read) && (await keyNow()) === key) rememberRead(key, read)
  return read
}

/** Reads the table of a file whose bytes, or the first of them, are at hand; its name, '' if unknown, may say what it is. */
export async function readBytesOf(file: string, bytes: Uint8Array, options: TableOptions): Promise<Table> {
  return createTable(await readWhole(file, bytes, options))
}

async function readWhole(file: string, bytes: Uint8Array, options: TableOptions): Promise<FileRead> {
  const name = file === '' ? 'the table' : `'${file}'`
  if (bytes.length === 0) throw new Error(`readTable: ${name} is empty (0 bytes)`)
  const parts = await readParts(file, bytes, options)
  if (parts) return { ...parts, encoding: '' }
  refuseBinary(name, bytes)
  const { bytes: text, encoding, notes } = await toUtf8(bytes, options.encoding)
  if (isBlank(text)) throw new Error(`readTable: ${name} is empty`)
  const read = readText(name, file, text, options)
  if (read.columns.length === 0 && !('json' in read)) throw new Error(`readTable: ${name} has no columns`)
  return { ...read, encoding, notes: [...notes, ...read.notes] }
}

function isAscii(delimiter: string): boolean {
  return delimiter.length === 1 && delimiter.charCodeAt(0) < 128
}

async function readBytes(file: string): Promise<Uint8Array> {
  // A missing file is for readFile to tell.
  const size = await stat(file).then(
    (facts) => facts.size,
    () => 0,
  )
  if (size > MAX_BYTES) {
    throw new Error(
      `readTable: '${file}' has ${megabytes(size)} MB, more than the ${megabytes(MAX_BYTES)} MB that can be in memory as a table; query it with sql("select … from '${file}'") instead`,
    )
  }
  return readFile(file)
}

function megabytes(bytes: number): string {
  return Math.round(bytes / 1e6).toLocaleString('en-US')
}

/** What is no plain text: columns of Parquet or Arrow, sheets of a workbook, tables of a page. */
async function readParts(file: string, bytes: Uint8Array, options: TableOptions): Promise<TableRead | undefined> {
  const columns = await readColumns(bytes, file)
  if (columns) return tableOfColumns(columns)
  const grid = await readGrid(bytes, file, options.sheet === undefined ? {} : { sheet: options.sheet })
  if (!grid) return undefined
  const lists = grid.sheets?.map(({ name }) => name)
  return { ...tableOfGrid(grid, options.header, { dateOrder: options.dateOrder }), lists }
}

/** A table as it was read, JSON that is none, or one of several. */
type TableRead = ReadTable & { readonly json?: unknown; readonly lists?: readonly string[] | undefined }

/** A table as it was read from a file. */
type FileRead = TableRead & { readonly encoding: string }

function readText(name: string, file: string, bytes: Uint8Array, options: TableOptions): ReadTable {
  const { dateOrder, delimiter, header, sheet } = options
  if (isJson(file, bytes))
    return readJson(name, new TextDecoder().decode(bytes), sheet === undefined ? undefined : String(sheet), {
      dateOrder,
    })
  const read = readDelimited(bytes, { delimiter, header, dateOrder })
  if (read.columns.length > 1 || delimiter !== undefined) return read
  const cells = splitAlignedText(new TextDecoder().decode(bytes))
  if (!cells) return read
  const grid = { cells, rowNumbers: cells.map((_, i) => i + 1), notes: [] }
  return { ...tableOfGrid(grid, header, { dateOrder }), delimiter: ' ' }
}

function isJson(file: string, bytes: Uint8Array): boolean {
  if (/\.(json|jsonl|ndjson|geojson|topojson)$/i.test(file)) return true
  if (/\.(csv|tsv)$/i.test(file)) return false
  let head = ''
  for (let at = 0; at < bytes.length && head.length < 8; at++)
    if (bytes[at]! > 32) head += String.fromCharCode(bytes[at]!)
  return /^(?:\[["{[\d\]-]|\{["}])/.test(head)
}

function createTable(read: FileRead): Table {
  const lost = read.columns.flatMap((column) => column.notes.filter((text) => / became null: /.test(text)))
  for (const text of lost) note(`readTable: ${text}`)
  return {
    rows: rowsOfColumns(
      read.columns.map(({ data }) => data),
      read.rows,
    ),
    columns: read.columns.map(columnFacts),
    notes: [...read.notes, ...read.columns.flatMap((column) => column.notes)],
    encoding: read.encoding,
    delimiter: read.delimiter,
    ...('json' in read && { json: read.json }),
    ...(read.lists && { sheets: [...read.lists] }),
  }
}

function columnFacts({ data, unit }: ReadColumn): Column {
  const facts = { name: data.name, type: data.type, ...(unit !== undefined && { unit }) }
  let values: readonly Value[] | undefined
  const get = (): readonly Value[] => (values ??= Array.from({ length: data.length }, (_, row) => data.get(row)))
  return Object.defineProperty(facts, 'values', { get, enumerable: false }) as Column
}

function isBlank(bytes: Uint8Array): boolean {
  const at = bytes.findIndex((byte) => byte > 32)
  return at < 0
}

function refuseBinary(name: string, bytes: Uint8Array): void {
  const head = Buffer.from(bytes.subarray(0, 8)).toString('latin1')
  const known = [
    ['PK\x03\x04', 'a ZIP archive'],
    ['\x89PNG', 'a PNG picture'],
    ['\xff\xd8\xff', 'a JPEG picture'],
    ['GIF8', 'a GIF'],
    ['%PDF', 'a PDF'],
    ['RIFF', 'a WebP picture'],
  ]
  const kind = known.find(([mark]) => head.startsWith(mark!))?.[1]
  if (kind) throw new Error(`readTable: ${name} is ${kind}, not a table`)
}
