// Questions with a form of their own: correlation, pivot tables, the different values of a column.
import { RefusedError, type Context } from '../context.ts'
import type { GroupKey, QueryShape } from './query.ts'
import type { Args } from '../../parsing/intent.ts'
import { listColumns, type Columns } from '../../names/column-names.ts'
import { refusal } from '../../answers/refusal.ts'
import { namedColumns } from '../table-columns.ts'
import { measureOf, namedNumbers, rowCount } from './measure.ts'

/** The most columns whose correlations are shown two by two. */
const MAX_RELATED = 8

/** The correlation of the named columns, or of one with all others, or of all. */
export function relationShape(args: Args, columns: Columns, context: Context): QueryShape {
  const named = namedColumns(args, columns).filter((name) => columns.numbers.includes(name))
  const others = columns.numbers.filter((name) => !named.includes(name) && name !== columns.time)
  const all = named.length > 1 ? named : [...named, ...others].slice(0, MAX_RELATED)
  if (all.length > 1) return { type: 'relation', columns: all }
  throw new RefusedError(
    refusal(
      'no_columns',
      context.word(
        `A correlation needs two columns of numbers; the columns are ${listColumns(columns)}.`,
        `计算相关系数需要两列数字；列有 ${listColumns(columns)}。`,
      ),
    ),
  )
}

/** One field down, another across, and a number in each cell. */
export function pivotShape(args: Args, columns: Columns, context: Context): QueryShape {
  const { time, texts } = columns
  const named = namedColumns(args, columns).filter((name) => texts.includes(name) || name === time)
  const withTime = args.overTime && time !== undefined && !named.includes(time) ? [...named, time] : named
  const usual = texts.filter((name) => name !== time)
  const all = [...new Set([...withTime, ...usual, ...(time === undefined ? [] : [time])])]
  const asked = args.across === '' ? time : args.across
  const across = asked ?? (withTime.length > 1 ? withTime[1] : (time ?? all.find((name) => name !== all[0])))
  const row = all.find((name) => name !== across)
  if (row === undefined || across === undefined)
    throw new RefusedError(
      refusal(
        'no_columns',
        context.word(
          `A pivot table needs two columns to group by; the columns are ${listColumns(columns)}.`,
          `透视表需要两个分组的列；列有 ${listColumns(columns)}。`,
        ),
      ),
    )
  const value = namedNumbers(args, columns).find((name) => name !== row && name !== across)
  const measure =
    value === undefined || args.aggregate === 'count' ? rowCount(context) : measureOf(value, args, context)
  return { type: 'pivot', row: keyOf(row, args, columns), across: keyOf(across, args, columns), measure }
}

/** "Which products are there?", "how many different products": each value once. */
export function distinctShape(args: Args, columns: Columns): QueryShape | undefined {
  const { aggregate, best, top, head, tail, share, sorted, order, overTime, by = [], things, growth } = args
  const named = namedColumns(args, columns)
  const column = named.find((name) => columns.texts.includes(name))
  if (named.length !== 1 || column === undefined || growth !== undefined) return undefined
  if (things !== undefined || overTime || share || (top ?? head ?? tail ?? best ?? order) !== undefined || sorted)
    return undefined
  const counts = aggregate === 'count' && by.length === 0
  const isList =
    args.distinct === true ||
    (aggregate === undefined &&
      args.where === undefined &&
      args.names === undefined &&
      !args.flag &&
      args.measure === undefined)
  return isList || counts ? { type: 'distinct', column } : undefined
}

/** A key of a group: dates by year unless months are asked for. */
function keyOf(column: string, { unit }: Args, { all, time }: Columns): GroupKey {
  const isDate = all.find(({ name }) => name === column)?.type === 'date'
  return {
    column,
    label: column,
    unit: isDate && column === time ? (unit ?? 'year') : undefined,
    isOrdered: column === time,
  }
}
