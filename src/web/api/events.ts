// Subscribes to a session's event stream; reconnects when the connection breaks and resumes after the last event
// received.
import { eventsUrl } from './client.ts'
import { createMessageReader } from './message-reader.ts'
import { asProblem, problemOf, type RequestProblem } from './problem.ts'
import type { StreamMessage, StreamEvent } from '../../http/schemas.ts'

export interface Watcher {
  /** Connected (again): text that was streaming before will come again. */
  readonly onConnect: () => void
  readonly onEvents: (told: readonly StreamMessage[]) => void
  /** The connection is lost and will be retried. */
  readonly onTrouble: () => void
  /** The session does not exist (any more) or is not accessible. */
  readonly onLost: (problem: RequestProblem) => void
}

const FIRST_PAUSE_MS = 500
const MAX_PAUSE_MS = 10_000
/** The server sends at least a heartbeat every 15 s. */
const SILENCE_MS = 45_000
/** HTTP statuses that a retry does not change. */
const FINAL = new Set([401, 403, 404, 410])

/** Position in the journal; passed again, the stream resumes there. */
export interface StreamPosition {
  last: string | undefined
}

/** Watches until `signal` aborts, or the session is lost. */
export async function watchEvents(
  id: string,
  place: StreamPosition,
  watcher: Watcher,
  signal: AbortSignal,
): Promise<void> {
  let pause = FIRST_PAUSE_MS
  while (!signal.aborted) {
    try {
      const heard = await watchOnce(id, place, watcher, signal)
      if (heard) pause = FIRST_PAUSE_MS
    } catch (error) {
      if (signal.aborted) return
      const problem = asProblem(error)
      if (FINAL.has(problem.status)) return watcher.onLost(problem)
    }
    if (signal.aborted) return
    watcher.onTrouble()
    await sleep(pause, signal)
    pause = Math.min(pause * 2, MAX_PAUSE_MS)
  }
}

async function watchOnce(id: string, place: StreamPosition, watcher: Watcher, signal: AbortSignal): Promise<boolean> {
  const line = new AbortController()
  let timer = setTimeout(() => line.abort(), SILENCE_MS)
  const headers: Record<string, string> = place.last === undefined ? {} : { 'last-event-id': place.last }
  try {
    const answer = await fetch(eventsUrl(id), { headers, signal: AbortSignal.any([signal, line.signal]) })
    if (!answer.ok || !answer.body) throw problemOf(answer.status, await answer.text())
    watcher.onConnect()
    const read = createMessageReader()
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader()
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      clearTimeout(timer)
      timer = setTimeout(() => line.abort(), SILENCE_MS)
      const told = read(part.value).map(({ id: seq, data }): StreamMessage => {
        if (seq !== undefined) place.last = seq
        return { ...(seq === undefined ? {} : { seq: Number(seq) }), event: JSON.parse(data) as StreamEvent }
      })
      if (told.length > 0) watcher.onEvents(told)
    }
    return true
  } finally {
    clearTimeout(timer)
  }
}

/** Resolves after `ms`, or earlier when the network is back or `signal` aborts. */
async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  const done = new AbortController()
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms)
    const wake = (): void => {
      clearTimeout(timer)
      resolve()
    }
    signal.addEventListener('abort', wake, { signal: done.signal })
    window.addEventListener('online', wake, { signal: done.signal })
  })
  done.abort()
}
