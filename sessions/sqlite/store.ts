// The embedded store: SQLite for sessions and events, content-addressed files beside it, in one data folder that
// several processes may have open. See `../store.ts` for its guarantees.
import { join } from 'node:path'
import { createBlobs, type StoreStep } from '../blobs/blobs.ts'
import { prepareDataFolder } from '../blobs/data-folder.ts'
import { storeError } from '../errors.ts'
import { noFileError, joinSlices } from '../session-state.ts'
import { createStoredSession } from '../stored-session.ts'
import { storeLimits, type StoreLimits } from '../quota.ts'
import { keepDiskReserve } from '../blobs/disk-reserve.ts'
import { createCollector } from './garbage-collector.ts'
import { openDatabase } from './database.ts'
import { totalBytesWith, createSessionBackend } from './session-backend.ts'
import { openInstance } from './instance-lock.ts'
import { createRow, isGone, isUsed, leaseRow, removeRow, type LeaseDeps } from './lease.ts'
import { allSessions, findSession, loadSession, infoOf, slicesOf, type SessionRow } from './rows.ts'
import { sweep } from './sweep.ts'
import type { StoredSession, SessionStore, SessionView, SweepResult } from '../store.ts'

export interface StoreOptions {
  readonly folder: string
  readonly limits?: Partial<StoreLimits>
  /** Milliseconds since 1970. */
  readonly now?: () => number
  /** Called at each named step; an error that it throws fails the step. */
  readonly onStep?: (step: StoreStep) => void
}

/** How long `close` waits for a sweep. */
const PATIENCE_MS = 2000

/** Opens the store in a folder, which is created if missing, and starts a sweep. Throws StoreError. */
export async function openStore(options: StoreOptions): Promise<SessionStore> {
  let end = Number.POSITIVE_INFINITY
  const deps = await openDeps(options, () => performance.now() > end)
  const { database, owner, limits, now, open, spare } = deps
  let closing: Promise<void> | undefined
  let sweeping: Promise<SweepResult> | undefined

  const sweepOnce = (): Promise<SweepResult> => {
    sweeping ??= spare.withReserve(() => sweep(deps)).finally(() => (sweeping = undefined))
    return sweeping
  }
  const openRow = async (row: SessionRow): Promise<StoredSession> => {
    const backend = createSessionBackend(deps, row.key, row.id, () => open.delete(row.key))
    try {
      const session = createStoredSession(backend, await loadSession(database, row), limits, now)
      open.set(row.key, session)
      return session
    } catch (error) {
      await backend.leave()
      throw error
    }
  }
  const close = async (): Promise<void> => {
    end = performance.now() + PATIENCE_MS
    await Promise.allSettled([
      ...[...open.values()].map((session) => session === 'opening' || session.release()),
      sweeping,
    ])
    const leave = database.write('light', () => database.statement('DELETE FROM instance WHERE id = ?').run(owner.id))
    await leave.catch(() => undefined)
    await database.close()
    await owner.close()
  }
  sweepOnce().catch(() => undefined)

  return {
    create: async (durations, label) => openRow(await createRow(deps, durations, label)),
    async open(id) {
      const found = await leaseRow(deps, id)
      if (!found) return { status: 'unknown' }
      return 'key' in found ? { status: 'open', session: await openRow(found) } : { status: 'gone', tombstone: found }
    },
    ...createReaders(deps),
    remove: (id) => removeRow(deps, id),
    sweep: sweepOnce,
    temporaryFolder: () =>
      deps.blobs.temporaryFolder().catch((error: unknown) => {
        throw deps.explain(error)
      }),
    size: () => database.read(() => ({ bytes: totalBytesWith(database), limit: limits.folderBytes })),
    close: () => (closing ??= close()),
  }
}

/** The methods that read or rename sessions without opening them. */
function createReaders(deps: LeaseDeps): Pick<SessionStore, 'read' | 'list' | 'find' | 'rename'> {
  const { database, blobs, now } = deps
  return {
    async read(id) {
      const row = await database.read(() => findSession(database, id))
      if (!row || isGone(deps, row)) return undefined
      const slices: SessionView['slices'] = (options) => slicesOf(database, row.key, options)
      const isHeld = (hash: string) =>
        database.statement('SELECT 1 FROM file WHERE session = ? AND hash = ?').get(row.key, hash) !== undefined
      const pathOf = async (hash: string): Promise<string> =>
        (await database.read(() => isHeld(hash))) ? blobs.pathOf(hash) : Promise.reject(noFileError(hash))
      const info = infoOf(row, now(), isUsed(deps, row))
      return { info, slices, whole: async () => ({ events: await joinSlices(slices()), pathOf }), pathOf }
    },
    async list(of) {
      const rows = await database.read(() => allSessions(database, of))
      return rows.filter((row) => !isGone(deps, row)).map((row) => infoOf(row, now(), isUsed(deps, row)))
    },
    async find(id) {
      const row = await database.read(() => findSession(database, id))
      return row && !isGone(deps, row) ? infoOf(row, now(), isUsed(deps, row)) : undefined
    },
    async rename(id, title) {
      const sql = 'UPDATE session SET title = ? WHERE id = ? AND dying = 0'
      const { changes } = await database.write('durable', () => database.statement(sql).run(title, id))
      return Number(changes) > 0
    },
  }
}

async function openDeps(
  { folder, now = Date.now, ...options }: StoreOptions,
  mustStop: () => boolean,
): Promise<LeaseDeps> {
  const { onStep = () => undefined } = options
  const limits = storeLimits(options.limits)
  const root = await prepareDataFolder(folder)
  const explain = (error: unknown): unknown => storeError(error, root)
  const spare = keepDiskReserve(root)
  const database = await spare.withReserve(() => openDatabase(root, onStep))
  try {
    const owner = openInstance(join(root, 'locks'))
    const insert = database.statement('INSERT INTO instance VALUES (?, ?, ?)')
    await spare.withReserve(() => database.write('light', () => insert.run(owner.id, process.pid, now())))
    await spare.fill()
    const blobs = createBlobs(root, owner.id, onStep)
    const collector = createCollector(database, blobs, owner.isAlive, () => onStep('blob-unlinked'))
    const open: LeaseDeps['open'] = new Map()
    const isHeld: LeaseDeps['isHeld'] = (key, lease) =>
      lease === owner.id ? open.has(key) : lease !== null && owner.isAlive(lease)
    const shared = { database, blobs, collector, limits, now, owner, onStep, mustStop, explain, open, isHeld }
    return { ...shared, instance: owner.id, spare }
  } catch (error) {
    await database.close()
    throw explain(error)
  }
}
