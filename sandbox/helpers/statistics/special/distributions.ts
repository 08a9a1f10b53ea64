// Student's t, F and chi-squared distributions: what lies beyond a value, and the t beyond which a share lies.
import { regularizedBeta, regularizedGamma } from './incomplete.ts'
import { betaTerm } from './deviance.ts'
import { normalQuantile } from './normal.ts'

/** The share of Student's t distribution beyond −t and t (p of a two-sided test), and between. `dof` > 0. */
export function studentTails(t: number, dof: number): { inside: number; outside: number } {
  const q = (t / Math.sqrt(dof)) ** 2
  const x = 1 / (1 + q)
  const y = q < 1 ? q / (1 + q) : 1 / (1 + 1 / q)
  const { lower, upper } = regularizedBeta(x, y, dof / 2, 0.5)
  return { outside: lower, inside: upper }
}

/** The t beyond whose negative and positive a share `outside` of Student's distribution lies, 0 < outside < 1. */
export function studentQuantile(outside: number, dof: number): number {
  // Newton's method on the logarithm of the smaller share, as a function of log t: it is concave, so that the steps approach
  // the root from one side after the first.
  const useInside = outside > 0.5
  const wanted = useInside ? 1 - outside : outside
  let t = Math.max(-normalQuantile(outside / 2), 1e-300)
  for (let i = 0; i < 100; i++) {
    const tails = studentTails(t, dof)
    const share = useInside ? tails.inside : tails.outside
    // t times the density on both sides is the beta term of the substitution, x^a · y^b / B(a, b).
    const q = (t / Math.sqrt(dof)) ** 2
    const slope = (2 * betaTerm(1 / (1 + q), q < 1 ? q / (1 + q) : 1 / (1 + 1 / q), dof / 2, 0.5)) / share
    const step = (Math.log(share) - Math.log(wanted)) / (useInside ? -slope : slope)
    t *= Math.exp(step)
    if (Math.abs(step) < 1e-15) break
  }
  return t
}

/** The share of the F distribution above f. */
export function fUpperTail(f: number, dof1: number, dof2: number): number {
  const q = (dof1 / dof2) * f
  const y = q < 1 ? q / (1 + q) : 1 / (1 + 1 / q)
  return regularizedBeta(1 / (1 + q), y, dof2 / 2, dof1 / 2).lower
}

/** The share of the chi-squared distribution above x. */
export function chiSquaredUpperTail(x: number, dof: number): number {
  return regularizedGamma(dof / 2, x / 2).upper
}
