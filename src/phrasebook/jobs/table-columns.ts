// Chooses the columns of a chart: those named in the request, else the best guess, which the answer mentions.
import { aggregateOf } from './aggregate.ts'
import { hasColumn, listColumns, otherNames, yearsIn, type Columns } from '../names/column-names.ts'
import { RefusedError, type Context } from './context.ts'
import type { Axes, Source } from './job.ts'
import type { Args, ChartType } from '../parsing/intent.ts'
import { refusal } from '../answers/refusal.ts'
import { numberAxes, numbersAlong } from './number-axis.ts'
import { spanOf, timeIn, yearOf, yearsWithin } from './table-years.ts'

/** A table's columns by content. */
export function readColumns({ card }: Source): Columns {
  const all = card.columns ?? []
  const numbers = all.filter(({ type }) => type === 'number').map((column) => column.name)
  const texts = all.filter(({ type }) => ['text', 'date', 'boolean'].includes(type)).map((column) => column.name)
  return { all, numbers, texts, years: yearsIn(all), time: timeIn(all) }
}

/** A table's columns by content; throws `RefusedError` if none has numbers. */
export function columnsOf(source: Source, context: Context): Columns {
  const columns = readColumns(source)
  const { all, numbers } = columns
  if (numbers.length > 0) return columns
  const { name } = source
  throw new RefusedError(
    refusal(
      'no_columns',
      context.word(
        `A chart needs a column of numbers; ${name} has ${listColumns({ all })}.`,
        `图表需要数字列;${name} 的列是 ${listColumns({ all })}。`,
      ),
    ),
  )
}

/** The most bars or slices that stay readable. */
export const MAX_BARS = 40

/** The x column and the shown columns, for a chart type or a table. */
export function columnsFor(type: ChartType | 'table', args: Args, columns: Columns, context: Context): Axes {
  const named = namedColumns(args, columns)
  const numbers = named.filter((name) => columns.numbers.includes(name))
  if (type === 'scatter') return scatterColumns(numbers, args, columns, context)
  const wide = columns.years.length > 1
  const along = numbersAlong(args, columns)
  if (along !== undefined) return numberAxes(along, named, args, columns, context)
  const years = yearsWithin(columns, args, context)
  const { time } = columns
  const texts = named.filter((name) => !numbers.includes(name) && name !== time)
  const series = numbers.filter((name) => name !== time)
  if (wide && series.length === 0 && years.length > 1 && (args.overTime || type === 'line'))
    return transposeYears(type, years, texts, args, columns, context)
  const overTime =
    time !== undefined &&
    (args.overTime === true ||
      named.includes(time) ||
      (type === 'line' && texts.length === 0 && args.top === undefined))
  const x = overTime ? time : (texts[0] ?? defaultLabel(columns, type))
  const ranked = overTime && args.top !== undefined ? columns.texts.find((name) => name !== time) : undefined
  const split = type === 'pie' ? undefined : overTime ? (texts[0] ?? ranked) : texts[1]
  const axes = {
    x,
    acrossYears: false,
    together: false,
    ordered: overTime,
    unit: overTime ? unitOf(time, args, columns) : undefined,
    span: spanOf(args, columns, context),
    split,
  }
  if (args.aggregate === 'count') return { ...axes, series: [], aggregates: ['count'] }
  const most = type === 'line' && split === undefined && args.measure === undefined ? 4 : 1
  const guess = wide ? [years.at(-1)!] : columns.numbers.filter((name) => name !== x && name !== time).slice(0, most)
  const used = series.length > 0 ? series : guess
  if (used.length === 0) throw noSecond(x, columns, context)
  const guessed = series.length === 0 || (!named.includes(x) && !args.overTime)
  if (guessed) sayShown(type, used, x, context)
  const shown = type === 'pie' || split !== undefined ? used.slice(0, 1) : used
  return { ...axes, series: shown, aggregates: shown.map((name) => aggregateOf(rateName(name, args, columns), args)) }
}

/** The columns that a request names, directly or by a synonym. */
export function namedColumns(args: Args, { all, years }: Columns): string[] {
  const { measure, things, fromYear, toYear } = args
  const year = fromYear !== undefined && fromYear === toYear ? years.filter((name) => yearOf(name) === fromYear) : []
  const fields = [...(args.fields ?? []), ...year]
  const other = otherNames(all)
  const meant = [measure, things].flatMap((word) => (word === undefined ? [] : (other.get(word.toLowerCase()) ?? [])))
  const named = fields.filter((name) => hasColumn(all, name))
  // The column that a ranking is by goes first.
  return [...new Set(args.top === undefined ? [...named, ...meant] : [...meant, ...named])]
}

/** The name that tells whether numbers are rates: for a year column of a wide table, the named measure. */
function rateName(column: string, { measure }: Args, { years }: Columns): string {
  return years.includes(column) ? (measure ?? column) : column
}

/** The years of a wide table along x. */
function transposeYears(
  type: ChartType | 'table',
  all: readonly string[],
  texts: readonly string[],
  args: Args,
  columns: Columns,
  context: Context,
): Axes {
  const x = texts[0] ?? columns.texts[0] ?? columns.all[0]!.name
  const years = type === 'bar' || type === 'pie' ? all.slice(-MAX_BARS) : all
  if (years.length < all.length) {
    context.say(
      `Left out: ${all.length - years.length} of ${all.length} years, the earliest: ${all[0]} to ${all.at(-MAX_BARS - 1)}.`,
      `未画出：共 ${all.length} 年，略去最早的 ${all.length - years.length} 年：${all[0]} 到 ${all.at(-MAX_BARS - 1)}。`,
    )
  }
  const together = type !== 'line' ? args.top === undefined || type === 'pie' : args.aggregate !== undefined
  const axes = {
    x,
    series: years,
    acrossYears: true,
    together,
    ordered: true,
    aggregates: [aggregateOf(args.measure ?? '', args)],
  }
  if (!together) {
    context.say(
      `Each line is a row named by ${x}, over the columns ${years[0]} to ${years.at(-1)}.`,
      `每条线是一行（名称取自"${x}"列），横轴是 ${years[0]} 到 ${years.at(-1)}。`,
    )
  }
  return axes
}

/** Dates are grouped by the unit asked for; a column of years or months needs no unit. */
function unitOf(time: string, { unit }: Args, { all }: Columns): Axes['unit'] {
  return all.find(({ name }) => name === time)?.type === 'date' ? unit : undefined
}

function noSecond(x: string, columns: Columns, context: Context): RefusedError {
  return new RefusedError(
    refusal(
      'no_columns',
      context.word(
        `There is no second column beside ${x}; the columns are ${listColumns(columns)}.`,
        `除了"${x}"没有别的列；列有 ${listColumns(columns)}。`,
      ),
    ),
  )
}

function sayShown(type: ChartType | 'table', used: readonly string[], x: string, context: Context): void {
  const [en, zh] = type === 'table' ? ['table', '表格'] : ['chart', '图表']
  context.say(
    `The ${en} shows ${used.join(', ')} by ${x}; name other columns to change that.`,
    `${zh}显示各"${x}"的"${used.join('、')}";说出别的列名可以更换。`,
  )
}

function defaultLabel({ time, texts, all }: Columns, type: ChartType | 'table'): string {
  return (type === 'line' ? time : undefined) ?? texts.find((name) => name !== time) ?? texts[0] ?? time ?? all[0]!.name
}

function scatterColumns(numbers: readonly string[], args: Args, columns: Columns, context: Context): Axes {
  const along = numbersAlong(args, columns)
  const named = along === undefined ? numbers : [along, ...numbers.filter((name) => name !== along)]
  const [x, y] = [...named, ...columns.numbers.filter((name) => !named.includes(name))]
  if (x === undefined || y === undefined) {
    throw new RefusedError(
      refusal(
        'no_columns',
        context.word(
          `A scatter chart needs two columns of numbers; the columns are ${listColumns(columns)}.`,
          `散点图需要两列数字；列有 ${listColumns(columns)}。`,
        ),
      ),
    )
  }
  if (named.length < 2)
    context.say(
      `The chart shows ${y} against ${x}; name two columns to change that.`,
      `横轴是"${x}"，纵轴是"${y}";说出两个列名可以更换。`,
    )
  return { x, series: [y], aggregates: [], acrossYears: false, together: false, ordered: false }
}
