// `stream` for bundled packages.
import * as streams from 'readable-stream'

export const { Duplex, Readable, Writable, Transform, PassThrough } = streams
