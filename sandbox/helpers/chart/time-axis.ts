// Dates along an axis: on a time axis at their true distances, and written in the chart's language.
import type { ChartConfiguration } from 'chart.js'
import { datasetsOf, givenScales, indexAxisOf, isPlain, partOf, scaleIdOf, valuesOf, type Axis } from './config.ts'

/** Fewer dates than this are as well as categories, each with its name. */
const MIN_DATES = 13

const ISO = /^\d{4}-\d{2}(?:-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?)?$/

/** Formats of date-fns by unit. */
const FORMATS: Readonly<Record<'zh' | 'ja' | 'en' | 'other', Readonly<Record<string, string>>>> = {
  zh: {
    year: 'yyyy年',
    quarter: 'yyyy年M月',
    month: 'yyyy年M月',
    week: 'M月d日',
    day: 'M月d日',
    hour: 'M月d日 HH:mm',
    minute: 'HH:mm',
    second: 'HH:mm:ss',
    millisecond: 'HH:mm:ss.SSS',
  },
  ja: { year: 'yyyy年', quarter: 'yyyy年M月', month: 'yyyy年M月', week: 'M月d日', day: 'M月d日', hour: 'M月d日 HH:mm' },
  en: {
    year: 'yyyy',
    quarter: 'MMM yyyy',
    month: 'MMM yyyy',
    week: 'MMM d',
    day: 'MMM d',
    hour: 'MMM d, HH:mm',
    minute: 'HH:mm',
    second: 'HH:mm:ss',
    millisecond: 'HH:mm:ss.SSS',
  },
  other: {
    year: 'yyyy',
    quarter: 'yyyy-MM',
    month: 'yyyy-MM',
    week: 'yyyy-MM-dd',
    day: 'yyyy-MM-dd',
    hour: 'MM-dd HH:mm',
  },
}

/** The configuration with a time axis where its positions are dates and no type is given, and formats where it has one. */
export function withTimeAxes(config: ChartConfiguration, locale: string): ChartConfiguration {
  const scales = new Map<string, object>(givenScales(config))
  const along = indexAxisOf(config)
  const id = scaleIdOf(datasetsOf(config)[0] ?? {}, along)
  if (givenScales(config).get(id)?.type === undefined && holdsDates(config, along))
    scales.set(id, { ...scales.get(id), type: 'time' })
  let changed = false
  for (const [name, scale] of scales) {
    const { type, time, ticks } = scale as { type?: unknown; time?: unknown; ticks?: unknown }
    if (type !== 'time' && type !== 'timeseries') continue
    changed = true
    const given = isPlain(time) ? time : {}
    scales.set(name, {
      ...scale,
      time: {
        ...given,
        displayFormats: { ...formatsOf(locale), ...(isPlain(given['displayFormats']) ? given['displayFormats'] : {}) },
      },
      ticks: { maxRotation: 0, autoSkipPadding: 24, ...(isPlain(ticks) ? ticks : {}) },
    })
  }
  if (!changed) return config
  return {
    ...config,
    options: { ...config.options, scales: { ...config.options?.scales, ...Object.fromEntries(scales) } },
  }
}

function formatsOf(locale: string): Readonly<Record<string, string>> {
  const language = locale.slice(0, 2)
  return language === 'zh' || language === 'ja' || language === 'en' ? FORMATS[language] : FORMATS.other
}

/** Whether lines or points are placed by dates, in ascending order, more than could each have a label. */
function holdsDates(config: ChartConfiguration, axis: Axis): boolean {
  const datasets = datasetsOf(config)
  const labels: readonly unknown[] = Array.isArray(config.data.labels) ? config.data.labels : []
  const types = datasets.map(({ type }) => type ?? config.type)
  if (axis === 'y' || datasets.length === 0 || !types.every((type) => type === 'line' || type === 'scatter'))
    return false
  const isObject = datasets.every((dataset) => valuesOf(dataset).every((value) => isPlain(value)))
  const lists =
    labels.length > 0 || !isObject
      ? [labels]
      : datasets.map((dataset) => valuesOf(dataset).map((value) => partOf(value, axis)))
  return lists.every(
    (places) =>
      places.length > 0 &&
      (places.length >= MIN_DATES ||
        !places.every((place) => typeof place === 'string') ||
        types.includes('scatter')) &&
      areAscendingDates(places),
  )
}

function areAscendingDates(places: readonly unknown[]): boolean {
  let last = -Infinity
  return places.every((place) => {
    const time =
      place instanceof Date
        ? place.getTime()
        : typeof place === 'string' && ISO.test(place)
          ? Date.parse(place)
          : Number.NaN
    const isNext = time >= last
    last = time
    return isNext
  })
}
