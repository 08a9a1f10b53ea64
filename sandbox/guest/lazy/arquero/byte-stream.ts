// arquero's own byte-stream.js without web streams, which the sandbox lacks: the bytes of a file as an async iterable.
import type * as fs from 'node:fs'
import type * as zlib from 'node:zlib'

// The bundler evaluates a required module at the first call: most cells load no file.
declare const require: ((name: 'node:fs') => typeof fs) & ((name: 'node:zlib') => typeof zlib)

export interface LoadOptions {
  readonly decompress?: 'gzip' | 'deflate' | null
}

/** The bytes of a file in one piece, unpacked if its name ends in .gz or .zz. */
export async function byteStream(path: string, options?: LoadOptions): Promise<AsyncIterable<Uint8Array>> {
  const bytes = readBytes(path, options)
  return (async function* pieces() {
    yield bytes
  })()
}

/** The same at once. Throws for an address of the network. */
export function readBytes(path: string, { decompress = compressionOf(path) }: LoadOptions = {}): Uint8Array {
  const isFileUrl = path.startsWith('file://')
  if (/^([A-Za-z]+:)?\/\//.test(path) && !isFileUrl)
    throw new Error(`arquero cannot load '${path}': the sandbox has no network; work with the files in /mnt/data.`)
  const bytes = require('node:fs').readFileSync(isFileUrl ? new URL(path) : path)
  if (decompress === 'gzip') return require('node:zlib').gunzipSync(bytes)
  return decompress === 'deflate' ? require('node:zlib').inflateSync(bytes) : bytes
}

function compressionOf(path: string): LoadOptions['decompress'] {
  const ending = path.slice(-3).toLowerCase()
  return ending === '.gz' ? 'gzip' : ending === '.zz' ? 'deflate' : null
}
