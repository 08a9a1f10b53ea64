// Reads the numbers that a statistic is given: arrays, typed arrays or columns, where null, undefined, NaN and '' are
// missing. Nothing but finite numbers passes; missing ones are left out, of pairs both halves.
import { argumentError } from '../argument.ts'

/** One value of a statistic; null, undefined and NaN are missing, true and false count as 1 and 0. */
export type NumberLike = number | bigint | boolean | null | undefined
/** A column of a table: its values by index, and its numbers with NaN for missing if it is one of numbers. */
export interface NumberColumn {
  readonly length: number
  get(index: number): unknown
  readonly numbers?: Float64Array | undefined
}
/** Numbers with gaps: an array, a typed array, another iterable, or a column. */
export type Numbers = ArrayLike<NumberLike> | Iterable<NumberLike> | NumberColumn

/** The numbers that are present, as a copy. */
export function presentNumbers(where: string, name: string, values: Numbers, least = 1): Float64Array {
  const all = readNumbers(where, name, values)
  let n = 0
  for (const value of all) if (value === value) all[n++] = value
  if (n >= least) return all.subarray(0, n)
  const missing = all.length - n
  throw new TypeError(
    `${where}: expected at least ${count(least, 'number')} in ${name}, received ${n}${missing > 0 ? ` (${missing} missing left out)` : ''}`,
  )
}

/** Pairs of which both values are present, as copies of equal length. */
export function presentPairs(where: string, xs: Numbers, ys: Numbers, least: number): [Float64Array, Float64Array] {
  const x = readNumbers(where, 'x', xs)
  const y = readNumbers(where, 'y', ys)
  if (x.length !== y.length) throw unequalLengths(where, x.length, y.length)
  let n = 0
  for (let i = 0; i < x.length; i++) {
    if (x[i] !== x[i] || y[i] !== y[i]) continue
    x[n] = x[i]!
    y[n++] = y[i]!
  }
  if (n >= least) return [x.subarray(0, n), y.subarray(0, n)]
  const missing = x.length - n
  const left = missing > 0 ? ` (${missing} that lack a value left out)` : ''
  throw new TypeError(`${where}: expected at least ${count(least, 'pair')} of x and y, received ${n}${left}`)
}

/** The error for two lists that should be equally long. */
export function unequalLengths(where: string, x: number, y: number): TypeError {
  return new TypeError(`${where}: expected as many values in y as in x, received ${x} in x and ${y} in y`)
}

/** The error for numbers that are all the same, of which the statistic has no value. */
export function constantError(where: string, name: string, values: Float64Array): TypeError {
  return new TypeError(
    `${where}: expected numbers that differ in ${name}, received ${values.length} equal to ${values[0]}`,
  )
}

/** Whether all numbers are the same. */
export function isConstant(values: Float64Array): boolean {
  const first = values[0]
  return values.every((value) => value === first)
}

/** Copies values into a Float64Array with NaN for missing ones. */
function readNumbers(where: string, name: string, values: Numbers): Float64Array {
  if (values instanceof Float64Array) return checkFinite(where, name, values.slice())
  if (isColumn(values)) {
    if (values.numbers !== undefined) return checkFinite(where, name, values.numbers.slice(0, values.length))
    return fill(where, name, values.length, (i) => values.get(i))
  }
  const list = listLike(where, name, values)
  return fill(where, name, list.length, (i) => list[i])
}

function fill(where: string, name: string, length: number, at: (index: number) => unknown): Float64Array {
  const read = new Float64Array(length)
  for (let i = 0; i < length; i++) {
    const value = at(i)
    if (typeof value === 'number') read[i] = value
    else if (value === null || value === undefined || value === '') read[i] = NaN
    else if (typeof value === 'boolean' || typeof value === 'bigint') read[i] = Number(value)
    else throw notANumber(where, name, value, i)
  }
  return checkFinite(where, name, read)
}

function checkFinite(where: string, name: string, values: Float64Array): Float64Array {
  const at = values.findIndex((value) => value === Infinity || value === -Infinity)
  if (at === -1) return values
  throw argumentError(where, name, 'finite numbers', `${values[at]! > 0 ? '' : '-'}Infinity at index ${at}`)
}

function notANumber(where: string, name: string, value: unknown, index: number): TypeError {
  const error = argumentError(where, name, 'numbers', value)
  const advice = typeof value === 'string' && value.trim() !== '' ? '; toNumber(text) of easel reads text' : ''
  return new TypeError(`${error.message} at index ${index}${advice}`)
}

/** Whether it is a column of a table: values by index. */
export function isColumn(values: unknown): values is NumberColumn {
  return (
    typeof values === 'object' &&
    values !== null &&
    'get' in values &&
    typeof values.get === 'function' &&
    'length' in values &&
    typeof values.length === 'number'
  )
}

/** The values of a column as an array. */
export function valuesOf(column: NumberColumn): unknown[] {
  return Array.from({ length: column.length }, (_, i) => column.get(i))
}

function listLike(where: string, name: string, values: unknown): ArrayLike<unknown> {
  if (typeof values === 'object' && values !== null) {
    if (Array.isArray(values) || (ArrayBuffer.isView(values) && 'length' in values)) return values as ArrayLike<unknown>
    if (Symbol.iterator in values) return [...(values as Iterable<unknown>)]
    if ('length' in values && typeof values.length === 'number') return values as ArrayLike<unknown>
  }
  throw argumentError(where, name, 'an array of numbers', values)
}

function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`
}
