// Splits animations into frames and makes animations smaller.
import sharp from 'sharp'
import { animate, type AnimateOptions } from './animate.ts'
import { integerIn, numberIn, argumentError } from './argument.ts'
import type { RawPicture } from './picture.ts'
import { resizePixels } from './pixels.ts'
import { noteUnknown, type All } from './options.ts'

/** Complete frames as displayed, each with its duration in milliseconds. */
export interface Animation {
  readonly frames: RawPicture[]
  readonly delays: number[]
  /** Number of times it plays; 0 for ever. */
  readonly loop: number
  readonly width: number
  readonly height: number
}

/**
 * Splits an animated GIF or WebP into frames; a still picture is one frame of 100 ms.
 * @throws Error when it cannot be read.
 */
export async function frames(picture: string | Uint8Array): Promise<Animation> {
  const { pages, delays, loop, width, height } = await inspect('frames', picture)
  return { frames: await readPages('frames', picture, 0, pages), delays, loop, width, height }
}

export interface ShrinkOptions {
  /** Factor for width and height: 0.5 halves both; default 1. */
  scale?: number
  /**
   * Keeps every nth frame: 2 keeps half of them; default 1. The delays of dropped frames are added to the frame before,
   * so the total duration stays the same.
   */
  every?: number
  /** Maximum size in bytes: the scale is reduced until the GIF fits. */
  bytes?: number
  quality?: AnimateOptions['quality']
  onProgress?: AnimateOptions['onProgress']
}

const SHRINK_OPTIONS: All<ShrinkOptions> = { scale: true, every: true, bytes: true, quality: true, onProgress: true }
/** The smallest scale that is still legible. */
const MIN_SCALE = 0.05
const MAX_PASSES = 8

/**
 * Shrinks an animation by scaling or dropping frames; duration and loop count stay the same. Returns a GIF. A number
 * instead of options is `bytes`.
 * @throws Error when it cannot be read, or exceeds `bytes` at a twentieth of its size; TypeError for an invalid option.
 */
export async function shrinkGif(picture: string | Uint8Array, options: ShrinkOptions | number = {}): Promise<Buffer> {
  const asked: unknown = options
  if (typeof asked !== 'number' && (typeof asked !== 'object' || asked === null))
    throw argumentError('shrinkGif', 'options', 'an object or a number of bytes', asked)
  const { bytes, ...given } = typeof options === 'number' ? { bytes: options } : options
  noteUnknown('shrinkGif', given, SHRINK_OPTIONS)
  if (bytes === undefined) return shrinkOnce(picture, given)
  integerIn('shrinkGif', 'bytes', bytes, 1, Infinity)
  let scale = numberIn('shrinkGif', 'scale', given.scale ?? 1, 0.001, 1)
  let least = Infinity
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    const gif = await shrinkOnce(picture, { ...given, scale })
    if (gif.length <= bytes) return gif
    least = Math.min(least, gif.length)
    if (scale <= MIN_SCALE) break
    // Bytes grow roughly with the square of the scale; the last pass uses the minimum scale.
    const next = pass === MAX_PASSES - 2 ? 0 : scale * Math.min(0.9, Math.sqrt(bytes / gif.length) * 0.98)
    scale = Math.max(MIN_SCALE, next)
  }
  throw new Error(`shrinkGif: the smallest possible GIF has ${least} bytes, more than the ${bytes} requested`)
}

async function shrinkOnce(picture: string | Uint8Array, options: Omit<ShrinkOptions, 'bytes'>): Promise<Buffer> {
  const scale = numberIn('shrinkGif', 'scale', options.scale ?? 1, 0.001, 1)
  const every = integerIn('shrinkGif', 'every', options.every ?? 1, 1, 10_000, 'frames')
  const { pages, delays, loop, width, height } = await inspect('shrinkGif', picture)
  const size = [width, height].map((length) => Math.max(1, Math.round(length * scale))) as [number, number]
  const group = Math.max(1, Math.floor(GROUP_PIXELS / (width * height)))
  // Frame by frame: sharp scales an animation as one tall picture, where each frame's edge would bleed into the next.
  const kept = (async function* () {
    for (let first = 0; first < pages; first += group) {
      const list = await readPages('shrinkGif', picture, first, Math.min(group, pages - first))
      for (const [i, frame] of list.entries()) if ((first + i) % every === 0) yield await resizePixels(frame, ...size)
    }
  })()
  const count = Math.ceil(pages / every)
  const delay = Array.from({ length: count }, (_, i) =>
    delays.slice(i * every, (i + 1) * every).reduce((sum, ms) => sum + ms, 0),
  )
  const { quality, onProgress } = options
  return animate(kept, { delay, loop, quality, onProgress })
}

/** Pixels read at once, so that a long animation need not be in memory as a whole. */
const GROUP_PIXELS = 8_000_000

async function inspect(where: string, picture: string | Uint8Array) {
  const source: unknown = picture
  if (typeof source !== 'string' && !(source instanceof Uint8Array))
    throw argumentError(where, 'the picture', 'a file name or bytes', source)
  return naming(where, picture, async () => {
    const { pages = 1, delay, loop = 0, width, height, pageHeight } = await sharp(picture).metadata()
    const delays = Array.from({ length: pages }, (_, i) => delay?.[i] ?? 100)
    return { pages, delays, loop, width, height: pageHeight ?? height }
  })
}

function readPages(where: string, picture: string | Uint8Array, first: number, count: number): Promise<RawPicture[]> {
  return naming(where, picture, async () => {
    const opened = first === 0 && count === 1 ? sharp(picture) : sharp(picture, { page: first, pages: count })
    const { data, info } = await opened.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true })
    const frame = { width: info.width, height: info.height / count, channels: info.channels }
    const length = frame.width * frame.height * frame.channels
    return Array.from({ length: count }, (_, i) => ({ data: data.subarray(i * length, (i + 1) * length), info: frame }))
  })
}

async function naming<T>(where: string, picture: string | Uint8Array, step: () => Promise<T>): Promise<T> {
  try {
    return await step()
  } catch (error) {
    const what = typeof picture === 'string' ? `'${picture}'` : 'the picture'
    throw new Error(`${where}: cannot read ${what}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    })
  }
}
