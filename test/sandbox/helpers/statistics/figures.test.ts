// Every statistic against figures of SciPy, NumPy and exact arithmetic (figures.py, figures.json): to 1e-9 of each figure,
// however small it is.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { anova } from '../../../../sandbox/helpers/statistics/anova.ts'
import { chiSquare } from '../../../../sandbox/helpers/statistics/chi-square.ts'
import { pearson, spearman } from '../../../../sandbox/helpers/statistics/correlation.ts'
import { histogramBins, type HistogramBinsOptions } from '../../../../sandbox/helpers/statistics/histogram-bins.ts'
import { linearFit } from '../../../../sandbox/helpers/statistics/linear-fit.ts'
import type { Numbers } from '../../../../sandbox/helpers/statistics/numbers.ts'
import { quantile, type QuantileMethod } from '../../../../sandbox/helpers/statistics/quantile.ts'
import { kurtosis, skewness } from '../../../../sandbox/helpers/statistics/shape.ts'
import { shapiro } from '../../../../sandbox/helpers/statistics/shapiro.ts'
import {
  chiSquaredUpperTail,
  fUpperTail,
  studentQuantile,
  studentTails,
} from '../../../../sandbox/helpers/statistics/special/distributions.ts'
import { normalQuantile, normalTails } from '../../../../sandbox/helpers/statistics/special/normal.ts'
import { tTest, type TTestOptions } from '../../../../sandbox/helpers/statistics/t-test.ts'

/** Numbers with gaps, or what makes them. */
type Sample = (number | null)[] | Made
interface Made {
  kind: 'normal' | 'skewed' | 'whole'
  seed: number
  n: number
  scale: number
  shift: number
}
type Figures = Record<string, unknown>
interface Case {
  name: string
  x: Sample
  y: Sample
  result: Figures
}
interface AllFigures {
  tails: { of: string; at: number[]; p: number }[]
  pearson: Case[]
  spearman: Case[]
  linearFit: (Case & { confidence: number; result: { at: number; predicted: Figures } })[]
  tTest: (Omit<Case, 'y'> & { y: Sample | null; options: TTestOptions })[]
  independence: { name: string; table: number[][]; yates: boolean; result: Figures }[]
  goodnessOfFit: { name: string; observed: number[]; expected: number[] | null; ddof: number; result: Figures }[]
  anova: { name: string; groups: Sample[]; result: Figures }[]
  shapiro: Case[]
  shape: Case[]
  quantile: (Case & { q: number[]; result: Record<QuantileMethod, number[]> })[]
  bins: (Case & { bins: HistogramBinsOptions['bins']; result: { counts: number[]; edges: number[] } })[]
}

const figures = JSON.parse(readFileSync(new URL('figures.json', import.meta.url), 'utf8')) as AllFigures

/** The numbers of a sample; `generate` of figures.py makes the same. */
function numbers(sample: Sample): Numbers {
  if (Array.isArray(sample)) return sample
  let state = sample.seed
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  return Float64Array.from({ length: sample.n }, () => {
    let u = 0
    for (let i = 0; i < 12; i++) u += random()
    u -= 6
    const value = sample.kind === 'whole' ? Math.floor(u * 3) : sample.kind === 'skewed' ? u * u : u
    return value * sample.scale + sample.shift
  })
}

/** Names the figures that are not within the tolerance, relative to each. */
function farOff(actual: unknown, expected: unknown, path = '', tolerance = 1e-9): string[] {
  if (typeof expected === 'object' && expected !== null)
    return Object.entries(expected).flatMap(([key, value]) =>
      farOff((actual as Figures)[key], value, `${path}.${key}`, tolerance),
    )
  // A bound that is infinite is null in JSON.
  const value = typeof actual === 'number' && !Number.isFinite(actual) ? null : actual
  const isNear =
    value === expected ||
    (typeof value === 'number' &&
      typeof expected === 'number' &&
      Math.abs(value - expected) <= tolerance * Math.abs(expected))
  return isNear ? [] : [`${path}: ${String(actual)} instead of ${String(expected)}`]
}

describe('the distributions', () => {
  const upperTail: Record<string, (...at: number[]) => number> = {
    student: (t: number, dof: number) => studentTails(t, dof).outside,
    f: fUpperTail,
    'chi-squared': chiSquaredUpperTail,
    normal: (z: number) => normalTails(z).upper,
  }

  test('have tails right to 12 digits, however small', () => {
    expect(
      figures.tails.flatMap(({ of, at, p }) => farOff(upperTail[of]!(...at), p, `${of} ${at.join(' ')}`, 1e-12)),
    ).toEqual([])
    expect(figures.tails.length).toBeGreaterThan(150)
  })

  test('have quantiles that lead back', () => {
    const found = figures.tails.filter(({ of, p }) => of === 'student' && p < 0.9999)
    expect(found.flatMap(({ at: [t, dof], p }) => farOff(studentQuantile(p, dof!), t, `${t} ${dof}`, 1e-12))).toEqual(
      [],
    )
    const shares = [1e-300, 1e-20, 1e-5, 0.02, 0.3, 0.5, 0.7, 0.975]
    expect(shares.flatMap((p) => farOff(normalTails(normalQuantile(p)).lower, p, '', 1e-12))).toEqual([])
  })
})

describe('pearson', () => {
  test.each(figures.pearson)('has the figures of $name', ({ x, y, result }) => {
    expect(farOff(pearson(numbers(x), numbers(y)), result)).toEqual([])
  })

  test('has p-values far below 1e-30', () => {
    expect(figures.pearson.map(({ result }) => Number(result['p'])).filter((p) => p < 1e-30)).not.toEqual([])
  })
})

describe('spearman', () => {
  test.each(figures.spearman)('has the figures of $name', ({ x, y, result }) => {
    expect(farOff(spearman(numbers(x), numbers(y)), result)).toEqual([])
  })
})

describe('linearFit', () => {
  test.each(figures.linearFit)('has the figures of $name', ({ x, y, confidence, result }) => {
    const { at, predicted, ...rest } = result
    const fit = linearFit(numbers(x), numbers(y), { confidence })
    expect(farOff(fit, rest)).toEqual([])
    expect(farOff(fit.predict(at), predicted)).toEqual([])
  })
})

describe('tTest', () => {
  test.each(figures.tTest)('has the figures of $name', ({ x, y, options, result }) => {
    const found = y === null ? tTest(numbers(x), options) : tTest(numbers(x), numbers(y), options)
    expect(farOff(found, result)).toEqual([])
  })
})

describe('chiSquare', () => {
  test.each(figures.independence)('has the figures of a table, $name, Yates $yates', ({ table, yates, result }) => {
    // chi2 itself is a rounding error where the rows are proportional.
    expect(farOff(chiSquare(table, { yates }), result)).toEqual([])
  })

  test.each(figures.goodnessOfFit)('has the figures of a fit, $name', ({ observed, expected, ddof, result }) => {
    const found = expected ? chiSquare(observed, expected, { ddof }) : chiSquare(observed, { ddof })
    expect(farOff(found, result)).toEqual([])
  })
})

describe('anova', () => {
  test.each(figures.anova)('has the figures of $name', ({ groups, result }) => {
    expect(farOff(anova(...groups.map(numbers)), result)).toEqual([])
  })
})

describe('shapiro', () => {
  test.each(figures.shapiro)('has the figures of $name', ({ x, result }) => {
    expect(farOff(shapiro(numbers(x)), result)).toEqual([])
  })
})

describe('skewness and kurtosis', () => {
  test.each(figures.shape)('have the figures of $name', ({ x, result: { g1, G1, g2, G2 } }) => {
    const values = numbers(x)
    expect(farOff({ g1: skewness(values, { bias: true }), G1: skewness(values) }, { g1, G1 })).toEqual([])
    expect(farOff(kurtosis(values, { bias: true }), g2)).toEqual([])
    if (G2 !== null) expect(farOff(kurtosis(values), G2)).toEqual([])
  })
})

describe('quantile', () => {
  test.each(figures.quantile)('has the figures of $name, by each method', ({ x, q, result }) => {
    for (const [method, wanted] of Object.entries(result) as [QuantileMethod, number[]][]) {
      expect(farOff(quantile(numbers(x), q, { method }), wanted, method)).toEqual([])
      // Few quantiles are selected, many read from sorted numbers.
      expect(farOff(quantile(numbers(x), q.slice(2, 7), { method }), wanted.slice(2, 7), method)).toEqual([])
    }
  })
})

describe('histogramBins', () => {
  test.each(figures.bins)('has the edges and counts of $name in $bins', ({ x, bins, result }) => {
    const found = histogramBins(numbers(x), { bins: bins! })
    expect(farOff(found.edges, result.edges)).toEqual([])
    expect(found.counts).toEqual(result.counts)
  })
})
