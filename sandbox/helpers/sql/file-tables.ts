// Files of the session as tables: what our own reader makes of them, so that SQL sees the same names, types and decisions as
// `readTable`. Files too large to load are read by DuckDB, told what our reader found in their beginning.
import { note } from '../notes.ts'
import { columnsOf } from '../table/columns.ts'
import { readTable, type Table } from '../table/read-table.ts'
import { daysOf, microsOf } from './iso-dates.ts'
import { host } from './host.ts'
import { encodeTable } from './encode-table.ts'
import { findTable, keepFile, keepTable, Outdated, type KeptTable } from './kept-tables.ts'
import type { FileBinding, FileCheck } from './wire.ts'

/** Larger CSV files are read by DuckDB for each query: that takes a tenth of the time of loading them, and no memory. */
const MAX_LOADED_BYTES = 16_000_000
/** A file that takes up to this in memory is kept as a table. */
const MAX_KEPT_BYTES = 180_000_000
/** Of a larger file, what our reader looks at. */
const SAMPLE_BYTES = 1_000_000
/** Rows above the header that DuckDB skips. */
const MAX_SKIP = 50
const MAX_NOTES = 5
/** Share of the values of a column that must fit its type, as `readTable` has it. */
const MIN_FITTING = 0.95

/** DuckDB reads these itself. */
const OWN = /\.(parquet|csv\.gz|tsv\.gz|json\.gz|jsonl\.gz)$/i

/** Whether the session has a file of this name that our reader is to read. Some statements (SUMMARIZE) have a table without a name. */
export function isTableFile(name: string): boolean {
  return name !== '' && !OWN.test(name) && !/[*?[\0]/.test(name) && host.fileFacts(name) !== undefined
}

/** The table of a file, or how DuckDB is to read it. */
export async function bindFile(
  name: string,
  maxLoadedBytes = MAX_LOADED_BYTES,
  maxKeptBytes = MAX_KEPT_BYTES,
): Promise<KeptTable | FileScan> {
  const { version = '', bytes = 0 } = host.fileFacts(name) ?? {}
  if (bytes > maxLoadedBytes && /\.(csv|tsv|tab|txt)$/i.test(name)) {
    return bindLargeFile(name, version, bytes, maxKeptBytes)
  }
  const key = `${name}\0${version}`
  const known = await findTable(key)
  if (known) return known
  const table = await readTable(name)
  for (const text of table.notes.slice(0, MAX_NOTES)) note(`sql: ${JSON.stringify(name)}: ${text}`)
  // Another query may have read it at the same time.
  return (await findTable(key)) ?? keepTable(encodeTable(`sql: ${JSON.stringify(name)}`, columnsOf('sql', table)), key)
}

/** How large files are read, by name and version. */
const scans = new Map<string, { readonly scan: FileScan; readonly tableBytes: number }>()
/** Those that do not fit into the engine's memory. */
const tooLarge = new Set<string>()

/**
 * A large file as a table, or how to read it in place if it is too large for that. What it is never changes from one query to
 * the next: rows without ORDER BY may come in another order.
 */
async function bindLargeFile(
  name: string,
  version: string,
  bytes: number,
  maxKeptBytes: number,
): Promise<KeptTable | FileScan> {
  const key = `${name}\0${version}`
  const known = scans.get(key) ?? (await checkTypes(await sampleFile(name), bytes))
  scans.set(key, known)
  const { scan, tableBytes } = known
  if (tableBytes > maxKeptBytes || tooLarge.has(key)) return scan
  const columns = scan.columns.map((column) => column.name)
  try {
    return (await findTable(key)) ?? (await keepFile({ ...scan, name }, { key, columns, bytes: tableBytes }))
  } catch (error) {
    if (error instanceof Outdated) throw error
    tooLarge.add(key)
    return scan
  }
}

type FileScan = Omit<FileBinding, 'schema' | 'name'>

/**
 * The file with types that its values fit: the sample may have been unlike the rest. What is missing then is noted.
 * `tableBytes`: about what a table of it takes in the engine's memory.
 */
async function checkTypes(scan: FileScan, bytes: number): Promise<{ scan: FileScan; tableBytes: number }> {
  const [answer] = await host.call({ op: 'check', file: { ...scan, name: scan.file } }, [])
  const { isRegular, rows, present, fitting } = answer as FileCheck
  const misfits = present.map((values, i) => values - (fitting[i] ?? 0))
  const columns = scan.columns.map((column, i) =>
    (fitting[i] ?? 0) >= MIN_FITTING * (present[i] ?? 0) ? column : { ...column, type: 'text' as const },
  )
  for (const [i, { name, type }] of columns.entries())
    if (misfits[i] !== 0 && type !== 'text')
      note(
        `sql: ${JSON.stringify(scan.file)}: ${misfits[i]?.toLocaleString('en-US')} values of column ${JSON.stringify(name)} are no ${type} and are missing.`,
      )
  const texts = columns.filter(({ type }) => type === 'text').length
  const tableBytes = rows * (16 * texts + 8 * (columns.length - texts)) + (texts > 0 ? bytes : 0)
  return { scan: { ...scan, isRegular, columns }, tableBytes }
}

/** What our reader makes of the beginning of a file. Throws where it is not UTF-8. */
async function sampleFile(file: string): Promise<FileScan> {
  const head = host.fileHead(file, SAMPLE_BYTES)
  const sample = head.subarray(0, head.lastIndexOf(10) + 1)
  const table = await readTable(new Uint8Array(sample))
  if (!/^utf-?8/i.test(table.encoding))
    throw new Error(
      `sql: ${JSON.stringify(file)} is too large to be loaded whole, and its encoding is ${table.encoding}: only UTF-8 can be read in parts. Save it as UTF-8, or in smaller files.`,
    )
  const lines = new TextDecoder().decode(sample).split(/\r\n|\n|\r/, MAX_SKIP)
  const names = table.columns.map(({ name }) => name)
  const header = lines.findIndex((line) => isHeader(line, table.delimiter, names))
  const columns = table.columns.map(({ name, type }) => ({ name, type: typeOf(table, name, type) }))
  const skip = Math.max(0, header)
  return { file, delimiter: table.delimiter, skip, header: header >= 0, isRegular: false, columns }
}

function isHeader(line: string, delimiter: string, names: readonly string[]): boolean {
  const cells = line
    .replace(/^\ufeff/, '')
    .split(delimiter)
    .map((cell) =>
      cell
        .trim()
        .replace(/^"(.*)"$/s, '$1')
        .trim(),
    )
  return cells.length === names.length && cells.every((cell, i) => cell === names[i])
}

/** The type of a column in the sample, as far as SQL can read it from the text. */
function typeOf(table: Table, name: string, type: string): FileBinding['columns'][number]['type'] {
  if (type === 'number' || type === 'boolean') return type
  const values = table.rows.map((row) => row[name]).filter((value) => typeof value === 'string')
  if (values.length === 0) return 'text'
  if (values.every((value) => daysOf(value) !== undefined)) return 'date'
  return values.every((value) => microsOf(value) !== undefined) ? 'timestamp' : 'text'
}
