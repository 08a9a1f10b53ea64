// Outside the sandbox: the worker threads are ours. Inside, the bundler puts ../../gif-host.ts in this module's place.
import { openPool } from '../../../native/gif/pool.ts'
import type { OpenGif } from './session.ts'

export const openGif: OpenGif = (options) => openPool(options)
