// One-way analysis of variance: whether the means of several groups differ.
import { momentsOf, sumOver } from './moments.ts'
import { isConstant, presentNumbers, type Numbers } from './numbers.ts'
import { fUpperTail } from './special/distributions.ts'
import { sampleOf, type Sample } from './t-test.ts'

export interface Anova {
  f: number
  p: number
  dofBetween: number
  dofWithin: number
  /** The share of the whole variance that lies between the groups, 0 to 1. */
  etaSquared: number
  /** Numbers used, of all groups; missing ones were left out. */
  n: number
  groups: Sample[]
}

/**
 * One-way analysis of variance of two or more groups, `anova(a, b, c)` or `anova([a, b, c])`, as SciPy's f_oneway. Missing
 * values are left out.
 * @throws TypeError for less than 2 groups, an empty group, or groups without spread.
 */
export function anova(...groups: Numbers[] | [readonly Numbers[]]): Anova {
  const samples = groupsOf(groups).map((group, i) => presentNumbers('anova', `group ${i + 1}`, group))
  if (samples.length < 2) throw new TypeError(`anova: expected at least 2 groups, received ${samples.length}`)
  const n = samples.reduce((sum, { length }) => sum + length, 0)
  const dofWithin = n - samples.length
  if (samples.every(isConstant))
    throw new TypeError(
      `anova: expected numbers that differ within a group, received ${samples.length} groups without spread`,
    )
  const moments = samples.map(momentsOf)
  // Means are taken from one of them: small differences beside large values keep their digits.
  const origin = moments[0]!.mean
  const means = moments.map(({ mean, meanRemainder }) => mean - origin + meanRemainder)
  const grand = sumOver(means.length, (i) => means[i]! * moments[i]!.n) / n
  const between = sumOver(means.length, (i) => moments[i]!.n * (means[i]! - grand) ** 2)
  const within = sumOver(moments.length, (i) => moments[i]!.squares)
  const dofBetween = samples.length - 1
  const f = between / dofBetween / (within / dofWithin)
  return {
    f,
    p: fUpperTail(f, dofBetween, dofWithin),
    dofBetween,
    dofWithin,
    etaSquared: between / (between + within),
    n,
    groups: moments.map(sampleOf),
  }
}

function groupsOf(groups: readonly unknown[]): readonly Numbers[] {
  const [first] = groups
  const isList =
    groups.length === 1 && Array.isArray(first) && first.every((one) => typeof one === 'object' && one !== null)
  return (isList ? first : groups) as readonly Numbers[]
}
