// The write-ahead log of the database, kept off the event loop: commits go into it at once, and threads bring it to the
// disk: what waited together with one flush, and from time to time its pages into the database file.
import { constants, fdatasyncSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { Worker } from 'node:worker_threads'

export interface Wal {
  /** A flush failed: nothing of the log is sure any more until a checkpoint has brought it into the database. */
  failed: boolean
  /** Resolves when all that is committed now is on the disk. */
  synced(): Promise<void>
  /** The same, at once; for where nothing may come between. */
  syncNow(): void
  /** A commit was made; many of them begin a checkpoint. */
  committed(): void
  /** Waits, between two transactions, where the log has grown faster than checkpoints could follow. */
  spacious(): Promise<void>
  /** Waits for a checkpoint under way. */
  settled(): Promise<void>
  close(): Promise<void>
}

/** Commits from one checkpoint to the next: some megabytes of log. */
const MAX_COMMITS = 256
/** Commits without a moment in which all of the log was in the database, and it could begin anew. */
const TOO_MANY_COMMITS = 4 * MAX_COMMITS

/** The log beside the database at `path`, which is open and has one. */
export async function openWal(path: string): Promise<Wal> {
  // SQLite has no lock on this file, which closing it would drop.
  const file = await open(`${path}-wal`, constants.O_RDONLY | constants.O_NOFOLLOW)
  const checkpointer = createCheckpointer(path)
  const flusher = createFlusher(() => file.datasync())
  let commits = 0
  let growing = 0
  return Object.assign(flusher, {
    syncNow: () => fdatasyncSync(file.fd),
    committed(): void {
      growing++
      if (++commits < MAX_COMMITS) return
      commits = 0
      checkpointer.run()
    },
    async spacious(): Promise<void> {
      if (growing < TOO_MANY_COMMITS) return
      // One that began earlier has left out what came since.
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

/** Flushes for many at once: who asks while one is under way waits for the next, which all others share. */
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

/** Runs in a thread of its own, with its own connection; what is busy is left to the next time. */
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
    // Without it the database checkpoints by itself, only later.
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
      // A program lives until it is done, and not for the sake of an idle thread.
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
