// The factors of binomial and Poisson probabilities in the form that keeps their digits far out in the tails and for
// millions of values (Loader 2000, "Fast and accurate computation of binomial probabilities"): no difference of large
// log gammas. Relative errors are some 1e-14 where the probability is above 1e-300.

const STIRLING_FROM = 15

/** x^a · e^-x / Γ(a + 1), for a > 0 and x > 0. */
export function poissonTerm(a: number, x: number): number {
  return Math.exp(-stirlingError(a) - deviance(a, x)) / Math.sqrt(2 * Math.PI * a)
}

/** x^a · y^b / B(a, b), for a, b > 0 and x + y = 1. */
export function betaTerm(x: number, y: number, a: number, b: number): number {
  const n = a + b
  const log = stirlingError(n) - stirlingError(a) - stirlingError(b) - deviance(a, n * x) - deviance(b, n * y)
  return Math.exp(log) * Math.sqrt(((a / n) * b) / (2 * Math.PI))
}

/** The logarithm of Γ(z + 1) over Stirling's formula, z > 0. */
function stirlingError(z: number): number {
  let error = 0
  let at = z
  // Γ(z + 2) = (z + 1) Γ(z + 1) leads to where the series is exact.
  for (; at < STIRLING_FROM; at++) error += (at + 0.5) * Math.log1p(1 / at) - 1
  const square = at * at
  const series =
    1 / 12 -
    (1 / 360 - (1 / 1260 - (1 / 1680 - (1 / 1188 - 691 / 360_360 / square) / square) / square) / square) / square
  return error + series / at
}

/** x·log(x / mean) + mean − x, without the cancellation where they are near. */
function deviance(x: number, mean: number): number {
  if (Math.abs(x - mean) >= 0.1 * (x + mean)) return x * Math.log(x / mean) + mean - x
  const v = (x - mean) / (x + mean)
  let sum = (x - mean) * v
  let term = 2 * x * v
  for (let j = 1; j < 1000; j++) {
    term *= v * v
    const next = sum + term / (2 * j + 1)
    if (next === sum) break
    sum = next
  }
  return sum
}
