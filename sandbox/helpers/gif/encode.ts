// The encoder on a single thread: the reference that the worker pool must match byte for byte.
import { createFrameScheduler, type PaintTask } from './frame-scheduler.ts'
import { createFrameCoder } from './frame-coder.ts'
import { checkFrame, checkOptions, delayOf, type GifOptions, type RawFrame } from './frame.ts'
import { unpack } from './unpack.ts'

/** Encodes frames as a GIF89a. Synchronous, with all frames in memory. Throws a RangeError for invalid sizes. */
export function encodeGif(frames: readonly RawFrame[], options: GifOptions): Uint8Array {
  checkOptions(options)
  const { width, height, quality } = options
  const coder = createFrameCoder(quality)
  const scheduler = createFrameScheduler(options)
  const paint = ({ n, flat, shared }: PaintTask) => scheduler.painted(n, coder.paint(flat, shared))
  const unpacked = frames.map((frame, n) => {
    checkFrame(frame, options, n)
    const pixels = new Int32Array(width * height)
    return { pixels, holes: unpack(frame, pixels) }
  })
  if (unpacked.length === 0) throw new RangeError('a GIF needs at least one frame')
  unpacked.forEach(({ pixels, holes }, n) => {
    const after = unpacked[n + 1]
    const next = after?.holes ? after.pixels : undefined
    const found = coder.look({ width, height, current: pixels, holes, previous: unpacked[n - 1]?.pixels, next })
    scheduler.look(n, found).forEach(paint)
  })
  scheduler.close().forEach(paint)
  return scheduler.assembleFile(frames.map((_, n) => delayOf(options, n)))
}
