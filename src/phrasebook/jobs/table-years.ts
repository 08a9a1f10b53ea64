// Years of a table, as columns or in a time column, and the years asked for.
import { listColumns, type Column } from '../names/column-names.ts'
import { RefusedError, type Context } from './context.ts'
import type { Axes } from './job.ts'
import type { Args } from '../parsing/intent.ts'
import { refusal } from '../answers/refusal.ts'
import type { Columns } from '../names/column-names.ts'

/** The first time column. */
export function timeIn(columns: readonly Column[]): string | undefined {
  return columns.find(
    ({ name, type }) =>
      type === 'date' || /^(?:year|date|month|time|day|quarter|年份?|年度|日期|月份?|时间|季度)/i.test(name),
  )?.name
}

/** The year columns of a wide table that were asked for; throws `RefusedError` for years that it lacks. */
export function yearsWithin(columns: Columns, args: Args, context: Context): string[] {
  const { years } = columns
  const { fromYear = -Infinity, toYear = Infinity, lastYears } = args
  if (lastYears !== undefined) return years.slice(-lastYears)
  const within = years.filter((name) => yearOf(name) >= fromYear && yearOf(name) <= toYear)
  if (years.length < 2 || within.length > 0) return within
  const asked = fromYear === toYear ? fromYear : `${fromYear} – ${toYear}`
  throw new RefusedError(
    refusal(
      'no_such_year',
      context.word(
        `The table has the years ${yearOf(years[0]!)} to ${yearOf(years.at(-1)!)}, not ${asked}.`,
        `表格的年份是 ${yearOf(years[0]!)} 到 ${yearOf(years.at(-1)!)}，没有 ${asked}。`,
      ),
    ),
  )
}

/** The years asked for of a long table; throws `RefusedError` if it has no time column. */
export function spanOf({ fromYear, toYear, years, lastYears }: Args, columns: Columns, context: Context): Axes['span'] {
  const asked = fromYear ?? toYear ?? years?.[0]
  if ((asked === undefined && lastYears === undefined) || columns.years.length > 1) return undefined
  const { time } = columns
  if (time === undefined)
    throw new RefusedError(
      refusal(
        'no_such_year',
        context.word(
          `The table has no column of years to choose ${asked ?? 'the last years'} by; the columns are ${listColumns(columns)}.`,
          `表格没有年份列，无法选出 ${asked ?? '最近的'} 年；列有 ${listColumns(columns)}。`,
        ),
      ),
    )
  const column = columns.all.find(({ name }) => name === time)
  const isNumber = column?.type === 'number'
  if (years !== undefined) return { time, isNumber, from: Math.min(...years), to: Math.max(...years), years }
  const [, last] = knownYears(columns) ?? []
  if (lastYears !== undefined && last !== undefined) return { time, isNumber, from: last - lastYears + 1, to: last }
  return { time, isNumber, from: fromYear ?? 0, to: toYear ?? 9999 }
}

/** The first and the last year of a table: of its year columns, else of its time column as far as the file info says. */
export function knownYears({ all, years, time }: Columns): readonly [number, number] | undefined {
  if (years.length > 1) {
    const known = years.map(yearOf)
    return [Math.min(...known), Math.max(...known)]
  }
  const { least, most } = all.find(({ name }) => name === time) ?? {}
  const [first, last] = [least, most].map((value) => Number(/\d{4}/.exec(String(value ?? ''))?.[0] ?? Number.NaN))
  return first! > 0 && last! > 0 ? [first!, last!] : undefined
}

/** The year in a column's name. */
export function yearOf(column: string): number {
  return Number(/\d{4}/.exec(column)?.[0])
}
