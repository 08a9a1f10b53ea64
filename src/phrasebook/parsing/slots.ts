// Which operation takes which argument, and which operation an argument alone implies.
import type { Args, Mention, MentionKind } from './intent.ts'

type Slot = keyof Args

const SIZE: readonly Slot[] = ['width', 'height', 'size', 'scale', 'percent', 'toward']
const FILM: readonly Slot[] = [...SIZE, 'delay', 'loop', 'frames', 'every']

const QUERY: readonly Slot[] = [
  'fields',
  'by',
  'names',
  'flag',
  'where',
  'top',
  'least',
  'best',
  'which',
  'measure',
  'things',
  'aggregate',
  'aggregates',
  'isHint',
  'share',
  'overTime',
  'unit',
  'fromYear',
  'toYear',
  'years',
  'lastYears',
  'sorted',
  'order',
  'growth',
  'shrinks',
  'compared',
]

const SLOTS: Readonly<Record<MentionKind, readonly Slot[]>> = {
  grayscale: [],
  invert: [],
  sepia: [],
  sobel: [],
  otsu: [],
  original: [],
  adjust: ['change', 'strength'],
  info: [],
  cycle: [],
  gif: ['delay', 'loop'],
  threshold: ['level'],
  rotate: ['degrees', 'clockwise', 'color', 'strength', 'change'],
  flip: ['axis'],
  crop: ['width', 'height', 'size', 'ratio', 'square', 'at', 'position'],
  resize: [...SIZE, 'square', 'strength'],
  blur: ['sigma', 'strength', 'change'],
  sharpen: ['sigma', 'strength', 'change'],
  stretch: [],
  contrast: ['factor', 'percent', 'strength', 'change'],
  brighten: ['percent', 'strength', 'change'],
  darken: ['percent', 'strength', 'change'],
  saturate: ['percent', 'factor', 'strength', 'change'],
  hue: ['degrees', 'strength', 'change'],
  tint: ['color'],
  label: ['texts', 'position', 'labels', 'color'],
  stack: ['direction', 'axis', 'labels', 'compare'],
  grid: ['columns', 'rows', 'size', 'labels'],
  convert: ['format', 'quality'],
  compress: ['bytes', 'quality', 'scale', 'percent', 'frames', 'every'],
  spin: [...FILM, 'degrees', 'total', 'clockwise', 'color'],
  slideshow: [...SIZE, 'delay', 'loop'],
  histogram: [
    'width',
    'height',
    'size',
    'fields',
    'names',
    'flag',
    'where',
    'bins',
    'measure',
    'color',
    'fromYear',
    'toYear',
    'texts',
  ],
  table: [...QUERY, 'head', 'tail', 'relation', 'pivot', 'role', 'across', 'distinct', 'save'],
  summary: [
    'fields',
    'by',
    'aggregate',
    'overTime',
    'unit',
    'things',
    'measure',
    'fromYear',
    'toYear',
    'years',
    'where',
    'names',
    'flag',
    'which',
  ],
  chart: [
    ...QUERY,
    'chart',
    'stacked',
    'texts',
    'width',
    'height',
    'size',
    'color',
    'relation',
    'pivot',
    'role',
    'across',
  ],
  race: [
    'fields',
    'by',
    'top',
    'best',
    'which',
    'sorted',
    'order',
    'measure',
    'things',
    'aggregate',
    'overTime',
    'unit',
    'bigYear',
    'fromYear',
    'toYear',
    'loop',
    'delay',
    'width',
    'height',
    'size',
  ],
}

/** What a number without a unit means for each operation. */
const BARE: Readonly<Partial<Record<MentionKind, Slot>>> = {
  rotate: 'degrees',
  hue: 'degrees',
  blur: 'sigma',
  sharpen: 'sigma',
  threshold: 'level',
  resize: 'width',
  grid: 'columns',
  race: 'top',
  chart: 'top',
  table: 'top',
  spin: 'degrees',
  contrast: 'factor',
  saturate: 'factor',
}

/** The operation implied by an argument that no operation takes: `600px wide` a resize, `under 200 KB` compression. */
const ALONE: readonly (readonly [Slot, MentionKind])[] = [
  ['bytes', 'compress'],
  ['format', 'convert'],
  ['quality', 'convert'],
  ['every', 'compress'],
  ['size', 'resize'],
  ['width', 'resize'],
  ['height', 'resize'],
  ['scale', 'resize'],
  ['percent', 'resize'],
  ['toward', 'resize'],
  ['growth', 'table'],
  ['pivot', 'table'],
  ['relation', 'table'],
  ['overTime', 'chart'],
  ['head', 'table'],
  ['tail', 'table'],
  ['top', 'chart'],
  ['aggregate', 'table'],
  ['share', 'table'],
  ['flag', 'table'],
  ['names', 'table'],
  ['where', 'table'],
  ['best', 'table'],
  ['which', 'table'],
  ['sorted', 'table'],
  ['order', 'table'],
  ['compared', 'table'],
  ['distinct', 'table'],
  ['save', 'table'],
  ['years', 'table'],
  ['lastYears', 'table'],
  ['fromYear', 'table'],
  ['toYear', 'table'],
  ['ratio', 'crop'],
  ['square', 'crop'],
  ['columns', 'grid'],
  ['rows', 'grid'],
  ['color', 'tint'],
  ['texts', 'label'],
]

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
