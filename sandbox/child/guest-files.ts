// The guest bundle and the lazy bundles in dist/ with V8's code cache of each, written by
// `node --no-node-snapshot guest-files.ts FOLDER`. Only these files are read, by the fixed list of their names.
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { LAZY_BUNDLES } from '../lazy-bundles.ts'
import { compileScript, wrapGuest, type Guest } from './isolate.ts'

export type { Guest }

/** Without its ending: the bundle is `.js`; its code cache is `.cache`, preceded by the SHA-256 of the bundle. */
const guestIn = (folder: string): string => join(folder, 'guest')
const lazyIn = (folder: string, name: string): string => join(folder, 'guest', name)
const DIGEST_BYTES = 32

/** The code that a child evaluates; without the cache where that is missing or belongs to another bundle. */
export function readGuest(folder: string): Guest {
  return readBundle(guestIn(folder), 'utf8')
}

/** A bundle of sandbox/lazy-bundles.ts; they are ASCII (guest/lazy/bundle.ts). Throws for any other name. */
export function readLazyBundle(folder: string, name: string): Guest {
  if (!Object.hasOwn(LAZY_BUNDLES, name)) throw new TypeError(`There is no bundle ${name}.`)
  return readBundle(lazyIn(folder, name), 'latin1')
}

function readBundle(path: string, encoding: 'utf8' | 'latin1'): Guest {
  const bytes = readFileSync(`${path}.js`)
  const source = bytes.toString(encoding)
  try {
    // V8 itself compares only lengths.
    const cache = readFileSync(`${path}.cache`)
    if (digestOf(bytes).equals(cache.subarray(0, DIGEST_BYTES)))
      return { source, compiled: cache.subarray(DIGEST_BYTES) }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  return { source }
}

function writeCache(path: string, wrap = (source: string): string => source): void {
  const bytes = readFileSync(`${path}.js`)
  writeFileSync(`${path}.cache`, Buffer.concat([digestOf(bytes), compileScript(wrap(bytes.toString('utf8')))]))
}

function digestOf(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = process.argv[2] ?? ''
  writeCache(guestIn(folder), wrapGuest)
  for (const name of Object.keys(LAZY_BUNDLES)) writeCache(lazyIn(folder, name))
}
