// The journal as a turn sees it: events are recorded first, then shown.
import type { Event } from '../sessions/event.ts'

export interface Journal {
  readonly events: readonly Event[]
  /**
   * Keeps the event, shows it, and returns it as it was kept: a file with its hash, or the reason why it was not kept.
   * Resolves when whoever follows the turn has taken it.
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
