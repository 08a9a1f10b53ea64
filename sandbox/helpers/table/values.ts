// Decides the type of a column from its texts and reads them. A few texts that do not fit become null and are told, so
// that one bad cell does not turn a column of numbers into text.
import type { ColumnType } from './columns.ts'
import { readerOfDates, type DateOrder, type DateReader } from './dates.ts'
import { conventionOf, isLongInteger, isMissing, multiplierOf, readNumber, unitOf, type Convention } from './numbers.ts'

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
interface TextReason {
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
  const convention = conventionOf(present.texts, hints.commaDecimals === true)
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

const BOOLEAN = /^(?:true|false)$/i

/** A column's values: `numbers` for numbers and booleans, else `codes` and `dictionary`. */
export interface SettledColumn {
  readonly type: ColumnType
  readonly numbers?: Float64Array
  readonly codes?: Int32Array
  readonly dictionary?: readonly string[]
  readonly unit?: string
  /** Decisions, in words. */
  readonly notes: readonly string[]
  /** Indices into the texts of what does not fit. */
  readonly misfits: readonly number[]
}

/** Reads the texts of a column. */
export function settleTexts(
  { codes, texts }: { readonly codes: Int32Array; readonly texts: readonly string[] },
  hints: ReadingHints = {},
): SettledColumn {
  const counts = new Int32Array(texts.length)
  for (let i = 0; i < codes.length; i++) if (codes[i]! >= 0) counts[codes[i]!]!++
  const decision = decideType(texts, counts, hints)
  if (decision.type === 'number') return settleNumbers(codes, texts, counts, decision.convention)
  if (decision.type === 'boolean') {
    const values = Float64Array.from(texts, (text) =>
      BOOLEAN.test(text.trim()) ? Number(/^true$/i.test(text.trim())) : Number.NaN,
    )
    return { type: 'boolean', numbers: spread(codes, values), notes: missingNotes(texts, counts), misfits: [] }
  }
  if (decision.type === 'date') return settleDates(codes, texts, counts, decision.reader)
  if (decision.type !== 'text') return { type: 'empty', notes: [], misfits: [] }
  return { type: 'text', codes, dictionary: texts, notes: textNotes(decision.reason), misfits: [] }
}

function settleNumbers(
  codes: Int32Array,
  texts: readonly string[],
  counts: ArrayLike<number>,
  convention: Convention,
): SettledColumn {
  const misfits: number[] = []
  const values = Float64Array.from(texts, (text, i) => {
    const trimmed = text.trim()
    if (trimmed === '' || isMissing(trimmed)) return Number.NaN
    const value = readNumber(trimmed, convention)
    if (value === undefined) misfits.push(i)
    return value ?? Number.NaN
  })
  const present = texts.filter((_, i) => !Number.isNaN(values[i]))
  const notes = [...numberNotes(present, convention), ...missingNotes(texts, counts)]
  return { type: 'number', numbers: spread(codes, values), notes, misfits, ...unitField(present) }
}

function unitField(texts: readonly string[]): { unit?: string } {
  const unit = commonUnit(texts)
  return unit === '' ? {} : { unit }
}

/** The unit that all texts have; '' if they differ or have none. */
export function commonUnit(texts: readonly string[]): string {
  const unit = texts.length === 0 ? '' : unitOf(texts[0]!)
  return unit !== '' && texts.every((text) => unitOf(text) === unit) ? unit : ''
}

/** How numbers were read, where that is not plain. */
export function numberNotes(present: readonly string[], convention: Convention): string[] {
  const notes: string[] = []
  const units = new Set(present.map(unitOf))
  units.delete('')
  if (units.has('%')) notes.push('percentages are kept as written (12.5% is 12.5)')
  units.delete('%')
  if (units.size === 1) notes.push(`the unit ${[...units][0]} was left out`)
  if (units.size > 1)
    notes.push(`values have different units, which were left out: ${[...units].slice(0, 5).join(', ')}`)
  const multipliers = new Set(present.map(multiplierOf))
  multipliers.delete('')
  if (multipliers.size > 0) notes.push(`${[...multipliers].join(', ')} were multiplied out (1.2万 is 12000)`)
  if (convention === 'comma') notes.push('the comma was taken as the decimal sign')
  return notes
}

function missingNotes(texts: readonly string[], counts: ArrayLike<number>): string[] {
  let count = 0
  let first: string | undefined
  texts.forEach((text, i) => {
    if (text.trim() === '' || !isMissing(text.trim())) return
    count += counts[i]!
    first ??= text.trim()
  })
  return missingNote(count, first)
}

/** What is said of marks that were taken as missing. */
export function missingNote(count: number, first: string | undefined): string[] {
  return first === undefined || count === 0
    ? []
    : [
        `${count === 1 ? '1 value' : `${count} values`} such as '${first}' ${count === 1 ? 'was' : 'were'} taken as missing`,
      ]
}

function settleDates(
  codes: Int32Array,
  texts: readonly string[],
  counts: ArrayLike<number>,
  reader: DateReader,
): SettledColumn {
  const dictionary: string[] = []
  const known = new Map<string, number>()
  const misfits: number[] = []
  const renumbered = Int32Array.from(texts, (text, i) => {
    const trimmed = text.trim()
    const date = trimmed === '' || isMissing(trimmed) ? undefined : reader.read(trimmed)
    if (date === undefined) {
      if (trimmed !== '' && !isMissing(trimmed)) misfits.push(i)
      return -1
    }
    const code = known.get(date)
    if (code !== undefined) return code
    known.set(date, dictionary.length)
    return dictionary.push(date) - 1
  })
  const moved = codes.map((code) => (code < 0 ? -1 : renumbered[code]!))
  return {
    type: 'date',
    codes: moved,
    dictionary,
    notes: [...dateNotes(reader, texts), ...missingNotes(texts, counts)],
    misfits,
  }
}

const ORDERS: Readonly<Record<DateOrder, string>> = {
  dmy: 'day, month, year',
  mdy: 'month, day, year',
  ymd: 'year, month, day',
}

function dateNotes(reader: DateReader, texts: readonly string[]): string[] {
  if (!reader.order) return []
  const example = texts.find((text) => /\d[-/.]\d/.test(text))?.trim() ?? ''
  const taken = `dates such as '${example.slice(0, 40)}' were taken as ${ORDERS[reader.order]}`
  if (!reader.isAmbiguous) return [taken]
  const other = reader.order === 'dmy' ? 'mdy' : 'dmy'
  return [`${taken}; nothing tells which, so pass { dateOrder: '${other}' } if it is the other way round`]
}

function textNotes(reason: TextReason | undefined): string[] {
  if (!reason) return []
  const first = `'${reason.first.replace(/\s+/g, ' ').slice(0, 40)}'`
  if (reason.what === 'codes') return [`kept as text, since a number would lose digits of ${first}`]
  const others = reason.present - reason.fits
  return [`kept as text, since ${others} of ${reason.present} values are no ${reason.what}, the first ${first}`]
}

/** The value of each row's text. */
function spread(codes: Int32Array, values: Float64Array): Float64Array {
  const numbers = new Float64Array(codes.length)
  for (let i = 0; i < codes.length; i++) numbers[i] = codes[i]! < 0 ? Number.NaN : values[codes[i]!]!
  return numbers
}
