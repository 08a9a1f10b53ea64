// The guest bundle in dist/ and its V8 code cache, written by `node --no-node-snapshot guest-files.ts FOLDER`.
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compileGuest, type Guest } from './isolate.ts'

export type { Guest }

const bundleIn = (folder: string): string => join(folder, 'guest.js')
/** The code cache, preceded by the SHA-256 of its bundle: V8 itself compares only lengths. */
const cacheIn = (folder: string): string => join(folder, 'guest.cache')
const DIGEST_BYTES = 32

/** The code that a child evaluates; without the cache where that is missing or belongs to another bundle. */
export function readGuest(folder: string): Guest {
  const bytes = readFileSync(bundleIn(folder))
  const source = bytes.toString('utf8')
  try {
    const cache = readFileSync(cacheIn(folder))
    if (digestOf(bytes).equals(cache.subarray(0, DIGEST_BYTES)))
      return { source, compiled: cache.subarray(DIGEST_BYTES) }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  return { source }
}

function writeCache(folder: string): void {
  const bytes = readFileSync(bundleIn(folder))
  writeFileSync(cacheIn(folder), Buffer.concat([digestOf(bytes), compileGuest(bytes.toString('utf8'))]))
}

function digestOf(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeCache(process.argv[2] ?? '')
