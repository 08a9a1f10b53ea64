// Rotates a picture about its centre by any angle, keeping its size or expanding it.
import type { Sharp } from 'sharp'
import { numberIn } from './argument.ts'
import { rgba, type ColourLike, type Rgba } from './colour.ts'
import type { Picture, RawPicture } from './picture.ts'
import { pipeline, read } from './pixels.ts'
import { noteUnknown, type All } from './options.ts'

export interface TurnOptions {
  /** Colour of the corners; a transparent colour makes the result RGBA. */
  background?: ColourLike
  /** Expands the result so that nothing is cut off; false keeps the size. */
  expand?: boolean
}

const TURN_OPTIONS: All<TurnOptions> = { background: true, expand: true }

/**
 * Rotates a picture counter-clockwise about its centre, same size unless `expand`, bilinear: what leaves the frame is
 * cut off, the corners show the background (default black). Like Pillow's `rotate` and scikit-image's; sharp's own
 * `rotate` turns clockwise and enlarges the picture. For squares, multiples of 90 degrees move pixels exactly. 1
 * channel stays 1 (gray background), alpha is kept.
 */
export async function turn(picture: Picture, degrees: number, options: TurnOptions = {}): Promise<Sharp> {
  noteUnknown('turn', options, TURN_OPTIONS)
  const { background = 'black', expand = false } = options
  numberIn('turn', 'degrees', degrees, -Infinity, Infinity, 'degrees')
  const raw = await read('turn', picture)
  const colour = await rgba('turn', 'background', background)
  const { channels } = raw.info
  const seeThrough = channels % 2 === 0 || colour[3] < 255
  const grayBackground = colour[0] === colour[1] && colour[1] === colour[2]
  const made = seeThrough ? 4 : channels === 1 && grayBackground ? 1 : 3
  const direction = directionOf(degrees)
  const size = expand ? turnedSize(raw.info, direction) : raw.info
  const words = new Int32Array(size.width * size.height)
  fillTurned({ words, size }, { words: padPicture(raw, colour), size: raw.info }, direction, wordOf(colour))
  return pipeline(unpacked(words, made), size.width, size.height, made)
}

interface Size {
  readonly width: number
  readonly height: number
}

interface Words {
  readonly words: Int32Array
  readonly size: Size
}

/** The size of the upright box around a rotated picture. */
function turnedSize({ width, height }: Size, { cos, sin }: Direction): Size {
  const side = (along: number, across: number): number =>
    Math.ceil(Math.abs(along * cos) + Math.abs(across * sin) - 1e-9)
  return { width: side(width, height), height: side(height, width) }
}

interface Direction {
  readonly cos: number
  readonly sin: number
}

/** Cosine and sine, exact for multiples of 90 degrees. */
function directionOf(degrees: number): Direction {
  const angle = ((degrees % 360) + 360) % 360
  const quarters = [0, 90, 180, 270].indexOf(angle)
  if (quarters >= 0) return { cos: [1, 0, -1, 0][quarters]!, sin: [0, 1, 0, -1][quarters]! }
  return { cos: Math.cos((angle * Math.PI) / 180), sin: Math.sin((angle * Math.PI) / 180) }
}

/** Reads each output pixel from its position in the padded source. */
function fillTurned(out: Words, source: Words, { cos, sin }: Direction, corner: number): void {
  const { width, height } = source.size
  const { width: across, height: rows } = out.size
  const middleX = (across - 1) / 2
  const middleY = (rows - 1) / 2
  for (let y = 0; y < rows; y++) {
    const rowX = 1 + (width - 1) / 2 - middleX * cos - (y - middleY) * sin
    const rowY = 1 + (height - 1) / 2 - middleX * sin + (y - middleY) * cos
    const [from, to] = within(rowX, cos, width + 1, ...within(rowY, sin, height + 1, 0, across))
    const start = y * across
    out.words.fill(corner, start, start + from)
    const path = [rowX + from * cos, cos, rowY + from * sin, sin] as const
    fillRow(out.words.subarray(start + from, start + to), source.words, width + 2, path)
    out.words.fill(corner, start + to, start + across)
  }
}

/** Bilinear, two channels at a time in one word; weights of 1/256 always sum to 256, so whole positions are exact. */
function fillRow(
  out: Int32Array,
  source: Int32Array,
  stride: number,
  path: readonly [x: number, dx: number, y: number, dy: number],
) {
  const [startX, dx, startY, dy] = path
  const mask = 0x00ff00ff
  const half = 0x00800080
  for (let i = 0; i < out.length; i++) {
    const x = ((startX + i * dx) * 256 + 0.5) | 0
    const y = ((startY + i * dy) * 256 + 0.5) | 0
    const right = x & 255
    const down = y & 255
    const p = (y >> 8) * stride + (x >> 8)
    const w11 = (right * down + 128) >> 8
    const w01 = right - w11
    const w10 = down - w11
    const w00 = 256 - right - down + w11
    const a = source[p]!
    const b = source[p + 1]!
    const c = source[p + stride]!
    const d = source[p + stride + 1]!
    const even =
      (Math.imul(a & mask, w00) +
        Math.imul(b & mask, w01) +
        Math.imul(c & mask, w10) +
        Math.imul(d & mask, w11) +
        half) |
      0
    const odd =
      (Math.imul((a >>> 8) & mask, w00) +
        Math.imul((b >>> 8) & mask, w01) +
        Math.imul((c >>> 8) & mask, w10) +
        Math.imul((d >>> 8) & mask, w11) +
        half) |
      0
    out[i] = ((even >>> 8) & mask) | (odd & ~mask)
  }
}

/** The range of integers x in `from`..`to` for which start + x * step lies within 0..end. */
function within(start: number, step: number, end: number, from: number, to: number): [number, number] {
  if (Math.abs(step) < 1e-12) return start > 0 && start < end ? [from, to] : [from, from]
  const entry = (step > 0 ? -start : end - start) / step
  const exit = (step > 0 ? end - start : -start) / step
  const first = Math.max(from, Math.floor(entry) + 1)
  return [Math.min(first, to), Math.max(Math.min(first, to), Math.min(to, Math.ceil(exit)))]
}

/**
 * The picture as premultiplied words with a border of one background pixel on each side (and a spare row for rounding).
 */
function padPicture({ data, info: { width, height, channels } }: RawPicture, background: Rgba): Int32Array {
  const stride = width + 2
  const words = new Int32Array(stride * (height + 3)).fill(wordOf(background))
  const green = channels < 3 ? 0 : 1
  const blue = 2 * green
  for (let y = 0, p = 0; y < height; y++) {
    const start = (y + 1) * stride + 1
    for (let i = start; i < start + width; i++, p += channels) {
      words[i] = data[p]! | (data[p + green]! << 8) | (data[p + blue]! << 16) | -0x1000000
    }
  }
  if (channels % 2 === 1) return words
  for (let i = 0; i < width * height; i++) {
    const alpha = data[i * channels + channels - 1]!
    const at = (Math.floor(i / width) + 1) * stride + 1 + (i % width)
    if (alpha < 255) words[at] = premultiply(words[at]!, alpha)
  }
  return words
}

function premultiply(word: number, alpha: number): number {
  const part = (shift: number) => Math.round((((word >>> shift) & 255) * alpha) / 255) << shift
  return part(0) | part(8) | part(16) | (alpha << 24)
}

function wordOf([red, green, blue, alpha]: Rgba): number {
  return premultiply(red | (green << 8) | (blue << 16), alpha)
}

function unpacked(words: Int32Array, channels: 1 | 3 | 4): Uint8Array {
  if (channels === 1) return new Uint8Array(words)
  const bytes = new Uint8Array(words.length * channels)
  for (let i = 0, p = 0; i < words.length; i++, p += channels) {
    const word = words[i]!
    bytes[p] = word
    bytes[p + 1] = word >> 8
    bytes[p + 2] = word >> 16
  }
  if (channels === 3) return bytes
  for (let i = 0; i < words.length; i++) {
    const alpha = words[i]! >>> 24
    bytes[4 * i + 3] = alpha
    if (alpha === 0 || alpha === 255) continue
    for (let p = 4 * i; p < 4 * i + 3; p++) bytes[p] = Math.min(255, Math.round((bytes[p]! * 255) / alpha))
  }
  return bytes
}
