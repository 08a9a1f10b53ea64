// A frame's colours as weighted points, one for each non-empty cell of an RGB grid, so cost does not grow with pixels.
import { CHANGED, type Strip } from '../strip.ts'

/** Weighted colour points; entries beyond `size` are stale. */
export interface ColourPoints {
  size: number
  readonly red: Float32Array
  readonly green: Float32Array
  readonly blue: Float32Array
  readonly weight: Float32Array
}

export function createPoints(capacity: number): ColourPoints {
  const floats = () => new Float32Array(capacity)
  return { size: 0, red: floats(), green: floats(), blue: floats(), weight: floats() }
}

export interface ColourBins {
  readonly bits: number
  readonly points: ColourPoints
  /** The grid cell of each point. */
  readonly cells: Int32Array
  /** Clears the bins for a frame of `area` pixels, of which about `samples` are counted. */
  clear(area: number, samples: number): void
  /** Counts the strip's changed pixels. */
  add(strip: Strip): void
  /** Fills `points` and `cells` in order of first appearance. */
  collect(): void
}

/** Creates a reusable histogram with `bits` bits per channel. */
export function createColourBins(bits: number): ColourBins {
  // Pixel count and sums of red, green and blue, interleaved for cache locality.
  const sums = new Uint32Array(4 << (3 * bits))
  const points = createPoints(1 << (3 * bits))
  const cells = new Int32Array(1 << (3 * bits))
  let step = 1
  let filled = 0
  return {
    bits,
    points,
    cells,
    clear(area, samples) {
      for (let k = 0; k < filled; k++) {
        const at = cells[k]! * 4
        sums[at] = sums[at + 1] = sums[at + 2] = sums[at + 3] = 0
      }
      filled = points.size = 0
      // An odd step keeps thinned samples from falling on the same columns of every row.
      step = area > samples ? Math.ceil(area / samples) | 1 : 1
    },
    add(strip) {
      filled = tally(strip, step, bits, sums, cells, filled)
    },
    collect: () => collect(points, cells, filled, sums),
  }
}

function tally(strip: Strip, step: number, bits: number, sums: Uint32Array, cells: Int32Array, filled: number): number {
  const { pixels, kinds, size, plain } = strip
  const drop = 8 - bits
  for (let i = 0; i < size; i += step) {
    if (!plain && kinds[i] !== CHANGED) continue
    const pixel = pixels[i]!
    const red = pixel & 255
    const green = (pixel >>> 8) & 255
    const blue = (pixel >>> 16) & 255
    const cell = ((red >> drop) << (2 * bits)) | ((green >> drop) << bits) | (blue >> drop)
    const at = cell * 4
    const count = sums[at]!
    if (count === 0) cells[filled++] = cell
    sums[at] = count + 1
    sums[at + 1] = sums[at + 1]! + red
    sums[at + 2] = sums[at + 2]! + green
    sums[at + 3] = sums[at + 3]! + blue
  }
  return filled
}

function collect(points: ColourPoints, cells: Int32Array, filled: number, sums: Uint32Array) {
  for (let k = 0; k < filled; k++) {
    const at = cells[k]! * 4
    const weight = sums[at]!
    points.red[k] = sums[at + 1]! / weight
    points.green[k] = sums[at + 2]! / weight
    points.blue[k] = sums[at + 3]! / weight
    points.weight[k] = weight
  }
  points.size = filled
}
