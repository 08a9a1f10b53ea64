// The colours of a frame as weighted points: one a non-empty cell of a regular RGB grid, so quantising cost does not grow with pixels.
import { CHANGED, type Strip } from './difference.ts'

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

/** Samples beyond this many pixels a frame do not move a 256-colour palette measurably, so larger frames are thinned. */
const SAMPLES = 1 << 20

export interface ColourBins {
  readonly bits: number
  readonly points: ColourPoints
  /** The grid cell of each point. */
  readonly cells: Int32Array
  clear(area: number): void
  /** Counts the strip's changed pixels. */
  add(strip: Strip): void
  /** Fills `points` and `cells`. */
  collect(): void
}

/** A reusable histogram of `bits` bits a channel. */
export function createColourBins(bits: number): ColourBins {
  const count = new Uint32Array(1 << (3 * bits))
  const sums = new Uint32Array(count.length * 3)
  const points = createPoints(count.length)
  const cells = new Int32Array(count.length)
  let step = 1
  return {
    bits,
    points,
    cells,
    clear(area) {
      count.fill(0)
      sums.fill(0)
      // An odd step keeps thinned samples from falling on the same columns of every row.
      step = area > SAMPLES ? Math.ceil(area / SAMPLES) | 1 : 1
    },
    add: (strip) => tally(strip, step, bits, count, sums),
    collect: () => collect(points, cells, count, sums),
  }
}

function tally({ pixels, kinds, size }: Strip, step: number, bits: number, count: Uint32Array, sums: Uint32Array) {
  const drop = 8 - bits
  for (let i = 0; i < size; i += step) {
    if (kinds[i] !== CHANGED) continue
    const pixel = pixels[i]!
    const red = pixel & 255
    const green = (pixel >>> 8) & 255
    const blue = (pixel >>> 16) & 255
    const cell = ((red >> drop) << (2 * bits)) | ((green >> drop) << bits) | (blue >> drop)
    count[cell] = count[cell]! + 1
    const at = cell * 3
    sums[at] = sums[at]! + red
    sums[at + 1] = sums[at + 1]! + green
    sums[at + 2] = sums[at + 2]! + blue
  }
}

function collect(points: ColourPoints, cells: Int32Array, count: Uint32Array, sums: Uint32Array) {
  let size = 0
  for (let cell = 0; cell < count.length; cell++) {
    const weight = count[cell]!
    if (weight === 0) continue
    points.red[size] = sums[cell * 3]! / weight
    points.green[size] = sums[cell * 3 + 1]! / weight
    points.blue[size] = sums[cell * 3 + 2]! / weight
    points.weight[size] = weight
    cells[size] = cell
    size++
  }
  points.size = size
}
