// The Shapiro-Wilk test of whether numbers may come from a normal distribution.
import { note } from '../notes.ts'
import { deviationsOf, sumOver } from './moments.ts'
import { constantError, isConstant, presentNumbers, type Numbers } from './numbers.ts'
import { sortedNumbers } from './sort.ts'
import { normalQuantile, normalTails, polynomial } from './special/normal.ts'

export interface ShapiroTest {
  /** Near 1 for normal numbers. */
  w: number
  /** Small where the numbers are not normal. */
  p: number
  /** Numbers used; missing ones were left out. */
  n: number
}

/** Royston's approximation of p was made for at most so many. */
const MAX_RELIABLE = 5000

/**
 * The Shapiro-Wilk test of normality: Royston 1995, algorithm AS R94, in double precision, as R's shapiro.test. Missing
 * values are left out. Beyond 5,000 numbers W is right, but p is not reliable, which is noted.
 * @throws TypeError for less than 3 numbers, or all equal.
 */
export function shapiro(values: Numbers): ShapiroTest {
  const present = presentNumbers('shapiro', 'x', values, 3)
  if (isConstant(present)) throw constantError('shapiro', 'x', present)
  const n = present.length
  if (n > MAX_RELIABLE)
    note(
      `shapiro: p is reliable up to ${MAX_RELIABLE} numbers, received ${n}; look at a histogram, skewness and kurtosis.`,
    )
  const deviations = deviationsOf(sortedNumbers(present))
  const weights = weightsOf(n)
  const half = weights.length
  const scale = Math.max(-deviations[0]!, deviations[n - 1]!)
  const square = sumOver(n, (i) => (deviations[i]! / scale) ** 2)
  const product = sumOver(half, (i) => weights[i]! * ((deviations[n - 1 - i]! - deviations[i]!) / scale))
  const length = 2 * sumOver(half, (i) => weights[i]! ** 2)
  // 1 − W as a product of two factors: near 1 the difference of squares would lose its digits.
  const root = Math.sqrt(length * square)
  const rest = Math.max(((root - product) * (root + product)) / (length * square), 0)
  const w = 1 - rest
  return { w, p: n === 3 ? probabilityOfThree(w) : probabilityOf(rest, n), n }
}

/** The weights of the differences of the largest and the smallest numbers, the outermost first. */
function weightsOf(n: number): Float64Array {
  const half = n >> 1
  if (n === 3) return Float64Array.of(Math.SQRT1_2)
  // Expected values of ordered normal numbers (Blom 1958).
  const expected = new Float64Array(half).map((_, i) => normalQuantile((i + 1 - 0.375) / (n + 0.25)))
  const sum = 2 * sumOver(half, (i) => expected[i]! ** 2)
  const u = 1 / Math.sqrt(n)
  const first = polynomial(FIRST_WEIGHT, u) - expected[0]! / Math.sqrt(sum)
  const second = polynomial(SECOND_WEIGHT, u) - expected[1]! / Math.sqrt(sum)
  const fixed = n > 5 ? [first, second] : [first]
  const rest = 1 - 2 * fixed.reduce((total, weight) => total + weight ** 2, 0)
  const restExpected = sum - 2 * fixed.reduce((total, _, i) => total + expected[i]! ** 2, 0)
  const divisor = Math.sqrt(restExpected / rest)
  return expected.map((value, i) => fixed[i] ?? -value / divisor)
}

function probabilityOf(rest: number, n: number): number {
  const log = Math.log(n)
  if (n > 11) {
    const deviation = Math.exp(polynomial(DEVIATION, log))
    return normalTails((Math.log(rest) - polynomial(MEAN, log)) / deviation).upper
  }
  const bound = polynomial(SMALL_BOUND, n)
  const y = Math.log(rest)
  if (y >= bound) return 1e-99
  const deviation = Math.exp(polynomial(SMALL_DEVIATION, n))
  return normalTails((-Math.log(bound - y) - polynomial(SMALL_MEAN, n)) / deviation).upper
}

/** Exact. */
function probabilityOfThree(w: number): number {
  return Math.min(Math.max((6 / Math.PI) * (Math.asin(Math.sqrt(w)) - Math.asin(Math.sqrt(0.75))), 0), 1)
}

// Coefficients of AS R94, from the constant upwards.
const FIRST_WEIGHT = [0, 0.221157, -0.147981, -2.07119, 4.434685, -2.706056]
const SECOND_WEIGHT = [0, 0.042981, -0.293762, -1.752461, 5.682633, -3.582633]
const SMALL_BOUND = [-2.273, 0.459]
const SMALL_MEAN = [0.544, -0.39978, 0.025054, -6.714e-4]
const SMALL_DEVIATION = [1.3822, -0.77857, 0.062767, -0.0020322]
const MEAN = [-1.5861, -0.31082, -0.083751, 0.0038915]
const DEVIATION = [-0.4803, -0.082676, 0.0030302]
