// A frame's rectangle in strips of rows, so that a coder's working memory stays small whatever the frame's size.
import type { Difference, Scene } from './difference.ts'

/** A pixel that must be coded in its colour. */
export const CHANGED = 0
/** A pixel that the canvas already shows: its colour or transparent, as suits the coder. */
export const FREE = 1
/** A pixel that must be transparent. */
export const HOLE = 2

/** Rows of a rectangle, one after the other. */
export interface Strip {
  pixels: Int32Array
  readonly kinds: Uint8Array
  size: number
  /** Every pixel is CHANGED; `kinds` is stale then. */
  plain: boolean
}

/** A strip holds any row of a GIF. */
export const STRIP = 65_536
/** As many rows as fit in this many pixels, and so in a processor's cache, are taken together. */
const TOGETHER = 16_384

/** The pixels of the strips, and the rows in one, of a rectangle of this width. */
export function rowsOf(width: number): number {
  return Math.max(1, Math.floor(TOGETHER / width))
}

/** Walks the rectangle strip by strip until `visit` returns false; the strip is only good until the next. */
export function createWalk() {
  const copied = new Int32Array(STRIP)
  const strip: Strip = { pixels: copied, kinds: new Uint8Array(STRIP), size: 0, plain: false }
  return (scene: Scene, { rect, base }: Difference, visit: (strip: Strip) => boolean): boolean => {
    const { current, width, holes } = scene
    const rows = rowsOf(rect.width)
    strip.plain = base === undefined && !holes
    for (let y = rect.y; y < rect.y + rect.height; y += rows) {
      const count = Math.min(rows, rect.y + rect.height - y)
      strip.size = count * rect.width
      strip.pixels = rect.width === width ? current.subarray(y * width, (y + count) * width) : copied
      for (let row = 0; row < count; row++) {
        const from = (y + row) * width + rect.x
        if (strip.pixels === copied) copied.set(current.subarray(from, from + rect.width), row * rect.width)
        if (!strip.plain) mark(current, base, from, strip.kinds, row * rect.width, rect.width)
        if (holes) markHoles(current, from, strip.kinds, row * rect.width, rect.width)
      }
      if (!visit(strip)) return false
    }
    return true
  }
}

export type Walk = ReturnType<typeof createWalk>

function mark(
  current: Int32Array,
  base: Int32Array | undefined,
  from: number,
  kinds: Uint8Array,
  start: number,
  size: number,
) {
  if (base === undefined) kinds.fill(CHANGED, start, start + size)
  else {
    for (let i = 0; i < size; i++) {
      const apart = current[from + i]! ^ base[from + i]!
      // FREE is 1 and CHANGED 0; without a branch, as photographs are hard to guess.
      kinds[start + i] = 1 - ((apart | -apart) >>> 31)
    }
  }
}

function markHoles(current: Int32Array, from: number, kinds: Uint8Array, start: number, size: number) {
  for (let i = 0; i < size; i++) if (current[from + i] === 0) kinds[start + i] = HOLE
}
