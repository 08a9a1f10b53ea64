// A numeric x axis: "charges by age" is the average of charges at each age, in the order of the ages.
import { otherNames } from '../names/column-names.ts'
import type { Context } from './context.ts'
import type { Axes } from './job.ts'
import type { Args } from '../parsing/intent.ts'
import { areRows } from './ranking.ts'
import type { Columns } from '../names/column-names.ts'

/** The number column that a request groups by, if any. The column of a ranking is not one: "top 5 by charges". */
export function numbersAlong(args: Args, columns: Columns): string | undefined {
  const { fields = [], by = [], things, measure, top } = args
  const isNumber = (name: string) =>
    columns.numbers.includes(name) && name !== columns.time && !columns.years.includes(name)
  const thing = things === undefined ? undefined : otherNames(columns.all).get(things.toLowerCase())
  if (thing !== undefined && isNumber(thing)) return thing
  if (top !== undefined && by.some((name) => !isNumber(name))) return undefined
  const shows = measure !== undefined || fields.some((name) => !by.includes(name))
  return top === undefined || (shows && !areRows(args, columns)) ? by.find(isNumber) : undefined
}

/** One sorted entry per number of the column, with the average of its rows unless another aggregate is asked for. */
export function numberAxes(x: string, named: readonly string[], args: Args, columns: Columns, context: Context): Axes {
  const { numbers, time } = columns
  const axes = {
    x,
    acrossYears: false,
    together: false,
    ordered: true,
    numeric: true,
    split: named.find((name) => columns.texts.includes(name) && name !== time),
  }
  if (args.aggregate === 'count') return { ...axes, series: [], aggregates: ['count'] }
  const shown = named.filter((name) => numbers.includes(name) && name !== x)
  const guess = numbers.filter((name) => name !== x && name !== time).slice(0, 1)
  if (shown.length === 0 && guess.length === 0) return { ...axes, series: [], aggregates: ['count'] }
  if (shown.length === 0)
    context.say(
      `${guess[0]} is shown by ${x}; name another column to change that.`,
      `显示各"${x}"的"${guess[0]}";说出别的列名可以更换。`,
    )
  const used = shown.length === 0 ? guess : axes.split === undefined ? shown : shown.slice(0, 1)
  return { ...axes, series: used, aggregates: used.map(() => args.aggregate ?? 'average') }
}
