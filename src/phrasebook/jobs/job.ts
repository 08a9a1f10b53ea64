// A request as jobs with every number determined: the intermediate form between parsing and code.
import type { FileInfo } from '../../../sandbox/protocol.ts'
import type { Language } from '../parsing/language.ts'
import type { Aggregate, ChartType, Condition, Mention, Position, TableFormat } from '../parsing/intent.ts'

/** Part of a picture: a size in pixels at a corner or position, the largest square, or the largest area of a ratio. */
export type Area = { readonly position: Position } & (
  | {
      readonly type: 'size'
      readonly width: number
      readonly height: number
      readonly at?: { readonly x: number; readonly y: number }
    }
  | { readonly type: 'ratio'; readonly width: number; readonly height: number }
)

export type Transform =
  | { readonly kind: 'grayscale' | 'invert' | 'sepia' | 'sobel' | 'otsu' | 'stretch' }
  | { readonly kind: 'threshold'; readonly level: number }
  /** Clockwise. */
  | { readonly kind: 'rotate'; readonly degrees: number; readonly background: string }
  | { readonly kind: 'flip'; readonly axis: 'horizontal' | 'vertical' }
  | { readonly kind: 'crop'; readonly area: Area }
  | { readonly kind: 'resize'; readonly width?: number; readonly height?: number; readonly scale?: number }
  | { readonly kind: 'blur'; readonly sigma: number }
  | { readonly kind: 'sharpen'; readonly sigma: number }
  | { readonly kind: 'contrast' | 'brighten' | 'saturate'; readonly factor: number }
  | { readonly kind: 'hue'; readonly degrees: number }
  | { readonly kind: 'tint'; readonly color: string }
  | { readonly kind: 'label'; readonly text: string; readonly position: Position; readonly color?: string }

/** An input file and its file info. */
export interface Source {
  readonly name: string
  readonly card: FileInfo
}

export interface Panel {
  readonly source: Source
  readonly steps: readonly Transform[]
  readonly label: string
}

export type Layout =
  | { readonly type: 'stack'; readonly direction: 'down' | 'right' }
  | { readonly type: 'grid'; readonly columns: number }

export type Job =
  | EditJob
  | PanelsJob
  | SpinJob
  | SlideshowJob
  | ShrinkJob
  | HistogramJob
  | InfoJob
  | SummaryJob
  | ChartJob
  | QueryJob
  | BoxJob
  | DistributionJob
  | RaceJob

/** The same steps on each file. `bytes` and `quality` apply to the written file. */
export interface EditJob {
  readonly kind: 'edit'
  readonly files: readonly { readonly source: Source; readonly output: string }[]
  readonly steps: readonly Transform[]
  readonly bytes?: number
  readonly quality?: number
  /** Keep all frames. */
  readonly animated: boolean
}
export interface PanelsJob {
  readonly kind: 'panels'
  readonly panels: readonly Panel[]
  readonly layout: Layout
  readonly labels: boolean
  readonly position: Position
  readonly after: readonly Transform[]
  readonly output: string
  readonly bytes?: number
  readonly quality?: number
}
/** Rotates the picture by `degrees` per frame, counter-clockwise, and cycles its colour channels. */
export interface SpinJob {
  readonly kind: 'spin'
  readonly source: Source
  readonly steps: readonly Transform[]
  readonly frames: number
  readonly degrees: number
  readonly cycle: boolean
  readonly delay: number
  readonly width?: number
  readonly height?: number
  readonly background: string
  readonly output: string
}
export interface SlideshowJob {
  readonly kind: 'slideshow'
  readonly sources: readonly Source[]
  readonly steps: readonly Transform[]
  readonly delay: number
  readonly width: number
  readonly height: number
  readonly output: string
}
export interface ShrinkJob {
  readonly kind: 'shrink'
  readonly source: Source
  readonly scale: number
  readonly every: number
  readonly bytes?: number
  readonly output: string
}
export interface HistogramJob {
  readonly kind: 'histogram'
  readonly source: Source
  readonly steps: readonly Transform[]
  readonly width?: number
  readonly height?: number
  readonly output: string
}
export interface InfoJob {
  readonly kind: 'info'
  readonly sources: readonly Source[]
}
export interface SummaryJob {
  readonly kind: 'summary'
  readonly language: Language
  readonly table: Source
}
/** A row filter: by a value in one of the columns, by a yes/no column, by conditions on columns; or several of them. */
export type RowFilter =
  | { readonly type: 'all'; readonly filters: readonly RowFilter[] }
  | { readonly type: 'where'; readonly conditions: readonly (Condition & { readonly column: string })[] }
  | { readonly type: 'names'; readonly names: readonly string[]; readonly among: readonly string[] }
  | { readonly type: 'flag'; readonly column: string; readonly holds: boolean }
/** Years by a time column, which holds numbers, or dates; `years`, if set: only these. */
export interface Span {
  readonly time: string
  readonly isNumber: boolean
  readonly from: number
  readonly to: number
  readonly years?: readonly number[]
}
/** Which columns are shown, and how rows of one name are combined. */
export interface Axes {
  readonly x: string
  /** Columns; empty if rows are counted. */
  readonly series: readonly string[]
  /** One per series; just 'count' for counted rows. */
  readonly aggregates: readonly Aggregate[]
  /** Transposes the table: the year columns along x, one line per row or one for all rows. */
  readonly acrossYears: boolean
  /** Combines all rows along the years. */
  readonly together: boolean
  /** x is a time: keeps its order; dates become years or months. */
  readonly ordered: boolean
  readonly unit?: 'year' | 'month'
  /** x holds numbers, in numeric order. */
  readonly numeric?: boolean
  /** Only rows of these years, by the time column. */
  readonly span?: Span
  /** One line, or one set of bars, for each value of this column. */
  readonly split?: string
}
export interface ChartJob extends Axes {
  readonly kind: 'chart'
  readonly language: Language
  readonly table: Source
  /** Only these rows. */
  readonly choice?: RowFilter
  /** Each number as a percentage of the total. */
  readonly share: boolean
  readonly type: ChartType
  readonly stacked?: boolean
  readonly title: string
  readonly top?: number
  /** The smallest come first. */
  readonly least?: boolean
  readonly width: number
  readonly height: number
  readonly color?: string
  readonly after: readonly Transform[]
  readonly output: string
}
/** One number of rows: an aggregate of a column, or their count. `label`: its name in the result. */
export interface Measure {
  readonly column?: string
  readonly aggregate: Aggregate
  readonly label: string
}
/** A column to group by; dates by year or month. `label`: its name in the result. */
export interface GroupKey {
  readonly column: string
  readonly label: string
  readonly unit?: 'year' | 'month'
  /** Its values have an order of their own: times, numbers. */
  readonly isOrdered?: boolean
}
/** Two times whose numbers are compared: columns of a wide table, else years of the time column. */
export interface Times {
  readonly from: string
  readonly to: string
  readonly span: number
}
/** What the rows of a result are. */
export type QueryShape =
  /** The table's own rows, with these columns; undefined: all. */
  | { readonly type: 'rows'; readonly columns?: readonly string[] }
  /** Numbers of all rows together. */
  | { readonly type: 'whole'; readonly measures: readonly Measure[] }
  /** One row per group. */
  | { readonly type: 'groups'; readonly keys: readonly GroupKey[]; readonly measures: readonly Measure[] }
  /** One row per year column: one number of all rows, or the cell of each of these rows. */
  | { readonly type: 'years'; readonly years: readonly string[]; readonly measure?: Measure; readonly name: string }
  /** Two times side by side, per row of a wide table or per group, with the change. */
  | {
      readonly type: 'change'
      readonly key?: GroupKey
      readonly times: Times
      readonly measure: Measure
      /** The time column of a long table. */
      readonly time?: GroupKey
      readonly annual: boolean
    }
  /** One row per value of `row`, one column per value of `across`. */
  | { readonly type: 'pivot'; readonly row: GroupKey; readonly across: GroupKey; readonly measure: Measure }
  /** Each value of a column, with its number of rows. */
  | { readonly type: 'distinct'; readonly column: string }
  /** Pearson's correlation of columns, two by two. */
  | { readonly type: 'relation'; readonly columns: readonly string[] }
/** A question about a table, answered in words, as a table, as a chart, or as a file. */
export interface QueryJob {
  readonly kind: 'query'
  readonly language: Language
  readonly table: Source
  readonly choice?: RowFilter
  readonly span?: Span
  readonly shape: QueryShape
  /** What the result shows, as a heading. */
  readonly caption: string
  /** Adds the share of the total; `of`: only the share of this value is asked for. */
  readonly share?: { readonly of?: string }
  /** Adds the growth from row to row. */
  readonly growth: boolean
  /** Conditions on the result's rows. */
  readonly having: readonly (Condition & { readonly column: string })[]
  /** A column of the result to sort by. */
  readonly sort?: { readonly by: string; readonly descending: boolean; readonly isText: boolean }
  readonly top?: number
  /** So many from the end. */
  readonly tail?: number
  /** `value`: the number in a sentence; `best`: the first row in a sentence. */
  readonly answer: 'table' | 'value' | 'best'
  readonly chart?: { readonly type: 'bar' | 'line' | 'pie'; readonly title: string; readonly values: readonly string[] }
  /** The name of the file, if one is to be made. */
  readonly output?: string
  readonly format?: TableFormat
}
/** The spread of columns, or of one column in each group, as boxes with whiskers. */
export interface BoxJob {
  readonly kind: 'box'
  readonly language: Language
  readonly table: Source
  readonly choice?: RowFilter
  readonly span?: Span
  readonly columns: readonly string[]
  readonly by?: string
  readonly title: string
  readonly output: string
}
/** How many values of a column are in each of several equal bins, or, of a text column, how often each value occurs. */
export interface DistributionJob {
  readonly kind: 'distribution'
  readonly language: Language
  readonly table: Source
  /** Only these rows. */
  readonly choice?: RowFilter
  readonly span?: Span
  readonly column: string
  readonly numeric: boolean
  readonly bins: number
  readonly title: string
  readonly color?: string
  readonly width: number
  readonly height: number
  readonly output: string
}
/** A wide table has one column per time; a long one names `time` and `value`. */
export interface RaceJob {
  readonly kind: 'race'
  readonly table: Source
  readonly label: string
  readonly time?: string
  readonly value?: string
  readonly from?: number
  readonly to?: number
  readonly top: number
  readonly heading: string
  readonly delay: number
  readonly width: number
  readonly height: number
  readonly output: string
}

/** An understood request: what to make, from which files, with which assumptions. */
export interface Request {
  readonly language: Language
  readonly mentions: readonly Mention[]
  readonly inputs: readonly string[]
  readonly jobs: readonly Job[]
  readonly notes: readonly string[]
}

/** A request that is not carried out, with the reason. */
export interface Refusal {
  readonly code: string
  readonly message: string
}
