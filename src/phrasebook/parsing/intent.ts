// What is found in a sentence: mentioned operations, and the arguments that belong to them.

type TransformKind =
  | 'grayscale'
  | 'invert'
  | 'sepia'
  | 'sobel'
  | 'otsu'
  | 'threshold'
  | 'rotate'
  | 'flip'
  | 'crop'
  | 'resize'
  | 'blur'
  | 'sharpen'
  | 'stretch'
  | 'contrast'
  | 'brighten'
  | 'darken'
  | 'saturate'
  | 'hue'
  | 'tint'
  | 'label'
type TableKind = 'summary' | 'chart' | 'race' | 'table'
export type MentionKind =
  | TransformKind
  | TableKind
  | 'original'
  | 'adjust'
  | 'stack'
  | 'grid'
  | 'convert'
  | 'compress'
  | 'spin'
  | 'cycle'
  | 'gif'
  | 'slideshow'
  | 'histogram'
  | 'info'

export type Position =
  | 'top-left'
  | 'top'
  | 'top-right'
  | 'left'
  | 'center'
  | 'right'
  | 'bottom-left'
  | 'bottom'
  | 'bottom-right'
export type Format = 'png' | 'jpg' | 'webp' | 'avif' | 'gif' | 'tiff'
export type ChartType = 'bar' | 'line' | 'pie' | 'scatter' | 'box'
/** How the rows of a group become one number. */
export type Aggregate = 'sum' | 'average' | 'count' | 'median' | 'max' | 'min' | 'deviation'
/** Formats that tables are saved in. */
export type TableFormat = 'csv' | 'tsv' | 'xlsx' | 'ods' | 'json' | 'parquet' | 'md'
/** A comparison with a number; `to` is the upper end of 'between'. */
export interface Comparison {
  readonly sign: '>' | '>=' | '<' | '<=' | '=' | '!=' | 'between'
  readonly value: number
  readonly to?: number
}
/** What rows must fulfil: a column has one of the values, or compares so. Without a column: the measure of the request. */
export type Condition =
  | { readonly column: string; readonly is: readonly string[]; readonly not?: boolean }
  | ({ readonly column?: string } & Comparison)
/** Growth between two times, from each time to the next, or its average per year. */
type Growth = 'total' | 'yearly' | 'annual'

/** Every argument that a phrase can carry; slots.ts says which operation takes which. */
export interface Args {
  /** A number without a unit; its meaning depends on the operation. */
  readonly number?: number
  readonly width?: number
  readonly height?: number
  readonly size?: { readonly width: number; readonly height: number }
  /** 0.5 is half the width and height. */
  readonly scale?: number
  readonly percent?: number
  readonly toward?: 'smaller' | 'larger'
  readonly degrees?: number
  /** Total degrees over all frames. */
  readonly total?: number
  readonly clockwise?: boolean
  readonly axis?: 'horizontal' | 'vertical'
  readonly frames?: number
  /** Keep every n-th frame. */
  readonly every?: number
  /** Milliseconds per frame. */
  readonly delay?: number
  readonly loop?: boolean
  readonly bytes?: number
  readonly quality?: number
  readonly format?: Format
  readonly sigma?: number
  readonly level?: number
  readonly factor?: number
  /** Relative to the usual effect: 0.5 a bit, 2 a lot. */
  readonly strength?: number
  /** More or less of an operation, or its value up or down; applies to the last operation, if there is one. */
  readonly change?: 'more' | 'less' | 'up' | 'down' | 'faster' | 'slower'
  /** A complaint about the current result: the change must not go past the value before that. */
  readonly asComplaint?: boolean
  /** Values that were said to be too low and too high. */
  readonly low?: number
  readonly high?: number
  readonly ratio?: { readonly width: number; readonly height: number }
  readonly square?: boolean
  readonly at?: { readonly x: number; readonly y: number }
  readonly position?: Position
  readonly texts?: readonly string[]
  readonly labels?: boolean
  readonly color?: string
  readonly columns?: number
  readonly rows?: number
  readonly direction?: 'down' | 'right'
  readonly compare?: boolean
  readonly chart?: ChartType
  readonly fields?: readonly string[]
  /** Values in a text column: only their rows. */
  readonly names?: readonly string[]
  /** Only rows for which the yes/no column says yes, or no. */
  readonly flag?: { readonly column: string; readonly holds: boolean }
  /** The fields to group by. */
  readonly by?: readonly string[]
  readonly top?: number
  /** The smallest instead of the largest. */
  readonly least?: boolean
  readonly measure?: string
  readonly things?: string
  readonly overTime?: boolean
  /** The unit that dates are grouped by. */
  readonly unit?: 'year' | 'month'
  readonly aggregate?: Aggregate
  /** Each number as a share of the total. */
  readonly share?: boolean
  /** That many rows from the start of a table. */
  readonly head?: number
  /** That many rows from the end of a table. */
  readonly tail?: number
  /** Conditions that rows must fulfil. */
  readonly where?: readonly Condition[]
  /** All aggregates that are asked for, in order. */
  readonly aggregates?: readonly Aggregate[]
  /** A measure that counts only where no column is named. */
  readonly isHint?: boolean
  /** Bins of a histogram. */
  readonly bins?: number
  /** Bars of one group on top of each other. */
  readonly stacked?: boolean
  /** A comparison that is not bound to a column yet. */
  readonly compares?: Comparison
  /** The one with the most, or the least, of something. */
  readonly best?: 'most' | 'least'
  /** A question word before the things asked for. */
  readonly which?: boolean
  readonly sorted?: boolean
  readonly order?: 'descending' | 'ascending'
  readonly growth?: Growth
  /** Whether growth is meant to be negative: "fell", 下降. */
  readonly shrinks?: boolean
  /** How two columns depend on each other. */
  readonly relation?: boolean
  readonly pivot?: boolean
  /** The role in a pivot table of the field next to it. */
  readonly role?: 'rows' | 'columns'
  /** The field of a pivot table that its columns are of. */
  readonly across?: string
  /** Each value once. */
  readonly distinct?: boolean
  /** Single years, of which there are several. */
  readonly years?: readonly number[]
  /** The last years of those in the table. */
  readonly lastYears?: number
  /** Side by side. */
  readonly compared?: boolean
  /** Save the result as a file of this format. */
  readonly save?: TableFormat
  readonly bigYear?: boolean
  readonly fromYear?: number
  readonly toYear?: number
}

/** How an operation is linked to the one before it: `then`: one after the other; `list`: items of a list. */
export type Link = 'then' | 'list' | 'none'

export interface Mention {
  readonly kind: MentionKind
  readonly args: Args
  readonly link: Link
  /** Token index. */
  readonly at: number
  /** Not mentioned, but implied by an argument. */
  readonly implied?: boolean
}

/** Operations whose strength can be changed. */
export const ADJUSTABLE: readonly MentionKind[] = [
  'blur',
  'sharpen',
  'brighten',
  'darken',
  'contrast',
  'saturate',
  'hue',
  'rotate',
  'resize',
]
