// Work that records events one by one, as a generator of them: whoever reads it sets the pace.
import type { Event } from '../../sessions/event.ts'
import type { Journal } from '../journal.ts'

/** Shows an event; resolves when the reader asks for the next one, and rejects when it wants no more. */
export type Push = (event: Event) => Promise<void>

/** The journal of a turn, which also shows what is kept already. */
export interface SessionJournal extends Journal {
  readonly show: Push
}

interface Pushed {
  readonly event: Event
  readonly taken: () => void
  readonly refused: (error: unknown) => void
}

/**
 * The events that `work` pushes, then what it resolves with. A reader that stops early aborts the signal that `work` is given,
 * and waits until it has ended.
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
