// Work of one session that goes on whether anybody watches or not: a turn or a cell, told to the channel as it happens.
import { isKept, type Event, type EventOf } from '../../sessions/event.ts'
import type { Channel } from './events/channel.ts'
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
  readonly channel: Channel
  /** The events; what it returns is an end that the journal does not keep. */
  readonly work: (signal: AbortSignal) => AsyncGenerator<Event, EventOf<'end'> | undefined>
  /** Keeps the end of a turn that broke. */
  readonly keep: (end: EventOf<'end'>) => Promise<void>
  /** Is told of each event. */
  readonly onEvent: (event: Event) => void
  readonly onError: (error: unknown) => void
}

/** Starts the work; it lasts until it ends by itself or is cancelled. */
export function startRun({ channel, work, keep, onEvent, onError }: RunOptions): Run {
  const abort = new AbortController()
  const started = Promise.withResolvers<void>()
  let first: number | undefined
  let until: number | undefined
  let end: EventOf<'end'> | undefined
  let failure: unknown

  const tell = (event: Event): void => {
    channel.publish(event)
    onEvent(event)
    if (!isKept(event) || first !== undefined) return
    first = channel.length - 1
    started.resolve()
  }
  const breakOff = async (error: unknown): Promise<void> => {
    failure = error
    if (problemOf(error) === undefined) onError(error)
    if (first === undefined) return
    const { code, message } = problemOf(error) ?? UNEXPECTED
    const broken: EventOf<'end'> = { type: 'end', status: 'failed', code, message }
    try {
      await keep(broken)
      tell(broken)
    } catch {
      end = broken
    }
  }
  const finish = async (): Promise<void> => {
    try {
      end = await drain(work(abort.signal), tell)
    } catch (error) {
      await breakOff(error)
    }
    until = channel.length
    if (end) channel.publish(end, false)
    else channel.touch()
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

async function drain<T>(events: AsyncGenerator<Event, T>, tell: (event: Event) => void): Promise<T> {
  for (;;) {
    const { value, done } = await events.next()
    if (done) return value
    tell(value)
  }
}
