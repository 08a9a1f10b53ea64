// Events that pass: what streamed since the last kept event that ended its kind, shared by all viewers, and bounded.
import type { Event } from '../../../sessions/event.ts'

/** `epoch` tells one run of passing events from the next; `dropped` of them are forgotten. */
export interface LiveBuffer {
  readonly epoch: number
  readonly dropped: number
  readonly events: readonly Event[]
}

/** Characters that are kept for who comes late. */
const MAX = 500_000
/** Kept events that belong into the middle of what streams. */
const BETWEEN: ReadonlySet<Event['type']> = new Set(['print', 'usage', 'notice'])

/** Takes passing events with `add`; `keptCame` is told of each kept one. */
export function createLiveBuffer() {
  let current: { epoch: number; dropped: number; events: Event[] } = { epoch: 0, dropped: 0, events: [] }
  let characters = 0
  return {
    get current(): LiveBuffer {
      return current
    },
    add(event: Event): void {
      current.events.push(event)
      characters += sizeOf(event)
      while (characters > MAX) {
        characters -= sizeOf(current.events.shift()!)
        current.dropped++
      }
    },
    keptCame(event: Event): void {
      if (BETWEEN.has(event.type)) return
      current = { epoch: current.epoch + 1, dropped: 0, events: [] }
      characters = 0
    },
  }
}

function sizeOf(event: Event): number {
  return event.type === 'delta' ? event.text.length + 50 : 200
}
