// The database of a data folder: refused if it is not ours, and written by short transactions, those of one moment
// together. It waits for the disk and for other processes without blocking the event loop.
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { setImmediate as breathe } from 'node:timers/promises'
import type { StoreStep } from './blobs.ts'
import { isBusy, StoreError, storeError } from './errors.ts'
import { connect, patiently } from './sqlite-connection.ts'
import { pragma } from './sqlite-schema.ts'

/** `durable`: on the disk when it resolves. `light`: survives the end of the process, not a loss of power. */
type Weight = 'durable' | 'light'

export interface Database {
  /** A prepared statement, kept. */
  statement(sql: string): StatementSync
  /** Statements that only read. */
  read<T>(job: () => T): Promise<T>
  /** Runs the job in a transaction, maybe with others; a job that throws leaves nothing behind. */
  write<T>(weight: Weight, job: () => T): Promise<T>
  /** Statements that stand outside transactions; what is busy is left undone. */
  tidy(sql: string): Promise<void>
  /** Inside a job: all that others have committed is on the disk when it returns. */
  syncNow(): void
  /** Bytes of the database file. */
  bytes(): number
  /** Waits for writes under way. */
  close(): Promise<void>
}

interface Job {
  readonly weight: Weight
  run(): unknown
  resolve(value: unknown): void
  reject(error: unknown): void
}

const MOST_JOBS = 64
/** How long one transaction may hold up the event loop, by its statements. */
const MOMENT_MS = 4

/** Opens or makes `folder/easel.db`. Throws StoreError. */
export async function openDatabase(folder: string, onStep: (step: StoreStep) => void): Promise<Database> {
  const { database, wal } = await connect(folder)
  const statements = new Map<string, StatementSync>()
  let queue: Job[] = []
  let draining: Promise<void> | undefined
  const flushes = new Set<Promise<void>>()
  let closed = false

  /** The jobs are done when their transaction is on the disk. */
  const settle = async (done: readonly Done[]): Promise<void> => {
    try {
      await wal.synced()
      onStep('committed')
      for (const { tell } of done) tell()
    } catch (error) {
      for (const { reject } of done) reject(storeError(error, folder))
    }
  }
  const transactions = (batch: readonly Job[]): Promise<Transaction> =>
    patiently(folder, () => {
      // After a flush that failed, later ones say nothing of what it was to write: only a checkpoint does.
      if (wal.failed) {
        checkpoint(database)
        wal.failed = false
      }
      return transact(database, batch, onStep)
    })
  const drain = async (): Promise<void> => {
    while (queue.length > 0) {
      // Writes of one turn of the event loop share a transaction, and the turns between belong to others.
      await breathe()
      const batch = queue.splice(0, MOST_JOBS)
      try {
        const { count, durable } = await transactions(batch)
        queue.unshift(...batch.slice(count))
        wal.committed()
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
    statement(sql) {
      const statement = statements.get(sql) ?? database.prepare(sql)
      statements.set(sql, statement)
      return statement
    },
    async read(job) {
      if (closed) throw closedError(folder)
      return patiently(folder, job).catch((error: unknown) => {
        throw storeError(error, folder)
      })
    },
    write<T>(weight: Weight, job: () => T) {
      if (closed) return Promise.reject(closedError(folder))
      return new Promise<T>((resolve, reject) => {
        queue.push({ weight, run: job, resolve: (value) => resolve(value as T), reject })
        draining ??= drain()
      })
    },
    async tidy(sql) {
      await wal.settled()
      try {
        database.exec(sql)
      } catch (error) {
        if (!isBusy(error)) throw storeError(error, folder)
      }
    },
    syncNow: () => wal.syncNow(),
    bytes: () => pragma(database, 'page_count') * pragma(database, 'page_size'),
    async close() {
      if (closed) return
      closed = true
      await draining
      await Promise.all(flushes)
      await wal.close()
      database.close()
    },
  }
}

interface Done {
  tell(): void
  reject(error: unknown): void
}

interface Transaction {
  /** Jobs that fitted into the moment. */
  readonly count: number
  /** Those that wait for the disk. */
  readonly durable: readonly Done[]
}

/** One transaction of as many jobs as fit into a moment, each in a savepoint so that it fails alone. */
function transact(database: DatabaseSync, batch: readonly Job[], onStep: (step: StoreStep) => void): Transaction {
  const end = performance.now() + MOMENT_MS
  database.exec('BEGIN IMMEDIATE')
  const done: (() => void)[] = []
  const durable: Done[] = []
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
        // A full disk may have ended the whole transaction already.
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

/** Brings all of the log into the database file and on the disk, or throws. */
function checkpoint(database: DatabaseSync): void {
  const row = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()
  if (row?.['busy'] !== 0) throw Object.assign(new Error('The log is in use.'), { errcode: 5 })
}

function closedError(folder: string): StoreError {
  return new StoreError('EASEL_STORE_CLOSED', `The data folder ${folder} is no longer open here.`)
}
