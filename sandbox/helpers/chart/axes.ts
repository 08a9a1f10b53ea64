// Axes: light grid lines across the values only, unobtrusive ticks, and defaults that represent the data correctly.
import type { ChartConfiguration, Plugin, Scale as DrawnScale } from 'chart.js'
import { INK } from '../palette.ts'
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
import { wrapTitle } from './headings.ts'
import { wrapLabels } from './names.ts'

export type FontMaker = (given: object | undefined, pixels: number) => object

export interface Measures {
  /** Scales pixels of the 1000 x 600 reference chart to this chart. */
  readonly size: (pixels: number) => number
  readonly font: FontMaker
  /** Approximate length of an axis, in pixels. */
  readonly width: number
  readonly height: number
  /** The whole chart. */
  readonly surface: { readonly width: number; readonly unit: number }
}

/** The axes, with defaults for what they leave out. */
export function scalesOf(config: ChartConfiguration, measures: Measures): Record<string, object> {
  const { size, font } = measures
  const given = givenScales(config)
  if (config.type === 'radar')
    return {
      r: { pointLabels: { font: font(undefined, 16) }, ticks: { font: font(undefined, 13) }, ...given.get('r') },
    }
  const values = otherAxis(indexAxisOf(config))
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
      const across = axisOf(config, id, scale) === 'x'
      const { grid, border, title } = scale as Readonly<Record<string, unknown>>
      return [
        id,
        {
          ...dataAxis(config, id, scale),
          ...scale,
          border: { display: !lines, color: INK.quiet, ...(isPlain(border) ? border : {}) },
          grid: { display: lines, color: INK.line, ...(isPlain(grid) ? grid : {}) },
          ticks: {
            color: INK.text,
            padding: size(6),
            ...(hasBins(config, id, scale) ? { includeBounds: false } : {}),
            ...namesOn(config, id, measures),
            ...scale.ticks,
            font: font(scale.ticks, 15),
          },
          ...(isPlain(title) ? { title: titleOf(title, across ? measures.width : measures.height, font) } : {}),
        },
      ]
    }),
  )
}

function namesOn(config: ChartConfiguration, id: string, { surface }: Measures): object {
  const names = wrapLabels(config, id, surface.width, surface.unit)
  return names ? { callback: (value: unknown) => names[Number(value)] } : {}
}

function titleOf(title: Readonly<Record<string, unknown>>, space: number, font: FontMaker): object {
  const own = font(title, 16)
  return { color: INK.text, ...title, text: wrapTitle(title['text'], space, own), font: own }
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
  return {
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

type Callback = (this: DrawnScale, value: number, index: number, ticks: DrawnScale['ticks']) => unknown

function isCallback(value: unknown): value is Callback {
  return typeof value === 'function'
}

/**
 * Puts labels for 0, 1, 2 ... at whole numbers on an axis from -0.5, where Chart.js puts ticks at -0.5, 0.5, 1.5 ...
 */
function createWholeTicks(callback: Callback): (scale: DrawnScale) => void {
  const isEmpty = (scale: DrawnScale, ticks: DrawnScale['ticks']): boolean => {
    try {
      return ticks.every(({ value }, i) => ['', null, undefined].includes(callback.call(scale, value, i, ticks) as ''))
    } catch {
      return true
    }
  }
  return (scale) => {
    const first = Math.ceil(scale.min)
    const count = Math.floor(scale.max) - first + 1
    if (scale.type !== 'linear' || count < 1 || count > 200 || !isEmpty(scale, scale.ticks)) return
    const whole = Array.from({ length: count }, (_, i) => ({ value: first + i }))
    if (scale.options.reverse) whole.reverse()
    if (!isEmpty(scale, whole)) scale.ticks = whole
  }
}

/**
 * Makes bars on a linear axis as wide as the distance between them: Chart.js uses the distance between ticks if that is
 * smaller, which halves the width of histogram bins.
 */
export function binWidthPlugin(): Plugin {
  const kept = new Map<DrawnScale, DrawnScale['ticks']>()
  return {
    id: 'easel-bin-widths',
    beforeDatasetsUpdate(chart) {
      for (const { type, iScale, data } of chart.getSortedVisibleDatasetMetas()) {
        if (type !== 'bar' || !iScale || iScale.type === 'category' || kept.has(iScale) || data.length < 2) continue
        kept.set(iScale, iScale.ticks)
        iScale.ticks = []
      }
    },
    afterDatasetsUpdate() {
      for (const [scale, ticks] of kept) scale.ticks = ticks
      kept.clear()
    },
  }
}
