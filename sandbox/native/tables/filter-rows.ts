// Which rows a filter lets through. Texts are tested once per distinct value; a filter is what a person types.
import type { ColumnData } from '../../helpers/table/columns.ts'

/** Marks rows with 0 that the filter excludes; false if it is not understood, which changes nothing. */
export function applyFilter(column: ColumnData, text: string, rows: Uint8Array): boolean {
  const filter = normalize(text)
  if (filter === '') return true
  if (filter === '=') return keep(column, rows, undefined, true)
  if (filter === '!=') return keep(column, rows, () => true, false)
  if (column.type === 'empty') return keep(column, rows, () => true, false)
  const test = testOf(column.type, filter)
  return test !== undefined && keep(column, rows, test, false)
}

/** Marks rows with 0 of which no column contains the text. */
export function applySearch(columns: readonly ColumnData[], text: string, rows: Uint8Array): void {
  const wanted = normalize(text).toLowerCase()
  if (wanted === '') return
  const found = new Uint8Array(rows.length)
  for (const { codes, dictionary, numbers, type } of columns) {
    if (codes && dictionary) {
      const hits = Uint8Array.from(dictionary, (value) => Number(value.toLowerCase().includes(wanted)))
      if (!hits.includes(1)) continue
      for (let row = 0; row < found.length; row++) if (codes[row]! >= 0 && hits[codes[row]!] === 1) found[row] = 1
    } else if (numbers && type === 'boolean') {
      const hits = ['false', 'true'].map((word) => word.startsWith(wanted))
      for (let row = 0; row < found.length; row++) if (hits[numbers[row]!] === true) found[row] = 1
    } else if (numbers) findNumbers(numbers, wanted.replaceAll(',', ''), found)
  }
  for (let row = 0; row < rows.length; row++) if (found[row] === 0) rows[row] = 0
}

/** Numbers whose digits contain the text. */
function findNumbers(numbers: Float64Array, wanted: string, found: Uint8Array): void {
  if (!/^-?[\d.]+$/.test(wanted)) return
  for (let row = 0; row < found.length; row++)
    if (found[row] === 0 && !Number.isNaN(numbers[row]!) && String(numbers[row]).includes(wanted)) found[row] = 1
}

type Test = (value: string | number) => boolean

/** Full-width signs as the Chinese keyboard has them, and signs of two characters in one. */
function normalize(text: string): string {
  return text
    .trim()
    .replaceAll('＞', '>')
    .replaceAll('＜', '<')
    .replaceAll('＝', '=')
    .replaceAll('！', '!')
    .replaceAll('≥', '>=')
    .replaceAll('≤', '<=')
    .replaceAll('≠', '!=')
    .replace(/^<>/, '!=')
    .replace(/…|～|~|——/, '..')
}

function testOf(type: ColumnData['type'], filter: string): Test | undefined {
  if (type === 'boolean') return booleanTest(filter)
  if (type === 'text') return textTest(filter)
  const read = type === 'number' ? readNumber : readDate
  const range = /^(.*?)\.\.+(.*)$/.exec(filter)
  if (range) {
    const [from, to] = [range[1]!.trim(), range[2]!.trim()]
    const [least, most] = [read(from), read(to)]
    if ((from !== '' && least === undefined) || (to !== '' && most === undefined) || from + to === '') return undefined
    return (value) =>
      (least === undefined || compare(value, least) >= 0) && (most === undefined || compare(value, most) <= 0)
  }
  const [, sign = '', rest = ''] = /^(>=|<=|!=|>|<|=)?\s*(.*)$/.exec(filter) ?? []
  const bound = read(rest)
  return bound === undefined ? undefined : (value) => holds(sign, compare(value, bound))
}

function holds(sign: string, difference: number): boolean {
  if (sign === '>') return difference > 0
  if (sign === '>=') return difference >= 0
  if (sign === '<') return difference < 0
  if (sign === '<=') return difference <= 0
  return sign === '!=' ? difference !== 0 : difference === 0
}

/** Dates are compared as far as the bound goes: all of June 2024 is equal to 2024-06. */
function compare(value: string | number, bound: string | number): number {
  if (typeof value === 'number' || typeof bound === 'number') return Number(value) - Number(bound)
  const head = value.slice(0, bound.length)
  return head < bound ? -1 : head > bound ? 1 : 0
}

function readNumber(text: string): number | undefined {
  const digits = text.replaceAll(/[,，\s%¥$€£]/g, '')
  const [, figure = '', unit = ''] = /^(.*?)([万亿]?)$/.exec(digits) ?? []
  const number = figure === '' ? Number.NaN : Number(figure) * (unit === '万' ? 1e4 : unit === '亿' ? 1e8 : 1)
  return Number.isNaN(number) ? undefined : number
}

function readDate(text: string): string | undefined {
  const found = /^(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})(?:[日T\s]\s*(\d{1,2}:[\d:.]*)?)?)?|年)?[月日]?$/.exec(
    text,
  )
  if (!found) return undefined
  const [, year, month, day, time] = found
  const date = [year, month?.padStart(2, '0'), day?.padStart(2, '0')].filter((part) => part !== undefined).join('-')
  return time === undefined ? date : `${date}T${time.padStart(5, '0')}`
}

function booleanTest(filter: string): Test | undefined {
  const [, sign = '', word = ''] = /^(!=|=)?\s*(.*)$/.exec(filter.toLowerCase()) ?? []
  const wanted = /^(true|t|yes|y|1|是|真)$/.test(word) ? 1 : /^(false|f|no|n|0|否|假)$/.test(word) ? 0 : undefined
  if (wanted === undefined) return undefined
  return (value) => (value === wanted) === (sign !== '!=')
}

function textTest(filter: string): Test {
  const [, sign = '', rest = ''] = /^(!=|=)?\s*(.*)$/s.exec(filter.toLowerCase()) ?? []
  if (sign === '') return (value) => String(value).toLowerCase().includes(rest)
  return (value) => (String(value).toLowerCase() === rest) === (sign === '=')
}

/** Keeps rows whose value passes; missing ones only if `missing`. */
function keep({ codes, dictionary, numbers }: ColumnData, rows: Uint8Array, test: Test | undefined, missing: boolean) {
  if (codes && dictionary) {
    const hits = Uint8Array.from(dictionary, (value) => Number(test?.(value) ?? false))
    for (let row = 0; row < rows.length; row++) {
      const code = codes[row]!
      if (code < 0 ? !missing : hits[code] === 0) rows[row] = 0
    }
  } else if (numbers) {
    for (let row = 0; row < rows.length; row++) {
      const value = numbers[row]!
      if (Number.isNaN(value) ? !missing : test?.(value) !== true) rows[row] = 0
    }
  } else if (!missing) rows.fill(0)
  return true
}
