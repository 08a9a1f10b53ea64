// Defaults for datasets: colours, drawing order and filling of stacked areas.
import type { ChartConfiguration, ChartDataset } from 'chart.js'
import { datasetsOf, indexAxisOf, isRound, isStacked, otherAxis, scaleIdOf, valuesOf, type Dataset } from './config.ts'
import { parseCssColour, visibleColour } from './css-colour.ts'
import { kindDefaults, trendDefaults } from './kinds.ts'
import type { Display } from './style.ts'
import type { Theme } from './theme.ts'

/** The datasets with defaults; the given ones are not modified. */
export function withDatasetDefaults(config: ChartConfiguration, display: Display): ChartDataset[] {
  const { unit, theme } = display
  const datasets = datasetsOf(config)
  const layered = isLayered(config)
  const isOneStack = new Set(datasets.map((dataset) => stackOf(config, dataset))).size === 1 && datasets.length > 1
  return config.data.datasets.map((dataset, i) => {
    const type = dataset.type ?? config.type
    const below = areaBelow(config, datasets, i)
    const isArea = isFilled(config, dataset)
    return {
      ...lookOf(dataset, { type, index: i, unit, theme, isArea, isLaid: below !== undefined && isOneStack }),
      ...kindDefaults(config, dataset, i, display),
      ...(layered ? { order: type === 'bar' || isOpaqueArea(config, dataset) ? 1 : 0 } : {}),
      ...dataset,
      ...trendDefaults(dataset, display),
      ...(below !== undefined && below !== i ? { fill: below < i ? `-${i - below}` : `+${below - i}` } : {}),
    }
  })
}

/** Whether bars are combined with lines or points and no `order` is set; Chart.js would then draw the first on top. */
export function isLayered(config: ChartConfiguration): boolean {
  const datasets = datasetsOf(config)
  const types = datasets.map(({ type }) => type ?? config.type)
  return (
    types.includes('bar') && types.some((type) => type !== 'bar') && datasets.every(({ order }) => order === undefined)
  )
}

/** Whether the area below a line is filled. */
export function isFilled(config: ChartConfiguration, dataset: Dataset): boolean {
  return Boolean(fillOf(config, dataset))
}

function fillOf({ options }: ChartConfiguration, { fill }: Dataset): unknown {
  return fill ?? options?.elements?.line?.fill
}

/** Whether an opaque area would hide the bars, so that it is drawn behind them. */
function isOpaqueArea(config: ChartConfiguration, dataset: Dataset): boolean {
  const colour = dataset.backgroundColor
  return isFilled(config, dataset) && typeof colour === 'string' && (parseCssColour(colour)?.[3] ?? 0) > 240
}

/**
 * The index of the dataset below the stacked area `index`: its own index for the lowest; undefined if it is not a
 * stacked area or sets its own fill target.
 */
function areaBelow(config: ChartConfiguration, datasets: readonly Dataset[], index: number): number | undefined {
  const group = stackOf(config, datasets[index]!)
  if (group === undefined || fillOf(config, datasets[index]!) !== true) return undefined
  const rank = (at: number) => Number(datasets[at]!.order ?? 0)
  const stack = [...datasets.keys()]
    .filter((at) => stackOf(config, datasets[at]!) === group)
    .toSorted((a, b) => rank(a) - rank(b) || a - b)
  return stack[stack.indexOf(index) - 1] ?? index
}

/** A key for the stack of lines that a dataset belongs to; undefined if it is not in one. */
function stackOf(config: ChartConfiguration, dataset: Dataset): string | undefined {
  if ((dataset.type ?? config.type) !== 'line' || dataset.hidden === true || !isStacked(config, dataset))
    return undefined
  const value = otherAxis(indexAxisOf(config, dataset))
  return [scaleIdOf(dataset, 'x'), scaleIdOf(dataset, 'y'), value, String(dataset.stack ?? '')].join('\n')
}

interface DatasetPlace {
  readonly type: string
  readonly index: number
  readonly unit: number
  readonly theme: Theme
  readonly isArea: boolean
  /** Whether it only fills down to the dataset below, so that areas do not overlap. */
  readonly isLaid: boolean
}

function lookOf(dataset: ChartDataset, { type, index, unit, theme, isArea, isLaid }: DatasetPlace): object {
  const { borderColor, backgroundColor } = dataset as Dataset
  const bySlice = isRound(type)
  const isBar = type === 'bar'
  // If only one of the two colours is set, the other follows it, so that the legend shows one colour; bars show their
  // fill anyway.
  const given =
    bySlice || isBar ? undefined : (visibleColour(borderColor, theme) ?? visibleColour(backgroundColor, theme))
  const colour = given ?? theme.colour(index)
  const slices = bySlice ? valuesOf(dataset).map((_, i) => theme.colour(i)) : undefined
  const filled = isLaid ? `${colour}99` : type === 'radar' || isArea ? `${colour}44` : colour
  const { barPercentage, categoryPercentage } = dataset as unknown as Readonly<Record<string, unknown>>
  const isSized = barPercentage !== undefined || categoryPercentage !== undefined
  const isBins = isSized || valuesOf(dataset).some((value) => typeof value === 'object' && value !== null)
  const isDots = type === 'scatter' || type === 'bubble'
  return {
    backgroundColor: slices ?? (isDots ? `${colour}b3` : filled),
    borderColor: bySlice ? theme.background : colour,
    ...(isBar && !isBins ? { maxBarThickness: 180 * unit } : {}),
    borderWidth: isBar ? 0 : isDots ? outlineOf(dataset, type, unit) : Math.max(1, 3 * unit),
    pointRadius: (type === 'line' && valuesOf(dataset).length > 60 ? 0 : type === 'scatter' ? 5 : 3.5) * unit,
  }
}

/** Point styles that consist only of strokes. */
const STROKES = new Set<unknown>(['cross', 'crossRot', 'line', 'dash', 'star'])

/** Border width of points: none, unless the dataset sets an option that only a border can show. */
function outlineOf(dataset: Dataset, type: string, unit: number): number {
  const { showLine, pointStyle, borderColor, pointBorderColor, backgroundColor } = dataset
  if (showLine) return Math.max(1, 3 * unit)
  if ([pointStyle].flat().some((style) => STROKES.has(style))) return Math.max(1, 2.5 * unit)
  if (borderColor !== undefined || pointBorderColor !== undefined) return Math.max(1, 1.5 * unit)
  return type === 'bubble' && backgroundColor === undefined ? Math.max(1, 3 * unit) : 0
}
