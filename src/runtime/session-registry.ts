// The sessions that this program has in use: opened by id, put to rest when idle, opened again when they are needed.
import { watchIdle } from '../../sessions/expiry.ts'
import type { Durations, Label, OpenSession, SessionStore, Tombstone } from '../../sessions/store.ts'
import type { Spending } from '../spending/settings.ts'
import type { Fetch } from '../fetch/fetch-file.ts'
import { createPool, type PoolOptions } from './process-pool.ts'
import { openSession, type Session } from './session.ts'
import { createThumbnails, type Thumbnails } from './pictures/thumbnails.ts'

/** What became of an id that was asked for. */
type Found =
  | { readonly status: 'open'; readonly session: Session }
  | { readonly status: 'gone'; readonly tombstone: Tombstone }
  | { readonly status: 'unknown' }

export interface SessionRegistry {
  /** A new session; its sandbox is starting. */
  create(durations: Durations, label?: Label): Promise<Session>
  /** The session of this id, opened if it is not in use here. Throws EASEL_SESSION_IN_USE if another program has it. */
  open(id: string): Promise<Found>
  /** The session if it is in use here, without opening it. */
  active(id: string): Session | undefined
  /** Lets go of the session, as if it had been idle for its time. */
  rest(id: string): Promise<void>
  /** Small pictures of any session's files, in use here or not. */
  readonly thumbnails: Thumbnails
  close(): Promise<void>
}

export interface SessionRegistryOptions extends PoolOptions {
  readonly store: Promise<SessionStore>
  /** What models cost, and how much they may. */
  readonly spending?: Spending | undefined
  /** Sessions in use are never put to rest: for a program that does one thing and ends. */
  readonly awake?: boolean
  /** How files are fetched by their addresses; default: from the web; false: not at all. */
  readonly fetch?: Fetch | false | undefined
  /** A session has been idle for its time: its sandbox has ended. */
  readonly onIdle?: (id: string) => void
}

/** Keeps sessions of `store`. */
export function createSessionRegistry(options: SessionRegistryOptions): SessionRegistry {
  const { store, limits, spending, awake = false, onIdle = () => undefined } = options
  const pool = createPool(options)
  const thumbnails = createThumbnails(options)
  const active = new Map<string, { readonly session: Session; readonly unwatch: () => void }>()
  const opening = new Map<string, Promise<Found>>()

  /** Sessions that are being let go: who opens one again waits for that. */
  const resting = new Map<string, Promise<void>>()

  const letGo = async (session: Session): Promise<void> => {
    const { retentionMs } = session.info()
    await session.close()
    if (retentionMs === 0) await (await store).sweep()
  }
  const rest = async (id: string): Promise<void> => {
    const at = active.get(id)
    if (at) {
      active.delete(id)
      at.unwatch()
      const going = letGo(at.session).finally(() => resting.delete(id))
      resting.set(id, going)
    }
    await resting.get(id)
  }
  const keep = (stored: OpenSession): Session => {
    const session = openSession({ stored, limits, spending, fetch: options.fetch, startProcesses: () => pool.take() })
    const told = (): void => onIdle(stored.id)
    const watch = awake ? () => undefined : watchRest(stored, session, () => void rest(stored.id).then(told, told))
    active.set(stored.id, { session, unwatch: watch })
    return session
  }
  const open = async (id: string): Promise<Found> => {
    const at = active.get(id)
    if (at) return { status: 'open', session: at.session }
    await resting.get(id)?.catch(() => undefined)
    const opened = await (await store).open(id)
    if (opened.status !== 'open') return opened
    await opened.session.touch()
    return { status: 'open', session: keep(opened.session) }
  }

  return {
    async create(durations, label) {
      const session = keep(await (await store).create(durations, label))
      session.wake()
      return session
    },
    open(id) {
      const under = opening.get(id) ?? open(id).finally(() => opening.delete(id))
      opening.set(id, under)
      return under
    },
    active: (id) => active.get(id)?.session,
    rest,
    thumbnails,
    async close() {
      await Promise.allSettled([...active.keys(), ...resting.keys()].map((id) => rest(id)))
      await Promise.all([pool.close(), thumbnails.close()])
      // A store that did not open was told to whoever asked for it.
      await (await store.catch(() => undefined))?.close()
    },
  }
}

/** Calls `rest` when the session falls idle with nothing under way. Returns what stops the watch. */
function watchRest(stored: OpenSession, session: Session, rest: () => void): () => void {
  let unwatch = (): void => undefined
  let over = false
  const watch = (): void => {
    if (!over) unwatch = watchIdle(stored, fall)
  }
  // A long cell is no idleness; its end is an activity.
  const fall = (): void => (session.atWork ? void setTimeout(watch, BUSY_MS).unref() : rest())
  // Not before the session is in somebody's hands, however short its time is.
  setImmediate(watch)
  return () => {
    over = true
    unwatch()
  }
}

/** How often a session that is at work past its idle time is looked at. */
const BUSY_MS = 500
