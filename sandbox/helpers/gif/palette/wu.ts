// A frame's initial palette: splits the colour cube where that reduces the squared error most.
import type { ColourPoints } from './colour-bins.ts'

/** Side of the moment cube: 32 cells per channel after a plane of zeros. */
const SIDE = 33
const PLANE = SIDE * SIDE
const CELLS = SIDE * PLANE
/** Moments per cell: weight, red, green, blue, and the sum of squares. */
const KINDS = 5
const SQUARES = 4

/** Half-open boxes (low, high] in cells; `error` is the squared error inside. */
interface Box {
  readonly low: [number, number, number]
  readonly high: [number, number, number]
  error: number
}

/**
 * Wu's quantiser (X. Wu, "Color quantization by dynamic programming and principal analysis", ACM TOG 11(4), 1992; the
 * greedy form of Graphics Gems II). Returns at most `most` colours of three floats each, and fills `owner` with the
 * colour of each of the 32 x 32 x 32 cells, red first. Deterministic.
 */
export function createWu() {
  const moments = new Float64Array(CELLS * KINDS)
  const lines = new Float64Array(SIDE * KINDS)
  return (points: ColourPoints, most: number, owner: Uint8Array): Float32Array => {
    fill(points, moments)
    accumulate(moments, lines)
    const boxes = split(moments, most)
    boxes.forEach((box, k) => own(owner, box, k))
    return means(moments, boxes)
  }
}

/** Number of cells in Wu's cube. */
export const WU_CELLS = 32_768

/** The cell of point k. */
export function cellOf(points: ColourPoints, k: number): number {
  return ((points.red[k]! >> 3) << 10) | ((points.green[k]! >> 3) << 5) | (points.blue[k]! >> 3)
}

function fill(points: ColourPoints, moments: Float64Array) {
  moments.fill(0)
  for (let k = 0; k < points.size; k++) {
    const red = points.red[k]!
    const green = points.green[k]!
    const blue = points.blue[k]!
    const weight = points.weight[k]!
    const cell = ((red >> 3) + 1) * PLANE + ((green >> 3) + 1) * SIDE + (blue >> 3) + 1
    const at = cell * KINDS
    moments[at] = moments[at]! + weight
    moments[at + 1] = moments[at + 1]! + weight * red
    moments[at + 2] = moments[at + 2]! + weight * green
    moments[at + 3] = moments[at + 3]! + weight * blue
    moments[at + SQUARES] = moments[at + SQUARES]! + weight * (red * red + green * green + blue * blue)
  }
}

/**
 * Computes cumulative sums over the cells up to each, so that a box's sum takes eight lookups. Planes at 0 stay zero.
 */
function accumulate(table: Float64Array, lines: Float64Array) {
  for (let red = 1; red < SIDE; red++) {
    // Sums of this red plane up to the current green, by blue.
    lines.fill(0)
    for (let green = 1; green < SIDE; green++) {
      let [weight, reds, greens, blues, squares] = [0, 0, 0, 0, 0]
      let at = (red * PLANE + green * SIDE + 1) * KINDS
      for (let line = KINDS; line < SIDE * KINDS; line += KINDS, at += KINDS) {
        const below = at - PLANE * KINDS
        weight += table[at]!
        reds += table[at + 1]!
        greens += table[at + 2]!
        blues += table[at + 3]!
        squares += table[at + 4]!
        lines[line] = lines[line]! + weight
        lines[line + 1] = lines[line + 1]! + reds
        lines[line + 2] = lines[line + 2]! + greens
        lines[line + 3] = lines[line + 3]! + blues
        lines[line + 4] = lines[line + 4]! + squares
        table[at] = table[below]! + lines[line]!
        table[at + 1] = table[below + 1]! + lines[line + 1]!
        table[at + 2] = table[below + 2]! + lines[line + 2]!
        table[at + 3] = table[below + 3]! + lines[line + 3]!
        table[at + 4] = table[below + 4]! + lines[line + 4]!
      }
    }
  }
}

function volume(table: Float64Array, kind: number, low: readonly number[], high: readonly number[]): number {
  const r0 = low[0]! * PLANE * KINDS + kind
  const r1 = high[0]! * PLANE * KINDS + kind
  const g0 = low[1]! * SIDE * KINDS
  const g1 = high[1]! * SIDE * KINDS
  const b0 = low[2]! * KINDS
  const b1 = high[2]! * KINDS
  const upper = table[r1 + g1 + b1]! - table[r1 + g1 + b0]! - table[r1 + g0 + b1]! + table[r1 + g0 + b0]!
  return upper - (table[r0 + g1 + b1]! - table[r0 + g1 + b0]! - table[r0 + g0 + b1]! + table[r0 + g0 + b0]!)
}

function split(moments: Float64Array, most: number): Box[] {
  const first: Box = { low: [0, 0, 0], high: [32, 32, 32], error: Infinity }
  const boxes = [first]
  while (boxes.length < most) {
    let widest = first
    for (const box of boxes) if (box.error > widest.error) widest = box
    if (!(widest.error > 0)) break
    const other = cut(moments, widest)
    if (other === undefined) {
      widest.error = 0
      continue
    }
    widest.error = errorOf(moments, widest)
    other.error = errorOf(moments, other)
    boxes.push(other)
  }
  return boxes
}

function errorOf(moments: Float64Array, { low, high }: Box): number {
  const weight = volume(moments, 0, low, high)
  if (weight === 0) return 0
  let power = 0
  for (let kind = 1; kind < SQUARES; kind++) power += volume(moments, kind, low, high) ** 2
  const error = volume(moments, SQUARES, low, high) - power / weight
  // A single cell cannot be split; rounding errors must not make it look worth splitting.
  return error < 1e-6 * weight ? 0 : error
}

/** Splits `box` at the best position of its three axes: it becomes the lower half, and the upper half is returned. */
function cut(moments: Float64Array, box: Box): Box | undefined {
  const { low, high } = box
  const whole = [0, 1, 2, 3].map((kind) => volume(moments, kind, low, high))
  let best = 0
  let bestAxis = -1
  let bestPlace = 0
  const edge = [...high]
  for (let axis = 0; axis < 3; axis++) {
    for (let place = low[axis]! + 1; place < high[axis]!; place++) {
      edge[axis] = place
      const weight = volume(moments, 0, low, edge)
      if (weight === 0) continue
      if (weight === whole[0]) break
      const rest = whole[0]! - weight
      let gain = 0
      for (let kind = 1; kind < SQUARES; kind++) {
        const part = volume(moments, kind, low, edge)
        gain += (part * part) / weight + (whole[kind]! - part) ** 2 / rest
      }
      if (gain > best) [best, bestAxis, bestPlace] = [gain, axis, place]
    }
    edge[axis] = high[axis]!
  }
  if (bestAxis < 0) return undefined
  const other: Box = { low: [...low], high: [...high], error: 0 }
  other.low[bestAxis] = bestPlace
  high[bestAxis] = bestPlace
  return other
}

function own(owner: Uint8Array, { low, high }: Box, k: number) {
  for (let r = low[0]; r < high[0]; r++) {
    for (let g = low[1]; g < high[1]; g++) {
      const row = (r << 10) | (g << 5)
      owner.fill(k, row + low[2], row + high[2])
    }
  }
}

function means(moments: Float64Array, boxes: readonly Box[]): Float32Array {
  const palette = new Float32Array(boxes.length * 3)
  boxes.forEach(({ low, high }, k) => {
    const weight = Math.max(volume(moments, 0, low, high), 1e-9)
    for (let kind = 1; kind < SQUARES; kind++) palette[k * 3 + kind - 1] = volume(moments, kind, low, high) / weight
  })
  return palette
}
