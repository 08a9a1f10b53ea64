// Labels with the values: on bars where there is space for all of them, as percentages on the slices of a pie.
import type { Chart, ChartConfiguration } from 'chart.js'
import { FONT_FAMILY } from '../layout/text.ts'
import {
  datasetsOf,
  givenScales,
  indexAxisOf,
  isPlain,
  isRound,
  isStacked,
  otherAxis,
  partOf,
  scaleIdOf,
  valuesOf,
  type Axis,
  type Dataset,
} from './config.ts'
import { inkOn } from './css-colour.ts'
import { percentFormat, styleIn, valueFormat } from './language.ts'
import { measureText } from './measure.ts'
import type { Display } from './style.ts'

/** With more bars than this, labels are not even tried. */
const MAX_LABELS = 80
/** The smallest share of a pie that has a label inside. */
const MIN_SHARE = 0.03
const HOOKS = ['afterDatasetsDraw', 'afterDatasetDraw', 'afterDraw', 'beforeDatasetsDraw'] as const

/** What chartjs-plugin-datalabels gives callbacks. */
interface Context {
  readonly chart: Chart
  readonly dataset: object
  readonly datasetIndex: number
  readonly dataIndex: number
}

/** Whether a configuration's own text or plugin draws what labels would. */
function hasOwnLabels({ plugins = [], options }: ChartConfiguration): boolean {
  const given = { ...(options?.plugins as Readonly<Record<string, unknown>> | undefined) }['datalabels']
  if (given === false || (isPlain(given) && given['display'] === false)) return true
  return plugins.some((plugin) => plugin.id === 'datalabels' || HOOKS.some((hook) => hook in plugin))
}

/** Whether the configuration asks for labels itself. */
export function asksForLabels(config: ChartConfiguration): boolean {
  const isSet = (given: unknown): boolean => isPlain(given) && given['display'] !== false
  const { datasets } = config.data as { datasets: readonly { readonly datalabels?: unknown }[] }
  const plugins: Readonly<Record<string, unknown>> = { ...config.options?.plugins }
  return isSet(plugins['datalabels']) || datasets.some(({ datalabels }) => isSet(datalabels))
}

/** Whether a chart gets labels by default. */
export function suitsLabels(config: ChartConfiguration): boolean {
  return !hasOwnLabels(config) && (config.type === 'pie' || config.type === 'doughnut' || barsOf(config).length > 0)
}

/** The datasets whose bars get labels: numbers on bars alone, not many. */
function barsOf(config: ChartConfiguration): readonly Dataset[] {
  const all = datasetsOf(config)
  const bars = all.filter(({ hidden }) => hidden !== true)
  const isPlainBar = (dataset: Dataset): boolean =>
    (dataset.type ?? config.type) === 'bar' && numbersOf(config, dataset).length === valuesOf(dataset).length
  const count = bars.reduce((sum, dataset) => sum + valuesOf(dataset).length, 0)
  return count > 0 && count <= MAX_LABELS && bars.every(isPlainBar) ? bars : []
}

/** The values of bars; fewer than the bars if some are ranges or no numbers. */
function numbersOf(config: ChartConfiguration, dataset: Dataset): number[] {
  const axis = otherAxis(indexAxisOf(config, dataset))
  return valuesOf(dataset).flatMap((value) => {
    const number = isPlain(value) ? partOf(value, axis) : value
    return number === null || number === undefined || Number.isNaN(number)
      ? [0]
      : typeof number === 'number'
        ? [number]
        : []
  })
}

/** The options of the datalabels plugin: those given, with defaults for what they leave out. */
export function labelOptions(config: ChartConfiguration, display: Display): Record<string, unknown> {
  const given: unknown = (config.options?.plugins as Readonly<Record<string, unknown>> | undefined)?.['datalabels']
  const asked = asksForLabels(config)
  const own = isPlain(given) ? given : {}
  const size = Math.max(8, Math.round(14 * display.unit))
  const font = { family: FONT_FAMILY, size, ...(isPlain(own['font']) ? own['font'] : {}) }
  const defaults = isRound(config.type) ? onSlices(config, display) : onBars(config, display, size, asked)
  return { ...defaults, ...own, font }
}

function onSlices(config: ChartConfiguration, { theme, locale }: Display): Record<string, unknown> {
  const percent = percentFormat(locale)
  const shareOf = ({ chart, dataset, dataIndex }: Context): number => {
    const numbers = valuesOf(dataset as Dataset).map((value, i) =>
      chart.getDataVisibility(i) ? Math.abs(Number(value)) || 0 : 0,
    )
    const total = numbers.reduce((sum, value) => sum + value, 0)
    return total > 0 ? (numbers[dataIndex] ?? 0) / total : 0
  }
  return {
    color: (context: Context) => inkOn(colourAt(context), theme),
    formatter: (_value: unknown, context: Context) => percent(shareOf(context)),
    display: (context: Context) => config.type !== 'polarArea' && shareOf(context) >= MIN_SHARE,
    // Further out than the middle, where slices are wider.
    ...(config.type === 'pie'
      ? { anchor: 'end', align: 'start', offset: (context: Context) => radiusOf(context) * 0.16 }
      : {}),
  }
}

function radiusOf({ chart, datasetIndex, dataIndex }: Context): number {
  const arc = chart.getDatasetMeta(datasetIndex).data[dataIndex] as unknown as { readonly outerRadius?: number }
  return arc?.outerRadius ?? 0
}

function colourAt({ chart, datasetIndex, dataIndex }: Context): unknown {
  return chart.getDatasetMeta(datasetIndex).data[dataIndex]?.options?.['backgroundColor']
}

function onBars(config: ChartConfiguration, display: Display, size: number, asked: boolean): Record<string, unknown> {
  const bars = barsOf(config)
  const all = datasetsOf(config)
  const numbers = (asked ? all : bars).flatMap((dataset) => numbersOf(config, dataset))
  const formatFor = all.map((dataset) =>
    valueFormat(styleIn(display.locale, unitTexts(config, dataset), display.valueUnit), numbers),
  )
  const isOneStack = all.length > 1 && all.every((dataset) => isStacked(config, dataset))
  const widest = bars.reduce(
    (most, dataset, i) =>
      numbersOf(config, dataset).reduce((wide, value) => Math.max(wide, measureText(formatFor[i]!(value), size)), most),
    0,
  )
  const write = (value: unknown, { datasetIndex, dataset }: Context): unknown => {
    const number = isPlain(value) ? partOf(value, otherAxis(indexAxisOf(config, dataset))) : value
    return typeof number === 'number' ? (Number.isFinite(number) ? formatFor[datasetIndex]?.(number) : null) : number
  }
  const isBar = ({ dataset }: Context): boolean => ((dataset as Dataset).type ?? config.type) === 'bar'
  const fits = (context: Context): boolean =>
    isBar(context) &&
    bars.length > 0 &&
    hasSpace(context, { widest, size, axis: indexAxisOf(config), isInside: isOneStack })
  return {
    formatter: write,
    display: asked ? 'auto' : fits,
    clamp: true,
    anchor: (context: Context) => (isBar(context) && isOneStack ? 'center' : 'end'),
    align: (context: Context) => (isBar(context) && isOneStack ? 'center' : 'end'),
    offset: Math.round(size / 4),
    padding: 0,
    color: (context: Context) =>
      isBar(context) && isOneStack ? inkOn(colourAt(context), display.theme) : display.theme.text,
  }
}

interface LabelSpace {
  readonly widest: number
  readonly size: number
  readonly axis: Axis
  readonly isInside: boolean
}

/** Whether the widest label has space beside its neighbours, and one inside a bar in the bar. */
function hasSpace({ chart, datasetIndex, dataIndex }: Context, { widest, size, axis, isInside }: LabelSpace): boolean {
  const meta = chart.getDatasetMeta(datasetIndex)
  const places = meta.data.map((bar) => (axis === 'x' ? bar.x : bar.y)).toSorted((a, b) => a - b)
  const pitch = places.slice(1).reduce((least, place, i) => Math.min(least, place - places[i]!), Infinity)
  const bar = meta.data[dataIndex] as unknown as { readonly width: number; readonly height: number } | undefined
  if (!bar) return false
  const across = axis === 'x' ? bar.width : bar.height
  // Bars of several datasets stand side by side, a little apart.
  const grouped = visibleBars(chart) > 1 && !isInside
  const free = grouped ? across * 1.08 : Math.min(pitch, Math.max(chart.width, chart.height) / 2)
  const [wide, high] = axis === 'x' ? [free, bar.height] : [bar.width, free]
  const isLow = high < size * 1.15
  if (axis === 'x') return widest + size * 0.3 <= wide && !(isInside && isLow)
  return !isLow && !(isInside && widest > wide)
}

function visibleBars(chart: Chart): number {
  return chart.getSortedVisibleDatasetMetas().filter(({ type }) => type === 'bar').length
}

/** The texts that may name the unit of a dataset's values: the title of its axis, its own label, the chart's title. */
function unitTexts(config: ChartConfiguration, dataset: Dataset): readonly string[] {
  const { title } = givenScales(config).get(scaleIdOf(dataset, otherAxis(indexAxisOf(config, dataset)))) ?? {}
  return [isPlain(title) ? title['text'] : undefined, dataset.label, config.options?.plugins?.title?.text]
    .flat()
    .filter((text) => typeof text === 'string')
}

/** How much of a value axis labels beyond the bars take, as `grace` of Chart.js; undefined if there are none. */
export function labelGrace(config: ChartConfiguration, display: Display): string | undefined {
  if (!suitsLabels(config) || isRound(config.type)) return undefined
  const bars = barsOf(config)
  if (bars.length === 0 || (bars.length > 1 && bars.every((dataset) => isStacked(config, dataset)))) return undefined
  if (indexAxisOf(config) === 'x') return '6%'
  const numbers = bars.flatMap((dataset) => numbersOf(config, dataset))
  const write = valueFormat(styleIn(display.locale, unitTexts(config, bars[0]!), display.valueUnit), numbers)
  const widest = numbers.reduce((most, value) => Math.max(most, measureText(write(value), 14 * display.unit)), 0)
  const share = (widest + 8 * display.unit) / (display.width * 0.6)
  return `${Math.min(40, Math.ceil((share / (1 - share)) * 100))}%`
}
