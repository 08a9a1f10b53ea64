// What is to be made, with every number settled: the form between reading a request and writing its code.
import type { Card } from '../../../sandbox/protocol.ts'
import type { Language } from './language.ts'
import type { ChartType, Mention, Position } from './mention.ts'

/** A part of a picture: an exact size (in pixels, at a corner or a place), the largest square, or the largest of a ratio. */
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

/** A file to read, and what is known of it. */
export interface Source {
  readonly name: string
  readonly card: Card
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
  | RaceJob

/** Each file through the same steps. `bytes` and `quality` are of the written file. */
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
/** Turns the picture by `degrees` a frame, counter-clockwise, and cycles its colour channels. */
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
  readonly table: Source
}
/** `series` are columns; `acrossYears` turns the table: one line a row, the year columns along x. */
export interface ChartJob {
  readonly kind: 'chart'
  readonly table: Source
  readonly type: ChartType
  readonly x: string
  readonly series: readonly string[]
  readonly acrossYears: boolean
  readonly title: string
  readonly top?: number
  readonly width: number
  readonly height: number
  readonly color?: string
  readonly after: readonly Transform[]
  readonly output: string
}
/** A wide table has one column a time; a long one names `time` and `value`. */
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

/** A request understood: what to make, from what, and what was assumed. */
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
