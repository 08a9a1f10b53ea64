// One session's events for all who watch it. Kept events stand in the journal, so a viewer needs only its place in it;
// passing ones are shared and bounded. However slow a viewer is, it holds no memory of its own.
import { isKept, type Event } from '../../sessions/event.ts'

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
  readonly passing: Passing
  /** Counts changes of what is said about the session itself. */
  readonly changes: number
  /** The session is no more. */
  readonly ended: boolean
  /** Resolves at the next change of any of this. */
  changed(): Promise<void>
  /** The session has come into use here, or has left it. */
  attach(journal: Journal): void
  detach(): void
  /** An event that a turn gave: kept, or on its way to the disk, or passing. */
  publish(event: Event): void
  /** Events were appended by something else than a turn. */
  catchUp(length?: number): void
  /** Something about the session changed: its state, times or title. */
  touch(): void
  end(): void
}

/** `epoch` tells one run of passing events from the next; `dropped` of them are forgotten. */
export interface Passing {
  readonly epoch: number
  readonly dropped: number
  readonly events: readonly Event[]
}

/** Characters of passing events that are kept for who comes late. */
const MOST_PASSING = 500_000
/** Kept events that belong into the middle of what streams. */
const BETWEEN: ReadonlySet<Event['type']> = new Set(['print', 'usage', 'notice'])

export function createChannel(): Channel {
  let journal: Journal | undefined
  let length = 0
  let onTheWay = new Map<number, Event>()
  let passing: { epoch: number; dropped: number; events: Event[] } = { epoch: 0, dropped: 0, events: [] }
  let characters = 0
  let changes = 0
  let ended = false
  let bell = Promise.withResolvers<void>()

  const ring = (): void => {
    bell.resolve()
    bell = Promise.withResolvers()
  }
  const pass = (event: Event): void => {
    passing.events.push(event)
    characters += sizeOf(event)
    while (characters > MOST_PASSING) {
      characters -= sizeOf(passing.events.shift()!)
      passing.dropped++
    }
  }
  const keep = (event: Event): void => {
    const events = journal?.events ?? []
    const at = placeOf(event, events, length)
    // What is not on the disk yet gets the number that it will have: appends stay in order.
    if (at === undefined) onTheWay.set(length++, event)
    else length = at + 1
    for (const seq of onTheWay.keys()) if (seq < events.length) onTheWay.delete(seq)
    if (BETWEEN.has(event.type)) return
    passing = { epoch: passing.epoch + 1, dropped: 0, events: [] }
    characters = 0
  }

  return {
    get length() {
      return length
    },
    get isLive() {
      return journal !== undefined
    },
    get passing() {
      return passing
    },
    get changes() {
      return changes
    },
    get ended() {
      return ended
    },
    at: (seq) => journal?.events[seq] ?? onTheWay.get(seq),
    changed: () => bell.promise,
    attach(given) {
      journal = given
      onTheWay = new Map()
      length = given.events.length
      changes++
      ring()
    },
    detach() {
      journal = undefined
      onTheWay = new Map()
      changes++
      ring()
    },
    publish(event) {
      if (isKept(event)) keep(event)
      else pass(event)
      ring()
    },
    catchUp(given = journal?.events.length ?? 0) {
      if (given <= length) return
      length = given
      ring()
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

/** Where the event stands among those from number `from` on. */
function placeOf(event: Event, events: readonly Event[], from: number): number | undefined {
  for (let at = events.length - 1; at >= from; at--) if (events[at] === event) return at
  return undefined
}

function sizeOf(event: Event): number {
  return event.type === 'delta' ? event.text.length + 50 : 200
}
