// The database of a data folder: a foreign one is refused; writes are short transactions, concurrent ones together.
// Waits for the disk and for other processes without blocking the event loop.
import type { StatementSync } from 'node:sqlite'
import type { StoreStep } from '../blobs/blobs.ts'
import { isBusy, StoreError, storeError } from '../errors.ts'
import { connect, retryWhileBusy } from './connection.ts'
import { pragma } from './schema.ts'
import { createWriter, type Durability } from './writer.ts'

export interface Database {
  /** A prepared statement, cached. */
  statement(sql: string): StatementSync
  /** Runs a job that only reads. */
  read<T>(job: () => T): Promise<T>
  /** Runs the job in a transaction, perhaps with others; a job that throws changes nothing. */
  write<T>(weight: Durability, job: () => T): Promise<T>
  /** Runs statements outside of a transaction; does nothing if the database is busy. */
  tidy(sql: string): Promise<void>
  /** Inside a job: makes all that others have committed durable before it returns. */
  syncNow(): void
  /** Bytes of the database file. */
  bytes(): number
  /** Waits for writes under way. */
  close(): Promise<void>
}

/** Opens or creates `folder/easel.db`. Throws StoreError. */
export async function openDatabase(folder: string, onStep: (step: StoreStep) => void): Promise<Database> {
  const { database, wal } = await connect(folder)
  const statements = new Map<string, StatementSync>()
  const writer = createWriter({ database, wal, folder, onStep })
  let closed = false

  return {
    statement(sql) {
      const statement = statements.get(sql) ?? database.prepare(sql)
      statements.set(sql, statement)
      return statement
    },
    async read(job) {
      if (closed) throw closedError(folder)
      return retryWhileBusy(folder, job).catch((error: unknown) => {
        throw storeError(error, folder)
      })
    },
    write: (weight, job) => (closed ? Promise.reject(closedError(folder)) : writer.write(weight, job)),
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
      await writer.idle()
      await wal.close()
      database.close()
    },
  }
}

function closedError(folder: string): StoreError {
  return new StoreError('EASEL_STORE_CLOSED', `The data folder ${folder} is no longer open here.`)
}
