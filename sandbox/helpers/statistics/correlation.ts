// Correlation of two columns: Pearson's of values, Spearman's of ranks, with p-values that keep their digits near ±1.
import { constantError, isConstant, presentPairs, type Numbers } from './numbers.ts'
import { deviationsOf, sumOver } from './moments.ts'
import { ranksOf } from './sort.ts'
import { regularizedBeta } from './special/incomplete.ts'

export interface Correlation {
  /** From −1 to 1. */
  r: number
  /** Two-sided: how likely a correlation at least as strong would be without any relation. */
  p: number
  /** Pairs that have both values; the others were left out. */
  n: number
}

/**
 * Pearson's correlation of x and y, for linear relations. Pairs that lack a value are left out. p by the beta distribution
 * of r for normal values, as SciPy's pearsonr.
 * @throws TypeError for unequal lengths, less than 3 pairs, or all values of one side equal.
 */
export function pearson(x: Numbers, y: Numbers): Correlation {
  const [xs, ys] = presentPairs('pearson', x, y, 3)
  requireSpread('pearson', xs, ys)
  return correlate(deviationsOf(xs), deviationsOf(ys))
}

/**
 * Spearman's rank correlation of x and y, for relations that only rise or only fall; equal values share their mean rank.
 * Pairs that lack a value are left out. p by Student's t distribution, as SciPy's spearmanr.
 * @throws TypeError for unequal lengths, less than 3 pairs, or all values of one side equal.
 */
export function spearman(x: Numbers, y: Numbers): Correlation {
  const [xs, ys] = presentPairs('spearman', x, y, 3)
  requireSpread('spearman', xs, ys)
  const middle = (xs.length + 1) / 2
  const centred = (values: Float64Array): Float64Array => ranksOf(values).map((rank) => rank - middle)
  return correlate(centred(xs), centred(ys))
}

/** Requires that neither side is constant. */
export function requireSpread(where: string, xs: Float64Array, ys: Float64Array): void {
  if (isConstant(xs)) throw constantError(where, 'x', xs)
  if (isConstant(ys)) throw constantError(where, 'y', ys)
}

/** The correlation of deviations from the mean, not all 0. */
export function correlate(dx: Float64Array, dy: Float64Array): Correlation {
  const n = dx.length
  const ux = unitVector(dx)
  const uy = unitVector(dy)
  const product = sumOver(n, (i) => ux[i]! * uy[i]!)
  const sign = product < 0 ? -1 : 1
  // (1 − |r|) / 2 as the distance of unit vectors: near ±1 the difference itself would have no digits.
  const apart = Math.min(sumOver(n, (i) => (ux[i]! - sign * uy[i]!) ** 2) / 4, 0.5)
  const r = apart < 0.01 ? sign * (1 - 2 * apart) : product
  const half = n / 2 - 1
  return { r, p: Math.min(2 * regularizedBeta(apart, 1 - apart, half, half).lower, 1), n }
}

function unitVector(deviations: Float64Array): Float64Array {
  // Scaled first, so that no square overflows.
  const largest = deviations.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const length = Math.sqrt(sumOver(deviations.length, (i) => (deviations[i]! / largest) ** 2))
  return deviations.map((value) => value / largest / length)
}
