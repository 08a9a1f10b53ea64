// ISO texts and the serial numbers that workbooks store dates as.

export type DateKind = 'month' | 'date' | 'datetime'

export interface ParsedDate {
  readonly kind: DateKind
  /** Milliseconds since 1970 as if in UTC. */
  readonly time: number
}

/** 1 March 1900: Excel counts a day too many before it. */
const FIRST = Date.UTC(1900, 2, 1)
const EPOCH = Date.UTC(1899, 11, 30)
const DAY = 86_400_000

/**
 * A date that exists and that workbooks can store (from March 1900 on, without a zone): '2024-01', '2024-01-31',
 * '2024-01-31T10:00', with seconds and milliseconds; undefined for other texts. By hand, as all texts of a table come by.
 */
export function parseDate(text: string): ParsedDate | undefined {
  const { length } = text
  if (length < 7 || length > 23 || text.charCodeAt(4) !== DASH) return undefined
  const year = digits(text, 0, 4)
  const month = digits(text, 5, 2)
  if (length === 7) return checked('month', year, month, 1, 0)
  const day = text.charCodeAt(7) === DASH ? digits(text, 8, 2) : -1
  if (length === 10) return checked('date', year, month, day, 0)
  const mark = text.charCodeAt(10)
  if (length < 16 || (mark !== T && mark !== SPACE) || text.charCodeAt(13) !== COLON) return undefined
  const hasSeconds = length >= 19 && text.charCodeAt(16) === COLON
  const hasFraction = length > 20 && text.charCodeAt(19) === POINT
  if (length !== 16 && !(hasSeconds && (length === 19 || hasFraction))) return undefined
  const hour = digits(text, 11, 2)
  const minute = digits(text, 14, 2)
  const second = hasSeconds ? digits(text, 17, 2) : 0
  const fraction = hasFraction ? digits(text, 20, length - 20) * 10 ** (23 - length) : 0
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 || fraction < 0) return undefined
  return checked('datetime', year, month, day, ((hour * 60 + minute) * 60 + second) * 1000 + fraction)
}

const [DASH, T, SPACE, COLON, POINT, ZERO] = [45, 84, 32, 58, 46, 48] as const

/** The number in these places of a text; -1 if one is no digit. */
function digits(text: string, start: number, count: number): number {
  let value = 0
  for (let i = start; i < start + count; i++) {
    const digit = text.charCodeAt(i) - ZERO
    if (!(digit >= 0 && digit <= 9)) return -1
    value = value * 10 + digit
  }
  return value
}

function checked(kind: DateKind, year: number, month: number, day: number, clock: number): ParsedDate | undefined {
  if (year < 1900 || month < 1 || month > 12 || day < 1 || day > 31) return undefined
  const date = Date.UTC(year, month - 1, day)
  // Days after the 28th may be those of the next month.
  const isReal = day <= 28 || new Date(date).getUTCDate() === day
  return isReal && date >= FIRST ? { kind, time: date + clock } : undefined
}

/** Days since 30 December 1899. */
export function serialOf(time: number): number {
  return (time - EPOCH) / DAY
}
