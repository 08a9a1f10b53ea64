// The regularised incomplete beta and gamma functions with both of their tails, each to near double precision relative to
// itself: a p-value of 1e-30 has its digits. Continued fractions by Lentz's method (Thompson and Barnett 1986): of beta that of
// DiDonato and Morris 1992 (algorithm 708, equation 9), of gamma Abramowitz and Stegun 6.5.31, and the series 6.5.29 below the mean;
// factors by Loader (deviance.ts).
import { betaTerm, poissonTerm } from './deviance.ts'

/** Two shares that add up to 1. */
export interface Tails {
  readonly lower: number
  readonly upper: number
}

const MAX_TERMS = 200_000
const TINY = 1e-300
const EPSILON = 2 ** -53

/**
 * I_x(a, b) and its complement, for a, b > 0. `y` is 1 − x: the caller has it without the digits that the difference
 * would lose.
 */
export function regularizedBeta(x: number, y: number, a: number, b: number): Tails {
  if (!(x > 0)) return { lower: 0, upper: 1 }
  if (!(y > 0)) return { lower: 1, upper: 0 }
  // The fraction converges fast below the mean; beyond it the other tail is computed.
  if (x * (a + b + 2) <= a + 1) {
    const lower = betaTerm(x, y, a, b) * betaFraction(x, y, a, b)
    return { lower, upper: 1 - lower }
  }
  const upper = betaTerm(x, y, a, b) * betaFraction(y, x, b, a)
  return { lower: 1 - upper, upper }
}

/** P(a, x) and Q(a, x), for a > 0. */
export function regularizedGamma(a: number, x: number): Tails {
  if (!(x > 0)) return { lower: 0, upper: 1 }
  if (x === Infinity) return { lower: 1, upper: 0 }
  const factor = poissonTerm(a, x)
  if (x < a + 1) {
    const lower = factor * gammaSeries(a, x)
    return { lower, upper: 1 - lower }
  }
  const upper = factor * a * gammaFraction(a, x)
  return { lower: 1 - upper, upper }
}

function betaFraction(x: number, y: number, a: number, b: number): number {
  // Of two factors that nearly cancel only the difference enters.
  const beyond = a * y - b * x + 1
  const denominator = (m: number): number =>
    m + (m * (b - m) * x) / (a + 2 * m - 1) + ((a + m) / (a + 2 * m + 1)) * (beyond + m * (1 + y))
  // At 0, where a of 1 would divide 0 by 0, only the last term is left.
  let value = away((a / (a + 1)) * beyond)
  let c = value
  let d = 0
  for (let m = 1; m <= MAX_TERMS; m++) {
    const middle = a + 2 * m - 1
    const numerator = ((a + m - 1) / middle) * ((a + b + m - 1) / middle) * (m * (b - m) * x * x)
    d = 1 / away(numerator * d + denominator(m))
    c = away(denominator(m) + numerator / c)
    value *= d * c
    if (Math.abs(d * c - 1) <= EPSILON) break
  }
  return 1 / value
}

function gammaSeries(a: number, x: number): number {
  let term = 1
  let sum = 1
  for (let k = 1; k <= MAX_TERMS; k++) {
    term *= x / (a + k)
    sum += term
    if (term <= sum * EPSILON) break
  }
  return sum
}

function gammaFraction(a: number, x: number): number {
  let b = x + 1 - a
  let c = 1 / TINY
  let d = 1 / away(b)
  let value = d
  for (let i = 1; i <= MAX_TERMS; i++) {
    const factor = -i * (i - a)
    b += 2
    d = 1 / away(factor * d + b)
    c = away(b + factor / c)
    value *= d * c
    if (Math.abs(d * c - 1) <= EPSILON) break
  }
  return value
}

/** Lentz's method divides by it. */
function away(value: number): number {
  return Math.abs(value) < TINY ? TINY : value
}
