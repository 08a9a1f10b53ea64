// Questions about two times: growth, and years side by side.
import { RefusedError, type Context } from '../context.ts'
import type { Source } from '../job.ts'
import type { GroupKey, QueryShape, Times } from './query.ts'
import type { Args } from '../../parsing/intent.ts'
import type { Columns } from '../../names/column-names.ts'
import { refusal } from '../../answers/refusal.ts'
import { namedColumns } from '../table-columns.ts'
import { knownYears, yearOf, yearsWithin } from '../table-years.ts'
import { measureOf, namedNumbers, wideYears } from './measure.ts'

/** Whether two times are compared: growth over a span, or exactly two years side by side. */
export function isChange(args: Args, columns: Columns): boolean {
  const single = args.fromYear !== undefined && args.fromYear === args.toYear
  const named = columns.years.length > 1 ? wideYears(args, columns).length : (args.years?.length ?? 0)
  if (args.growth === 'yearly') return (single || named === 2) && !args.overTime
  if (args.growth !== undefined) return true
  const ends = args.fromYear !== undefined && args.toYear !== undefined && !single
  return (named === 2 || ends) && args.compared === true && !args.overTime
}

/** The shape of a comparison of two times; throws `RefusedError` if the table has no years. */
export function changeShape(args: Args, columns: Columns, table: Source, context: Context): QueryShape {
  const { from, to } = yearsOf(args, columns, context)
  const wide = columns.years.length > 1
  const annual = args.growth === 'annual'
  const text = namedColumns(args, columns).find((name) => columns.texts.includes(name) && name !== columns.time)
  if (wide) {
    const [first, last] = [from, to].map((year) => yearsWithin(columns, { fromYear: year, toYear: year }, context)[0]!)
    const column = text ?? columns.texts[0] ?? columns.all[0]!.name
    return {
      type: 'change',
      key: { column, label: column },
      times: { from: first!, to: last!, span: to - from },
      measure: measureOf(first!, args, context, args.measure ?? first),
      annual,
    }
  }
  const [value] = namedNumbers(args, columns)
  const measure = measureOf(value ?? columns.numbers.find((name) => name !== columns.time)!, args, context)
  const asked = args.best !== undefined || args.which === true || args.top !== undefined
  const column = text ?? (asked ? columns.texts.find((name) => name !== columns.time) : undefined)
  const times: Times = { from: `${measure.label} ${from}`, to: `${measure.label} ${to}`, span: to - from }
  const key: GroupKey | undefined = column === undefined ? undefined : { column, label: column }
  const isDate = columns.all.find(({ name }) => name === columns.time)?.type !== 'number'
  return {
    type: 'change',
    key,
    times,
    measure,
    time: { column: columns.time!, label: columns.time!, unit: isDate ? 'year' : undefined },
    annual,
  }
}

/** The two years: those named, else the first and the last of the table. */
function yearsOf(args: Args, columns: Columns, context: Context): { from: number; to: number } {
  const known = knownYears(columns)
  const named = columns.years.length > 1 ? wideYears(args, columns).map(yearOf) : (args.years ?? [])
  if (columns.years.length < 2 && columns.time === undefined) throw noYears(context)
  if (named.length > 1) return { from: Math.min(...named), to: Math.max(...named) }
  const single = args.fromYear !== undefined && args.fromYear === args.toYear
  const from = single
    ? args.fromYear - 1
    : (args.fromYear ?? (args.lastYears && known ? known[1] - args.lastYears : known?.[0]))
  const to = args.toYear ?? known?.[1]
  if (from !== undefined && to !== undefined && from < to) return { from, to }
  throw noYears(context)
}

function noYears(context: Context): RefusedError {
  return new RefusedError(
    refusal(
      'no_such_year',
      context.word(
        'Growth needs two years. Say from which year to which, for example: from 2010 to 2020.',
        '计算增长需要两个年份。请说明从哪一年到哪一年，例如：2010 年到 2020 年。',
      ),
    ),
  )
}
