// Runs one cell in one child: watches its deadline, memory and death, and resolves with exactly one end.
import { MAX_NOTES, wallLimitFor, type Limits } from '../../sandbox/limits.ts'
import type { CellEnd, CellStatus, Report } from '../../sandbox/protocol.ts'
import { stallMs, timeLimitReached, type CellTime, type TimeLimit } from '../../sandbox/time-limit.ts'
import type { CpuMeter } from '../process-watch/cpu-meter.ts'
import { watchTime } from '../process-watch/time-watch.ts'
import type { Child, Death } from './child.ts'
import { formatMemory, overuseEnd } from './overuse.ts'

export interface CellRequest {
  readonly cell: number
  readonly code: string
  readonly seed: number
  /** Milliseconds since 1970. */
  readonly clock: number
  /** CPU time. */
  readonly timeoutMs: number
  /** Wall-clock time; default: the limit's, in proportion to `timeoutMs`. */
  readonly wallMs?: number | undefined
}

export type CellReport = Extract<Report, { type: 'print' | 'note' | 'progress' | 'file' | 'removed' }>

/** Characters. A longer snippet is refused before it is sent, since the size of a frame is limited. */
const MAX_CODE = 1_000_000
/** More reports than an honest child makes in one cell. */
const MAX_REPORTS = 50_000

/** The child reports itself that its time is up; if it has not after this extra time, it is killed. */
const GRACE = { cpuMs: 200, wallMs: 2000 }

/** Runs a cell and resolves with its end, which is made here if the child cannot report it. */
export async function runInChild(
  child: Child,
  request: CellRequest,
  limits: Limits,
  signal: AbortSignal | undefined,
  emit: (report: CellReport) => void,
): Promise<CellEnd> {
  if (request.code.length > MAX_CODE) return tooLongEnd(request)
  const { promise, resolve } = Promise.withResolvers<CellEnd>()
  const stop = (status: CellStatus, code: string, message: string): void => {
    resolve({ type: 'end', cell: request.cell, status, code, message, names: [] })
    child.kill()
  }
  const cancel = (): void => stop('cancelled', 'EASEL_CANCELLED', 'The cell was cancelled.')
  signal?.addEventListener('abort', cancel)
  if (signal?.aborted) cancel()

  void child.gone.then((death) => resolve(endOfDeath(request.cell, death, limits)))
  const started = await child.ready.then(
    () => true,
    () => false,
  )
  if (!started) return finish(await promise)
  const account = createReportCounter(limits)
  let ended = false
  child.onReport = (report) => {
    // No report may follow the end or be of another cell, and their number and size are limited.
    if (ended || !('cell' in report) || report.cell !== request.cell || !account(report))
      return child.killForViolation()
    if (report.type !== 'end') return emit(report)
    ended = true
    resolve(report)
  }
  const time = { timeoutMs: request.timeoutMs, wallMs: request.wallMs ?? wallLimitFor(limits, request.timeoutMs) }
  const unwatch = watchCellTime(child.cpu, time, (limit, cpuMs) => {
    const { code, message } = timeLimitReached(limit, time, cpuMs)
    stop('timeout', code, message)
  })
  child.send({ type: 'run', ...request, ...time })
  const end = await promise
  unwatch()
  return finish(end)

  function finish(end: CellEnd): CellEnd {
    signal?.removeEventListener('abort', cancel)
    child.onReport = undefined
    return end
  }
}

/** Calls `over` when the child has reached a bound without reporting it; returns a function that stops watching. */
function watchCellTime(cpu: CpuMeter, time: CellTime, over: (limit: TimeLimit, cpuMs: number) => void): () => void {
  const bounds = { cpuMs: time.timeoutMs, wallMs: time.wallMs, stallMs: stallMs(time) }
  let unwatch = watchTime(cpu, bounds, (limit, { cpuMs }) => {
    if (limit === 'stalled') over(limit, cpuMs)
    else unwatch = watchTime(cpu, GRACE, () => over(limit, cpuMs))
  })
  return () => unwatch()
}

/** Returns a function that counts reports; false once they exceed what the limits allow. */
function createReportCounter(limits: Limits): (report: Report) => boolean {
  let reports = 0
  let printed = 0
  let notes = 0
  let files = 0
  return (report) => {
    reports++
    if (report.type === 'print') printed += report.text.length
    if (report.type === 'note') notes++
    if (report.type === 'file' || report.type === 'removed') files++
    if (notes > MAX_NOTES) return false
    return reports <= MAX_REPORTS && printed <= limits.outputBytes + 20_000 && files <= limits.sessionFiles * 2 + 10
  }
}

function tooLongEnd({ cell, code }: CellRequest): CellEnd {
  const n = (value: number): string => value.toLocaleString('en-US')
  const message = `The snippet has ${n(code.length)} characters; the limit is ${n(MAX_CODE)}. Make it shorter.`
  return { type: 'end', cell, status: 'rejected', code: 'EASEL_TOO_LONG', message, names: [] }
}

const LATE = 'The sandbox did not start in time: the machine is busy. Try again later.'

const CRASHED = 'EASEL_CRASHED'
const NOT_STARTED = 'EASEL_NOT_STARTED'

/**
 * Whether the process died, or did not start, with no sign that the cell caused it: another process may run the cell
 * well, so the owner of its variables runs it once more. A snippet may throw any code, but cannot cause this status.
 */
export function diedByItself({
  status,
  code,
}: {
  readonly status?: string
  readonly code?: string | undefined
}): boolean {
  return status === 'crashed' && (code === CRASHED || code === NOT_STARTED)
}

/** The end of a cell whose child died without one: killed by us, V8 out of memory, or a crash of a native library. */
function endOfDeath(cell: number, death: Death, limits: Limits): CellEnd {
  const end = (status: CellStatus, code: string, message: string): CellEnd => ({
    type: 'end',
    cell,
    status,
    code,
    message,
    names: [],
  })
  const over = overuseEnd(death, limits)
  if (over) return end(...over)
  if (death.late) return end('crashed', NOT_STARTED, LATE)
  if (death.broken) {
    return end(
      'crashed',
      'EASEL_BROKEN',
      'The sandbox process sent an invalid report and was killed. It was restarted.',
    )
  }
  return /heap out of memory|allocation failed|bad_alloc|Cannot allocate memory|invalid array length/i.test(death.words)
    ? end(
        'memory',
        'EASEL_MEMORY',
        `The cell used more memory than the sandbox has, ${formatMemory(limits.memoryBytes)}. Work on less at a time, or on smaller pictures.`,
      )
    : end('crashed', CRASHED, 'The sandbox process ended in the middle of the cell. It was restarted.')
}
