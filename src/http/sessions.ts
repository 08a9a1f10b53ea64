// The sessions that are used through this server, each with its channel and the work in progress in it.
import type { Durations, SessionLabel } from '../../sessions/store.ts'
import type { SessionService } from '../runtime/session-service.ts'
import { createQueue } from '../../sandbox/queue.ts'
import type { Channels } from './events/channels.ts'
import {
  createActiveSessions,
  isAtWork,
  keptForOthers,
  type ActiveSession,
  type ActiveSessions,
} from './active-sessions.ts'
import { busy, notFound } from './problem.ts'
import type { Run } from './background-work.ts'
import { isReservedForOthers, type Party } from './auth/fair-shares.ts'

export interface ServerSessions
  extends Pick<Channels, 'watch' | 'notifyChange'>, Pick<ActiveSessions, 'handleDeactivated'> {
  /** Creates a session of the party's owner. Throws 503. */
  create(party: Party, label: Omit<SessionLabel, 'owner'>): Promise<ActiveSession>
  /** Runs `work` with the session, opened if necessary and kept open meanwhile. Throws 404, 409, 410 or 503. */
  use<T>(id: string, party: Party, work: (active: ActiveSession) => Promise<T>): Promise<T>
  /** Starts work that outlives the request. Throws 409 if other work is running, 503 if the rest is for others. */
  occupy(active: ActiveSession, start: () => Run): Run
  /** The session, if it is open here. */
  active(id: string): ActiveSession | undefined
  allActive(): readonly ActiveSession[]
  /** Cancels the session's work and deletes it. */
  remove(id: string): Promise<void>
  /** How many sessions are open, and how many are working. */
  readonly figures: { readonly living: number; readonly busy: number }
}

export interface ServerSessionsOptions {
  readonly service: SessionService
  readonly durations: Durations
  /** Limit on sessions that have a sandbox at the same time. */
  readonly sandboxes: number
}

export function createServerSessions({ service, durations, sandboxes }: ServerSessionsOptions): ServerSessions {
  const activeSessions = createActiveSessions(service, sandboxes)
  const { channels } = activeSessions
  const entry = createQueue()

  return {
    watch: (id) => channels.watch(id),
    notifyChange: (id) => channels.notifyChange(id),
    handleDeactivated: (id) => activeSessions.handleDeactivated(id),
    active: (id) => activeSessions.get(id),
    allActive: () => activeSessions.all(),
    create: (party, label) =>
      entry.run(() => activeSessions.take(party, () => service.create(durations, { ...label, owner: party.owner }))),
    async use(id, party, work) {
      const at = activeSessions.get(id)
      if (at) return useActive(at, party, work)
      // Counted as used inside the queue, before another request can close it.
      const working = await entry.run(async () => ({
        done: useActive(await activeSessions.open(id, party), party, work),
      }))
      return working.done
    },
    occupy(active, start) {
      const working = activeSessions.all().filter(isAtWork)
      if (!isAtWork(active) && isReservedForOthers(working, active.party, sandboxes))
        throw keptForOthers(working, active.party, sandboxes)
      return occupy(active, start)
    },
    async remove(id) {
      await cancelAllWork(() => activeSessions.get(id)?.run)
      // Inside the queue no other request can open it.
      await entry.run(async () => {
        await cancelAllWork(() => activeSessions.get(id)?.run)
        await activeSessions.deactivate(id)
        if (!(await service.remove(id))) throw notFound()
        channels.end(id)
      })
    },
    get figures() {
      const all = activeSessions.all()
      return { living: all.length, busy: all.filter(isAtWork).length }
    },
  }
}

/** Cancels the running work, and any that starts meanwhile. */
async function cancelAllWork(underWay: () => Run | undefined): Promise<void> {
  for (let run = underWay(); run; run = underWay()) {
    run.cancel()
    await run.finished
  }
}

async function useActive<T>(at: ActiveSession, party: Party, work: (active: ActiveSession) => Promise<T>): Promise<T> {
  at.users++
  at.party = party
  // Restarts the idle time: a request counts as activity.
  at.session.touch().catch(() => undefined)
  try {
    return await work(at)
  } finally {
    at.users--
    at.usedAt = performance.now()
  }
}

function occupy(at: ActiveSession, start: () => Run): Run {
  if (isAtWork(at)) throw busy()
  const run = start()
  at.run = run
  at.beganAt = performance.now()
  at.channel.touch()
  void run.finished.finally(() => {
    if (at.run === run) at.run = undefined
    at.usedAt = performance.now()
    at.channel.touch()
  })
  return run
}
