// Outside the sandbox: our own worker threads. Inside, the bundler replaces this module with ../../guest/gif-proxy.ts.
import { openGifEncoder } from '../../native/gif/encoder.ts'
import type { OpenGif } from './gif-stream.ts'

export const openGif: OpenGif = (options) => openGifEncoder(options)
