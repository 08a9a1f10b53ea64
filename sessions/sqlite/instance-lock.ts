// Who has the data folder open: each store holds a lock on a file of its own, which the system drops when the process
// ends, however it ends. So a lease of a dead process is known at once, on any machine, whatever its process id is used for
// by now. The lock is SQLite's, on an empty file, since Node has none itself.
import { randomBytes } from 'node:crypto'
import { statSync } from 'node:fs'
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { isBusy } from '../errors.ts'

export interface Instance {
  readonly id: string
  /** Whether the store of that id still lives, in this process or any other. */
  readonly isAlive: (id: string) => boolean
  /** Removes lock files that nobody holds. */
  sweepLocks(): Promise<void>
  close(): Promise<void>
}

const NAME = /^[0-9a-f]{16}$/
/** A lock file younger than that may be about to be locked. */
const YOUNG_MS = 60_000

/** Takes a lock in `folder`. */
export function openInstance(folder: string): Instance {
  const { id, lock } = lockNew(folder)

  const isAlive = (other: string): boolean => {
    if (other === id) return true
    return NAME.test(other) && isLocked(join(folder, other))
  }

  return {
    id,
    isAlive,
    async sweepLocks() {
      for (const name of await readdir(folder)) {
        const path = join(folder, name)
        const age = await stat(path).then(
          ({ mtimeMs }) => Date.now() - mtimeMs,
          () => 0,
        )
        if (age > YOUNG_MS && !isAlive(name)) await rm(path, { force: true })
      }
    },
    async close() {
      // Where the disk takes nothing any more, others sweep what nobody locks.
      await rm(join(folder, id), { force: true }).catch(() => undefined)
      lock.close()
    },
  }
}

function lockNew(folder: string): { readonly id: string; readonly lock: DatabaseSync } {
  for (;;) {
    const id = randomBytes(8).toString('hex')
    const path = join(folder, id)
    const lock = new DatabaseSync(path, { timeout: 0 })
    // Without a journal beside it.
    lock.exec('PRAGMA journal_mode = MEMORY')
    // A sweep may look at the file, or have removed it, between its making and its locking: then another one.
    if (isTaken(lock, 'BEGIN EXCLUSIVE') || !statSync(path, { throwIfNoEntry: false })) lock.close()
    else return { id, lock }
  }
}

function isLocked(path: string): boolean {
  if (!statSync(path, { throwIfNoEntry: false })) return false
  const probe = new DatabaseSync(path, { timeout: 0 })
  try {
    // A shared lock, which probes of others do not exclude.
    return isTaken(probe, 'SELECT count(*) FROM sqlite_schema')
  } finally {
    probe.close()
  }
}

function isTaken(database: DatabaseSync, sql: string): boolean {
  try {
    database.exec(sql)
    return false
  } catch (error) {
    if (isBusy(error)) return true
    throw error
  }
}
