// Chi-squared tests of counts: against expected counts, and of whether the rows and columns of a table are independent.
import { argumentError, integerIn } from '../argument.ts'
import { noteUnknown, type All } from '../options.ts'
import { crosstab, isLabels, type Label } from './crosstab.ts'
import { isColumn, valuesOf, type NumberColumn } from './numbers.ts'
import { chiSquaredUpperTail } from './special/distributions.ts'

/** Counts of categories. */
export type Counts = ArrayLike<number>

export interface ChiSquareOptions {
  /** Yates's correction of tables of 2 by 2, as SciPy; default true. */
  yates?: boolean
  /** Parameters that were estimated from the counts, taken from the degrees of freedom of a fit; default 0. */
  ddof?: number
}

export interface GoodnessOfFit {
  test: 'goodness-of-fit'
  chi2: number
  p: number
  dof: number
  /** The sum of the counts. */
  n: number
  expected: number[]
}

export interface Independence {
  test: 'independence'
  chi2: number
  p: number
  dof: number
  /** The sum of the counts; of labels, pairs that have both. */
  n: number
  /** The counts that independence would give. */
  expected: number[][]
  observed: number[][]
  /** Strength from 0 to 1, without Yates's correction. */
  cramersV: number
  /** Whether Yates's correction was made. */
  yates: boolean
  /** Of labels: what the rows and columns of the table are; otherwise empty. */
  rows: Label[]
  columns: Label[]
}

const CHI_SQUARE_OPTIONS: All<ChiSquareOptions> = { yates: true, ddof: true }

/**
 * Independence of the rows and columns of a table of counts (`chiSquare([[10, 20], [30, 5]])`, as SciPy's chi2_contingency)
 * or of two columns of labels (`chiSquare(sexes, answers)`); and goodness of fit of counts (`chiSquare([18, 22, 20])`) to
 * equal or given expected ones, as SciPy's chisquare.
 * @throws TypeError for counts below 0, less than 2 categories, an empty row or column, or expected counts with another sum.
 */
export function chiSquare(table: readonly Counts[], options?: ChiSquareOptions): Independence
export function chiSquare(
  x: ArrayLike<Label | null> | NumberColumn,
  y: ArrayLike<Label | null> | NumberColumn,
  options?: ChiSquareOptions,
): Independence
export function chiSquare(
  observed: Counts,
  expected?: Counts | ChiSquareOptions,
  options?: ChiSquareOptions,
): GoodnessOfFit
export function chiSquare(x: unknown, y?: unknown, third?: ChiSquareOptions): GoodnessOfFit | Independence {
  const first = isColumn(x) ? valuesOf(x) : x
  const second = isColumn(y) ? valuesOf(y) : y
  const hasSecond = isList(second)
  const options = (hasSecond ? third : (second as ChiSquareOptions | undefined)) ?? third ?? {}
  noteUnknown('chiSquare', options, CHI_SQUARE_OPTIONS)
  if (!isList(first))
    throw argumentError('chiSquare', 'observed', 'an array of counts, a table of counts, or labels', first)
  if (isLabels(first)) {
    if (!hasSecond) throw argumentError('chiSquare', 'y', 'the labels to compare with', second)
    return ofTable(crosstab('chiSquare', first, second), options)
  }
  if (isList(first[0])) {
    const observed = Array.from(first, (row, i) => countsOf(`row ${i + 1}`, row))
    return ofTable({ observed, rows: [], columns: [] }, options)
  }
  return ofCounts(countsOf('observed', first), hasSecond ? countsOf('expected', second) : undefined, options)
}

function ofCounts(observed: number[], given: number[] | undefined, options: ChiSquareOptions): GoodnessOfFit {
  const size = observed.length
  if (size < 2) throw new TypeError(`chiSquare: expected at least 2 counts, received ${size}`)
  const n = sum(observed)
  const expected = given ?? observed.map(() => n / size)
  if (expected.length !== size)
    throw new TypeError(
      `chiSquare: expected as many expected counts as observed ones, received ${expected.length} and ${size}`,
    )
  const zero = expected.indexOf(0)
  if (zero !== -1) throw new TypeError(`chiSquare: expected counts above 0, received 0 for category ${zero + 1}`)
  const total = sum(expected)
  if (Math.abs(total - n) > 1.5e-8 * Math.min(total, n))
    throw new TypeError(
      `chiSquare: expected counts with the sum of the observed ones, ${n}, received ${total}; scale them: expected.map((count) => count * ${n} / ${total}). Two columns of codes are compared as text: x.map(String)`,
    )
  const chi2 = sum(observed.map((count, i) => (count - expected[i]!) ** 2 / expected[i]!))
  const dof = size - 1 - integerIn('chiSquare', 'ddof', options.ddof ?? 0, 0, size - 2)
  return { test: 'goodness-of-fit', chi2, p: chiSquaredUpperTail(chi2, dof), dof, n, expected }
}

interface Table {
  readonly observed: number[][]
  readonly rows: Label[]
  readonly columns: Label[]
}

function ofTable({ observed, rows, columns }: Table, options: ChiSquareOptions): Independence {
  const [height, width] = sizeOf(observed)
  const rowSums = observed.map(sum)
  const columnSums = observed[0]!.map((_, j) => sum(observed.map((row) => row[j]!)))
  const n = sum(rowSums)
  for (const [what, sums] of [['row', rowSums] as const, ['column', columnSums] as const]) {
    const empty = sums.indexOf(0)
    if (empty !== -1)
      throw new TypeError(
        `chiSquare: expected counts in every row and column, received none in ${what} ${empty + 1}; leave it out`,
      )
  }
  const expected = rowSums.map((row) => columnSums.map((column) => (row * column) / n))
  const dof = (height - 1) * (width - 1)
  const yates = dof === 1 && options.yates !== false
  const statistic = (correction: number): number =>
    sum(
      observed.flatMap((row, i) =>
        row.map((count, j) => {
          const away = Math.abs(count - expected[i]![j]!)
          return (away - Math.min(correction, away)) ** 2 / expected[i]![j]!
        }),
      ),
    )
  const chi2 = statistic(yates ? 0.5 : 0)
  const cramersV = Math.sqrt(statistic(0) / n / Math.min(height - 1, width - 1))
  const p = chiSquaredUpperTail(chi2, dof)
  return { test: 'independence', chi2, p, dof, n, cramersV, yates, expected, observed, rows, columns }
}

function sizeOf(table: readonly number[][]): [number, number] {
  const width = table[0]!.length
  const uneven = table.findIndex((row) => row.length !== width)
  if (uneven !== -1)
    throw new TypeError(
      `chiSquare: expected rows of equal length, received ${width} counts in row 1 and ${table[uneven]!.length} in row ${uneven + 1}`,
    )
  if (table.length < 2 || width < 2)
    throw new TypeError(
      `chiSquare: expected a table of at least 2 rows and 2 columns, received ${table.length} by ${width}`,
    )
  return [table.length, width]
}

function countsOf(name: string, counts: unknown): number[] {
  if (!isList(counts)) throw argumentError('chiSquare', name, 'an array of counts', counts)
  const list = Array.from(counts)
  const bad = list.findIndex((count) => typeof count !== 'number' || !(count >= 0 && count < Infinity))
  if (bad !== -1) throw argumentError('chiSquare', name, 'counts of at least 0', list[bad])
  return list as number[]
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0)
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && 'length' in value)
}
