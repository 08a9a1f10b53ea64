// One session's events for all its subscribers. Stored events are read from the journal by position; transient ones are
// in one shared, bounded buffer. So a slow subscriber takes no memory of its own.
import type { Event } from '../../../sessions/event.ts'
import type { Session } from '../../runtime/session.ts'
import { createLiveBuffer, type LiveBuffer } from './live-buffer.ts'

/** The source of a channel's events while the session is open here. */
type Source = Pick<Session, 'events' | 'subscribe'>

export interface Channel {
  /** Number of stored events, as far as known here. */
  readonly length: number
  /** A stored event by its number, if the session is open here. */
  at(seq: number): Event | undefined
  /** Whether `at` can be used. */
  readonly isLive: boolean
  /** The transient events since the stored event that last ended a stream of them. */
  readonly passing: LiveBuffer
  /** Counts changes of the session's own description. */
  readonly changes: number
  /** The session has been deleted. */
  readonly ended: boolean
  /** Calls `listener` at each change of any of these; returns the function that unsubscribes it. */
  listen(listener: () => void): () => void
  /** Connects the channel to a session that has been opened here; `detach` disconnects it. */
  attach(source: Source): void
  detach(): void
  /** Sets the number of events on disk: other programs may have added some while the session was not open here. */
  growTo(length: number): void
  /** Reports a change of the session's state, times or title. */
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
      // While the session is open here, published events count.
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
