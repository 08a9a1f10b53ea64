// Notes about parts of a configuration that cannot be drawn as intended, added before drawing.
import type { ChartConfiguration } from 'chart.js'
import { note } from '../notes.ts'
import {
  datasetsOf,
  givenScales,
  indexAxisOf,
  isOldAxes,
  isPlain,
  isRound,
  nameOf,
  partOf,
  scaleIdOf,
  valuesOf,
  type Dataset,
} from './config.ts'

/** Adds notes about everything that the chart will silently omit or misrepresent. */
export function noteConfig(config: ChartConfiguration): void {
  noteEmpty(config)
  noteOld(config)
  noteLabels(config)
  noteTexts(config)
  for (const [i, dataset] of datasetsOf(config).entries()) {
    noteLength(config, dataset, i)
    noteDates(config, dataset, i)
    noteNegative(config, dataset, i)
  }
}

/** A dataset without any drawable value; the chart would be empty without an explanation. */
function noteEmpty(config: ChartConfiguration): void {
  if (config.options?.parsing !== undefined) return
  if ([...givenScales(config).values()].some(({ type }) => type === 'category')) return
  for (const [i, dataset] of datasetsOf(config).entries()) {
    const values = valuesOf(dataset)
    if (dataset.parsing !== undefined) continue
    if (values.length === 0 || !values.every((value) => isNothing(value) || isWord(value))) continue
    note(
      `chart: ${nameOf(dataset, i)} has no value that can be drawn (${values.length} values, none is a number); it is missing from the ${config.type} chart.`,
    )
  }
}

function isWord(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '' && Number.isNaN(Number(value))
}

function isNothing(value: unknown): boolean {
  if (typeof value === 'object' && value !== null && 'y' in value) return isNothing(value.y)
  return value === undefined || value === null || (typeof value === 'number' && Number.isNaN(value))
}

/** Options of Chart.js 2 that have moved since; Chart.js 4 ignores them silently. */
function noteOld({ options }: ChartConfiguration): void {
  const scales: Readonly<Record<string, unknown>> = { ...options?.scales }
  const say = (old: string, now: string) => note(`chart: ${old} belongs to Chart.js 2 and was ignored; use ${now}.`)
  for (const id of Object.keys(scales).filter(isOldAxes))
    say(`options.scales.${id}`, `options.scales.${id.slice(0, 1)}, one object per axis`)
  const top: Readonly<Record<string, unknown>> = { ...options }
  for (const name of ['title', 'legend', 'tooltips'])
    if (isPlain(top[name])) say(`options.${name}`, `options.plugins.${name === 'tooltips' ? 'tooltip' : name}`)
  for (const [id, scale] of Object.entries(scales)) {
    if (!isPlain(scale)) continue
    const ticks = isPlain(scale['ticks']) ? scale['ticks'] : {}
    if ('scaleLabel' in scale) say(`scales.${id}.scaleLabel`, `scales.${id}.title { display: true, text }`)
    if ('gridLines' in scale) say(`scales.${id}.gridLines`, `scales.${id}.grid`)
    for (const name of ['min', 'max', 'beginAtZero', 'suggestedMin', 'suggestedMax'])
      if (name in ticks) say(`scales.${id}.ticks.${name}`, `scales.${id}.${name}`)
  }
}

/** Invalid labels: Chart.js draws nothing at `undefined` and `null`, and prints NaN and objects as text. */
function noteLabels(config: ChartConfiguration): void {
  const labels: readonly unknown[] = Array.isArray(config.data.labels) ? config.data.labels : []
  const bad = labels.filter((label) => findBrokenValue(label) !== undefined)
  if (bad.length > 0) {
    const nothing = bad.some((label) => label === undefined || label === null || Number.isNaN(label))
    note(
      `chart: ${bad.length} of ${labels.length} data.labels are ${kinds(bad)}${nothing && !isRound(config.type) ? '; nothing is drawn at undefined, null and NaN' : ''}. Make each a string.`,
    )
  }
  const datasets = datasetsOf(config)
  if (datasets.length < 2 || isRound(config.type) || config.options?.plugins?.legend?.display === false) return
  const nameless = datasets.filter(
    (dataset) => 'label' in dataset && (dataset.label === undefined || dataset.label === null),
  )
  if (nameless.length > 0)
    note(
      `chart: the label of ${nameless.length} of ${datasets.length} datasets is ${String(nameless[0]!.label)}; the legend leaves them out.`,
    )
}

function kinds(values: readonly unknown[]): string {
  return [...new Set(values.map(findBrokenValue))].join(', ')
}

/** The part of a text or value that indicates a mistake, such as 'undefined'; undefined for valid text. */
function findBrokenValue(value: unknown): string | undefined {
  if (value === undefined || value === null || Number.isNaN(value)) return String(value)
  if (Array.isArray(value)) return value.map(findBrokenValue).find((found) => found !== undefined)
  if (isPlain(value) && !(value instanceof Date)) return '[object Object]'
  if (typeof value !== 'string') return undefined
  // As part of a longer text, the word may be intended.
  return /^\s*(undefined|null|NaN)\s*$/.exec(value)?.[1] ?? /\[object Object\]/.exec(value)?.[0]
}

/** As `findBrokenValue`, but also matches a trailing value from a template literal: `Sales of ${year}`. */
export function findBrokenText(text: unknown): string | undefined {
  const end = typeof text === 'string' ? /\s(undefined|NaN)\s*$/.exec(text)?.[1] : undefined
  return findBrokenValue(text) ?? end
}

/** Names and titles that contain `undefined` or similar. */
function noteTexts(config: ChartConfiguration): void {
  const { plugins } = config.options ?? {}
  const texts: [string, unknown][] = [
    ['the title', plugins?.title?.text],
    ['the subtitle', plugins?.subtitle?.text],
    ...datasetsOf(config).map(({ label }, i): [string, unknown] => [`the label of dataset ${i + 1}`, label]),
    ...[...givenScales(config)].map(([id, { title }]): [string, unknown] => [
      `the title of axis '${id}'`,
      isPlain(title) ? title['text'] : undefined,
    ]),
  ]
  for (const [place, text] of texts) {
    const broken = text === undefined || text === null || typeof text === 'function' ? undefined : findBrokenText(text)
    if (broken !== undefined)
      note(`chart: ${place} says ${broken}${typeof text === 'string' ? `: '${text.slice(0, 60)}'` : ''}.`)
  }
}

/** Values beyond the last label are not drawn on a category axis; extra slices have no name. */
function noteLength(config: ChartConfiguration, dataset: Dataset, index: number): void {
  const { labels } = config.data
  const values = valuesOf(dataset)
  if (!Array.isArray(labels) || labels.length === 0 || values.length <= labels.length) return
  const left = values.length - labels.length
  const name = `chart: ${nameOf(dataset, index)} has ${values.length} values for ${labels.length} labels`
  if (isRound(dataset.type ?? config.type)) {
    note(`${name}; ${left} of its slices have no name.`)
    return
  }
  if (['scatter', 'bubble'].includes(dataset.type ?? config.type)) return
  const axis = indexAxisOf(config, dataset)
  const type = givenScales(config).get(scaleIdOf(dataset, axis))?.type
  const isPoints = values.some((value) => partOf(value, axis) !== undefined)
  if (isPoints || dataset.parsing !== undefined || (type !== undefined && type !== 'category')) return
  note(`${name}; the last ${left} are not drawn. Give every value a label.`)
}

/** Points with Date positions all coincide on a category axis. */
function noteDates(config: ChartConfiguration, dataset: Dataset, index: number): void {
  const axis = indexAxisOf(config, dataset)
  const type = dataset.type ?? config.type
  const scale = givenScales(config).get(scaleIdOf(dataset, axis))?.type ?? 'category'
  if (scale !== 'category' || (type !== 'line' && type !== 'bar') || config.data.labels?.length) return
  if (valuesOf(dataset).some((value) => partOf(value, axis) instanceof Date))
    note(
      `chart: the ${axis} of points of ${nameOf(dataset, index)} are Dates, which a category axis puts in one place; use strings such as '2026-01-31'.`,
    )
}

/** Pie and doughnut charts draw negative values as if they were positive. */
function noteNegative(config: ChartConfiguration, dataset: Dataset, index: number): void {
  const type = dataset.type ?? config.type
  if (type !== 'pie' && type !== 'doughnut') return
  const values = valuesOf(dataset)
  const negative = values.filter((value) => Number(value) < 0).length
  if (negative > 0)
    note(
      `chart: ${negative} of ${values.length} values of ${nameOf(dataset, index)} are negative; a ${type} draws them like positive ones. Use bars instead.`,
    )
}
