// The sessions that people work in through this server, each with its channel and the work that is under way in it.
import type { Durations, Label } from '../../sessions/store.ts'
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
import { isKept, type Party } from './auth/fair-shares.ts'

export interface ServerSessions extends Pick<Channels, 'watch' | 'tell'>, Pick<ActiveSessions, 'rested'> {
  /** A new session of the party's owner. Throws 503. */
  create(party: Party, label: Omit<Label, 'owner'>): Promise<ActiveSession>
  /** Works with the session, opened if need be; it stays open meanwhile. Throws 404, 409, 410 or 503. */
  use<T>(id: string, party: Party, work: (place: ActiveSession) => Promise<T>): Promise<T>
  /** Starts work that goes on without the request; throws 409 where other work is under way, 503 where the rest is for others. */
  occupy(place: ActiveSession, start: () => Run): Run
  /** The session, if it is in use here. */
  place(id: string): ActiveSession | undefined
  places(): readonly ActiveSession[]
  /** Deletes the session, and cancels what is under way in it. */
  remove(id: string): Promise<void>
  /** How many sessions have a sandbox, and how many are at work. */
  readonly figures: { readonly living: number; readonly busy: number }
}

export interface ServerSessionsOptions {
  readonly service: SessionService
  readonly durations: Durations
  /** Sessions that may have a sandbox at once. */
  readonly sandboxes: number
}

export function createServerSessions({ service, durations, sandboxes }: ServerSessionsOptions): ServerSessions {
  const places = createActiveSessions(service, sandboxes)
  const { channels } = places
  const entry = createQueue()

  return {
    watch: (id) => channels.watch(id),
    tell: (id) => channels.tell(id),
    rested: (id) => places.rested(id),
    place: (id) => places.get(id),
    places: () => places.all(),
    create: (party, label) =>
      entry.run(() => places.take(party, () => service.create(durations, { ...label, owner: party.owner }))),
    async use(id, party, work) {
      const at = places.get(id)
      if (at) return held(at, party, work)
      // Held before anybody else can come in between and put it to rest.
      const working = await entry.run(async () => ({ done: held(await places.open(id, party), party, work) }))
      return working.done
    },
    occupy(place, start) {
      const working = places.all().filter(isAtWork)
      if (!isAtWork(place) && isKept(working, place.party, sandboxes))
        throw keptForOthers(working, place.party, sandboxes)
      return occupy(place, start)
    },
    async remove(id) {
      await stopped(() => places.get(id)?.run)
      // Nobody opens it in between.
      await entry.run(async () => {
        await stopped(() => places.get(id)?.run)
        await places.rest(id)
        if (!(await service.remove(id))) throw notFound()
        channels.end(id)
      })
    },
    get figures() {
      const all = places.all()
      return { living: all.length, busy: all.filter(isAtWork).length }
    },
  }
}

/** Cancels what is under way, and what began meanwhile. */
async function stopped(underWay: () => Run | undefined): Promise<void> {
  for (let run = underWay(); run; run = underWay()) {
    run.cancel()
    await run.finished
  }
}

async function held<T>(at: ActiveSession, party: Party, work: (place: ActiveSession) => Promise<T>): Promise<T> {
  at.users++
  at.party = party
  // From here on it does not fall idle: asking for work is an activity.
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
