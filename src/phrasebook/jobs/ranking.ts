// Rankings: by which column, and of rows or of groups. A column that the table lacks is never replaced by another.
import { listColumns, otherNames, wordsOfFile } from '../names/column-names.ts'
import { RefusedError, type Context } from './context.ts'
import type { Axes, Source } from './job.ts'
import type { Args } from '../parsing/intent.ts'
import { refusal } from '../answers/refusal.ts'
import type { Columns } from '../names/column-names.ts'

/** General words for rows. */
const ROWS =
  /^(?:人|学生|员工|顾客|客户|患者|病人|people|persons?|rows?|records?|entries|ones|cases|individuals|customers|patients|students|employees)$/i
/** The general word for groups. */
const GROUPS = 'category'

/** Whether the ranked things are the rows themselves. */
export function areRows({ things }: Args, { all }: Columns): boolean {
  return things !== undefined && ROWS.test(things) && !otherNames(all).has(things.toLowerCase())
}

/** Notes what was taken for a measure that is not a column; refuses one that the table lacks. */
export function sayMeasure(
  { measure }: Args,
  { series, acrossYears }: Pick<Axes, 'series' | 'acrossYears'>,
  columns: Columns,
  table: Source,
  context: Context,
): void {
  if (!measure || acrossYears || series.length === 0) return
  if (otherNames(columns.all).has(measure.toLowerCase())) return
  const ofFile = wordsOfFile(table.name).includes(measure.toLowerCase())
  const values = columns.numbers.filter((name) => name !== columns.time)
  if (columns.years.length < 2 && !(ofFile && values.length === 1)) throw noColumn(measure, columns, context)
  context.say(
    `There is no column called ${measure}; ${series.at(-1)} was used instead.`,
    `没有名为"${measure}"的列，按"${series.at(-1)}"理解。`,
  )
}

/** Refuses things for which the table has no column. */
export function checkThings(args: Args, columns: Columns, context: Context): void {
  const { things } = args
  if (things === undefined || things === GROUPS || areRows(args, columns) || columns.years.length > 1) return
  if (otherNames(columns.all).has(things.toLowerCase())) return
  if (columns.texts.filter((name) => name !== columns.time).length !== 1) throw noColumn(things, columns, context)
}

/** The refusal to chart rows when no column has their names. */
export function noNames(context: Context): RefusedError {
  return new RefusedError(
    refusal(
      'no_columns',
      context.word(
        'The rows have no names that a chart could show. Ask for them as a table, or name a column to group by.',
        '这些行没有可以标在图上的名称。请说"做成表格"，或说出按哪一列分组。',
      ),
    ),
  )
}

function noColumn(word: string, columns: Columns, context: Context): RefusedError {
  return new RefusedError(
    refusal(
      'no_columns',
      context.word(
        `The table has no column for "${word}"; the columns are ${listColumns(columns)}.`,
        `表格里没有"${word}"这一列；列有 ${listColumns(columns)}。`,
      ),
    ),
  )
}
