// The sessions that this program has in use: opened by id, put to rest when idle, opened again when they are needed.
import type { Limits } from '../../sandbox/limits.ts'
import { watchIdle } from '../../sessions/expiry.ts'
import type { Durations, Label, OpenSession, SessionStore, Tombstone } from '../../sessions/store.ts'
import { startRooms, type Rooms } from './rooms.ts'
import { openSession, type Session } from './session.ts'

/** What became of an id that was asked for. */
type Found =
  | { readonly status: 'open'; readonly session: Session }
  | { readonly status: 'gone'; readonly tombstone: Tombstone }
  | { readonly status: 'unknown' }

export interface Keeper {
  /** A new session; its sandbox is starting. */
  create(durations: Durations, label?: Label): Promise<Session>
  /** The session of this id, opened if it is not in use here. Throws EASEL_SESSION_IN_USE if another program has it. */
  open(id: string): Promise<Found>
  /** The session if it is in use here, without opening it. */
  living(id: string): Session | undefined
  /** Lets go of the session, as if it had been idle for its time. */
  rest(id: string): Promise<void>
  close(): Promise<void>
}

export interface KeeperOptions {
  readonly store: Promise<SessionStore>
  readonly limits: Limits
  readonly requireSandbox?: boolean
  /** Sandboxes kept warm for sessions to come, so that none waits for a process to start; default 0. */
  readonly spare?: number
  /** Starts one sandbox at once, for the first session. */
  readonly early?: boolean
  /** Sessions in use are never put to rest: for a program that does one thing and ends. */
  readonly awake?: boolean
  /** A session has been idle for its time: its sandbox has ended. */
  readonly onIdle?: (id: string) => void
}

/** Keeps sessions of `store`. */
export function createKeeper(options: KeeperOptions): Keeper {
  const { store, limits, awake = false, onIdle = () => undefined } = options
  const pool = createPool(options)
  const living = new Map<string, { readonly session: Session; readonly unwatch: () => void }>()
  const opening = new Map<string, Promise<Found>>()

  /** Sessions that are being let go: who opens one again waits for that. */
  const resting = new Map<string, Promise<void>>()

  const letGo = async (session: Session): Promise<void> => {
    const { retentionMs } = session.info()
    await session.close()
    if (retentionMs === 0) await (await store).sweep()
  }
  const rest = async (id: string): Promise<void> => {
    const at = living.get(id)
    if (at) {
      living.delete(id)
      at.unwatch()
      const going = letGo(at.session).finally(() => resting.delete(id))
      resting.set(id, going)
    }
    await resting.get(id)
  }
  const keep = (stored: OpenSession): Session => {
    const session = openSession({ stored, limits, startRooms: pool.take })
    let unwatch = (): void => undefined
    const fall = (): void => {
      // A long cell is no idleness; its end is an activity.
      if (session.atWork) return void setTimeout(watch, BUSY_MS).unref()
      void rest(stored.id).then(
        () => onIdle(stored.id),
        () => onIdle(stored.id),
      )
    }
    const watch = (): void => {
      if (!awake && living.get(stored.id)?.session === session) unwatch = watchIdle(stored, fall)
    }
    living.set(stored.id, { session, unwatch: () => unwatch() })
    watch()
    return session
  }
  const open = async (id: string): Promise<Found> => {
    const at = living.get(id)
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
    living: (id) => living.get(id)?.session,
    rest,
    async close() {
      await Promise.allSettled([...living.keys(), ...resting.keys()].map((id) => rest(id)))
      await pool.close()
      await (await store).close()
    },
  }
}

/** How often a session that is at work past its idle time is looked at. */
const BUSY_MS = 500

/** Rooms that are started before they are asked for. */
function createPool({ limits, requireSandbox = false, spare = 0, early = false }: KeeperOptions) {
  const start = (): Promise<Rooms> => startRooms({ limits, requireSandbox })
  const waiting: Promise<Rooms>[] = []
  let closed = false
  const fill = (most: number): void => {
    while (!closed && waiting.length < most) {
      const rooms = start()
      rooms.catch(() => undefined)
      waiting.push(rooms)
    }
  }
  fill(Math.max(spare, early ? 1 : 0))
  return {
    take(): Promise<Rooms> {
      const rooms = waiting.shift() ?? start()
      // The next one starts when this one is busy with something else than starting.
      setTimeout(fill, REFILL_MS, spare).unref()
      return rooms
    },
    async close() {
      closed = true
      for (const rooms of waiting.splice(0)) await (await rooms.catch(() => undefined))?.close()
    },
  }
}

const REFILL_MS = 500
