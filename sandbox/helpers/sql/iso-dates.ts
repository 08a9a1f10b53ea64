// Reads ISO dates and times without a zone, as `readTable` and the engine write them.

const DATE = /^(\d{4})-(\d\d)-(\d\d)$/
const TIME = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?Z?$/
const DAY_MS = 86_400_000

/** Days since 1970 of '2024-01-31'; undefined for anything else, and for a day that does not exist. */
export function daysOf(text: string): number | undefined {
  const parts = DATE.exec(text)
  return parts ? dayOf(parts) : undefined
}

/** Microseconds since 1970 of '2024-01-31T10:00:00.5', with or without a Z, or a mere date; undefined for anything else. */
export function microsOf(text: string): number | undefined {
  const days = daysOf(text)
  if (days !== undefined) return days * DAY_MS * 1000
  const parts = TIME.exec(text)
  const day = parts ? dayOf(parts) : undefined
  if (!parts || day === undefined) return undefined
  const [, , , , hours = '', minutes = '', seconds = '0', fraction = ''] = parts
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined
  const whole = day * 86_400 + Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
  return whole * 1_000_000 + Number(fraction.padEnd(6, '0'))
}

function dayOf([, year = '', month = '', day = '']: readonly string[]): number | undefined {
  const date = new Date(0)
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day))
  const isReal = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day)
  return isReal ? date.getTime() / DAY_MS : undefined
}
