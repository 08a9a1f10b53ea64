// State derived from a journal, cached per array and updated with the events appended since, so that a repeated query
// costs only the new ones. Prints are skipped: they carry no state of the session, and are most of a long journal.
import type { Event } from '../event.ts'

/** An event other than a print, and its number. */
export interface NonPrintEvent {
  readonly event: Exclude<Event, { readonly type: 'print' }>
  readonly seq: number
}

interface NonPrintCache {
  readonly marks: NonPrintEvent[]
  /** Number of events read so far. */
  seen: number
}

const known = new WeakMap<readonly Event[], NonPrintCache>()

/** All events but prints, in order. The array may only grow. */
export function nonPrintEvents(events: readonly Event[]): readonly NonPrintEvent[] {
  const at = known.get(events) ?? { marks: [], seen: 0 }
  known.set(events, at)
  for (; at.seen < events.length; at.seen++) {
    const event = events[at.seen]!
    if (event.type !== 'print') at.marks.push({ event, seq: at.seen })
  }
  return at.marks
}

/** The last event that fits, searched from the end. */
export function findLastEvent(
  events: readonly Event[],
  fits: (event: NonPrintEvent['event']) => boolean,
): NonPrintEvent | undefined {
  return nonPrintEvents(events).findLast(({ event }) => fits(event))
}

/** The marks from event number `seq` on. */
export function nonPrintEventsSince(events: readonly Event[], seq: number): readonly NonPrintEvent[] {
  const marks = nonPrintEvents(events)
  let from = marks.length
  while (from > 0 && marks[from - 1]!.seq >= seq) from--
  return marks.slice(from)
}

/** Returns a cached reducer: folds all events but prints, in order, into the state that `start` makes for an array. */
export function createCachedReducer<T>(
  start: () => T,
  take: (state: T, mark: NonPrintEvent) => void,
): (events: readonly Event[]) => T {
  const states = new WeakMap<readonly Event[], { readonly state: T; seen: number }>()
  return (events) => {
    const at = states.get(events) ?? { state: start(), seen: 0 }
    states.set(events, at)
    const marks = nonPrintEvents(events)
    for (; at.seen < marks.length; at.seen++) take(at.state, marks[at.seen]!)
    return at.state
  }
}
