// Which side panels are open. On small windows at most one is, as a drawer over the conversation.
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import { usePreference } from './use-preference.ts'
import { useStableWhilePressed } from './use-stable-while-pressed.ts'

export interface Panels {
  readonly sessions: boolean
  readonly files: boolean
  /** A panel covers the conversation. */
  readonly isOver: boolean
  readonly toggleSessions: () => void
  readonly toggleFiles: () => void
  /** Closes the panel that covers the conversation. */
  readonly uncover: () => void
}

type Drawer = 'sessions' | 'files'

export function usePanels(hasFiles: boolean): Panels {
  const isSmall = useMedia('(max-width: 860px)')
  const isMiddle = useMedia('(max-width: 1180px)')
  const [sessions, preferSessions] = usePreference<'open' | 'closed'>('panel.sessions', 'open')
  const [files, preferFiles] = usePreference<'auto' | 'open' | 'closed'>('panel.files', 'auto')
  const [wanted, setDrawer] = useState<Drawer>()
  const drawer = wanted === 'files' ? (isMiddle ? wanted : undefined) : isSmall ? wanted : undefined
  const uncover = useCallback(() => setDrawer(undefined), [])
  useFocusIn(drawer)
  const showsSessions = isSmall ? drawer === 'sessions' : sessions === 'open'
  // A panel that opens automatically must not move a button away from a click.
  const opensByItself = useStableWhilePressed(files === 'auto' && hasFiles)
  const showsFiles = isMiddle ? drawer === 'files' : files === 'open' || opensByItself
  const toggleDrawer = (panel: Drawer): void => setDrawer(drawer === panel ? undefined : panel)
  return {
    sessions: showsSessions,
    files: showsFiles,
    isOver: drawer !== undefined,
    toggleSessions: () => (isSmall ? toggleDrawer('sessions') : preferSessions(showsSessions ? 'closed' : 'open')),
    toggleFiles: () => (isMiddle ? toggleDrawer('files') : preferFiles(showsFiles ? 'closed' : 'open')),
    uncover,
  }
}

/** Moves the focus into a drawer that opens, and back when it closes. */
function useFocusIn(drawer: Drawer | undefined): void {
  useEffect(() => {
    if (drawer === undefined) return
    const before = document.activeElement
    document.querySelector<HTMLElement>(`#${drawer} button`)?.focus()
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [drawer])
}

function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const list = matchMedia(query)
      list.addEventListener('change', listener)
      return () => list.removeEventListener('change', listener)
    },
    () => matchMedia(query).matches,
  )
}
