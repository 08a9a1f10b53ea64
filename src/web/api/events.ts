// A session's events as long as somebody looks: connects again when the line breaks, and goes on after the last one it had.
import { eventsUrl } from './client.ts'
import { asProblem, problemOf, type RequestProblem } from './problem.ts'
import type { Told, WebEvent } from './shapes.ts'
import { createParser } from './sse-parser.ts'

export interface Watcher {
  /** A connection was made: what passed before it comes again. */
  readonly onConnect: () => void
  readonly onEvents: (told: readonly Told[]) => void
  /** The line is down and will be tried again. */
  readonly onTrouble: () => void
  /** There is no such session for us (any more). */
  readonly onLost: (problem: RequestProblem) => void
}

const FIRST_PAUSE_MS = 500
const MAX_PAUSE_MS = 10_000
/** The server says something every 15 s. */
const SILENCE_MS = 45_000
/** Answers that asking again does not change. */
const FINAL = new Set([401, 403, 404, 410])

/** Where a watcher stands in the journal; given again, it goes on there. */
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
    const parse = createParser()
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader()
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      clearTimeout(timer)
      timer = setTimeout(() => line.abort(), SILENCE_MS)
      const told = parse(part.value).map(({ id: seq, data }): Told => {
        if (seq !== undefined) place.last = seq
        return { ...(seq === undefined ? {} : { seq: Number(seq) }), event: JSON.parse(data) as WebEvent }
      })
      if (told.length > 0) watcher.onEvents(told)
    }
    return true
  } finally {
    clearTimeout(timer)
  }
}

/** Until the time is over, or the network or the person comes back. */
async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  const done = new AbortController()
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms)
    const wake = (): void => {
      clearTimeout(timer)
      resolve()
    }
    signal.addEventListener('abort', wake, { signal: done.signal })
    globalThis.addEventListener('online', wake, { signal: done.signal })
  })
  done.abort()
}
