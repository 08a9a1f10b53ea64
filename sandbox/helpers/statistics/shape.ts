// The shape of a distribution: how lopsided it is, and how heavy its tails are.
import { noteUnknown, type All } from '../options.ts'
import { deviationsOf, sumOver } from './moments.ts'
import { constantError, isConstant, presentNumbers, type Numbers } from './numbers.ts'

export interface ShapeOptions {
  /** The figure of these numbers alone (SciPy's default) instead of the estimate of what they are a sample of; default false. */
  bias?: boolean
}

const SHAPE_OPTIONS: All<ShapeOptions> = { bias: true }

/**
 * Skewness: 0 for symmetric numbers, above 0 for a long tail of large ones. By default the adjusted Fisher-Pearson
 * coefficient G1 of pandas, Excel's SKEW and SPSS; with `{ bias: true }` g1 = m3 / m2^1.5, SciPy's default. Missing values are
 * left out.
 * @throws TypeError for less than 3 numbers (2 with bias), or all equal.
 */
export function skewness(values: Numbers, options: ShapeOptions = {}): number {
  noteUnknown('skewness', options, SHAPE_OPTIONS)
  const { n, ratio } = standardMoment('skewness', values, 3, options.bias ? 2 : 3)
  return options.bias ? ratio : (ratio * Math.sqrt(n * (n - 1))) / (n - 2)
}

/**
 * Excess kurtosis: 0 for a normal distribution, above 0 for heavier tails. By default the unbiased G2 of pandas, Excel's
 * KURT and SPSS; with `{ bias: true }` g2 = m4 / m2² − 3, SciPy's default. Missing values are left out.
 * @throws TypeError for less than 4 numbers (2 with bias), or all equal.
 */
export function kurtosis(values: Numbers, options: ShapeOptions = {}): number {
  noteUnknown('kurtosis', options, SHAPE_OPTIONS)
  const { n, ratio } = standardMoment('kurtosis', values, 4, options.bias ? 2 : 4)
  if (options.bias) return ratio - 3
  return (((n + 1) * (ratio - 3) + 6) * (n - 1)) / ((n - 2) * (n - 3))
}

/** The mean power of the deviations, in standard deviations (with n). */
function standardMoment(where: string, values: Numbers, power: 3 | 4, least: number): { n: number; ratio: number } {
  const present = presentNumbers(where, 'values', values, least)
  if (isConstant(present)) throw constantError(where, 'values', present)
  const deviations = deviationsOf(present)
  const n = present.length
  const deviation = Math.sqrt(sumOver(n, (i) => deviations[i]! ** 2) / n)
  return { n, ratio: sumOver(n, (i) => (deviations[i]! / deviation) ** power) / n }
}
