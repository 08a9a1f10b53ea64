// Requests about a table: summary, charts, the animated ranking. Columns are those named, else the best guess, which is said.
import type { Context } from './context.ts'
import { Refused } from './context.ts'
import type { ChartJob, RaceJob, Source, Transform } from './job.ts'
import type { Args, ChartType } from './mention.ts'
import { refusal } from './refusal.ts'

interface Column {
  readonly name: string
  readonly type: string
}
interface Columns {
  readonly all: readonly Column[]
  readonly numbers: readonly string[]
  readonly texts: readonly string[]
  /** Number columns whose names are years: the table is wide. */
  readonly years: readonly string[]
  /** A column that holds years, months or dates. */
  readonly time?: string
}

const LINES = 10
const SLICES = 10

/** A bar, line, pie or scatter chart of a table's columns. */
export function chartJob(args: Args, table: Source, after: readonly Transform[], context: Context): ChartJob {
  const columns = columnsOf(table, context)
  const type = args.chart ?? typeFor(columns, context)
  const size = args.size ?? { width: args.width ?? 1000, height: args.height ?? 600 }
  const output = context.output(table, [type], 'png')
  const chosen = columnsFor(type, args, columns, context)
  const top = args.top ?? (chosen.acrossYears ? LINES : type === 'pie' && (table.card.rows ?? 0) > SLICES ? SLICES : undefined)
  if (top !== undefined && args.top === undefined) {
    if (chosen.acrossYears && (table.card.rows ?? 0) > LINES) {
      context.say(`Only the ${LINES} rows with the largest last value have lines.`, `只画出最后一年数值最大的 ${LINES} 行。`)
    } else if (type === 'pie') context.say(`The ${SLICES} largest rows have slices of their own, the rest is one.`, `最大的 ${SLICES} 行单独成块，其余合并。`)
  }
  return { kind: 'chart', table, type, ...chosen, top, ...size, color: args.color, after, output }
}

/** A bar-chart race: one frame a time, the top rows sorted. */
export function raceJob(args: Args, table: Source, context: Context): RaceJob {
  const columns = columnsOf(table, context)
  const named = args.fields ?? []
  const label = named.find((name) => columns.texts.includes(name)) ?? columns.texts.find((name) => name !== columns.time)
  const wide = columns.years.length > 1
  const time = wide ? undefined : columns.time
  const value = wide ? undefined : named.find((name) => columns.numbers.includes(name) && name !== time) ?? columns.numbers.find((name) => name !== time)
  if (label === undefined || (!wide && (time === undefined || value === undefined))) {
    throw new Refused(refusal('no_columns', context.word(
      `An animation by year needs a column of names and years (as columns, or in a column); ${table.name} has ${listed(columns)}.`,
      `按年份的动态图需要一列名称和年份(多列年份，或一列年份);${table.name} 的列是 ${listed(columns)}。`)))
  }
  if (!wide && !named.includes(value!)) context.say(`The bars show the column ${value}, over ${time}.`, `条形的长度是"${value}"列，时间是"${time}"列。`)
  if (!named.includes(label)) context.say(`The bars are named by the column ${label}.`, `条形的名称取自"${label}"列。`)
  if (wide && args.measure) {
    context.say(`The table has one value a year; it was taken to be ${args.measure}.`, `表格每年只有一列数值，按"${args.measure}"理解。`)
  }
  const top = args.top ?? 10
  const things = args.things ?? label
  const measure = args.measure ?? value
  const heading = context.word(`Top ${top} ${things}${measure ? ` by ${measure}` : ''}`, `${measure ?? '数值'}最高的${top}个${things}`)
  const size = args.size ?? { width: args.width ?? 1000, height: args.height ?? 600 }
  return {
    kind: 'race', table, label, time, value, ...spanOf(args, columns, context), top, heading, delay: args.delay ?? 500, ...size,
    output: context.output(table, ['race'], 'gif'),
  }
}

function columnsOf({ card, name }: Source, context: Context): Columns {
  const all = card.columns ?? []
  const numbers = all.filter(({ type }) => type === 'number').map((column) => column.name)
  const years = numbers.filter((column) => /^\D{0,3}(?:19|20)\d\d\D{0,2}$/.test(column))
  const time = all.find(({ name: column, type }) => type === 'date' || /^(?:year|date|month|time|day|quarter|年份?|年度|日期|月份?|时间|季度)/i.test(column))?.name
  const texts = all.filter(({ type }) => type === 'text' || type === 'date').map((column) => column.name)
  if (numbers.length > 0) return { all, numbers, texts, years, time }
  throw new Refused(refusal('no_columns', context.word(
    `A chart needs a column of numbers; ${name} has ${listed({ all })}.`, `图表需要数字列;${name} 的列是 ${listed({ all })}。`)))
}

function typeFor({ time, years }: Columns, context: Context): ChartType {
  const type = time !== undefined || years.length > 1 ? 'line' : 'bar'
  context.say(`No kind of chart was named, so a ${type} chart was drawn.`, `没有指定图表类型，因此画了${type === 'line' ? '折线图' : '柱状图'}。`)
  return type
}

function columnsFor(type: ChartType, args: Args, columns: Columns, context: Context): Pick<ChartJob, 'x' | 'series' | 'acrossYears'> {
  const named = (args.fields ?? []).filter((name) => columns.all.some((column) => column.name === name))
  const numbers = named.filter((name) => columns.numbers.includes(name))
  if (type === 'scatter') return scatterColumns(numbers, columns, context)
  const years = yearsWithin(columns.years, args)
  const x = named.find((name) => !numbers.includes(name)) ?? (numbers.length > 1 && numbers[0] === columns.time ? numbers[0] : undefined) ?? defaultLabel(columns, type)
  const series = numbers.filter((name) => name !== x)
  if (type === 'line' && series.length === 0 && years.length > 1) {
    context.say(`Each line is a row named by ${x}, over the columns ${years[0]} to ${years.at(-1)}.`, `每条线是一行(名称取自"${x}"列),横轴是 ${years[0]} 到 ${years.at(-1)}。`)
    return { x, series: years, acrossYears: true }
  }
  const guess = years.length > 1 ? [years.at(-1)!] : columns.numbers.filter((name) => name !== x).slice(0, type === 'line' ? 4 : 1)
  const used = series.length > 0 ? series : guess
  if (used.length === 0) throw new Refused(refusal('no_columns', context.word(`There is no second column beside ${x}; the columns are ${listed(columns)}.`, `除了"${x}"没有别的列；列有 ${listed(columns)}。`)))
  if (series.length === 0 || !named.includes(x)) {
    context.say(`The chart shows ${used.join(', ')} by ${x}; name other columns to change that.`, `图表显示各"${x}"的"${used.join('、')}";说出别的列名可以更换。`)
  }
  return { x, series: type === 'pie' ? used.slice(0, 1) : used, acrossYears: false }
}

function defaultLabel({ time, texts, all }: Columns, type: ChartType): string {
  return (type === 'line' ? time : undefined) ?? texts[0] ?? time ?? all[0]!.name
}

function scatterColumns(named: readonly string[], columns: Columns, context: Context): Pick<ChartJob, 'x' | 'series' | 'acrossYears'> {
  const [x, y] = [...named, ...columns.numbers.filter((name) => !named.includes(name))]
  if (x === undefined || y === undefined) {
    throw new Refused(refusal('no_columns', context.word(`A scatter chart needs two columns of numbers; the columns are ${listed(columns)}.`, `散点图需要两列数字；列有 ${listed(columns)}。`)))
  }
  if (named.length < 2) context.say(`The chart shows ${y} against ${x}; name two columns to change that.`, `横轴是"${x}",纵轴是"${y}";说出两个列名可以更换。`)
  return { x, series: [y], acrossYears: false }
}

/** The years asked for, checked against the table's. */
function spanOf({ fromYear, toYear }: Args, { years }: Columns, context: Context): { from?: number; to?: number } {
  if (years.length === 0) return { from: fromYear, to: toYear }
  const known = years.map(yearOf)
  const [first, last] = [Math.min(...known), Math.max(...known)]
  const outside = [fromYear, toYear].find((year) => year !== undefined && (year < first || year > last))
  if (outside !== undefined) {
    throw new Refused(refusal('no_such_year', context.word(`The table has the years ${first} to ${last}, not ${outside}.`, `表格的年份是 ${first} 到 ${last},没有 ${outside}。`)))
  }
  return { from: fromYear === first ? undefined : fromYear, to: toYear === last ? undefined : toYear }
}

function yearsWithin(years: readonly string[], { fromYear = -Infinity, toYear = Infinity }: Args): string[] {
  return years.filter((name) => yearOf(name) >= fromYear && yearOf(name) <= toYear)
}

function yearOf(column: string): number {
  return Number(/\d{4}/.exec(column)?.[0])
}

function listed({ all }: Pick<Columns, 'all'>): string {
  const names = all.map(({ name }) => name)
  return names.length > 12 ? `${names.slice(0, 12).join(', ')} … (${names.length})` : names.join(', ')
}
