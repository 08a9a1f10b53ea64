// The vocabulary of the encoder: what goes in, what a coded frame is, and the figures behind the quality levels.

import type { RawPicture } from '../picture.ts'

export type Quality = 'fast' | 'good' | 'best'

/** Grey (1 and 2 channels) or colour (3 and 4), alpha in the last of 2 and 4. */
export type RawFrame = RawPicture

export interface GifOptions {
  /** Pixels, 1 to 65,535. */
  readonly width: number
  readonly height: number
  /** Milliseconds, one number or one a frame (the last is repeated), 100 by default; rounded to 10 ms, at least 20. */
  readonly delay?: number | readonly number[]
  /** How often it plays; 0 for ever. */
  readonly loop: number
  readonly quality: Quality
}

/** A part of the canvas, in pixels. */
export interface Rect {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** A frame as the file holds it. */
export interface CodedFrame {
  readonly kind: 'coded'
  readonly rect: Rect
  /** The canvas below the frame becomes transparent before the next one. */
  readonly disposes: boolean
  /** The colour number that shows what lies below, or -1. */
  readonly transparent: number
  /** Its own colours, three bytes each, or undefined for the shared table. */
  readonly palette: Uint8Array | undefined
  /** GIF's minimum code size. */
  readonly depth: number
  readonly data: Uint8Array
}

/** What a level spends. */
export interface Effort {
  /** Grid of the colour histogram, bits a channel. */
  readonly bits: number
  /** Pixels of a frame that the histogram counts at most. */
  readonly samples: number
  /** Rounds of k-means after the first palette. */
  readonly rounds: number
  /**
   * What a pixel less to code is worth, in units of the frame's mean squared colour error, which no palette avoids:
   * a frame that its palette fits exactly stays exact at every level. 0 maps each cell to one colour, unsearched.
   */
  readonly thrift: number
  /** Largest rise of one pixel's squared error, in units of what a pixel less is worth. */
  readonly references: number
  /** Dictionary phrases followed at once. */
  readonly beam: number
}

/** Measured by test/bench/gif.ts. */
export const EFFORT: Readonly<Record<Quality, Effort>> = {
  fast: { bits: 5, samples: 1 << 16, rounds: 0, thrift: 0, references: 0, beam: 0 },
  good: { bits: 6, samples: 1 << 18, rounds: 2, thrift: 0.7, references: 1.2, beam: 2 },
  best: { bits: 6, samples: 1 << 20, rounds: 8, thrift: 0.2, references: 2, beam: 4 },
}

/** Larger frames are coded without their neighbours: two of them at once would not fit beside what made them. */
const MAX_WITH_NEIGHBOURS = 32 << 20

/** Whether each frame covers the canvas and is cleared away after its time, whatever the others show. */
export function standsAlone({ width, height }: { readonly width: number; readonly height: number }): boolean {
  return width * height > MAX_WITH_NEIGHBOURS
}

/** Browsers slow frames below this down to 100 ms. */
const MIN_DELAY = 2

/** Milliseconds of frame `n`. */
export function delayOf({ delay = 100 }: GifOptions, n: number): number {
  return typeof delay === 'number' ? delay : (delay[Math.min(n, delay.length - 1)] ?? 100)
}

/** Milliseconds in GIF's hundredths of a second. */
export function hundredths(ms: number): number {
  return Math.min(65_535, Math.max(MIN_DELAY, Math.round(ms / 10)))
}

const MAX_SIDE = 65_535

/** Throws a RangeError for a size, delay or loop that a GIF cannot hold. */
export function checkOptions({ width, height, delay = 100, loop }: GifOptions): void {
  for (const [name, value] of Object.entries({ width, height })) {
    if (Number.isInteger(value) && value >= 1 && value <= MAX_SIDE) continue
    throw new RangeError(`the ${name} of a GIF is a whole number from 1 to ${MAX_SIDE}; got ${value}`)
  }
  for (const ms of [delay].flat()) checkDelay(ms)
  if (Array.isArray(delay) && delay.length === 0) throw new RangeError('the list of delays is empty; give at least one')
  if (Number.isInteger(loop) && loop >= 0 && loop <= 65_535) return
  throw new RangeError(`loop is how often a GIF plays, 0 for ever, at most 65535; got ${loop}`)
}

/** Throws a RangeError for milliseconds that a GIF cannot hold. */
export function checkDelay(ms: number): void {
  if (!(ms >= 0 && ms <= 655_350)) throw new RangeError(`a GIF's delay is 0 to 655350 ms; got ${ms}`)
}

/** Throws a RangeError if a frame is not the GIF's size. */
export function checkFrame({ data, info }: RawFrame, { width, height }: GifOptions, n: number): void {
  if (info.width !== width || info.height !== height) {
    throw new RangeError(
      `frame ${n + 1} is ${info.width}x${info.height}, but the GIF is ${width}x${height}; resize it first`,
    )
  }
  const bytes = width * height * info.channels
  if (data.length === bytes) return
  const size = `${width}x${height} pixels of ${info.channels} channels are ${bytes}`
  throw new RangeError(`frame ${n + 1} has ${data.length} bytes, but ${size}`)
}
