// Connects to the database of a data folder: creates it if needed, refuses a foreign one, migrates its tables.
import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { busyError, isBusy, foreignDatabaseError, StoreError, storeError } from '../errors.ts'
import { APPLICATION_ID, migrate, pragma, SCHEMA_VERSION } from './schema.ts'
import { openWal, type Wal } from './wal.ts'

const PATIENCE_MS = 10_000
const FILE = 'easel.db'

/** Opens or creates `folder/easel.db`. Throws StoreError. */
export async function connect(folder: string): Promise<{ database: DatabaseSync; wal: Wal }> {
  const path = join(folder, FILE)
  try {
    // Created here, so that only the owner can read it; SQLite gives its own files the same mode.
    const handle = await open(path, constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW, 0o600)
    await handle.close()
    const database = new DatabaseSync(path, { timeout: 0, enableForeignKeyConstraints: false })
    try {
      await retryWhileBusy(folder, () => checkOwner(database, folder))
      await retryWhileBusy(folder, () => prepare(database))
      return { database, wal: await openWal(path) }
    } catch (error) {
      database.close()
      throw error
    }
  } catch (error) {
    throw storeError(error, folder)
  }
}

/** Retries while another process has the lock, without blocking the event loop. */
export async function retryWhileBusy<T>(folder: string, work: () => T): Promise<T> {
  const end = performance.now() + PATIENCE_MS
  for (let wait = 1; ; wait = Math.min(wait * 2, 20)) {
    try {
      return work()
    } catch (error) {
      if (!isBusy(error)) throw error
      if (performance.now() > end) throw busyError(folder, error)
      await sleep(wait * (0.5 + Math.random()))
    }
  }
}

function checkOwner(database: DatabaseSync, folder: string): void {
  const { owner, tables, version } = readOwner(database)
  if (owner !== APPLICATION_ID && (owner !== 0 || tables > 0)) throw foreignDatabaseError(folder)
  if (version <= SCHEMA_VERSION) return
  const message = `The data folder ${folder} was written by a newer Easel (version ${version} of its tables; this one knows ${SCHEMA_VERSION}). Update Easel, or choose another folder with --data.`
  throw new StoreError('EASEL_STORE_NEWER', message)
}

/** Read in one transaction: another process may be creating the tables. */
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

/**
 * Commits go into the log without waiting for the disk: `wal.ts` flushes it before they are acknowledged, and
 * checkpoints it long before SQLite would. Freed pages are zeroed, and returned to the disk by the sweep.
 */
function prepare(database: DatabaseSync): void {
  database.exec(
    'PRAGMA auto_vacuum = INCREMENTAL; PRAGMA secure_delete = ON; PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON',
  )
  database.exec(
    'PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 4096; PRAGMA journal_size_limit = 4194304; PRAGMA synchronous = NORMAL',
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
