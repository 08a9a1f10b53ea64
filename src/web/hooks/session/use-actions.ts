// What a person can do in a session; what goes wrong is kept to be told.
import { useLayoutEffect, useMemo, useRef, useState } from 'react'
import * as api from '../../api/client.ts'
import { asProblem, type RequestProblem } from '../../api/problem.ts'
import type { Turn } from '../../model/types.ts'
import { useChange } from '../use-on-change.ts'
import { chosenDetail } from './use-detail.ts'

/** A message that was sent and is not in the journal yet. */
export interface Pending {
  readonly text: string
  /** Number of the request it stands for. */
  readonly replaces: number | undefined
  /** Key of the turn that was the last one. */
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

export interface Acting {
  readonly actions: Actions
  readonly pending: Pending | undefined
  readonly isStopping: boolean
  /** How many cells this page had run again. */
  readonly reruns: number
  readonly problem: RequestProblem | undefined
  readonly tell: (problem: RequestProblem | undefined) => void
}

/** Its event comes by the stream whenever it can; a message that a server lost with itself is not shown for ever. */
const ARRIVAL_MS = 60_000

interface Here {
  /** The session that is shown. */
  readonly id: string | undefined
  /** Key of its last turn. */
  readonly last: string | undefined
  /** Makes a session if there is none. */
  readonly session: () => Promise<string>
}

/** Actions stay the same functions, so that what shows them need not be drawn again. */
export function useActions(here: Here): Acting {
  const [pending, setPending] = useState<Pending>()
  const [problem, tell] = useState<RequestProblem>()
  const [isStopping, setStopping] = useState(false)
  const [reruns, setReruns] = useState(0)
  const latest = useRef(here)
  useLayoutEffect(() => {
    latest.current = here
  })

  const { id, last } = here
  useChange(last, () => setPending(undefined))
  // A session that was just made takes over what it was made for.
  useChange(id, (before) => before !== undefined && setPending(undefined))

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
      // Its files are the server's to find: those it had, and what came since.
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
      wake: async () => void (await attempt(api.wakeSession)),
    }
  }, [])
  return { actions, pending, isStopping, reruns, problem, tell }
}
