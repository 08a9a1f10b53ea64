// The live conversation of a session: everything that the page shows of it comes from its event stream.
import { useEffect, useReducer } from 'react'
import { watchEvents, type Watcher } from '../../api/events.ts'
import type { RequestProblem } from '../../api/problem.ts'
import type { StreamMessage } from '../../../http/schemas.ts'
import { EMPTY_CONVERSATION, reconnect, applyEvents } from '../../model/conversation.ts'
import type { Conversation } from '../../model/types.ts'

export interface LiveConversation {
  readonly conversation: Conversation
  /** The journal has been read to its end. */
  readonly isReady: boolean
  /** The connection is lost. */
  readonly isTroubled: boolean
  /** The session does not exist or is not accessible. */
  readonly lost: RequestProblem | undefined
}

type Line = Omit<LiveConversation, 'conversation'>

interface State extends LiveConversation {
  /** The session that this state belongs to. */
  readonly id: string | undefined
}

type Action =
  | { readonly type: 'open'; readonly id: string | undefined }
  | { readonly type: 'told'; readonly told: readonly StreamMessage[] }
  | { readonly type: 'line'; readonly line: Partial<Line> }
  | { readonly type: 'connect' }

const CLOSED: LiveConversation = {
  conversation: EMPTY_CONVERSATION,
  isReady: false,
  isTroubled: false,
  lost: undefined,
}

function reduce(at: State, action: Action): State {
  switch (action.type) {
    case 'open':
      return { ...CLOSED, id: action.id }
    case 'told':
      return { ...at, isReady: true, conversation: applyEvents(at.conversation, action.told) }
    case 'line':
      return { ...at, ...action.line }
    case 'connect':
      return { ...at, isTroubled: false, conversation: reconnect(at.conversation) }
  }
}

/** Subscribes to a session while it is shown; undefined means none is. */
export function useConversation(id: string | undefined): LiveConversation {
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
  // Just after `id` changes, the state still belongs to the previous session.
  return state.id === id ? state : CLOSED
}

/** Browsers limit the connections to one server, so a tab that has been hidden this long gives up its own. */
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
    if (span.signal.aborted) await waitUntilVisible(signal)
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

async function waitUntilVisible(signal: AbortSignal): Promise<void> {
  if (!document.hidden) return
  const done = new AbortController()
  await new Promise<void>((resolve) => {
    document.addEventListener('visibilitychange', () => document.hidden || resolve(), { signal: done.signal })
    signal.addEventListener('abort', () => resolve(), { signal: done.signal })
  })
  done.abort()
}
