// Wraps long labels of horizontal bars, since Chart.js cuts off their beginning.
import type { ChartConfiguration } from 'chart.js'
import { FONT_FAMILY } from '../layout/text.ts'
import { datasetsOf, fontIn, givenScales, indexAxisOf, isPlain, scaleIdOf } from './config.ts'
import { wrapTitle, paddingOf } from './headings.ts'

/**
 * The labels of a vertical axis, wrapped to fit; undefined if all fit or the configuration has its own tick callback.
 */
export function wrapLabels(
  config: ChartConfiguration,
  id: string,
  width: number,
  unit: number,
): readonly unknown[] | undefined {
  const scale = givenScales(config).get(id) ?? {}
  const isAlong = datasetsOf(config).some(
    (dataset) => indexAxisOf(config, dataset) === 'y' && scaleIdOf(dataset, 'y') === id,
  )
  if (!isAlong || (scale.type !== undefined && scale.type !== 'category') || scale.ticks?.['callback'] !== undefined)
    return undefined
  const labels: readonly unknown[] = Array.isArray(scale.labels) ? scale.labels : (config.data.labels ?? [])
  const font = { family: FONT_FAMILY, size: Math.round(15 * unit), ...config.options?.font, ...fontIn(scale.ticks) }
  const space = spaceFor(config, width, unit, isPlain(scale.title) ? 34 * unit : 0)
  const names = labels.map((label) => wrapTitle(label, space, font))
  return names.some((name, i) => name !== labels[i]) ? names : undefined
}

/** Pixels for the labels of one axis: Chart.js limits everything at the sides to half of the width together. */
function spaceFor(config: ChartConfiguration, width: number, unit: number, title: number): number {
  const { layout, plugins } = config.options ?? {}
  const scales = [...givenScales(config)].filter(
    ([id, { axis, position, display }]) =>
      display !== false && id !== 'y' && (axis === 'y' || position === 'right' || position === 'left' || id[0] === 'y'),
  )
  const legend = plugins?.legend?.position
  const boxes = 1 + scales.length + (legend === 'right' || legend === 'left' ? 1 : 0)
  return (width - paddingOf(layout?.padding, 24 * unit).across) / 2 / boxes - title - 18 * unit
}
