// The legend: lines shown as lines with their dashes; bars, areas and points as squares; in the order of the datasets.
import Chart, { type ChartConfiguration, type LegendItem } from 'chart.js/auto'
import { datasetsOf, isRound, type Dataset } from './config.ts'
import { isFilled, isLayered } from './datasets.ts'
import { shortenText } from './measure.ts'

/** Defaults for the legend's labels; `space` is the most that one may be wide, in pixels. */
export function legendLabels(config: ChartConfiguration, size: (pixels: number) => number, space: number): object {
  const given: object = config.options?.plugins?.legend?.labels ?? {}
  const square = { boxWidth: size(16), boxHeight: size(16), padding: size(16) }
  return {
    ...square,
    ...(isRound(config.type) ? {} : { filter: ({ text }: LegendItem) => isName(text) }),
    ...(isLayered(config) ? { sort: byDataset } : {}),
    ...('generateLabels' in given ? {} : { generateLabels: shortened(config, size, space) }),
    ...swatches(config, given, size, space),
  }
}

/** Whether to show a legend by default: for slices, and for several datasets with names. */
export function hasLegend(config: ChartConfiguration): boolean {
  const datasets = datasetsOf(config)
  return isRound(config.type) || (datasets.length > 1 && datasets.some(({ label }) => isName(label)))
}

function isName(label: unknown): boolean {
  return label !== undefined && label !== null && label !== ''
}

function byDataset(one: LegendItem, other: LegendItem): number {
  return (one.datasetIndex ?? 0) - (other.datasetIndex ?? 0)
}

/** Chart.js's own items with texts that fit. */
function shortened(
  { type }: ChartConfiguration,
  size: (pixels: number) => number,
  space: number,
): (chart: Chart) => LegendItem[] {
  return (chart) => {
    const own = isRound(type) ? Chart.overrides[type as 'pie'].plugins?.legend?.labels : undefined
    const make = own?.generateLabels ?? Chart.defaults.plugins.legend.labels.generateLabels
    return make(chart).map((item) =>
      typeof item.text === 'string' ? { ...item, text: shortenText(item.text, space, size(16)) } : item,
    )
  }
}

function swatches(config: ChartConfiguration, given: object, size: (pixels: number) => number, space: number): object {
  const lines = datasetsOf(config).map((dataset) => isLine(config, dataset))
  if (!lines.includes(true) || ['usePointStyle', 'pointStyle', 'generateLabels'].some((name) => name in given))
    return {}
  return {
    usePointStyle: true,
    // With this width squares would become as wide as lines, so it is only set if there are none.
    ...(lines.includes(false) ? {} : { pointStyleWidth: size(30) }),
    generateLabels(chart: Chart): LegendItem[] {
      const items = shortened(config, size, space)(chart)
      return items.map((item) => {
        const index = item.datasetIndex ?? 0
        if (!lines[index]) return { ...item, pointStyle: 'rect', rotation: 0 }
        return { ...item, ...strokeOf(chart.getDatasetMeta(index).dataset?.options), pointStyle: 'line', rotation: 0 }
      })
    },
  }
}

function isLine(config: ChartConfiguration, dataset: Dataset): boolean {
  const type = dataset.type ?? config.type
  if (isFilled(config, dataset)) return false
  return type === 'line' ? dataset.showLine !== false : type === 'scatter' && dataset.showLine === true
}

/** The line's own stroke; by default Chart.js uses the style of its first point. */
function strokeOf(options: Readonly<Record<string, unknown>> | undefined): Partial<LegendItem> {
  const { borderColor, borderDash, borderDashOffset, borderWidth, borderCapStyle } = options ?? {}
  return {
    strokeStyle: borderColor as LegendItem['strokeStyle'],
    lineDash: borderDash as number[],
    lineDashOffset: borderDashOffset as number,
    lineWidth: borderWidth as number,
    lineCap: borderCapStyle as LegendItem['lineCap'],
  }
}
