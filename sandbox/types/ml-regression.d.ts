// Types for ml-regression 6.3.0, which ships none; based on its source and that of the packages that it re-exports.

type Numbers =
  | readonly number[]
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array

export interface RegressionScore {
  /** Correlation coefficient. */
  r: number
  /** Coefficient of determination. */
  r2: number
  /** Sum of the squared residuals over y. */
  chi2: number
  /** Root mean square of the residuals. */
  rmsd: number
}

declare class Regression {
  predict(x: number): number
  predict(x: Numbers): number[]
  score(x: Numbers, y: Numbers): RegressionScore
  /** The formula, with this many significant digits. */
  toString(precision?: number): string
  toLaTeX(precision?: number): string
}

declare class Line extends Regression {
  slope: number
  intercept: number
  /** [intercept, slope]. */
  coefficients: number[]
  constructor(x: Numbers, y: Numbers)
  /** The x that has this y. */
  computeX(y: number): number
  toJSON(): { name: string; slope: number; intercept: number }
}

/** y = slope * x + intercept by least squares. */
export class SimpleLinearRegression extends Line {
  static load(model: ReturnType<SimpleLinearRegression['toJSON']>): SimpleLinearRegression
}
export { SimpleLinearRegression as SLR }

/** y = slope * x + intercept by the medians of slopes, which outliers do not move. */
export class TheilSenRegression extends Line {
  static load(model: ReturnType<TheilSenRegression['toJSON']>): TheilSenRegression
}

interface PolynomialModel {
  name: string
  degree: number
  powers: number[]
  coefficients: number[]
}

/** A polynomial by least squares. */
export class PolynomialRegression extends Regression {
  degree: number
  powers: number[]
  /** Of the powers in their order. */
  coefficients: number[]
  /** `degree`, or the powers that the polynomial has. */
  constructor(x: Numbers, y: Numbers, degree: number | Numbers, options?: { interceptAtZero?: boolean })
  toJSON(): PolynomialModel
  static load(model: PolynomialModel): PolynomialRegression
}

/** A polynomial by least median of squares, over random samples. */
export class RobustPolynomialRegression extends Regression {
  degree: number
  powers: number[]
  coefficients: number[]
  constructor(x: Numbers, y: Numbers, degree: number)
  toJSON(): PolynomialModel
  static load(model: PolynomialModel): RobustPolynomialRegression
}

interface TwoParameters {
  name: string
  A: number
  B: number
}

/** y = B * e^(A * x). */
export class ExponentialRegression extends Regression {
  A: number
  B: number
  constructor(x: Numbers, y: Numbers)
  toJSON(): TwoParameters
  static load(model: TwoParameters): ExponentialRegression
}

/** y = A * x^B. */
export class PowerRegression extends Regression {
  A: number
  B: number
  constructor(x: Numbers, y: Numbers)
  toJSON(): TwoParameters
  static load(model: TwoParameters): PowerRegression
}

/** y = A * x^M for a given M. */
declare class PotentialRegression extends Regression {
  A: number
  M: number
  constructor(x: Numbers, y: Numbers, M: number)
  toJSON(): { name: string; A: number; M: number }
  static load(model: { name: string; A: number; M: number }): PotentialRegression
}
export const NLR: { PotentialRegression: typeof PotentialRegression }
export { NLR as NonLinearRegression }

/** Several inputs and outputs by least squares; a row each. */
export class MultivariateLinearRegression {
  /** A row for each input, then one for the intercept; a column for each output. */
  weights: number[][]
  inputs: number
  outputs: number
  intercept: boolean
  stdError: number
  stdErrors: number[]
  stdErrorMatrix: any
  tStats: any[]
  constructor(x: readonly Numbers[], y: readonly Numbers[], options?: { intercept?: boolean; statistics?: boolean })
  predict(x: Numbers): number[]
  predict(x: readonly Numbers[]): number[][]
  toJSON(): any
  static load(model: any): MultivariateLinearRegression
}

export interface KernelRidgeOptions {
  lambda?: number
  kernelType?: string
  kernelOptions?: Record<string, number>
}

/** Kernel ridge regression; a row of inputs each, and a row of outputs. */
export class KernelRidgeRegression {
  constructor(inputs: readonly Numbers[], outputs: readonly Numbers[], options?: KernelRidgeOptions)
  predict(inputs: readonly Numbers[]): number[][]
  toJSON(): any
  static load(model: any): KernelRidgeRegression
}
export { KernelRidgeRegression as KRR }

/** A polynomial of two inputs; `coefficients` is a matrix of ml-matrix with one column. */
export class PolinomialFitting2D {
  order: number
  coefficients: any
  constructor(inputs: readonly Numbers[], outputs: Numbers, options?: { order?: number })
  predict(inputs: readonly Numbers[]): number[]
  toJSON(): any
  static load(model: any): PolinomialFitting2D
}

/** CommonJS: in Node the default import is the whole module. */
declare const regression: typeof import('./ml-regression.d.ts')
export default regression
