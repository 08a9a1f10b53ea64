// The list of sessions and the one shown, whose id is in the URL so that reload and back work.
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import { listSessions } from '../../api/client.ts'
import type { SessionShape } from '../../../http/schemas.ts'

const CHANGES = ['popstate', 'hashchange'] as const

/** The session id in the URL, and a function that navigates to another session or to none. */
export function useAddress(): readonly [string | undefined, (id: string | undefined) => void] {
  // Reads the URL again after subscribing, so a change during start-up is not missed.
  const id = useSyncExternalStore(listen, idOfAddress)
  return [id, go]
}

function listen(listener: () => void): () => void {
  for (const name of CHANGES) globalThis.addEventListener(name, listener)
  return () => {
    for (const name of CHANGES) globalThis.removeEventListener(name, listener)
  }
}

function go(next: string | undefined): void {
  history.pushState(null, '', next === undefined ? '/' : `/#/s/${next}`)
  // `pushState` fires no event of its own.
  globalThis.dispatchEvent(new PopStateEvent('popstate'))
}

function idOfAddress(): string | undefined {
  return /^#\/s\/([\w-]+)$/.exec(location.hash)?.[1]
}

export interface SessionList {
  readonly sessions: readonly SessionShape[]
  readonly isRead: boolean
  readonly refresh: () => void
}

/** The sessions of this browser; `shown` replaces its own entry. */
export function useSessions(shown: SessionShape | undefined): SessionList {
  const [sessions, setSessions] = useState<readonly SessionShape[]>([])
  const [isRead, setRead] = useState(false)
  const refresh = useCallback(() => {
    listSessions().then(
      (listed) => {
        setSessions(listed)
        setRead(true)
      },
      () => undefined,
    )
  }, [])
  const state = shown && `${shown.id} ${shown.title} ${shown.busy} ${shown.activeAt}`
  useEffect(refresh, [refresh, state])
  useEffect(() => {
    const look = (): void => void (document.visibilityState === 'visible' && refresh())
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [refresh])
  const merged = shown ? sessions.map((one) => (one.id === shown.id ? shown : one)) : sessions
  return { sessions: merged, isRead, refresh }
}
