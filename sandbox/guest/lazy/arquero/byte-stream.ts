// arquero's own byte-stream.js without web streams, which the sandbox lacks: the bytes of a file in the pieces in which
// Node reads files, as an async iterable.
import type * as fs from 'node:fs'
import type * as zlib from 'node:zlib'

// The bundler evaluates a required module at the first call: most cells load no file.
declare const require: ((name: 'node:fs') => typeof fs) & ((name: 'node:zlib') => typeof zlib)

export type Compression = 'gzip' | 'deflate' | null

/** How Node cuts a file that it reads as a stream. */
const PIECE_BYTES = 65_536

/** The pieces of a file, unpacked if its name ends in .gz or .zz. Rejects for an address of the network. */
export async function byteStream(
  path: string,
  { decompress = compressionOf(path) }: { readonly decompress?: Compression } = {},
): Promise<AsyncIterable<Uint8Array>> {
  const isFileUrl = path.startsWith('file://')
  if (/^([A-Za-z]+:)?\/\//.test(path) && !isFileUrl)
    throw new Error(`arquero cannot load '${path}': the sandbox has no network; work with the files in /mnt/data.`)
  const bytes = require('node:fs').readFileSync(isFileUrl ? new URL(path) : path)
  if (decompress === 'gzip') return pieces(require('node:zlib').gunzipSync(bytes))
  return pieces(decompress === 'deflate' ? require('node:zlib').inflateSync(bytes) : bytes)
}

function compressionOf(path: string): Compression {
  const ending = path.slice(-3).toLowerCase()
  return ending === '.gz' ? 'gzip' : ending === '.zz' ? 'deflate' : null
}

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES)
}
