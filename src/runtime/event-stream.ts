// Turns work that pushes events one by one into an async generator; the reader sets the pace.
import type { Event } from '../../sessions/event.ts'
import type { Journal } from '../journal.ts'

/** Passes an event to the reader; resolves when it asks for the next one, rejects when it has stopped reading. */
export type Push = (event: Event) => Promise<void>

/** The journal of a turn; `show` passes on an event that is stored already. */
export interface SessionJournal extends Journal {
  readonly show: Push
}

interface Pushed {
  readonly event: Event
  readonly taken: () => void
  readonly refused: (error: unknown) => void
}

/**
 * Yields the events that `work` pushes and returns its result. If the reader stops early, the signal given to `work` is
 * aborted, and the generator waits for `work` to end.
 */
export async function* streamEvents<T>(
  work: (push: Push, signal: AbortSignal) => Promise<T>,
  signal: AbortSignal,
): AsyncGenerator<Event, T> {
  const stopped = new AbortController()
  const waiting: Pushed[] = []
  let wake: () => void = () => undefined
  const push: Push = (event) =>
    new Promise<void>((taken, refused) => {
      if (stopped.signal.aborted) return refused(stopped.signal.reason)
      waiting.push({ event, taken, refused })
      wake()
    })
  let isOver = false
  const working = work(push, AbortSignal.any([signal, stopped.signal])).finally(() => {
    isOver = true
    wake()
  })
  working.catch(() => undefined)
  let current: Pushed | undefined
  try {
    for (;;) {
      current = waiting.shift()
      if (current) {
        yield current.event
        current.taken()
      } else if (isOver) return await working
      else await new Promise<void>((resolve) => (wake = resolve))
    }
  } finally {
    if (!isOver) {
      stopped.abort()
      for (const { refused } of current ? [current, ...waiting] : waiting) refused(stopped.signal.reason)
      await working.catch(() => undefined)
    }
  }
}
