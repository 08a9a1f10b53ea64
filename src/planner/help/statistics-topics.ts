// The help on statistics: part of topics.ts, which is listed whole by the help.
import type { Topic } from './topic.ts'

/** Topics of the family statistics. */
export const STATISTICS_TOPICS: readonly Topic[] = [
  {
    names: ['describe', 'statistics', 'quartiles', 'standard deviation'],
    family: 'statistics',
    text: `describe(table | rows, { digits }): { column, type, count, missing, distinct, mean, std, min, q1, median, q3, max, top, freq }[] // of values: one such object
Fast for millions of rows. digits rounds for printing. Values of all statistics: arrays, typed arrays, columns; null and NaN are left out, n says how many were used.`,
    example: `import { describe, readTable } from 'easel'
console.table(describe(await readTable('table.csv'), { digits: 4 }))`,
  },
  {
    names: ['quantile', 'percentile', 'median', 'histogramBins', 'bins', 'skewness', 'kurtosis'],
    family: 'statistics',
    text: `quantile(values, 0.9 | [0.25, 0.75], { method: 'linear' }): number | number[]
histogramBins(values, { bins: 'auto' | 'sturges' | 'fd' | 20 | edges, nice: false }): { edges, counts, labels, n } // nice: edges at round numbers; labels and counts for a bar chart
skewness(values, { bias: false }), kurtosis(values, { bias: false }): number // unbiased as pandas and Excel; kurtosis is excess (normal: 0); bias true as SciPy's default`,
    example: `import { histogramBins, kurtosis, quantile, readTable, skewness } from 'easel'
const x = (await readTable('table.csv')).rows.flatMap((row) => [row['2001'], row['2002'], row['2003']]); console.log(quantile(x, [0.25, 0.75]), histogramBins(x, { nice: true }), skewness(x), kurtosis(x))`,
  },
  {
    names: ['pearson', 'spearman', 'correlation', 'linearFit', 'regression', 'trend line'],
    family: 'statistics',
    text: `pearson(x, y), spearman(x, y): { r, p, n } // n pairs that have both values
linearFit(x, y, { confidence: 0.95 }): { slope, intercept, r2, p, slopeError, interceptError, slopeInterval, interceptInterval, residualError, n, predict(x): { value, interval, predictionInterval } } // intervals [low, high]; interval of the line, predictionInterval of one new y`,
    example: `import { linearFit, pearson, spearman } from 'easel'
const x = [1, 2, 3, 4, 5]; const y = [2.1, 3.9, 6.2, 7.8, null]; console.log(pearson(x, y), spearman(x, y), linearFit(x, y).predict(6).predictionInterval)`,
  },
  {
    names: ['tTest', 't-test', 'anova', 'significance', 'p-value'],
    family: 'statistics',
    text: `tTest(x, { mean: 0 }) // one sample
tTest(x, y, { paired: false, equalVariances: false (Welch), alternative: 'two-sided' | 'less' | 'greater', confidence: 0.95 }): { test, t, dof, p, n, estimate, standardError, interval, cohensD, samples: { n, mean, std }[] } // estimate: the mean, or the difference x - y
anova(a, b, c, ...): { f, p, dofBetween, dofWithin, etaSquared, n, groups: { n, mean, std }[] } // one-way`,
    example: `import { anova, tTest } from 'easel'
const a = [5.1, 4.9, 6.2], b = [6.8, 7.1, 6.9]; console.log(tTest(a, b).p, tTest(a, { mean: 5 }).interval, anova(a, b, [9, 8.5, 9.2]).etaSquared)`,
  },
  {
    names: ['chiSquare', 'chi-squared', 'contingency', 'shapiro', 'normality'],
    family: 'statistics',
    text: `chiSquare([[12, 5], [3, 9]], { yates: true }) // independence of a table of counts
chiSquare(labelsX, labelsY) // of two columns of text; both: { chi2, p, dof, n, cramersV, expected, observed, rows, columns }
chiSquare(counts, expectedCounts): { chi2, p, dof, n, expected } // fit; without expected: equal ones
shapiro(values): { w, p, n } // small p: not normal`,
    example: `import { chiSquare, shapiro } from 'easel'
console.log(chiSquare(['m', 'f', 'f', 'm'], ['yes', 'no', 'no', 'yes']).cramersV, chiSquare([18, 22, 20]).p, shapiro([2, 3, 3, 4, 9]))`,
  },
]
