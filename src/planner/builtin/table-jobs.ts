// Requests about a table: charts and the animated ranking.
import type { Context } from './context.ts'
import { Refused } from './context.ts'
import type { ChartJob, RaceJob, Source, Transform } from './job.ts'
import type { Args, ChartType } from './mention.ts'
import { refusal } from './refusal.ts'
import { columnsFor, columnsOf, listed, yearOf, type Columns } from './table-columns.ts'

const LINES = 10
const SLICES = 10

/** A bar, line, pie or scatter chart of a table's columns. */
export function chartJob(args: Args, table: Source, after: readonly Transform[], context: Context): ChartJob {
  const columns = columnsOf(table, context)
  const type = args.chart ?? typeFor(columns, context)
  const size = sizeOf(args)
  const output = context.output(table, [type], 'png')
  const chosen = columnsFor(type, args, columns, context)
  const top =
    args.top ?? (chosen.acrossYears ? LINES : type === 'pie' && (table.card.rows ?? 0) > SLICES ? SLICES : undefined)
  if (top !== undefined && args.top === undefined) {
    if (chosen.acrossYears && (table.card.rows ?? 0) > LINES) {
      context.say(
        `Only the ${LINES} rows with the largest last value have lines.`,
        `只画出最后一年数值最大的 ${LINES} 行。`,
      )
    } else if (type === 'pie')
      context.say(
        `The ${SLICES} largest rows have slices of their own, the rest is one.`,
        `最大的 ${SLICES} 行单独成块，其余合并。`,
      )
  }
  if (args.measure && !columns.all.some(({ name }) => name === args.measure)) {
    context.say(
      `No column is called ${args.measure}; ${chosen.series.at(-1)} was taken for it.`,
      `没有名为"${args.measure}"的列，按"${chosen.series.at(-1)}"理解。`,
    )
  }
  return {
    kind: 'chart',
    table,
    type,
    ...chosen,
    title: titleOf(args, chosen, type, context),
    top,
    ...size,
    color: args.color,
    after,
    output,
  }
}

/** A bar-chart race: one frame a time, the top rows sorted. */
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
    throw new Refused(
      refusal(
        'no_columns',
        context.word(
          `An animation by year needs a column of names and years (as columns, or in a column); ${table.name} has ${listed(columns)}.`,
          `按年份的动态图需要一列名称和年份(多列年份，或一列年份);${table.name} 的列是 ${listed(columns)}。`,
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
  const top = args.top ?? 10
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
    ...spanOf(args, columns, context),
    top,
    heading,
    delay: args.delay ?? 500,
    ...size,
    output: context.output(table, ['race'], 'gif'),
  }
}

/** The title asked for, else what the chart shows. */
function titleOf(
  args: Args,
  { x, series, acrossYears }: Pick<ChartJob, 'x' | 'series' | 'acrossYears'>,
  type: ChartType,
  context: Context,
): string {
  if (args.texts) return args.texts.join(' ')
  if (acrossYears)
    return context.word(
      `${args.measure ?? x}, ${series[0]} – ${series.at(-1)}`,
      `各${x}${args.measure ?? ''}（${series[0]} – ${series.at(-1)}）`,
    )
  const values = series.join(context.word(', ', '、'))
  if (type === 'scatter') return context.word(`${values} against ${x}`, `${x} 与 ${values}`)
  return context.word(
    `${values}${args.measure ? ` (${args.measure})` : ''} by ${x}`,
    `各${x}的${values}${args.measure ?? ''}`,
  )
}

/** 1000 x 600, or that shape at the width or height asked for. */
function sizeOf({ size, width, height }: Args): { width: number; height: number } {
  if (size) return size
  return {
    width: Math.round(width ?? (height === undefined ? 1000 : (height * 5) / 3)),
    height: Math.round(height ?? (width === undefined ? 600 : width * 0.6)),
  }
}

function typeFor({ time, years }: Columns, context: Context): ChartType {
  const type = time !== undefined || years.length > 1 ? 'line' : 'bar'
  context.say(
    `No kind of chart was named, so a ${type} chart was drawn.`,
    `没有指定图表类型，因此画了${type === 'line' ? '折线图' : '柱状图'}。`,
  )
  return type
}

/** The years asked for, checked against the table's. */
function spanOf({ fromYear, toYear }: Args, { years }: Columns, context: Context): { from?: number; to?: number } {
  if (years.length === 0) return { from: fromYear, to: toYear }
  const known = years.map(yearOf)
  const [first, last] = [Math.min(...known), Math.max(...known)]
  const outside = [fromYear, toYear].find((year) => year !== undefined && (year < first || year > last))
  if (outside !== undefined) {
    throw new Refused(
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
