// What statistics make of missing values, of columns and typed arrays, and what they say of what they cannot use.
import { describe, expect, test } from 'vitest'
import { anova } from '../../../../sandbox/helpers/statistics/anova.ts'
import { chiSquare } from '../../../../sandbox/helpers/statistics/chi-square.ts'
import { pearson, spearman } from '../../../../sandbox/helpers/statistics/correlation.ts'
import { histogramBins } from '../../../../sandbox/helpers/statistics/histogram-bins.ts'
import { linearFit } from '../../../../sandbox/helpers/statistics/linear-fit.ts'
import type { Numbers } from '../../../../sandbox/helpers/statistics/numbers.ts'
import { quantile } from '../../../../sandbox/helpers/statistics/quantile.ts'
import { kurtosis, skewness } from '../../../../sandbox/helpers/statistics/shape.ts'
import { shapiro } from '../../../../sandbox/helpers/statistics/shapiro.ts'
import { tTest } from '../../../../sandbox/helpers/statistics/t-test.ts'

describe('values', () => {
  const x = [1, 2, 4, 8]
  const y = [3, 5, 4, 9]

  test('may be arrays, typed arrays, columns, sets, truth values and big integers', () => {
    const wanted = pearson(x, y)
    const column = { length: 4, get: (i: number) => x[i], numbers: Float64Array.from(x) }
    expect(pearson(Float64Array.from(x), Uint8Array.from(y))).toEqual(wanted)
    expect(pearson(column, { length: 4, get: (i: number) => y[i] })).toEqual(wanted)
    expect(pearson(new Set(x), y.map(BigInt))).toEqual(wanted)
    expect(pearson([true, false, true], [1, 0, 1]).r).toBe(1)
  })

  test('that are missing are left out, of pairs both, and the numbers given stay as they are', () => {
    const gaps = [null, 1, 2, undefined, 4, NaN, 8]
    const given = Float64Array.of(7, 3, 5, 7, 4, 7, 9)
    expect(pearson(gaps, given)).toEqual(pearson(x, y))
    expect(spearman(gaps, given).n).toBe(4)
    expect(linearFit(gaps, given).n).toBe(4)
    expect(tTest(gaps, given)).toMatchObject({ n: 11, samples: [{ n: 4, mean: 3.75 }, { n: 7 }] })
    expect(tTest(gaps, given, { paired: true })).toMatchObject({ n: 4, dof: 3 })
    expect(shapiro(gaps).n).toBe(4)
    expect(quantile(gaps, [0, 0.5, 1])).toEqual([1, 3, 8])
    expect([...given]).toEqual([7, 3, 5, 7, 4, 7, 9])
  })

  test('of an exact relation give r of 1, and p of about 0', () => {
    expect(pearson([1, 2, 3, 4], [3, 5, 7, 9])).toMatchObject({ r: 1, n: 4 })
    expect(spearman([1, 2, 3, 4], [9, 4, 3, -1])).toEqual({ r: -1, p: 0, n: 4 })
    expect(pearson([1, 2, 3, 4], [3, 5, 7, 9]).p).toBeLessThan(1e-15)
  })
})

describe('what cannot be used', () => {
  const texts = ['a', 'b', 'c'] as unknown as Numbers
  test.each<[string, () => unknown]>([
    ['pearson: expected at least 3 pairs of x and y, received 2', () => pearson([1, 2], [3, 4])],
    [
      'pearson: expected at least 3 pairs of x and y, received 1 (3 that lack a value left out)',
      () => pearson([1, null, 3, 4], [1, 2, null, NaN]),
    ],
    ['spearman: expected as many values in y as in x, received 3 in x and 2 in y', () => spearman([1, 2, 3], [1, 2])],
    ['linearFit: expected numbers that differ in y, received 3 equal to 2', () => linearFit([1, 2, 3], [2, 2, 2])],
    [
      'linearFit: expected a number from 0.000001 to 0.999999999999 for confidence, received 95 (number)',
      () => linearFit([1, 2, 3], [1, 2, 4], { confidence: 95 }),
    ],
    [
      'pearson: expected numbers for x, received "a" (string) at index 0; toNumber(text) of easel reads text',
      () => pearson(texts, [1, 2, 3]),
    ],
    [
      'skewness: expected finite numbers for values, received "-Infinity at index 1" (string)',
      () => skewness([1, -Infinity]),
    ],
    [
      'quantile: expected an array of numbers for values, received 5 (number)',
      () => quantile(5 as unknown as Numbers, 0.5),
    ],
    [
      'quantile: expected at least 1 number in values, received 0 (2 missing left out)',
      () => quantile([null, NaN], 0.5),
    ],
    [
      'quantile: expected a number from 0 to 1 (0.9 for the 90th percentile) for q, received 90 (number)',
      () => quantile([1], 90),
    ],
    ['tTest: expected at least 2 numbers in x, received 1', () => tTest([1])],
    ['tTest: expected numbers that differ in x, received 3 equal to 4', () => tTest([4, 4, 4])],
    [
      'tTest: expected numbers that differ in x or y, received only 1 in x and only 2 in y',
      () => tTest([1, 1], [2, 2]),
    ],
    [
      'tTest: expected numbers that differ in the differences of x and y, received 2 equal to 1',
      () => tTest([2, 3], [1, 2], { paired: true }),
    ],
    ['tTest: expected the second half of the pairs for y, received undefined', () => tTest([1, 2], { paired: true })],
    [
      "tTest: expected one of 'two-sided', 'less', 'greater' for alternative, received \"more\" (string)",
      () => tTest([1, 2], { alternative: 'more' as 'less' }),
    ],
    ['anova: expected at least 2 groups, received 1', () => anova([1, 2])],
    ['anova: expected at least 1 number in group 2, received 0', () => anova([1, 2], [])],
    [
      'anova: expected numbers that differ within a group, received 2 groups without spread',
      () => anova([1, 1], [2, 2]),
    ],
    ['shapiro: expected at least 3 numbers in x, received 2', () => shapiro([1, 2])],
    ['kurtosis: expected at least 4 numbers in values, received 3', () => kurtosis([1, 2, 3])],
    [
      'chiSquare: expected counts of at least 0 for row 1, received -1 (number)',
      () =>
        chiSquare([
          [1, -1],
          [2, 3],
        ]),
    ],
    [
      'chiSquare: expected rows of equal length, received 2 counts in row 1 and 1 in row 2',
      () => chiSquare([[1, 2], [3]]),
    ],
    [
      'chiSquare: expected counts in every row and column, received none in column 2; leave it out',
      () =>
        chiSquare([
          [1, 0],
          [2, 0],
        ]),
    ],
    ['chiSquare: expected at least 2 counts, received 1', () => chiSquare([3])],
    [
      'chiSquare: expected counts with the sum of the observed ones, 10, received 1; scale them: expected.map((count) => count * 10 / 1). Two columns of codes are compared as text: x.map(String)',
      () => chiSquare([4, 6], [0.5, 0.5]),
    ],
    [
      'histogramBins: expected a whole number from 1 to 100000 for bins, received 0 (number)',
      () => histogramBins([1, 2], { bins: 0 }),
    ],
    [
      'histogramBins: expected a number of bins, a rule, or at least 2 ascending edges for bins, received an array of 3',
      () => histogramBins([1, 2], { bins: [1, 3, 2] }),
    ],
  ])('is refused: %s', (message, act) => {
    expect(act).toThrow(new TypeError(message))
  })
})

describe('chiSquare of labels', () => {
  test('counts the pairs that have both, in the order in which labels occur', () => {
    const x = ['男', '女', '女', '男', null, '女']
    const y = ['yes', 'no', 'no', 'no', 'yes', '']
    expect(chiSquare(x, y)).toMatchObject({
      test: 'independence',
      observed: [
        [1, 1],
        [0, 2],
      ],
      rows: ['男', '女'],
      columns: ['yes', 'no'],
      n: 4,
    })
  })
})

describe('nice bins', () => {
  test('have edges that read well and hold every number', () => {
    const { edges, counts, labels, n } = histogramBins([0.13, 0.21, 0.3, 0.49, 0.5, 0.71, 0.97], {
      bins: 10,
      nice: true,
    })
    expect(edges).toEqual([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1])
    expect(counts).toEqual([1, 1, 1, 1, 1, 0, 1, 0, 1])
    expect(labels.slice(0, 2)).toEqual(['0.1 – 0.2', '0.2 – 0.3'])
    expect(n).toBe(7)
  })

  test('of whole numbers are whole', () => {
    expect(histogramBins([18, 22, 25, 31, 44, 90], { bins: 8, nice: true }).edges).toEqual([
      10, 20, 30, 40, 50, 60, 70, 80, 90,
    ])
    expect(histogramBins([1, 2, 2, 3], { bins: 20, nice: true }).edges).toEqual([1, 2, 3])
  })

  test('of one value hold it', () => {
    expect(histogramBins([5, 5], { nice: true })).toMatchObject({ counts: [2], n: 2 })
  })
})
