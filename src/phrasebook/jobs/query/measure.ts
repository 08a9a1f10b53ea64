// Which numbers a question is about: the columns it names, else the best guess, which the answer mentions.
import type { Context } from '../context.ts'
import { otherNames, type Columns } from '../../names/column-names.ts'
import type { Aggregate, Args } from '../../parsing/intent.ts'
import type { Measure } from './query.ts'
import { aggregateOf } from '../aggregate.ts'
import { namedColumns } from '../table-columns.ts'
import { yearOf } from '../table-years.ts'

/** Measures that "best" means, if none is named. */
const USUAL = ['sales', 'revenue', 'amount', 'profit', 'income', 'score', 'gdp', 'value']

/** The number columns that a question names, without the time column. */
export function namedNumbers(args: Args, columns: Columns): string[] {
  return namedColumns(args, columns).filter((name) => columns.numbers.includes(name) && name !== columns.time)
}

/** The year columns of a wide table that a question names; the last one if it names none. */
export function wideYears(args: Args, columns: Columns): string[] {
  const { years } = columns
  if (years.length < 2) return []
  const named = namedNumbers(args, columns).filter((name) => years.includes(name))
  const listed = years.filter((name) => args.years?.includes(yearOf(name)))
  const all = [...new Set([...named, ...listed])].toSorted((a, b) => yearOf(a) - yearOf(b))
  if (all.length > 0) return all
  const single = args.fromYear !== undefined && args.fromYear === args.toYear
  const within = single ? years.filter((name) => yearOf(name) === args.fromYear) : []
  return within.length > 0 ? within : [years.at(-1)!]
}

/** The arguments, with a column for "best", growth or a share where no number is named. */
export function withGuess(args: Args, columns: Columns, context: Context): Args {
  const { best, growth, share, pivot, where = [] } = args
  const compared = where.flatMap((one) => ('is' in one || one.column === undefined ? [] : [one.column]))
  const isOpen = (best ?? growth ?? share ?? pivot) !== undefined || args.order !== undefined
  if (columns.years.length > 1 || args.aggregate === 'count' || namedNumbers(args, columns).length > 0) return args
  const numbers = columns.numbers.filter((name) => name !== columns.time)
  const only = compared.find((name) => numbers.includes(name))
  if (only !== undefined && (isOpen || args.which)) return { ...args, fields: [...(args.fields ?? []), only] }
  if (
    !isOpen ||
    args.sorted ||
    (args.measure !== undefined && !otherNames(columns.all).has(args.measure.toLowerCase()))
  )
    return args
  const other = otherNames(columns.all)
  const usual = USUAL.map((word) => other.get(word)).find((name) => name !== undefined && numbers.includes(name))
  const guess = usual ?? numbers[0]
  if (guess === undefined) return args
  context.say(`The column ${guess} was used; name another to change that.`, `使用了"${guess}"列;说出别的列名可以更换。`)
  return { ...args, fields: [...(args.fields ?? []), guess] }
}

/** The measure of a column: the aggregate that is asked for, else the usual one. `name`: what it is called. */
export function measureOf(column: string, args: Args, { word }: Pick<Context, 'word'>, name = column): Measure {
  const aggregate = aggregateOf(name, args)
  return { column, aggregate, label: labelOf(name, aggregate, word) }
}

/** The count of rows. */
export function rowCount({ word }: Pick<Context, 'word'>): Measure {
  return { aggregate: 'count', label: word('rows', '行数') }
}

/** The name of an aggregate of a column: "total sales", "sales 总和". */
export function labelOf(name: string, aggregate: Aggregate, word: Context['word']): string {
  const [en, zh] = WORDS[aggregate]
  return word(`${en} ${name}`, `${name} ${zh}`)
}

const WORDS: Readonly<Record<Aggregate, readonly [string, string]>> = {
  sum: ['total', '总和'],
  average: ['average', '平均值'],
  count: ['number of', '个数'],
  median: ['median', '中位数'],
  max: ['highest', '最大值'],
  min: ['lowest', '最小值'],
  deviation: ['standard deviation of', '标准差'],
}
