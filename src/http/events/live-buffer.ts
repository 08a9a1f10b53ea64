// Bounded buffer of transient (streamed) events, shared by all subscribers; most stored events empty it.
import type { Event } from '../../../sessions/event.ts'

/** `epoch` counts how often the buffer was emptied; `dropped` counts the events discarded since then. */
export interface LiveBuffer {
  readonly epoch: number
  readonly dropped: number
  readonly events: readonly Event[]
}

/** Characters that are kept for subscribers who join late. */
const MAX_CHARACTERS = 500_000
/** Stored events that occur in the middle of a stream and do not end it. */
const BETWEEN: ReadonlySet<Event['type']> = new Set(['print', 'usage', 'notice'])

export function createLiveBuffer() {
  let current: { epoch: number; dropped: number; events: Event[] } = { epoch: 0, dropped: 0, events: [] }
  let characters = 0
  const add = (event: Event): void => {
    current.events.push(event)
    characters += sizeOf(event)
    while (characters > MAX_CHARACTERS) {
      characters -= sizeOf(current.events.shift()!)
      current.dropped++
    }
  }
  return {
    get current(): LiveBuffer {
      return current
    },
    /** Takes the events in order; a stored one is not buffered, and may end the stream before it. */
    take(event: Event, isKept: boolean): void {
      if (!isKept) return add(event)
      if (BETWEEN.has(event.type)) return
      current = { epoch: current.epoch + 1, dropped: 0, events: [] }
      characters = 0
    },
  }
}

function sizeOf(event: Event): number {
  return event.type === 'delta' ? event.text.length + 50 : 200
}
