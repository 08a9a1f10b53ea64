// The jobs of a request about a table: which operation becomes a chart, an animation, a summary, or a question.
import type { Context } from './context.ts'
import { RefusedError } from './context.ts'
import type { Job, Source } from './job.ts'
import type { Args, Mention } from '../parsing/intent.ts'
import { refusal } from '../answers/refusal.ts'
import { nameOf } from '../answers/operation-names.ts'
import { stepsOf } from './picture-jobs.ts'
import { queryJob } from './query/plan-query.ts'
import { namesGroup } from './query/shape.ts'
import { boxJob, chartJob, distributionJob, raceJob } from './table-jobs.ts'
import { readColumns } from './table-columns.ts'

/** The jobs of these operations on the table; throws `RefusedError` if none of them applies to a table. */
export function jobsOfTable(mentions: readonly Mention[], table: Source, context: Context): Job[] {
  const moving = mentions.some(({ kind, args }) => kind === 'gif' || kind === 'race' || args.bigYear === true)
  const after = stepsOf(mentions, context)
  const title = mentions.find(({ kind }) => kind === 'label')?.args.texts
  const jobs = mentions.flatMap((mention): Job[] => {
    const { kind, args } = mention
    const grouped = kind === 'summary' && isGroupedSummary(args, table)
    if (isLine(mention, table)) return [chartJob({ ...args, chart: 'line' }, table, after, context)]
    if (kind === 'table' || grouped || ranksRows(mention, table)) return [queryJob(args, table, context)]
    if (kind === 'histogram') return [distributionJob(args, table, context)]
    if (kind === 'summary' || kind === 'info') return [{ kind: 'summary', table, language: context.language }]
    if (kind === 'race' || (kind === 'chart' && moving)) return [raceJob(args, table, context)]
    if (kind !== 'chart') return []
    if (args.chart === 'box') return [boxJob(args, table, context)]
    const titled: Args = { texts: title, ...args }
    const drawn = asksQuery(titled, table)
      ? queryJob(titled, table, context, args.chart ?? 'bar')
      : chartJob(titled, table, after, context)
    // The figure belongs to the picture of it.
    // Where no chart was asked for, the figures are shown too.
    const isOpen = mention.implied === true && args.chart === undefined && drawn.kind === 'chart' && !drawn.acrossYears
    const isRanking = isOpen && (args.top !== undefined || args.overTime === true)
    if (isRanking) return [queryJob(args, table, context), drawn]
    const figure = args.relation ? [queryJob({ ...args, chart: undefined }, table, context)] : []
    return [drawn, ...figure]
  })
  if (jobs.length > 0)
    return jobs.filter((job, at) => jobs.findIndex(({ kind }) => kind === job.kind) === at || job.kind === 'chart')
  const words = mentions.map(({ kind }) => nameOf(kind, context.language)).join(', ')
  throw new RefusedError(
    refusal(
      'cannot_combine',
      context.word(
        `${words || 'This'} cannot be done with the table ${table.name} here. Ask for the chart first, then change the result.`,
        `${words || '这'}不能用于表格 ${table.name}。请先画图，再对结果提出要求。`,
      ),
    ),
  )
}

/** Whether a chart is of figures that only a question works out: growth, a sorted result, conditions on groups. */
function asksQuery(
  { growth, order, sorted, pivot, compared, where = [], chart, years, relation }: Args,
  table: Source,
): boolean {
  if (chart === 'scatter' || relation) return false
  const isWide = readColumns(table).years.length > 1
  const compares = !isWide && where.some((one) => !('is' in one) && one.column === undefined)
  return (
    growth !== undefined ||
    order !== undefined ||
    sorted === true ||
    pivot === true ||
    compares ||
    (compared === true && years !== undefined)
  )
}

/** Rows of a wide table over all its years are lines, unless a figure is asked for. */
function isLine({ kind, args, implied }: Mention, table: Source): boolean {
  if (kind !== 'table' || !implied || args.where === undefined) return false
  const { years } = readColumns(table)
  const {
    fromYear,
    toYear,
    aggregate,
    growth,
    share,
    save,
    best,
    which,
    sorted,
    order,
    compared,
    relation,
    pivot,
    top,
    fields = [],
  } = args
  const figures = [aggregate, growth, share, save, best, which, sorted, order, relation, pivot, top]
  if (years.length < 2 || figures.some((one) => one !== undefined) || args.years !== undefined) return false
  const isAll = args.measure === undefined && !compared && fromYear === undefined
  const isSingle = fromYear !== undefined && fromYear === toYear
  const onlyValues = args.where.every((one) => 'is' in one && one.not !== true)
  return !isSingle && !isAll && onlyValues && !fields.some((name) => years.includes(name))
}

/** Whether a summary names what to group by, which makes it a table of groups. */
function isGroupedSummary(args: Args, table: Source): boolean {
  return args.overTime === true || args.aggregate !== undefined || namesGroup(args, readColumns(table))
}

/** Whether a ranking without a stated form is of rows: no column to group by is named. */
function ranksRows({ kind, args, implied }: Mention, table: Source): boolean {
  if (kind !== 'chart' || !implied || args.top === undefined || args.overTime) return false
  const columns = readColumns(table)
  return columns.years.length < 2 && args.aggregate === undefined && !namesGroup(args, columns)
}
