// Numbers on axes: in the chart's language, shortened when they are large, with their unit, years without separators.
import type { ChartConfiguration, Scale as DrawnScale } from 'chart.js'
import {
  datasetsOf,
  givenScales,
  indexAxisOf,
  isPlain,
  otherAxis,
  partOf,
  scaleIdOf,
  valuesOf,
  type Scale,
} from './config.ts'
import { labelGrace } from './labels.ts'
import { styleIn, tickFormat } from './language.ts'
import type { Display } from './style.ts'

/** Options of the ticks of an axis with numbers; nothing where the configuration formats them itself. */
export function numbersOn(config: ChartConfiguration, id: string, scale: Scale, display: Display): object {
  const { ticks } = scale
  if (ticks?.['callback'] !== undefined || ticks?.['format'] !== undefined) return {}
  if (scale.type === 'time' || scale.type === 'timeseries') return {}
  const isYears = holdsYears(config, id)
  const isValues = datasetsOf(config).some(
    (dataset) => scaleIdOf(dataset, otherAxis(indexAxisOf(config, dataset))) === id,
  )
  const texts = isValues ? [titleText(config, id, scale), chartTitle(config)] : [titleText(config, id, scale)]
  const style = styleIn(display.locale, texts, isValues ? display.valueUnit : undefined)
  return {
    callback(this: DrawnScale, value: unknown, index: number, all: DrawnScale['ticks']): unknown {
      if (this.type !== 'linear' && this.type !== 'logarithmic') return this.getLabelForValue(value as number)
      if (typeof value !== 'number') return value
      if (isYears) return String(value)
      if (this.type === 'logarithmic')
        return logTick(this, value, index, all) ? tickFormat(style, Math.abs(value), smallest(value))(value) : ''
      const largest = Math.max(Math.abs(this.min), Math.abs(this.max))
      return tickFormat(style, largest, stepOf(all))(value)
    },
  }
}

/** The title of an axis, or the name of the only dataset on it. */
function titleText(config: ChartConfiguration, id: string, { title }: Scale): string {
  if (isPlain(title) && typeof title['text'] === 'string') return title['text']
  const on = datasetsOf(config).filter((dataset) => [scaleIdOf(dataset, 'x'), scaleIdOf(dataset, 'y')].includes(id))
  const label = on.length === 1 ? on[0]!.label : undefined
  return typeof label === 'string' ? label : ''
}

function chartTitle({ options }: ChartConfiguration): string {
  return [options?.plugins?.title?.text]
    .flat()
    .filter((line) => typeof line === 'string')
    .join(' ')
}

function stepOf(ticks: DrawnScale['ticks']): number {
  return (
    ticks.slice(1).reduce((least, { value }, i) => Math.min(least, Math.abs(value - ticks[i]!.value)), Infinity) || 1
  )
}

/** The step that shows a single number: 0.05 with two decimals, 500 with none. */
function smallest(value: number): number {
  return 10 ** Math.min(0, Math.floor(Math.log10(Math.abs(value)) + 1e-9))
}

/** Powers of ten, and between them 2 and 5 where few powers are shown. */
function logTick({ min, max }: DrawnScale, value: number, index: number, ticks: DrawnScale['ticks']): boolean {
  const digit = Math.round(value / 10 ** Math.floor(Math.log10(value) + 1e-9))
  const decades = Math.log10(max / Math.max(min, 1e-300))
  return (
    digit === 1 || (decades < 3 && (digit === 2 || digit === 5)) || ticks.length < 6 || (index === 0 && decades < 1)
  )
}

/** Whether all positions on an axis are whole numbers that look like years. */
function holdsYears(config: ChartConfiguration, id: string): boolean {
  const isYear = (value: unknown): boolean => Number.isInteger(value) && Number(value) >= 1000 && Number(value) <= 2999
  const along = datasetsOf(config).filter((dataset) => scaleIdOf(dataset, indexAxisOf(config, dataset)) === id)
  const values = along.flatMap((dataset) =>
    valuesOf(dataset)
      .slice(0, 200)
      .map((value) => partOf(value, indexAxisOf(config, dataset))),
  )
  const title = titleText(config, id, givenScales(config).get(id) ?? {})
  const isNear = values.every((value) => Number(value) >= 1800 && Number(value) <= 2100)
  return values.length > 0 && values.every(isYear) && (isNear || /year|年|jahr|año|année|anno/i.test(title))
}

/** Space for the labels of bars beyond their ends, unless the axis has an end of its own. */
export function graceOf(config: ChartConfiguration, id: string, scale: Scale, display: Display): object {
  const bars = datasetsOf(config).filter(({ type }) => (type ?? config.type) === 'bar')
  const isValues = bars.some((dataset) => scaleIdOf(dataset, otherAxis(indexAxisOf(config, dataset))) === id)
  const isFixed = ['max', 'suggestedMax', 'grace'].some((name) => name in scale)
  if (!isValues || isFixed || (scale.type !== undefined && scale.type !== 'linear')) return {}
  const grace = labelGrace(config, display)
  return grace === undefined ? {} : { grace }
}
