// The database of a data folder: opened so that what it commits is on the disk, refused if it is not ours, and written by
// short transactions, those of one moment together. It waits for other processes without blocking the event loop.
import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { setImmediate as breathe, setTimeout as sleep } from 'node:timers/promises'
import type { StoreStep } from './blobs.ts'
import { busy, isBusy, notADatabase, StoreError, storeError } from './errors.ts'
import { APPLICATION_ID, migrate, pragma, SCHEMA_VERSION } from './sqlite-schema.ts'

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
  tidy(sql: string): void
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
const PATIENCE_MS = 10_000
const FILE = 'easel.db'

/** Opens or makes `folder/easel.db`. Throws StoreError. */
export async function openDatabase(folder: string, onStep: (step: StoreStep) => void): Promise<Database> {
  const database = await connect(folder)
  const statements = new Map<string, StatementSync>()
  let queue: Job[] = []
  let draining: Promise<void> | undefined
  let closed = false

  const drain = async (): Promise<void> => {
    while (queue.length > 0) {
      // Writes of one turn of the event loop share a transaction, and the turns between belong to others.
      await breathe()
      const batch = queue.splice(0, MOST_JOBS)
      try {
        const done = await patiently(folder, () => transact(database, batch, onStep))
        queue.unshift(...batch.slice(done))
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
    tidy(sql) {
      try {
        database.exec(sql)
      } catch (error) {
        if (!isBusy(error)) throw storeError(error, folder)
      }
    },
    bytes: () => pragma(database, 'page_count') * pragma(database, 'page_size'),
    async close() {
      if (closed) return
      closed = true
      await draining
      database.close()
    },
  }
}

/** One transaction of as many jobs as fit into a moment, each in a savepoint so that it fails alone. Returns how many. */
function transact(database: DatabaseSync, batch: readonly Job[], onStep: (step: StoreStep) => void): number {
  const end = performance.now() + MOMENT_MS
  const durable = batch.some((job) => job.weight === 'durable')
  database.exec(durable ? 'PRAGMA synchronous = FULL' : 'PRAGMA synchronous = NORMAL')
  database.exec('BEGIN IMMEDIATE')
  const done: (() => void)[] = []
  try {
    for (const job of batch) {
      if (done.length > 0 && performance.now() > end) break
      database.exec('SAVEPOINT job')
      try {
        const value = job.run()
        done.push(() => job.resolve(value))
      } catch (error) {
        // A full disk may have ended the whole transaction already.
        if (!database.isTransaction) throw error
        database.exec('ROLLBACK TO job')
        done.push(() => job.reject(error))
      }
      database.exec('RELEASE job')
    }
    if (durable) onStep('row-written')
    database.exec('COMMIT')
    if (durable) onStep('committed')
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
  for (const tell of done) tell()
  return done.length
}

/** Tries again while another process has the lock, without blocking the event loop. */
async function patiently<T>(folder: string, work: () => T): Promise<T> {
  const end = performance.now() + PATIENCE_MS
  for (let wait = 1; ; wait = Math.min(wait * 2, 20)) {
    try {
      return work()
    } catch (error) {
      if (!isBusy(error)) throw error
      if (performance.now() > end) throw busy(folder, error)
      await sleep(wait * (0.5 + Math.random()))
    }
  }
}

async function connect(folder: string): Promise<DatabaseSync> {
  const path = join(folder, FILE)
  try {
    // Made by us, so that only the owner can read it; SQLite gives its own files the same mode.
    const handle = await open(path, constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW, 0o600)
    await handle.close()
    const database = new DatabaseSync(path, { timeout: 0, enableForeignKeyConstraints: false })
    try {
      await patiently(folder, () => checkOwner(database, folder))
      await patiently(folder, () => prepare(database))
      return database
    } catch (error) {
      database.close()
      throw error
    }
  } catch (error) {
    throw storeError(error, folder)
  }
}

function checkOwner(database: DatabaseSync, folder: string): void {
  const { owner, tables, version } = readOwner(database)
  if (owner !== APPLICATION_ID && (owner !== 0 || tables > 0)) throw notADatabase(folder)
  if (version <= SCHEMA_VERSION) return
  const message = `The data folder ${folder} was written by a newer Easel (version ${version} of its tables; this one knows ${SCHEMA_VERSION}). Update Easel, or choose another folder with --data.`
  throw new StoreError('EASEL_STORE_NEWER', message)
}

/** Of one moment: another process may be making the tables. */
function readOwner(database: DatabaseSync): { owner: number; tables: number; version: number } {
  database.exec('BEGIN')
  try {
    return {
      tables: Number(database.prepare('SELECT count(*) AS n FROM sqlite_schema').get()?.['n'] ?? 0),
      owner: pragma(database, 'application_id'),
      version: pragma(database, 'user_version'),
    }
  } finally {
    if (database.isTransaction) database.exec('ROLLBACK')
  }
}

/** Small checkpoints keep each commit short; freed pages are zeroed and handed back by the sweep. */
function prepare(database: DatabaseSync): void {
  database.exec(
    'PRAGMA auto_vacuum = INCREMENTAL; PRAGMA secure_delete = ON; PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON',
  )
  database.exec(
    'PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 256; PRAGMA journal_size_limit = 4194304; PRAGMA synchronous = FULL',
  )
  if (pragma(database, 'user_version') === SCHEMA_VERSION) return
  database.exec('BEGIN IMMEDIATE')
  try {
    migrate(database)
    database.exec('COMMIT')
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}

function closedError(folder: string): StoreError {
  return new StoreError('EASEL_STORE_CLOSED', `The data folder ${folder} is no longer open here.`)
}
