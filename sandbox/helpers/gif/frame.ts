// Types of the encoder: its input, a coded frame, and the parameters of the quality levels.

import type { RawPicture } from '../picture.ts'

export type Quality = 'fast' | 'good' | 'best'

/** Grey (1 or 2 channels) or colour (3 or 4); alpha is the last of 2 or 4. */
export type RawFrame = RawPicture

export interface GifOptions {
  /** Pixels, 1 to 65,535. */
  readonly width: number
  readonly height: number
  /** Milliseconds, one number or one per frame (the last is repeated), default 100; rounded to 10 ms, at least 20. */
  readonly delay?: number | readonly number[]
  /** Number of times it plays; 0 for ever. */
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

/** A frame as stored in the file. */
export interface CodedFrame {
  readonly kind: 'coded'
  readonly rect: Rect
  /** The frame's rectangle becomes transparent before the next frame. */
  readonly disposes: boolean
  /** The transparent colour index, or -1. */
  readonly transparent: number
  /** Local colours, three bytes each, or undefined for the shared table. */
  readonly palette: Uint8Array | undefined
  /** GIF's minimum code size. */
  readonly depth: number
  readonly data: Uint8Array
}

/** Parameters of a quality level. */
export interface Effort {
  /** Bits per channel of the colour histogram. */
  readonly bits: number
  /** Maximum number of pixels that the histogram counts per frame. */
  readonly samples: number
  /** Rounds of k-means after the first palette. */
  readonly rounds: number
  /**
   * The value of coding one pixel less, in units of the frame's mean squared colour error, which no palette avoids: a
   * frame that its palette fits exactly stays exact at every level. 0 maps each grid cell to one colour without a
   * search.
   */
  readonly thrift: number
  /** Maximum increase of one pixel's squared error, in units of the value of one pixel less. */
  readonly tolerance: number
  /** Number of dictionary phrases followed at once. */
  readonly beam: number
}

/** Chosen by measurement with test/bench/gif.ts. */
export const EFFORT: Readonly<Record<Quality, Effort>> = {
  fast: { bits: 5, samples: 1 << 16, rounds: 0, thrift: 0, tolerance: 0, beam: 0 },
  good: { bits: 6, samples: 1 << 18, rounds: 2, thrift: 0.7, tolerance: 1.2, beam: 2 },
  best: { bits: 6, samples: 1 << 20, rounds: 8, thrift: 0.2, tolerance: 2, beam: 4 },
}

/**
 * Pixels; larger frames are coded without their neighbours, as two at once would not fit in memory with their source.
 */
const MAX_WITH_NEIGHBOURS = 32 << 20

/** Whether each frame covers the canvas and is disposed of, independently of the others. */
export function isIndependent({ width, height }: { readonly width: number; readonly height: number }): boolean {
  return width * height > MAX_WITH_NEIGHBOURS
}

/** Browsers slow shorter delays down to 100 ms. */
const MIN_DELAY = 2

/** The delay of frame `n` in milliseconds. */
export function delayOf({ delay = 100 }: GifOptions, n: number): number {
  return typeof delay === 'number' ? delay : (delay[Math.min(n, delay.length - 1)] ?? 100)
}

/** Converts milliseconds to GIF's hundredths of a second. */
export function hundredths(ms: number): number {
  return Math.min(65_535, Math.max(MIN_DELAY, Math.round(ms / 10)))
}

const MAX_SIDE = 65_535

/** Throws a RangeError for a size, delay or loop count that a GIF cannot store. */
export function checkOptions({ width, height, delay = 100, loop }: GifOptions): void {
  for (const [name, value] of Object.entries({ width, height })) {
    if (Number.isInteger(value) && value >= 1 && value <= MAX_SIDE) continue
    throw new RangeError(`the ${name} of a GIF must be a whole number from 1 to ${MAX_SIDE}; got ${value}`)
  }
  for (const ms of [delay].flat()) checkDelay(ms)
  if (Array.isArray(delay) && delay.length === 0) throw new RangeError('the list of delays is empty; give at least one')
  if (Number.isInteger(loop) && loop >= 0 && loop <= 65_535) return
  throw new RangeError(`loop must be the number of times a GIF plays, 0 (for ever) to 65535; got ${loop}`)
}

/** Throws a RangeError for a delay in milliseconds that a GIF cannot store. */
export function checkDelay(ms: number): void {
  if (!(ms >= 0 && ms <= 655_350)) throw new RangeError(`a GIF's delay must be 0 to 655350 ms; got ${ms}`)
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
