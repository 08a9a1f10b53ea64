// Encodes a sequence of pictures as a looping GIF.
import { integerIn, numberIn, oneOf, argumentError } from './argument.ts'
import { rgba, type ColourLike } from './colour.ts'
import { openGif } from './gif/host.ts'
import type { GifSession } from './gif/gif-stream.ts'
import type { Picture, RawPicture } from './picture.ts'
import { read, resizePixels } from './pixels.ts'
import { blankSheet, drawOnSheet } from './layout/sheet.ts'
import { note } from './notes.ts'
import { noteUnknown, type All } from './options.ts'

const QUALITIES = ['fast', 'good', 'best'] as const

/** Trade-off between encoding time and colour accuracy. */
export type GifQuality = (typeof QUALITIES)[number]

export interface AnimateOptions {
  /**
   * Milliseconds per frame, as one number or one number for each frame; default 100. GIF stores hundredths of a second,
   * at least two.
   */
  delay?: number | readonly number[]
  /** Number of times the animation plays; default 0, for ever. */
  loop?: number
  /** Default 'good'. */
  quality?: GifQuality
  /** Background of frames with another aspect ratio than the first; default black. */
  background?: ColourLike
  /** Called as frames are encoded, the last time when all are; `total` is 0 if unknown (generators). */
  onProgress?: (done: number, total: number) => void
}

/** Frames in order: pictures or promises of pictures, in an array or from a generator (may be asynchronous). */
export type Frames = Iterable<Picture | Promise<Picture>> | AsyncIterable<Picture>

const ANIMATE_OPTIONS: All<AnimateOptions> = {
  delay: true,
  loop: true,
  quality: true,
  background: true,
  onProgress: true,
}

/**
 * Encodes a GIF (GIF89a), looping for ever unless `loop` is set. The first frame determines the size; others are scaled
 * to fit and centred on the background. Frames from a generator are taken one by one, so only one needs to be in
 * memory.
 * @throws TypeError for no frames, an invalid option or too few delays; Error when a frame cannot be read.
 */
export async function animate(frames: Frames, options: AnimateOptions = {}): Promise<Buffer> {
  noteUnknown('animate', options, ANIMATE_OPTIONS)
  const { loop = 0, background = 'black', onProgress } = options
  const quality = oneOf('animate', 'quality', options.quality ?? 'good', QUALITIES)
  integerIn('animate', 'loop', loop, 0, 65_535)
  const delay = validateDelay(options.delay ?? 100)
  const behind = await rgba('animate', 'background', background)
  const total = Array.isArray(frames) ? frames.length : Array.isArray(delay) ? delay.length : 0
  const most = Array.isArray(delay) ? delay.length : Infinity
  let gif: GifSession | undefined
  let size = { width: 0, height: 0 }
  let taken = 0
  let others = 0
  try {
    for await (const frame of toAsyncIterable(frames)) {
      if (++taken > most)
        throw new TypeError(
          `animate: expected one delay for each frame, received ${most} for ${total > most ? total : 'more'} frames`,
        )
      const raw = await read('animate', frame)
      if (gif && (raw.info.width !== size.width || raw.info.height !== size.height)) others++
      if (!gif) {
        size = { width: raw.info.width, height: raw.info.height }
        gif = openGif({ ...size, delay, loop, quality, total, onProgress: (done) => onProgress?.(done, total) })
      }
      await gif.add(await fitToSize(raw, size, behind))
    }
    if (!gif) throw new TypeError('animate: expected at least one frame, received none')
    if (others > 0)
      note(
        `animate: ${others} of ${taken} frames differ in size from the first (${size.width} x ${size.height}) and were scaled to fit it; make all frames the same size (turn with expand changes it).`,
      )
    const bytes = await gif.finish()
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  } catch (error) {
    gif?.cancel()
    throw error
  }
}

function validateDelay(delay: number | readonly number[]): number | readonly number[] {
  const list: unknown = delay
  if (typeof list !== 'number' && !Array.isArray(list))
    throw argumentError('animate', 'delay', 'a number of milliseconds or an array of them', list)
  for (const ms of [delay].flat()) numberIn('animate', 'delay', ms, 0, 655_350, 'milliseconds')
  return delay
}

function toAsyncIterable(frames: Frames): Frames {
  const given: unknown = frames
  const isList =
    typeof given === 'object' && given !== null && (Symbol.iterator in given || Symbol.asyncIterator in given)
  if (isList && !(given instanceof Uint8Array)) return frames
  throw argumentError('animate', 'frames', 'an array or a generator of pictures', frames)
}

async function fitToSize(
  raw: RawPicture,
  size: { width: number; height: number },
  background: readonly [number, number, number, number],
) {
  const { width, height } = raw.info
  if (width === size.width && height === size.height) return raw
  const scale = Math.min(size.width / width, size.height / height)
  const side = (length: number, most: number) => Math.max(1, Math.min(most, Math.round(length * scale)))
  const scaled = await resizePixels(raw, side(width, size.width), side(height, size.height))
  const sheet = blankSheet(size.width, size.height, background)
  const [x, y] = [Math.floor((size.width - scaled.info.width) / 2), Math.floor((size.height - scaled.info.height) / 2)]
  drawOnSheet(sheet, scaled, x, y)
  return { data: sheet.data, info: { ...size, channels: sheet.channels } }
}
