// Tracks the time that a cell has left: processor time of the whole process, and wall-clock time.
import { availableParallelism } from 'node:os'
import type { CellTime, TimeLimit } from '../../time-limit.ts'

export interface CellClock {
  /** Milliseconds of wall-clock time left, at least one. */
  left(): number
  /** The limit that was reached first. */
  readonly reached: Exclude<TimeLimit, 'stalled'> | undefined
  /** Milliseconds of processor time since the cell began. */
  cpuMs(): number
  stop(): void
}

/** Longest and shortest interval between two checks. */
const MAX_CHECK_MS = 250
const MIN_CHECK_MS = 5

/** Starts now; calls `late` once, when a limit is reached. */
export function startCellClock({ timeoutMs, wallMs }: CellTime, late: () => void): CellClock {
  const deadline = performance.now() + wallMs
  const before = process.cpuUsage()
  let reached: CellClock['reached']
  let timer: NodeJS.Timeout | undefined
  const cpuMs = (): number => {
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1000
  }
  const left = (): number => Math.max(1, Math.ceil(deadline - performance.now()))
  const check = (): void => {
    const cpuLeft = timeoutMs - cpuMs()
    reached = cpuLeft <= 0 ? 'cpu' : performance.now() >= deadline ? 'wall' : undefined
    if (reached) return late()
    // With every processor busy, the remaining processor time is used up this much faster.
    timer = setTimeout(check, Math.max(MIN_CHECK_MS, Math.min(cpuLeft / availableParallelism(), left(), MAX_CHECK_MS)))
  }
  check()
  return {
    left,
    get reached() {
      return reached
    },
    cpuMs,
    stop: () => clearTimeout(timer),
  }
}
