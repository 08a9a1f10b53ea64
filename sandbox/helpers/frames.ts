// What is inside an animation, and smaller animations made of it.
import sharp from 'sharp'
import { animate, type AnimateOptions } from './animate.ts'
import { integerIn, numberIn, wrong } from './argument.ts'
import type { RawPicture } from './picture.ts'
import { resized } from './pixels.ts'
import { noteUnknown, type All } from './options.ts'

/** Whole frames, as they are seen, and for how many milliseconds each. */
export interface Animation {
  readonly frames: RawPicture[]
  readonly delays: number[]
  /** How often it plays; 0 for ever. */
  readonly loop: number
  readonly width: number
  readonly height: number
}

/**
 * Takes an animated GIF or WebP apart; a still picture is one frame of 100 ms.
 * @throws Error when it cannot be read.
 */
export async function frames(picture: string | Uint8Array): Promise<Animation> {
  const { pages, delays, loop, width, height } = await inspect('frames', picture)
  return { frames: await readPages('frames', picture, 0, pages), delays, loop, width, height }
}

export interface ShrinkOptions {
  /** Of width and height: 0.5 makes half; 1. */
  scale?: number
  /**
   * Keeps every nth frame: 2 keeps half of them; 1. The delays of those left out are added to the one before, so time
   * stays.
   */
  every?: number
  /** At most so many: the scale is made smaller until it fits. */
  bytes?: number
  quality?: AnimateOptions['quality']
  onProgress?: AnimateOptions['onProgress']
}

const SHRINK_OPTIONS: All<ShrinkOptions> = { scale: true, every: true, bytes: true, quality: true, onProgress: true }
/** Below this share of its width and height nothing is left to see. */
const MIN_SCALE = 0.05
const MAX_PASSES = 8

/**
 * Makes an animation smaller: fewer pixels, fewer frames, the same playing time and loop. Gives a GIF. A number in place
 * of the options is `bytes`.
 * @throws Error when it cannot be read, or takes more than `bytes` at a twentieth of its size; TypeError for a wrong
 * option.
 */
export async function shrinkGif(picture: string | Uint8Array, options: ShrinkOptions | number = {}): Promise<Buffer> {
  const asked: unknown = options
  if (typeof asked !== 'number' && (typeof asked !== 'object' || asked === null))
    throw wrong('shrinkGif', 'options', 'an object or a number of bytes', asked)
  const { bytes, ...given } = typeof options === 'number' ? { bytes: options } : options
  noteUnknown('shrinkGif', given, SHRINK_OPTIONS)
  if (bytes === undefined) return shrunk(picture, given)
  integerIn('shrinkGif', 'bytes', bytes, 1, Infinity)
  let scale = numberIn('shrinkGif', 'scale', given.scale ?? 1, 0.001, 1)
  let least = Infinity
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    const gif = await shrunk(picture, { ...given, scale })
    if (gif.length <= bytes) return gif
    least = Math.min(least, gif.length)
    if (scale <= MIN_SCALE) break
    // Bytes go about as the square of the scale; the last pass is the smallest there is.
    const next = pass === MAX_PASSES - 2 ? 0 : scale * Math.min(0.9, Math.sqrt(bytes / gif.length) * 0.98)
    scale = Math.max(MIN_SCALE, next)
  }
  throw new Error(`shrinkGif: the smallest has ${least} bytes, more than the ${bytes} asked for`)
}

async function shrunk(picture: string | Uint8Array, options: Omit<ShrinkOptions, 'bytes'>): Promise<Buffer> {
  const scale = numberIn('shrinkGif', 'scale', options.scale ?? 1, 0.001, 1)
  const every = integerIn('shrinkGif', 'every', options.every ?? 1, 1, 10_000, 'frames')
  const { pages, delays, loop, width, height } = await inspect('shrinkGif', picture)
  const size = [width, height].map((length) => Math.max(1, Math.round(length * scale))) as [number, number]
  const group = Math.max(1, Math.floor(GROUP_PIXELS / (width * height)))
  // One by one: scaled as one tall picture, as sharp does, each frame's edge would bleed into the next.
  const kept = (async function* () {
    for (let first = 0; first < pages; first += group) {
      const list = await readPages('shrinkGif', picture, first, Math.min(group, pages - first))
      for (const [i, frame] of list.entries()) if ((first + i) % every === 0) yield await resized(frame, ...size)
    }
  })()
  const count = Math.ceil(pages / every)
  const delay = Array.from({ length: count }, (_, i) =>
    delays.slice(i * every, (i + 1) * every).reduce((sum, ms) => sum + ms, 0),
  )
  const { quality, onProgress } = options
  return animate(kept, { delay, loop, quality, onProgress })
}

/** Frames are read this many pixels at once, so that long animations need not be in memory whole. */
const GROUP_PIXELS = 8_000_000

async function inspect(where: string, picture: string | Uint8Array) {
  const source: unknown = picture
  if (typeof source !== 'string' && !(source instanceof Uint8Array))
    throw wrong(where, 'the picture', 'a file name or bytes', source)
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
