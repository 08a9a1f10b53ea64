// Files on their way to the server, each with its progress, to be cancelled or, when refused, dismissed.
import { useRef, useState } from 'react'
import { asProblem, type RequestProblem } from '../api/problem.ts'
import type { StoredFile } from '../api/shapes.ts'
import { sendFile, type Sending } from '../api/upload.ts'

/** A file on its way, or one that was refused, or one that has arrived and is not shown as a file yet. */
export interface Upload {
  readonly key: string
  readonly name: string
  /** The id of the file that had this name before. */
  readonly replaces: string | undefined
  /** 0 to 1. */
  readonly share: number
  readonly problem: RequestProblem | undefined
  /** What the server made of it. */
  readonly arrived: readonly StoredFile[] | undefined
}

export interface Uploads {
  readonly uploads: readonly Upload[]
  readonly start: (file: File, replaces: string | undefined) => void
  /** Takes one back, or out of the list when it failed or is shown as a file. */
  readonly drop: (key: string) => void
  /** Forgets those that were refused; `all`: those under way too. */
  readonly clear: (all?: boolean) => void
  /** Resolves when none is under way, with the files in the list that arrived; false if one was refused meanwhile. */
  readonly settled: () => Promise<readonly StoredFile[] | false>
}

interface UnderWay {
  readonly cancel: () => void
  /** False if it was refused; one that was cancelled is nobody's loss. */
  readonly done: Promise<boolean>
}

const NEW = { share: 0, problem: undefined, arrived: undefined }

/** `session` makes one if there is none yet; `onArrival` hears the names that the server gave. */
export function useUploads(session: () => Promise<string>, onArrival: (name: string) => void): Uploads {
  const [uploads, setUploads] = useState<readonly Upload[]>([])
  const underWay = useRef(new Map<string, UnderWay>())
  const arrivals = useRef(new Map<string, readonly StoredFile[]>())
  const change = (key: string, changes: Partial<Upload>): void =>
    setUploads((all) => all.map((one) => (one.key === key ? { ...one, ...changes } : one)))
  const drop = (key: string): void => {
    underWay.current.get(key)?.cancel()
    underWay.current.delete(key)
    arrivals.current.delete(key)
    setUploads((all) => all.filter((one) => one.key !== key))
  }
  const send = async (key: string, file: File, signal: AbortSignal): Promise<boolean> => {
    try {
      const id = await session()
      if (signal.aborted) return true
      const sending: Sending = sendFile(id, file, (share) => change(key, { share }))
      signal.addEventListener('abort', sending.cancel)
      const arrived = await sending.done
      arrivals.current.set(key, arrived)
      for (const { name } of arrived) onArrival(name)
      change(key, { arrived })
      return true
    } catch (error) {
      const problem = asProblem(error)
      if (problem.code === 'cancelled') return true
      change(key, { problem })
      return false
    } finally {
      underWay.current.delete(key)
    }
  }
  return {
    uploads,
    drop,
    start(file, replaces) {
      const key = `${Date.now()} ${Math.random()}`
      const leave = new AbortController()
      setUploads((all) => [...all, { key, name: file.name || 'file', replaces, ...NEW }])
      underWay.current.set(key, { cancel: () => leave.abort(), done: send(key, file, leave.signal) })
    },
    clear(all = false) {
      if (all) {
        for (const { cancel } of underWay.current.values()) cancel()
        arrivals.current.clear()
      }
      setUploads((now) => (all ? [] : now.filter(({ problem }) => problem === undefined)))
    },
    async settled() {
      const waited = [...underWay.current.values()]
      const arrived = await Promise.all(waited.map(({ done }) => done))
      return arrived.every(Boolean) && [...arrivals.current.values()].flat()
    },
  }
}
