// Outside the sandbox: the worker threads are ours. Inside, the bundler puts ../../gif-host.ts in this module's place.
import { openPool } from '../../native/gif/encoder.ts'
import type { OpenGif } from './gif-stream.ts'

export const openGif: OpenGif = (options) => openPool(options)
