// Reads a table from JSON: nested objects become columns such as 'size.width', lists in cells their JSON text.
import { booleanColumn, codeTexts, emptyColumn, numberColumn } from '../columns.ts'
import type { ReadTable } from '../delimited/read-delimited.ts'
import { readTexts, type ReadColumn } from '../read-columns.ts'
import type { ReadingHints } from '../values.ts'
import { findShape } from './json-shape.ts'
import { parseJson } from './parse-json.ts'

/** A table, or JSON that is none. */
export interface JsonTable extends ReadTable {
  /** The parsed JSON, where it is no table. */
  readonly json?: unknown
  readonly lists?: readonly string[] | undefined
}

/** Reads JSON; `list` names one of several lists of rows in it. */
export function readJson(name: string, text: string, list: string | undefined, hints: ReadingHints): JsonTable {
  const { value, notes } = parseJson(name, text)
  const shape = findShape(value, list)
  if (shape.kind === 'none') {
    const lists = shape.lists ? `; pass { sheet: '${shape.lists[0]}' } or '${shape.lists[1]}' for one of its lists` : ''
    const what = `${name} is no table, but ${shape.what}: it has no rows, and its content is in \`json\`${lists}`
    return { columns: [], rows: 0, delimiter: '', notes: [...notes, what], json: value, lists: shape.lists }
  }
  const columns = shape.kind === 'columns' ? shape.columns : columnsOfRecords(shape.records)
  const rows = shape.kind === 'records' ? shape.records.length : (columns.values().next().value?.length ?? 0)
  const read = [...columns].map(([column, values]) => readValues(column, values, hints))
  return { columns: read, rows, delimiter: '', notes: [...notes, ...shape.notes], lists: shape.lists }
}

/** Depth to which objects in records become columns of their own. */
const MAX_DEPTH = 4

function columnsOfRecords(records: readonly Readonly<Record<string, unknown>>[]): Map<string, unknown[]> {
  const columns = new Map<string, unknown[]>()
  const add = (record: Readonly<Record<string, unknown>>, row: number, path: string, depth: number): void => {
    for (const key of Object.keys(record)) {
      const value = record[key]
      const name = path + key
      if (depth < MAX_DEPTH && typeof value === 'object' && value !== null && !Array.isArray(value)) {
        add(value as Record<string, unknown>, row, `${name}.`, depth + 1)
        continue
      }
      let column = columns.get(name)
      if (!column) columns.set(name, (column = Array.from<unknown>({ length: records.length }).fill(null)))
      column[row] = value
    }
  }
  records.forEach((record, row) => add(record, row, '', 0))
  // A record in which a nested object is null.
  const parents = new Set(
    [...columns.keys()].flatMap((name) => (name.includes('.') ? [name.slice(0, name.lastIndexOf('.'))] : [])),
  )
  for (const parent of parents) if (columns.get(parent)?.every((value) => value === null)) columns.delete(parent)
  return columns
}

function readValues(name: string, values: readonly unknown[], hints: ReadingHints): ReadColumn {
  const kinds = new Set<string>()
  for (const value of values) if (value !== null && value !== undefined && value !== '') kinds.add(typeof value)
  const [kind] = kinds
  if (kind === undefined) return { data: emptyColumn(name, values.length), notes: [] }
  if (kinds.size === 1 && kind === 'number') return numbersOf(name, values as readonly (number | null)[])
  if (kinds.size === 1 && kind === 'boolean')
    return {
      data: booleanColumn(
        name,
        Float64Array.from(values, (value) => (typeof value === 'boolean' ? Number(value) : Number.NaN)),
      ),
      notes: [],
    }
  const read = readTexts(name, codeTexts(values.map(textOf)), hints, (row) => row + 1)
  return kinds.has('object')
    ? { ...read, notes: [...read.notes, `column '${name}': lists and objects are given as JSON text`] }
    : read
}

function numbersOf(name: string, values: readonly (number | null)[]): ReadColumn {
  let large: number | undefined
  const numbers = Float64Array.from(values, (value, row) => {
    if (typeof value !== 'number') return Number.NaN
    if (Number.isFinite(value)) return value
    large ??= row
    return Number.NaN
  })
  const notes =
    large === undefined ? [] : [`column '${name}': numbers above 1.8e308 became null (first: row ${large + 1})`]
  return { data: numberColumn(name, numbers), notes }
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean)
}
