// Reads dates as people write them, in several orders and languages, and writes them as ISO 8601, which sorts as text.

/** The order of day, month and year in dates of three numbers. */
export type DateOrder = 'ymd' | 'dmy' | 'mdy'

/** How the dates of a column are read. */
export interface DateReader {
  /** ISO 8601 with what the text says: '2024', '2024-01', '2024-01-31', '2024-01-31T10:00:00Z'; undefined if it is no date. */
  readonly read: (text: string) => string | undefined
  /** The order that was decided, where the column has dates such as 01/02/2024. */
  readonly order?: DateOrder
  /** Nothing in the column tells day from month. */
  readonly isAmbiguous?: boolean
}

/**
 * A reader for the dates of one column, whose texts decide whether 01/02/2024 is in January or February; with `order`
 * the caller does. `isEuropean`: a file with decimal commas, where the day comes first if nothing else tells.
 */
export function readerOfDates(texts: readonly string[], order?: DateOrder, isEuropean = false): DateReader {
  const decided = order ? { order } : decideOrder(texts, isEuropean)
  return { ...decided, read: (text) => readDate(text, decided.order ?? 'mdy') }
}

function decideOrder(texts: readonly string[], isEuropean: boolean): Pick<DateReader, 'order' | 'isAmbiguous'> {
  let first = 0
  let second = 0
  let last = 0
  let separator = ''
  let isShort = false
  for (const text of texts) {
    const parts = NUMERIC.exec(text)
    if (!parts) continue
    first = Math.max(first, Number(parts[1]))
    second = Math.max(second, Number(parts[3]))
    last = Math.max(last, Number(parts[4]))
    isShort ||= parts[4]!.length === 2
    separator = parts[2]!
  }
  if (separator === '') return {}
  // Two digits of a year: 24-01-31 is read with the year first only if nothing else is possible.
  if (isShort && first > 31 && second <= 12) return { order: 'ymd' }
  if (first > 12) return { order: 'dmy' }
  if (second > 12) return { order: 'mdy' }
  return { order: separator === '.' || isEuropean ? 'dmy' : 'mdy', ...(separator === '.' ? {} : { isAmbiguous: true }) }
}

/** Longer texts are no dates. */
const MAX_LENGTH = 50

function readDate(text: string, order: DateOrder): string | undefined {
  if (text.length < 4 || text.length > MAX_LENGTH) return undefined
  if (PLAIN.test(text)) return isDay(text) ? text : undefined
  const iso = ISO.exec(text)
  if (iso) return format(iso[1]!, iso[3], iso[4], text.slice(iso[0].length))
  const chinese = CHINESE.exec(text)
  if (chinese) return format(chinese[1]!, chinese[2], chinese[3], text.slice(chinese[0].length))
  const numeric = NUMERIC.exec(text)
  if (numeric) {
    const [, a = '', , b = '', c = ''] = numeric
    const rest = text.slice(numeric[0].length)
    if (order === 'ymd') return format(fullYear(a), b, c, rest)
    return order === 'dmy' ? format(fullYear(c), b, a, rest) : format(fullYear(c), a, b, rest)
  }
  return readNamed(text)
}

/** The dates of most files, which are already as they are to be. */
const PLAIN = /^\d{4}-\d\d-\d\d$/
const ISO = /^(\d{4})([-/.])(\d{1,2})(?:\2(\d{1,2}))?(?!\d)/
const CHINESE = /^(\d{4})\s?年(?:\s?(\d{1,2})\s?月(?:\s?(\d{1,2})\s?[日号])?)?/
const NUMERIC = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?!\d)/
const TIME =
  /^(?:T|,?\s+|(?=\d))(\d{1,2})(?:[:.时時点](\d{2})(?:[:.分](\d{2})(?:[.,](\d+))?秒?)?分?|(?=\s?[ap]\.?m))\s?([ap]\.?m\.?)?\s?(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$/i

function isDay(plain: string): boolean {
  const month = Number(plain.slice(5, 7))
  const day = Number(plain.slice(8))
  return month >= 1 && month <= 12 && day >= 1 && day <= daysOf(Number(plain.slice(0, 4)), month)
}

function format(year: string, month: string | undefined, day: string | undefined, rest: string): string | undefined {
  if (month === undefined) return rest.trim() === '' ? year : undefined
  const m = Number(month)
  if (m < 1 || m > 12) return undefined
  const start = `${year}-${pad(m)}`
  if (day === undefined) return rest.trim() === '' ? start : undefined
  const d = Number(day)
  if (d < 1 || d > daysOf(Number(year), m)) return undefined
  const time = timeOf(rest.trim() === '' ? '' : rest)
  return time === undefined ? undefined : `${start}-${pad(d)}${time}`
}

/** 'T10:00:00Z' for the rest of a text after its date; '' where there is none, undefined if it is no time. */
function timeOf(rest: string): string | undefined {
  if (rest === '') return ''
  const found = TIME.exec(rest)
  if (!found) return undefined
  const [, hour = '', minute = '00', second = '00', fraction, half, zone = ''] = found
  let h = Number(hour)
  if (half) {
    if (h < 1 || h > 12) return undefined
    h = (h % 12) + (/^p/i.test(half) ? 12 : 0)
  }
  if (h > 23 || Number(minute) > 59 || Number(second) > 60) return undefined
  const offset = /^(?:Z|UTC|GMT)$/i.test(zone) ? 'Z' : zone.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2')
  return `T${pad(h)}:${minute}:${second}${fraction ? `.${fraction}` : ''}${offset}`
}

/** 31 Jan 2024, Jan 31, 2024, Mittwoch, 31. Januar 2024, 31 de enero de 2024, Jan 2024, Wed Jan 31 2024 10:00:00. */
function readNamed(text: string): string | undefined {
  const words = text.toLowerCase().normalize('NFC').replace(ORDINAL, '$1').match(WORDS)
  const at = words?.findIndex((word) => MONTHS.has(word)) ?? -1
  if (!words || at < 0) return undefined
  const month = String(MONTHS.get(words[at]!))
  const others = words.filter((word, i) => i !== at && !WEEKDAYS.has(word) && !FILLERS.has(word))
  if (others.some((word) => !/^[\d:.]+$/.test(word) && !/^(?:[ap]m|z|utc|gmt)$/.test(word))) return undefined
  const year = others.find((word) => /^\d{4}$/.test(word)) ?? shortYear(others, words, at)
  if (year === undefined) return undefined
  const day = others.find((word) => word !== year && /^\d{1,2}\.?$/.test(word))?.replace('.', '')
  const time = others.filter((word) => /:|^[apz]|^utc|^gmt/.test(word)).join(' ')
  if (others.length !== 1 + (day === undefined ? 0 : 1) + (time === '' ? 0 : time.split(' ').length)) return undefined
  return format(fullYear(year), month, day, time === '' ? '' : ` ${time}`)
}

/** The year of Jan-24 or 31-Jan-24: the last number after the month. */
function shortYear(others: readonly string[], words: readonly string[], month: number): string | undefined {
  const last = words.at(-1)!
  return others.includes(last) && words.length - 1 > month && /^\d{2}$/.test(last) ? last : undefined
}

const ORDINAL = /\b(\d{1,2})(?:st|nd|rd|th|er|º|ª)(?=\W|$)/g
const WORDS = /\d+:\d+(?::\d+)?(?:\.\d+)?|\d+\.?|\p{L}+\.?/gu

const MONTH_NAMES = [
  'january february march april may june july august september october november december',
  'januar februar märz april mai juni juli august september oktober november dezember',
  'janvier février mars avril mai juin juillet août septembre octobre novembre décembre',
  'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre',
  'gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre',
  'janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro',
  'januari februari maart april mei juni juli augustus september oktober november december',
  'января февраля марта апреля мая июня июля августа сентября октября ноября декабря',
]
const DAY_NAMES = [
  'monday tuesday wednesday thursday friday saturday sunday',
  'montag dienstag mittwoch donnerstag freitag samstag sonntag',
  'lundi mardi mercredi jeudi vendredi samedi dimanche',
  'lunes martes miércoles jueves viernes sábado domingo',
]
const FILLERS = new Set(['de', 'del', 'of', 'the', 'den', 'le', 'г.', 'г'])

/** Each name, and its first three and four letters, with or without a point. */
const MONTHS = new Map(
  MONTH_NAMES.flatMap((names) =>
    names.split(' ').flatMap((name, i) => spellings(name).map((word) => [word, i + 1] as const)),
  ),
)
const WEEKDAYS = new Set(DAY_NAMES.flatMap((names) => names.split(' ').flatMap(spellings)))

function spellings(name: string): string[] {
  return [name, name.slice(0, 3), name.slice(0, 4)].flatMap((word) => [word, `${word}.`])
}

/** Years of two digits lie between 1970 and 2069. */
function fullYear(year: string): string {
  if (year.length === 4) return year
  return String(Number(year) + (Number(year) < 70 ? 2000 : 1900))
}

function daysOf(year: number, month: number): number {
  return month === 2
    ? (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
      ? 29
      : 28
    : [4, 6, 9, 11].includes(month)
      ? 30
      : 31
}

function pad(value: number): string {
  return String(value).padStart(2, '0')
}
