// Sorts row numbers by columns: a radix sort over keys, which is stable and takes milliseconds for a million rows. Texts
// are compared once per distinct value. Missing values are last in both directions.
import type { ColumnData } from '../../helpers/table/columns.ts'

export interface SortKey {
  readonly column: number
  readonly descending: boolean
}

/** Keys of rows as unsigned integers, in order: 64 bits in two halves, or 32. */
interface Keys {
  readonly low: Uint32Array
  readonly high?: Uint32Array
}

/** All rows, sorted by the first key, equal ones by the next. `ranksOf` caches what `rankTexts` gives for a column. */
export function sortRows(
  columns: readonly ColumnData[],
  length: number,
  sort: readonly SortKey[],
  ranksOf: (column: ColumnData) => Uint32Array = rankTexts,
): Uint32Array {
  let order = Uint32Array.from({ length }, (_, row) => row)
  for (const { column, descending } of sort.toReversed()) {
    const data = columns[column]
    const keys = data && keysOf(data, descending, ranksOf)
    if (keys) order = sortByKeys(order, keys)
  }
  return order
}

const MISSING = 0xffff_ffff

function keysOf(
  { numbers, codes, dictionary, ...rest }: ColumnData,
  descending: boolean,
  ranksOf: (column: ColumnData) => Uint32Array,
): Keys | undefined {
  if (numbers) return numberKeys(numbers, descending)
  if (!codes || !dictionary) return undefined
  const ranks = ranksOf({ ...rest, codes, dictionary })
  const last = dictionary.length
  const low = new Uint32Array(codes.length)
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!
    low[row] = code < 0 ? MISSING : descending ? last - ranks[code]! : ranks[code]!
  }
  return { low }
}

/** The bits of a double in an order that agrees with the numbers: negative ones are inverted, others get the sign bit. */
function numberKeys(numbers: Float64Array, descending: boolean): Keys {
  const value = new Float64Array(1)
  const bits = new Uint32Array(value.buffer)
  const low = new Uint32Array(numbers.length)
  const high = new Uint32Array(numbers.length)
  for (let row = 0; row < numbers.length; row++) {
    const number = numbers[row]!
    if (number !== number) {
      low[row] = high[row] = MISSING
      continue
    }
    // -0 and 0 are equal.
    value[0] = (descending ? -number : number) + 0
    const isNegative = bits[1]! >>> 31 === 1
    low[row] = isNegative ? ~bits[0]! : bits[0]!
    high[row] = isNegative ? ~bits[1]! : bits[1]! | 0x8000_0000
  }
  return { low, high }
}

const DIGITS = 65_536

function sortByKeys(order: Uint32Array<ArrayBuffer>, { low, high }: Keys): Uint32Array<ArrayBuffer> {
  let sorted = order
  for (const half of high ? [low, high] : [low])
    for (const shift of [0, 16]) sorted = sortByDigit(sorted, half, shift) ?? sorted
  return sorted
}

/** Undefined if all rows have the same digit. */
function sortByDigit(
  order: Uint32Array<ArrayBuffer>,
  keys: Uint32Array,
  shift: number,
): Uint32Array<ArrayBuffer> | undefined {
  const starts = new Uint32Array(DIGITS)
  for (let row = 0; row < keys.length; row++) starts[(keys[row]! >>> shift) & 0xffff]!++
  if (keys.length === 0 || starts[(keys[0]! >>> shift) & 0xffff] === keys.length) return undefined
  for (let digit = 0, sum = 0; digit < DIGITS; digit++) {
    const size = starts[digit]!
    starts[digit] = sum
    sum += size
  }
  const sorted = new Uint32Array(order.length)
  for (const row of order) sorted[starts[(keys[row]! >>> shift) & 0xffff]!++] = row
  return sorted
}

/** With more distinct texts the order of a language takes too long. */
const MAX_COLLATED = 50_000

const COLLATORS = {
  zh: new Intl.Collator('zh-CN', { numeric: true }),
  en: new Intl.Collator('en', { numeric: true }),
}
const HAN = /\p{Script=Han}/u

/**
 * The place of each distinct text in alphabetical order, where numbers in texts count as numbers; in Chinese by pinyin.
 * Dates are in ISO 8601, whose characters are in order; so are the texts of columns with very many of them, case ignored.
 */
export function rankTexts({ type, dictionary = [] }: Pick<ColumnData, 'type' | 'dictionary'>): Uint32Array {
  const isCollated = type !== 'date' && dictionary.length <= MAX_COLLATED
  const keys = type === 'date' || isCollated ? dictionary : dictionary.map((text) => text.toLowerCase())
  const { compare } = dictionary.some((text) => HAN.test(text)) ? COLLATORS.zh : COLLATORS.en
  const codes = Array.from(dictionary.keys())
  if (isCollated) codes.sort((a, b) => compare(keys[a]!, keys[b]!) || compareUnits(dictionary[a]!, dictionary[b]!))
  else sortByUnits(codes, keys)
  const ranks = new Uint32Array(dictionary.length)
  codes.forEach((code, rank) => (ranks[code] = rank))
  return ranks
}

function compareUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Sorts by the first four code units as a number, which settles most, and compares only within those that share them. */
function sortByUnits(codes: number[], keys: readonly string[]): void {
  const heads = new Uint32Array(keys.length)
  const nexts = new Uint32Array(keys.length)
  keys.forEach((key, code) => {
    heads[code] = pack(key, 0)
    nexts[code] = pack(key, 2)
  })
  const order = sortByKeys(Uint32Array.from(codes), { low: nexts, high: heads })
  let start = 0
  for (let at = 1; at <= order.length; at++) {
    const [first, code] = [order[start]!, order[at]]
    if (code !== undefined && heads[code] === heads[first] && nexts[code] === nexts[first]) continue
    if (at - start > 1) order.subarray(start, at).sort((a, b) => compareUnits(keys[a]!, keys[b]!))
    start = at
  }
  order.forEach((code, rank) => (codes[rank] = code))
}

function pack(key: string, from: number): number {
  const first = from < key.length ? key.charCodeAt(from) : 0
  const second = from + 1 < key.length ? key.charCodeAt(from + 1) : 0
  return ((first << 16) | second) >>> 0
}
