// A straight line through points by least squares, with what is known of its uncertainty.
import { numberIn } from '../argument.ts'
import { noteUnknown, type All } from '../options.ts'
import { correlate, requireSpread } from './correlation.ts'
import { deviationsOf, momentsOf, sumOver } from './moments.ts'
import { presentPairs, type Numbers } from './numbers.ts'
import { studentQuantile } from './special/distributions.ts'

/** Lower and upper bound. */
export type Interval = [low: number, high: number]

export interface LinearFitOptions {
  /** The share of samples whose intervals hold the true value; default 0.95. */
  confidence?: number
}

export interface LinearPrediction {
  value: number
  /** Of the line itself: the mean of y at this x. */
  interval: Interval
  /** Of one new y at this x. */
  predictionInterval: Interval
}

export interface LinearFit {
  slope: number
  /** y at x = 0. */
  intercept: number
  /** The share of the variance of y that the line explains, 0 to 1. */
  r2: number
  /** Two-sided, of no slope. */
  p: number
  slopeError: number
  interceptError: number
  slopeInterval: Interval
  interceptInterval: Interval
  /** The standard deviation of y around the line, with n − 2. */
  residualError: number
  /** Pairs that have both values; the others were left out. */
  n: number
  confidence: number
  predict(x: number): LinearPrediction
}

const LINEAR_FIT_OPTIONS: All<LinearFitOptions> = { confidence: true }

/**
 * Fits y = intercept + slope · x by least squares. Pairs that lack a value are left out. Standard errors and p as SciPy's
 * linregress, intervals by Student's t distribution with n − 2 degrees of freedom.
 * @throws TypeError for unequal lengths, less than 3 pairs, or all values of one side equal.
 */
export function linearFit(x: Numbers, y: Numbers, options: LinearFitOptions = {}): LinearFit {
  noteUnknown('linearFit', options, LINEAR_FIT_OPTIONS)
  const confidence = confidenceOf('linearFit', options.confidence)
  const [xs, ys] = presentPairs('linearFit', x, y, 3)
  requireSpread('linearFit', xs, ys)
  const n = xs.length
  const [mx, my] = [momentsOf(xs), momentsOf(ys)]
  const [dx, dy] = [deviationsOf(xs), deviationsOf(ys)]
  const slope = sumOver(n, (i) => dx[i]! * dy[i]!) / mx.squares
  const unexplained = sumOver(n, (i) => (dy[i]! - slope * dx[i]!) ** 2)
  const residualError = Math.sqrt(unexplained / (n - 2))
  const slopeError = residualError / Math.sqrt(mx.squares)
  const t = studentQuantile(1 - confidence, n - 2)
  const at = (value: number): { value: number; error: number } => {
    const away = value - mx.mean - mx.meanRemainder
    return {
      value: my.mean + (my.meanRemainder + slope * away),
      error: residualError * Math.sqrt(1 / n + (away / mx.squares) * away),
    }
  }
  const origin = at(0)
  return {
    slope,
    intercept: origin.value,
    r2: Math.min(Math.max(1 - unexplained / my.squares, 0), 1),
    p: correlate(dx, dy).p,
    slopeError,
    interceptError: origin.error,
    slopeInterval: around(slope, t * slopeError),
    interceptInterval: around(origin.value, t * origin.error),
    residualError,
    n,
    confidence,
    predict(x) {
      const { value, error } = at(numberIn('predict', 'x', x, -Infinity, Infinity))
      return {
        value,
        interval: around(value, t * error),
        predictionInterval: around(value, t * Math.hypot(error, residualError)),
      }
    },
  }
}

/** The confidence of an option, above 0 and below 1. */
export function confidenceOf(where: string, confidence = 0.95): number {
  return numberIn(where, 'confidence', confidence, 1e-6, 1 - 1e-12)
}

function around(value: number, half: number): Interval {
  return [value - half, value + half]
}
