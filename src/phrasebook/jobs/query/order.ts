// In which order the result of a question comes, how much of it, and whether a sentence says it.
import type { QueryJob, QueryShape } from './query.ts'
import type { Args, Condition } from '../../parsing/intent.ts'
import type { Language } from '../../parsing/language.ts'
import type { Columns } from '../../names/column-names.ts'
import { namedColumns } from '../table-columns.ts'
import { namedNumbers, wideYears } from './measure.ts'

/** The column of a result with growth in percent, in the language of the request. */
export const GROWTH = { en: 'growth (%)', zh: '增长率(%)' }

/** The column to sort by, the number of rows, and the form of the answer. */
export function orderOf(
  args: Args,
  shape: QueryShape,
  columns: Columns,
  language: Language,
): Pick<QueryJob, 'sort' | 'top' | 'tail' | 'answer'> {
  const { top, head, tail, best, least, order, shrinks } = args
  const isRanked = top !== undefined || best !== undefined
  const isSorted = isRanked || args.sorted === true || order !== undefined
  const by =
    isSorted || (shape.type === 'change' && args.growth !== undefined)
      ? sortKey(args, shape, columns, GROWTH[language])
      : undefined
  const isText = by !== undefined && isTextKey(by, shape, columns)
  const lowest = best === 'least' || least === true || order === 'ascending'
  // "Declined most" are the smallest changes; texts go from A to Z.
  const usual = isText && !isRanked ? false : lowest === (shrinks === true)
  const descending = order === undefined ? usual : order === 'descending'
  const sort = by === undefined ? undefined : { by, descending, isText }
  const whole = shape.type === 'whole' && shape.measures.length === 1
  const single = shape.type === 'change' && (shape.key === undefined || isOne(args))
  const isValue = whole || single || shape.type === 'distinct' || (args.share === true && isOne(args))
  const isBest = best !== undefined && top === undefined && by !== undefined && shape.type !== 'whole'
  const answer = isValue ? 'value' : isBest ? 'best' : 'table'
  return { sort, top: top ?? head, tail, answer }
}

/** Conditions on the number of each group, rather than on rows. */
export function havingOf({ where = [] }: Args, shape: QueryShape): (Condition & { column: string })[] {
  if (shape.type !== 'groups') return []
  const [measure] = shape.measures
  return where.flatMap((one) => {
    if ('is' in one) return []
    const isMeasure = one.column === undefined || one.column === measure?.column || measure?.column === undefined
    return isMeasure ? [{ ...one, column: measure!.label }] : []
  })
}

function isOne({ where = [] }: Args): boolean {
  const values = where.flatMap((one) => ('is' in one && one.not !== true ? one.is : []))
  return new Set(values).size === 1
}

/** The column of the result that it is sorted by. */
function sortKey(args: Args, shape: QueryShape, columns: Columns, growth: string): string | undefined {
  switch (shape.type) {
    case 'groups':
      if (args.growth !== undefined) return growth
      return shape.measures[0]?.label
    case 'years':
      return args.growth === undefined ? shape.measure?.label : growth
    case 'change':
      return args.growth === undefined ? shape.times.to : growth
    case 'rows': {
      if (columns.years.length > 1) return textSort(args, columns) ?? wideYears(args, columns).at(-1)
      const named = namedColumns(args, columns)
      // "Sort by year, the first 10": what follows "by" counts, whatever it holds.
      const by =
        args.sorted || args.order !== undefined
          ? ((args.by ?? args.fields ?? [])[0] ?? (args.overTime ? columns.time : undefined))
          : undefined
      return by ?? namedNumbers(args, columns)[0] ?? named[0] ?? columns.numbers.find((name) => name !== columns.time)
    }
    default:
      return undefined
  }
}

function textSort(args: Args, columns: Columns): string | undefined {
  const named = namedColumns(args, columns)
  return args.sorted && named.length === 1 && columns.texts.includes(named[0]!) ? named[0] : undefined
}

function isTextKey(by: string, shape: QueryShape, { all }: Columns): boolean {
  if (shape.type !== 'rows') return false
  const type = all.find(({ name }) => name === by)?.type
  return type !== 'number'
}
