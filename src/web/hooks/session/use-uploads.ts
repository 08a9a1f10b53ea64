// Uploads files one after another, so that they arrive in the order in which they were chosen, whatever their size.
// Each has a progress; it can be cancelled, or dismissed when it was refused.
import { useRef, useState } from 'react'
import { asProblem, RequestProblem } from '../../api/problem.ts'
import type { FileShape } from '../../../http/schemas.ts'
import { sendFile } from '../../api/upload.ts'

/** An upload that is running, was refused, or has arrived and is not shown as a file yet. */
export interface Upload {
  readonly key: string
  readonly name: string
  /** The id of the file that had this name before. */
  readonly replaces: string | undefined
  /** Fraction sent, 0 to 1. */
  readonly share: number
  readonly problem: RequestProblem | undefined
  /** The files that the server made of it. */
  readonly arrived: readonly FileShape[] | undefined
}

export interface Uploads {
  readonly uploads: readonly Upload[]
  /** Uploads the file after those before it; returns its key. */
  readonly start: (file: File, replaces: string | undefined) => string
  /** Cancels an upload, or removes it when it failed or is shown as a file. */
  readonly drop: (key: string) => void
  /** Removes refused uploads, except `kept`. */
  readonly clear: (kept: readonly string[]) => void
  /** Cancels and removes all uploads. */
  readonly reset: () => void
  /** Resolves when no upload is running any more. */
  readonly settled: () => Promise<Settled>
}

interface Settled {
  /** Files of the listed uploads that have arrived. */
  readonly arrived: readonly FileShape[]
  /** Keys of uploads that were refused while waiting. */
  readonly refused: readonly string[]
}

interface RunningUpload {
  readonly cancel: () => void
  /** False if it was refused; true also if it was cancelled. */
  readonly done: Promise<boolean>
}

const NEW = { share: 0, problem: undefined, arrived: undefined }

/**
 * `session` creates a session if there is none yet; `onArrival` gets the file names that the server gave to an upload.
 */
export function useUploads(
  session: () => Promise<string>,
  onArrival: (key: string, names: readonly string[]) => void,
): Uploads {
  const [uploads, setUploads] = useState<readonly Upload[]>([])
  const underWay = useRef(new Map<string, RunningUpload>())
  const arrivals = useRef(new Map<string, readonly FileShape[]>())
  /** Resolves when the last chosen upload is finished. */
  const line = useRef<Promise<unknown>>(Promise.resolve())
  const change = (key: string, changes: Partial<Upload>): void =>
    setUploads((all) => all.map((one) => (one.key === key ? { ...one, ...changes } : one)))
  const arrive = (key: string, arrived: readonly FileShape[]): void => {
    arrivals.current.set(key, arrived)
    onArrival(
      key,
      arrived.map(({ name }) => name),
    )
    change(key, { arrived })
  }
  return {
    uploads,
    drop(key) {
      underWay.current.get(key)?.cancel()
      underWay.current.delete(key)
      arrivals.current.delete(key)
      setUploads((all) => all.filter((one) => one.key !== key))
    },
    start(file, replaces) {
      const key = `${Date.now()} ${Math.random()}`
      const leave = new AbortController()
      setUploads((all) => [...all, { key, name: file.name || 'file', replaces, ...NEW }])
      const sent = line.current.then(() => send(session, file, leave.signal, (share) => change(key, { share })))
      const done = sent
        .then((outcome) => {
          if (outcome instanceof RequestProblem) change(key, { problem: outcome })
          else if (outcome) arrive(key, outcome)
          return !(outcome instanceof RequestProblem)
        })
        .finally(() => underWay.current.delete(key))
      line.current = done
      underWay.current.set(key, { cancel: () => leave.abort(), done })
      return key
    },
    clear: (kept) => setUploads((now) => now.filter(({ key, problem }) => !problem || kept.includes(key))),
    reset() {
      for (const { cancel } of underWay.current.values()) cancel()
      arrivals.current.clear()
      setUploads([])
    },
    async settled() {
      const waited = [...underWay.current].map(async ([key, { done }]) => ((await done) ? [] : [key]))
      const refused = (await Promise.all(waited)).flat()
      return { arrived: [...arrivals.current.values()].flat(), refused }
    },
  }
}

/** The files that the server made of it, or why it was refused; undefined if it was cancelled. */
async function send(
  session: () => Promise<string>,
  file: File,
  signal: AbortSignal,
  onProgress: (share: number) => void,
): Promise<readonly FileShape[] | RequestProblem | undefined> {
  try {
    if (signal.aborted) return undefined
    const id = await session()
    if (signal.aborted) return undefined
    const { done, cancel } = sendFile(id, file, onProgress)
    signal.addEventListener('abort', cancel)
    return await done
  } catch (error) {
    const problem = asProblem(error)
    return problem.code === 'cancelled' ? undefined : problem
  }
}
