// Whether programs outside this one compete with it for the processors, read from what all processors did.
import { ownCpuMs, TICK_MS } from '../process-watch/cpu-meter.ts'
import { readProc } from '../process-watch/process-tree.ts'

/** What programs outside use is measured over so long, so that the ticks in which the kernel counts do not matter. */
const WINDOW_MS = 1000
const NOISE_MS = 30
/** Over less than the first nothing is said of them, over less than the second they are only told from those that rest. */
const FIRST_MS = 200
const MIN_WINDOW_MS = 450
/** What could not keep up before makes good for it first, as soon as somebody gives way. */
const CATCH_UP_MS = 600
/**
 * What they may use of one processor without competing: beside our processes that count alike, and beside some that have
 * given way, when a program that always computes has nearly all of a processor.
 */
const SHARE_AMONG_ALIKE = 0.5
const SHARE_BEFORE_LOW = 0.8
/**
 * After another program was seen to compute, nobody is to give way for so long: twice as long each time that it was seen
 * as soon as somebody did, since a program that gets its share among many looks like one that wants no more.
 */
const HOLD_OFF_MS = 4000
const MAX_HOLD_OFF_MS = 60_000

export interface OutsideLoad {
  /** Measures; false while a program outside competes, did so lately, or may for all that is known. `isLow`: some of our processes have given way. */
  isFree(time: number, isLow: boolean): boolean
  /** What was measured so far does not count any more. */
  clear(): void
}

/** `outsideMs`: what the processors have worked for programs outside, ever, in milliseconds; undefined where that cannot be told. */
export function createOutsideLoad(outsideMs: () => number | undefined = measuredOutsideMs): OutsideLoad {
  /** What programs outside had used at each look of the window. */
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
      const competes = outside - before > (isLow ? SHARE_BEFORE_LOW : SHARE_AMONG_ALIKE) * known + NOISE_MS
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

/** Milliseconds that all processors of this machine have worked since it started; undefined where that cannot be told. */
function machineCpuMs(): number | undefined {
  if (process.platform !== 'linux') return undefined
  const [line = ''] = readProc('/proc/stat').split('\n', 1)
  if (line === '') return undefined
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] = line.split(/\s+/).slice(1).map(Number)
  return (user + nice + system + irq + softirq) * TICK_MS
}
