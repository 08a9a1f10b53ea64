// The default height of a chart, based on its horizontal bars.
import type { ChartConfiguration } from 'chart.js'
import { wrapLabels } from './names.ts'
import { datasetsOf, givenScales, indexAxisOf, isPlain, isStacked, partOf, scaleIdOf, valuesOf } from './config.ts'

export const DEFAULT_HEIGHT = 600
const MAX_HEIGHT = 4000

/** Pixels: 600, or up to 4000 if there are more horizontal bars with labels than fit. */
export function defaultHeight(config: ChartConfiguration, width: number, unit: number): number {
  const bars = datasetsOf(config).filter(({ type, hidden }) => (type ?? config.type) === 'bar' && hidden !== true)
  const first = bars[0]
  if (!first || indexAxisOf(config, first) !== 'y') return DEFAULT_HEIGHT
  const scale = givenScales(config).get(scaleIdOf(first, 'y'))
  if (scale?.type !== undefined && scale.type !== 'category') return DEFAULT_HEIGHT
  const labels: readonly unknown[] = Array.isArray(scale?.labels) ? scale.labels : (config.data.labels ?? [])
  if (labels.length === 0 && bars.some((bar) => typeof partOf(valuesOf(bar)[0], 'y') === 'number'))
    return DEFAULT_HEIGHT
  const rows = labels.length || Math.max(...bars.map((bar) => valuesOf(bar).length))
  const names = wrapLabels(config, scaleIdOf(first, 'y'), width, unit) ?? labels
  const lines = names.reduce<number>((most, label) => Math.max(most, Array.isArray(label) ? label.length : 1), 1)
  const font = scale?.ticks?.['font']
  const size = isPlain(font) && typeof font['size'] === 'number' ? font['size'] : 15 * unit
  const beside = bars.every((bar) => isStacked(config, bar)) ? 1 : bars.length
  const row = Math.max(lines * size * 1.2 + 8 * unit, (beside * 10 + 8) * unit)
  const around = 150 * unit
  return Math.round(Math.min(MAX_HEIGHT, Math.max(DEFAULT_HEIGHT, rows * row + around)))
}
