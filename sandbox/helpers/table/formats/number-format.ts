// What a person sees of a number in a spreadsheet: a date, a time, a percentage, an amount of money, a padded code.
// Format codes as of ECMA-376, 18.8.30 and 18.8.31; OpenDocument and Excel 97 use the same for what matters here.
import type { GridCell } from './grid.ts'

/** How a number format shows a number. */
export type NumberFormat =
  | { readonly kind: 'general' }
  | { readonly kind: 'percent' }
  | { readonly kind: 'currency'; readonly symbol: string }
  /** As many digits as there are zeros in the format: 00123. */
  | { readonly kind: 'padded'; readonly digits: number }
  | { readonly kind: 'year' | 'month' | 'date' | 'time' }

const GENERAL: NumberFormat = { kind: 'general' }
const BUILT_IN_DATES = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53, 54, 57, 58])
const BUILT_IN_TIMES = new Set([18, 19, 20, 21, 32, 33, 45, 46, 47, 55, 56])

/** The format with a number that a file does not define. */
export function builtInFormat(id: number): NumberFormat {
  if (id === 9 || id === 10) return { kind: 'percent' }
  if (id === 17) return { kind: 'month' }
  if (BUILT_IN_DATES.has(id)) return { kind: 'date' }
  return BUILT_IN_TIMES.has(id) ? { kind: 'time' } : GENERAL
}

/** The format of a code such as 'yyyy-mm-dd', '0.0%' or '[$¥-804]#,##0.00'; its first section decides. */
export function parseNumberFormat(code: string): NumberFormat {
  if (/^(?:general|standard|@)?$/i.test(code)) return GENERAL
  const symbol = /\[\$([^\]-]+)(?:-[^\]]*)?\]/.exec(code)?.[1] ?? /[$€£¥￥₩₹]|"\s*元\s*"/.exec(code)?.[0]
  const section = code
    .replace(/\[(?:h+|m+|s+)\]/gi, 'h')
    .replace(/\[[^\]]*\]|"[^"]*"|\\.|_.|\*./g, ' ')
    .split(';')[0]!
  if (section.includes('%')) return { kind: 'percent' }
  const letters = section.replace(/AM\/PM|A\/P|上午\/下午|general/gi, 'h').toLowerCase()
  if (/[ymdhse]/.test(letters) && !/[0#?]e[+-]/.test(letters)) return dateFormat(letters, code)
  if (symbol !== undefined) return { kind: 'currency', symbol: symbol.replace(/["\s]/g, '') }
  const trimmed = section.trim()
  return /^0{2,}$/.test(trimmed) ? { kind: 'padded', digits: trimmed.length } : GENERAL
}

/** `m` is a month, but minutes beside hours or seconds. */
function dateFormat(letters: string, code: string): NumberFormat {
  const hasDay = letters.includes('d')
  const hasYear = /[ye]/.test(letters)
  const hasTime = /[hs]/.test(letters)
  if (hasTime && !hasYear && !hasDay) return { kind: 'time' }
  if (hasDay || hasTime) return { kind: 'date' }
  if (hasYear && letters.includes('m')) return { kind: 'month' }
  // Literals in quotes, as in yyyy"年", do not count; what is left is the year alone.
  return hasYear && !/[^ye\s]/.test(letters.replace(/[年]/g, ''))
    ? { kind: 'year' }
    : { kind: code === '' ? 'time' : 'date' }
}

/** The value that a person sees. */
export function shownValue(value: number, format: NumberFormat, is1904: boolean): GridCell {
  switch (format.kind) {
    case 'percent':
      return Number((value * 100).toPrecision(15))
    case 'padded':
      return Number.isInteger(value) && value >= 0 ? String(value).padStart(format.digits, '0') : value
    case 'time':
      return timeText(value)
    case 'year':
    case 'month':
    case 'date':
      return dateCell(value, format.kind, is1904)
    default:
      return value
  }
}

const DAY = 86_400_000
const MAX_SERIAL = 2_958_466
/** Dates recur in columns: one object for each. */
const made = new Map<string, Map<number, GridCell>>()
const MAX_MADE = 20_000

function dateCell(serial: number, kind: 'year' | 'month' | 'date', is1904: boolean): GridCell {
  if (serial < 0 || serial >= MAX_SERIAL) return serial
  const key = is1904 ? `${kind} 1904` : kind
  let cells = made.get(key)
  if (cells === undefined) made.set(key, (cells = new Map()))
  let cell = cells.get(serial)
  if (cell === undefined) {
    const date = isoOf(serial, is1904)
    if (kind === 'year') cell = Number(date.slice(0, 4))
    else cell = { date: kind === 'month' && /^\d+-\d+-01$/.test(date) ? date.slice(0, 7) : date }
    if (cells.size >= MAX_MADE) cells.clear()
    cells.set(serial, cell)
  }
  return cell
}

/**
 * ISO 8601 without a zone of a serial number of days. Excel counts 29 February 1900, which did not exist: serials below
 * 60 are one day off against later ones. Rounded to milliseconds.
 */
function isoOf(serial: number, is1904: boolean): string {
  if (!is1904 && Math.floor(serial) === 60) return '1900-02-29'
  const start = is1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, serial < 60 ? 31 : 30)
  const iso = new Date(start + Math.round(serial * DAY)).toISOString().slice(0, -1)
  return iso.replace(/T00:00:00\.000$/, '').replace(/\.000$/, '')
}

/** '13:30' or '13:30:05'; a day and more counts on: '30:15'. */
export function timeText(days: number): string {
  const seconds = Math.round(Math.abs(days) * 86_400)
  const two = (value: number): string => String(value).padStart(2, '0')
  const text = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}`
  return `${days < 0 ? '-' : ''}${text}${seconds % 60 === 0 ? '' : `:${two(seconds % 60)}`}`
}
