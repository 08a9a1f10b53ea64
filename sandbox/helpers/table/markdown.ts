// A table as Markdown text for an answer: numbers formatted alike within a column, right-aligned, and few rows.
import { integerIn, oneOf } from '../argument.ts'
import { noteUnknown, type All } from '../options.ts'

export interface MarkdownTableOptions {
  /** The most rows shown; default 20. The rest is counted in a line below. */
  most?: number
  /** The language of that line; default 'en'. */
  language?: 'en' | 'zh'
}

const MARKDOWN_TABLE_OPTIONS: All<MarkdownTableOptions> = { most: true, language: true }
/** Characters shown of one cell. */
const MAX_CELL = 200

/**
 * The rows as a Markdown table. A column of numbers is right-aligned, with separators of thousands and as many decimals
 * as its numbers need, at most two (three figures below 1); years have no separators; missing values are empty.
 * @throws TypeError when `most` is not a whole number of at least 1.
 */
export function markdownTable(
  rows: readonly Readonly<Record<string, unknown>>[],
  options: MarkdownTableOptions = {},
): string {
  noteUnknown('markdownTable', options, MARKDOWN_TABLE_OPTIONS)
  const most = integerIn('markdownTable', 'most', options.most ?? 20, 1, 100_000, 'rows')
  const language = oneOf('markdownTable', 'language', options.language ?? 'en', ['en', 'zh'])
  if (rows.length === 0) return language === 'zh' ? '（没有符合的行）' : '(no rows)'
  const shown = rows.slice(0, most)
  const names = [...new Set(shown.flatMap((row) => Object.keys(row)))]
  const columns = names.map((name) =>
    columnOf(
      name,
      shown.map((row) => row[name]),
    ),
  )
  const lines = [
    line(names.map(escaped)),
    `|${columns.map(({ isNumeric }) => (isNumeric ? ' ---: |' : ' --- |')).join('')}`,
    ...shown.map((_, at) => line(columns.map(({ cells }) => cells[at]!))),
  ]
  const left = rows.length - shown.length
  if (left > 0)
    lines.push('', language === 'zh' ? `……另有 ${grouped(left, 0)} 行` : `… and ${grouped(left, 0)} more rows`)
  return lines.join('\n')
}

function columnOf(name: string, values: readonly unknown[]): { isNumeric: boolean; cells: string[] } {
  const numbers = values.filter((value) => typeof value === 'number')
  const isNumeric = numbers.length > 0 && values.every((value) => typeof value === 'number' || isMissing(value))
  const digits = Math.max(0, ...numbers.map(digitsOf))
  const plain = isYear(name, numbers)
  return {
    isNumeric,
    cells: values.map((value) => {
      if (isMissing(value)) return ''
      if (typeof value !== 'number') return escaped(String(value))
      return plain ? String(value) : grouped(value, digits)
    }),
  }
}

/** Decimals that a number needs, at most two; below 1, as many as show three figures. */
function digitsOf(value: number): number {
  if (Number.isInteger(value) || !Number.isFinite(value)) return 0
  const size = Math.abs(value)
  const most = size >= 1 ? 2 : Math.min(10, 2 - Math.floor(Math.log10(size)))
  const [, decimals = ''] = value.toFixed(most).split('.')
  return decimals.replace(/0+$/, '').length
}

function isYear(name: string, numbers: readonly number[]): boolean {
  const like = numbers.every((value) => Number.isInteger(value) && value >= 1000 && value <= 2999)
  return like && /year|date|年|^(?:jahr|año|année)$|(?:^|[^a-z])id$|编号/i.test(name)
}

function grouped(value: number, digits: number): string {
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })
}

function isMissing(value: unknown): boolean {
  return value === null || value === undefined || value === ''
}

function escaped(text: string): string {
  const short = text.length > MAX_CELL ? `${text.slice(0, MAX_CELL)}…` : text
  return short.replaceAll(/\s+/g, ' ').replaceAll('|', String.raw`\|`)
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}
