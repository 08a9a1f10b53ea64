// What parts deep inside the conversation need of the session around them.
import { createContext, useContext } from 'react'
import type { MadeFile } from '../../model/types.ts'
import type { Actions } from './use-actions.ts'

export interface SessionContextValue {
  readonly session: string
  readonly actions: Actions
  /** Work is under way: nothing else can be begun. */
  readonly isBusy: boolean
  /** The file as it is now. */
  readonly fileOf: (name: string) => MadeFile | undefined
  /** Shows a picture in full size; `before` can be compared with it. */
  readonly show: (file: MadeFile, before: MadeFile | undefined) => void
  /** Takes a file into the message. */
  readonly attach: (name: string) => void
}

export const SessionContext = createContext<SessionContextValue | undefined>(undefined)

/** Only inside a session. */
export function useSessionContext(): SessionContextValue {
  const space = useContext(SessionContext)
  if (!space) throw new Error('There is no session around this part of the page.')
  return space
}
