// One cell in one child: deadline, memory and death are watched from here, and there is exactly one end.
import type { Limits } from '../../sandbox/limits.ts'
import type { CellEnd, CellStatus, Report } from '../../sandbox/protocol.ts'
import type { Child } from './child.ts'
import { watchMemory } from './memory.ts'

export interface CellRequest {
  readonly cell: number
  readonly code: string
  readonly seed: number
  /** Milliseconds since 1970. */
  readonly clock: number
  readonly timeoutMs: number
}

export type CellReport = Extract<Report, { type: 'print' | 'progress' | 'file' | 'removed' }>

/** The child says so itself at the deadline; this much later it is killed. */
const GRACE_MS = 200

/** Runs a cell and resolves with its end, made up here if the child cannot say it. */
export async function runInChild(
  child: Child,
  request: CellRequest,
  limits: Limits,
  signal: AbortSignal | undefined,
  emit: (report: CellReport) => void,
): Promise<CellEnd> {
  const { promise, resolve } = Promise.withResolvers<CellEnd>()
  const stop = (status: CellStatus, code: string, message: string): void => {
    resolve({ type: 'end', cell: request.cell, status, code, message, names: [] })
    child.kill()
  }
  const cancel = (): void => stop('cancelled', 'EASEL_CANCELLED', 'The cell was cancelled.')
  signal?.addEventListener('abort', cancel)
  if (signal?.aborted) cancel()

  void child.gone.then((words) => resolve(deathOf(request.cell, words)))
  const started = await child.ready.then(
    () => true,
    () => false,
  )
  if (!started) return finish(await promise)
  child.onReport = (report) => {
    if (report.type === 'end' && report.cell === request.cell) resolve(report)
    else if ('cell' in report && report.cell === request.cell && report.type !== 'end') emit(report)
  }
  const unwatch = watchMemory(child.pid, limits.rssBytes, (bytes) => stop('memory', 'EASEL_RSS', memoryMessage(bytes, limits)))
  const timer = setTimeout(() => stop('timeout', 'EASEL_TIMEOUT', timeoutMessage(request.timeoutMs)), request.timeoutMs + GRACE_MS)
  child.send({ type: 'run', ...request })
  const end = await promise
  clearTimeout(timer)
  unwatch()
  return finish(end)

  function finish(end: CellEnd): CellEnd {
    signal?.removeEventListener('abort', cancel)
    child.onReport = () => undefined
    return end
  }
}

function timeoutMessage(timeoutMs: number): string {
  return `The cell ran longer than its limit of ${timeoutMs / 1000} s. Do less in one cell, or raise the limit with --timeout.`
}

function memoryMessage(bytes: number, limits: Limits): string {
  const mb = (value: number): string => `${Math.round(value / 1_048_576).toLocaleString('en-US')} MB`
  return `The sandbox used ${mb(bytes)} of memory; the limit is ${mb(limits.rssBytes)}. Work on less at a time, or on smaller pictures.`
}

/** A child that died without an end: V8 out of memory, or a crash of a native library. */
function deathOf(cell: number, words: string): CellEnd {
  const memory = /heap out of memory|allocation failed|bad_alloc|Cannot allocate memory|invalid array length/i.test(words)
  return {
    type: 'end',
    cell,
    status: memory ? 'memory' : 'crashed',
    code: memory ? 'EASEL_MEMORY' : 'EASEL_CRASHED',
    message: memory
      ? 'The cell used more memory than the sandbox has. Work on less at a time, or on smaller pictures.'
      : 'The sandbox process ended in the middle of the cell. It was started anew.',
    names: [],
  }
}
