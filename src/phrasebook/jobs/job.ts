// A request as jobs with every number determined: the intermediate form between parsing and code.
import type { FileInfo } from '../../../sandbox/protocol.ts'
import type { Language } from '../parsing/language.ts'
import type { Aggregate, ChartType, Mention, Position } from '../parsing/intent.ts'
import type { BoxJob, QueryJob, RowFilter, Span } from './query/query.ts'

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
