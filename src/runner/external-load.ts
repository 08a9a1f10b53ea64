// Whether other programs compete with this one for the CPUs, measured by the CPU time of the whole machine.
import { ownCpuMs, TICK_MS } from '../process-watch/cpu-meter.ts'
import { readProc } from '../process-watch/process-tree.ts'

/** The window over which outside load is measured: long enough for the kernel's clock ticks not to matter. */
const WINDOW_MS = 1000
const NOISE_MS = 30
/** Below FIRST_MS of samples nothing is concluded, below MIN_WINDOW_MS only that no program competes. */
const FIRST_MS = 200
const MIN_WINDOW_MS = 450
/** Once a session yields, starved programs catch up first: samples from this time do not count. */
const CATCH_UP_MS = 600
/**
 * The share of one CPU that outside programs may use without competing: while none of our processes yields, and while
 * some do, when a program that always computes has nearly all of a CPU.
 */
const MAX_SHARE = 0.5
const MAX_SHARE_WHILE_YIELDING = 0.8
/**
 * After an outside program was seen to compete, no session yields for this time. It doubles each time one is seen while
 * a session yields, since a program that gets its share among many looks like one that wants no more.
 */
const HOLD_OFF_MS = 4000
const MAX_HOLD_OFF_MS = 60_000

export interface OutsideLoad {
  /** Samples; false while an outside program competes, did lately, or might. `isLow`: some of our processes yield. */
  isFree(time: number, isLow: boolean): boolean
  /** Drops all samples. */
  clear(): void
}

/** `outsideMs`: total CPU milliseconds of outside programs so far; undefined where unknown. */
export function createOutsideLoad(outsideMs: () => number | undefined = measuredOutsideMs): OutsideLoad {
  /** The total at each sample of the window. */
  let samples: { readonly at: number; readonly outside: number }[] = []
  let heldOffUntil = Number.NEGATIVE_INFINITY
  let holdOffMs = HOLD_OFF_MS
  let lowSince: number | undefined
  return {
    isFree(time, isLow) {
      const outside = outsideMs()
      if (outside === undefined) return false
      lowSince = isLow ? (lowSince ?? time) : undefined
      if (lowSince !== undefined && time - lowSince < CATCH_UP_MS) samples = []
      samples = [...samples.filter(({ at }) => time - at <= WINDOW_MS), { at: time, outside }]
      const { at, outside: before } = samples[0]!
      const known = time - at
      const competes = outside - before > (isLow ? MAX_SHARE_WHILE_YIELDING : MAX_SHARE) * known + NOISE_MS
      if (competes && known >= MIN_WINDOW_MS) {
        heldOffUntil = time + holdOffMs
        if (isLow) holdOffMs = Math.min(holdOffMs * 2, MAX_HOLD_OFF_MS)
      } else if (isLow && known > WINDOW_MS / 2) holdOffMs = HOLD_OFF_MS
      return time >= heldOffUntil && (isLow || (known >= FIRST_MS && !competes))
    },
    clear: () => void (samples = []),
  }
}

function measuredOutsideMs(): number | undefined {
  const all = machineCpuMs()
  return all === undefined ? undefined : all - ownCpuMs()
}

/** CPU milliseconds of the whole machine since it booted; undefined where unknown. */
function machineCpuMs(): number | undefined {
  if (process.platform !== 'linux') return undefined
  const [line = ''] = readProc('/proc/stat').split('\n', 1)
  if (line === '') return undefined
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] = line.split(/\s+/).slice(1).map(Number)
  return (user + nice + system + irq + softirq) * TICK_MS
}
