// The conversation of a session as it happens: everything the page shows of it comes by its event stream.
import { useEffect, useReducer } from 'react'
import { watchEvents, type Watcher } from '../../api/events.ts'
import type { RequestProblem } from '../../api/problem.ts'
import type { Told } from '../../api/shapes.ts'
import { EMPTY, reconnect, tell } from '../../model/conversation.ts'
import type { Conversation } from '../../model/types.ts'

export interface Watched {
  readonly conversation: Conversation
  /** The journal has been read as far as it goes. */
  readonly isReady: boolean
  /** The line is down. */
  readonly isTroubled: boolean
  /** There is no such session for us. */
  readonly lost: RequestProblem | undefined
}

type Line = Omit<Watched, 'conversation'>

interface State extends Watched {
  /** The session that it is about. */
  readonly id: string | undefined
}

type Action =
  | { readonly type: 'open'; readonly id: string | undefined }
  | { readonly type: 'told'; readonly told: readonly Told[] }
  | { readonly type: 'line'; readonly line: Partial<Line> }
  | { readonly type: 'connect' }

const CLOSED: Watched = { conversation: EMPTY, isReady: false, isTroubled: false, lost: undefined }

function reduce(at: State, action: Action): State {
  switch (action.type) {
    case 'open':
      return { ...CLOSED, id: action.id }
    case 'told':
      return { ...at, isReady: true, conversation: tell(at.conversation, action.told) }
    case 'line':
      return { ...at, ...action.line }
    case 'connect':
      return { ...at, isTroubled: false, conversation: reconnect(at.conversation) }
  }
}

/** Watches a session while it is shown; undefined: none is. */
export function useConversation(id: string | undefined): Watched {
  const [state, dispatch] = useReducer(reduce, { ...CLOSED, id: undefined })
  useEffect(() => {
    dispatch({ type: 'open', id })
    if (id === undefined) return
    const leave = new AbortController()
    const watcher: Watcher = {
      onConnect: () => dispatch({ type: 'connect' }),
      onEvents: (told) => dispatch({ type: 'told', told }),
      onTrouble: () => dispatch({ type: 'line', line: { isTroubled: true } }),
      onLost: (lost) => dispatch({ type: 'line', line: { isReady: true, isTroubled: false, lost } }),
    }
    void watchWhileVisible(id, watcher, leave.signal)
    return () => leave.abort()
  }, [id])
  // For a moment after a change it is still about the session before.
  return state.id === id ? state : CLOSED
}

/** A browser has few lines to one server: a tab that nobody looks at gives its own up after a while. */
const HIDDEN_MS = 60_000

async function watchWhileVisible(id: string, watcher: Watcher, signal: AbortSignal): Promise<void> {
  const place = { last: undefined }
  const lost = new AbortController()
  const onLost = (problem: RequestProblem): void => {
    lost.abort()
    watcher.onLost(problem)
  }
  while (!signal.aborted && !lost.signal.aborted) {
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
