// GIF encoding in the sandbox: frames cross the isolate wall as bytes, and worker threads on the native side encode
// them.
import { call } from './bridge.ts'
import { checkDelay, checkFrame, checkOptions, delayOf, type RawFrame } from '../helpers/gif/frame.ts'
import type { OpenGif } from '../helpers/gif/gif-stream.ts'

export const openGif: OpenGif = ({ onProgress, ...options }) => {
  checkOptions(options)
  const { width, height, loop, quality, total = 0 } = options
  const opened = call('gif.open', { width, height, loop, quality, total }).then(([id]) => id)
  // `add` and `finish` rethrow a rejection; this keeps it from being reported as unhandled before that.
  opened.catch(() => undefined)
  let frames = 0
  let last: Promise<void> = Promise.resolve()

  const send = async ({ data, info }: RawFrame, delay: number) => {
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    const [done] = await call('gif.add', { id: await opened, channels: info.channels, delay }, [bytes])
    onProgress?.(Number(done))
  }
  return {
    add(frame, delay = delayOf(options, frames)) {
      checkFrame(frame, options, frames++)
      checkDelay(delay)
      // Preserves the frames' order even if the caller does not await each call.
      const sent = last.then(() => send(frame, delay))
      last = sent
      last.catch(() => undefined)
      return sent
    },
    async finish() {
      await last
      const [, [bytes]] = await call('gif.finish', { id: await opened })
      if (bytes === undefined) throw new Error('gif.finish answered without a file')
      onProgress?.(frames)
      return bytes
    },
    cancel() {
      opened.then((id) => call('gif.cancel', { id })).catch(() => undefined)
    },
  }
}
