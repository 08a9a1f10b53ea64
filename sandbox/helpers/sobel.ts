// Edge detection: Sobel's gradient magnitude.
import type { Sharp } from 'sharp'
import type { Picture } from './picture.ts'
import { luminance, pipeline, read } from './pixels.ts'

/**
 * Sobel's gradient magnitude of the luma, one channel, same size: sqrt(gx² + gy²) with the 3x3 kernels of Sobel and
 * Feldman (1968), scaled so that the strongest edge is 255. The border is mirrored without repeating the edge row
 * (OpenCV's default; scikit-image repeats it), so the outermost pixels may differ from scikit-image. A uniform picture
 * gives all zeros.
 */
export async function sobel(picture: Picture): Promise<Sharp> {
  const raw = await read('sobel', picture)
  const { width, height } = raw.info
  return pipeline(magnitude(luminance(raw), width, height), width, height, 1)
}

function magnitude(gray: Uint8Array, width: number, height: number): Uint8Array {
  const squares = new Int32Array(width * height)
  let strongest = 0
  const row = (y: number) => gray.subarray(y * width, (y + 1) * width)
  for (let y = 0; y < height; y++) {
    const out = squares.subarray(y * width, (y + 1) * width)
    strongest = Math.max(strongest, squareRow(row(mirrored(y - 1, height)), row(y), row(mirrored(y + 1, height)), out))
  }
  const result = new Uint8Array(width * height)
  if (strongest === 0) return result
  const scale = 255 / Math.sqrt(strongest)
  for (let i = 0; i < squares.length; i++) result[i] = (Math.sqrt(squares[i]!) * scale + 0.5) | 0
  return result
}

/**
 * Squared magnitudes of one row, from a sliding window of three columns, each as (a + 2b + c) and (c - a); returns the
 * largest.
 */
function squareRow(a: Uint8Array, b: Uint8Array, c: Uint8Array, squares: Int32Array): number {
  const width = b.length
  const before = mirrored(-1, width)
  let strongest = 0
  let smoothLeft = a[before]! + 2 * b[before]! + c[before]!
  let slopeLeft = c[before]! - a[before]!
  let smoothHere = a[0]! + 2 * b[0]! + c[0]!
  let slopeHere = c[0]! - a[0]!
  for (let x = 0; x < width; x++) {
    const right = x + 1 < width ? x + 1 : mirrored(width, width)
    const smoothRight = a[right]! + 2 * b[right]! + c[right]!
    const slopeRight = c[right]! - a[right]!
    const gx = smoothRight - smoothLeft
    const gy = slopeLeft + 2 * slopeHere + slopeRight
    const square = gx * gx + gy * gy
    squares[x] = square
    if (square > strongest) strongest = square
    smoothLeft = smoothHere
    slopeLeft = slopeHere
    smoothHere = smoothRight
    slopeHere = slopeRight
  }
  return strongest
}

/** Mirrors an index: -1 becomes 1 and `length` becomes length - 2; for a length of 1 always 0. */
function mirrored(position: number, length: number): number {
  if (length === 1) return 0
  if (position < 0) return -position
  return position < length ? position : 2 * length - 2 - position
}
