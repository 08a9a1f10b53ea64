// Requests about a table: charts and bar-chart races.
import type { Context } from './context.ts'
import { RefusedError } from './context.ts'
import { titleOf } from './chart-title.ts'
import { choiceOf, describeChoice } from './row-filter.ts'
import { listColumns } from '../names/column-names.ts'
import type { ChartJob, DistributionJob, RaceJob, Source, Transform } from './job.ts'
import type { BoxJob } from './query/query.ts'
import type { Args, ChartType } from '../parsing/intent.ts'
import { numbersAlong } from './number-axis.ts'
import { areRows, checkThings, noNames, sayMeasure } from './ranking.ts'
import { refusal } from '../answers/refusal.ts'
import { columnsFor, columnsOf, MAX_BARS, namedColumns } from './table-columns.ts'
import type { Columns } from '../names/column-names.ts'
import { namesGroup } from './query/shape.ts'
import { spanOf, yearOf, yearsWithin } from './table-years.ts'

/** The most lines of a chart, and the most slices of a pie besides "others". */
const MAX_LINES = 10
const MAX_SLICES = 10

/** A bar, line, pie or scatter chart of a table's columns. */
export function chartJob(args: Args, table: Source, after: readonly Transform[], context: Context): ChartJob {
  const columns = columnsOf(table, context)
  const type = args.chart ?? typeFor(args, columns, context)
  const output = context.output(table, [type], 'png')
  checkThings(args, columns, context)
  const axes = columnsFor(type, args, columns, context)
  const isName = (name: string) => /name|姓名|名字|名称|^id$|编号/i.test(name)
  if (areRows(args, columns) && !namesGroup(args, columns) && !isName(axes.x)) throw noNames(context)
  const lines = axes.acrossYears && !axes.together
  const top = args.top ?? (lines ? MAX_LINES : type === 'pie' ? MAX_SLICES : undefined)
  const choice = choiceOf(args, columns, context, axes.series.at(-1))
  const rows = choice?.type === 'names' ? choice.names.length : (table.card.rows ?? 0)
  if (lines && args.top === undefined && rows > MAX_LINES) {
    context.say(
      `Only the ${MAX_LINES} rows with the largest last value have lines.`,
      `只画出最后一年数值最大的 ${MAX_LINES} 行。`,
    )
  }
  sayMeasure(args, axes, columns, table, context)
  return {
    kind: 'chart',
    share: args.share === true && type !== 'pie',
    language: context.language,
    table,
    choice,
    type,
    stacked: args.stacked,
    ...axes,
    title: args.texts?.join(' ') ?? titleOf(args, axes, type, describeChoice(choice, context), context),
    top,
    least: args.least,
    ...sizeOf(args),
    color: args.color,
    after,
    output,
  }
}

/** The distribution of a column's values. */
export function distributionJob(args: Args, table: Source, context: Context): DistributionJob {
  const columns = columnsOf(table, context)
  const named = (args.fields ?? []).find((name) => columns.all.some((column) => column.name === name))
  const usual =
    yearsWithin(columns, args, context).at(-1) ??
    columns.numbers.find((name) => name !== columns.time) ??
    columns.numbers[0]!
  const column = named ?? usual
  if (named === undefined)
    context.say(
      `The column ${column} was taken; name another to change that.`,
      `使用了"${column}"列;说出别的列名可以更换。`,
    )
  const choice = choiceOf(args, columns, context, column)
  const whose = describeChoice(choice, context)
  const rows = table.card.rows ?? 100
  const measure =
    args.measure === undefined || columns.all.some(({ name }) => name === args.measure) ? '' : ` (${args.measure})`
  return {
    kind: 'distribution',
    language: context.language,
    table,
    span: spanOf(args, columns, context),
    column,
    numeric: columns.numbers.includes(column),
    bins: args.bins ?? Math.min(20, Math.max(5, Math.ceil(Math.sqrt(rows)))),
    choice,
    title: context.word(
      `Distribution of ${column}${measure}${whose === undefined ? '' : `, ${whose}`}`,
      `${whose === undefined ? '' : `${whose}：`}${column}${measure} 的分布`,
    ),
    color: args.color,
    ...sizeOf(args),
    output: context.output(table, ['histogram'], 'png'),
  }
}

/** The spread of the named columns, of one column in each group, or of the years of a wide table. */
export function boxJob(args: Args, table: Source, context: Context): BoxJob {
  const columns = columnsOf(table, context)
  const named = namedColumns(args, columns)
  const numbers = named.filter((name) => columns.numbers.includes(name) && name !== columns.time)
  const by =
    named.find((name) => !columns.numbers.includes(name) || name === columns.time) ??
    (args.overTime ? columns.time : undefined)
  const usual =
    columns.years.length > 1
      ? yearsWithin(columns, args, context).slice(by ? -1 : -MAX_LINES)
      : columns.numbers.filter((name) => name !== columns.time).slice(0, 1)
  const shown = numbers.length > 0 ? numbers : usual
  if (numbers.length === 0)
    context.say(
      `The column ${shown.join(', ')} was taken; name another to change that.`,
      `使用了"${shown.join('、')}"列;说出别的列名可以更换。`,
    )
  const choice = choiceOf(args, columns, context, shown[0])
  const whose = describeChoice(choice, context)
  const what = shown.join(context.word(', ', '、'))
  return {
    kind: 'box',
    language: context.language,
    table,
    choice,
    span: spanOf(args, columns, context),
    columns: by === undefined ? shown : shown.slice(0, 1),
    by,
    title:
      args.texts?.join(' ') ??
      context.word(
        `Spread of ${what}${by === undefined ? '' : ` by ${by}`}${whose === undefined ? '' : `, ${whose}`}`,
        `${whose === undefined ? '' : `${whose}：`}${by === undefined ? '' : `各${by}的`}${what}分布`,
      ),
    output: context.output(table, ['box'], 'png'),
  }
}

/** A bar-chart race: one frame per time, the top rows sorted. */
export function raceJob(args: Args, table: Source, context: Context): RaceJob {
  const columns = columnsOf(table, context)
  const named = args.fields ?? []
  const label =
    named.find((name) => columns.texts.includes(name)) ?? columns.texts.find((name) => name !== columns.time)
  const wide = columns.years.length > 1
  const time = wide ? undefined : columns.time
  const value = wide
    ? undefined
    : (named.find((name) => columns.numbers.includes(name) && name !== time) ??
      columns.numbers.find((name) => name !== time))
  if (label === undefined || (!wide && (time === undefined || value === undefined))) {
    throw new RefusedError(
      refusal(
        'no_columns',
        context.word(
          `An animation by year needs a column of names and years (as columns, or in a column); ${table.name} has ${listColumns(columns)}.`,
          `按年份的动态图需要一列名称和年份(多列年份，或一列年份);${table.name} 的列是 ${listColumns(columns)}。`,
        ),
      ),
    )
  }
  if (!wide && !named.includes(value!))
    context.say(`The bars show the column ${value}, over ${time}.`, `条形的长度是"${value}"列，时间是"${time}"列。`)
  if (!named.includes(label)) context.say(`The bars are named by the column ${label}.`, `条形的名称取自"${label}"列。`)
  if (wide && args.measure) {
    context.say(
      `The table has one value a year; it was taken to be ${args.measure}.`,
      `表格每年只有一列数值，按"${args.measure}"理解。`,
    )
  }
  const top = Math.min(args.top ?? 10, MAX_BARS)
  if (args.top !== undefined && args.top > top)
    context.say(
      `Only the ${top} largest are drawn, not ${args.top}.`,
      `只画出最大的 ${top} 个，而不是 ${args.top} 个。`,
    )
  const things = args.things ?? label
  const measure = args.measure ?? value
  const heading = context.word(
    `Top ${top} ${things}${measure ? ` by ${measure}` : ''}`,
    `${measure ?? '数值'}最高的${top}个${things}`,
  )
  const size = sizeOf(args)
  return {
    kind: 'race',
    table,
    label,
    time,
    value,
    ...raceSpan(args, columns, context),
    top,
    heading,
    delay: args.delay ?? 500,
    ...size,
    output: context.output(table, ['race'], 'gif'),
  }
}

/** 1000 x 600, or that aspect ratio at the given width or height. */
function sizeOf({ size, width, height }: Args): { width: number; height: number } {
  if (size) return size
  return {
    width: Math.round(width ?? (height === undefined ? 1000 : (height * 5) / 3)),
    height: Math.round(height ?? (width === undefined ? 600 : width * 0.6)),
  }
}

function typeFor(args: Args, columns: Columns, context: Context): ChartType {
  if (numbersAlong(args, columns) !== undefined) return sayType(args.top === undefined ? 'line' : 'bar', context)
  const { time, years, texts } = columns
  const named = namedColumns(args, columns)
  // A single year makes no line.
  if (years.length > 1 && named.some((name) => years.includes(name))) return sayType('bar', context)
  const byName = named.some((name) => name !== time && texts.includes(name)) && !args.overTime
  return sayType(!byName && (time !== undefined || years.length > 1) ? 'line' : 'bar', context)
}

function sayType(type: 'line' | 'bar', context: Context): ChartType {
  context.say(
    `No kind of chart was named, so a ${type} chart was drawn.`,
    `没有指定图表类型，因此画了${type === 'line' ? '折线图' : '柱状图'}。`,
  )
  return type
}

/** The years asked for, checked against the table's. */
function raceSpan({ fromYear, toYear }: Args, { years }: Columns, context: Context): { from?: number; to?: number } {
  if (years.length === 0) return { from: fromYear, to: toYear }
  const known = years.map(yearOf)
  const [first, last] = [Math.min(...known), Math.max(...known)]
  const outside = [fromYear, toYear].find((year) => year !== undefined && (year < first || year > last))
  if (outside !== undefined) {
    throw new RefusedError(
      refusal(
        'no_such_year',
        context.word(
          `The table has the years ${first} to ${last}, not ${outside}.`,
          `表格的年份是 ${first} 到 ${last}，没有 ${outside}。`,
        ),
      ),
    )
  }
  return { from: fromYear === first ? undefined : fromYear, to: toYear === last ? undefined : toYear }
}
