// The figures of one column, for a million values in some milliseconds: numbers that are whole, or have few decimals, are
// counted, others sorted once; text is counted by the codes of its dictionary. `describe` and `summarize` both show them.
import type { ColumnData, ColumnType, Value } from '../table/columns.ts'
import { encode } from './column-vectors.ts'
import { sortedQuantile } from './quantile.ts'
import { sortedNumbers } from './sort.ts'

/** The figures of a column; null where a column of its type has none. */
export interface ColumnStatistics {
  readonly type: ColumnType
  /** Values that are present. */
  readonly count: number
  readonly missing: number
  readonly distinct: number
  readonly sum: number | null
  readonly mean: number | null
  /** Sample standard deviation, with n − 1. */
  readonly std: number | null
  /** Of numbers, or the first and last date. */
  readonly min: Value
  readonly q1: number | null
  readonly median: number | null
  readonly q3: number | null
  readonly max: Value
  /** The most frequent value, the first of several; null when all differ. */
  readonly top: Value
  /** How often it occurs. */
  readonly freq: number | null
}

/** Computes the figures of a column. */
export function columnStatistics(column: ColumnData): ColumnStatistics {
  if (column.type === 'number' && column.numbers) return ofNumbers(column.numbers.subarray(0, column.length))
  return ofCodes(column)
}

const NOTHING = { sum: null, mean: null, std: null, min: null, q1: null, median: null, q3: null, max: null }

function ofNumbers(column: Float64Array): ColumnStatistics {
  const numbers = new Float64Array(column.length)
  let count = 0
  let min = Infinity
  let max = -Infinity
  for (let i = 0; i < column.length; i++) {
    const value = column[i]! + 0
    if (value !== value) continue
    numbers[count++] = value
    if (value < min) min = value
    if (value > max) max = value
  }
  const missing = column.length - count
  if (count === 0) return { ...NOTHING, type: 'number', count, missing, distinct: 0, top: null, freq: null }
  const present = numbers.subarray(0, count)
  const { distinct, top, freq, at } = tally(present, min, max)
  const [q1, median, q3] = [0.25, 0.5, 0.75].map((share) => sortedQuantile(at, count, share)) as [
    number,
    number,
    number,
  ]
  return { type: 'number', count, missing, distinct, ...spreadOf(present), min, q1, median, q3, max, top, freq }
}

/** Compensated sums (Neumaier 1974), as in moments.ts, written out for speed. */
function spreadOf(values: Float64Array): { sum: number; mean: number; std: number | null } {
  const n = values.length
  let sum = 0
  let lost = 0
  for (let i = 0; i < n; i++) {
    const value = values[i]!
    const next = sum + value
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum
    sum = next
  }
  if (Number.isFinite(sum)) sum += lost
  const mean = sum / n
  let squares = 0
  let rest = 0
  lost = 0
  for (let i = 0; i < n; i++) {
    const away = values[i]! - mean
    rest += away
    const square = away * away
    const next = squares + square
    lost += squares >= square ? squares - next + square : square - next + squares
    squares = next
  }
  const std = Math.sqrt(Math.max(squares + lost - (rest * rest) / n, 0) / (n - 1))
  return { sum, mean, std: Number.isNaN(std) ? null : std }
}

interface Tally {
  readonly distinct: number
  readonly top: number | null
  readonly freq: number
  /** The number of a rank, from 0. */
  at(rank: number): number
}

function tally(values: Float64Array, min: number, max: number): Tally {
  const scale = decimalScale(values, min, max)
  return scale === undefined ? tallySorted(sortedNumbers(values), values) : tallyCounted(values, min, max, scale)
}

/**
 * 1, 10 … 10,000 if all numbers are whole multiples of its inverse and their range has few of these; otherwise undefined.
 */
function decimalScale(values: Float64Array, min: number, max: number): number | undefined {
  const most = Math.max(4 * values.length, 1024)
  for (let scale = 1; scale <= 10_000 && (max - min) * scale < most; scale *= 10) {
    if (Math.max(Math.abs(min), Math.abs(max)) * scale > 2 ** 50) return undefined
    if (areMultiples(values, scale)) return scale
  }
  return undefined
}

function areMultiples(values: Float64Array, scale: number): boolean {
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (Math.round(value * scale) / scale !== value) return false
  }
  return true
}

function tallyCounted(values: Float64Array, min: number, max: number, scale: number): Tally {
  const lowest = Math.round(min * scale)
  const counts = new Uint32Array(Math.round(max * scale) - lowest + 1)
  for (let i = 0; i < values.length; i++) counts[Math.round(values[i]! * scale) - lowest]!++
  let distinct = 0
  let freq = 0
  for (const count of counts) {
    if (count > 0) distinct++
    if (count > freq) freq = count
  }
  const isTop = (value: number): boolean => counts[Math.round(value * scale) - lowest] === freq
  const top = freq > 1 ? values.find(isTop)! : null
  const at = (rank: number): number => {
    let below = 0
    let index = 0
    while (below + counts[index]! <= rank) below += counts[index++]!
    return (lowest + index) / scale
  }
  return { distinct, top, freq, at }
}

function tallySorted(sorted: Float64Array, values: Float64Array): Tally {
  let distinct = 0
  let freq = 0
  const tops = new Set<number>()
  for (let from = 0; from < sorted.length;) {
    const value = sorted[from]!
    let to = from + 1
    while (to < sorted.length && sorted[to] === value) to++
    distinct++
    if (to - from > freq) {
      freq = to - from
      tops.clear()
    }
    if (to - from === freq && freq > 1) tops.add(value)
    from = to
  }
  const top = freq > 1 ? values.find((value) => tops.has(value))! : null
  return { distinct, top, freq, at: (rank) => sorted[rank]! }
}

function ofCodes(column: ColumnData): ColumnStatistics {
  const { codes, dictionary } = codesOf(column)
  const counts = new Uint32Array(dictionary.length)
  let missing = 0
  for (const code of codes) {
    if (code < 0) missing++
    else counts[code]!++
  }
  let distinct = 0
  let freq = 0
  for (const count of counts) {
    if (count > 0) distinct++
    if (count > freq) freq = count
  }
  const first = (isWanted: (code: number) => boolean): Value => column.get(codes.findIndex(isWanted))
  const base = {
    type: column.type,
    count: column.length - missing,
    missing,
    distinct,
    freq: distinct > 0 ? freq : null,
  }
  const top = freq > 1 ? first((code) => counts[code] === freq) : null
  const dates = column.type === 'date' && distinct > 0 ? dateRange(dictionary, counts) : {}
  return { ...NOTHING, ...base, top, ...dates }
}

/** The first and last date, as texts; ISO dates sort as texts. */
function dateRange(dictionary: readonly string[], counts: Uint32Array): { min: Value; max: Value } {
  const used = dictionary.filter((_, code) => counts[code]! > 0)
  let [min, max] = [used[0]!, used[0]!]
  for (const text of used) {
    if (text < min) min = text
    if (text > max) max = text
  }
  return { min, max }
}

/** The codes of a column, or new ones if it has none. */
function codesOf(column: ColumnData): { codes: Int32Array; dictionary: readonly string[] } {
  const { codes, dictionary, length } = column
  return codes && dictionary ? { codes: codes.subarray(0, length), dictionary } : encode(length, (i) => column.get(i))
}
