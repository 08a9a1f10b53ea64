// One session's events for all who watch it. Kept events are in the journal, so a subscriber needs only its place in it; passing
// ones are shared and bounded. However slow a subscriber is, it holds no memory of its own.
import type { Event } from '../../../sessions/event.ts'
import type { Session } from '../../runtime/session.ts'
import { createLiveBuffer, type LiveBuffer } from './live-buffer.ts'

/** Where a channel's events come from while the session is in use here. */
type Source = Pick<Session, 'events' | 'subscribe'>

export interface Channel {
  /** How many kept events there are, as far as is known here. */
  readonly length: number
  /** A kept event by its number, if the session is in use here. */
  at(seq: number): Event | undefined
  /** Whether `at` can be asked. */
  readonly isLive: boolean
  /** Passing events since the last kept one that ended their kind. */
  readonly passing: LiveBuffer
  /** Counts changes of what is said about the session itself. */
  readonly changes: number
  /** The session is no more. */
  readonly ended: boolean
  /** Calls at each change of any of this; what it gives back ends that. */
  listen(listener: () => void): () => void
  /** The session has come into use here, or has left it. */
  attach(source: Source): void
  detach(): void
  /** The journal has so many events on the disk: others may have added some while the session was not in use here. */
  growTo(length: number): void
  /** Something about the session changed: its state, times or title. */
  touch(): void
  end(): void
}

export function createChannel(): Channel {
  const passing = createLiveBuffer()
  const { ring, listen } = createBell()
  let source: Source | undefined
  let unsubscribe = (): void => undefined
  let length = 0
  let changes = 0
  let ended = false
  const touch = (): void => {
    changes++
    ring()
  }

  return {
    get length() {
      return length
    },
    get isLive() {
      return source !== undefined
    },
    get passing() {
      return passing.current
    },
    get changes() {
      return changes
    },
    get ended() {
      return ended
    },
    at: (seq) => source?.events[seq],
    listen,
    attach(given) {
      unsubscribe()
      source = given
      length = given.events.length
      unsubscribe = given.subscribe(({ event, seq }) => {
        if (seq !== undefined) length = seq + 1
        passing.take(event, seq !== undefined)
        ring()
      })
      touch()
    },
    detach() {
      unsubscribe()
      source = undefined
      touch()
    },
    growTo(known) {
      // While it is in use here, what is published tells.
      if (source || known <= length) return
      length = known
      ring()
    },
    touch,
    end() {
      ended = true
      ring()
    },
  }
}

function createBell() {
  const listeners = new Set<() => void>()
  return {
    ring(this: void): void {
      for (const listener of listeners) listener()
    },
    listen(this: void, listener: () => void): () => void {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
