// Requests for rows: a table of groups, the largest rows, the first ones, as a file that spreadsheets open.
import type { Context } from './context.ts'
import type { Axes, Source, TableJob } from './job.ts'
import type { Args } from './mention.ts'
import { columnsFor, columnsOf, type Columns } from './table-columns.ts'
import { sayMeasure } from './table-jobs.ts'

/** Rows of a table, or one row a group, as a file of their own. */
export function tableJob(args: Args, table: Source, context: Context): TableJob {
  const columns = columnsOf(table, context)
  const quiet = { ...context, say: () => undefined }
  const bare = (args.fields ?? []).length === 0 && !args.overTime && args.aggregate === undefined
  const wide = columns.years.length > 1
  const ranked = args.top !== undefined
  const axes = columnsFor('table', args, columns, bare || (wide && !args.overTime) ? quiet : context)
  if (ranked) {
    sayMeasure(args, axes, columns, context)
    const by = axes.series[0] ?? ''
    context.say(`Ranked by ${by}, the largest first.`, `按"${by}"从大到小排列。`)
  }
  const named = namesGroup(args, axes, columns)
  const group = named || args.overTime === true
  const grouped = args.aggregate !== undefined && !group ? 'all' : !wide && group
  return {
    kind: 'table',
    share: args.share === true,
    language: context.language,
    table,
    ...axes,
    grouped,
    columns: wide && (ranked || !bare) ? [axes.x, ...axes.series] : undefined,
    top: args.top,
    head: args.head,
    output: context.output(table, [ranked ? `top${args.top}` : 'table'], 'csv'),
  }
}

/** True where a summary names what to group by: it is a table of the groups then. */
export function groups(args: Args, table: Source, context: Context): boolean {
  const columns = columnsOf(table, context)
  return args.overTime === true || args.aggregate !== undefined || namesGroup(args, { x: '' }, columns)
}

/** True where a column to group by was named: "top 5 products", "by region". */
function namesGroup({ fields = [], things }: Args, { x }: Pick<Axes, 'x'>, { numbers, time }: Columns): boolean {
  return things !== undefined || fields.includes(x) || fields.some((name) => name === time || !numbers.includes(name))
}
