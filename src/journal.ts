// The journal of a session in memory: append-only, read by the planner and the doors.
import type { Event } from '../sessions/event.ts'

export interface Journal {
  readonly events: readonly Event[]
  append(event: Event): void
}

/** Events that are shown while they happen and not kept. */
const PASSING: ReadonlySet<Event['type']> = new Set(['delta', 'progress'])

export function createJournal(): Journal {
  const events: Event[] = []
  return {
    events,
    append(event) {
      if (!PASSING.has(event.type)) events.push(event)
    },
  }
}
