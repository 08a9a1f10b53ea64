// Means and sums of squares that keep their digits: small differences beside large values (1e9 and some hundredths), and
// millions of values.

export interface Moments {
  readonly n: number
  /** The mean, rounded to a double. */
  readonly mean: number
  /** What rounding took from the mean: differences of two means need it. */
  readonly meanRemainder: number
  /** The sum of the squared deviations from the mean. */
  readonly squares: number
}

/** Mean and squared deviations of numbers, by two compensated passes. At least one number. */
export function momentsOf(values: Float64Array): Moments {
  const n = values.length
  const mean = sumOf(values) / n
  const remainder = sumOver(n, (i) => values[i]! - mean) / n
  const squares = sumOver(n, (i) => (values[i]! - mean) ** 2) - n * remainder * remainder
  return { n, mean, meanRemainder: remainder, squares: Math.max(squares, 0) }
}

/** The deviations of numbers from their mean, each with all its digits. */
export function deviationsOf(values: Float64Array): Float64Array {
  const { mean, meanRemainder } = momentsOf(values)
  return values.map((value) => value - mean - meanRemainder)
}

/** The difference of two means, to the digits that their rounding would lose. */
export function meanDifference(x: Moments, y: Moments): number {
  return x.mean - y.mean + (x.meanRemainder - y.meanRemainder)
}

/** The sample standard deviation, with n − 1; null for one number. */
export function sampleDeviation({ n, squares }: Moments): number | null {
  return n > 1 ? Math.sqrt(squares / (n - 1)) : null
}

/** The compensated sum of numbers. */
function sumOf(values: Float64Array): number {
  return sumOver(values.length, (i) => values[i]!)
}

/** The compensated sum of terms (Neumaier 1974): small ones beside large ones count, so that 0.1 + 0.2 + … is free of noise. */
export function sumOver(n: number, term: (index: number) => number): number {
  let sum = 0
  let lost = 0
  for (let i = 0; i < n; i++) {
    const value = term(i)
    const next = sum + value
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum
    sum = next
  }
  // The compensation of infinite values is no number.
  return Number.isFinite(sum) ? sum + lost : sum
}
