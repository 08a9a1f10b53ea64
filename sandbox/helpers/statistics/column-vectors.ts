// Columns of a table as vectors: numbers as doubles, everything else as codes of a dictionary, so that statistics run over
// typed arrays. A table that keeps such columns itself hands them over as they are.
import { argumentError } from '../argument.ts'
import type { Row, Table } from '../table/read-table.ts'
import type { ColumnType, Value } from '../table/values.ts'

/** The type of a column, or of values that are no table's. */
export type VectorType = ColumnType | 'boolean'

export interface ColumnData {
  readonly name: string
  readonly type: VectorType
  readonly length: number
  get(index: number): Value | boolean
  /** Of a column of numbers; NaN is missing. */
  readonly numbers?: Float64Array | undefined
  /** Of other columns: the index in the dictionary; −1 is missing. */
  readonly codes?: Int32Array | undefined
  readonly dictionary?: readonly string[] | undefined
}

/** The columns of a table, or of rows: all their keys in the order in which they first occur. */
export function columnsOf(where: string, table: Table | readonly Row[]): readonly ColumnData[] {
  const rows: unknown = Array.isArray(table) ? table : (table as Table | undefined)?.rows
  if (!isRows(rows))
    throw argumentError(where, 'the table', 'a table of readTable or an array of rows (objects)', table)
  const declared = 'columns' in table ? table.columns : undefined
  if (declared) return declared.map(({ name, type }) => columnOf(name, rows.length, (i) => rows[i]![name], type))
  return namesOf(rows).map((name) => columnOf(name, rows.length, (i) => rows[i]![name]))
}

/** A column of values; its type is theirs, or the declared one where that says more or no value is present. */
export function columnOf(
  name: string,
  length: number,
  at: (index: number) => unknown,
  declared?: VectorType,
): ColumnData {
  const get = (index: number): Value | boolean => presentValue(at(index))
  const numbers = numbersOf(length, at)
  if (numbers === undefined) {
    const { codes, dictionary, type } = encode(length, at)
    return { name, type: declared === 'date' && type === 'text' ? 'date' : type, length, get, codes, dictionary }
  }
  if (numbers.some((value) => value === value)) return { name, type: 'number', length, get, numbers }
  const codes = new Int32Array(length).fill(-1)
  return { name, type: declared ?? 'empty', length, get, codes, dictionary: [] }
}

/** The values as doubles if none is anything but a number or missing. */
function numbersOf(length: number, at: (index: number) => unknown): Float64Array | undefined {
  const numbers = new Float64Array(length)
  for (let i = 0; i < length; i++) {
    const value = at(i)
    if (typeof value === 'number') numbers[i] = value
    else if (typeof value === 'bigint') numbers[i] = Number(value)
    else if (value === null || value === undefined || value === '') numbers[i] = NaN
    else return undefined
  }
  return numbers
}

/** Codes of values that are no numbers, or not all; their texts; and whether all are truth values. */
export function encode(
  length: number,
  at: (index: number) => unknown,
): { codes: Int32Array; dictionary: string[]; type: VectorType } {
  const known = new Map<unknown, number>()
  const codes = new Int32Array(length)
  let last: unknown
  let lastCode = -1
  for (let i = 0; i < length; i++) {
    const value = presentValue(at(i))
    if (value !== last) {
      last = value
      lastCode = value === null ? -1 : (known.get(value) ?? known.size)
      if (lastCode === known.size) known.set(value, lastCode)
    }
    codes[i] = value === null ? -1 : lastCode
  }
  const isBoolean = [...known.keys()].every((value) => typeof value === 'boolean')
  return { codes, dictionary: Array.from(known.keys(), String), type: isBoolean ? 'boolean' : 'text' }
}

/** A value as a cell of a table has it; objects such as dates as text. */
function presentValue(value: unknown): Value | boolean {
  if (typeof value === 'string') return value === '' ? null : value
  if (typeof value === 'number') return value === value ? value : null
  if (typeof value === 'boolean') return value
  if (value === null || value === undefined) return null
  if (typeof value === 'bigint') return Number(value)
  return value instanceof Date ? (Number.isNaN(value.getTime()) ? null : value.toISOString()) : String(value)
}

function isRows(rows: unknown): rows is readonly Record<string, unknown>[] {
  return Array.isArray(rows) && rows.every((row) => typeof row === 'object' && row !== null && !Array.isArray(row))
}

function namesOf(rows: readonly Record<string, unknown>[]): string[] {
  const names = new Set<string>()
  let last: readonly string[] = []
  for (const row of rows) {
    // Most rows have the keys of the one before, in their order: those make no garbage.
    let i = 0
    for (const name in row) if (name !== last[i++]) i = Infinity
    if (i <= last.length) continue
    last = Object.keys(row)
    for (const name of last) names.add(name)
  }
  return [...names]
}
