// What the lexicon finds in a sentence: operations that are mentioned, and arguments that belong to one of them.

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
export type ChartType = 'bar' | 'line' | 'pie' | 'scatter'
/** How the rows of a group become one number. */
export type Aggregate = 'sum' | 'average' | 'count'

/** Every argument that a phrase can carry; which operation takes which is in slots.ts. */
export interface Args {
  /** A number without a unit; the operation says what it is. */
  readonly number?: number
  readonly width?: number
  readonly height?: number
  readonly size?: { readonly width: number; readonly height: number }
  /** 0.5 is half the width and height. */
  readonly scale?: number
  readonly percent?: number
  readonly toward?: 'smaller' | 'larger'
  readonly degrees?: number
  /** Degrees of all frames together. */
  readonly total?: number
  readonly clockwise?: boolean
  readonly axis?: 'horizontal' | 'vertical'
  readonly frames?: number
  /** Keep every n-th frame. */
  readonly every?: number
  /** Milliseconds a frame. */
  readonly delay?: number
  readonly loop?: boolean
  readonly bytes?: number
  readonly quality?: number
  readonly format?: Format
  readonly sigma?: number
  readonly level?: number
  readonly factor?: number
  /** How much of the usual effect: 0.5 a bit, 2 a lot. */
  readonly strength?: number
  /** More or less of an operation, or its figure up or down: of the one done last, where there is one. */
  readonly change?: 'more' | 'less' | 'up' | 'down' | 'faster' | 'slower'
  /** A complaint about what stands: the change is not to go past what stood before. */
  readonly past?: boolean
  /** Figures that were said to be too little and too much. */
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
  /** Values in a column of texts: only their rows. */
  readonly names?: readonly string[]
  /** Only rows of which the column says yes, or no. */
  readonly flag?: { readonly column: string; readonly holds: boolean }
  /** Those of the fields that numbers are grouped by. */
  readonly by?: readonly string[]
  readonly top?: number
  /** The smallest instead of the largest. */
  readonly least?: boolean
  readonly measure?: string
  readonly things?: string
  readonly overTime?: boolean
  /** What dates are grouped into. */
  readonly unit?: 'year' | 'month'
  readonly aggregate?: Aggregate
  /** Each as a share of all. */
  readonly share?: boolean
  /** So many rows from the beginning of a table. */
  readonly head?: number
  readonly bigYear?: boolean
  readonly fromYear?: number
  readonly toYear?: number
}

/** How an operation is tied to the one before it: `then` is one after the other, `list` items of a list. */
export type Link = 'then' | 'list' | 'none'

export interface Mention {
  readonly kind: MentionKind
  readonly args: Args
  readonly link: Link
  /** Position among the tokens. */
  readonly at: number
  /** Not said, but what an argument stands for. */
  readonly implied?: boolean
}
