// Notes about data missing from a drawn chart: values outside its axes, skipped labels, axes without data.
import type { Chart, ChartConfiguration, Scale as DrawnScale } from 'chart.js'
import { note } from '../notes.ts'
import { findBrokenText } from './config-notes.ts'
import { datasetsOf, givenScales, isPlain, partOf, valuesOf, type Scale } from './config.ts'
import { isSequence } from './sequence.ts'

/** Adds notes about data that cannot be seen in the picture. */
export function noteDrawn(config: ChartConfiguration, drawn: Chart): void {
  const given = givenScales(config)
  for (const [id, scale] of Object.entries(drawn.scales)) {
    const own = given.get(id) ?? {}
    noteOutside(drawn, scale, own)
    if (scale.type === 'logarithmic') noteNotPositive(config, drawn, scale)
    if (own.display === false || !isShown(drawn, scale)) continue
    if (given.has(id)) noteUnused(scale, own)
    noteTicks(scale, own)
    if (scale.type === 'category' && own.ticks?.['display'] !== false) noteSkipped(drawn, scale, own)
  }
}

/** Chart.js's metadata of a dataset, with the parsed values. */
type Meta = ReturnType<Chart['getSortedVisibleDatasetMetas']>[number] & { readonly _parsed: readonly unknown[] }

function metasOf(drawn: Chart, scale: DrawnScale): Meta[] {
  return (drawn.getSortedVisibleDatasetMetas() as Meta[]).filter(({ xScale, yScale, rScale }) =>
    [xScale, yScale, rScale].includes(scale),
  )
}

function isShown(drawn: Chart, { left, right, top, bottom }: DrawnScale): boolean {
  return right > left && bottom > top && drawn.width > 0
}

/** Values cut off by a fixed `min` or `max` of an axis. */
function noteOutside(drawn: Chart, scale: DrawnScale, { min, max }: Scale): void {
  if ((min === undefined && max === undefined) || scale.type === 'category') return
  let outside = 0
  let all = 0
  for (const { data, _parsed: parsed } of metasOf(drawn, scale)) {
    for (const [i, element] of data.entries()) {
      const ends = endsOf(scale, element, parsed[i])
      if (ends.length > 0) all++
      if (ends.some((end) => end < scale.min - slackOf(scale) || end > scale.max + slackOf(scale))) outside++
    }
  }
  if (outside > 0)
    note(
      `chart: ${outside} of ${all} values lie outside axis '${scale.id}' (${formatNumber(scale.min)} to ${formatNumber(scale.max)}) and are cut off or not drawn; widen min and max to show them.`,
    )
}

/** Less than a pixel; tolerates rounded percentages that add up to 100.1. */
function slackOf({ min, max }: DrawnScale): number {
  return (max - min) / 500
}

/** The values at which a bar or point ends along an axis, including the stack below; empty if it is not drawn. */
function endsOf(scale: DrawnScale, element: Meta['data'][number], parsed: unknown): number[] {
  if (!isPlain(parsed)) return []
  const { axis } = scale
  const { [axis]: value, _custom: range } = parsed
  if (typeof value !== 'number' || !Number.isFinite(value)) return []
  if (isPlain(range) && range['barEnd'] === value) return [Number(range['min']), Number(range['max'])]
  const place = axis === 'x' ? element.x : element.y
  return axis === 'r' || !Number.isFinite(place) ? [value] : [Number(scale.getValueForPixel(place))]
}

function noteNotPositive(config: ChartConfiguration, drawn: Chart, scale: DrawnScale): void {
  const axis = scale.axis === 'x' ? 'x' : 'y'
  const values = metasOf(drawn, scale).flatMap(({ index, vScale }) =>
    valuesOf(datasetsOf(config)[index] ?? {}).map((value) =>
      isPlain(value) ? partOf(value, axis) : vScale === scale ? value : undefined,
    ),
  )
  const numbers = values.filter((value) => typeof value === 'number')
  const bad = numbers.filter((value) => value <= 0).length
  if (bad > 0)
    note(
      `chart: ${bad} of ${numbers.length} values are 0 or less and cannot be shown on the logarithmic axis '${scale.id}'.`,
    )
}

/** An unused axis shows 0 to 1, which is rarely intended; with both ends fixed it may be a deliberate second scale. */
function noteUnused(scale: DrawnScale, { min, max, labels }: Scale): void {
  const isOwn = (min !== undefined && max !== undefined) || labels !== undefined
  const { datasets } = scale.chart.data
  const isUsed = datasets.some((_, i) => {
    const { xAxisID, yAxisID } = scale.chart.getDatasetMeta(i)
    return xAxisID === scale.id || yAxisID === scale.id
  })
  if (isOwn || isUsed || datasets.length === 0 || scale.axis === 'r') return
  note(
    `chart: axis '${scale.id}' has no dataset; give one ${scale.axis}AxisID: '${scale.id}', or leave the axis out (it now shows ${formatNumber(scale.min)} to ${formatNumber(scale.max)}).`,
  )
}

/** All ticks with their labels, before those that are empty or do not fit are removed. */
function allTicks(scale: DrawnScale): DrawnScale['ticks'] {
  const ticks = scale.buildTicks()
  scale.generateTickLabels(ticks)
  return ticks
}

/** Tick labels that are all empty, or that contain `undefined`. */
function noteTicks(scale: DrawnScale, { ticks: given }: Scale): void {
  const callback = given?.['callback']
  if (typeof callback !== 'function' || callback.length === 0 || given?.['display'] === false) return
  const ticks = scale.ticks.length > 0 ? scale.ticks : allTicks(scale)
  const values = ticks.slice(0, 8).map(({ value }) => formatNumber(value))
  const got = `it was called with ${values.join(', ')}${ticks.length > 8 ? ' and more' : ''}`
  const words = ticks.map(({ label }) => label).filter((label) => !isNothing(label) && label !== '')
  if (ticks.length > 0 && words.length === 0)
    note(`chart: axis '${scale.id}' shows no tick labels: its ticks.callback returned none; ${got}.`)
  const broken = words.filter((label) => findBrokenText(label) !== undefined)
  if (broken.length > 0)
    note(
      `chart: ${broken.length} of ${ticks.length} tick labels of axis '${scale.id}' say ${findBrokenText(broken[0])}; look at its ticks.callback: ${got}.`,
    )
}

function isNothing(label: unknown): boolean {
  return label === undefined || label === null
}

/** Bars whose labels were skipped for lack of space. */
function noteSkipped(drawn: Chart, scale: DrawnScale, { ticks }: Scale): void {
  if (ticks?.['maxTicksLimit'] !== undefined || !metasOf(drawn, scale).some(({ type }) => type === 'bar')) return
  const names = allTicks(scale)
    .map(({ label }) => label)
    .filter((label) => !isNothing(label))
  const left = names.length - scale.ticks.length
  if (left <= 0 || isSequence(names)) return
  const way = scale.isHorizontal()
    ? "Horizontal bars (options.indexAxis: 'y', no height given) have space for all"
    : 'Omit the height, or increase it'
  note(
    `chart: ${left} of ${names.length} names on axis '${scale.id}' are left out for lack of space. ${way}, or show fewer bars.`,
  )
}

function formatNumber(value: number): string {
  return String(Number(value.toPrecision(6)))
}
