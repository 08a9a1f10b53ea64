// The watch over a check: a deadline, a cap on the checker's memory, and the person's wish to stop.
import { readFile } from 'node:fs/promises'

interface Watch {
  readonly pid: number | undefined
  readonly timeoutMs: number
  readonly rssBytes: number
  readonly signal?: AbortSignal | undefined
}

export type Watched<T> =
  | { readonly type: 'done'; readonly value: T }
  | { readonly type: 'timeout' | 'cancelled' }
  | { readonly type: 'memory'; readonly bytes: number }
  | { readonly type: 'crashed' }

const POLL_MS = 50

/** Waits for `work`, but not past the deadline, the memory cap or an abort. The caller ends the process. */
export async function watch<T>(work: Promise<T>, { pid, timeoutMs, rssBytes, signal }: Watch): Promise<Watched<T>> {
  let stop = (): void => {}
  const alarm = new Promise<Watched<T>>((resolve) => {
    const deadline = setTimeout(() => resolve({ type: 'timeout' }), timeoutMs)
    const poll = setInterval(async () => {
      const bytes = await residentBytes(pid)
      if (bytes > rssBytes) resolve({ type: 'memory', bytes })
    }, POLL_MS)
    const cancel = (): void => resolve({ type: 'cancelled' })
    signal?.addEventListener('abort', cancel, { once: true })
    if (signal?.aborted) cancel()
    stop = () => {
      clearTimeout(deadline)
      clearInterval(poll)
      signal?.removeEventListener('abort', cancel)
    }
  })
  const done = work.then(
    (value): Watched<T> => ({ type: 'done', value }),
    (): Watched<T> => ({ type: 'crashed' }),
  )
  return Promise.race([done, alarm]).finally(() => stop())
}

/** Resident memory of a process on Linux; 0 where that cannot be read. */
async function residentBytes(pid: number | undefined): Promise<number> {
  const status = pid === undefined ? '' : await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024
}
