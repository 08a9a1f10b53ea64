// The time that a process may take for one piece of work. What counts is processor time, its own and its children's, so
// that neighbours on a busy machine do not use it up; a generous bound of wall time stands behind, and it ends sooner
// where nothing computes or waits for a processor or a disk any more.
import { availableParallelism } from 'node:os'
import { MAX_STALL_MS, type TimeLimit } from '../../sandbox/time-limit.ts'
import type { CpuMeter } from './cpu-meter.ts'

/** Milliseconds each. */
export interface TimeBounds {
  readonly cpuMs: number
  readonly wallMs: number
  /** Without any sign of work; default: longer than any disk needs to answer. */
  readonly stallMs?: number | undefined
}

export interface TimeSpent {
  readonly cpuMs: number
  readonly wallMs: number
}

/** Looks are this far apart at most and at least; a limit is noticed so much too late. */
const MAX_LOOK_MS = 500
const MIN_LOOK_MS = 10
/** So much of the time passes between two looks, whatever a process does to make them long. */
const BETWEEN = 20
/** A look that comes later than this was held up with this whole process (Ctrl-Z, a machine asleep): the rest is not counted. */
const HELD_UP_MS = 1000

/** Calls `reached` once, when the first bound is, counted from now; gives a function that stops watching. */
export function watchTime(
  meter: Pick<CpuMeter, 'ms' | 'measure' | 'isActive'>,
  { cpuMs, wallMs, stallMs = MAX_STALL_MS }: TimeBounds,
  reached: (limit: TimeLimit, spent: TimeSpent) => void,
  now: () => number = () => performance.now(),
): () => void {
  let before = meter.ms
  let [cpu, wall, stalled] = [0, 0, 0]
  let stopped = false
  let lookMs = 0
  let timer: NodeJS.Timeout | undefined

  const stop = (): void => {
    stopped = true
    clearTimeout(timer)
  }
  const wait = (): void => {
    // All processors at work, the processor time that is left is over in its part.
    const soonest = Math.min((cpuMs - cpu) / availableParallelism(), wallMs - wall, stallMs - stalled, MAX_LOOK_MS)
    const began = now()
    const wanted = Math.max(MIN_LOOK_MS, BETWEEN * lookMs, Math.ceil(soonest))
    timer = setTimeout(() => void look(began), Math.min(wanted, MAX_LOOK_MS))
  }
  const look = async (began: number): Promise<void> => {
    const start = now()
    const used = await meter.measure()
    if (stopped) return
    before ??= used
    const soFar = used - before
    const passed = Math.min(now() - began, MAX_LOOK_MS + HELD_UP_MS)
    wall += passed
    stalled = soFar > cpu || meter.isActive() ? 0 : stalled + passed
    cpu = soFar
    lookMs = now() - start
    const limit = cpu >= cpuMs ? 'cpu' : wall >= wallMs ? 'wall' : stalled >= stallMs ? 'stalled' : undefined
    if (limit === undefined) return wait()
    stop()
    reached(limit, { cpuMs: cpu, wallMs: Math.round(wall) })
  }
  if (before === undefined) void Promise.resolve(meter.measure()).then((used) => (before ??= used))
  wait()
  return stop
}
