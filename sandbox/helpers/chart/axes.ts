// Axes: light grid lines across the values only, unobtrusive ticks, and defaults that represent the data correctly.
import type { ChartConfiguration, Scale as DrawnScale } from 'chart.js'
import {
  datasetsOf,
  givenScales,
  indexAxisOf,
  isStacked,
  otherAxis,
  partOf,
  scaleIdOf,
  valuesOf,
  isPlain,
  type Axis,
  type Scale,
} from './config.ts'
import { isFilled } from './datasets.ts'
import { radialScales } from './radial-axis.ts'
import { createWholeTicks, isCallback } from './whole-ticks.ts'
import { wrapTitle } from './headings.ts'
import { matrixAxis } from './kinds.ts'
import { graceOf, numbersOn } from './numbers.ts'
import { namesOn } from './names.ts'
import { isSequence } from './sequence.ts'
import type { Display } from './style.ts'

export type FontMaker = (given: object | undefined, pixels: number) => object

export interface Measures {
  /** Scales pixels of the 1000 x 600 reference chart to this chart. */
  readonly size: (pixels: number) => number
  readonly font: FontMaker
  /** Approximate length of an axis, in pixels. */
  readonly width: number
  readonly height: number
  /** The whole chart. */
  readonly surface: Display
}

/** The axes, with defaults for what they leave out. */
export function scalesOf(config: ChartConfiguration, measures: Measures): Record<string, object> {
  const { size, font, surface } = measures
  const { theme } = surface
  const given = givenScales(config)
  if (config.type === 'radar') return radialScales(config, measures)
  const values = otherAxis(indexAxisOf(config))
  const isMatrix = config.type === ('matrix' as string)
  const isScatter = config.type === 'scatter' || config.type === 'bubble'
  const datasets = datasetsOf(config)
  const own = (['x', 'y'] as const).filter(
    (axis) => datasets.length === 0 || datasets.some((dataset) => scaleIdOf(dataset, axis) === axis),
  )
  const ids = [...new Set([...own, ...given.keys()])]
  const lined = ids.find((id) => axisOf(config, id, given.get(id)) === values) ?? values
  return Object.fromEntries(
    ids.map((id) => {
      const scale = given.get(id) ?? {}
      const lines = isScatter || id === lined || id === values
      const label = id === values ? unseenLabel(config) : undefined
      const across = axisOf(config, id, scale) === 'x'
      const { grid, border, title } = scale as Readonly<Record<string, unknown>>
      return [
        id,
        {
          ...dataAxis(config, id, scale),
          ...(isMatrix && (id === 'x' || id === 'y') ? matrixAxis(config, id) : {}),
          ...graceOf(config, id, scale, surface),
          ...scale,
          border: { display: !lines && !isMatrix, color: theme.quiet, ...(isPlain(border) ? border : {}) },
          grid: { display: lines && !isMatrix, color: zeroLine(theme), ...(isPlain(grid) ? grid : {}) },
          ticks: {
            color: theme.text,
            padding: size(6),
            ...(hasBins(config, id, scale) ? { includeBounds: false } : {}),
            ...numbersOn(config, id, scale, surface),
            ...namesOn(config, id, measures),
            ...(across && hasSequence(config, scale) ? { maxRotation: 0, autoSkipPadding: size(14) } : {}),
            ...scale.ticks,
            font: font(scale.ticks, 15),
          },
          ...(isPlain(title) || label === undefined
            ? {}
            : { title: titleOf({ display: true, text: label }, across ? measures.width : measures.height, measures) }),
          ...(isPlain(title) ? { title: titleOf(title, across ? measures.width : measures.height, measures) } : {}),
        },
      ]
    }),
  )
}

/** Whether the labels are years, months or numbers: some are left out rather than all turned. */
function hasSequence(config: ChartConfiguration, { type, labels }: Scale): boolean {
  const names: unknown = labels ?? config.data.labels
  return (type === undefined || type === 'category') && Array.isArray(names) && names.length > 4 && isSequence(names)
}

/** Lines of a grid; that of zero is stronger where there are values on both of its sides. */
function zeroLine({
  line,
  quiet,
}: Display['theme']): (context: { scale: DrawnScale; tick?: { value: number } }) => string {
  return ({ scale, tick }) => (tick?.value === 0 && scale.min < 0 && scale.max > 0 ? quiet : line)
}

/** The label of the only dataset, which no legend shows; undefined if the title says the same, or the chart has no axes. */
function unseenLabel(config: ChartConfiguration): string | undefined {
  const [dataset, ...others] = datasetsOf(config)
  if (!dataset || others.length > 0 || config.type === ('matrix' as string)) return undefined
  const { label } = dataset
  const { legend, title } = config.options?.plugins ?? {}
  if (
    typeof label !== 'string' ||
    label.trim() === '' ||
    label.length > 80 ||
    (isPlain(legend) && legend['display'] === true)
  )
    return undefined
  const heading = [title?.text].flat().join(' ').toLowerCase()
  return heading.includes(label.trim().toLowerCase()) ? undefined : label
}

function titleOf(title: Readonly<Record<string, unknown>>, space: number, { font, surface }: Measures): object {
  const own = font(title, 16)
  return { color: surface.theme.text, ...title, text: wrapTitle(title['text'], space, own), font: own }
}

/** The direction of an axis, 'x' or 'y'. */
function axisOf(config: ChartConfiguration, id: string, scale: Scale | undefined): string {
  if (scale?.axis === 'x' || scale?.axis === 'y') return scale.axis
  const datasets = datasetsOf(config)
  if (datasets.some(({ xAxisID }) => xAxisID === id)) return 'x'
  if (datasets.some(({ yAxisID }) => yAxisID === id)) return 'y'
  if (scale?.position === 'top' || scale?.position === 'bottom') return 'x'
  if (scale?.position === 'left' || scale?.position === 'right') return 'y'
  return id.slice(0, 1)
}

/** Defaults that the data require of an axis. */
function dataAxis(config: ChartConfiguration, id: string, scale: Scale): object {
  const callback = scale.ticks?.['callback']
  const isSpread = ['boxplot', 'violin'].includes(config.type)
  return {
    // Where values lie, not how long a bar is.
    ...(isSpread ? { beginAtZero: false } : {}),
    ...(scale.type === undefined && hasNumbers(config, id) ? { type: 'linear' } : {}),
    ...(hasStackedAreas(config, id) ? { beginAtZero: true } : {}),
    ...(hasBins(config, id, scale) && hasSpace(config, id, scale) ? { offset: false } : {}),
    ...(isCallback(callback) && callback.length > 0 ? { afterBuildTicks: createWholeTicks(callback) } : {}),
  }
}

/** Whether stacked areas are drawn along an axis; unless it begins at zero, the lowest would be cut off. */
function hasStackedAreas(config: ChartConfiguration, id: string): boolean {
  return datasetsOf(config).some((dataset) => {
    const isHere = scaleIdOf(dataset, otherAxis(indexAxisOf(config, dataset))) === id
    return isHere && (dataset.type ?? config.type) === 'line' && isFilled(config, dataset) && isStacked(config, dataset)
  })
}

/**
 * Whether lines or bars on an axis without labels have numeric positions, which a category axis would all put in one
 * place.
 */
function hasNumbers(config: ChartConfiguration, id: string): boolean {
  const along = indexDatasets(config, id)
  const data = config.data as { labels?: unknown; xLabels?: unknown; yLabels?: unknown }
  if (data.labels !== undefined && !(Array.isArray(data.labels) && data.labels.length === 0)) return false
  if (data.xLabels !== undefined || data.yLabels !== undefined || givenScales(config).get(id)?.labels !== undefined)
    return false
  const points = along.flatMap(({ dataset, axis }) => valuesOf(dataset).map((value) => partOf(value, axis)))
  return points.length > 0 && points.every((part) => typeof part === 'number')
}

interface Along {
  readonly dataset: ReturnType<typeof datasetsOf>[number]
  readonly type: string
  readonly axis: Axis
}

/** The datasets whose index axis is this axis. */
function indexDatasets(config: ChartConfiguration, id: string): Along[] {
  return datasetsOf(config).flatMap((dataset) => {
    const axis = indexAxisOf(config, dataset)
    const type = dataset.type ?? config.type
    return scaleIdOf(dataset, axis) === id ? [{ dataset, type, axis }] : []
  })
}

/** Whether bars are placed at numbers along this axis. */
function hasBins(config: ChartConfiguration, id: string, scale: Scale): boolean {
  const isLinear = scale.type === 'linear' || (scale.type === undefined && hasNumbers(config, id))
  return isLinear && indexDatasets(config, id).some(({ type }) => type === 'bar')
}

/** Whether an axis with fixed `min` and `max` has space for the outer halves of the first and last bars. */
function hasSpace(config: ChartConfiguration, id: string, { min, max }: Scale): boolean {
  if (typeof min !== 'number' || typeof max !== 'number') return false
  const labels: readonly unknown[] = config.data.labels ?? []
  const places = indexDatasets(config, id).flatMap(({ dataset, axis }) =>
    valuesOf(dataset).map((value, i) => Number(isPlain(value) ? value[axis] : labels[i])),
  )
  const sorted = [...new Set(places.filter(Number.isFinite))].toSorted((a, b) => a - b)
  const half = sorted.slice(1).reduce((least, place, i) => Math.min(least, place - sorted[i]!), Infinity) / 2
  const slack = half * 1e-6
  return Number.isFinite(half) && sorted[0]! - half >= min - slack && sorted.at(-1)! + half <= max + slack
}
