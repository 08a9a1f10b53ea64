// Names beside horizontal bars: those that are too long stand in lines, as Chart.js cuts off their beginning.
import type { ChartConfiguration } from 'chart.js'
import { FONT_FAMILY } from '../layout/text.ts'
import { datasetsOf, fontIn, givenScales, indexAxisOf, isPlain, scaleIdOf } from './config.ts'
import { fittedTitle, paddingOf } from './headings.ts'

/** The names on a vertical axis in lines that have room; undefined where all fit or the configuration writes them. */
export function brokenNames(
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
  const names = labels.map((label) => fittedTitle(label, space, font))
  return names.some((name, i) => name !== labels[i]) ? names : undefined
}

/** Chart.js gives all that stands at the sides half of the width. */
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
