// Sessions in use here, as many at once as the machine bears: of who has most, the one that was used least recently makes
// room; work that is under way does so only for who has none, and only where its owner has more than his share.
import type { Tombstone } from '../../sessions/store.ts'
import type { SessionService } from '../runtime/session-service.ts'
import type { Session } from '../runtime/session.ts'
import type { Channel } from './events/channel.ts'
import { createChannels, type Channels } from './events/channels.ts'
import { notFound, Problem } from './problem.ts'
import type { Run } from './background-work.ts'
import { mayGo, ownedBy, overShare, type Party } from './auth/fair-shares.ts'
import { Interruption } from '../turn.ts'

/** A session in use here. */
export interface ActiveSession {
  readonly session: Session
  readonly channel: Channel
  /** Who uses it, and from where. */
  party: Party
  /** Work under way. */
  run: Run | undefined
  /** Requests that need it right now. */
  users: number
  usedAt: number
  /** When the work under way began. */
  beganAt: number
}

export interface ActiveSessions {
  readonly channels: Channels
  all(): readonly ActiveSession[]
  /** The session, if it is in use here. */
  get(id: string): ActiveSession | undefined
  /** The session, opened if need be. Throws 404, 409, 410 or 503. */
  open(id: string, party: Party): Promise<ActiveSession>
  /** A place for the session that `make` makes. Throws 503. */
  take(party: Party, make: () => Promise<Session>): Promise<ActiveSession>
  /** Puts the session to rest. */
  rest(id: string): Promise<void>
  /** The keeper has put the session to rest. */
  rested(id: string): void
}

const RETRY_S = 5
/** How long a session that is just being put to rest is waited for. */
const REST_MS = 10_000
/** A sandbox that was idle for so long is anybody's: its session comes back by replay. */
const FORGOTTEN_MS = 60_000

/** At most `most` places; calls of `open` and `take` must not overlap. */
export function createActiveSessions(service: SessionService, most: number): ActiveSessions {
  const places = new Map<string, ActiveSession>()
  const channels = createChannels((id) => places.has(id))

  const get = (id: string): ActiveSession | undefined => {
    const at = places.get(id)
    return at && service.active(id) === at.session ? at : undefined
  }
  const rested = (id: string): void => {
    if (service.active(id)) return
    places.delete(id)
    channels.detach(id)
  }
  const rest = async (id: string): Promise<void> => {
    await service.rest(id)
    rested(id)
  }
  const makeSpace = async (party: Party): Promise<void> => {
    while (places.size >= most) {
      const all = [...places.values()]
      const idle = all.filter((at) => at.users === 0 && !isAtWork(at)).toSorted((a, b) => a.usedAt - b.usedAt)
      const since = performance.now() - FORGOTTEN_MS
      const [oldest] = mayGo(idle, all, party, ({ usedAt }) => usedAt < since)
      const [last] = overShare(all, party, most)
        .filter((at) => at.run)
        .toSorted((a, b) => b.beganAt - a.beganAt)
      if (!oldest && !(last && (await gaveWay(last, ownedBy(all, last.party), most)))) throw atCapacity(all, party)
      await rest((oldest ?? last)!.session.id)
    }
  }
  const take = async (party: Party, make: () => Promise<Session>): Promise<ActiveSession> => {
    await makeSpace(party)
    const session = await make()
    const channel = channels.of(session.id)
    const now = performance.now()
    const at: ActiveSession = { session, channel, party, run: undefined, users: 0, usedAt: now, beganAt: now }
    places.set(session.id, at)
    channel.attach(session)
    return at
  }
  const found = async (id: string): Promise<Session> => {
    const opened = await (places.has(id) ? patiently(() => service.open(id)) : service.open(id))
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
    open: async (id, party) => get(id) ?? take(party, () => found(id)),
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

/** A turn or a cell is running. */
export function isAtWork({ run, session }: ActiveSession): boolean {
  return run !== undefined || session.busy
}

/** Cancels what is under way; false where it does not end. */
async function gaveWay({ run }: ActiveSession, had: number, most: number): Promise<boolean> {
  const late = Promise.withResolvers<boolean>()
  const timer = setTimeout(() => late.resolve(false), REST_MS)
  const others = 'This one gave way to somebody who had none. Run it again when there is less to do.'
  run?.cancel(new Interruption('EASEL_GAVE_WAY', `You had ${had} of the ${most} sandboxes of this server. ${others}`))
  return Promise.race([run?.finished.then(() => true) ?? true, late.promise]).finally(() => clearTimeout(timer))
}

function atCapacity(all: readonly ActiveSession[], party: Party): Problem {
  const message = `All ${all.length} sandboxes of this server are in use, ${ownedBy(all, party)} of them by you. Try again in ${RETRY_S} s.`
  return new Problem(503, 'capacity', message, { retryAfter: RETRY_S })
}

/** No more work may begin for who has some already: what is left is for others. */
export function keptForOthers(working: readonly ActiveSession[], party: Party, most: number): Problem {
  const message = `You have ${ownedBy(working, party)} of the ${most} sandboxes of this server at work, and the last that is free is kept for others. Try again in ${RETRY_S} s.`
  return new Problem(503, 'capacity', message, { retryAfter: RETRY_S })
}
