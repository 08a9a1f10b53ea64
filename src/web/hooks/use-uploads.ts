// Files on their way to the server, each with its progress, to be cancelled or, when refused, dismissed.
import { useRef, useState } from 'react'
import { asProblem, type RequestProblem } from '../api/problem.ts'
import { sendFile, type Sending } from '../api/upload.ts'

/** A file on its way, or one that was refused. */
export interface Upload {
  readonly key: string
  readonly name: string
  /** The id of the file that had this name before. */
  readonly replaces: string | undefined
  /** 0 to 1. */
  readonly share: number
  readonly problem: RequestProblem | undefined
}

export interface Uploads {
  readonly uploads: readonly Upload[]
  readonly start: (file: File, replaces: string | undefined) => void
  /** Takes one back, or out of the list when it failed. */
  readonly drop: (key: string) => void
  /** Forgets those that were refused; `all`: those under way too. */
  readonly clear: (all?: boolean) => void
  /** Resolves when none is under way, with what became of those that were. */
  readonly settled: () => Promise<'none' | 'arrived' | 'refused'>
}

interface UnderWay {
  readonly cancel: () => void
  /** False if it was refused; one that was cancelled is nobody's loss. */
  readonly done: Promise<boolean>
}

/** `session` makes one if there is none yet; `onArrival` hears the names that the server gave. */
export function useUploads(session: () => Promise<string>, onArrival: (name: string) => void): Uploads {
  const [uploads, setUploads] = useState<readonly Upload[]>([])
  const underWay = useRef(new Map<string, UnderWay>())
  const change = (key: string, changes: Partial<Upload>): void =>
    setUploads((all) => all.map((one) => (one.key === key ? { ...one, ...changes } : one)))
  const drop = (key: string): void => {
    underWay.current.get(key)?.cancel()
    underWay.current.delete(key)
    setUploads((all) => all.filter((one) => one.key !== key))
  }
  const send = async (key: string, file: File, signal: AbortSignal): Promise<boolean> => {
    try {
      const id = await session()
      if (signal.aborted) return true
      const sending: Sending = sendFile(id, file, (share) => change(key, { share }))
      signal.addEventListener('abort', sending.cancel)
      for (const { name } of await sending.done) onArrival(name)
      drop(key)
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
      setUploads((all) => [...all, { key, name: file.name || 'file', replaces, share: 0, problem: undefined }])
      underWay.current.set(key, { cancel: () => leave.abort(), done: send(key, file, leave.signal) })
    },
    clear(all = false) {
      if (all) for (const { cancel } of underWay.current.values()) cancel()
      setUploads((now) => (all ? [] : now.filter(({ problem }) => problem === undefined)))
    },
    async settled() {
      const waited = [...underWay.current.values()]
      const arrived = await Promise.all(waited.map(({ done }) => done))
      if (waited.length === 0) return 'none'
      return arrived.every(Boolean) ? 'arrived' : 'refused'
    },
  }
}
