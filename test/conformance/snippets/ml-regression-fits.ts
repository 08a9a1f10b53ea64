// ml-regression: lines, polynomials, powers, several inputs, robust ones, kernels, formulas, models kept as JSON
import regression, { ExponentialRegression, KRR, MultivariateLinearRegression, NLR, PolinomialFitting2D, PolynomialRegression, PowerRegression, RobustPolynomialRegression, SLR, SimpleLinearRegression, TheilSenRegression } from 'ml-regression'

const x = Array.from({ length: 25 }, (_, i) => i / 3 + 1)
const y = x.map((value, i) => 0.4 * value ** 2 - value + 3 + Math.sin(i * 2.3) / 5)
const line = new SimpleLinearRegression(x, y)
console.log(line.slope, line.intercept, line.predict(10), line.predict([1, 2]), line.toString(4), line.toLaTeX(3), line.score(x, y), line.computeX(7))
const curve = new PolynomialRegression(x, y, 2)
console.log(curve.coefficients, curve.toString(3), curve.toLaTeX(2), curve.predict(3.3), new PolynomialRegression(x, y, [1, 3]).coefficients)
console.log(new ExponentialRegression(x, y.map(Math.abs)).toString(3), new PowerRegression(x, y.map((v) => Math.abs(v) + 1)).toString(3), new NLR.PotentialRegression(x, y, 2).toString(3))
console.log(new TheilSenRegression(x, y).toString(5), new RobustPolynomialRegression(x, y, 2).coefficients)
const inputs = x.map((value, i) => [value, i % 4])
const several = new MultivariateLinearRegression(inputs, y.map((value) => [value, -value]))
console.log(several.weights, several.predict([2, 1]), several.stdError, several.tStats.length)
console.log(new KRR(inputs.slice(0, 6), inputs.slice(0, 6).map(([a]) => [a!]), { lambda: 0.1, kernelType: 'gaussian' }).predict([[2, 1]]))
console.log(new PolinomialFitting2D(inputs, y, { order: 1 }).predict([[2, 1]]), SimpleLinearRegression.load(JSON.parse(JSON.stringify(line))).predict(10), SLR === SimpleLinearRegression)
console.log(Object.keys(regression))
try { new SLR([1], [1, 2]) } catch (error) { console.log(String(error)) }
