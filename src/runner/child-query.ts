// Queries a child between two cells. Its time counts from when the child is ready; one that does not answer is killed.
import type { Report, Request } from '../../sandbox/protocol.ts'
import { watchTime, type TimeBounds } from '../process-watch/time-watch.ts'
import type { Child } from './child.ts'

/**
 * No answer, and the child is dead. `busy`: it got too little CPU time; `heavy`: it used more than it may; `memory`:
 * likewise of memory; `stalled`: it did nothing.
 */
export interface QueryFailure {
  readonly why: 'busy' | 'heavy' | 'memory' | 'stalled' | 'crashed'
}

export function isQueryFailure(answer: object): answer is QueryFailure {
  return 'why' in answer
}

/**
 * Sends the query. `read` extracts the answer from a report; undefined means an unexpected report, which breaks the
 * protocol and kills the child. Aborting kills the child.
 */
export async function queryChild<T extends object>(
  child: Child,
  question: Request,
  bounds: TimeBounds,
  read: (report: Report) => T | undefined,
  signal?: AbortSignal,
): Promise<T | QueryFailure> {
  const stop = (): void => child.kill()
  signal?.addEventListener('abort', stop)
  if (signal?.aborted) stop()
  let unwatch: (() => void) | undefined
  let why: QueryFailure['why'] | undefined
  try {
    const dead = child.gone.then(({ late, overMemory }): QueryFailure => ({
      why: why ?? (late ? 'busy' : overMemory === undefined ? 'crashed' : 'memory'),
    }))
    const isReady = await child.ready.then(
      () => true,
      () => false,
    )
    if (!isReady) return await dead
    const { promise, resolve } = Promise.withResolvers<T>()
    let answered = false
    child.onReport = (report) => {
      const answer = answered ? undefined : read(report)
      answered = true
      if (answer) resolve(answer)
      else child.killForViolation()
    }
    unwatch = watchTime(child.cpu, bounds, (limit) => {
      why = limit === 'cpu' ? 'heavy' : limit === 'wall' ? 'busy' : limit
      child.kill()
    })
    child.send(question)
    return await Promise.race([promise, dead])
  } finally {
    unwatch?.()
    signal?.removeEventListener('abort', stop)
    child.onReport = undefined
  }
}

/** Asks again, of the replacement child, if the first failure need not have been caused by the query. */
export async function queryWithRetry<T extends object>(
  ask: () => Promise<T | QueryFailure>,
  signal?: AbortSignal,
): Promise<T | QueryFailure> {
  const answer = await ask()
  if (!isQueryFailure(answer) || answer.why === 'heavy' || answer.why === 'memory' || signal?.aborted) return answer
  return ask()
}
