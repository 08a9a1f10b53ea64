// Which stores have the data folder open: each locks a file of its own, and the system drops the lock when the process
// ends, however it ends. So the lease of a dead process is recognized at once, on any machine, even if its process id
// was reused. The lock is SQLite's, on an empty file, since Node has no file locks.
import { randomBytes } from 'node:crypto'
import { statSync } from 'node:fs'
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { isBusy } from '../errors.ts'

export interface Instance {
  readonly id: string
  /** Whether the store with that id is alive, in this process or any other. */
  readonly isAlive: (id: string) => boolean
  /** Removes lock files that no process has locked. */
  sweepLocks(): Promise<void>
  close(): Promise<void>
}

const NAME = /^[0-9a-f]{16}$/
/** A lock file younger than this may be about to be locked. */
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
      // If the disk refuses it, other stores sweep unlocked files.
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
    // No journal file beside it.
    lock.exec('PRAGMA journal_mode = MEMORY')
    // Between its creation and its locking, a sweep may probe or remove the file: then try another.
    if (isTaken(lock, 'BEGIN EXCLUSIVE') || !statSync(path, { throwIfNoEntry: false })) lock.close()
    else return { id, lock }
  }
}

function isLocked(path: string): boolean {
  if (!statSync(path, { throwIfNoEntry: false })) return false
  const probe = new DatabaseSync(path, { timeout: 0 })
  try {
    // Takes a shared lock, which does not exclude other probes.
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
