// Files of the session as tables: what our own reader makes of them, so that SQL sees the same names, types and decisions as
// `readTable`. Files too large to load are read by DuckDB, told what our reader found in their beginning.
import { note } from '../notes.ts'
import { readTable, type Table } from '../table/read-table.ts'
import { daysOf, microsOf } from './iso-dates.ts'
import { host } from './host.ts'
import { findTable, keepTable, type KeptTable } from './kept-tables.ts'
import type { FileBinding } from './wire.ts'

/** Larger files are not loaded. */
const MAX_LOADED_BYTES = 128_000_000
/** Of a larger file, what our reader looks at. */
const SAMPLE_BYTES = 1_000_000
/** Rows above the header that DuckDB skips. */
const MAX_SKIP = 50
const MAX_NOTES = 5

/** DuckDB reads these itself. */
const OWN = /\.(parquet|csv\.gz|tsv\.gz|json\.gz|jsonl\.gz)$/i

/** Whether the session has a file of this name that our reader is to read. */
export function isTableFile(name: string): boolean {
  return !OWN.test(name) && !/[*?[\0]/.test(name) && host.fileFacts(name) !== undefined
}

/** The table of a file, or how DuckDB is to read it. */
export async function bindFile(
  name: string,
  maxLoadedBytes = MAX_LOADED_BYTES,
): Promise<KeptTable | Omit<FileBinding, 'schema' | 'name'>> {
  const { version = '', bytes = 0 } = host.fileFacts(name) ?? {}
  if (bytes > maxLoadedBytes && /\.(csv|tsv|tab|txt)$/i.test(name)) return scanFile(name)
  const key = `${name}\0${version}`
  const known = findTable(key)
  if (known) return known
  const table = await readTable(name)
  for (const text of table.notes.slice(0, MAX_NOTES)) note(`sql: ${JSON.stringify(name)}: ${text}`)
  // Another query may have read it at the same time.
  return findTable(key) ?? keepTable(`sql: ${JSON.stringify(name)}`, table, key)
}

async function scanFile(file: string): Promise<Omit<FileBinding, 'schema' | 'name'>> {
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
  return { file, delimiter: table.delimiter, skip: Math.max(0, header), header: header >= 0, columns }
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
