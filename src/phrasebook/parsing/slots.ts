// Which operation takes which argument, and which operation an argument alone implies.
import type { Args, Mention, MentionKind } from './intent.ts'
import { ALONE, BARE, SLOTS, type Slot } from './slot-table.ts'

/** Arguments that may occur more than once: lists, and words for what the numbers are. */
const REPEATED: ReadonlySet<Slot> = new Set([
  'fields',
  'by',
  'names',
  'where',
  'years',
  'best',
  'which',
  'sorted',
  'order',
  'growth',
  'shrinks',
  'isHint',
  'relation',
  'pivot',
  'compared',
  'distinct',
  'save',
  'texts',
  'measure',
  'overTime',
  'unit',
  'share',
  'aggregate',
  'things',
  'strength',
  'direction',
])

/** The arguments that an operation of this kind takes. */
export function fitting(kind: MentionKind, args: Args): Args {
  return Object.fromEntries(Object.entries(args).filter(([key]) => SLOTS[kind].includes(key as Slot)))
}

/** The mention with the argument added; undefined if it has no free slot for it. `over` allows replacing. */
export function addArgument(mention: Mention, args: Args, over = false): Mention | undefined {
  const fitted = convertArgument(mention.kind, args)
  const slots = SLOTS[mention.kind]
  const keys = Object.keys(fitted) as Slot[]
  if (!keys.every((key) => slots.includes(key))) return undefined
  if (!over && keys.some((key) => !REPEATED.has(key) && mention.args[key] !== undefined)) return undefined
  const before: Args = over ? {} : mention.args
  const fields = fitted.fields && { fields: [...(before.fields ?? []), ...fitted.fields] }
  const by = fitted.by && { by: [...(before.by ?? []), ...fitted.by] }
  const names = fitted.names && { names: [...(before.names ?? []), ...fitted.names] }
  const where = fitted.where && { where: [...(before.where ?? []), ...fitted.where] }
  const said = fitted.aggregate && [...(before.aggregates ?? []), fitted.aggregate]
  const aggregates = said && slots.includes('aggregates') && { aggregates: [...new Set(said)] }
  const years = fitted.years && { years: [...(before.years ?? []), ...fitted.years] }
  const texts = fitted.texts && { texts: [...(before.texts ?? []), ...fitted.texts] }
  return {
    ...mention,
    args: { ...mention.args, ...fitted, ...fields, ...by, ...names, ...where, ...years, ...aggregates, ...texts },
  }
}

/** The operation that an argument implies by itself, if any. */
export function impliedOperation(args: Args): MentionKind | undefined {
  return ALONE.find(([slot]) => args[slot] !== undefined)?.[1]
}

/** Converts the argument for an operation: a bare number becomes degrees, a grid's size columns and rows. */
function convertArgument(kind: MentionKind, args: Args): Args {
  const { number, size, axis, position } = args
  const bare = number === undefined ? undefined : BARE[kind]
  const isGrid = kind === 'grid' && size && size.width <= 20 && size.height <= 20
  // 2001 is a year, not a number of bars.
  if (bare === 'top' && number! > 500) return args
  if (kind === 'rotate' && (position === 'left' || position === 'right')) return { clockwise: position === 'right' }
  // Panels on the left and the right are side by side.
  if (kind === 'stack' && position !== undefined)
    return { direction: position === 'left' || position === 'right' ? 'right' : 'down' }
  if (!bare && !isGrid && !(kind === 'stack' && axis)) return args
  const { number: _number, size: _size, axis: _axis, ...rest } = args
  if (bare) return { ...rest, [bare]: number }
  return isGrid
    ? { ...rest, columns: size.width, rows: size.height }
    : { ...rest, direction: axis === 'horizontal' ? 'right' : 'down' }
}

/** Operations that show data, each in its own form. */
export const TABULAR: readonly MentionKind[] = ['chart', 'race', 'table']

/** "As a table", 画成饼图: the same data in another form. */
export function isOnlyForm(mentions: readonly Mention[], also: readonly string[] = []): boolean {
  return mentions.every(
    ({ kind, args, implied }) =>
      TABULAR.includes(kind) && !implied && Object.keys(args).every((key) => key === 'chart' || also.includes(key)),
  )
}
