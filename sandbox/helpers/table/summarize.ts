// Summarises a table: statistics for each column.
import { argumentError } from '../argument.ts'
import { rowsOf, type ColumnType, type Row, type Value } from './columns.ts'
import type { Table } from './read-table.ts'

/** Statistics of one column. Numeric ones are null for other columns. */
export interface ColumnSummary {
  column: string
  type: ColumnType
  /** Number of values that are present. */
  count: number
  missing: number
  /** Of numbers, or the first and last date. */
  min: Value
  max: Value
  mean: number | null
  median: number | null
  /** Sample standard deviation (n - 1). */
  deviation: number | null
  sum: number | null
  distinct: number
  /** The most frequent value; null when all differ. */
  top: Value
}

/**
 * Summarises each column of a table (or of rows): count, missing, range, mean, median, deviation, sum, distinct, most
 * frequent.
 */
export function summarize(table: Table | readonly Row[]): ColumnSummary[] {
  const rows = rowsOf('summarize', table)
  const names =
    'columns' in table ? table.columns.map(({ name }) => name) : [...new Set(rows.flatMap((row) => Object.keys(row)))]
  return names.map((column) => {
    const values = rows.map((row) => row[column] ?? null)
    const type = 'columns' in table ? table.columns.find(({ name }) => name === column)?.type : undefined
    return describe(column, values, type)
  })
}

function describe(column: string, values: readonly Value[], given: ColumnType | undefined): ColumnSummary {
  const present = values.filter((value) => value !== null && value !== '')
  const numbers = present.filter((value) => typeof value === 'number').sort((a, b) => a - b)
  const type = given ?? (present.length === 0 ? 'empty' : numbers.length === present.length ? 'number' : 'text')
  const base = { column, type, count: present.length, missing: values.length - present.length, ...frequencies(present) }
  if (type !== 'number' || numbers.length === 0) {
    const sorted = type === 'date' ? present.map(String).sort() : []
    return {
      ...base,
      min: sorted[0] ?? null,
      max: sorted.at(-1) ?? null,
      mean: null,
      median: null,
      deviation: null,
      sum: null,
    }
  }
  const sum = exactSum(numbers)
  const mean = sum / numbers.length
  const squares = exactSum(numbers.map((value) => (value - mean) ** 2))
  const deviation = numbers.length > 1 ? Math.sqrt(squares / (numbers.length - 1)) : null
  return { ...base, min: numbers[0]!, max: numbers.at(-1)!, mean, median: medianOf(numbers), deviation, sum }
}

function medianOf(sorted: readonly number[]): number {
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

function frequencies(values: readonly Value[]): { distinct: number; top: Value } {
  const counts = new Map<Value, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  let top: Value = null
  let most = 1
  for (const [value, n] of counts) {
    if (n <= most) continue
    most = n
    top = value
  }
  return { distinct: counts.size, top }
}

/**
 * Compensated sum (Neumaier 1974): keeps small values beside large ones, so that 0.1 + 0.2 + … prints without noise.
 */
function exactSum(values: readonly number[]): number {
  let sum = 0
  let lost = 0
  for (const value of values) {
    const next = sum + value
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum
    sum = next
  }
  return sum + lost
}
