// Bounds one check in processor time, wall-clock time and memory, and ends it when the user cancels.
import { readFile } from 'node:fs/promises'
import type { CpuMeter } from '../../process-watch/cpu-meter.ts'
import { descendants } from '../../process-watch/process-tree.ts'
import { watchTime, type TimeBounds } from '../../process-watch/time-watch.ts'

interface RunLimits {
  readonly pid: number | undefined
  readonly cpu: CpuMeter
  readonly time: TimeBounds
  readonly rssBytes: number
  readonly signal?: AbortSignal | undefined
}

export type LimitedOutcome<T> =
  | { readonly type: 'done'; readonly value: T }
  /** `timeout`: it used too much processor time; `busy`: it got too little of the processor to end in time. */
  | { readonly type: 'timeout' | 'busy' | 'cancelled' }
  | { readonly type: 'memory'; readonly bytes: number }
  | { readonly type: 'crashed' }

const POLL_MS = 50
const ENDS = { cpu: 'timeout', wall: 'busy', stalled: 'crashed' } as const

/** Waits for `work` until a bound of time or memory is reached or the signal aborts. The caller ends the process. */
export async function runWithLimits<T>(
  work: Promise<T>,
  { pid, cpu, time, rssBytes, signal }: RunLimits,
): Promise<LimitedOutcome<T>> {
  let stop = (): void => {}
  const alarm = new Promise<LimitedOutcome<T>>((resolve) => {
    const unwatch = watchTime(cpu, time, (limit) => resolve({ type: ENDS[limit] }))
    const poll = setInterval(async () => {
      const bytes = await residentBytes(pid)
      if (bytes > rssBytes) resolve({ type: 'memory', bytes })
    }, POLL_MS)
    const cancel = (): void => resolve({ type: 'cancelled' })
    signal?.addEventListener('abort', cancel)
    if (signal?.aborted) cancel()
    stop = () => {
      unwatch()
      clearInterval(poll)
      signal?.removeEventListener('abort', cancel)
    }
  })
  const done = work.then(
    (value): LimitedOutcome<T> => ({ type: 'done', value }),
    (): LimitedOutcome<T> => ({ type: 'crashed' }),
  )
  return Promise.race([done, alarm]).finally(() => stop())
}

/** Resident bytes of a process and its descendants, on Linux; 0 where that cannot be read. */
async function residentBytes(pid: number | undefined): Promise<number> {
  if (pid === undefined) return 0
  const each = await Promise.all([pid, ...descendants(pid)].map(residentOf))
  return each.reduce((sum, bytes) => sum + bytes, 0)
}

async function residentOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) * 1024
}
