// The database's write-ahead log, handled off the event loop: commits are appended at once, and threads make them
// durable, all waiting ones with one flush, and checkpoint the log into the database file from time to time.
import { constants, fdatasyncSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { Worker } from 'node:worker_threads'

export interface Wal {
  /** A flush failed: nothing in the log is known to be durable until a checkpoint has moved it into the database. */
  failed: boolean
  /** Resolves when all that is committed at the call is on the disk. */
  synced(): Promise<void>
  /** The same, synchronously; for use inside a transaction. */
  syncNow(): void
  /** Counts a commit; enough of them start a checkpoint. */
  countCommit(): void
  /** Waits, between two transactions, if the log has grown faster than checkpoints could follow. */
  waitForSpace(): Promise<void>
  /** Waits for a checkpoint under way. */
  settled(): Promise<void>
  close(): Promise<void>
}

/** Commits from one checkpoint to the next: some megabytes of log. */
const MAX_COMMITS = 256
/** Commits without a moment in which all of the log was in the database, so that it could restart. */
const TOO_MANY_COMMITS = 4 * MAX_COMMITS

/** Opens the log of the database at `path`, which is open and in WAL mode. */
export async function openWal(path: string): Promise<Wal> {
  // SQLite holds no POSIX lock on this file that closing it here would drop.
  const file = await open(`${path}-wal`, constants.O_RDONLY | constants.O_NOFOLLOW)
  const checkpointer = createCheckpointer(path)
  const flusher = createFlusher(() => file.datasync())
  let commits = 0
  let growing = 0
  return Object.assign(flusher, {
    syncNow: () => fdatasyncSync(file.fd),
    countCommit(): void {
      growing++
      if (++commits < MAX_COMMITS) return
      commits = 0
      checkpointer.run()
    },
    async waitForSpace(): Promise<void> {
      if (growing < TOO_MANY_COMMITS) return
      // A checkpoint that began earlier has left out later commits.
      await checkpointer.settled()
      checkpointer.run()
      await checkpointer.settled()
      growing = 0
    },
    settled: () => checkpointer.settled(),
    async close(): Promise<void> {
      await checkpointer.close()
      await file.close()
    },
  })
}

/** Batches flushes: calls during a flush wait for the next one, which they share. */
export function createFlusher(flushOnce: () => Promise<void>): Pick<Wal, 'failed' | 'synced'> {
  let flushing: Promise<void> | undefined
  let next: Promise<void> | undefined

  const flush = async (): Promise<void> => {
    try {
      await flushOnce()
      if (flusher.failed) throw new Error('An earlier flush of the log failed.')
    } catch (error) {
      flusher.failed = true
      throw error
    } finally {
      flushing = undefined
    }
  }
  const afterThis = async (): Promise<void> => {
    // A flush that began before the commit may have left it out.
    await flushing?.catch(() => undefined)
    next = undefined
    await (flushing = flush())
  }
  const flusher: Pick<Wal, 'failed' | 'synced'> = {
    failed: false,
    synced: () => next ?? (flushing ? (next = afterThis()) : (flushing = flush())),
  }
  return flusher
}

/** Runs in a thread with a connection of its own; if the database is busy, the next checkpoint does the work. */
const CHECKPOINT = `
const { parentPort, workerData } = require('node:worker_threads')
const { DatabaseSync } = require('node:sqlite')
const database = new DatabaseSync(workerData)
database.exec('PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON; PRAGMA synchronous = NORMAL')
parentPort.on('message', (what) => {
  if (what === 'close') {
    database.close()
    parentPort.close()
    return
  }
  try {
    database.prepare('PRAGMA wal_checkpoint(PASSIVE)').all()
  } catch {}
  parentPort.postMessage('done')
})
`

function createCheckpointer(path: string) {
  let worker: Worker | undefined
  let underWay: PromiseWithResolvers<void> | undefined
  const done = (): void => {
    worker?.unref()
    underWay?.resolve()
    underWay = undefined
  }
  const start = (): Worker => {
    const made = new Worker(CHECKPOINT, { eval: true, workerData: path, execArgv: ['--no-warnings'], env: {} })
    made.on('message', done)
    // Without the thread, SQLite checkpoints by itself, only later.
    made.on('error', done)
    made.on('exit', () => {
      worker = undefined
      done()
    })
    return made
  }
  return {
    run(): void {
      if (underWay) return
      underWay = Promise.withResolvers()
      worker ??= start()
      // Keeps the program alive until the checkpoint is done; an idle thread does not.
      worker.ref()
      worker.postMessage('checkpoint')
    },
    settled: async (): Promise<void> => underWay?.promise,
    async close(): Promise<void> {
      await underWay?.promise
      if (!worker) return
      const exited = new Promise<void>((resolve) => void worker?.once('exit', () => resolve()))
      worker.ref()
      worker.postMessage('close')
      await exited
    },
  }
}
