// Creates, leases and removes sessions of the embedded store.
import { randomBytes } from 'node:crypto'
import { StoreError } from '../errors.ts'
import { checkDurations } from '../expiry.ts'
import { checkFolderBytes } from '../quota.ts'
import { totalBytesWith, type BackendDeps } from './session-backend.ts'
import { findSession, findTombstone, type SessionRow } from './rows.ts'
import { deleteSession, tidy, type SweepDeps } from './sweep.ts'
import type { DiskReserve } from '../blobs/disk-reserve.ts'
import type { Durations, SessionLabel, StoredSession, Tombstone } from '../store.ts'

export interface LeaseDeps extends BackendDeps, SweepDeps {
  readonly spare: DiskReserve
  /** Keys of the sessions open here: a lease of ours without one remains from a release that could not be written. */
  readonly open: Map<number, StoredSession | 'opening'>
}

/** A new session's row, leased to this instance. */
export async function createRow(deps: LeaseDeps, durations: Durations, label: SessionLabel = {}): Promise<SessionRow> {
  const { database, limits, instance, now } = deps
  checkDurations(durations)
  const id = newId()
  return withOpeningMark(deps, (mark) =>
    database.write('durable', () => {
      checkFolderBytes(limits, 'With a new session', totalBytesWith(database))
      const insert = database.statement(
        'INSERT INTO session (id, created, active, idle, retention, lease, owner, title) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      )
      const at = now()
      const { owner = null, title = null } = label
      insert.run(id, at, at, durations.idleMs, durations.retentionMs, instance, owner, title)
      const row = findSession(database, id)!
      mark(row.key)
      return row
    }),
  )
}

/** Leases the row to this instance; the tombstone if the session has expired. Throws EASEL_SESSION_IN_USE. */
export async function leaseRow(deps: LeaseDeps, id: string): Promise<SessionRow | Tombstone | undefined> {
  const { database, instance, now } = deps
  const lease = (): Promise<SessionRow | undefined> =>
    withOpeningMark(deps, (mark) =>
      database.write('light', () => {
        const found = findSession(database, id)
        if (!found || isGone(deps, found)) return found
        if (isUsed(deps, found)) throw inUse(deps, found)
        database.statement('UPDATE session SET lease = ? WHERE key = ?').run(instance, found.key)
        mark(found.key)
        return { ...found, lease: instance }
      }),
    )
  // On a full disk, sessions must still open, so that users can see what to delete.
  const row = await deps.spare.withReserve(lease)
  if (row && deps.open.get(row.key) === 'opening') return row
  if (row) await deps.spare.withReserve(() => deleteSession(deps, row, true))
  return database.read(() => findTombstone(database, id, now()))
}

/** Runs work that marks a session, inside its transaction, as being opened here; unmarked if it fails. */
async function withOpeningMark<T>({ open }: LeaseDeps, work: (mark: (key: number) => void) => Promise<T>): Promise<T> {
  const marked: number[] = []
  const mark = (key: number): void => {
    marked.push(key)
    open.set(key, 'opening')
  }
  try {
    return await work(mark)
  } catch (error) {
    for (const key of marked) open.delete(key)
    throw error
  }
}

/** Deletes a session or a tombstone; false if there is neither. Throws EASEL_SESSION_IN_USE. */
export async function removeRow(deps: LeaseDeps, id: string): Promise<boolean> {
  const { database } = deps
  const row = await database.read(() => findSession(database, id))
  if (row && (await deps.spare.withReserve(() => deleteSession(deps, row, false))) === false) {
    const current = await database.read(() => findSession(database, id))
    if (current) throw inUse(deps, current)
  }
  const stones = await database.write(
    'light',
    () => database.statement('DELETE FROM tombstone WHERE id = ?').run(id).changes,
  )
  if (row) await tidy(deps)
  return row !== undefined || Number(stones) > 0
}

/** Whether a living instance has it open. */
export function isUsed({ isHeld }: LeaseDeps, { key, lease }: SessionRow): boolean {
  return isHeld(key, lease)
}

/** Whether it has expired, or its deletion has begun. */
export function isGone(deps: LeaseDeps, row: SessionRow): boolean {
  return row.dying !== 0 || (row.expires <= deps.now() && !isUsed(deps, row))
}

/** 144 random bits; begins with a letter or digit, so that it is never parsed as a flag. */
function newId(): string {
  for (;;) {
    const id = randomBytes(18).toString('base64url')
    if (/^[0-9A-Za-z]/.test(id)) return id
  }
}

function inUse({ database, instance }: LeaseDeps, { id, lease }: SessionRow): StoreError {
  const holder = database.statement('SELECT pid FROM instance WHERE id = ?').get(lease)
  const where =
    lease === instance ? 'in this program' : `by another Easel (process ${String(holder?.['pid'] ?? 'unknown')})`
  return new StoreError(
    'EASEL_SESSION_IN_USE',
    `The session ${id} is in use ${where}. End it there first, or start a new session.`,
  )
}
