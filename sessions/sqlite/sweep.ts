// Deletes expired sessions and remains of dead writers from the embedded store, in steps too small to hold up other
// processes or the event loop; a kill between any two of them only delays it.
import { setImmediate as breathe } from 'node:timers/promises'
import type { StoreStep } from '../blobs/blobs.ts'
import { joinSlices } from '../session-state.ts'
import { NAMING_EVENTS, TOMBSTONE_MS, tombstoneOf } from '../expiry.ts'
import type { BackendDeps } from './session-backend.ts'
import type { Instance } from './instance-lock.ts'
import { findSession, slicesOf, type SessionRow } from './rows.ts'
import type { SweepResult } from '../store.ts'

export interface SweepDeps extends Pick<BackendDeps, 'database' | 'blobs' | 'collector' | 'now'> {
  readonly owner: Instance
  /** Whether a session with this lease is in use by a living holder. */
  readonly isHeld: (key: number, lease: string | null) => boolean
  readonly onStep: (step: StoreStep) => void
  /** The store is closing and cannot wait any longer. */
  readonly mustStop: () => boolean
}

const DAY_MS = 24 * 3_600_000
/** Sessions deleted concurrently share transactions. */
const BATCH_SIZE = 32
const PAGE = 500

/** One sweep over the whole store. */
export async function sweep(deps: SweepDeps): Promise<SweepResult> {
  const { database, collector, owner, now } = deps
  const sessions = await sweepSessions(deps)
  const tombstones = await database.write('light', () => {
    return Number(database.statement('DELETE FROM tombstone WHERE until <= ?').run(now()).changes)
  })
  const leftHolds = await dropDeadHolds(deps)
  const unused = await database.read(() => database.statement('SELECT hash FROM blob WHERE uses = 0').all())
  let blobs = sessions.blobs
  blobs += await collector.collect([...leftHolds, ...unused.map((row) => String(row['hash']))])
  blobs += await deps.blobs.sweepTemps(owner.isAlive)
  blobs += await sweepOrphans(deps)
  await owner.sweepLocks()
  if (sessions.count + tombstones + blobs > 0) await tidy(deps)
  return { sessions: sessions.count, tombstones, blobs }
}

/**
 * Deletes one session and all that only it uses; leaves a tombstone if it has `expired`. Returns the number of blobs
 * deleted, or false if the session is in use.
 */
export async function deleteSession(deps: SweepDeps, row: SessionRow, expired: boolean): Promise<number | false> {
  const { database, collector, isHeld, now, onStep } = deps
  const { key, id } = row
  const life = { activeAt: row.active, idleMs: row.idle, retentionMs: row.retention }
  // An unreadable journal must not keep its session from being deleted.
  const events =
    expired && !row.dying ? await joinSlices(slicesOf(database, key, { only: NAMING_EVENTS })).catch(() => []) : []
  const stone = expired ? tombstoneOf(id, life, events, now()) : undefined
  const marked = await database.write('light', () => {
    const current = findSession(database, id)
    if (!current || current.key !== key) return false
    if (isHeld(key, current.lease)) return false
    if (current.dying) return true
    if (expired && current.expires > now()) return false
    database.statement('UPDATE session SET dying = 1, lease = NULL WHERE key = ?').run(key)
    if (!stone) return true
    const { expiredAt, files, variables } = stone
    const insert = database.statement('INSERT OR REPLACE INTO tombstone VALUES (?, ?, ?, ?, ?, ?)')
    const names = [JSON.stringify(files), JSON.stringify(variables)] as const
    insert.run(id, expiredAt, expiredAt + TOMBSTONE_MS, ...names, row.owner)
    return true
  })
  if (!marked) return false
  onStep('session-marked')
  const some = database.statement(
    `DELETE FROM event WHERE session = ? AND seq IN (SELECT seq FROM event WHERE session = ? LIMIT ${PAGE})`,
  )
  while (Number((await database.write('light', () => some.run(key, key))).changes) === PAGE) await breathe()
  const hashes = await database.write('durable', () => {
    const named = database
      .statement('SELECT hash FROM file WHERE session = ? UNION SELECT hash FROM hold WHERE session = ?')
      .all(key, key)
    for (const table of ['file', 'hold']) database.statement(`DELETE FROM ${table} WHERE session = ?`).run(key)
    database.statement('DELETE FROM session WHERE key = ?').run(key)
    return named.map((each) => String(each['hash']))
  })
  return collector.collect(hashes)
}

/** Returns freed pages to the disk and empties the write-ahead log, which would still contain deleted text. */
export async function tidy({ database, mustStop }: Pick<SweepDeps, 'database' | 'mustStop'>): Promise<void> {
  for (let before = database.bytes(); !mustStop();) {
    await database.tidy('PRAGMA incremental_vacuum(200)')
    await breathe()
    const after = database.bytes()
    if (after === before) break
    before = after
  }
  await database.tidy('PRAGMA wal_checkpoint(TRUNCATE)')
}

async function sweepSessions(deps: SweepDeps): Promise<{ readonly count: number; readonly blobs: number }> {
  const { database, now, mustStop } = deps
  let count = 0
  let blobs = 0
  for (let after = 0; !mustStop();) {
    const sql = `SELECT * FROM session WHERE (expires <= ? OR dying = 1) AND key > ? ORDER BY key LIMIT ${BATCH_SIZE}`
    const rows = (await database.read(() => database.statement(sql).all(now(), after))) as unknown as SessionRow[]
    const gone = await Promise.all(rows.map((row) => deleteSession(deps, row, true)))
    for (const each of gone) {
      if (each === false) continue
      count++
      blobs += each
    }
    if (rows.length < BATCH_SIZE) break
    after = rows.at(-1)?.key ?? after
  }
  return { count, blobs }
}

/** Deletes dead instances and their holds; returns the hashes. */
async function dropDeadHolds({ database, owner }: SweepDeps): Promise<string[]> {
  const ids = await database.read(() =>
    database.statement('SELECT id FROM instance UNION SELECT instance FROM hold').all(),
  )
  const dead = ids.map((row) => String(row['id'])).filter((id) => !owner.isAlive(id))
  if (dead.length === 0) return []
  return database.write('light', () =>
    dead.flatMap((id) => {
      const rows = database.statement('SELECT hash FROM hold WHERE instance = ?').all(id)
      database.statement('DELETE FROM hold WHERE instance = ?').run(id)
      database.statement('UPDATE session SET lease = NULL WHERE lease = ?').run(id)
      database.statement('DELETE FROM instance WHERE id = ?').run(id)
      return rows.map((row) => String(row['hash']))
    }),
  )
}

/** Once a day deletes blobs without a row, which only a loss of power leaves. */
async function sweepOrphans({ database, blobs, collector, now }: SweepDeps): Promise<number> {
  const scanned = await database.read(() =>
    Number(database.statement(`SELECT value FROM fact WHERE name = 'scanned'`).get()?.['value']),
  )
  if (now() - scanned < DAY_MS) return 0
  const orphans: string[] = []
  const hashes = await blobs.hashes()
  for (let at = 0; at < hashes.length; at += PAGE) {
    const known = database.statement('SELECT 1 FROM blob WHERE hash = ?')
    const page = hashes.slice(at, at + PAGE)
    orphans.push(...(await database.read(() => page.filter((hash) => !known.get(hash)))))
    await breathe()
  }
  const gone = await collector.collect(orphans)
  await database.write('light', () => database.statement(`UPDATE fact SET value = ? WHERE name = 'scanned'`).run(now()))
  return gone
}
