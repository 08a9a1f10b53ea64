// Limits the time of a process for one piece of work. Processor time counts, its own and its children's, so that other
// load on the machine does not use it up; a generous wall-clock limit backs it up, and the watch ends sooner if nothing
// computes or waits for a processor or a disk any more.
import { availableParallelism } from 'node:os'
import { MAX_STALL_MS, type TimeLimit } from '../../sandbox/time-limit.ts'
import type { CpuMeter } from './cpu-meter.ts'

/** Milliseconds each. */
export interface TimeBounds {
  readonly cpuMs: number
  readonly wallMs: number
  /** Milliseconds without any sign of work; default: longer than any disk takes to answer. */
  readonly stallMs?: number | undefined
}

export interface TimeSpent {
  readonly cpuMs: number
  readonly wallMs: number
}

/** Longest and shortest interval between measurements; a limit is noticed at most this late. */
const MAX_LOOK_MS = 500
const MIN_LOOK_MS = 10
/** The interval is at least this many times the duration of a measurement, however long the process makes those. */
const BETWEEN = 20
/** Beyond this delay this whole process was suspended (Ctrl-Z, a sleeping machine); the excess is not counted. */
const MAX_DELAY_MS = 1000

/** Calls `reached` once, when the first bound is reached, counted from now; returns a function that stops watching. */
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
    // With all processors busy, the remaining processor time is used up this many times faster.
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
    const passed = Math.min(now() - began, MAX_LOOK_MS + MAX_DELAY_MS)
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
