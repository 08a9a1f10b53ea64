// Computes which part of a frame must be coded because it differs from the canvas.
import { isIndependent, type Rect } from './frame.ts'

/** A frame with its neighbours as 0xAABBGGRR pixels, 0 where transparent; `next` only if it has transparent pixels. */
export interface Scene {
  readonly width: number
  readonly height: number
  readonly current: Int32Array
  /** Whether `current` has transparent pixels. */
  readonly holes: boolean
  readonly previous: Int32Array | undefined
  readonly next: Int32Array | undefined
}

export interface Difference {
  readonly rect: Rect
  readonly disposes: boolean
  /** The canvas before the frame; undefined if it is empty. */
  readonly base: Int32Array | undefined
}

/**
 * GIF cannot make single pixels transparent again, only a frame's whole rectangle (GIF89a, disposal method 2). If
 * something vanishes after a frame, that frame covers the whole canvas and is disposed of, and the next starts on an
 * empty canvas.
 */
export function difference(scene: Scene): Difference {
  const { width, height, current, holes, previous, next } = scene
  const whole = { x: 0, y: 0, width, height }
  if (isIndependent(scene)) return { rect: whole, disposes: true, base: undefined }
  const base = previous === undefined || (holes && vanishes(previous, current)) ? undefined : previous
  const disposes = next !== undefined && vanishes(current, next)
  const rect = disposes || previous === undefined ? whole : changedBox(current, base, width, height)
  return { rect, disposes, base }
}

function vanishes(before: Int32Array, after: Int32Array): boolean {
  for (let i = 0; i < after.length; i++) if (after[i] === 0 && before[i] !== 0) return true
  return false
}

function changedBox(current: Int32Array, base: Int32Array | undefined, width: number, height: number): Rect {
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

/** An odd step keeps samples from falling on the same columns of every row. */
const SAMPLE = 17

/** Whether about one in `share` pixels of the rectangle, or more, already has the canvas's colour. */
export function isMostlyUnchanged({ current, width }: Scene, { rect, base }: Difference, share: number): boolean {
  if (base === undefined) return false
  let [same, seen] = [0, 0]
  for (let y = rect.y; y < rect.y + rect.height; y++) {
    const row = y * width + rect.x
    for (let x = y % SAMPLE; x < rect.width; x += SAMPLE) {
      seen++
      if (current[row + x] === base[row + x]) same++
    }
  }
  return same * share > seen
}
