// Facts of tables and texts: encoding, delimiter, columns with types, rows, first lines.
import Papa from 'papaparse'
import type { Decoded } from '../../helpers/table/encoding.ts'

interface Column {
  readonly name: string
  readonly type: string
  readonly missing?: number
  readonly least?: number | string
  readonly most?: number | string
  /** Text columns: all distinct values, most frequent first, where they are few and short. */
  readonly values?: string[]
  /** Text columns without `values`: all distinct values, in table order, where they are not many. */
  readonly names?: string[]
}

export interface TableFacts {
  readonly encoding: string
  readonly delimiter: string
  readonly rows: number
  readonly columns: Column[]
  /** The number of rows that the column facts cover, if not all. */
  readonly seen?: number
  readonly head: string[]
}

type DecodedText = Pick<Decoded, 'text' | 'encoding'>

const MAX_COLUMNS = 500
/** Characters read for the column facts: about a tenth of a second. */
const MAX_CHARACTERS = 3_000_000

/** Facts of a CSV or TSV table; rows exclude the header. */
export function tableFacts({ text, encoding }: DecodedText): TableFacts {
  const isWhole = text.length <= MAX_CHARACTERS
  const part = isWhole ? text : text.slice(0, text.lastIndexOf('\n', MAX_CHARACTERS))
  const { data, meta } = Papa.parse<string[]>(part, { skipEmptyLines: true })
  const [names = [], ...seen] = data
  return {
    encoding,
    delimiter: meta.delimiter.slice(0, 4),
    rows: Math.max(0, countRows(text) - 1),
    columns: withinBudget(names.slice(0, MAX_COLUMNS).map((name, i) => columnFacts(name.slice(0, 200), seen, i))),
    ...(isWhole ? {} : { seen: seen.length }),
    head: firstLines(text),
  }
}

/** Encoding and first lines of a text file. */
export function textFacts({ text, encoding }: DecodedText): { encoding: string; head: string[] } {
  return { encoding, head: firstLines(text) }
}

function firstLines(text: string): string[] {
  return text
    .slice(0, 4000)
    .split(/\r?\n/)
    .slice(0, 4)
    .map((line) => line.slice(0, 300))
}

/** Counts non-empty lines, with line ends inside quotes ignored. */
function countRows(text: string): number {
  let rows = 0
  let quoted = false
  let filled = false
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i)
    if (char === 34) quoted = !quoted
    if (char === 10 && !quoted) {
      if (filled) rows++
      filled = false
    } else if (char !== 13) filled = true
  }
  return rows + (filled ? 1 : 0)
}

const NUMBER = /^[-+(]?[¥$€£]?\s*\d[\d,\s]*(\.\d+)?([eE][-+]?\d+)?\)?\s*%?$/
const DATE = /^\d{4}[-/.年]\d{1,2}([-/.月]\d{1,2}日?)?([ T]\d{1,2}:\d{2}.*)?$/

/** The type of a column, its number of empty cells, and its minimum and maximum where it can be ordered. */
function columnFacts(name: string, rows: readonly string[][], at: number): Column {
  let filled = 0
  let isNumber = true
  let isDate = true
  let ends: { least: number; most: number } | undefined
  let dates: { least: string; most: string } | undefined
  for (const row of rows) {
    const value = (row[at] ?? '').slice(0, 60).trim()
    if (value === '') continue
    filled++
    isNumber &&= NUMBER.test(value)
    isDate &&= DATE.test(value)
    if (isNumber) {
      const number = parseNumber(value)
      ends = { least: Math.min(ends?.least ?? number, number), most: Math.max(ends?.most ?? number, number) }
    } else if (isDate) {
      const [low, high] = [dates?.least ?? value, dates?.most ?? value]
      dates = { least: value < low ? value : low, most: value > high ? value : high }
    } else break
  }
  const isOrdered = isNumber || isDate
  const missing = rows.length - (isOrdered ? filled : rows.filter((row) => (row[at] ?? '').trim() !== '').length)
  if (missing === rows.length) return { name, type: 'empty' }
  const type = isNumber ? 'number' : isDate ? 'date' : 'text'
  const range = isNumber
    ? ends
    : isDate
      ? dates && { least: dates.least.slice(0, 40), most: dates.most.slice(0, 40) }
      : {}
  const values = type === 'text' ? distinctValues(rows, at) : undefined
  const names = type === 'text' && values === undefined ? distinctNames(rows, at) : undefined
  return { name, type, ...(missing > 0 && { missing }), ...range, ...(values && { values }), ...(names && { names }) }
}

const MAX_VALUES = 6
const MAX_VALUE = 20
const MAX_NAMES = 100
const MAX_NAME = 40
/** Characters of all names of a table together. */
const MAX_NAMES_CHARACTERS = 10_000

/** All distinct values in table order; undefined where they are many or long. */
function distinctNames(rows: readonly string[][], at: number): string[] | undefined {
  const names = new Set<string>()
  for (const row of rows) {
    const value = (row[at] ?? '').trim()
    if (value === '') continue
    if (value.length > MAX_NAME) return undefined
    names.add(value)
    if (names.size > MAX_NAMES) return undefined
  }
  return [...names]
}

/** Leaves the names of later columns out once there are too many characters of them. */
function withinBudget(columns: readonly Column[]): Column[] {
  let left = MAX_NAMES_CHARACTERS
  return columns.map((column) => {
    if (column.names === undefined) return column
    left -= column.names.reduce((sum, name) => sum + name.length, 0)
    const { names, ...rest } = column
    return left < 0 ? rest : { ...rest, names }
  })
}

/** The values, so that filters need not guess their spelling; undefined for columns like names that hardly repeat. */
function distinctValues(rows: readonly string[][], at: number): string[] | undefined {
  const counts = new Map<string, number>()
  let filled = 0
  for (const row of rows) {
    const value = (row[at] ?? '').trim()
    if (value === '') continue
    filled++
    if (value.length > MAX_VALUE) return undefined
    counts.set(value, (counts.get(value) ?? 0) + 1)
    if (counts.size > MAX_VALUES) return undefined
  }
  if (counts.size * 2 > filled) return undefined
  return [...counts].toSorted(([, a], [, b]) => b - a).map(([value]) => value)
}

/** Parses a number as people write it: currency, separators, parentheses for minus. */
function parseNumber(text: string): number {
  const number = Number(text.replaceAll(/[¥$€£,%()\s+]/g, ''))
  return text.startsWith('(') ? -number : number
}
