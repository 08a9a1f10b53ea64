// How a column looks in a workbook: as dates, amounts, percentages or text, its number format and its width.
import type { Cell, SheetColumn } from './sheet-data.ts'
import { parseDate, type DateKind } from './dates.ts'
import { displayWidth } from './display-width.ts'

export interface NumberStyle {
  /** Thousands are separated. */
  readonly groups: boolean
  /** Digits after the point; undefined: as many as there are. */
  readonly decimals: number | undefined
  readonly isPercent: boolean
  /** A currency, before the number. */
  readonly symbol: string | undefined
  /** A format code of Excel's that was given for the column; the rest describes it. */
  readonly code: string | undefined
}

export interface ColumnStyle {
  readonly column: SheetColumn
  /** `date` kinds: all values are such texts, and are written as dates. */
  readonly kind: 'number' | 'text' | 'boolean' | DateKind
  readonly number: NumberStyle | undefined
  /** In characters; East Asian ones count double. */
  readonly width: number
  /** Percentages are written as shares, so that 12.5 shows as 12.5%. */
  readonly scale: number
}

/** Rows whose widths are looked at. */
const MAX_MEASURED = 2000
const MIN_WIDTH = 8
const MAX_WIDTH = 60
/** The button of the filter. */
const BUTTON = 3
const DATE_WIDTHS = { month: 10, date: 12, datetime: 20 } as const

/** The style of a column; `code`: a number format that was asked for. */
export function columnStyle(column: SheetColumn, code: string | undefined): ColumnStyle {
  const facts = factsOf(column)
  const kind = column.type === 'text' && facts.kind !== 'boolean' && facts.kind !== 'number' ? 'text' : facts.kind
  const number = code === undefined ? (kind === 'number' ? numberStyle(column, facts) : undefined) : styleOfCode(code)
  const scale = number?.isPercent && code === undefined ? 0.01 : 1
  const content = kind in DATE_WIDTHS ? DATE_WIDTHS[kind as DateKind] : widestOf(column, number)
  const width = Math.max(displayWidth(column.name) + BUTTON, content + 2, MIN_WIDTH)
  return { column, kind, number, width: Math.min(MAX_WIDTH, width), scale }
}

interface Facts {
  readonly kind: ColumnStyle['kind']
  readonly isInteger: boolean
  readonly decimals: number
  readonly least: number
  readonly most: number
  /** Each number is the one before plus one. */
  readonly isCounter: boolean
}

function factsOf({ length, get }: SheetColumn): Facts {
  const kinds = new Set<string>()
  let isInteger = true
  let decimals = 0
  let least = Infinity
  let most = -Infinity
  let isCounter = true
  let last: number | undefined
  for (let i = 0; i < length; i++) {
    const value = get(i)
    if (typeof value === 'number') {
      kinds.add('number')
      if (!Number.isInteger(value)) {
        isInteger = false
        if (decimals < MAX_DECIMALS) decimals = Math.max(decimals, decimalsOf(value))
      }
      least = Math.min(least, value)
      most = Math.max(most, value)
      isCounter &&= last === undefined || value === last + 1
      last = value
    } else if (value !== null && value !== '')
      kinds.add(typeof value === 'boolean' ? 'boolean' : dateOrText(value, kinds))
  }
  return { kind: kindOf(kinds), isInteger, decimals, least, most, isCounter }
}

/** No longer parses dates once a text is none. */
function dateOrText(value: string, kinds: ReadonlySet<string>): string {
  return kinds.has('text') ? 'text' : (parseDate(value)?.kind ?? 'text')
}

function kindOf(kinds: ReadonlySet<string>): ColumnStyle['kind'] {
  if (kinds.size === 1) return [...kinds][0] as ColumnStyle['kind']
  const isTimes = kinds.size === 2 && kinds.has('date') && kinds.has('datetime')
  return isTimes ? 'datetime' : kinds.has('number') && !kinds.has('text') && !kinds.has('date') ? 'number' : 'text'
}

const MAX_DECIMALS = 7

function decimalsOf(value: number): number {
  const text = String(value)
  if (text.includes('e')) return MAX_DECIMALS
  const point = text.indexOf('.')
  return point < 0 ? 0 : Math.min(MAX_DECIMALS, text.length - point - 1)
}

/** Names of columns whose integers are no amounts. */
const CODES =
  /(?:^|[^a-z])(?:id|ids|no|nr|code|year|month|day|week|zip|postcode|phone|fips|isbn|index|rank)(?:$|[^a-z])|[a-z](?:Id|ID|Code|Year|No)$|编号|代码|年份|年度|^年$|月份|学号|工号|邮编|序号|电话|手机|号码|排名/i

function numberStyle({ name, unit }: SheetColumn, facts: Facts): NumberStyle {
  const isPercent = unit === '%'
  const symbol = isPercent ? undefined : unit
  const plain = { isPercent, symbol, code: undefined }
  const { least, most, isInteger, isCounter, decimals } = facts
  if (isPercent) return { ...plain, groups: false, decimals: isInteger ? 0 : Math.min(2, decimals) }
  if (isInteger) {
    const isYear = least >= 1000 && most <= 2999 && symbol === undefined
    const isCode = isYear || (isCounter && symbol === undefined) || CODES.test(name.replace(/([a-z])([A-Z])/g, '$1 $2'))
    return { ...plain, groups: !isCode, decimals: 0 }
  }
  const largest = Math.max(Math.abs(least), Math.abs(most))
  if (CODES.test(name) && symbol === undefined) return { ...plain, groups: false, decimals: undefined }
  // Of large and of measured values the digits that count; the rest is in the cell.
  const limit = largest >= 1000 ? 2 : 4
  const shown = decimals <= limit ? decimals : largest >= 100 ? 2 : largest >= 1 ? 4 : 6
  if (largest > 0 && largest < 1e-4) return { ...plain, groups: false, decimals: undefined }
  return { ...plain, groups: true, decimals: shown }
}

function styleOfCode(code: string): NumberStyle {
  const plain = code.split(';')[0]!.replace(/"[^"]*"|\[[^\]]*\]/g, '')
  return {
    code,
    groups: plain.includes(','),
    decimals: /\.(0+)/.exec(plain)?.[1]?.length ?? 0,
    isPercent: plain.includes('%'),
    symbol: /[$€£¥₩₹]/.exec(code)?.[0],
  }
}

function widestOf(column: SheetColumn, number: NumberStyle | undefined): number {
  let widest = 0
  const step = Math.max(1, Math.ceil(column.length / MAX_MEASURED))
  for (let i = 0; i < column.length; i += step) widest = Math.max(widest, cellWidth(column.get(i), number))
  return widest
}

function cellWidth(value: Cell, number: NumberStyle | undefined): number {
  if (value === null) return 0
  if (typeof value !== 'number') return Math.max(...String(value).split('\n').map(displayWidth))
  if (number === undefined || number.decimals === undefined) return Math.min(12, String(value).length)
  const digits = Math.abs(value).toFixed(Math.min(20, number.decimals))
  const groups = number.groups ? Math.floor((digits.split('.')[0]!.length - 1) / 3) : 0
  const signs = (value < 0 ? 1 : 0) + (number.isPercent ? 1 : 0) + (number.symbol === undefined ? 0 : 2)
  return digits.length + groups + signs
}

/** The format code of Excel. */
export function formatCode({ code, groups, decimals, isPercent, symbol }: NumberStyle): string {
  if (code !== undefined) return code
  if (decimals === undefined) return 'General'
  const digits = `${groups ? '#,##0' : '0'}${decimals > 0 ? `.${'0'.repeat(decimals)}` : ''}`
  if (isPercent) return `${digits}%`
  return symbol === undefined ? digits : `"${symbol.replaceAll('"', '')}"${digits}`
}
