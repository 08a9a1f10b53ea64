// Passing events (what streams): those since the last kept event that ended their kind, shared by all subscribers, and bounded.
import type { Event } from '../../../sessions/event.ts'

/** `epoch` counts how often the buffer was emptied; `dropped` of its events were given up since then. */
export interface LiveBuffer {
  readonly epoch: number
  readonly dropped: number
  readonly events: readonly Event[]
}

/** Characters that are kept for subscribers who come late. */
const MAX_CHARACTERS = 500_000
/** Kept events that come in the middle of what streams, and do not end it. */
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
    /** Each event in turn; one that the journal keeps is not buffered, and ends what streamed before it. */
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
