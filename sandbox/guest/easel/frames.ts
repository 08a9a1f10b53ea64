// What is inside an animation, and smaller animations made of it.
import sharp, { type Sharp } from 'sharp'
import { animate, type AnimateOptions } from './animate.ts'
import { integerIn, numberIn, wrong } from './argument.ts'
import type { RawPicture } from './picture.ts'

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
  return takeApart('frames', picture, 1)
}

export interface ShrinkOptions {
  /** Of width and height: 0.5 makes half; 1. */
  scale?: number
  /** Keeps every nth frame: 2 keeps half of them; 1. The delays of those left out are added to the one before, so time stays. */
  every?: number
  quality?: AnimateOptions['quality']
  onProgress?: AnimateOptions['onProgress']
}

/**
 * Makes an animation smaller: fewer pixels, fewer frames, the same playing time and loop. Gives a GIF.
 * @throws Error when it cannot be read; TypeError for a wrong option.
 */
export async function shrinkGif(picture: string | Uint8Array, options: ShrinkOptions = {}): Promise<Buffer> {
  const scale = numberIn('shrinkGif', 'scale', options.scale ?? 1, 0.001, 1)
  const every = integerIn('shrinkGif', 'every', options.every ?? 1, 1, 10_000, 'frames')
  const { frames, delays, loop } = await takeApart('shrinkGif', picture, scale)
  const kept = frames.filter((_, i) => i % every === 0)
  const delay = kept.map((_, i) => delays.slice(i * every, (i + 1) * every).reduce((sum, ms) => sum + ms, 0))
  const { quality, onProgress } = options
  return animate(kept, { delay, loop, quality, onProgress })
}

async function takeApart(where: string, picture: string | Uint8Array, scale: number): Promise<Animation> {
  const source: unknown = picture
  if (typeof source !== 'string' && !(source instanceof Uint8Array)) throw wrong(where, 'the picture', 'a file name or bytes', source)
  try {
    const { width, height, pageHeight, pages = 1, delay, loop = 0 } = await sharp(picture).metadata()
    const side = (length: number) => Math.max(1, Math.round(length * scale))
    const size = { width: side(width), height: side(pageHeight ?? height) }
    const opened: Sharp = sharp(picture, { animated: pages > 1 })
    const scaled = scale === 1 ? opened : opened.resize({ ...size, fit: 'fill' })
    const { data, info } = await scaled.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true })
    const count = info.pages ?? 1
    const frameSize = { width: info.width, height: info.height / count, channels: info.channels }
    const length = frameSize.width * frameSize.height * frameSize.channels
    const list = Array.from({ length: count }, (_, i) => ({ data: data.subarray(i * length, (i + 1) * length), info: frameSize }))
    const delays = list.map((_, i) => delay?.[i] ?? 100)
    return { frames: list, delays, loop, width: frameSize.width, height: frameSize.height }
  } catch (error) {
    const what = typeof picture === 'string' ? `'${picture}'` : 'the picture'
    throw new Error(`${where}: cannot read ${what}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}
