// Reads tables from files: CSV and its variants in any supported encoding, and JSON rows.
import { readFile } from 'node:fs/promises'
import { formatValue, argumentError } from '../argument.ts'
import { decode } from './encoding.ts'
import { readColumns } from './formats/read-columns.ts'
import { readGrid } from './formats/read-grid.ts'
import { tableOfColumns, tableOfGrid } from './formats/to-table.ts'
import { parseLayout, type Layout } from './layout.ts'
import { numberOf, readColumn, type ColumnType, type Value } from './values.ts'
import { noteUnknown, type All } from '../options.ts'

/** One row: column name to value. */
export type Row = Record<string, Value>

export interface Column {
  readonly name: string
  /** 'number' only if every value is one; dates stay strings as written. */
  readonly type: ColumnType
}

export interface Table {
  readonly rows: Row[]
  readonly columns: Column[]
  /** Notes for the user: a guessed encoding, ragged rows, renamed columns, percentages. */
  readonly notes: string[]
  readonly encoding: string
  /** The cell delimiter; '' for JSON. */
  readonly delimiter: string
}

export interface TableOptions {
  /** A WHATWG encoding name such as 'gb18030'; detected by default. */
  encoding?: string
  /** ',', ';', tab or '|'; detected by default. */
  delimiter?: string
  /** Whether the first row is a header; by default it is if any of its cells is not a number. */
  header?: boolean
  /** Workbooks: the sheet's name, or its number from 0; default: the first visible one that is not empty. */
  sheet?: string | number
}

const TABLE_OPTIONS: All<TableOptions> = { encoding: true, delimiter: true, header: true, sheet: true }

/**
 * Reads a table: CSV, TSV or semicolons (RFC 4180 quoting), UTF-8, UTF-16, GB18030/GBK, Shift_JIS or windows-1252;
 * `.json` as an array of objects (or of arrays), `.jsonl` as one object per line. Takes a file name or the bytes.
 * @throws Error when the file is missing, empty, a spreadsheet (save it as CSV), another binary file, or has no
 * columns.
 */
export async function readTable(file: string | Uint8Array, options: TableOptions = {}): Promise<Table> {
  noteUnknown('readTable', options, TABLE_OPTIONS)
  if (typeof file !== 'string' && !(file instanceof Uint8Array))
    throw argumentError('readTable', 'the file', 'a file name or bytes', file)
  const bytes = typeof file === 'string' ? await readFile(file) : file
  const name = typeof file === 'string' ? `'${file}'` : 'the table'
  const fileName = typeof file === 'string' ? file : ''
  const columns = await readColumns(bytes, fileName)
  if (columns) return tableOfColumns(columns)
  const grid = await readGrid(bytes, fileName, options)
  if (grid) return tableOfGrid(grid, options.header)
  refuseBinary(name, bytes)
  const { text, encoding, notes } = decode(bytes, options.encoding)
  if (text.trim() === '') throw new Error(`readTable: ${name} is empty`)
  const isJson = typeof file === 'string' ? /\.(json|jsonl|ndjson)$/i.test(file) : /^\s*[[{]\s*["{[\]]/.test(text)
  const layout = isJson ? fromJson(name, text) : parseLayout(text, options.delimiter, options.header)
  if (layout.names.length === 0) throw new Error(`readTable: ${name} has no columns`)
  return typed(layout, encoding, notes)
}

function typed(layout: Layout | JsonLayout, encoding: string, notes: readonly string[]): Table {
  const { names, delimiter } = layout
  const remarks = [...notes, ...layout.notes]
  const read = names.map((_, i) => {
    const cells = layout.rows.map((row) => row[i] ?? '')
    const ready = cells.every((cell) => typeof cell === 'number' || cell === '')
    if (ready && cells.some((cell) => cell !== ''))
      return { type: 'number' as const, values: cells.map((cell) => (cell === '' ? null : cell)) }
    return readColumn(cells.map(String), delimiter === ';')
  })
  read.forEach((column, i) => {
    if ('note' in column && column.note) remarks.push(`column '${names[i]}': ${column.note}`)
  })
  const rows = layout.rows.map((_, r) => Object.fromEntries(names.map((name, c) => [name, read[c]!.values[r] ?? null])))
  const columns = names.map((name, c) => ({ name, type: read[c]!.type }))
  return { rows, columns, notes: remarks, encoding, delimiter }
}

interface JsonLayout {
  readonly names: readonly string[]
  readonly rows: readonly (readonly (string | number)[])[]
  readonly delimiter: ''
  readonly notes: readonly string[]
}

function fromJson(name: string, text: string): JsonLayout {
  const value = parsed(name, text)
  const list = Array.isArray(value) ? value : Object.values(value ?? {}).find(Array.isArray)
  if (!Array.isArray(list) || list.length === 0 || list.some((row) => typeof row !== 'object' || row === null)) {
    throw new Error(
      `readTable: ${name} must contain an array of objects, one per row; it contains ${formatValue(list ?? value)}`,
    )
  }
  const named = list.map((row: object) =>
    Array.isArray(row) ? Object.fromEntries(row.map((cell, i) => [`column ${i + 1}`, cell])) : row,
  )
  const names = [...new Set(named.flatMap((row) => Object.keys(row)))]
  const rows = named.map((row) => names.map((key) => cellOf((row as Record<string, unknown>)[key])))
  return { names, rows, delimiter: '', notes: [] }
}

function parsed(name: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (whole) {
    try {
      return text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [JSON.parse(line) as unknown]))
    } catch {
      throw new Error(`readTable: ${name} is not valid JSON: ${whole instanceof Error ? whole.message : String(whole)}`)
    }
  }
}

function cellOf(value: unknown): string | number {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return Number.isFinite(value) ? value : ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function refuseBinary(name: string, bytes: Uint8Array): void {
  if (bytes.length === 0) throw new Error(`readTable: ${name} is empty (0 bytes)`)
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

/** The number that a text represents (thousands separators, currency, %, brackets), or null. */
export function toNumber(text: string): number | null {
  return numberOf(text) ?? null
}
