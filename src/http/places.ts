// Sessions in use here, as many at once as the machine bears: the one that was used least recently makes room.
import type { Tombstone } from '../../sessions/store.ts'
import type { Keeper } from '../session/keeper.ts'
import type { Session } from '../session/session.ts'
import type { Channel } from './channel.ts'
import { createChannels, type Channels } from './channels.ts'
import { notFound, Problem } from './problem.ts'
import type { Run } from './run.ts'

/** A session in use here. */
export interface Place {
  readonly session: Session
  readonly channel: Channel
  /** Work under way. */
  run: Run | undefined
  /** Requests that need it right now. */
  users: number
  usedAt: number
}

export interface Places {
  readonly channels: Channels
  all(): readonly Place[]
  /** The session, if it is in use here. */
  get(id: string): Place | undefined
  /** The session, opened if need be. Throws 404, 409, 410 or 503. */
  open(id: string): Promise<Place>
  /** A place for the session that `make` makes. Throws 503. */
  take(make: () => Promise<Session>): Promise<Place>
  /** Puts the session to rest. */
  rest(id: string): Promise<void>
  /** The keeper has put the session to rest. */
  rested(id: string): void
}

const RETRY_S = 5
/** How long a session that is just being put to rest is waited for. */
const REST_MS = 10_000

/** At most `most` places; calls of `open` and `take` must not overlap. */
export function createPlaces(keeper: Keeper, most: number): Places {
  const places = new Map<string, Place>()
  const channels = createChannels((id) => places.has(id))

  const get = (id: string): Place | undefined => {
    const at = places.get(id)
    return at && keeper.living(id) === at.session ? at : undefined
  }
  const rested = (id: string): void => {
    if (keeper.living(id)) return
    places.delete(id)
    channels.detach(id)
  }
  const rest = async (id: string): Promise<void> => {
    await keeper.rest(id)
    rested(id)
  }
  const makeRoom = async (): Promise<void> => {
    while (places.size >= most) {
      const idle = [...places.values()].filter((at) => at.users === 0 && !at.run && !at.session.busy)
      const [oldest] = idle.toSorted((a, b) => a.usedAt - b.usedAt)
      if (!oldest) throw noRoom(places.size)
      await rest(oldest.session.id)
    }
  }
  const take = async (make: () => Promise<Session>): Promise<Place> => {
    await makeRoom()
    const session = await make()
    const channel = channels.of(session.id)
    const at: Place = { session, channel, run: undefined, users: 0, usedAt: performance.now() }
    places.set(session.id, at)
    channel.attach(session)
    return at
  }
  const found = async (id: string): Promise<Session> => {
    const opened = await (places.has(id) ? patiently(() => keeper.open(id)) : keeper.open(id))
    if (opened.status === 'gone') throw expired(opened.tombstone)
    if (opened.status === 'unknown') throw notFound()
    return opened.session
  }
  return {
    channels,
    all: () => [...places.values()],
    get,
    take,
    rest,
    rested,
    open: async (id) => get(id) ?? take(() => found(id)),
  }
}

/** The session has expired, and this is what went with it. */
export function expired({ expiredAt, files, variables }: Tombstone): Problem {
  const more = { expiredAt: new Date(expiredAt).toISOString(), files, variables }
  const message = 'This session has expired, and its files are gone. Start a new one.'
  return new Problem(410, 'session_expired', message, { more })
}

/** Waits while the keeper is just putting the session to rest. */
async function patiently<T>(open: () => Promise<T>): Promise<T> {
  const end = performance.now() + REST_MS
  for (;;) {
    try {
      return await open()
    } catch (error) {
      const inUse = (error as { code?: unknown }).code === 'EASEL_SESSION_IN_USE'
      if (!inUse || performance.now() > end) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

function noRoom(living: number): Problem {
  const message = `All ${living} sandboxes of this server are at work. Try again in ${RETRY_S} s.`
  return new Problem(503, 'capacity', message, { retryAfter: RETRY_S })
}
