// Windows of the session's tables for the page. A file is read once and its columns are kept for the next window; only
// the last tables stay in memory.
import { columnsOf } from '../../helpers/table/columns.ts'
import { readBytesOf } from '../../helpers/table/read-table.ts'
import {
  MAX_CELL_TEXT,
  MAX_SHOWN_COLUMNS,
  MAX_WINDOW_CELLS,
  type ShownCell,
  type ShownColumn,
  type TableQuery,
  type TableWindow,
} from '../../table-protocol.ts'
import { formatColumn } from './column-format.ts'
import { cutLastLine } from './cut-last-line.ts'
import { createViewableTable, type ViewableTable } from './table-view.ts'

export interface TableReaderDeps {
  /** Opens a session file; throws if there is none. */
  open(name: string): TableFile
}

interface TableFile {
  /** Changes with the bytes. */
  readonly key: string
  readonly size: number
  /** At most `most` bytes from `from` on. */
  read(from: number, most: number): Uint8Array
}

type WindowResult = { readonly window: TableWindow } | { readonly problem: string }

export interface TableReader {
  /** Never throws: what cannot be shown is reported in `problem`. */
  read(name: string, query: TableQuery): Promise<WindowResult>
}

/** More of a file does not fit into memory as a table. */
const MAX_BYTES = 256_000_000
/** Read for a preview: some hundredths of a second. */
const PREVIEW_BYTES = 400_000
const MAX_TABLES = 2
/** Together with a table from more bytes than this, no other is kept. */
const MAX_SHARING_BYTES = 80_000_000
const MAX_NOTES = 30

interface OpenedTable {
  readonly table: ViewableTable
  readonly shown: readonly ShownColumn[]
  readonly notes: readonly string[]
  readonly sheets: readonly string[]
  readonly isPart: boolean
  readonly bytes: number
}

export function createTableReader(deps: TableReaderDeps): TableReader {
  const opened = new Map<string, OpenedTable>()
  const open = async (name: string, query: TableQuery): Promise<OpenedTable> => {
    const file = deps.open(name)
    const whole = `${file.key} ${query.sheet ?? ''}`
    const key = query.preview === true ? `${whole} preview` : whole
    // A preview need not be worse than what is there.
    const known = opened.get(whole) ?? opened.get(key)
    if (known) {
      opened.delete(key)
      opened.set(key, known)
      return known
    }
    const most = query.preview === true ? PREVIEW_BYTES : MAX_BYTES
    forgetSome(opened, Math.min(file.size, most))
    const table = await openTable(name, file, query, most)
    opened.set(key, table)
    return table
  }
  return {
    async read(name, query) {
      try {
        return { window: windowOf(await open(name, query), query) }
      } catch (error) {
        return { problem: sentenceOf(error).slice(0, 1000) }
      }
    },
  }
}

/** Makes space for a table from `bytes`. */
function forgetSome(opened: Map<string, OpenedTable>, bytes: number): void {
  for (const [key, table] of opened) {
    const isAlone = bytes > MAX_SHARING_BYTES || table.bytes > MAX_SHARING_BYTES
    if (isAlone || opened.size >= MAX_TABLES) opened.delete(key)
  }
}

async function openTable(name: string, file: TableFile, { sheet }: TableQuery, most: number): Promise<OpenedTable> {
  const start = file.read(0, most)
  const isPart = start.length < file.size
  const read = await readBytesOf(name, isPart ? cutLastLine(start) : start, sheet === undefined ? {} : { sheet })
  if ('json' in read) throw new Error('It is JSON without a list of rows, so it cannot be shown as a table.')
  const columns = columnsOf('table', read)
  const length = columns[0]?.length ?? 0
  const notes = isPart && most === MAX_BYTES ? [partNote(length, start.length, file.size), ...read.notes] : read.notes
  return {
    table: createViewableTable(columns, length),
    shown: columns.slice(0, MAX_SHOWN_COLUMNS).map((column, i) => formatColumn(column, read.columns[i]?.unit)),
    notes: notes.slice(0, MAX_NOTES).map((text) => cutText(text, MAX_CELL_TEXT)),
    sheets: (read.sheets ?? []).slice(0, 100).map((text) => text.slice(0, 200)),
    isPart,
    bytes: start.length,
  }
}

function partNote(rows: number, read: number, all: number): string {
  const megabytes = (bytes: number): string => Math.round(bytes / 1e6).toLocaleString('en-US')
  return `These are the first ${rows.toLocaleString('en-US')} rows, ${megabytes(read)} of ${megabytes(all)} MB: more do not fit into memory here.`
}

function sentenceOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return message.replace(/^readTable: (?:'[^']*' )?/, (_, at: number) => (at === 0 ? 'The file ' : '')).trim()
}

function windowOf({ table, shown, notes, sheets, isPart }: OpenedTable, query: TableQuery): TableWindow {
  const { rows: order, matching, refused } = table.view(query.view)
  const columns = table.columns.slice(0, MAX_SHOWN_COLUMNS)
  const most = Math.max(1, Math.floor(MAX_WINDOW_CELLS / Math.max(1, columns.length)))
  const from = Math.min(query.from, matching)
  const until = Math.min(matching, from + Math.min(query.count, most))
  const rows: ShownCell[][] = []
  for (let at = from, size = 0; at < until && size < MAX_WINDOW_TEXT; at++) {
    const row = columns.map((column) => shownCell(column.get(order ? order[at]! : at)))
    for (const cell of row) size += typeof cell === 'string' ? cell.length : 8
    rows.push(row)
  }
  return {
    total: table.length,
    matching,
    from,
    columns: [...shown],
    ...(table.columns.length > columns.length && { allColumns: table.columns.length }),
    rows,
    notes: [...notes],
    ...(refused.length > 0 && { refused: [...refused] }),
    ...(isPart && { isPart: true }),
    ...(sheets.length > 0 && { sheets: [...sheets] }),
  }
}

/** Characters of one window, at most four bytes each; then it has fewer rows than asked for. */
const MAX_WINDOW_TEXT = 400_000

function shownCell(value: ShownCell): ShownCell {
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  return typeof value === 'string' ? cutText(value, MAX_CELL_TEXT) : value
}

function cutText(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1).toWellFormed()}…` : text
}
