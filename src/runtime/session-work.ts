// Runs one turn or cell at a time in a session; its events are recorded and published as they happen.
import { isJournaled, type Event } from '../../sessions/event.ts'
import type { StoredSession } from '../../sessions/store.ts'
import type { Journal } from '../journal.ts'
import { streamEvents, type Push, type SessionJournal } from './event-stream.ts'
import type { Queue } from '../../sandbox/queue.ts'
import { SessionProblem } from './session-problem.ts'

/** An event as subscribers get it: with its journal number, or without one if it is transient. */
export interface Published {
  readonly event: Event
  readonly seq?: number
}

export interface SessionWork {
  /** A turn or a cell is running. */
  readonly busy: boolean
  /** The events of a turn or a cell. Throws SessionProblem "EASEL_BUSY". */
  stream<T>(
    signal: AbortSignal,
    work: (journal: SessionJournal, signal: AbortSignal) => Promise<T>,
  ): AsyncGenerator<Event, T>
  subscribe(listener: (published: Published) => void): () => void
}

const BUSY = 'This session is at work; wait for the end of the turn, or stop it.'

/** Occupies the queue `inTurn` while work runs; `stored` publishes the journal's events. */
export function createSessionWork(
  stored: Pick<StoredSession, 'events' | 'subscribe'>,
  recorder: Pick<Journal, 'record'>,
  inTurn: Queue,
): SessionWork {
  const listeners = new Set<(published: Published) => void>()
  let busy = false
  const publishing = (push: Push): SessionJournal => ({
    get events() {
      return stored.events
    },
    async record(event) {
      const recorded = await recorder.record(event)
      if (!isJournaled(recorded)) for (const listener of listeners) listener({ event: recorded })
      await push(recorded)
      return recorded
    },
    show: push,
  })
  return {
    get busy() {
      return busy
    },
    async *stream(signal, work) {
      if (busy) throw new SessionProblem('EASEL_BUSY', BUSY)
      busy = true
      const leave = await inTurn.enter()
      try {
        return yield* streamEvents((push, either) => work(publishing(push), either), signal)
      } finally {
        busy = false
        leave()
      }
    },
    subscribe(listener) {
      listeners.add(listener)
      const unsubscribe = stored.subscribe(listener)
      return () => {
        listeners.delete(listener)
        unsubscribe()
      }
    },
  }
}
