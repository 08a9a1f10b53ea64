// simple-statistics: averages, spread, regression, correlation, tests, clusters, and samples by the cell's seed
import * as ss from 'simple-statistics'
import { linearRegression, linearRegressionLine, rSquared, sampleCorrelation } from 'simple-statistics'

const x = Array.from({ length: 40 }, (_, i) => i + Math.sin(i) * 3)
const y = x.map((value, i) => 2.5 * value - 7 + Math.cos(i * 1.7) * 4)
const pairs = x.map((value, i) => [value, y[i]!])
const line = linearRegressionLine(linearRegression(pairs))
console.log(linearRegression(pairs), rSquared(pairs, line), sampleCorrelation(x, y), line(100))
console.log(ss.mean(x), ss.median(y), ss.mode([1, 2, 2, 3]), ss.sampleStandardDeviation(x), ss.sampleVariance(y), ss.interquartileRange(x))
console.log(ss.quantile(x, [0.1, 0.5, 0.9]), ss.sampleSkewness(y), ss.sampleKurtosis(y), ss.medianAbsoluteDeviation(x), ss.geometricMean([1, 4, 9]))
console.log(ss.tTest(x, 20), ss.tTestTwoSample(x, y, 0), ss.zScore(3, 1, 2), ss.cumulativeStdNormalProbability(1.96), ss.wilcoxonRankSum([1, 3], [2, 4, 6]))
console.log(ss.ckmeans([1, 2, 30, 31, 90], 3), ss.jenks([1, 2, 30, 31, 90], 3), ss.shuffle([1, 2, 3, 4, 5]), ss.sample(x, 3, Math.random))
try { ss.sampleCorrelation([1], [1]) } catch (error) { console.log(String(error)) }
console.log(Object.keys(ss).length)
