// Facts of a table's columns as `readTable` reads them: range, missing values, and how the values are spread, for small
// charts.
import type { ColumnData } from '../../helpers/table/columns.ts'

export interface ColumnFacts {
  readonly name: string
  readonly type: string
  readonly missing?: number
  readonly least?: number | string
  readonly most?: number | string
  /** Text columns: all distinct values, most frequent first, where they are few and short. */
  readonly values?: string[]
  /** Text columns without `values`: all distinct values, in table order, where they are not many. */
  readonly names?: string[]
  /** Text columns: the number of distinct values. */
  readonly distinct?: number
  /**
   * Numbers and dates: rows in equal parts of the range from `least` to `most`. Booleans: false and true. Texts: rows of
   * each of `top`.
   */
  readonly bins?: number[]
  /** Text columns whose values repeat: the most frequent ones. */
  readonly top?: string[]
}

/** Columns whose spread is measured, so that an event stays small. */
const MAX_SPREAD = 50
const MAX_BINS = 20

/** Facts of all columns. */
export function columnsFacts(columns: readonly ColumnData[]): ColumnFacts[] {
  return withinBudget(columns.map((column, i) => columnFacts(column, i < MAX_SPREAD)))
}

/** Characters of all names of a table together. */
const MAX_NAMES_CHARACTERS = 10_000

/** Leaves the names of later columns out once there are too many characters of them. */
function withinBudget(columns: readonly ColumnFacts[]): ColumnFacts[] {
  let left = MAX_NAMES_CHARACTERS
  return columns.map((column) => {
    if (column.names === undefined) return column
    left -= column.names.reduce((sum, name) => sum + name.length, 0)
    const { names, ...rest } = column
    return left < 0 ? rest : { ...rest, names }
  })
}

function columnFacts(column: ColumnData, isSpread: boolean): ColumnFacts {
  const { type, numbers, codes, dictionary } = column
  const name = column.name.slice(0, 200)
  if (numbers) return { name, type, ...numberFacts(numbers, type === 'boolean', isSpread) }
  if (codes && dictionary) {
    const counts = new Uint32Array(dictionary.length)
    let missing = 0
    for (const code of codes) {
      if (code < 0) missing++
      else counts[code]!++
    }
    const texts = { counts, dictionary, present: codes.length - missing }
    const facts = type === 'date' ? dateFacts(texts, isSpread) : textFacts(texts, isSpread)
    return { name, type, ...(missing > 0 && { missing }), ...facts }
  }
  return { name, type: 'empty' }
}

function numberFacts(numbers: Float64Array, isBoolean: boolean, isSpread: boolean): Partial<ColumnFacts> {
  let [least, most, missing] = [Infinity, -Infinity, 0]
  for (const number of numbers) {
    if (Number.isNaN(number)) missing++
    else {
      if (number < least) least = number
      if (number > most) most = number
    }
  }
  const gaps = missing > 0 && { missing }
  if (isBoolean) {
    const trues = numbers.reduce((sum, number) => sum + (number === 1 ? 1 : 0), 0)
    return { ...gaps, ...(isSpread && { bins: [numbers.length - missing - trues, trues] }) }
  }
  if (!Number.isFinite(least) || !Number.isFinite(most)) return { ...gaps }
  return { ...gaps, least, most, ...(isSpread && least < most && { bins: binsOf(numbers, undefined, least, most) }) }
}

function isWhole(value: number): boolean {
  return Number.isNaN(value) || Number.isInteger(value)
}

interface CountedTexts {
  readonly counts: Uint32Array
  readonly dictionary: readonly string[]
  readonly present: number
}

/** ISO 8601 is in the order of time. */
function dateFacts({ counts, dictionary }: CountedTexts, isSpread: boolean): Partial<ColumnFacts> {
  const used = dictionary.filter((_, code) => counts[code]! > 0)
  const [first] = used
  if (first === undefined) return {}
  let [low, high] = [first, first]
  for (const date of used) {
    if (date < low) low = date
    if (date > high) high = date
  }
  const times = Float64Array.from(dictionary, (date) => Date.parse(date))
  const [from, to] = [Date.parse(low), Date.parse(high)]
  const isTime = Number.isFinite(from) && from < to
  return {
    least: low.slice(0, 40),
    most: high.slice(0, 40),
    ...(isSpread && isTime && { bins: binsOf(times, counts, from, to) }),
  }
}

/** Counts in equal parts of the range; `weights` are how often each value occurs. */
function binsOf(values: Float64Array, weights: Uint32Array | undefined, least: number, most: number): number[] {
  const count = most - least < MAX_BINS && values.every(isWhole) ? most - least + 1 : MAX_BINS
  const bins = Array.from({ length: count }, () => 0)
  // Few whole numbers have a bin each.
  const scale = count < MAX_BINS ? 1 : count / (most - least)
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (value >= least && value <= most)
      bins[Math.min(count - 1, Math.floor((value - least) * scale))]! += weights?.[i] ?? 1
  }
  return bins
}

const MAX_VALUES = 6
const MAX_VALUE = 20
const MAX_TOP = 5
const MAX_TOP_TEXT = 40

function textFacts({ counts, dictionary, present }: CountedTexts, isSpread: boolean): Partial<ColumnFacts> {
  const used = Array.from(dictionary.keys()).filter((code) => counts[code]! > 0)
  const distinct = used.length
  // Columns like names, whose values hardly repeat, have none that are frequent.
  const repeats = distinct * 2 <= present
  const names = namesOf(dictionary, used)
  if (!repeats) return { distinct, ...names }
  const most = used.toSorted((a, b) => counts[b]! - counts[a]!)
  const isShort = distinct <= MAX_VALUES && used.every((code) => dictionary[code]!.length <= MAX_VALUE)
  const top = most.slice(0, MAX_TOP)
  return {
    distinct,
    ...(isShort ? { values: most.map((code) => dictionary[code]!.trim()) } : names),
    ...(isSpread && {
      bins: top.map((code) => counts[code]!),
      top: top.map((code) => cut(dictionary[code]!.trim())),
    }),
  }
}

const MAX_NAMES = 100
const MAX_NAME = 40

/** All distinct values in table order, so that a request can name one; none where they are many or long. */
function namesOf(dictionary: readonly string[], used: readonly number[]): { names?: string[] } {
  if (used.length === 0 || used.length > MAX_NAMES) return {}
  const names = used.map((code) => dictionary[code]!.trim())
  return names.some((name) => name.length > MAX_NAME) ? {} : { names }
}

function cut(text: string): string {
  return text.length > MAX_TOP_TEXT ? `${text.slice(0, MAX_TOP_TEXT - 1).toWellFormed()}…` : text
}
