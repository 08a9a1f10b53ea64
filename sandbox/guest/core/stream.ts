// node:stream, for snippets and for bundled packages: npm's readable-stream.
import * as streams from 'readable-stream'

export const { Duplex, Readable, Writable, Transform, PassThrough } = streams

/** The module is the class of all streams, as in Node, with all else on it. */
export const streamModule = (streams as unknown as { Stream: { promises: object } }).Stream

export const streamPromises = streamModule.promises
