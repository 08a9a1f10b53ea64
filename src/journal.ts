// The journal as a turn sees it: what is known, and what is kept before anybody is told.
import type { Event } from '../sessions/event.ts'

export interface Journal {
  readonly events: readonly Event[]
  /** Keeps the event and gives it as it was kept, to be shown: a file with its hash, or the reason why it was not kept. */
  record(event: Event): Promise<Event>
}
