// The conversation of a session as it happens: everything the page shows of it comes by its event stream.
import { useEffect, useReducer, useState } from 'react'
import { watchEvents, type Watcher } from '../api/events.ts'
import type { RequestProblem } from '../api/problem.ts'
import type { Told } from '../api/shapes.ts'
import { EMPTY, reconnect, tell } from '../model/conversation.ts'
import type { Conversation } from '../model/shapes.ts'

export interface Watched {
  readonly conversation: Conversation
  /** The journal has been read as far as it goes. */
  readonly isReady: boolean
  /** The line is down. */
  readonly isTroubled: boolean
  /** There is no such session for us. */
  readonly lost: RequestProblem | undefined
}

type Action = { readonly type: 'clear' } | { readonly type: 'connect' } | { readonly type: 'told'; readonly told: readonly Told[] }

function reduce(at: Conversation, action: Action): Conversation {
  if (action.type === 'clear') return EMPTY
  return action.type === 'connect' ? reconnect(at) : tell(at, action.told)
}

/** Watches a session while it is shown; undefined: none is. */
export function useConversation(id: string | undefined): Watched {
  const [conversation, dispatch] = useReducer(reduce, EMPTY)
  const [line, setLine] = useState<Omit<Watched, 'conversation'>>(CLOSED)
  useEffect(() => {
    dispatch({ type: 'clear' })
    setLine(CLOSED)
    if (id === undefined) return
    const leave = new AbortController()
    const watcher = {
      onConnect() {
        dispatch({ type: 'connect' })
        setLine((at) => ({ ...at, isTroubled: false }))
      },
      onEvents(told: readonly Told[]) {
        dispatch({ type: 'told', told })
        setLine((at) => (at.isReady ? at : { ...at, isReady: true }))
      },
      onTrouble: () => setLine((at) => ({ ...at, isTroubled: true })),
      onLost: (lost: RequestProblem) => setLine({ isReady: true, isTroubled: false, lost }),
    }
    void watchWhileVisible(id, watcher, leave.signal)
    return () => leave.abort()
  }, [id])
  return { conversation, ...line }
}

const CLOSED: Omit<Watched, 'conversation'> = { isReady: false, isTroubled: false, lost: undefined }

/** A browser has few lines to one server: a tab that nobody looks at gives its own up after a while. */
const HIDDEN_MS = 60_000

async function watchWhileVisible(id: string, watcher: Watcher, signal: AbortSignal): Promise<void> {
  const place = { last: undefined }
  let isLost = false
  const onLost = (problem: RequestProblem): void => {
    isLost = true
    watcher.onLost(problem)
  }
  while (!signal.aborted && !isLost) {
    const span = new AbortController()
    const stopLooking = whenHiddenLong(() => span.abort())
    await watchEvents(id, place, { ...watcher, onLost }, AbortSignal.any([signal, span.signal]))
    stopLooking()
    if (span.signal.aborted) await visible(signal)
  }
}

function whenHiddenLong(act: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const look = (): void => {
    clearTimeout(timer)
    if (document.hidden) timer = setTimeout(act, HIDDEN_MS)
  }
  look()
  document.addEventListener('visibilitychange', look)
  return () => {
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', look)
  }
}

async function visible(signal: AbortSignal): Promise<void> {
  if (!document.hidden) return
  const done = new AbortController()
  await new Promise<void>((resolve) => {
    document.addEventListener('visibilitychange', () => document.hidden || resolve(), { signal: done.signal })
    signal.addEventListener('abort', () => resolve(), { signal: done.signal })
  })
  done.abort()
}
