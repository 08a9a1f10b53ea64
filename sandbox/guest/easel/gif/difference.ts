// What of a frame must be coded: where it differs from the canvas, and what may stay as it is.
import type { Rect } from './frame.ts'

/** A pixel that must be coded in its colour. */
export const CHANGED = 0
/** A pixel that the canvas already shows: its colour or transparent, as suits the coder. */
export const FREE = 1
/** A pixel that must be transparent. */
export const HOLE = 2

/** A frame with its neighbours, one 0xAABBGGRR a pixel, 0 where transparent; `next` only if it has transparent pixels. */
export interface Scene {
  readonly width: number
  readonly height: number
  readonly current: Uint32Array
  /** Whether `current` has transparent pixels. */
  readonly holes: boolean
  readonly previous: Uint32Array | undefined
  readonly next: Uint32Array | undefined
}

export interface Difference {
  readonly rect: Rect
  readonly disposes: boolean
  /** The canvas below the frame; undefined when it is empty. */
  readonly base: Uint32Array | undefined
}

/**
 * GIF cannot make a single pixel transparent again, only a whole frame's rectangle (GIF89a, disposal method 2). So a
 * frame of which something vanishes covers the canvas and is disposed of, and the one after it starts on an empty canvas.
 */
export function difference({ width, height, current, holes, previous, next }: Scene): Difference {
  const base = previous === undefined || (holes && vanishes(previous, current)) ? undefined : previous
  const disposes = next !== undefined && vanishes(current, next)
  const whole = { x: 0, y: 0, width, height }
  const rect = disposes || previous === undefined ? whole : changedBox(current, base, width, height)
  return { rect, disposes, base }
}

function vanishes(before: Uint32Array, after: Uint32Array): boolean {
  for (let i = 0; i < after.length; i++) if (after[i] === 0 && before[i] !== 0) return true
  return false
}

function changedBox(current: Uint32Array, base: Uint32Array | undefined, width: number, height: number): Rect {
  const differs = (at: number) => current[at] !== (base === undefined ? 0 : base[at])
  const rowDiffers = (y: number) => {
    for (let at = y * width, end = at + width; at < end; at++) if (differs(at)) return true
    return false
  }
  let top = 0
  while (top < height && !rowDiffers(top)) top++
  if (top === height) return { x: 0, y: 0, width: 1, height: 1 }
  let bottom = height
  while (!rowDiffers(bottom - 1)) bottom--
  let left = width
  let right = 0
  for (let y = top; y < bottom; y++) {
    const row = y * width
    for (let x = 0; x < left; x++) if (differs(row + x)) left = x
    for (let x = width - 1; x >= right; x--) if (differs(row + x)) right = x + 1
  }
  return { x: left, y: top, width: right - left, height: bottom - top }
}

/** Rows of a rectangle, one after the other. */
export interface Strip {
  readonly pixels: Uint32Array
  readonly kinds: Uint8Array
  size: number
}

/** A strip holds any row of a GIF and keeps a coder's working memory small whatever the frame's size. */
export const STRIP = 65_536

export function createStrip(): Strip {
  return { pixels: new Uint32Array(STRIP), kinds: new Uint8Array(STRIP), size: 0 }
}

/** Walks the rectangle strip by strip until `visit` returns false. */
export function walk(scene: Scene, { rect, base }: Difference, strip: Strip, visit: (strip: Strip) => boolean): boolean {
  const { current, width, holes } = scene
  const { pixels, kinds } = strip
  const rows = Math.max(1, Math.floor(STRIP / rect.width))
  for (let y = 0; y < rect.height; y += rows) {
    const end = Math.min(rect.height, y + rows)
    let size = 0
    for (let row = y; row < end; row++) {
      const from = (rect.y + row) * width + rect.x
      const to = from + rect.width
      pixels.set(current.subarray(from, to), size)
      if (base === undefined && !holes) kinds.fill(CHANGED, size, size + rect.width)
      else if (base === undefined) for (let at = from, i = size; at < to; at++) kinds[i++] = current[at] === 0 ? HOLE : CHANGED
      else markRow(current, base, from, to, kinds, size)
      size += rect.width
    }
    strip.size = size
    if (!visit(strip)) return false
  }
  return true
}

function markRow(current: Uint32Array, base: Uint32Array, from: number, to: number, kinds: Uint8Array, start: number) {
  for (let at = from, i = start; at < to; at++, i++) {
    const pixel = current[at]!
    kinds[i] = pixel === 0 ? HOLE : base[at] === pixel ? FREE : CHANGED
  }
}
