// Questions for rows and groups: the table's own rows, one number of all, one row per group or per year.
import type { Context } from '../context.ts'
import type { Axes, Source } from '../job.ts'
import type { GroupKey, Measure, QueryShape } from './query.ts'
import type { Args } from '../../parsing/intent.ts'
import type { Columns } from '../../names/column-names.ts'
import { numbersAlong } from '../number-axis.ts'
import { areRows, sayMeasure } from '../ranking.ts'
import { columnsFor, namedColumns } from '../table-columns.ts'
import { labelOf, namedNumbers, rowCount, wideYears } from './measure.ts'

/** Rows, groups, years, or one number. */
export function groupedShape(args: Args, columns: Columns, table: Source, context: Context): QueryShape {
  if (columns.years.length > 1) return wideShape(args, columns, table, context)
  const { aggregate, best, top } = args
  if (columns.numbers.length === 0 && aggregate === undefined) return { type: 'rows' }
  const group = (args.overTime === true || namesGroup(args, columns)) && !isPlainSort(args, columns)
  const quiet = { ...context, say: () => undefined }
  if (group) {
    const axes = columnsFor('table', args, columns, context)
    sayMeasure(args, axes, columns, table, context)
    return { type: 'groups', keys: keysOf(axes, columns, context), measures: measuresOf(axes, args, context) }
  }
  const numbers = namedNumbers(args, columns)
  const isValue = args.where !== undefined && numbers.length > 0 && !args.sorted && args.order === undefined
  const isWhole = aggregate !== undefined || (best === undefined && top === undefined && isValue && !args.which)
  const isExtreme = best !== undefined && !args.which && top === undefined && args.things === undefined && !args.sorted
  if (isWhole || isExtreme) {
    const extreme: Args =
      isExtreme && aggregate === undefined ? { ...args, aggregate: best === 'most' ? 'max' : 'min' } : args
    const axes = columnsFor('table', { ...extreme, best: undefined }, columns, quiet)
    if (numbers.length === 0 && aggregate !== 'count') sayGuess(axes, context)
    return { type: 'whole', measures: measuresOf(axes, extreme, context) }
  }
  if (top !== undefined && best === undefined) {
    const axes = columnsFor('table', args, columns, quiet)
    sayMeasure(args, axes, columns, table, context)
    return { type: 'rows' }
  }
  const shown = [...new Set(namedColumns(args, columns))]
  const isAll =
    shown.length === 0 ||
    args.sorted ||
    args.order !== undefined ||
    best !== undefined ||
    args.which ||
    args.where !== undefined
  return { type: 'rows', columns: isAll ? undefined : shown }
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

/** "Sort the table by region": the column sorted by groups nothing, unless a figure of each is asked for. */
function isPlainSort(args: Args, columns: Columns): boolean {
  const { sorted, order, fields = [], by = [], aggregate, share, things } = args
  if (!sorted && order === undefined) return false
  if (aggregate !== undefined || share || things !== undefined || args.which) return false
  const shown = fields.filter((name) => !by.includes(name))
  return (
    !shown.some((name) => columns.texts.includes(name) || columns.numbers.includes(name)) ||
    fields.every((name) => columns.numbers.includes(name) && name !== columns.time)
  )
}

function wideShape(args: Args, columns: Columns, table: Source, context: Context): QueryShape {
  const name = columns.texts[0] ?? columns.all[0]!.name
  const years = wideYears(args, columns)
  const { aggregate, where = [], overTime } = args
  const named = where.flatMap((one) => ('is' in one && one.not !== true ? one.is : []))
  const isSpan = args.lastYears !== undefined || (args.fromYear ?? args.toYear) !== undefined
  const single = args.fromYear !== undefined && args.fromYear === args.toYear
  const spans = (isSpan && !single) || overTime === true || args.growth === 'yearly'
  if (spans && (aggregate !== undefined || args.growth === 'yearly' || named.length === 1 || overTime)) {
    const axes = columnsFor('table', { ...args, overTime: true, fields: [] }, columns, context)
    const word = args.measure ?? context.word('value', '数值')
    const label = named.length === 1 ? `${named[0]}` : labelOf(word, axes.aggregates[0]!, context.word)
    return {
      type: 'years',
      years: axes.series,
      name: context.word('year', '年份'),
      measure: { aggregate: axes.aggregates[0]!, label },
    }
  }
  const isRanked = args.top !== undefined || args.best !== undefined || args.sorted || args.order !== undefined
  const asked =
    args.measure !== undefined || single || namedNumbers(args, columns).length > 0 || (args.years?.length ?? 0) > 0
  const isValue = named.length === 1 && asked && !isRanked && !args.share && !args.compared
  if (aggregate !== undefined && !args.share && !isRanked) return wholeYears(years, args, columns, context)
  if (isValue) return wholeYears(years, { ...args, aggregate: 'sum' }, columns, context, named[0])
  if (asked || args.top !== undefined) sayMeasure(args, { series: years, acrossYears: false }, columns, table, context)
  const isWholeTable = args.sorted && args.save !== undefined && args.top === undefined && args.best === undefined
  const compares = where.some((one) => !('is' in one))
  const isShort = isRanked || asked || args.share || args.which || compares
  return { type: 'rows', columns: isShort && !isWholeTable ? [name, ...years] : undefined }
}

function wholeYears(
  years: readonly string[],
  args: Args,
  columns: Columns,
  context: Context,
  name?: string,
): QueryShape {
  if (args.aggregate === 'count') return { type: 'whole', measures: [rowCount(context)] }
  const aggregate = args.aggregate ?? 'sum'
  if (name === undefined && (args.measure ?? args.fromYear) === undefined && namedNumbers(args, columns).length === 0)
    sayGuess({ series: years }, context)
  const several = name === undefined && (args.aggregates?.length ?? 0) > 1 ? args.aggregates! : [aggregate]
  const measures = years.flatMap((column) => {
    const what = args.measure ? context.word(`${args.measure} in ${column}`, `${column} ${args.measure}`) : column
    return several.map((one): Measure => ({
      column,
      aggregate: one,
      label:
        name === undefined ? labelOf(what, one, context.word) : context.word(`${what} of ${name}`, `${name} ${what}`),
    }))
  })
  return { type: 'whole', measures }
}

function keysOf(axes: Axes, columns: Columns, context: Context): GroupKey[] {
  const { x, unit, split } = axes
  const isDate = columns.all.find(({ name }) => name === x)?.type === 'date'
  const label = unit === undefined ? x : context.word(unit, unit === 'year' ? '年' : '月')
  const first: GroupKey = { column: x, label, unit: isDate ? unit : undefined, isOrdered: axes.ordered }
  return split === undefined ? [first] : [first, { column: split, label: split }]
}

/** Each column with its aggregate, or with all that are asked for. */
function measuresOf(
  { series, aggregates }: Pick<Axes, 'series' | 'aggregates'>,
  args: Args,
  context: Context,
): Measure[] {
  if (series.length === 0) return [rowCount(context)]
  const several = (args.aggregates ?? []).filter((aggregate) => aggregate !== 'count')
  return series.flatMap((column, at) =>
    (several.length > 1 ? several : [aggregates[at]!]).map((aggregate) => ({
      column,
      aggregate,
      label: labelOf(column, aggregate, context.word),
    })),
  )
}

/** Notes which column the one number is of, if none was named. */
function sayGuess({ series }: Pick<Axes, 'series'>, context: Context): void {
  if (series.length === 0) return
  context.say(
    `The column ${series.join(', ')} was used; name another to change that.`,
    `使用了"${series.join('、')}"列;说出别的列名可以更换。`,
  )
}
