// Describes all columns of a table, or one list of values: pandas' describe with a row object a column.
import { argumentError, integerIn } from '../argument.ts'
import { noteUnknown, type All } from '../options.ts'
import type { Table } from '../table/read-table.ts'
import { columnStatistics, type ColumnStatistics } from './column-statistics.ts'
import { columnsOf, type ColumnData, type ColumnType, type Row, type Value } from '../table/columns.ts'
import { columnOf } from './column-vectors.ts'
import { isColumn, type NumberColumn, type Numbers } from './numbers.ts'

/**
 * Figures of one column. What no column of the table has is left out of all (a table of numbers has no `top`); what a column
 * does not have is null.
 */
export interface Description {
  column: string
  type: ColumnType
  /** Values that are present. */
  count: number
  missing: number
  distinct: number
  mean?: number | null
  /** Sample standard deviation (n − 1). */
  std?: number | null
  /** Of numbers, or the first and last date. */
  min?: Value
  q1?: number | null
  median?: number | null
  q3?: number | null
  max?: Value
  /** Of other columns than numbers: the most frequent value, null when all differ, */
  top?: Value
  /** and how often it occurs. */
  freq?: number | null
}

export interface DescribeOptions {
  /** Significant digits to round to, for printing (the whole part of a number stays); by default all. */
  digits?: number
}

const DESCRIBE_OPTIONS: All<DescribeOptions> = { digits: true }

/** Rows keyed by column. */
type Rows = readonly Readonly<Record<string, Value | undefined>>[]
/** Values that are no table. */
type Values = Numbers | ArrayLike<Value | undefined>

/**
 * Describes each column of a table or of rows: count, missing, distinct; of numbers mean, standard deviation, range and
 * quartiles (linear, as pandas); of dates the range; of all but numbers the most frequent value. Of a list of values or a
 * column one such object. Prints well: `console.table(describe(table, { digits: 4 }))`.
 * @throws TypeError for what is no table, rows or values, or an empty array.
 */
export function describe(values: Values, options?: DescribeOptions): Description
export function describe(table: Table | Rows, options?: DescribeOptions): Description[]
export function describe(data: Table | Rows | Values, options: DescribeOptions = {}): Description[] | Description {
  noteUnknown('describe', options, DESCRIBE_OPTIONS)
  const digits = options.digits === undefined ? undefined : integerIn('describe', 'digits', options.digits, 1, 17)
  const list = listOfValues(data)
  if (list) return describeAll([list], digits)[0]!
  return describeAll(columnsOf('describe', data as Table | readonly Row[]), digits)
}

function describeAll(columns: readonly ColumnData[], digits: number | undefined): Description[] {
  const figures = columns.map((column) => ({ column: column.name, ...columnStatistics(column) }))
  const hasRange = figures.some(({ type }) => type === 'number' || type === 'date')
  const hasMean = figures.some(({ type }) => type === 'number')
  const hasTop = figures.some(({ type }) => type !== 'number')
  const shown = (value: number | null): number | null =>
    value === null || digits === undefined ? value : rounded(value, digits)
  const bound = (value: Value): Value => (typeof value === 'number' ? shown(value) : value)
  return figures.map(({ column, type, count, missing, distinct, ...one }) => ({
    column,
    type,
    count,
    missing,
    distinct,
    ...(hasMean && { mean: shown(one.mean), std: shown(one.std) }),
    ...(hasRange && { min: bound(one.min) }),
    ...(hasMean && { q1: shown(one.q1), median: shown(one.median), q3: shown(one.q3) }),
    ...(hasRange && { max: bound(one.max) }),
    ...(hasTop && mostFrequent(type, one)),
  }))
}

function mostFrequent(
  type: ColumnType,
  { top, freq }: Pick<ColumnStatistics, 'top' | 'freq'>,
): Pick<Description, 'top' | 'freq'> {
  return type === 'number' ? { top: null, freq: null } : { top, freq }
}

/** The column that a list of values is; undefined for a table or rows. */
function listOfValues(data: unknown): ColumnData | undefined {
  if (isColumn(data)) return columnOfNumbers(data)
  if (ArrayBuffer.isView(data) && 'length' in data) return columnOfList(data as unknown as ArrayLike<unknown>)
  if (!Array.isArray(data)) return undefined
  if (data.length === 0)
    throw new TypeError(
      'describe: expected rows or values, received an empty array; the columns of a table without rows are described by the table of readTable itself',
    )
  const first: unknown = data.find((value) => value !== null && value !== undefined)
  if (Array.isArray(first))
    throw argumentError('describe', 'the table', 'a table of readTable, an array of rows (objects) or values', data)
  return typeof first === 'object' && !(first instanceof Date) ? undefined : columnOfList(data)
}

function columnOfList(values: ArrayLike<unknown>): ColumnData {
  return columnOf('values', values.length, (i) => values[i])
}

function columnOfNumbers(column: NumberColumn): ColumnData {
  if ('type' in column && 'name' in column) return column as ColumnData
  return columnOf('values', column.length, (i) => column.get(i))
}

function rounded(value: number, digits: number): number {
  const whole = Math.abs(value) >= 1 ? Math.floor(Math.log10(Math.abs(value))) + 1 : 0
  return Number.isFinite(value) ? Number(value.toPrecision(Math.min(Math.max(digits, whole), 17))) : value
}
