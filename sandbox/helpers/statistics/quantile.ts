// Quantiles of numbers, by selection where only a few are asked.
import { argumentError, oneOf } from '../argument.ts'
import { noteUnknown, type All } from '../options.ts'
import { presentNumbers, type Numbers } from './numbers.ts'
import { select, sortedNumbers } from './sort.ts'

const METHODS = ['linear', 'lower', 'higher', 'nearest', 'midpoint', 'hazen', 'weibull', 'median_unbiased'] as const
/** Between which numbers a quantile lies, and how: NumPy's names. */
export type QuantileMethod = (typeof METHODS)[number]

export interface QuantileOptions {
  /** Default 'linear', as NumPy, pandas, R (type 7) and Excel's QUARTILE.INC. */
  method?: QuantileMethod
}

const QUANTILE_OPTIONS: All<QuantileOptions> = { method: true }
/** More quantiles are read from the sorted numbers. */
const MAX_SELECTED = 8

/**
 * The number below which a share `q` (0 to 1) of the numbers lies: `quantile(x, 0.5)` is the median, `quantile(x, [0.25,
 * 0.75])` gives both quartiles. Missing values are left out.
 * @throws TypeError for no numbers, or a share outside 0 to 1.
 */
export function quantile(values: Numbers, q: number, options?: QuantileOptions): number
export function quantile(values: Numbers, q: readonly number[], options?: QuantileOptions): number[]
export function quantile(
  values: Numbers,
  q: number | readonly number[],
  options: QuantileOptions = {},
): number | number[] {
  noteUnknown('quantile', options, QUANTILE_OPTIONS)
  const method = oneOf('quantile', 'method', options.method ?? 'linear', METHODS)
  const shares = typeof q === 'number' ? [q] : q
  if (!Array.isArray(shares)) throw argumentError('quantile', 'q', 'a number or an array of numbers from 0 to 1', q)
  for (const share of shares as unknown[])
    if (typeof share !== 'number' || !(share >= 0 && share <= 1))
      throw argumentError('quantile', 'q', 'a number from 0 to 1 (0.9 for the 90th percentile)', share)
  const present = presentNumbers('quantile', 'values', values)
  const places = shares.map((share) => placeOf(share, present.length, method))
  const sorted = shares.length > MAX_SELECTED ? sortedNumbers(present) : selected(present, places)
  const found = places.map((place) => numberAt(sorted, place))
  return typeof q === 'number' ? found[0]! : found
}

/** The median, quartile … of sorted numbers, linearly between two of them. */
export function sortedQuantile(at: (index: number) => number, n: number, share: number): number {
  return between(at, placeOf(share, n, 'linear'))
}

/** Sorts numbers only as far as the places ask. */
function selected(values: Float64Array, places: readonly number[]): Float64Array {
  const ranks = [...new Set(places.flatMap((place) => [Math.floor(place), Math.ceil(place)]))].sort((a, b) => a - b)
  let from = 0
  for (const rank of ranks) {
    select(values, rank, from)
    from = rank + 1
  }
  return values
}

/** The index in the sorted numbers, between two of them if it is no whole number. */
function placeOf(share: number, n: number, method: QuantileMethod): number {
  const place = (n - 1) * share
  if (method === 'linear') return place
  if (method === 'lower') return Math.floor(place)
  if (method === 'higher') return Math.ceil(place)
  if (method === 'midpoint') return Number.isInteger(place) ? place : Math.floor(place) + 0.5
  if (method === 'nearest') return nearestEven(place)
  // Hyndman and Fan 1996, types 5, 6 and 8.
  const alpha = method === 'hazen' ? 0.5 : method === 'weibull' ? 0 : 1 / 3
  return Math.min(Math.max(n * share + alpha + share * (1 - alpha - alpha) - 1, 0), n - 1)
}

function nearestEven(place: number): number {
  const floor = Math.floor(place)
  if (place - floor !== 0.5) return Math.round(place)
  return floor % 2 === 0 ? floor : floor + 1
}

function numberAt(sorted: Float64Array, place: number): number {
  return between((index) => sorted[index]!, place)
}

function between(at: (index: number) => number, place: number): number {
  const index = Math.floor(place)
  const low = at(index)
  const share = place - index
  if (share === 0) return low
  const high = at(index + 1)
  // From the nearer end, as NumPy: the quantiles rise with their shares, and equal ends give themselves.
  return share < 0.5 ? low + (high - low) * share : high - (high - low) * (1 - share)
}
