// Encodes a GIF on worker threads: frames are coded as they arrive, and the bytes depend only on frames and options.
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { checkDelay, checkOptions, delayOf } from '../../helpers/gif/frame.ts'
import type { GifSession, OpenOptions } from '../../helpers/gif/gif-stream.ts'
import { productFolder } from '../../product.ts'
import { createFramePipeline } from './frame-pipeline.ts'
import { createWorkerPool, type WorkerPool } from './worker-pool.ts'

export interface GifEncoderOptions extends OpenOptions {
  /** By default the number of cores; at most 4. */
  readonly threads?: number
  /** Module of the worker threads; by default the one beside this file. */
  readonly workerUrl?: URL
  /** Aborting it ends the session like `cancel`. */
  readonly signal?: AbortSignal
  /** Called with the bytes of the frames coded so far; an exception ends the session. */
  readonly onBytes?: (bytes: number) => void
}

const MAX_THREADS = 4
const pools = new Map<string, WorkerPool>()

/** Starts a GIF. Throws a RangeError for options that a GIF cannot store. */
export function openGifEncoder(options: GifEncoderOptions): GifSession {
  checkOptions(options)
  const { signal } = options
  const pool = poolOf(options)
  // The threads start while the first frame is being drawn.
  pool.startAll()
  const pipeline = createFramePipeline(options, pool)
  const delays: number[] = []
  let last: Promise<void> = Promise.resolve()
  const cancel = (reason?: unknown) =>
    pipeline.fail(reason instanceof Error ? reason : new Error('the GIF was cancelled'))
  const abort = () => cancel(signal?.reason)
  if (signal?.aborted) abort()
  signal?.addEventListener('abort', abort, { once: true })
  return {
    add(frame, delay) {
      const n = delays.length
      delays.push(delay ?? delayOf(options, n))
      checkDelay(delays[n]!)
      last = last.then(() => pipeline.take(frame, n))
      last.catch(pipeline.fail)
      return last
    },
    async finish() {
      try {
        await last
        return await pipeline.finish(delays)
      } finally {
        signal?.removeEventListener('abort', abort)
      }
    },
    cancel: () => cancel(),
  }
}

/** The worker source beside this file, or its bundle in dist/ if this file was bundled. */
function defaultWorkerUrl(): URL {
  if (import.meta.url.endsWith('.ts')) return new URL('./worker.ts', import.meta.url)
  return pathToFileURL(join(productFolder(), 'dist/gif-worker.js'))
}

function poolOf({ threads, workerUrl = defaultWorkerUrl() }: GifEncoderOptions): WorkerPool {
  const size = Math.max(1, Math.min(threads ?? availableParallelism(), MAX_THREADS))
  const key = `${size} ${workerUrl.href}`
  const pool = pools.get(key) ?? createWorkerPool(size, workerUrl)
  pools.set(key, pool)
  return pool
}
