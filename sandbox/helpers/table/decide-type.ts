// Decides the type of a column from its texts.
import { readerOfDates, type DateOrder, type DateReader } from './dates.ts'
import { conventionOf, isLongInteger, isMissing, readNumber, type Convention } from './numbers.ts'

/** How the texts of a column are to be understood, where that is known beforehand. */
export interface ReadingHints {
  /** The file separates cells by semicolons, so decimals may be written with commas. */
  readonly commaDecimals?: boolean
  readonly dateOrder?: DateOrder | undefined
}

/** What a column's texts are. */
export type Decision =
  | { readonly type: 'number'; readonly convention: Convention }
  | { readonly type: 'date'; readonly reader: DateReader }
  | { readonly type: 'boolean' }
  | { readonly type: 'empty' }
  | { readonly type: 'text'; readonly reason?: TextReason }

/** Why a column that looks like one of numbers or dates is text. */
export interface TextReason {
  /** `codes`: numbers, some with leading zeros or too long to be held exactly. */
  readonly what: 'numbers' | 'dates' | 'codes'
  /** How many of the present values are numbers or dates. */
  readonly fits: number
  readonly present: number
  /** The first that is none. */
  readonly first: string
}

/** The share of the values of a column that must be of its type. */
export const MIN_SHARE = 0.95
/** Distinct values of which at least one must be a number, or a date, for the others to be looked at. */
const LOOKED_AT = 200
/** A share of numbers from which a text column gets a note. */
const NOTED_SHARE = 0.5

/**
 * Decides what texts are: numbers, dates or booleans if at least 95 % of the present ones are. Long integers and codes
 * with leading zeros among them make the column text, since reading them would lose digits. `counts[i]`: how often
 * `texts[i]` occurs.
 */
export function decideType(texts: readonly string[], counts: ArrayLike<number>, hints: ReadingHints = {}): Decision {
  const present = findPresent(texts, counts)
  if (present.texts.length === 0) return { type: texts.every((text) => text.trim() === '') ? 'empty' : 'text' }
  if (present.texts.every((text) => BOOLEAN.test(text))) return { type: 'boolean' }
  const convention = hasNumbers(present.texts) ? conventionOf(present.texts, hints.commaDecimals === true) : 'point'
  const isNumber = (text: string): boolean => readNumber(text, convention) !== undefined
  const numbers = countFits(present, isNumber)
  const codes = numbers > 0 ? countFits(present, isCode) : 0
  if (numbers >= present.total * MIN_SHARE && codes === 0) return { type: 'number', convention }
  const reader = readerOfDates(present.texts, hints.dateOrder, hints.commaDecimals)
  const isDate = (text: string): boolean => reader.read(text) !== undefined
  const dates = countFits(present, isDate)
  if (dates >= present.total * MIN_SHARE) return { type: 'date', reader }
  if (dates >= present.total * NOTED_SHARE) return asText(present, 'dates', dates, isDate)
  if (codes > 0 && countFits(present, (text) => isNumber(text) || isCode(text)) === present.total)
    return asText(present, 'codes', numbers, (text) => !isCode(text))
  return numbers >= present.total * NOTED_SHARE ? asText(present, 'numbers', numbers, isNumber) : { type: 'text' }
}

/** The texts that stand for a value, without the blanks around them. */
interface PresentTexts {
  readonly texts: readonly string[]
  readonly weights: readonly number[]
  readonly total: number
}

function findPresent(all: readonly string[], counts: ArrayLike<number>): PresentTexts {
  const texts: string[] = []
  const weights: number[] = []
  let total = 0
  all.forEach((text, i) => {
    const trimmed = text.trim()
    if (trimmed === '' || isMissing(trimmed)) return
    texts.push(trimmed)
    weights.push(counts[i]!)
    total += counts[i]!
  })
  return { texts, weights, total }
}

/** Whether the first texts have any number, however it is written. */
function hasNumbers(texts: readonly string[]): boolean {
  return texts
    .slice(0, LOOKED_AT)
    .some((text) => readNumber(text) !== undefined || readNumber(text, 'comma') !== undefined)
}

/** How many values fit; 0 if none of the first distinct ones does: then the others are not looked at. */
function countFits({ texts, weights }: PresentTexts, fits: (text: string) => boolean): number {
  let count = 0
  for (let i = 0; i < texts.length; i++) {
    if (i === LOOKED_AT && count === 0) return 0
    if (fits(texts[i]!)) count += weights[i]!
  }
  return count
}

function asText(
  { texts, total }: PresentTexts,
  what: TextReason['what'],
  fits: number,
  isFit: (text: string) => boolean,
): Decision {
  const first = texts.find((text) => !isFit(text)) ?? ''
  return { type: 'text', reason: { what, fits, present: total, first } }
}

/** A text whose digits a number would lose: 00123, or an integer of more than 15 digits. */
export function isCode(text: string): boolean {
  return /^[+-]?0\d+$/.test(text) || isLongInteger(text)
}

/** True or false, as it is written in a table. */
export const BOOLEAN = /^(?:true|false)$/i
