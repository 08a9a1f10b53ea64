// What a table's card says of a column: its range or most frequent value, missing values, and the bars of a small chart.
import type { FileInfo } from '../types.ts'
import type { TableWords } from '../../i18n/table-words-en.ts'

export type ColumnCard = NonNullable<FileInfo['columns']>[number]

export interface ColumnSummary {
  /** 0 to 4,999.91; London 7%. */
  readonly said: string
  /** 9.8% missing; '' if none are. */
  readonly missing: string
  /** Bars of equal width, each with its height from 0 to 1. */
  readonly bars?: readonly number[]
  /** Parts of one bar, each with its width from 0 to 1, the most frequent first. */
  readonly shares?: readonly number[]
}

/** `rows`: those that the card's figures cover. */
export function summarizeColumn(column: ColumnCard, rows: number, lang: string, words: TableWords): ColumnSummary {
  const { type, missing = 0, bins = [], least, most } = column
  const percent = (part: number, whole: number): string => formatShare(whole === 0 ? 0 : part / whole, lang)
  const gaps = missing === 0 ? '' : words.missingShare(percent(missing, rows))
  const present = Math.max(1, rows - missing)
  if (type === 'boolean') {
    const [no = 0, yes = 0] = bins
    return { said: words.share(words.yes, percent(yes, present)), missing: gaps, shares: [yes / present, no / present] }
  }
  if (least !== undefined && most !== undefined) {
    const tallest = Math.max(1, ...bins)
    const bars = bins.map((count) => count / tallest)
    return { said: rangeOf(column, lang), missing: gaps, ...(bars.length > 1 && { bars }) }
  }
  const { top = [], distinct } = column
  const [first] = top
  if (first === undefined || bins[0] === undefined) {
    return { said: distinct === undefined ? '' : words.distinct(distinct.toLocaleString(lang)), missing: gaps }
  }
  return {
    said: words.share(first, percent(bins[0], present)),
    missing: gaps,
    shares: bins.map((count) => count / present),
  }
}

function rangeOf({ least, most }: ColumnCard, lang: string): string {
  const isYear = [least, most].every(
    (end) => typeof end === 'number' && Number.isInteger(end) && end >= 1500 && end <= 2200,
  )
  const said = [least, most].map((end) =>
    typeof end === 'number'
      ? end.toLocaleString(lang, { maximumSignificantDigits: 7, useGrouping: !isYear })
      : (end ?? '').replace('T', ' '),
  )
  return said[0] === said[1] ? (said[0] ?? '') : said.join(' – ')
}

function formatShare(share: number, lang: string): string {
  if (share > 0 && share < 0.001)
    return `<${(0.001).toLocaleString(lang, { style: 'percent', maximumFractionDigits: 1 })}`
  return share.toLocaleString(lang, { style: 'percent', maximumFractionDigits: share < 0.1 ? 1 : 0 })
}
