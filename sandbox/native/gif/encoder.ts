// A GIF in the making over worker threads: frames go out as they come, bytes depend on frames and options alone.
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { checkDelay, checkOptions, delayOf } from '../../helpers/gif/frame.ts'
import type { GifSession, OpenOptions } from '../../helpers/gif/gif-stream.ts'
import { productFolder } from '../../product.ts'
import { createFramePipeline } from './frame-pipeline.ts'
import { createWorkerPool, type WorkerPool } from './worker-pool.ts'

export interface PoolOptions extends OpenOptions {
  /** By default the machine's cores; 4 at most. */
  readonly threads?: number
  /** Module of the worker threads; by default the one beside this file. */
  readonly workerUrl?: URL
  /** Ends the session as `cancel` does. */
  readonly signal?: AbortSignal
  /** Hears the bytes of the frames coded so far; what it throws ends the session. */
  readonly onBytes?: (bytes: number) => void
}

const MAX_THREADS = 4
const teams = new Map<string, WorkerPool>()

/** Starts a GIF. Throws a RangeError for options that a GIF cannot hold. */
export function openPool(options: PoolOptions): GifSession {
  checkOptions(options)
  const { signal } = options
  const pool = teamOf(options)
  // They start while the first frame is being made.
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

/** The source beside this file, or the bundle beside the bundle that this file went into. */
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
