// Encodes a GIF on worker threads: frames are coded as they arrive, and the bytes depend only on frames and options.
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { checkDelay, checkOptions, delayOf } from '../../helpers/gif/frame.ts'
import type { GifSession, OpenOptions } from '../../helpers/gif/gif-stream.ts'
import { productFolder } from '../../product.ts'
import { createFramePipeline } from './frame-pipeline.ts'
import { createWorkerPool, type WorkerPool } from './worker-pool.ts'

export interface PoolOptions extends OpenOptions {
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
const teams = new Map<string, WorkerPool>()

/** Starts a GIF. Throws a RangeError for options that a GIF cannot store. */
export function openPool(options: PoolOptions): GifSession {
  checkOptions(options)
  const { signal } = options
  const pool = teamOf(options)
  // The threads start while the first frame is being drawn.
  pool.wake()
  const making = createFramePipeline(options, pool)
  const delays: number[] = []
  let last: Promise<void> = Promise.resolve()
  const cancel = (reason?: unknown) =>
    making.fail(reason instanceof Error ? reason : new Error('the GIF was cancelled'))
  const abort = () => cancel(signal?.reason)
  if (signal?.aborted) abort()
  signal?.addEventListener('abort', abort, { once: true })
  return {
    add(frame, delay) {
      const n = delays.length
      delays.push(delay ?? delayOf(options, n))
      checkDelay(delays[n]!)
      last = last.then(() => making.take(frame, n))
      last.catch(making.fail)
      return last
    },
    async finish() {
      try {
        await last
        return await making.finish(delays)
      } finally {
        signal?.removeEventListener('abort', abort)
      }
    },
    cancel: () => cancel(),
  }
}

/** The worker source beside this file, or its bundle in dist/ if this file was bundled. */
function ownWorker(): URL {
  if (import.meta.url.endsWith('.ts')) return new URL('./worker.ts', import.meta.url)
  return pathToFileURL(join(productFolder(), 'dist/gif-worker.js'))
}

function teamOf({ threads, workerUrl = ownWorker() }: PoolOptions): WorkerPool {
  const size = Math.max(1, Math.min(threads ?? availableParallelism(), MAX_THREADS))
  const key = `${size} ${workerUrl.href}`
  const pool = teams.get(key) ?? createWorkerPool(size, workerUrl)
  teams.set(key, pool)
  return pool
}
