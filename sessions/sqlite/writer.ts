// The writes of one process to the database: short transactions, concurrent jobs together, each job resolved when it is
// on the disk.
import type { DatabaseSync } from 'node:sqlite'
import { setImmediate as breathe } from 'node:timers/promises'
import type { StoreStep } from '../blobs/blobs.ts'
import { storeError } from '../errors.ts'
import { retryWhileBusy } from './connection.ts'
import type { Wal } from './wal.ts'

/** `durable`: on the disk when it resolves. `light`: survives the end of the process, not a loss of power. */
export type Durability = 'durable' | 'light'

export interface Writer {
  write<T>(weight: Durability, job: () => T): Promise<T>
  /** Waits for writes under way. */
  idle(): Promise<void>
}

interface WriterDeps {
  readonly database: DatabaseSync
  readonly wal: Wal
  readonly folder: string
  readonly onStep: (step: StoreStep) => void
}

interface Job {
  readonly weight: Durability
  readonly run: () => unknown
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
}

const MAX_JOBS = 64
/** How long the statements of one transaction may block the event loop. */
const MAX_TRANSACTION_MS = 4

/** Writes to an open database with this log. */
export function createWriter({ database, wal, folder, onStep }: WriterDeps): Writer {
  let queue: Job[] = []
  let draining: Promise<void> | undefined
  const flushes = new Set<Promise<void>>()

  /** Resolves the jobs when their transaction is on the disk. */
  const settle = async (done: readonly DurableJob[]): Promise<void> => {
    try {
      await wal.synced()
      onStep('committed')
      for (const one of done) one.tell()
    } catch (error) {
      for (const one of done) one.reject(storeError(error, folder))
    }
  }
  const transactions = (batch: readonly Job[]): Promise<Transaction> =>
    retryWhileBusy(folder, () => {
      // After a failed flush, later ones do not prove that its data was written: only a checkpoint does.
      if (wal.failed) {
        checkpoint(database)
        wal.failed = false
      }
      return transact(database, batch, onStep)
    })
  const drain = async (): Promise<void> => {
    while (queue.length > 0) {
      // Writes of one turn of the event loop share a transaction, and other work gets the turns in between.
      await breathe()
      await wal.waitForSpace()
      const batch = queue.splice(0, MAX_JOBS)
      try {
        const { count, durable } = await transactions(batch)
        queue = [...batch.slice(count), ...queue]
        wal.countCommit()
        if (durable.length === 0) continue
        const flush = settle(durable).finally(() => flushes.delete(flush))
        flushes.add(flush)
      } catch (error) {
        for (const job of batch) job.reject(storeError(error, folder))
      }
    }
    draining = undefined
  }

  return {
    write: <T>(weight: Durability, job: () => T) =>
      new Promise<T>((resolve, reject) => {
        queue.push({ weight, run: job, resolve: (value) => resolve(value as T), reject })
        draining ??= drain()
      }),
    async idle() {
      await draining
      await Promise.all(flushes)
    },
  }
}

interface DurableJob {
  readonly tell: () => void
  readonly reject: (error: unknown) => void
}

interface Transaction {
  /** Jobs that fitted into MOMENT_MS. */
  readonly count: number
  /** Jobs that wait for the disk. */
  readonly durable: readonly DurableJob[]
}

/** One transaction of as many jobs as fit into MOMENT_MS, each in a savepoint so that it fails alone. */
function transact(database: DatabaseSync, batch: readonly Job[], onStep: (step: StoreStep) => void): Transaction {
  const end = performance.now() + MAX_TRANSACTION_MS
  database.exec('BEGIN IMMEDIATE')
  const done: (() => void)[] = []
  const durable: DurableJob[] = []
  let count = 0
  try {
    for (const job of batch) {
      if (count > 0 && performance.now() > end) break
      database.exec('SAVEPOINT job')
      try {
        const value = job.run()
        const tell = (): void => job.resolve(value)
        if (job.weight === 'durable') durable.push({ tell, reject: job.reject })
        else done.push(tell)
      } catch (error) {
        // A full disk may have rolled back the whole transaction already.
        if (!database.isTransaction) throw error
        database.exec('ROLLBACK TO job')
        done.push(() => job.reject(error))
      }
      database.exec('RELEASE job')
      count++
    }
    if (durable.length > 0) onStep('row-written')
    database.exec('COMMIT')
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
  for (const tell of done) tell()
  return { count, durable }
}

/** Moves all of the log into the database file and onto the disk, or throws. */
function checkpoint(database: DatabaseSync): void {
  const row = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()
  if (row?.['busy'] !== 0) throw Object.assign(new Error('The log is in use.'), { errcode: 5 })
}
