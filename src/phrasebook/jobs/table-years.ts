// Years of a table, as columns or in a time column, and the years asked for.
import { listColumns, type Column } from '../names/column-names.ts'
import { RefusedError, type Context } from './context.ts'
import type { Axes } from './job.ts'
import type { Args } from '../parsing/intent.ts'
import { refusal } from '../answers/refusal.ts'
import type { Columns } from '../names/column-names.ts'

/** Number columns named by years. */
export function yearsIn(columns: readonly Column[]): string[] {
  return columns.flatMap(({ name, type }) =>
    type === 'number' && /^\D{0,3}(?:19|20)\d\d\D{0,2}$/.test(name) ? [name] : [],
  )
}

/** The first time column. */
export function timeIn(columns: readonly Column[]): string | undefined {
  return columns.find(
    ({ name, type }) =>
      type === 'date' || /^(?:year|date|month|time|day|quarter|年份?|年度|日期|月份?|时间|季度)/i.test(name),
  )?.name
}

/** The year columns of a wide table that were asked for; throws `RefusedError` for years that it lacks. */
export function yearsWithin(
  { years }: Columns,
  { fromYear = -Infinity, toYear = Infinity }: Args,
  context: Context,
): string[] {
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
export function spanOf({ fromYear, toYear }: Args, columns: Columns, context: Context): Axes['span'] {
  if ((fromYear ?? toYear) === undefined || columns.years.length > 1) return undefined
  if (columns.time !== undefined) return { time: columns.time, from: fromYear ?? 0, to: toYear ?? 9999 }
  throw new RefusedError(
    refusal(
      'no_such_year',
      context.word(
        `The table has no column of years to choose ${fromYear ?? toYear} by; the columns are ${listColumns(columns)}.`,
        `表格没有年份列，无法选出 ${fromYear ?? toYear} 年；列有 ${listColumns(columns)}。`,
      ),
    ),
  )
}

/** The year in a column's name. */
export function yearOf(column: string): number {
  return Number(/\d{4}/.exec(column)?.[0])
}
