// The sessions that people work in through this server: opened when they are needed, as many at once as the machine bears,
// each with its channel and the work that is under way in it.
import type { Durations, Label, SessionStore, Tombstone } from '../../sessions/store.ts'
import { createQueue } from '../session/queue.ts'
import type { Keeper } from '../session/keeper.ts'
import type { Session } from '../session/session.ts'
import { createChannel, type Channel } from './channel.ts'
import { busy, notFound, Problem } from './problem.ts'
import type { Run } from './run.ts'

/** A session in use here. */
export interface Place {
  session: Session
  readonly channel: Channel
  /** Work under way. */
  run: Run | undefined
  /** Requests that need it right now. */
  users: number
  usedAt: number
}

export interface Desk {
  create(label: Label): Promise<Place>
  /** Works with the session, opened if need be; it stays open meanwhile. Throws 404, 409, 410 or 503. */
  use<T>(id: string, work: (place: Place) => Promise<T>): Promise<T>
  /** Starts work that goes on without the request; throws 409 where other work is under way. */
  occupy(place: Place, start: () => Run): Run
  /** Opens the session anew, so that nothing of its sandbox is left. */
  renew(place: Place): Promise<void>
  /** The session, if it is in use here. */
  place(id: string): Place | undefined
  /** The channel of a session, also of one that nobody uses here, until `leave` is called. */
  watch(id: string): { readonly channel: Channel; readonly leave: () => void }
  /** Something that is said of the session has changed. */
  tell(id: string): void
  remove(id: string): Promise<void>
  /** The keeper has put the session to rest. */
  rested(id: string): void
  /** How many sessions have a sandbox, and how many are at work. */
  readonly figures: { readonly living: number; readonly busy: number }
  places(): readonly Place[]
}

export interface DeskOptions {
  readonly store: SessionStore
  readonly keeper: Keeper
  readonly durations: Durations
  readonly sandboxes: number
}

const RETRY_S = 5
/** How long a session that is just being put to rest is waited for. */
const REST_MS = 10_000

export function createDesk({ store, keeper, durations, sandboxes }: DeskOptions): Desk {
  const places = new Map<string, Place>()
  const channels = new Map<string, { readonly channel: Channel; viewers: number }>()
  const entry = createQueue()

  const channelOf = (id: string) => {
    const known = channels.get(id) ?? { channel: createChannel(), viewers: 0 }
    channels.set(id, known)
    return known
  }
  const clear = (id: string): void => {
    if (!places.has(id) && channels.get(id)?.viewers === 0) channels.delete(id)
  }
  const seat = (session: Session): Place => {
    const at: Place = { session, channel: channelOf(session.id).channel, run: undefined, users: 0, usedAt: performance.now() }
    places.set(session.id, at)
    at.channel.attach(session)
    return at
  }
  const rested = (id: string): void => {
    if (keeper.living(id)) return
    places.delete(id)
    channels.get(id)?.channel.detach()
    clear(id)
  }
  const place = (id: string): Place | undefined => {
    const at = places.get(id)
    return at && keeper.living(id) === at.session ? at : undefined
  }
  /** Puts the session to rest that was used least recently, if there is no room for one more. */
  const makeRoom = async (): Promise<void> => {
    while (places.size >= sandboxes) {
      const idle = [...places.values()].filter((at) => at.users === 0 && !at.run && !at.session.busy)
      const [oldest] = idle.sort((a, b) => a.usedAt - b.usedAt)
      if (!oldest) throw noRoom(places.size)
      const { id } = oldest.session
      await keeper.rest(id)
      rested(id)
    }
  }
  const open = async (id: string): Promise<Place> => {
    const at = place(id)
    if (at) return at
    await makeRoom()
    const found = await (places.has(id) ? patiently(() => keeper.open(id)) : keeper.open(id))
    if (found.status === 'gone') throw expired(found.tombstone)
    if (found.status === 'unknown') throw notFound()
    return seat(found.session)
  }
  const held = async <T>(at: Place, work: (place: Place) => Promise<T>): Promise<T> => {
    at.users++
    try {
      return await work(at)
    } finally {
      at.users--
      at.usedAt = performance.now()
    }
  }

  return {
    watch(id) {
      const at = channelOf(id)
      at.viewers++
      const leave = (): void => {
        at.viewers--
        if (channels.get(id) === at) clear(id)
      }
      return { channel: at.channel, leave }
    },
    tell: (id) => channels.get(id)?.channel.touch(),
    place,
    rested,
    create: (label) =>
      entry.run(async () => {
        await makeRoom()
        return seat(await keeper.create(durations, label))
      }),
    async use(id, work) {
      const at = place(id)
      if (at) return held(at, work)
      // Held before anybody else can come in between and put it to rest.
      const working = await entry.run(async () => ({ done: held(await open(id), work) }))
      return working.done
    },
    occupy(at, start) {
      if (at.run || at.session.busy) throw busy()
      const run = start()
      at.run = run
      at.channel.touch()
      void run.finished.finally(() => {
        if (at.run === run) at.run = undefined
        at.usedAt = performance.now()
        at.channel.touch()
      })
      return run
    },
    async renew(at) {
      const { id } = at.session
      await keeper.rest(id)
      const found = await keeper.open(id)
      if (found.status !== 'open') throw notFound()
      at.session = found.session
      at.session.wake()
      at.channel.attach(at.session)
    },
    async remove(id) {
      const at = places.get(id)
      at?.run?.cancel()
      await at?.run?.finished
      await keeper.rest(id)
      rested(id)
      if (!(await store.remove(id))) throw notFound()
      channels.get(id)?.channel.end()
      channels.delete(id)
    },
    get figures() {
      const all = [...places.values()]
      return { living: all.length, busy: all.filter((at) => at.run || at.session.busy).length }
    },
    places: () => [...places.values()],
  }
}

/** The session has expired, and this is what went with it. */
export function expired({ expiredAt, files, variables }: Tombstone): Problem {
  const more = { expiredAt: new Date(expiredAt).toISOString(), files, variables }
  return new Problem(410, 'session_expired', 'This session has expired, and its files are gone. Start a new one.', { more })
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
