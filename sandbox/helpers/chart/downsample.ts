// Charts of more values than pixels: fewer are drawn that look the same, and a note says so.
import type { ChartConfiguration, ChartDataset } from 'chart.js'
import { note } from '../notes.ts'
import { datasetsOf, indexAxisOf, isPlain, nameOf, otherAxis, valuesOf, type Dataset } from './config.ts'

/** Up to this many values of a dataset are drawn as they are. */
const MAX_VALUES = 6000
/** Points of one dataset are thinned out to one per square of this many pixels. */
const CELL = 2

/** The configuration with fewer values where there are very many; otherwise the same. */
export function withFewerValues(config: ChartConfiguration, width: number, height: number): ChartConfiguration {
  const datasets = datasetsOf(config)
  if (datasets.every((dataset) => valuesOf(dataset).length <= MAX_VALUES)) return config
  if (datasets.some(({ parsing }) => parsing !== undefined) || config.options?.parsing !== undefined) return config
  const types = new Set(datasets.map(({ type }) => type ?? config.type))
  const isPoints = datasets.every((dataset) => isPlain(valuesOf(dataset)[0]))
  if ([...types].every((type) => type === 'scatter' || type === 'bubble'))
    return withThinnedPoints(config, width, height)
  if (![...types].every((type) => type === 'line' || type === 'bar')) return config
  return isPoints ? withExtremesOfPoints(config, width) : withExtremesByLabel(config, width)
}

function say(config: ChartConfiguration, counts: readonly [before: number, after: number][], how: string): void {
  for (const [i, [before, after]] of counts.entries()) {
    if (after < before)
      note(`chart: ${nameOf(datasetsOf(config)[i]!, i)} has ${before} values; ${after} are drawn, ${how}.`)
  }
}

/** The same labels for all datasets: of each stretch, the values that are smallest and largest in one of them. */
function withExtremesByLabel(config: ChartConfiguration, width: number): ChartConfiguration {
  const datasets = datasetsOf(config)
  const lists = datasets.map((dataset) => valuesOf(dataset))
  const count = Math.max(...lists.map((list) => list.length))
  const stretches = Math.max(50, Math.floor(width / lists.length))
  const kept = new Set<number>([0, count - 1])
  for (const list of lists) for (const i of extremes(list.length, stretches, (at) => numberOf(list[at]))) kept.add(i)
  const places = [...kept].toSorted((a, b) => a - b)
  const labels: readonly unknown[] = Array.isArray(config.data.labels) ? config.data.labels : []
  say(
    config,
    lists.map((list) => [list.length, Math.min(list.length, places.length)]),
    'the smallest and largest of each stretch',
  )
  return {
    ...config,
    data: {
      ...config.data,
      labels: places.map((i) => labels[i] ?? (labels.length === 0 ? i : undefined)),
      datasets: config.data.datasets.map((dataset, n) =>
        withData(
          dataset,
          places.map((i) => lists[n]![i] ?? null),
        ),
      ),
    },
  }
}

/** Each dataset of points by itself. */
function withExtremesOfPoints(config: ChartConfiguration, width: number): ChartConfiguration {
  const axis = otherAxis(indexAxisOf(config))
  const kept = datasetsOf(config).map((dataset) => {
    const list = valuesOf(dataset)
    if (list.length <= MAX_VALUES) return list
    const places = [
      0,
      ...extremes(list.length, width, (at) => numberOf((list[at] as Record<string, unknown>)[axis])),
      list.length - 1,
    ]
    return [...new Set(places)].toSorted((a, b) => a - b).map((i) => list[i])
  })
  say(
    config,
    datasetsOf(config).map((dataset, i) => [valuesOf(dataset).length, kept[i]!.length]),
    'the smallest and largest of each stretch',
  )
  return {
    ...config,
    data: { ...config.data, datasets: config.data.datasets.map((dataset, i) => withData(dataset, kept[i]!)) },
  }
}

/** The positions of the smallest and the largest value in each of about `stretches` equal stretches. */
function* extremes(count: number, stretches: number, valueAt: (at: number) => number): Generator<number> {
  const size = Math.max(1, Math.ceil(count / stretches))
  for (let start = 0; start < count; start += size) {
    let [low, high] = [-1, -1]
    let [least, most] = [Infinity, -Infinity]
    for (let at = start; at < Math.min(count, start + size); at++) {
      const value = valueAt(at)
      if (value < least) [least, low] = [value, at]
      if (value > most) [most, high] = [value, at]
    }
    if (low >= 0) yield low
    if (high >= 0 && high !== low) yield high
  }
}

/** One point per small square of the area: those that lie beneath are not seen anyway. */
function withThinnedPoints(config: ChartConfiguration, width: number, height: number): ChartConfiguration {
  const lists = datasetsOf(config).map((dataset) => valuesOf(dataset) as readonly Readonly<Record<string, unknown>>[])
  const xs = rangeOf(lists, 'x')
  const ys = rangeOf(lists, 'y')
  if (!xs || !ys) return config
  const columns = Math.ceil(width / CELL)
  const rows = Math.ceil(height / CELL)
  const kept = lists.map((list) => {
    if (list.length <= MAX_VALUES) return list
    const taken = new Uint8Array((columns + 1) * (rows + 1))
    return list.filter((point) => {
      const [x, y] = [placeOf(point?.['x']), placeOf(point?.['y'])]
      if (!Number.isFinite(x + y)) return false
      const cell =
        Math.floor(((x - xs[0]) / xs[1]) * columns) + (columns + 1) * Math.floor(((y - ys[0]) / ys[1]) * rows)
      const isFree = taken[cell] === 0
      taken[cell] = 1
      return isFree
    })
  })
  say(
    config,
    lists.map((list, i) => [list.length, kept[i]!.length]),
    `one in each square of ${CELL} pixels`,
  )
  return {
    ...config,
    data: { ...config.data, datasets: config.data.datasets.map((dataset, i) => withData(dataset, kept[i]!)) },
  }
}

/** The least position and the extent; undefined if there are positions that are no numbers or dates. */
function rangeOf(
  lists: readonly (readonly Readonly<Record<string, unknown>>[])[],
  axis: 'x' | 'y',
): [number, number] | undefined {
  let [least, most] = [Infinity, -Infinity]
  for (const list of lists) {
    for (const point of list) {
      const place = placeOf(point?.[axis])
      if (place < least) least = place
      if (place > most) most = place
    }
  }
  return most >= least ? [least, most - least || 1] : undefined
}

function placeOf(value: unknown): number {
  if (typeof value === 'number') return value
  return value instanceof Date ? value.getTime() : typeof value === 'string' ? Date.parse(value) : Number.NaN
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : value === null || value === undefined ? Number.NaN : Number(value)
}

function withData(dataset: ChartDataset, data: readonly unknown[]): ChartDataset {
  // Lists of one option per value cannot be matched to fewer values.
  const options = Object.entries(dataset).filter(
    ([, value]) => !Array.isArray(value) || value.length < (dataset as Dataset & { data: unknown[] }).data.length,
  )
  return { ...Object.fromEntries(options), data } as unknown as ChartDataset
}
