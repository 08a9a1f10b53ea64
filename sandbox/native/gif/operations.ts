// The native half of GIF encoding: passes frames from the guest to the worker pool, within the limits.
import * as z from 'zod/mini'
import { LimitError, type OperationContext, type Operations } from '../operation.ts'
import type { GifSession } from '../../helpers/gif/gif-stream.ts'
import { openGifEncoder } from './encoder.ts'

const delayMs = z.number().check(z.minimum(0), z.maximum(655_350))
const side = z.int().check(z.minimum(1), z.maximum(65_535))
const openArgs = z.object({
  width: side,
  height: side,
  loop: z.int().check(z.minimum(0), z.maximum(65_535)),
  quality: z.enum(['fast', 'good', 'best']),
  /** Number of frames to come; 0 if unknown. */
  total: z.optional(z.int().check(z.minimum(0), z.maximum(1_000_000))),
})
const id = z.int().check(z.minimum(1))
const channels = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)])
const addArgs = z.object({ id, channels, delay: delayMs })
const idArgs = z.object({ id })

interface OpenGif {
  readonly session: GifSession
  readonly width: number
  readonly height: number
  frames: number
  done: number
}

/** GIFs that a session may encode at once; each keeps frames in memory. */
const MAX_AT_ONCE = 8
/** Where the worker's bundle is; undefined for the source beside the encoder. */
export interface GifWorkerLocation {
  readonly workerUrl?: URL
}

/** `gif.open`, `gif.add`, `gif.finish`, `gif.cancel`; this object owns the GIFs in progress. */
export function createGifOperations(places: GifWorkerLocation = {}): Operations {
  const openGifs = new Map<number, OpenGif>()
  let opened = 0
  const findGif = (number: number): OpenGif => {
    const found = openGifs.get(number)
    if (!found) throw new Error(`there is no GIF number ${number} under way`)
    return found
  }
  return {
    'gif.open'(args, _bytes, context) {
      const { limits } = context
      const { total = 0, ...options } = openArgs.parse(args)
      const area = options.width * options.height
      if (area > limits.picturePixels) {
        const size = `${options.width}x${options.height}`
        const message = `A GIF frame of ${size} has ${area} pixels; the limit is ${limits.picturePixels}. Make it smaller.`
        throw new LimitError('EASEL_LIMIT_PIXELS', message)
      }
      if (openGifs.size >= MAX_AT_ONCE) throw new Error(`${MAX_AT_ONCE} GIFs are under way already; finish one first`)
      const onProgress = (done: number): void => {
        entry.done = done
        context.progress(done, total, 'GIF frames')
      }
      const session = openGifEncoder({
        ...options,
        ...places,
        onProgress,
        onBytes: (bytes) => checkBytes(bytes, limits),
      })
      const entry: OpenGif = { session, width: options.width, height: options.height, frames: 0, done: 0 }
      openGifs.set(++opened, entry)
      return [opened, []]
    },
    async 'gif.add'(args, [data], context) {
      const { id: number, channels, delay } = addArgs.parse(args)
      const entry = findGif(number)
      if (data === undefined) throw new Error('gif.add needs the bytes of a frame')
      countFrame(entry, context, () => openGifs.delete(number))
      const { width, height } = entry
      await entry.session.add({ data, info: { width, height, channels } }, delay)
      return [entry.done, []]
    },
    async 'gif.finish'(args) {
      const { id: number } = idArgs.parse(args)
      const { session } = findGif(number)
      try {
        return [null, [await session.finish()]]
      } finally {
        openGifs.delete(number)
      }
    },
    'gif.cancel'(args) {
      const { id: number } = idArgs.parse(args)
      openGifs.get(number)?.session.cancel()
      openGifs.delete(number)
      return [null, []]
    },
  }
}

/** Stops a GIF that is already too large to be saved, as its bytes take memory. */
function checkBytes(bytes: number, limits: OperationContext['limits']): void {
  if (bytes <= limits.fileBytes) return
  const sum = `The GIF has ${bytes} bytes in the frames coded so far`
  throw new LimitError(
    'EASEL_LIMIT_FILE_BYTES',
    `${sum}; the limit is ${limits.fileBytes}. Make the frames smaller or fewer.`,
  )
}

function countFrame(entry: OpenGif, { limits }: OperationContext, drop: () => void) {
  const pixels = ++entry.frames * entry.width * entry.height
  if (pixels <= limits.gifPixels) return
  entry.session.cancel()
  drop()
  const sum = `The GIF has ${pixels} pixels in ${entry.frames} frames`
  throw new LimitError(
    'EASEL_LIMIT_GIF_PIXELS',
    `${sum}; the limit is ${limits.gifPixels}. Make the frames smaller or fewer.`,
  )
}

/** The operations with the worker from the source beside the encoder. */
export const gifOperations: Operations = createGifOperations()
