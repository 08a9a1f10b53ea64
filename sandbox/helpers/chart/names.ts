// Labels of categories that are too long: wrapped, then shortened, since Chart.js cuts off their beginning.
import type { ChartConfiguration } from 'chart.js'
import { FONT_FAMILY } from '../layout/text.ts'
import type { Measures } from './axes.ts'
import { datasetsOf, fontIn, givenScales, indexAxisOf, isPlain, scaleIdOf, type Scale } from './config.ts'
import { wrapTitle, paddingOf } from './headings.ts'
import { measureText, shortenText } from './measure.ts'

/** A label has at most this many lines. */
const MAX_LINES = 3
/** Beyond this many labels, most are left out anyway. */
const MAX_MEASURED = 200

/** A callback for the ticks of an axis with categories, if any of its labels is too long. */
export function namesOn(config: ChartConfiguration, id: string, measures: Measures): object {
  const { width, unit } = measures.surface
  const names = wrapLabels(config, id, width, unit) ?? labelsBelow(config, id, measures)
  return names ? { callback: (value: unknown) => names[Number(value)] } : {}
}

/** The labels of a horizontal axis, if they do not fit: over several lines where that is enough, else shortened. */
function labelsBelow(config: ChartConfiguration, id: string, measures: Measures): readonly unknown[] | undefined {
  const scale = givenScales(config).get(id) ?? {}
  const isAlong = datasetsOf(config).some(
    (dataset) => indexAxisOf(config, dataset) === 'x' && scaleIdOf(dataset, 'x') === id,
  )
  const labels = categoriesOf(config, scale)
  if (!isAlong || labels === undefined || labels.length === 0) return undefined
  const font = fontOf(config, scale, measures.surface.unit)
  const slot = (measures.width / labels.length) * 0.92
  const texts = labels.slice(0, MAX_MEASURED).filter((label) => typeof label === 'string')
  const widest = texts.reduce((most, text) => Math.max(most, measureText(text.slice(0, 400), font.size, font)), 0)
  if (widest <= slot) return undefined
  const longest = texts
    .flatMap((text) => text.slice(0, 400).split(/\s+/))
    .reduce((most, word) => Math.max(most, measureText(word, font.size, font)), 0)
  const isSpaced = longest <= slot || slot >= font.size * 8
  if (slot >= font.size * 4 && isSpaced) {
    const wrapped = labels.map((label) => wrapName(label, slot, font))
    const isWhole = wrapped.every((label) => !Array.isArray(label) || !String(label.at(-1)).endsWith('…'))
    if (isWhole || slot >= font.size * 6) return wrapped
  }
  // Turned, a label takes its width in height.
  const most = measures.height * 0.4
  if (widest <= most) return undefined
  return labels.map((label) => (typeof label === 'string' ? shortenText(label, most, font.size, font) : label))
}

/** The labels of an axis with categories; undefined for other axes and those with a callback. */
function categoriesOf(config: ChartConfiguration, scale: Scale): readonly unknown[] | undefined {
  if ((scale.type !== undefined && scale.type !== 'category') || scale.ticks?.['callback'] !== undefined)
    return undefined
  return Array.isArray(scale.labels) ? scale.labels : (config.data.labels ?? [])
}

function fontOf(config: ChartConfiguration, scale: Scale, unit: number): { readonly size: number } {
  return { size: Math.round(15 * unit), ...{ family: FONT_FAMILY, ...config.options?.font, ...fontIn(scale.ticks) } }
}

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
  const labels = categoriesOf(config, scale)
  if (!isAlong || labels === undefined) return undefined
  const font = fontOf(config, scale, unit)
  const space = spaceFor(config, width, unit, isPlain(scale.title) ? 34 * unit : 0)
  const names = labels.map((label) => wrapName(label, space, font))
  return names.some((name, i) => name !== labels[i]) ? names : undefined
}

/** A label over at most three lines; what is left over is cut. */
function wrapName(label: unknown, space: number, font: { readonly size: number }): unknown {
  const text = typeof label === 'string' ? label.slice(0, 500) : label
  const lines = wrapTitle(text, space, font)
  if (!Array.isArray(lines)) return text === label ? lines : `${String(lines)}…`
  if (lines.length <= MAX_LINES) return lines
  const rest = lines.slice(MAX_LINES - 1).join(' ')
  return [...lines.slice(0, MAX_LINES - 1), shortenText(rest, space, font.size, font)]
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
