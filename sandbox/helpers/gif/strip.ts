// Splits a frame's rectangle into strips of rows, so that working memory stays small whatever the frame's size.
import type { Difference, Scene } from './difference.ts'

/** A pixel that must be coded in its colour. */
export const CHANGED = 0
/** A pixel that the canvas already shows: the coder may use its colour or transparent. */
export const FREE = 1
/** A pixel that must be transparent. */
export const HOLE = 2

/** Consecutive rows of a rectangle. */
export interface Strip {
  pixels: Int32Array
  readonly kinds: Uint8Array
  size: number
  /** Every pixel is CHANGED; `kinds` is then stale. */
  plain: boolean
}

/** Capacity of a strip in pixels, enough for any row of a GIF. */
export const STRIP_CAPACITY = 65_536
/** Pixels per strip of several rows, chosen to fit the processor's cache. */
const STRIP_PIXELS = 16_384

/** Rows per strip for a rectangle of this width. */
export function rowsOf(width: number): number {
  return Math.max(1, Math.floor(STRIP_PIXELS / width))
}

/** Visits the rectangle strip by strip until `visit` returns false; a strip is only valid during its visit. */
export function createWalk() {
  const copied = new Int32Array(STRIP_CAPACITY)
  const strip: Strip = { pixels: copied, kinds: new Uint8Array(STRIP_CAPACITY), size: 0, plain: false }
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
      // FREE is 1 and CHANGED is 0; branch-free, because photographs defeat branch prediction.
      kinds[start + i] = 1 - ((apart | -apart) >>> 31)
    }
  }
}

function markHoles(current: Int32Array, from: number, kinds: Uint8Array, start: number, size: number) {
  for (let i = 0; i < size; i++) if (current[from + i] === 0) kinds[start + i] = HOLE
}
