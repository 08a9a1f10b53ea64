// ISO texts and the serial numbers that workbooks store dates as.

export type DateKind = 'month' | 'date' | 'datetime'

export interface ParsedDate {
  readonly kind: DateKind
  /** Milliseconds since 1970 as if in UTC. */
  readonly time: number
}

const ISO = /^(\d{4})-(\d{2})(?:-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?)?)?$/
/** 1 March 1900: Excel counts a day too many before it. */
const FIRST = Date.UTC(1900, 2, 1)
const EPOCH = Date.UTC(1899, 11, 30)
const DAY = 86_400_000

/** A date that exists and that workbooks can store (from March 1900 on, without a zone); undefined for other texts. */
export function parseDate(text: string): ParsedDate | undefined {
  // Quickly, as all texts of a table come by.
  if (text.length < 7 || text.length > 23 || text.charCodeAt(4) !== 45) return undefined
  const found = ISO.exec(text)
  if (!found) return undefined
  const [, year, month, day = '1', hour = '0', minute = '0', second = '0', fraction = ''] = found
  const date = Date.UTC(Number(year), Number(month) - 1, Number(day))
  const isReal = new Date(date).getUTCDate() === Number(day) && Number(month) >= 1 && Number(month) <= 12
  if (!isReal || date < FIRST || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined
  const clock = ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000 + Number(fraction.padEnd(3, '0'))
  return { kind: found[4] !== undefined ? 'datetime' : found[3] !== undefined ? 'date' : 'month', time: date + clock }
}

/** Days since 30 December 1899. */
export function serialOf(time: number): number {
  return (time - EPOCH) / DAY
}
