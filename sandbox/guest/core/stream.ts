// node:stream for snippets and bundled packages: npm's readable-stream.
import * as streams from 'readable-stream'

export const { Duplex, Readable, Writable, Transform, PassThrough } = streams

/** As in Node, the module is the Stream class, with all other exports as its properties. */
export const streamModule = (streams as unknown as { Stream: { promises: object } }).Stream

export const streamPromises = streamModule.promises
