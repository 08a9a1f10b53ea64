// Defaults for the types that plugins add: box plots, violins, tree maps, matrices, flows and error bars.
import type { ChartConfiguration } from 'chart.js'
import { FONT_FAMILY } from '../layout/text.ts'
import { datasetsOf, givenScales, isPlain, partOf, valuesOf, type Axis, type Dataset } from './config.ts'
import { inkOn } from './css-colour.ts'
import { styleIn, valueFormat } from './language.ts'
import { measureText, shortenText } from './measure.ts'
import { matrixColour } from './sequential.ts'
import type { Display } from './style.ts'

/** Options of one dataset; nothing for Chart.js's own types. */
export function kindDefaults(config: ChartConfiguration, dataset: Dataset, index: number, display: Display): object {
  const type: string = dataset.type ?? config.type
  const colour = typeof dataset.borderColor === 'string' ? dataset.borderColor : display.theme.colour(index)
  if (type === 'boxplot' || type === 'violin') return boxDefaults(colour, display)
  if (type === 'treemap')
    return treeDefaults(
      dataset,
      display,
      [config.options?.plugins?.title?.text].flat().filter((line) => typeof line === 'string'),
    )
  if (type === 'matrix') return matrixDefaults(dataset, display)
  if (type === 'sankey') return flowDefaults(dataset, display)
  return type.endsWith('WithErrorBars') ? errorDefaults(type, colour, display) : {}
}

function boxDefaults(colour: string, { unit, theme }: Display): object {
  return {
    backgroundColor: `${colour}55`,
    borderColor: colour,
    borderWidth: Math.max(1, 2 * unit),
    medianColor: colour,
    outlierBackgroundColor: `${colour}99`,
    outlierBorderWidth: 0,
    outlierRadius: 3.5 * unit,
    meanBackgroundColor: theme.strong,
    meanRadius: 3 * unit,
    itemRadius: 0,
    maxBarThickness: 120 * unit,
  }
}

/** The options of trend lines, those given with defaults. */
export function trendDefaults(dataset: Dataset, { unit, theme }: Display): object {
  const line = { colorMin: theme.strong, colorMax: theme.strong, width: Math.max(1, 2.5 * unit), lineStyle: 'dashed' }
  const merged = (name: string): object => {
    const given = (dataset as Readonly<Record<string, unknown>>)[name]
    return isPlain(given) ? { [name]: { ...line, ...given } } : {}
  }
  return { ...merged('trendlineLinear'), ...merged('trendlineExponential') }
}

function errorDefaults(type: string, colour: string, { unit, theme }: Display): object {
  const isBar = type === 'barWithErrorBars'
  return {
    backgroundColor: colour,
    borderColor: colour,
    borderWidth: isBar ? 0 : Math.max(1, 3 * unit),
    errorBarColor: isBar ? theme.strong : colour,
    errorBarLineWidth: Math.max(1, 2 * unit),
    errorBarWhiskerColor: isBar ? theme.strong : colour,
    errorBarWhiskerLineWidth: Math.max(1, 2 * unit),
    errorBarWhiskerSize: 12 * unit,
  }
}

/** What chartjs-chart-treemap gives callbacks: a rectangle with its value, group and size. */
interface TreeContext {
  readonly type: string
  readonly dataIndex: number
  readonly raw?: {
    readonly v: number
    readonly g?: string
    readonly l?: number
    readonly w: number
    readonly h: number
  }
}

function treeDefaults(dataset: Dataset, display: Display, titles: readonly string[]): object {
  const { theme, unit, locale, valueUnit } = display
  const { groups, key, tree } = dataset as { groups?: unknown; key?: unknown; tree?: unknown }
  const size = Math.max(8, Math.round(15 * unit))
  const text = typeof key === 'string' ? key : ''
  const leaves: readonly unknown[] = Array.isArray(tree) ? tree : []
  const values = leaves.map((leaf) => Number(isPlain(leaf) ? leaf[text] : leaf)).filter(Number.isFinite)
  const write = valueFormat(styleIn(locale, [text, ...titles], valueUnit), values)
  const levels = Array.isArray(groups) ? groups.length : 0
  // One level: every rectangle its own colour. Several: a colour for each of the outermost.
  const outer: unknown[] = []
  const colourOf = ({ dataIndex, raw }: TreeContext): string => {
    if (levels < 2) return theme.colour(dataIndex)
    const name = (raw as { _data?: { path?: string } } | undefined)?._data?.path?.split('.')[0] ?? raw?.g
    if (!outer.includes(name)) outer.push(name)
    return theme.colour(outer.indexOf(name))
  }
  const linesOf = ({ raw }: TreeContext): string[] => {
    if (!raw) return []
    const space = raw.w - 8 * unit
    const name = raw.g === undefined ? [] : [shortenText(raw.g, space, size)]
    // A name of which only two letters are left says nothing, and a number is whole or not there.
    const isCut = name.some((line) => line.endsWith('…') && line.length < 4)
    const number = measureText(write(raw.v), size) <= space ? [write(raw.v)] : []
    return isCut ? [] : [...name, ...number].filter((_, i) => (i + 1) * size * 1.3 + 6 * unit <= raw.h)
  }
  return {
    spacing: Math.max(1, 2 * unit),
    borderWidth: 0,
    backgroundColor: (context: TreeContext) =>
      context.type === 'data'
        ? levels > 1 && (context.raw?.l ?? 0) < levels - 1
          ? `${colourOf(context)}66`
          : colourOf(context)
        : theme.line,
    labels: {
      display: true,
      font: { family: FONT_FAMILY, size },
      color: (context: TreeContext) => inkOn(colourOf(context), theme),
      formatter: linesOf,
      overflow: 'hidden',
    },
    captions: {
      display: true,
      align: 'left',
      padding: 4 * unit,
      font: { family: FONT_FAMILY, size, weight: 'bold' },
      color: theme.strong,
      hoverColor: theme.strong,
    },
  }
}

/** What chartjs-chart-matrix gives callbacks. */
interface MatrixContext {
  readonly chart: { readonly chartArea?: { readonly width: number; readonly height: number } }
  readonly raw?: unknown
}

function matrixDefaults(dataset: Dataset, display: Display): object {
  const across = categoriesIn(dataset, 'x').length || 1
  const down = categoriesIn(dataset, 'y').length || 1
  const numbers = valuesOf(dataset).map(cellValue).filter(Number.isFinite)
  const colour = matrixColour(numbers, display.theme)
  const gap = Math.max(1, 2 * display.unit)
  return {
    backgroundColor: ({ raw }: MatrixContext) => colour(cellValue(raw)),
    borderWidth: 0,
    width: ({ chart: { chartArea } }: MatrixContext) => Math.max(1, (chartArea?.width ?? 0) / across - gap),
    height: ({ chart: { chartArea } }: MatrixContext) => Math.max(1, (chartArea?.height ?? 0) / down - gap),
    datalabels: matrixLabels(dataset, display, { across, down, numbers, colour }),
  }
}

function matrixLabels(
  dataset: Dataset,
  { unit, theme, locale, valueUnit, width, height }: Display,
  {
    across,
    down,
    numbers,
    colour,
  }: { across: number; down: number; numbers: readonly number[]; colour: (value: number) => string },
): object {
  const label = typeof dataset.label === 'string' ? dataset.label : ''
  const write = valueFormat(styleIn(locale, [label], valueUnit), numbers)
  const size = Math.max(8, Math.round(14 * unit))
  const widest = numbers.slice(0, 400).reduce((most, value) => Math.max(most, measureText(write(value), size)), 0)
  return {
    display: numbers.length <= 400 && (width * 0.75) / across > widest + 6 * unit && (height * 0.7) / down > size * 1.3,
    anchor: 'center',
    align: 'center',
    font: { family: FONT_FAMILY, size },
    color: ({ dataset: { data }, dataIndex }: { dataset: { data: readonly unknown[] }; dataIndex: number }) =>
      inkOn(colour(cellValue(data[dataIndex])), theme),
    formatter: (value: unknown) => (Number.isFinite(cellValue(value)) ? write(cellValue(value)) : null),
  }
}

/** The value of a cell `{ x, y, v }`. */
function cellValue(cell: unknown): number {
  const value = isPlain(cell) ? (cell['v'] ?? cell['value']) : undefined
  return typeof value === 'number' ? value : Number.NaN
}

/** The different positions of a dataset's points along an axis, in their order. */
function categoriesIn(dataset: Dataset, axis: Axis): unknown[] {
  return [...new Set(valuesOf(dataset).map((value) => partOf(value, axis)))]
}

/** The axes of a matrix: categories in the order of the data, without lines. */
export function matrixAxis(config: ChartConfiguration, axis: Axis): object {
  const { type, labels } = givenScales(config).get(axis) ?? {}
  const names = datasetsOf(config).flatMap((dataset) => categoriesIn(dataset, axis))
  // Rows go down, as in a table.
  if (type !== undefined || labels !== undefined) return { offset: true }
  return { type: 'category', labels: [...new Set(names)].map(String), offset: true, reverse: false }
}

function flowDefaults(dataset: Dataset, { unit, theme }: Display): object {
  const names = [...new Set(valuesOf(dataset).flatMap((flow) => (isPlain(flow) ? [flow['from'], flow['to']] : [])))]
  const colourOf = (name: unknown): string => theme.colour(Math.max(0, names.indexOf(name)))
  const at = (
    { dataset: { data }, dataIndex }: { dataset: { data: readonly unknown[] }; dataIndex: number },
    end: string,
  ) => colourOf((data[dataIndex] as Readonly<Record<string, unknown>> | undefined)?.[end])
  type FlowContext = Parameters<typeof at>[0]
  return {
    colorFrom: (context: FlowContext) => at(context, 'from'),
    colorTo: (context: FlowContext) => at(context, 'to'),
    colorMode: 'gradient',
    alpha: 0.55,
    color: theme.text,
    borderWidth: 0,
    nodeWidth: 12 * unit,
    size: 'max',
    font: { family: FONT_FAMILY, size: Math.max(8, Math.round(15 * unit)) },
  }
}
