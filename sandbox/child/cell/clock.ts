// What a cell has left of its time: processor time of this whole process, and time on the clock.
import { availableParallelism } from 'node:os'
import type { CellTime, TimeLimit } from '../../time-limit.ts'

export interface CellClock {
  /** Milliseconds left on the clock, at least one. */
  left(): number
  /** The bound that was reached first. */
  readonly reached: Exclude<TimeLimit, 'stalled'> | undefined
  /** Milliseconds of processor time since the cell began. */
  cpuMs(): number
  stop(): void
}

/** Looks are this far apart at most and at least. */
const MAX_LOOK_MS = 250
const MIN_LOOK_MS = 5

/** Starts now; calls `late` once, when a bound is reached. */
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
  const look = (): void => {
    const cpuLeft = timeoutMs - cpuMs()
    reached = cpuLeft <= 0 ? 'cpu' : performance.now() >= deadline ? 'wall' : undefined
    if (reached) return late()
    // All processors at work, the processor time that is left is over in its part.
    timer = setTimeout(look, Math.max(MIN_LOOK_MS, Math.min(cpuLeft / availableParallelism(), left(), MAX_LOOK_MS)))
  }
  look()
  return {
    left,
    get reached() {
      return reached
    },
    cpuMs,
    stop: () => clearTimeout(timer),
  }
}
