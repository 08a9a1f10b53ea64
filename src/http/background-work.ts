// A turn or a cell of one session that continues whether or not a client is watching.
import { isJournaled, type Event, type EventOf } from '../../sessions/event.ts'
import type { Session } from '../runtime/session.ts'
import { problemOf, UNEXPECTED } from './problem.ts'

export interface Run {
  /** Number of its first stored event, once there is one. */
  readonly first: number | undefined
  /** Number after its last stored event, once it has ended. */
  readonly until: number | undefined
  /** Its `end` event if that is not journaled. */
  readonly end: EventOf<'end'> | undefined
  /** The error that it ended with, if any. */
  readonly failure: unknown
  /** Resolves at the first stored event, or at the end. */
  readonly started: Promise<void>
  readonly finished: Promise<void>
  cancel(reason?: Error): void
}

export interface RunOptions {
  readonly session: Pick<Session, 'events' | 'append'>
  /** Yields the events; returns an `end` that is not journaled, if any. */
  readonly work: (signal: AbortSignal) => AsyncGenerator<Event, EventOf<'end'> | void>
  /** Called with each event. */
  readonly onEvent: (event: Event) => void
  readonly onError: (error: unknown) => void
}

/** Starts the work, which runs until it ends by itself or is cancelled. */
export function startRun({ session, work, onEvent, onError }: RunOptions): Run {
  const abort = new AbortController()
  const started = Promise.withResolvers<void>()
  let first: number | undefined
  let until: number | undefined
  let end: EventOf<'end'> | undefined
  let failure: unknown

  const take = (event: Event): void => {
    onEvent(event)
    if (!isJournaled(event) || first !== undefined) return
    // No other work runs in the session, and the next event waits until this one is taken.
    first = session.events.length - 1
    started.resolve()
  }
  const breakOff = async (error: unknown): Promise<void> => {
    failure = error
    if (problemOf(error) === undefined) onError(error)
    if (first === undefined) return
    const { code, message } = problemOf(error) ?? UNEXPECTED
    const broken: EventOf<'end'> = { type: 'end', status: 'failed', code, message }
    try {
      await session.append(broken)
      take(broken)
    } catch {
      end = broken
    }
  }
  const finish = async (): Promise<void> => {
    try {
      end = (await drain(work(abort.signal), take)) ?? undefined
    } catch (error) {
      await breakOff(error)
    }
    until = session.events.length
    started.resolve()
  }

  return {
    get first() {
      return first
    },
    get until() {
      return until
    },
    get end() {
      return end
    },
    get failure() {
      return failure
    },
    started: started.promise,
    finished: finish(),
    cancel: (reason) => abort.abort(reason),
  }
}

async function drain<T>(events: AsyncGenerator<Event, T>, take: (event: Event) => void): Promise<T> {
  for (;;) {
    const { value, done } = await events.next()
    if (done) return value
    take(value)
  }
}
