// Bins of a histogram: how many, where their edges lie, and what falls into each. NumPy's bins, or edges that read well.
import { argumentError, integerIn } from '../argument.ts'
import { noteUnknown, type All } from '../options.ts'
import { presentNumbers, type Numbers } from './numbers.ts'
import { quantile } from './quantile.ts'
import { lowerBound } from './sort.ts'

export interface HistogramBinsOptions {
  /** How many bins, their edges in ascending order, or a rule; default 'auto'. */
  bins?: number | readonly number[] | 'auto' | 'sturges' | 'fd'
  /** Edges at multiples of 1, 2, 2.5 or 5 times a power of ten, so about as many bins as asked; default false. */
  nice?: boolean
}

export interface HistogramBins {
  /** One more than counts. A bin holds its lower edge, the last one both. */
  edges: number[]
  counts: number[]
  /** Such as '0 – 10', for the axis of a chart. */
  labels: string[]
  /** Numbers counted; missing ones, and ones outside edges that were given, are left out. */
  n: number
}

const HISTOGRAM_OPTIONS: All<HistogramBinsOptions> = { bins: true, nice: true }
const MAX_BINS = 100_000

/**
 * Counts numbers into bins of equal width. 'auto' is NumPy's rule: the narrower of Sturges 1926 and Freedman and Diaconis
 * 1981 ('fd'), the latter with at most 2√n bins; whole numbers get bins of at least 1. Missing values are left out.
 * @throws TypeError for no numbers, or edges that do not ascend.
 */
export function histogramBins(values: Numbers, options: HistogramBinsOptions = {}): HistogramBins {
  noteUnknown('histogramBins', options, HISTOGRAM_OPTIONS)
  const present = presentNumbers('histogramBins', 'values', values)
  const edges = edgesOf(present, options)
  const counts = countInto(present, edges)
  const labels = counts.map((_, i) => `${short(edges[i]!)} – ${short(edges[i + 1]!)}`)
  return { edges, counts, labels, n: counts.reduce((sum, count) => sum + count, 0) }
}

function edgesOf(values: Float64Array, { bins = 'auto', nice = false }: HistogramBinsOptions): number[] {
  if (typeof bins === 'object') return givenEdges(bins)
  let [low, high] = rangeOf(values)
  if (low === high && !nice) [low, high] = [low - 0.5, high + 0.5]
  const count = typeof bins === 'number' ? integerIn('histogramBins', 'bins', bins, 1, MAX_BINS) : ruled(values, bins)
  const isWhole = values.every(Number.isInteger)
  const edges = nice ? niceEdges(low, high, count, isWhole) : equalEdges(low, high, count)
  if (edges.every((edge, i) => i === 0 || edge > edges[i - 1]!)) return edges
  throw new TypeError(
    `histogramBins: ${count} bins from ${low} to ${high} are narrower than numbers can tell apart; ask for fewer`,
  )
}

function givenEdges(bins: readonly number[]): number[] {
  const edges = Array.from(bins)
  if (edges.length >= 2 && edges.every((edge, i) => Number.isFinite(edge) && (i === 0 || edge > edges[i - 1]!)))
    return edges
  throw argumentError('histogramBins', 'bins', 'a number of bins, a rule, or at least 2 ascending edges', bins)
}

/** How many bins a rule gives. */
function ruled(values: Float64Array, rule: unknown): number {
  const n = values.length
  const [low, high] = rangeOf(values)
  const range = high - low
  if (rule !== 'auto' && rule !== 'sturges' && rule !== 'fd')
    throw argumentError('histogramBins', 'bins', "a number of bins, edges, 'auto', 'sturges' or 'fd'", rule)
  const sturges = range / (Math.log2(n) + 1)
  let width = sturges
  if (rule !== 'sturges') {
    const [first, third] = quantile(values, [0.25, 0.75]) as [number, number]
    const spread = 2 * (third - first) * n ** (-1 / 3)
    width = rule === 'fd' ? spread : Math.min(Math.max(spread, range / Math.sqrt(n) / 2), sturges)
  }
  if (width === 0) return 1
  if (width < 1 && values.every(Number.isInteger)) width = 1
  const count = Math.ceil(range / width)
  if (count <= MAX_BINS) return count
  throw new TypeError(
    `histogramBins: the rule '${rule}' asks for ${count} bins, more than ${MAX_BINS}; give a number of bins`,
  )
}

function equalEdges(low: number, high: number, count: number): number[] {
  const step = (high - low) / count
  return Array.from({ length: count + 1 }, (_, i) => (i === count ? high : low + i * step))
}

function niceEdges(low: number, high: number, count: number, isWhole: boolean): number[] {
  const step = niceStep((high - low) / count || 1, isWhole)
  const first = Math.floor(low / step)
  const last = Math.max(Math.ceil(high / step), first + 1)
  // Multiples of 0.1 without the noise of 0.30000000000000004.
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(15)))
}

/** The nearest of 1, 2, 2.5, 5 times a power of ten; for whole numbers a whole one. */
function niceStep(width: number, isWhole: boolean): number {
  const power = Math.floor(Math.log10(width))
  const steps = [1, 2, 2.5, 5, 10].map((factor) => Number(`${factor}e${power}`))
  const allowed = isWhole ? steps.filter(Number.isInteger) : steps
  const distance = (step: number): number => Math.abs(Math.log(step / width))
  return allowed.reduce((best, step) => (distance(step) < distance(best) ? step : best), allowed[0] ?? 1)
}

function countInto(values: Float64Array, edges: readonly number[]): number[] {
  const counts = Array.from({ length: edges.length - 1 }, () => 0)
  const sorted = Float64Array.from(edges)
  const last = counts.length - 1
  const first = sorted[0]!
  const end = sorted[last + 1]!
  const perUnit = counts.length / (end - first)
  for (const value of values) {
    if (value < first || value > end) continue
    // A guess that is right for equal widths, and the edges themselves decide.
    let bin = Math.min(Math.floor((value - first) * perUnit), last)
    const isRight = value >= sorted[bin]! && (value < sorted[bin + 1]! || bin === last)
    if (!isRight)
      bin = Math.min(
        sorted[lowerBound(sorted, value)] === value ? lowerBound(sorted, value) : lowerBound(sorted, value) - 1,
        last,
      )
    counts[bin]!++
  }
  return counts
}

function rangeOf(values: Float64Array): [number, number] {
  let low = Infinity
  let high = -Infinity
  for (const value of values) {
    if (value < low) low = value
    if (value > high) high = value
  }
  return [low, high]
}

function short(value: number): string {
  return String(Number(value.toPrecision(6)))
}
