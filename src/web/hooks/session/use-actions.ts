// The user's actions in a session, and the error of the last one that failed.
import { useLayoutEffect, useMemo, useRef, useState } from 'react'
import * as api from '../../api/client.ts'
import { asProblem, type RequestProblem } from '../../api/problem.ts'
import type { Turn } from '../../model/types.ts'
import { useOnChange } from '../use-on-change.ts'
import { chosenDetail } from './use-detail.ts'

/** A message that was sent and is not in the journal yet. */
export interface PendingMessage {
  readonly text: string
  /** Sequence number of the request that it replaces. */
  readonly replaces: number | undefined
  /** Key of the last turn when it was sent. */
  readonly after: string | undefined
}

export interface Actions {
  /** False if it could not be sent. */
  readonly send: (text: string, files: readonly string[] | undefined) => Promise<boolean>
  readonly resend: (turn: Turn, text: string) => Promise<boolean>
  readonly stop: () => void
  readonly runCell: (cell: number, code: string | undefined) => Promise<boolean>
  readonly undo: (name: string) => void
  readonly deleteFile: (fileId: string) => void
  readonly wake: () => Promise<void>
}

export interface ActionState {
  readonly actions: Actions
  readonly pending: PendingMessage | undefined
  readonly isStopping: boolean
  /** Number of cells rerun from this page. */
  readonly reruns: number
  readonly problem: RequestProblem | undefined
  readonly tell: (problem: RequestProblem | undefined) => void
}

/** How long a sent message is shown without its event; the server may have lost it in a crash. */
const ARRIVAL_MS = 60_000

interface Here {
  /** The session that is shown. */
  readonly id: string | undefined
  /** Key of its last turn. */
  readonly last: string | undefined
  /** The id of the session; creates one if there is none. */
  readonly session: () => Promise<string>
}

/** The actions keep their identity, so that components that use them need not be rendered again. */
export function useActions(here: Here): ActionState {
  const [pending, setPending] = useState<PendingMessage>()
  const [problem, tell] = useState<RequestProblem>()
  const [isStopping, setStopping] = useState(false)
  const [reruns, setReruns] = useState(0)
  const latest = useRef(here)
  useLayoutEffect(() => {
    latest.current = here
  })

  const { id, last } = here
  useOnChange(last, () => setPending(undefined))
  // A session that was just created keeps the message that it was created for.
  useOnChange(id, (before) => before !== undefined && setPending(undefined))

  const actions = useMemo((): Actions => {
    const attempt = async (work: (id: string) => Promise<unknown>): Promise<boolean> => {
      try {
        tell(undefined)
        await work(latest.current.id ?? (await latest.current.session()))
        return true
      } catch (error) {
        tell(asProblem(error))
        return false
      }
    }
    const say = async (text: string, files: readonly string[] | undefined, replaces?: number): Promise<boolean> => {
      const sent = { text, replaces, after: latest.current.last }
      setPending(sent)
      const isSent = await attempt((at) => api.sendMessage(at, { text, files, replaces, detail: chosenDetail() }))
      const forget = (): void => setPending((now) => (now === sent ? undefined : now))
      if (isSent) setTimeout(forget, ARRIVAL_MS)
      else forget()
      return isSent
    }
    return {
      send: (text, files) => say(text, files),
      // The server works out the files: those of the first request and any added since.
      resend: (turn, text) => say(text, undefined, turn.seq),
      stop() {
        setStopping(true)
        void attempt(api.cancel).then(() => setStopping(false))
      },
      async runCell(cell, code) {
        const isBegun = await attempt((at) => api.runCell(at, cell, code))
        if (isBegun) setReruns((before) => before + 1)
        return isBegun
      },
      undo: (name) => void attempt((at) => api.undoFile(at, name)),
      deleteFile: (fileId) => void attempt((at) => api.deleteFile(at, fileId)),
      wake: async () => void (await attempt(api.restoreSession)),
    }
  }, [])
  return { actions, pending, isStopping, reruns, problem, tell }
}
