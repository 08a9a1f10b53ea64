// Which columns of a table a chart is about: those named in the request, else the best guess, which is said.
import { Refused, type Context } from './context.ts'
import type { ChartJob, Source } from './job.ts'
import type { Args, ChartType } from './mention.ts'
import { refusal } from './refusal.ts'

interface Column {
  readonly name: string
  readonly type: string
}
/** A table's columns by what they hold. */
export interface Columns {
  readonly all: readonly Column[]
  readonly numbers: readonly string[]
  readonly texts: readonly string[]
  /** Number columns whose names are years: the table is wide. */
  readonly years: readonly string[]
  /** A column that holds years, months or dates. */
  readonly time?: string
}

/** A table's columns by what they hold; refuses a table without numbers. */
export function columnsOf({ card, name }: Source, context: Context): Columns {
  const all = card.columns ?? []
  const numbers = all.filter(({ type }) => type === 'number').map((column) => column.name)
  const years = numbers.filter((column) => /^\D{0,3}(?:19|20)\d\d\D{0,2}$/.test(column))
  const time = all.find(
    ({ name: column, type }) =>
      type === 'date' || /^(?:year|date|month|time|day|quarter|年份?|年度|日期|月份?|时间|季度)/i.test(column),
  )?.name
  const texts = all.filter(({ type }) => type === 'text' || type === 'date').map((column) => column.name)
  if (numbers.length > 0) return { all, numbers, texts, years, time }
  throw new Refused(
    refusal(
      'no_columns',
      context.word(
        `A chart needs a column of numbers; ${name} has ${listed({ all })}.`,
        `图表需要数字列;${name} 的列是 ${listed({ all })}。`,
      ),
    ),
  )
}

/** The column along x and those drawn. */
export function columnsFor(
  type: ChartType,
  args: Args,
  columns: Columns,
  context: Context,
): Pick<ChartJob, 'x' | 'series' | 'acrossYears'> {
  const named = (args.fields ?? []).filter((name) => columns.all.some((column) => column.name === name))
  const numbers = named.filter((name) => columns.numbers.includes(name))
  if (type === 'scatter') return scatterColumns(numbers, columns, context)
  const years = yearsWithin(columns.years, args)
  const x =
    named.find((name) => !numbers.includes(name)) ??
    (numbers.length > 1 && numbers[0] === columns.time ? numbers[0] : undefined) ??
    defaultLabel(columns, type)
  const series = numbers.filter((name) => name !== x)
  if (type === 'line' && series.length === 0 && years.length > 1) {
    context.say(
      `Each line is a row named by ${x}, over the columns ${years[0]} to ${years.at(-1)}.`,
      `每条线是一行（名称取自"${x}"列），横轴是 ${years[0]} 到 ${years.at(-1)}。`,
    )
    return { x, series: years, acrossYears: true }
  }
  const guess =
    years.length > 1
      ? [years.at(-1)!]
      : columns.numbers.filter((name) => name !== x && name !== columns.time).slice(0, type === 'line' ? 4 : 1)
  const used = series.length > 0 ? series : guess
  if (used.length === 0)
    throw new Refused(
      refusal(
        'no_columns',
        context.word(
          `There is no second column beside ${x}; the columns are ${listed(columns)}.`,
          `除了"${x}"没有别的列；列有 ${listed(columns)}。`,
        ),
      ),
    )
  if (series.length === 0 || !named.includes(x)) {
    context.say(
      `The chart shows ${used.join(', ')} by ${x}; name other columns to change that.`,
      `图表显示各"${x}"的"${used.join('、')}";说出别的列名可以更换。`,
    )
  }
  return { x, series: type === 'pie' ? used.slice(0, 1) : used, acrossYears: false }
}

function defaultLabel({ time, texts, all }: Columns, type: ChartType): string {
  return (type === 'line' ? time : undefined) ?? texts[0] ?? time ?? all[0]!.name
}

function scatterColumns(
  named: readonly string[],
  columns: Columns,
  context: Context,
): Pick<ChartJob, 'x' | 'series' | 'acrossYears'> {
  const [x, y] = [...named, ...columns.numbers.filter((name) => !named.includes(name))]
  if (x === undefined || y === undefined) {
    throw new Refused(
      refusal(
        'no_columns',
        context.word(
          `A scatter chart needs two columns of numbers; the columns are ${listed(columns)}.`,
          `散点图需要两列数字；列有 ${listed(columns)}。`,
        ),
      ),
    )
  }
  if (named.length < 2)
    context.say(
      `The chart shows ${y} against ${x}; name two columns to change that.`,
      `横轴是"${x}"，纵轴是"${y}";说出两个列名可以更换。`,
    )
  return { x, series: [y], acrossYears: false }
}

function yearsWithin(years: readonly string[], { fromYear = -Infinity, toYear = Infinity }: Args): string[] {
  return years.filter((name) => yearOf(name) >= fromYear && yearOf(name) <= toYear)
}

/** The year in a column's name. */
export function yearOf(column: string): number {
  return Number(/\d{4}/.exec(column)?.[0])
}

/** The columns' names for a sentence, the first dozen. */
export function listed({ all }: Pick<Columns, 'all'>): string {
  const names = all.map(({ name }) => name)
  return names.length > 12 ? `${names.slice(0, 12).join(', ')} … (${names.length})` : names.join(', ')
}
