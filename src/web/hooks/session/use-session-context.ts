// What components deep inside the conversation need from its session.
import { createContext, useContext } from 'react'
import type { FileVersion } from '../../model/types.ts'
import type { Actions } from './use-actions.ts'

export interface SessionContextValue {
  readonly session: string
  readonly actions: Actions
  /** A turn is running, so nothing else can be started. */
  readonly isBusy: boolean
  /** The current version of a file. */
  readonly fileOf: (name: string) => FileVersion | undefined
  /** Opens a picture or a table in full size; `before` is the picture to compare it with. */
  readonly show: (file: FileVersion, before: FileVersion | undefined) => void
  /** Attaches a file to the next message. */
  readonly attach: (name: string) => void
}

export const SessionContext = createContext<SessionContextValue | undefined>(undefined)

/** Throws outside a session. */
export function useSessionContext(): SessionContextValue {
  const space = useContext(SessionContext)
  if (!space) throw new Error('useSessionContext needs a SessionContext around it.')
  return space
}
