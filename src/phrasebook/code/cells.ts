// Expressions for cells of rows in snippets: `row.sales`, `row['2022年']`, and entries of object literals.
import { literal } from './draft.ts'
import type { Condition } from '../parsing/intent.ts'

const IDENTIFIER = /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u

/** The cell of a row: `row.sales`. */
export function cell(row: string, column: string): string {
  return IDENTIFIER.test(column) ? `${row}.${column}` : `${row}[${literal(column)}]`
}

/** A key of an object literal. */
export function key(column: string): string {
  return IDENTIFIER.test(column) ? column : literal(column)
}

/** An entry of an object literal, in its short form where the value is a variable of that name. */
export function entry(column: string, value: string): string {
  return key(column) === value ? value : `${key(column)}: ${value}`
}

/** A name as a variable, if it can be one. */
export function variableFor(column: string, otherwise: string): string {
  return /^[a-z][a-zA-Z\d]{0,20}$/.test(column) && !RESERVED.test(column) ? column : otherwise
}

const RESERVED =
  /^(?:class|default|delete|do|else|enum|export|extends|false|for|function|if|import|in|new|null|return|super|switch|this|throw|true|try|typeof|var|void|while|with|let|const|static|yield|await|async|of|case|catch|break|rows|row|group|groups|result|table|number|string|name|first|total)$/

/** The test of a row: `row.region === '华东'`, `row.sales > 500`. */
export function conditionOn(row: string, condition: Condition & { readonly column: string }): string {
  const value = cell(row, condition.column)
  if ('is' in condition) {
    const [only] = condition.is
    if (condition.is.length === 1) return `${value} ${condition.not ? '!==' : '==='} ${literal(only!)}`
    return `${condition.not ? '!' : ''}[${condition.is.map(literal).join(', ')}].includes(String(${value}))`
  }
  const { sign, value: number, to } = condition
  const figure = `Number(${value})`
  if (sign === 'between') return `${value} !== null && ${figure} >= ${numeral(number)} && ${figure} <= ${numeral(to!)}`
  if (sign === '=' || sign === '!=') return `${value} ${sign}== ${numeral(number)}`
  // A missing value counts as 0 in a comparison.
  const present = sign.startsWith('<') || number < 0 ? `${value} !== null && ` : ''
  return `${present}${figure} ${sign} ${numeral(number)}`
}

/** 50000 as 50_000. */
function numeral(value: number): string {
  const text = String(value)
  return /^\d{5,}$/.test(text) ? text.replace(/\B(?=(?:\d{3})+$)/g, '_') : text
}
