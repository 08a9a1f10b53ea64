// The journal as a turn sees it: events are recorded first, then published.
import type { Event } from '../sessions/event.ts'

export interface Journal {
  readonly events: readonly Event[]
  /**
   * Stores the event, publishes it, and returns it as stored: a file with its hash, or the reason why it was not
   * stored. Resolves when the consumer of the turn has taken it.
   */
  record(event: Event): Promise<Event>
}

/** Records each event in turn; resolves with what the generator returns. */
export async function recordAll<T>(events: AsyncGenerator<Event, T>, { record }: Pick<Journal, 'record'>): Promise<T> {
  for (;;) {
    const { value, done } = await events.next()
    if (done) return value
    await record(value)
  }
}
