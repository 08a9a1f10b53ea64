// The open sessions of this process: opened by id, closed when idle, opened again when needed.
import { watchIdle } from '../../sessions/expiry.ts'
import type { Durations, SessionLabel, StoredSession, SessionStore, Tombstone } from '../../sessions/store.ts'
import type { Spending } from '../spending/settings.ts'
import type { Fetch } from '../fetch/fetch-file.ts'
import { createLinkFolders } from './link-folder.ts'
import { createPool, type PoolOptions } from './process-pool.ts'
import { createSession, type Session } from './session.ts'
import { createThumbnails, type Thumbnails } from './pictures/thumbnails.ts'
import { createTables, type Tables } from './tables/tables.ts'

/** The result of opening an id. */
type OpenResult =
  | { readonly status: 'open'; readonly session: Session }
  | { readonly status: 'gone'; readonly tombstone: Tombstone }
  | { readonly status: 'unknown' }

export interface SessionRegistry {
  /** A new session; its sandbox is starting. */
  create(durations: Durations, label?: SessionLabel): Promise<Session>
  /** The session of this id, opened if necessary. Throws EASEL_SESSION_IN_USE if another program has it open. */
  open(id: string): Promise<OpenResult>
  /** The session if it is open here. */
  active(id: string): Session | undefined
  /** Closes the session, as if its idle time had passed. */
  deactivate(id: string): Promise<void>
  /** Thumbnails of any session's files, whether it is open here or not. */
  readonly thumbnails: Thumbnails
  /** Rows of any session's tables, likewise. */
  readonly tables: Tables
  close(): Promise<void>
}

export interface SessionRegistryOptions extends Omit<PoolOptions, 'makeLinkFolder'> {
  readonly store: Promise<SessionStore>
  /** The store's folder; without it, files on another disk than the temporary folder's are copied into sandboxes. */
  readonly dataFolder?: string | undefined
  /** Model prices and budgets. */
  readonly spending?: Spending | undefined
  /** Never closes idle sessions: for a program that does one thing and ends. */
  readonly neverIdle?: boolean
  /** How files are fetched by URL; default: from the web; false: never. */
  readonly fetch?: Fetch | false | undefined
  /** Called when a session was closed because its idle time has passed. */
  readonly onIdle?: (id: string) => void
}

/** The registry of the open sessions of `store`. */
export function createSessionRegistry(options: SessionRegistryOptions): SessionRegistry {
  const { store, dataFolder, limits, spending, fetch, neverIdle = false, onIdle = () => undefined } = options
  const given = { limits, spending, fetch }
  const makeLinkFolder = createLinkFolders(dataFolder, store)
  const pool = createPool({ ...options, makeLinkFolder })
  const thumbnails = createThumbnails(options)
  const tables = createTables({ ...options, makeLinkFolder })
  const active = new Map<string, { readonly session: Session; readonly unwatch: () => void }>()
  const opening = new Map<string, Promise<OpenResult>>()
  // Opening a session that is being closed waits for that.
  const closing = new Map<string, Promise<void>>()

  const deactivate = async (id: string): Promise<void> => {
    const at = active.get(id)
    if (at) {
      active.delete(id)
      at.unwatch()
      const going = closeSession(at.session, store).finally(() => closing.delete(id))
      closing.set(id, going)
    }
    await closing.get(id)
  }
  const register = (stored: StoredSession): Session => {
    const session = createSession({ ...given, stored, startProcesses: () => pool.take() })
    const report = (): void => onIdle(stored.id)
    const fallIdle = (): void => void deactivate(stored.id).then(report, report)
    const unwatch = neverIdle ? () => undefined : watchIdleSession(stored, session, fallIdle)
    active.set(stored.id, { session, unwatch })
    return session
  }
  const open = async (id: string): Promise<OpenResult> => {
    const at = active.get(id)
    if (at) return { status: 'open', session: at.session }
    await closing.get(id)?.catch(() => undefined)
    const opened = await (await store).open(id)
    if (opened.status !== 'open') return opened
    await opened.session.touch()
    return { status: 'open', session: register(opened.session) }
  }

  return {
    async create(durations, label) {
      const session = register(await (await store).create(durations, label))
      session.wake()
      return session
    },
    open(id) {
      const under = opening.get(id) ?? open(id).finally(() => opening.delete(id))
      opening.set(id, under)
      return under
    },
    active: (id) => active.get(id)?.session,
    deactivate,
    thumbnails,
    tables,
    async close() {
      await Promise.allSettled([...active.keys(), ...closing.keys()].map((id) => deactivate(id)))
      await Promise.all([pool.close(), thumbnails.close(), tables.close()])
      // The error of a store that did not open has reached its callers already.
      await (await store.catch(() => undefined))?.close()
    },
  }
}

/** Calls `deactivate` when the session's idle time has passed and no work is in progress. Returns the function to stop it. */
function watchIdleSession(stored: StoredSession, session: Session, deactivate: () => void): () => void {
  let unwatch = (): void => undefined
  let over = false
  const watch = (): void => {
    if (!over) unwatch = watchIdle(stored, fall)
  }
  // A long cell does not count as idle; its end counts as activity.
  const fall = (): void => (session.atWork ? void setTimeout(watch, BUSY_MS).unref() : deactivate())
  // Start after the caller has received the session, however short its idle time is.
  setImmediate(watch)
  return () => {
    over = true
    unwatch()
  }
}

/** How often a session that works past its idle time is checked. */
const BUSY_MS = 500

async function closeSession(session: Session, store: Promise<SessionStore>): Promise<void> {
  const { retentionMs } = session.info()
  await session.close()
  if (retentionMs === 0) await (await store).sweep()
}
