// What a configuration says that cannot be drawn as it is meant: told before anything is drawn.
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

/** Says what the chart will silently leave out or show wrongly. */
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

/** A dataset of which nothing can be drawn is told: its chart is empty, and nothing else says why. */
function noteEmpty(config: ChartConfiguration): void {
  if (config.options?.parsing !== undefined) return
  if ([...givenScales(config).values()].some(({ type }) => type === 'category')) return
  for (const [i, dataset] of datasetsOf(config).entries()) {
    const values = valuesOf(dataset)
    if (dataset.parsing !== undefined) continue
    if (values.length === 0 || !values.every((value) => isNothing(value) || isWord(value))) continue
    note(
      `chart: ${nameOf(dataset, i)} has no value that can be drawn (${values.length} values, none is a number); the ${config.type} chart shows nothing of it.`,
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

/** Where Chart.js 2 had what is somewhere else now: ignored without a word. */
function noteOld({ options }: ChartConfiguration): void {
  const scales: Readonly<Record<string, unknown>> = { ...options?.scales }
  const say = (old: string, now: string) => note(`chart: ${old} is of Chart.js 2 and was ignored; now it is ${now}.`)
  for (const id of Object.keys(scales).filter(isOldAxes))
    say(`options.scales.${id}`, `options.scales.${id.slice(0, 1)}, one object an axis`)
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

/** Names that are none: Chart.js draws nothing at `undefined` and `null`, and writes NaN and objects out. */
function noteLabels(config: ChartConfiguration): void {
  const labels: readonly unknown[] = Array.isArray(config.data.labels) ? config.data.labels : []
  const bad = labels.filter((label) => brokenIn(label) !== undefined)
  if (bad.length > 0) {
    const nothing = bad.some((label) => label === undefined || label === null || Number.isNaN(label))
    note(
      `chart: ${bad.length} of ${labels.length} data.labels are ${kinds(bad)}${nothing && !isRound(config.type) ? '; nothing is drawn at undefined, null and NaN' : ''}. Give each a text.`,
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
  return [...new Set(values.map(brokenIn))].join(', ')
}

/** What of a text or value says that something went wrong on the way; undefined for what can be read. */
function brokenIn(value: unknown): string | undefined {
  if (value === undefined || value === null || Number.isNaN(value)) return String(value)
  if (Array.isArray(value)) return value.map(brokenIn).find((found) => found !== undefined)
  if (isPlain(value) && !(value instanceof Date)) return '[object Object]'
  if (typeof value !== 'string') return undefined
  // A word among others may well be meant.
  return /^\s*(undefined|null|NaN)\s*$/.exec(value)?.[1] ?? /\[object Object\]/.exec(value)?.[0]
}

/** As `brokenIn`, and what a template put behind other words: `Sales of ${year}`. */
export function brokenText(text: unknown): string | undefined {
  const end = typeof text === 'string' ? /\s(undefined|NaN)\s*$/.exec(text)?.[1] : undefined
  return brokenIn(text) ?? end
}

/** Names and titles that hold `undefined` and the like. */
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
    const broken = text === undefined || text === null || typeof text === 'function' ? undefined : brokenText(text)
    if (broken !== undefined)
      note(`chart: ${place} says ${broken}${typeof text === 'string' ? `: '${text.slice(0, 60)}'` : ''}.`)
  }
}

/** Values beyond the last label have no place on an axis of names, and slices no name. */
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

/** Points at dates on an axis of names all stand in one place. */
function noteDates(config: ChartConfiguration, dataset: Dataset, index: number): void {
  const axis = indexAxisOf(config, dataset)
  const type = dataset.type ?? config.type
  const scale = givenScales(config).get(scaleIdOf(dataset, axis))?.type ?? 'category'
  if (scale !== 'category' || (type !== 'line' && type !== 'bar') || config.data.labels?.length) return
  if (valuesOf(dataset).some((value) => partOf(value, axis) instanceof Date))
    note(
      `chart: the ${axis} of points of ${nameOf(dataset, index)} are Dates, which an axis of names puts in one place; give texts, such as '2026-01-31'.`,
    )
}

/** A slice has no sign. */
function noteNegative(config: ChartConfiguration, dataset: Dataset, index: number): void {
  const type = dataset.type ?? config.type
  if (type !== 'pie' && type !== 'doughnut') return
  const values = valuesOf(dataset)
  const negative = values.filter((value) => Number(value) < 0).length
  if (negative > 0)
    note(
      `chart: ${negative} of ${values.length} values of ${nameOf(dataset, index)} are negative; a ${type} draws them like positive ones. Take bars.`,
    )
}
