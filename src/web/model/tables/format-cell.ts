// How values of a table are shown and copied.
import type { TableShape } from '../../../http/schemas.ts'
import type { Cells } from './table-source.ts'

export type ShownColumn = TableShape['columns'][number]
type Cell = Cells[number]

/** Formats the values of a column for people; '' for a missing one. */
export function createFormat(column: ShownColumn, lang: string, booleans: readonly [string, string]) {
  const { decimals, plain } = column
  const numbers = new Intl.NumberFormat(lang, {
    useGrouping: plain !== true,
    minimumFractionDigits: decimals ?? 0,
    maximumFractionDigits: 20,
  })
  return (value: Cell): string => {
    if (value === null) return ''
    if (typeof value === 'boolean') return booleans[value ? 0 : 1]
    if (typeof value === 'number') return formatNumber(value, numbers)
    return column.type === 'date' ? value.replace('T', ' ') : value
  }
}

/** Very large and very small numbers are shown as JavaScript writes them. */
function formatNumber(value: number, numbers: Intl.NumberFormat): string {
  const size = Math.abs(value)
  return size !== 0 && (size >= 1e15 || size < 1e-6) ? String(value) : numbers.format(value)
}

/** Cells as spreadsheets take them from the clipboard: tabs between, a line a row, numbers without separators. */
export function toTsv(rows: readonly Cells[]): string {
  return rows.map((row) => row.map(copied).join('\t')).join('\n')
}

function copied(value: Cell): string {
  if (value === null) return ''
  const text = String(value)
  return /[\t\n\r"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

const CHARACTER = 7.6
const PADDING = 26
/** Space for the sign of the sort order. */
const SIGN = 20
const [MIN_WIDTH, MAX_WIDTH] = [64, 320]

/** A width in pixels that fits the column's name and most of the values. */
export function widthFor(column: ShownColumn, texts: readonly string[]): number {
  const lengths = texts.map(textLength).toSorted((a, b) => a - b)
  const usual = Math.max(lengths[Math.floor(lengths.length * 0.95)] ?? 0, lengths.at(-1) ?? 0)
  const name = textLength(column.name) + (column.unit === undefined ? 0 : textLength(column.unit) + 1)
  const wanted = Math.max(usual * CHARACTER, Math.min(name, 24) * CHARACTER + SIGN) + PADDING
  return Math.round(Math.max(MIN_WIDTH, Math.min(MAX_WIDTH, wanted)))
}

/** Characters; those of East Asian scripts count twice. */
function textLength(text: string): number {
  let length = 0
  for (const character of text)
    length += /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60]/.test(character) ? 2 : 1
  return length
}
