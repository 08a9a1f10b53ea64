// One session's events for all who watch it. Kept events stand in the journal, so a viewer needs only its place in it;
// passing ones are shared and bounded. However slow a viewer is, it holds no memory of its own.
import { isKept, type Event } from '../../../sessions/event.ts'
import { createLiveBuffer, type LiveBuffer } from './live-buffer.ts'

/** Where the channel's kept events come from while the session is in use here. */
interface Journal {
  readonly events: readonly Event[]
}

export interface Channel {
  /** How many kept events there are, those on their way to the disk included. */
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
  attach(journal: Journal): void
  detach(): void
  /** An event that a turn gave: kept, or on its way to the disk, or passing; `kept` false: the journal never has it. */
  publish(event: Event, kept?: boolean): void
  /** Events were appended by something else than a turn. */
  catchUp(length?: number): void
  /** Something about the session changed: its state, times or title. */
  touch(): void
  end(): void
}

export function createChannel(): Channel {
  const tail = createTail()
  const passing = createLiveBuffer()
  let changes = 0
  let ended = false
  const listeners = new Set<() => void>()
  const ring = (): void => {
    for (const listener of listeners) listener()
  }
  const follow = (journal: Journal | undefined): void => {
    tail.follow(journal)
    changes++
    ring()
  }

  return {
    get length() {
      return tail.length
    },
    get isLive() {
      return tail.isLive
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
    at: (seq) => tail.at(seq),
    listen(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    attach: (journal) => follow(journal),
    detach: () => follow(undefined),
    publish(event, kept = isKept(event)) {
      if (kept) {
        tail.add(event)
        passing.keptCame(event)
      } else passing.add(event)
      ring()
    },
    catchUp(length) {
      if (tail.references(length)) ring()
    },
    touch() {
      changes++
      ring()
    },
    end() {
      ended = true
      ring()
    },
  }
}

/** A journal as far as it is known, with the numbers of events that are on their way to it. */
function createTail() {
  let journal: Journal | undefined
  let length = 0
  /** After the last event that was published. The store may say that there are more: those that come next, kept already. */
  let next = 0
  const onTheWay = new Map<number, Event>()
  return {
    get length(): number {
      return length
    },
    get isLive(): boolean {
      return journal !== undefined
    },
    at: (seq: number): Event | undefined => journal?.events[seq] ?? onTheWay.get(seq),
    follow(given: Journal | undefined): void {
      journal = given
      onTheWay.clear()
      if (given) length = given.events.length
      next = length
    },
    add(event: Event): void {
      const events = journal?.events ?? []
      const known = placeOf(event, events, next)
      // What is not on the disk yet gets the number that it will have: appends stay in order.
      const at = known ?? Math.max(next, events.length)
      if (known === undefined) onTheWay.set(at, event)
      next = at + 1
      length = Math.max(length, next)
      for (const seq of onTheWay.keys()) if (seq < events.length) onTheWay.delete(seq)
    },
    /** True if there is more than was known. */
    references(known = journal?.events.length ?? 0): boolean {
      const more = known > length
      if (more) length = known
      return more
    },
  }
}

/** Where the event stands among those from number `from` on. */
function placeOf(event: Event, events: readonly Event[], from: number): number | undefined {
  for (let at = events.length - 1; at >= from; at--) if (events[at] === event) return at
  return undefined
}
