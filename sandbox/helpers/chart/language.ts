// The language of a chart, taken from its own texts, and numbers written in it.
import type { ChartConfiguration } from 'chart.js'
import { datasetsOf, givenScales, isPlain } from './config.ts'

/** How a chart writes numbers. */
export interface NumberStyle {
  /** A BCP 47 tag such as 'zh-CN'. */
  readonly locale: string
  /** Large numbers are written as 1.2M or 120万, unless their unit counts millions itself. */
  readonly compact: boolean
  /** Written with each number: '%' or '°C' after it, a currency sign before it; '' for none. */
  readonly unit: string
}

const WORDS = {
  other: { en: 'Other', zh: '其他', ja: 'その他', ko: '기타' },
  noData: { en: 'No data', zh: '没有数据', ja: 'データなし', ko: '데이터 없음' },
} as const

/** A word that a chart adds, in its language. */
export function wordOf(name: keyof typeof WORDS, locale: string): string {
  const words: Readonly<Record<string, string>> = WORDS[name]
  return words[locale.slice(0, 2)] ?? words['en']!
}

/** The configured locale, otherwise 'zh-CN', 'ja' or 'ko' if texts of the chart are in that script, otherwise 'en-US'. */
export function localeOf(config: ChartConfiguration): string {
  const { locale } = config.options ?? {}
  return typeof locale === 'string' ? locale : localeOfTexts(textsOf(config))
}

/** The language of texts by their script. */
export function localeOfTexts(texts: readonly string[]): string {
  const all = texts.join('\n').slice(0, 20_000)
  if (/[\u3040-\u30ff]/u.test(all)) return 'ja'
  if (/\p{Script=Hangul}/u.test(all)) return 'ko'
  return /\p{Script=Han}/u.test(all) ? 'zh-CN' : 'en-US'
}

function textsOf(config: ChartConfiguration): string[] {
  const { plugins } = config.options ?? {}
  const titles = [...givenScales(config).values()].map(({ title }) => (isPlain(title) ? title['text'] : undefined))
  const labels: readonly unknown[] = Array.isArray(config.data.labels) ? config.data.labels.slice(0, 100) : []
  return [
    plugins?.title?.text,
    plugins?.subtitle?.text,
    ...titles,
    ...datasetsOf(config).map(({ label }) => label),
    labels,
  ]
    .flat(2)
    .filter((text) => typeof text === 'string')
}

const UNIT = /[([（［]\s*(%|％|°C|°F|℃|US\$|[$€£¥￥₩₹])\s*[)\]）］]\s*$/u
const COUNTED = /[万亿億兆千]|million|billion|thousand|\b(?:mn|bn|mio|mrd|k|m)\b/iu

/** The unit and the way of writing that texts such as `Share (%)` or `GDP（亿元）` ask for; `unit` if it is given. */
export function styleIn(locale: string, texts: readonly string[], unit: string | undefined): NumberStyle {
  const found = texts.map((text) => UNIT.exec(text)?.[1]).find((one) => one !== undefined)
  return { locale, compact: !COUNTED.test(unit ?? texts.join('\n')), unit: unit ?? found ?? '' }
}

/** From which size numbers are shortened. */
function isLarge(value: number, { locale, compact }: NumberStyle): boolean {
  return compact && Math.abs(value) >= (/^(?:zh|ja|ko)/.test(locale) ? 1e5 : 1e6)
}

const PREFIXED = /^(?:US\$|[$€£¥￥₩₹])$/u

function withUnit(text: string, { unit, locale }: NumberStyle): string {
  if (unit === '') return text
  if (PREFIXED.test(unit) && !/^(?:de|fr|es|it|pt-PT|ru|pl)/.test(locale)) return text.replace(/^([-−]?)/, `$1${unit}`)
  const isTight = unit === '%' || unit === '％' || /^[°℃]/.test(unit) || /^(?:zh|ja)/.test(locale)
  return `${text}${isTight ? '' : '\u00a0'}${unit}`
}

const formats = new Map<string, Intl.NumberFormat>()

function formatOf(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = locale + JSON.stringify(options)
  const format = formats.get(key) ?? new Intl.NumberFormat(locale, options)
  formats.set(key, format)
  return format
}

/**
 * A function that writes an axis's numbers, of which `step` is the distance; `isYear`: without separators of thousands.
 */
export function tickFormat(style: NumberStyle, largest: number, step: number): (value: number) => string {
  const places = step > 0 ? Math.max(0, Math.min(10, -Math.floor(Math.log10(step) + 1e-9))) : 0
  // As many digits as the step needs: 0, 2.5, 5, 7.5.
  const decimals =
    step > 0 && Math.abs(step * 10 ** places - Math.round(step * 10 ** places)) > 1e-6 ? places + 1 : places
  const options: Intl.NumberFormatOptions = isExtreme(largest)
    ? { notation: 'scientific', maximumSignificantDigits: 4 }
    : isLarge(largest, style)
      ? {
          notation: 'compact',
          maximumSignificantDigits: Math.min(10, Math.max(2, Math.ceil(Math.log10(largest / (step || largest))) + 1)),
        }
      : { minimumFractionDigits: decimals, maximumFractionDigits: decimals }
  const format = formatOf(style.locale, options)
  return (value) => withUnit(format.format(Object.is(value, -0) ? 0 : value), style)
}

/** A function that writes values beside their marks: three digits of the largest, all with the same decimals. */
export function valueFormat(style: NumberStyle, values: readonly number[]): (value: number) => string {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const whole = values.every((value) => Number.isInteger(value))
  const digits = whole || largest === 0 ? 0 : Math.max(0, Math.min(6, 2 - Math.floor(Math.log10(largest))))
  const needed = Array.from({ length: digits + 1 }, (_, i) => i).find((places) =>
    values.every((value) => Math.abs(value - Number(value.toFixed(places))) < 1e-9 * Math.max(1, largest)),
  )
  const decimals = needed ?? digits
  const plain = formatOf(style.locale, { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
  const compact = formatOf(style.locale, { notation: 'compact', maximumSignificantDigits: 3 })
  const scientific = formatOf(style.locale, { notation: 'scientific', maximumSignificantDigits: 3 })
  if (isExtreme(largest)) return (value) => withUnit(scientific.format(value), style)
  const format = isLarge(largest, style) ? compact : plain
  return (value) => withUnit(format.format(value), style)
}

/** Whether numbers of this size are written as 2E-7. */
function isExtreme(largest: number): boolean {
  return largest > 0 && (largest < 1e-4 || largest >= 1e15)
}

/** A share of a whole, from 0 to 1, as a percentage. */
export function percentFormat(locale: string): (share: number) => string {
  const [rough, fine] = [0, 1].map((digits) => formatOf(locale, { style: 'percent', maximumFractionDigits: digits }))
  return (share) => (share >= 0.01 ? rough! : fine!).format(share)
}
