// Work of one session that goes on whether anybody watches or not: a turn or a cell.
import { isKept, type Event, type EventOf } from '../../sessions/event.ts'
import type { Session } from '../runtime/session.ts'
import { problemOf, UNEXPECTED } from './problem.ts'

export interface Run {
  /** Number of its first kept event, once there is one. */
  readonly first: number | undefined
  /** Number after its last kept event, once it has ended. */
  readonly until: number | undefined
  /** Its end where the journal does not keep it. */
  readonly end: EventOf<'end'> | undefined
  /** Why it did not even begin. */
  readonly failure: unknown
  /** Resolves with the first kept event, or with the end. */
  readonly started: Promise<void>
  readonly finished: Promise<void>
  cancel(reason?: Error): void
}

export interface RunOptions {
  readonly session: Pick<Session, 'events' | 'append'>
  /** The events; what it returns is an end that the journal does not keep. */
  readonly work: (signal: AbortSignal) => AsyncGenerator<Event, EventOf<'end'> | void>
  /** Is called with each event. */
  readonly onEvent: (event: Event) => void
  readonly onError: (error: unknown) => void
}

/** Starts the work; it lasts until it ends by itself or is cancelled. */
export function startRun({ session, work, onEvent, onError }: RunOptions): Run {
  const abort = new AbortController()
  const started = Promise.withResolvers<void>()
  let first: number | undefined
  let until: number | undefined
  let end: EventOf<'end'> | undefined
  let failure: unknown

  const take = (event: Event): void => {
    onEvent(event)
    if (!isKept(event) || first !== undefined) return
    // Nothing else is at work in the session, and the next event waits until this one is taken.
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
