// Lists of values as column vectors: numbers as doubles, everything else as codes of a dictionary, so that statistics run
// over typed arrays.
import type { ColumnData, ColumnType, Value } from '../table/columns.ts'

/** A column of values; its type is theirs, or the declared one where that says more or no value is present. */
export function columnOf(
  name: string,
  length: number,
  at: (index: number) => unknown,
  declared?: ColumnType,
): ColumnData {
  const get = (index: number): Value => presentValue(at(index))
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
): { codes: Int32Array; dictionary: string[]; type: ColumnType } {
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
function presentValue(value: unknown): Value {
  if (typeof value === 'string') return value === '' ? null : value
  if (typeof value === 'number') return value === value ? value : null
  if (typeof value === 'boolean') return value
  if (value === null || value === undefined) return null
  if (typeof value === 'bigint') return Number(value)
  return value instanceof Date ? (Number.isNaN(value.getTime()) ? null : value.toISOString()) : String(value)
}
