// Open sessions of the server, limited to what the machine bears. When full, the owner with the most loses the least
// recently used one; running work is cancelled only if its owner exceeds his share and the newcomer has no session.
import type { Tombstone } from '../../sessions/store.ts'
import type { SessionService } from '../runtime/session-service.ts'
import type { Session } from '../runtime/session.ts'
import type { Channel } from './events/channel.ts'
import { createChannels, type Channels } from './events/channels.ts'
import { notFound, Problem } from './problem.ts'
import type { Run } from './background-work.ts'
import { evictionCandidates, countOwned, excessUnits, type Party } from './auth/fair-shares.ts'
import { Interruption } from '../turn.ts'

/** A session that is open on this server. */
export interface ActiveSession {
  readonly session: Session
  readonly channel: Channel
  /** Its owner, and the address of the latest request. */
  party: Party
  /** The work in progress. */
  run: Run | undefined
  /** Number of requests that are using it. */
  users: number
  usedAt: number
  /** When the work in progress began. */
  beganAt: number
}

export interface ActiveSessions {
  readonly channels: Channels
  all(): readonly ActiveSession[]
  /** The session, if it is open here. */
  get(id: string): ActiveSession | undefined
  /** The session, opened if necessary. Throws 404, 409, 410 or 503. */
  open(id: string, party: Party): Promise<ActiveSession>
  /** Frees capacity for the session that `make` creates, and adds it. Throws 503. */
  take(party: Party, make: () => Promise<Session>): Promise<ActiveSession>
  /** Closes the session. */
  deactivate(id: string): Promise<void>
  /** Called when the session registry has closed the session. */
  handleDeactivated(id: string): void
}

const RETRY_S = 5
/** How long to wait for a session that is being closed. */
const CLOSE_TIMEOUT_MS = 10_000
/** A sandbox that has been idle for so long may be taken by anyone: replay restores its session. */
const ABANDONED_MS = 60_000

/** At most `most` open sessions; calls of `open` and `take` must not overlap. */
export function createActiveSessions(service: SessionService, most: number): ActiveSessions {
  const active = new Map<string, ActiveSession>()
  const channels = createChannels((id) => active.has(id))

  const get = (id: string): ActiveSession | undefined => {
    const at = active.get(id)
    return at && service.active(id) === at.session ? at : undefined
  }
  const handleDeactivated = (id: string): void => {
    if (service.active(id)) return
    active.delete(id)
    channels.detach(id)
  }
  const deactivate = async (id: string): Promise<void> => {
    await service.deactivate(id)
    handleDeactivated(id)
  }
  const makeSpace = async (party: Party): Promise<void> => {
    while (active.size >= most) {
      const all = [...active.values()]
      const idle = all.filter((at) => at.users === 0 && !isAtWork(at)).toSorted((a, b) => a.usedAt - b.usedAt)
      const since = performance.now() - ABANDONED_MS
      const [oldest] = evictionCandidates(idle, all, party, ({ usedAt }) => usedAt < since)
      const [last] = excessUnits(all, party, most)
        .filter((at) => at.run)
        .toSorted((a, b) => b.beganAt - a.beganAt)
      if (!oldest && !(last && (await cancelForOthers(last, countOwned(all, last.party), most))))
        throw atCapacity(all, party)
      await deactivate((oldest ?? last)!.session.id)
    }
  }
  const take = async (party: Party, make: () => Promise<Session>): Promise<ActiveSession> => {
    await makeSpace(party)
    const session = await make()
    const channel = channels.of(session.id)
    const now = performance.now()
    const at: ActiveSession = { session, channel, party, run: undefined, users: 0, usedAt: now, beganAt: now }
    active.set(session.id, at)
    channel.attach(session)
    return at
  }
  const found = async (id: string): Promise<Session> => {
    const opened = await (active.has(id) ? retryWhileClosing(() => service.open(id)) : service.open(id))
    if (opened.status === 'gone') throw expired(opened.tombstone)
    if (opened.status === 'unknown') throw notFound()
    return opened.session
  }
  return {
    channels,
    all: () => [...active.values()],
    get,
    take,
    deactivate,
    handleDeactivated,
    open: async (id, party) => get(id) ?? take(party, () => found(id)),
  }
}

/** The problem of an expired session, with what was deleted with it. */
export function expired({ expiredAt, files, variables }: Tombstone): Problem {
  const more = { expiredAt: new Date(expiredAt).toISOString(), files, variables }
  const message = 'This session has expired, and its files are gone. Start a new one.'
  return new Problem(410, 'session_expired', message, { more })
}

/** Retries while the session is being closed. */
async function retryWhileClosing<T>(open: () => Promise<T>): Promise<T> {
  const end = performance.now() + CLOSE_TIMEOUT_MS
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

/** Cancels the work in progress; false if it does not end in time. */
async function cancelForOthers({ run }: ActiveSession, had: number, most: number): Promise<boolean> {
  const late = Promise.withResolvers<boolean>()
  const timer = setTimeout(() => late.resolve(false), CLOSE_TIMEOUT_MS)
  const others = 'This one was stopped for a user who had none. Run it again when the server is less busy.'
  run?.cancel(new Interruption('EASEL_GAVE_WAY', `You had ${had} of the ${most} sandboxes of this server. ${others}`))
  return Promise.race([run?.finished.then(() => true) ?? true, late.promise]).finally(() => clearTimeout(timer))
}

function atCapacity(all: readonly ActiveSession[], party: Party): Problem {
  const message = `All ${all.length} sandboxes of this server are in use, ${countOwned(all, party)} of them by you. Try again in ${RETRY_S} s.`
  return new Problem(503, 'capacity', message, { retryAfter: RETRY_S })
}

/** An owner who has work running may not start more: the remaining capacity is for others. */
export function keptForOthers(working: readonly ActiveSession[], party: Party, most: number): Problem {
  const message = `You have ${countOwned(working, party)} of the ${most} sandboxes of this server at work, and the last free one is reserved for others. Try again in ${RETRY_S} s.`
  return new Problem(503, 'capacity', message, { retryAfter: RETRY_S })
}
