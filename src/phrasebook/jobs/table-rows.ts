// Requests for rows: a table of groups, the largest rows or the first ones, as a file that spreadsheets open.
import { choiceOf } from './row-filter.ts'
import type { Context } from './context.ts'
import type { Axes, Source, TableJob } from './job.ts'
import type { Args, Mention } from '../parsing/intent.ts'
import { numbersAlong } from './number-axis.ts'
import { areRows, checkThings, rankedBy, sayMeasure } from './ranking.ts'
import { columnsFor, columnsOf } from './table-columns.ts'
import type { Columns } from '../names/column-names.ts'

/** Rows of a table, or one row per group, as a file. */
export function tableJob(args: Args, table: Source, context: Context): TableJob {
  const columns = columnsOf(table, context)
  const wide = columns.years.length > 1
  const ranked = args.top !== undefined
  checkThings(args, columns, context)
  const group = args.overTime === true || namesGroup(args, columns)
  const grouped = args.aggregate !== undefined && !group ? 'all' : !wide && group
  const quiet = { ...context, say: () => undefined }
  const axes = columnsFor('table', args, columns, grouped === true || (wide && args.overTime) ? context : quiet)
  if (ranked) sayRanking(args, axes, columns, table, context)
  if (grouped === 'all') sayWhole(args, axes, context)
  return {
    kind: 'table',
    share: args.share === true,
    language: context.language,
    table,
    choice: choiceOf(args, columns, context),
    ...axes,
    grouped,
    columns: grouped ? undefined : shownColumns(args, axes, columns),
    top: args.top,
    least: args.least,
    head: args.head,
    output: context.output(table, [ranked ? `${args.least ? 'bottom' : 'top'}${args.top}` : 'table'], 'csv'),
  }
}

/** Whether a summary names what to group by, which makes it a table of groups. */
export function isGroupedSummary(args: Args, table: Source, context: Context): boolean {
  return args.overTime === true || args.aggregate !== undefined || namesGroup(args, columnsOf(table, context))
}

/** Whether a ranking without a stated form is of rows: no column to group by is named. */
export function ranksRows({ kind, args, implied }: Mention, table: Source, context: Context): boolean {
  if (kind !== 'chart' || !implied || args.top === undefined || args.overTime) return false
  const columns = columnsOf(table, context)
  return columns.years.length < 2 && args.aggregate === undefined && !namesGroup(args, columns)
}

/** Whether a column to group by is named: "top 5 products", "by region". */
export function namesGroup(args: Args, columns: Columns): boolean {
  const { fields = [], things } = args
  if (things !== undefined && !areRows(args, columns)) return true
  return (
    numbersAlong(args, columns) !== undefined ||
    fields.some((name) => name === columns.time || !columns.numbers.includes(name))
  )
}

/** Columns kept of ungrouped rows: in a wide table, of the years asked for; else those named, or all in a ranking. */
function shownColumns(args: Args, axes: Axes, { years }: Columns): readonly string[] | undefined {
  const named = args.fields ?? []
  const bare = named.length === 0 && !args.overTime && args.aggregate === undefined
  if (years.length > 1) return args.top !== undefined || !bare ? [axes.x, ...axes.series] : undefined
  return args.top === undefined && named.length > 0 ? [...new Set(named)] : undefined
}

function sayRanking(args: Args, axes: Axes, columns: Columns, table: Source, context: Context): void {
  sayMeasure(args, axes, columns, table, context)
  const by = rankedBy(axes) ?? context.word('rows', '行数')
  const [en, zh] = args.least ? ['smallest', '从小到大'] : ['largest', '从大到小']
  context.say(`Ranked by ${by}, the ${en} first.`, `按"${by}"${zh}排列。`)
}

/** Notes which column the one number of all rows is of, if none was named. */
function sayWhole({ fields = [], measure }: Args, { series }: Axes, context: Context): void {
  if (fields.length > 0 || measure !== undefined || series.length === 0) return
  context.say(
    `The column ${series.join(', ')} was used; name another to change that.`,
    `使用了"${series.join('、')}"列;说出别的列名可以更换。`,
  )
}
