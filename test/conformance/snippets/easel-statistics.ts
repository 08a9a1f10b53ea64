// easel: statistics of columns with gaps, tests, fits, bins, and their errors
import {
  anova, chiSquare, describe, histogramBins, kurtosis, linearFit, pearson, quantile, readTable, shapiro, skewness,
  spearman, summarize, tTest,
} from 'easel'

const table = await readTable('sales.csv')
console.table(describe(table, { digits: 4 }))
console.log(describe(table.rows), summarize(table))
console.log(describe(await readTable('regions.csv')))

let state = 1
const random = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32
const x = Float64Array.from({ length: 5000 }, () => random() + random() + random() - 1.5)
const y = Array.from(x, (value, i) => (i % 50 === 0 ? null : 2 * value + random()))
console.log(describe(x), quantile(y, [0.1, 0.5, 0.9]), quantile(x, 0.5, { method: 'hazen' }))
console.log(pearson(x, y), spearman(x, y), skewness(x), kurtosis(x, { bias: true }), shapiro(x.slice(0, 500)))
const fit = linearFit(x, y, { confidence: 0.9 })
console.log(fit, fit.predict(3))
console.log(tTest(x), tTest(x, y, { paired: true, alternative: 'less' }), tTest(x, y), tTest(x, y, { equalVariances: true }))
console.log(anova(x.slice(0, 40), y.slice(0, 50), [1, 2, 3]), chiSquare([[12, 5], [3, 9]]), chiSquare([18, 22, 20]))
console.log(chiSquare(['是', '否', '是', '是', null], ['北', '南', '北', '南', '南']))
console.log(histogramBins(x), histogramBins(y, { bins: 8, nice: true }), histogramBins([1, 2, 2, 9]).labels)

const failures: (() => unknown)[] = [
  () => pearson([1, 2], [3, 4]),
  () => pearson([1, 2, 3], [1, 2]),
  () => tTest([3, 3, 3]),
  () => quantile([], 0.5),
  () => histogramBins([1, 2], { bins: 0 }),
  () => chiSquare([[1, 2], [3]]),
]
for (const failure of failures) {
  try {
    console.log(failure())
  } catch (error) {
    console.log(String(error))
  }
}
