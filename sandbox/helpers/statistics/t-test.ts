// Student's t-tests of means: one sample against a number, two samples, or pairs.
import { argumentError, numberIn, oneOf } from '../argument.ts'
import { noteUnknown, type All } from '../options.ts'
import { confidenceOf, type Interval } from './linear-fit.ts'
import { meanDifference, momentsOf, sampleDeviation, type Moments } from './moments.ts'
import { constantError, isConstant, presentNumbers, presentPairs, type Numbers } from './numbers.ts'
import { studentQuantile, studentTails } from './special/distributions.ts'

/** What is tested against: that the mean (or difference) is another, smaller, or greater. */
export type Alternative = 'two-sided' | 'less' | 'greater'

export interface TTestOptions {
  /** The mean to test one sample against, or the difference to test two against; default 0. */
  mean?: number
  /** Whether x and y are pairs (before and after); default false. */
  paired?: boolean
  /** Student's test with a pooled variance instead of Welch's; default false. */
  equalVariances?: boolean
  /** Default 'two-sided'. */
  alternative?: Alternative
  /** Of the interval; default 0.95. */
  confidence?: number
}

/** A sample: its numbers that are present. */
export interface Sample {
  n: number
  mean: number
  /** Sample standard deviation (n − 1); null for one number. */
  std: number | null
}

export interface TTest {
  test: 'one-sample' | 'welch' | 'student' | 'paired'
  t: number
  /** Degrees of freedom; Welch's are no whole number. */
  dof: number
  p: number
  /** Numbers used, or pairs; missing ones were left out. */
  n: number
  /** The mean of one sample, the difference of means (x − y) of two, or the mean difference of pairs. */
  estimate: number
  standardError: number
  /** Of the estimate; one side is infinite for 'less' and 'greater'. */
  interval: Interval
  confidence: number
  alternative: Alternative
  /** Cohen's d: the distance in standard deviations (of two samples pooled). */
  cohensD: number
  samples: Sample[]
}

const T_TEST_OPTIONS: All<TTestOptions> = {
  mean: true,
  paired: true,
  equalVariances: true,
  alternative: true,
  confidence: true,
}
const ALTERNATIVES = ['two-sided', 'less', 'greater'] as const

interface Estimate {
  readonly test: TTest['test']
  readonly estimate: number
  /** The estimate less what it is tested against, with all its digits. */
  readonly away: number
  readonly standardError: number
  readonly dof: number
  readonly n: number
  /** The standard deviation that Cohen's d is in. */
  readonly spread: number
  readonly samples: Sample[]
}

/**
 * Tests a mean: `tTest(x, { mean })` of one sample, `tTest(x, y)` of two (Welch's; Student's with `equalVariances`),
 * `tTest(before, after, { paired: true })` of pairs. Missing values are left out, of pairs both. As SciPy's ttest_1samp,
 * ttest_ind and ttest_rel.
 * @throws TypeError for less than 2 numbers (pairs), no spread at all, or pairs of unequal lengths.
 */
export function tTest(x: Numbers, y?: Numbers | TTestOptions, options?: TTestOptions): TTest {
  const second = isOptions(y) ? undefined : y
  const chosen = options ?? (isOptions(y) ? y : {})
  noteUnknown('tTest', chosen, T_TEST_OPTIONS)
  const confidence = confidenceOf('tTest', chosen.confidence)
  const alternative = oneOf('tTest', 'alternative', chosen.alternative ?? 'two-sided', ALTERNATIVES)
  const mean = numberIn('tTest', 'mean', chosen.mean ?? 0, -Infinity, Infinity)
  if (chosen.paired && second === undefined) throw argumentError('tTest', 'y', 'the second half of the pairs', second)
  const found =
    second === undefined
      ? oneSample(x, mean)
      : chosen.paired
        ? paired(x, second, mean)
        : twoSamples(x, second, mean, chosen.equalVariances)
  const { test, dof, n, estimate, standardError, samples } = found
  const t = found.away / standardError
  return {
    test,
    t,
    dof,
    p: probabilityOf(t, dof, alternative),
    n,
    estimate,
    standardError,
    interval: intervalOf(found, alternative, confidence),
    confidence,
    alternative,
    cohensD: found.away / found.spread,
    samples,
  }
}

function oneSample(values: Numbers, mean: number): Estimate {
  const x = presentNumbers('tTest', 'x', values, 2)
  if (isConstant(x)) throw constantError('tTest', 'x', x)
  return ofMean('one-sample', x, mean, [sampleOf(momentsOf(x))])
}

function paired(xs: Numbers, ys: Numbers, mean: number): Estimate {
  const [x, y] = presentPairs('tTest', xs, ys, 2)
  const differences = x.map((value, i) => value - y[i]!)
  if (isConstant(differences)) throw constantError('tTest', 'the differences of x and y', differences)
  return ofMean('paired', differences, mean, [sampleOf(momentsOf(x)), sampleOf(momentsOf(y))])
}

function ofMean(test: TTest['test'], values: Float64Array, mean: number, samples: Sample[]): Estimate {
  const moments = momentsOf(values)
  const { n } = moments
  const spread = Math.sqrt(moments.squares / (n - 1))
  const away = moments.mean - mean + moments.meanRemainder
  return { test, estimate: moments.mean, away, standardError: spread / Math.sqrt(n), dof: n - 1, n, spread, samples }
}

function twoSamples(xs: Numbers, ys: Numbers, mean: number, equalVariances = false): Estimate {
  const x = presentNumbers('tTest', 'x', xs, 2)
  const y = presentNumbers('tTest', 'y', ys, 2)
  if (isConstant(x) && isConstant(y))
    throw new TypeError(
      `tTest: expected numbers that differ in x or y, received only ${x[0]} in x and only ${y[0]} in y`,
    )
  const [mx, my] = [momentsOf(x), momentsOf(y)]
  const pooled = (mx.squares + my.squares) / (mx.n + my.n - 2)
  // The variances of the two means.
  const vx = (equalVariances ? pooled : mx.squares / (mx.n - 1)) / mx.n
  const vy = (equalVariances ? pooled : my.squares / (my.n - 1)) / my.n
  const welchDof = (vx + vy) ** 2 / (vx ** 2 / (mx.n - 1) + vy ** 2 / (my.n - 1))
  const estimate = meanDifference(mx, my)
  return {
    test: equalVariances ? 'student' : 'welch',
    estimate,
    away: estimate - mean,
    standardError: Math.sqrt(vx + vy),
    dof: equalVariances ? mx.n + my.n - 2 : welchDof,
    n: mx.n + my.n,
    spread: Math.sqrt(pooled),
    samples: [sampleOf(mx), sampleOf(my)],
  }
}

function probabilityOf(t: number, dof: number, alternative: Alternative): number {
  const { inside, outside } = studentTails(t, dof)
  if (alternative === 'two-sided') return outside
  const isBeyond = alternative === 'less' ? t < 0 : t > 0
  return isBeyond ? outside / 2 : 0.5 + inside / 2
}

function intervalOf(
  { estimate, standardError, dof }: Estimate,
  alternative: Alternative,
  confidence: number,
): Interval {
  const outside = alternative === 'two-sided' ? 1 - confidence : 2 * (1 - confidence)
  // Below a confidence of one half, the bound of a one-sided interval lies on the other side of the estimate.
  const t = outside < 1 ? studentQuantile(outside, dof) : outside === 1 ? 0 : -studentQuantile(2 - outside, dof)
  const low = alternative === 'less' ? -Infinity : estimate - t * standardError
  const high = alternative === 'greater' ? Infinity : estimate + t * standardError
  return [low, high]
}

/** Size, mean and deviation of a sample. */
export function sampleOf(moments: Moments): Sample {
  return { n: moments.n, mean: moments.mean, std: sampleDeviation(moments) }
}

function isOptions(value: unknown): value is TTestOptions {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.getPrototypeOf(value) === Object.prototype &&
    !('length' in value)
  )
}
