// Files on their way to the server, one after another, so that they come in the order in which they were chosen, whatever
// their size; each with its progress, to be cancelled or, when refused, dismissed.
import { useRef, useState } from 'react'
import { asProblem, RequestProblem } from '../../api/problem.ts'
import type { StoredFile } from '../../api/shapes.ts'
import { sendFile } from '../../api/upload.ts'

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
  /** Sends the file when those before it are through; gives its key. */
  readonly start: (file: File, replaces: string | undefined) => string
  /** Takes one back, or out of the list when it failed or is shown as a file. */
  readonly drop: (key: string) => void
  /** Forgets those that were refused, but for `kept`. */
  readonly clear: (kept: readonly string[]) => void
  /** Forgets all, those under way too. */
  readonly reset: () => void
  /** Resolves when none is under way any more. */
  readonly settled: () => Promise<Settled>
}

interface Settled {
  /** Files in the list that are there now. */
  readonly arrived: readonly StoredFile[]
  /** Keys of those that were refused meanwhile. */
  readonly refused: readonly string[]
}

interface UnderWay {
  readonly cancel: () => void
  /** False if it was refused; one that was cancelled is nobody's loss. */
  readonly done: Promise<boolean>
}

const NEW = { share: 0, problem: undefined, arrived: undefined }

/** `session` makes one if there is none yet; `onArrival` hears the names that the server gave to an upload. */
export function useUploads(
  session: () => Promise<string>,
  onArrival: (key: string, names: readonly string[]) => void,
): Uploads {
  const [uploads, setUploads] = useState<readonly Upload[]>([])
  const underWay = useRef(new Map<string, UnderWay>())
  const arrivals = useRef(new Map<string, readonly StoredFile[]>())
  /** Ends when the last one that was chosen is through. */
  const line = useRef<Promise<unknown>>(Promise.resolve())
  const change = (key: string, changes: Partial<Upload>): void =>
    setUploads((all) => all.map((one) => (one.key === key ? { ...one, ...changes } : one)))
  const arrive = (key: string, arrived: readonly StoredFile[]): void => {
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

/** What the server made of the file, or why it did not take it; undefined if it was cancelled. */
async function send(
  session: () => Promise<string>,
  file: File,
  signal: AbortSignal,
  onProgress: (share: number) => void,
): Promise<readonly StoredFile[] | RequestProblem | undefined> {
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
