// Plans a question about a table: what the rows of the result are, how they are sorted, and the form of the answer.
import type { Context } from '../context.ts'
import type { Source } from '../job.ts'
import type { QueryJob, QueryShape } from './query.ts'
import type { Args, ChartType } from '../../parsing/intent.ts'
import type { Columns } from '../../names/column-names.ts'
import { choiceOf, describeChoice } from '../row-filter.ts'
import { checkThings } from '../ranking.ts'
import { readColumns } from '../table-columns.ts'
import { spanOf, yearsWithin } from '../table-years.ts'
import { captionOf } from './caption.ts'
import { changeShape, isChange } from './change.ts'
import { distinctShape, pivotShape, relationShape } from './other-shapes.ts'
import { groupedShape } from './shape.ts'
import { GROWTH, havingOf, orderOf } from './order.ts'
import { withGuess, wideYears } from './measure.ts'

/** The most rows or bars of a chart, and rows shown in an answer. */
const MAX_BARS = 40
const MAX_SHOWN = 20

/** A question about rows or figures of a table; `type`: the kind of chart to draw the result as. */
export function queryJob(said: Args, table: Source, context: Context, type?: ChartType): QueryJob {
  const columns = readColumns(table)
  checkThings(said, columns, context)
  // A year that a wide table lacks is refused.
  yearsWithin(columns, said, context)
  const args = settled(withGuess(said, columns, context), columns)
  const shape = shapeOf(args, columns, table, context)
  const choice = choiceOf(rowConditions(args, shape), columns, context, wideYears(args, columns).at(-1))
  const span = shape.type === 'change' ? undefined : spanOf(args, columns, context)
  const { top, tail, sort, answer } = orderOf(args, shape, columns, context.language)
  const growth = args.growth === 'yearly' && shape.type !== 'change'
  const filter = describeChoice(choice, context)
  const caption = captionOf(args, shape, filter, span, sort, context)
  const chart = chartOf(type, args, shape, growth, caption, context)
  return {
    kind: 'query',
    language: context.language,
    table,
    choice,
    span,
    shape,
    caption,
    share: args.share ? { of: sharedOf(args) } : undefined,
    growth,
    having: havingOf(args, shape),
    sort,
    top: top ?? (chart ? MAX_BARS : undefined),
    tail,
    answer: chart ? 'table' : answer,
    chart,
    ...outputOf(args, shape, top, chart !== undefined, table, context),
  }
}

/** What words mean beside each other: the highest of each group is its maximum, growth from year to year is by year. */
function settled(args: Args, columns: Columns): Args {
  const { best, which, top, by = [], fields = [], growth } = args
  const groups = fields.filter((name) => !columns.numbers.includes(name))
  const isEach =
    best !== undefined && !which && top === undefined && groups.length > 0 && groups.every((name) => by.includes(name))
  const extreme = isEach && columns.years.length < 2 && growth === undefined
  if (extreme) return { ...args, best: undefined, aggregate: best === 'most' ? 'max' : 'min' }
  // "What share does Juice have?" is of the products.
  const [of] = args.share && sharedOf(args) !== undefined && groups.length === 0 ? (args.where ?? []) : []
  if (of?.column !== undefined && columns.years.length < 2)
    return { ...args, fields: [...fields, of.column], by: [...by, of.column] }
  if (growth === 'yearly' && !isChange(args, columns)) return { ...args, overTime: true, unit: 'year' }
  return args
}

function shapeOf(args: Args, columns: Columns, table: Source, context: Context): QueryShape {
  if (args.relation) return relationShape(args, columns, context)
  if (args.pivot) return pivotShape(args, columns, context)
  if (isChange(args, columns)) return changeShape(args, columns, table, context)
  return distinctShape(args, columns) ?? groupedShape(args, columns, table, context)
}

/** The value whose share is asked for; its condition selects no rows, since the total is of all. */
function sharedOf({ where = [] }: Args): string | undefined {
  const [only, ...others] = where.filter((one) => 'is' in one && one.not !== true)
  return only && 'is' in only && others.length === 0 && only.is.length === 1 ? only.is[0] : undefined
}

/** Conditions on rows, without those on groups. */
function rowConditions(args: Args, shape: QueryShape): Args {
  const shared = args.share ? sharedOf(args) : undefined
  const having = new Set(havingOf(args, shape).map(({ column: _column, ...one }) => JSON.stringify(one)))
  const where = (args.where ?? []).filter((one) => {
    const { column: _column, ...rest } = one
    return !having.has(JSON.stringify(rest)) && !('is' in one && shared !== undefined && one.is[0] === shared)
  })
  return { ...args, where: where.length > 0 ? where : undefined }
}

function chartOf(
  type: ChartType | undefined,
  args: Args,
  shape: QueryShape,
  growth: boolean,
  caption: string,
  { word }: Context,
): QueryJob['chart'] {
  if (type === undefined || type === 'scatter' || type === 'box') return undefined
  const percent = word(GROWTH.en, GROWTH.zh)
  const values = growth || (shape.type === 'change' && args.growth !== undefined) ? [percent] : valuesOf(shape)
  return { type, title: args.texts?.join(' ') ?? caption, values }
}

/** The columns of a result that hold its numbers; for a pivot they are known at the run. */
function valuesOf(shape: QueryShape): readonly string[] {
  switch (shape.type) {
    case 'groups':
    case 'whole':
      return shape.measures.map(({ label }) => label)
    case 'years':
      return shape.measure ? [shape.measure.label] : []
    case 'change':
      return [shape.times.from, shape.times.to]
    case 'rows':
      return (shape.columns ?? []).slice(1)
    default:
      return []
  }
}

/** A file is made where one is asked for, and where the answer cannot show all rows. */
function outputOf(
  args: Args,
  shape: QueryShape,
  top: number | undefined,
  isChart: boolean,
  table: Source,
  context: Context,
): Pick<QueryJob, 'output' | 'format'> {
  if (isChart) return { output: context.output(table, ['chart'], 'png') }
  const rows = table.card.rows ?? 0
  const isLong = shape.type === 'rows' && (top ?? args.head ?? args.tail ?? rows) > MAX_SHOWN && rows > MAX_SHOWN
  const format = args.save ?? (isLong ? 'csv' : undefined)
  if (format === undefined) return {}
  const [whole] = top === undefined ? [] : [`${args.least ? 'bottom' : 'top'}${top}`]
  const years = args.fromYear === undefined || args.fromYear !== args.toYear ? [] : [String(args.fromYear)]
  return { output: context.output(table, [whole ?? years[0] ?? 'table'], format), format }
}
