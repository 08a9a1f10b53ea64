// Refines a palette by k-means: rounds of assignment and averaging.
import type { ColourPoints } from './colour-bins.ts'
import { nearest, neighboursOf } from './nearest.ts'

/**
 * Lloyd's algorithm (S. P. Lloyd, "Least squares quantization in PCM", 1982) over weighted points, in place: `palette`
 * has three floats per colour; `assigned` is an initial guess of each point's colour, and ends as the nearest before
 * the last averaging. Returns the mean squared error (three channels together) at the last assignment.
 */
export function refine(points: ColourPoints, palette: Float32Array, assigned: Uint8Array, rounds: number): number {
  const sums = new Float64Array((palette.length / 3) * 4)
  let error = 0
  for (let round = 0; round < rounds; round++) {
    error = assign(points, palette, assigned, sums)
    for (let k = 0; k * 3 < palette.length; k++) {
      const weight = sums[k * 4]!
      if (weight === 0) continue
      for (let channel = 0; channel < 3; channel++) palette[k * 3 + channel] = sums[k * 4 + channel + 1]! / weight
    }
  }
  return error
}

function assign(points: ColourPoints, palette: Float32Array, assigned: Uint8Array, sums: Float64Array): number {
  const near = neighboursOf(palette)
  sums.fill(0)
  let error = 0
  let total = 0
  for (let k = 0; k < points.size; k++) {
    const red = points.red[k]!
    const green = points.green[k]!
    const blue = points.blue[k]!
    const weight = points.weight[k]!
    const colour = nearest(near, assigned[k]!, red, green, blue)
    assigned[k] = colour
    const at = colour * 4
    sums[at] = sums[at]! + weight
    sums[at + 1] = sums[at + 1]! + weight * red
    sums[at + 2] = sums[at + 2]! + weight * green
    sums[at + 3] = sums[at + 3]! + weight * blue
    const [r, g, b] = [red - near.red[colour]!, green - near.green[colour]!, blue - near.blue[colour]!]
    error += weight * (r * r + g * g + b * b)
    total += weight
  }
  return total === 0 ? 0 : error / total
}
