// Collects a column of numbers: ordinary ones are read from their bytes, others as text.
import { decodeUtf8 } from '../encoding/utf8.ts'
import { isMissing, readNumber, tellsConvention, type Convention } from '../numbers.ts'
import { firstRows } from './text-builder.ts'
import type { Block } from './scan.ts'

/** A cell of a column that is no value of the column's type. */
export interface Misfit {
  /** Index of the row in the table. */
  readonly row: number
  readonly text: string
}

/** A column of numbers as it was found. */
export interface FoundNumbers {
  /** NaN where missing. */
  readonly numbers: Float64Array
  readonly misfits: readonly Misfit[]
  /** Values that are there, misfits included. */
  readonly present: number
  /** Some of them tell the convention. */
  readonly tellConvention: boolean
  /** Values that are not of the form -12.34, and some of their texts. */
  readonly others: number
  readonly otherTexts: readonly string[]
  /** Marks such as n/a, and the first of them. */
  readonly missing: number
  readonly firstMissing: string | undefined
}

export interface NumberBuilder {
  readonly kind: 'numbers'
  /** Adds the cells of a column in all records of a block. */
  add(block: Block, column: number): void
  finish(rows: number): FoundNumbers
}

/** From so many misfits it is no column of numbers. */
const MAX_MISFITS = 100_000
const MAX_OTHER_TEXTS = 200
const SPACE = 32
const POINT = 46
const MINUS = 45
const ZERO = 48
/** Decimal digits that a double holds exactly as an integer. */
const MAX_DIGITS = 15
/** Powers of ten that are exact doubles: dividing an exact integer by one rounds once, so correctly (Clinger 1990). */
const POWERS = Array.from({ length: 23 }, (_, i) => Number(`1e${i}`))

/** Collects numbers from `bytes`, which are valid UTF-8; `capacity` is the expected number of rows. */
export function buildNumbers(bytes: Uint8Array, capacity: number, convention: Convention): NumberBuilder {
  let values = new Float64Array(capacity)
  let length = 0
  let plain = 0
  const others = collectOthers(convention)

  return {
    kind: 'numbers',
    add({ records, first, starts, ends }, column) {
      while (length + records > values.length) {
        const larger = new Float64Array(Math.max(16, values.length * 2))
        larger.set(values)
        values = larger
      }
      for (let record = 0; record < records; record++) {
        const cell = first[record]! + column
        let value = Number.NaN
        if (cell < first[record + 1]!) {
          let start = starts[cell]!
          let end = ends[cell]!
          while (start < end && bytes[start]! <= SPACE) start++
          while (start < end && bytes[end - 1]! <= SPACE) end--
          if (start < end) {
            value = convention === 'point' ? readPlain(bytes, start, end) : Number.NaN
            if (value === value) plain++
            else value = others.read(decodeUtf8(bytes.subarray(start, end)).trim(), length)
          }
        }
        values[length++] = value
      }
    },
    finish(rows) {
      const { present, ...found } = others.finish(rows)
      return { ...found, numbers: firstRows(values, rows), present: plain + present }
    },
  }
}

/** Reads the texts of a column that are no plain numbers, and keeps what is to be said of them. */
function collectOthers(convention: Convention) {
  let present = 0
  let others = 0
  let missing = 0
  let firstMissing: string | undefined
  let tellConvention = false
  const otherTexts = new Set<string>()
  const misfits: Misfit[] = []
  return {
    /** The number of a text in a row, NaN if it is none. */
    read(text: string, row: number): number {
      if (isMissing(text)) {
        missing++
        firstMissing ??= text
        return Number.NaN
      }
      present++
      tellConvention ||= tellsConvention(text)
      const value = readNumber(text, convention)
      if (value === undefined) {
        if (misfits.length < MAX_MISFITS) misfits.push({ row, text })
        return Number.NaN
      }
      others++
      if (otherTexts.size < MAX_OTHER_TEXTS) otherTexts.add(text)
      return value
    },
    finish(rows: number): Omit<FoundNumbers, 'numbers'> {
      const kept = misfits.filter(({ row }) => row < rows)
      present -= misfits.length - kept.length
      return { misfits: kept, present, tellConvention, others, otherTexts: [...otherTexts], missing, firstMissing }
    },
  }
}

/** The number of the form -12.34 with at most 15 digits in these bytes; NaN for any other text. */
function readPlain(bytes: Uint8Array, start: number, end: number): number {
  let at = start
  const isNegative = bytes[at] === MINUS
  if (isNegative) at++
  const begin = at
  let value = 0
  let digit = 0
  while (at < end && (digit = bytes[at]! - ZERO) >= 0 && digit <= 9) {
    value = value * 10 + digit
    at++
  }
  const whole = at - begin
  if (whole === 0 || (whole > 1 && bytes[begin] === ZERO)) return Number.NaN
  let fraction = 0
  if (at < end && bytes[at] === POINT) {
    const from = ++at
    while (at < end && (digit = bytes[at]! - ZERO) >= 0 && digit <= 9) {
      value = value * 10 + digit
      at++
    }
    fraction = at - from
    if (fraction === 0) return Number.NaN
  }
  if (at < end || whole + fraction > MAX_DIGITS) return Number.NaN
  if (fraction > 0) value /= POWERS[fraction]!
  return isNegative ? -value : value
}
