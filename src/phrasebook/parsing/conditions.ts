// Settles what single words of a question about a table mean beside each other: which column a comparison is about, what
// is left out, which years are meant, and which field a pivot table has across.
import type { Args, Condition } from './intent.ts'
import { isYear } from '../phrases/conditions.ts'
import type { Token } from '../phrases/lexicon.ts'
import { yearsIn } from '../names/column-names.ts'
import type { Vocabulary } from '../names/vocabulary.ts'

/** The tokens with conditions, years and roles settled. */
export function withConditions(tokens: readonly Token[], { tables }: Vocabulary): Token[] {
  const numbers = new Set(tables.flat().flatMap(({ name, type }) => (type === 'number' ? [name] : [])))
  const wide = new Set(
    tables.filter((columns) => yearsIn(columns).length > 1).flatMap((columns) => columns.map(({ name }) => name)),
  )
  const settled = withExclusions(withoutRepeats(withComparisons(tokens, numbers), numbers))
  return withYears(withRoles(withSides(settled, wide)))
}

const NOTHING = (text: string): Token => ({ type: 'mark', mark: 'filler', text })

function argsOf(token: Token | undefined): Args {
  return token?.type === 'argument' ? token.args : {}
}

/** A comparison is about the number column named before it, else after it, else about the measure of the request. */
function withComparisons(tokens: readonly Token[], numbers: ReadonlySet<string>): Token[] {
  const result = [...tokens]
  const isNumber = (token: Token) => (argsOf(token).fields ?? []).some((name) => numbers.has(name))
  for (const [at, token] of tokens.entries()) {
    const { compares } = argsOf(token)
    if (!compares || token.type !== 'argument') continue
    const before = result.findLastIndex((other, n) => n < at && isNumber(other))
    const ended = tokens.findLastIndex((other, n) => n < at && argsOf(other).compares !== undefined)
    const after = tokens.findIndex((other, n) => n > at && isNumber(other))
    const subject = before > ended ? before : after
    const column = subject < 0 ? undefined : argsOf(tokens[subject]).fields![0]
    const condition: Condition = { column, ...compares }
    result[at] = { type: 'argument', args: { where: [condition] }, text: token.text }
    if (subject >= 0 && !/\d{4}/.test(column!)) result[subject] = NOTHING(tokens[subject]!.text)
  }
  return result
}

/** Drops what only repeats its neighbour: 地区 of 华东地区, "preview" of the first 10 rows, "sold" of units sold. */
function withoutRepeats(tokens: readonly Token[], numbers: ReadonlySet<string>): Token[] {
  const columnOf = (token: Token | undefined) => {
    const [one] = argsOf(token).where ?? []
    return one && 'is' in one ? one.column : undefined
  }
  const counts = tokens.some(
    (token) => (argsOf(token).head ?? argsOf(token).tail) !== undefined && /[\d一二三四五六七八九十]/.test(token.text),
  )
  const hasNumber = tokens.some((token) => (argsOf(token).fields ?? []).some((name) => numbers.has(name)))
  return tokens.map((token, at) => {
    const { fields, head, tail, isHint, by } = argsOf(token)
    const [only, ...others] = fields ?? []
    const repeats =
      only !== undefined &&
      others.length === 0 &&
      !by &&
      (columnOf(beside(tokens, at, -1)) === only || columnOf(beside(tokens, at, 1)) === only)
    const isDefault = (head ?? tail) !== undefined && counts && !/[\d一二三四五六七八九十]/.test(token.text)
    return repeats || isDefault || (isHint === true && hasNumber) ? NOTHING(token.text) : token
  })
}

/** The token next to this one, past one word without a meaning: "region is 华东". */
function beside(tokens: readonly Token[], at: number, way: 1 | -1): Token | undefined {
  const next = tokens[at + way]
  return next?.type === 'mark' && next.mark === 'filler' ? tokens[at + 2 * way] : next
}

/** Several values of one column are compared: "Tea and Coffee" are two groups, unless the table is wide. */
function withSides(tokens: readonly Token[], wide: ReadonlySet<string>): Token[] {
  const seen = new Set<string>()
  return tokens.map((token) => {
    const [one] = argsOf(token).where ?? []
    if (token.type !== 'argument' || !one || !('is' in one) || one.not || wide.has(one.column)) return token
    const isSecond = seen.has(one.column)
    seen.add(one.column)
    return isSecond ? { ...token, args: { ...token.args, fields: [one.column], by: [one.column] } } : token
  })
}

/** "Except 广东省", 除了北京: the rows of all other values. */
function withExclusions(tokens: readonly Token[]): Token[] {
  const result = [...tokens]
  let not = -1
  for (const [at, token] of tokens.entries()) {
    const { where } = argsOf(token)
    if (token.type === 'mark' && token.mark === 'not') not = at
    else if (where && not >= 0) {
      result[not] = NOTHING(tokens[not]!.text)
      const left = where.map((one) => ('is' in one ? { ...one, not: true } : one))
      result[at] = { type: 'argument', args: { where: left }, text: token.text }
    } else if (token.type !== 'mark') not = -1
  }
  return result
}

/** "Regions as rows and years as columns": the field named before "as columns" goes across. */
function withRoles(tokens: readonly Token[]): Token[] {
  const isField = (token: Token) => argsOf(token).fields !== undefined || argsOf(token).overTime === true
  return tokens.map((token, at) => {
    const { role } = argsOf(token)
    if (token.type !== 'argument' || role === undefined) return token
    const field = argsOf(tokens.slice(0, at).findLast(isField) ?? tokens.slice(at).find(isField))
    const across = role === 'columns' ? { across: field.fields?.[0] ?? '' } : {}
    return { type: 'argument', args: { pivot: true, ...across }, text: token.text }
  })
}

/** A number like 2022 is a year; several single years are a list of them. */
function withYears(tokens: readonly Token[]): Token[] {
  const yearOf = (token: Token): number | undefined => {
    const { number, fromYear, toYear } = argsOf(token)
    if (number !== undefined && /^\d{4}$/.test(token.text) && isYear(number)) return number
    return fromYear !== undefined && fromYear === toYear ? fromYear : undefined
  }
  const single = tokens.flatMap((token) => yearOf(token) ?? [])
  return tokens.map((token): Token => {
    const year = yearOf(token)
    if (year === undefined || token.type !== 'argument') return token
    const { number: _number, fromYear: _from, toYear: _to, ...rest } = token.args
    const args = new Set(single).size > 1 ? { ...rest, years: [year] } : { ...rest, fromYear: year, toYear: year }
    return { type: 'argument', args, text: token.text }
  })
}
