// Builds palettes: for weighted colour points by variance, and for exact colours while keeping common ones exact.
import { createPoints, type ColourPoints } from './colour-bins.ts'
import { refine } from './kmeans.ts'
import { cellOf, createWu, WU_CELLS } from './wu.ts'

export interface Quantised {
  /** Three bytes per colour. */
  readonly palette: Uint8Array
  /** A nearby colour for each cell of 5 bits per channel, not always the nearest; valid until the next call. */
  readonly owner: Uint8Array
  /** Mean squared error, three channels together; 0 if no round of k-means measured it. */
  readonly error: number
}

/** Creates a reusable quantiser: Wu's palette, refined by `rounds` of k-means. */
export function createQuantiser(capacity: number) {
  const wu = createWu()
  const owner = new Uint8Array(WU_CELLS)
  const assigned = new Uint8Array(capacity)
  return (points: ColourPoints, most: number, rounds: number): Quantised => {
    const palette = wu(points, most, owner)
    assign(points, owner, assigned)
    const error = refine(points, palette, assigned, rounds)
    return { palette: Uint8Array.from(palette, Math.round), owner, error }
  }
}

function assign(points: ColourPoints, owner: Uint8Array, assigned: Uint8Array) {
  for (let k = 0; k < points.size; k++) assigned[k] = owner[cellOf(points, k)]!
}

/**
 * A palette of at most `most` colours for exact colours (0x..BBGGRR) and their pixel counts; all of them if they fit. A
 * palette entry dominated by one colour becomes exactly that colour, so that a white page stays white.
 */
export function paletteOfColours(
  colours: Int32Array,
  weights: ArrayLike<number>,
  most: number,
  rounds: number,
): Uint8Array {
  if (colours.length <= most) return bytesOf(colours)
  const points = createPoints(colours.length)
  points.size = colours.length
  for (let k = 0; k < colours.length; k++) {
    const colour = colours[k]!
    points.red[k] = colour & 255
    points.green[k] = (colour >>> 8) & 255
    points.blue[k] = (colour >>> 16) & 255
    // A colour that only occurs in unchanged pixels is still shown somewhere.
    points.weight[k] = Math.max(1, weights[k]!)
  }
  const assigned = new Uint8Array(colours.length)
  const owner = new Uint8Array(WU_CELLS)
  const first = createWu()(points, most, owner)
  assign(points, owner, assigned)
  const palette = addWorst(points, first, assigned, most)
  refine(points, palette, assigned, Math.max(3, rounds))
  return snap(points, palette, assigned)
}

function bytesOf(colours: Int32Array): Uint8Array {
  const bytes = new Uint8Array(colours.length * 3)
  colours.forEach((colour, k) => bytes.set([colour & 255, (colour >>> 8) & 255, (colour >>> 16) & 255], k * 3))
  return bytes
}

/**
 * Wu's cube has only 32 steps per channel; unused entries go to the points with the largest weighted error, one by one.
 */
function addWorst(points: ColourPoints, palette: Float32Array, assigned: Uint8Array, most: number): Float32Array {
  const full = new Float32Array(most * 3)
  full.set(palette)
  const { red, green, blue, weight, size } = points
  const distance = (k: number, colour: number) =>
    (red[k]! - full[colour * 3]!) ** 2 +
    (green[k]! - full[colour * 3 + 1]!) ** 2 +
    (blue[k]! - full[colour * 3 + 2]!) ** 2
  const errors = Float64Array.from({ length: size }, (_, k) => distance(k, assigned[k]!))
  let count = palette.length / 3
  for (; count < most; count++) {
    let worst = 0
    for (let k = 1; k < size; k++) if (errors[k]! * weight[k]! > errors[worst]! * weight[worst]!) worst = k
    if (errors[worst] === 0) break
    full.set([red[worst]!, green[worst]!, blue[worst]!], count * 3)
    for (let k = 0; k < size; k++) {
      const error = distance(k, count)
      if (error >= errors[k]!) continue
      errors[k] = error
      assigned[k] = count
    }
  }
  return full.slice(0, count * 3)
}

function snap(points: ColourPoints, palette: Float32Array, assigned: Uint8Array): Uint8Array {
  const count = palette.length / 3
  const heaviest = new Int32Array(count).fill(-1)
  const total = new Float64Array(count)
  for (let k = 0; k < points.size; k++) {
    const colour = assigned[k]!
    total[colour] = total[colour]! + points.weight[k]!
    if (heaviest[colour]! < 0 || points.weight[k]! > points.weight[heaviest[colour]!]!) heaviest[colour] = k
  }
  const bytes = Uint8Array.from(palette, Math.round)
  heaviest.forEach((k, colour) => {
    if (k < 0 || points.weight[k]! * 2 < total[colour]!) return
    bytes.set([points.red[k]!, points.green[k]!, points.blue[k]!], colour * 3)
  })
  return bytes
}
