// Fairness among the sessions of one program: a cell that takes long gives way while short cells of other sessions want
// to run, and only then. To programs outside it never gives way: as soon as one of them computes too, all count alike.
import { readFileSync, writeFileSync } from 'node:fs'
import { ownCpuMs, TICK_MS } from '../process-watch/cpu-meter.ts'

/** Most cells are over by then. */
const LONG_MS = 500
const EVERY_MS = 250
/** The kernel lets a user change ten times a second; what it refused is tried again then. */
const AGAIN_MS = 110
/** Others want to run as long as a short cell ran within this time. */
const LATELY_MS = 1000
/** What programs outside use is measured over so long, so that the ticks in which the kernel counts do not matter. */
const WINDOW_MS = 1000
const NOISE_MS = 30
const MIN_WINDOW_MS = 450
/** What programs outside may use of one processor without competing for it. */
const OUTSIDE_SHARE = 0.5
/**
 * After another program was seen to compute, for so long nobody gives way: twice as long each time that it was seen as
 * soon as somebody did, since a program that gets its share among many looks like one that wants no more.
 */
const HOLD_OFF_MS = 2000
const MAX_HOLD_OFF_MS = 30_000
/** The niceness of a cell that gives way: by the kernel's weights it counts a twenty-eighth. */
const GIVING_WAY = 15

export interface Priorities {
  /** A cell begins in the process; gives what is to be called at its end. */
  enter(pid: number): () => void
}

export interface PriorityDeps {
  readonly now: () => number
  /** Milliseconds that the processors have worked for programs outside, ever; undefined where that cannot be told: nobody gives way. */
  readonly outsideMs: () => number | undefined
  /** Of a process's whole session of processes; false when it must be tried again later. */
  readonly setNiceness: (pid: number, niceness: number) => boolean
}

interface Cell {
  readonly pid: number
  readonly began: number
}

const SYSTEM: PriorityDeps = {
  now: () => performance.now(),
  outsideMs() {
    const all = machineCpuMs()
    return all === undefined ? undefined : all - ownCpuMs()
  },
  setNiceness,
}

/** Priorities among the cells that enter here. */
export function createPriorities({ now, outsideMs, setNiceness }: PriorityDeps = SYSTEM): Priorities {
  const cells = new Set<Cell>()
  /** When cells were last seen short. */
  const shorts = new Map<Cell, number>()
  /** Processes whose niceness is not 0. */
  const low = new Set<number>()
  let timer: NodeJS.Timeout | undefined
  /** What programs outside had used at each look of the window. */
  let samples: { readonly at: number; readonly outside: number }[] = []
  let heldOffUntil = Number.NEGATIVE_INFINITY
  let holdOffMs = HOLD_OFF_MS

  /** Whether others of ours may be preferred now: no program outside competes with the long cells. */
  const isOurs = (time: number): boolean => {
    const outside = outsideMs()
    if (outside === undefined) return false
    samples = [...samples.filter(({ at }) => time - at <= WINDOW_MS), { at: time, outside }]
    const { at, outside: before } = samples[0]!
    if (time - at < MIN_WINDOW_MS) return low.size > 0 && time >= heldOffUntil
    if (outside - before > OUTSIDE_SHARE * (time - at) + NOISE_MS) {
      heldOffUntil = time + holdOffMs
      if (low.size > 0) holdOffMs = Math.min(holdOffMs * 2, MAX_HOLD_OFF_MS)
    } else if (low.size > 0 && time - at > WINDOW_MS / 2) holdOffMs = HOLD_OFF_MS
    return time >= heldOffUntil
  }
  /** True when all processes count in full that should, the ones of short cells first. */
  const raise = (keepLow: readonly number[]): boolean => {
    const isShort = (pid: number): boolean => [...shorts.keys()].some((cell) => cell.pid === pid && cells.has(cell))
    const pids = [...low].filter((pid) => !keepLow.includes(pid))
    for (const pid of pids.toSorted((a, b) => Number(isShort(b)) - Number(isShort(a)))) {
      if (setNiceness(pid, 0)) low.delete(pid)
    }
    return pids.every((pid) => !low.has(pid))
  }
  const look = (): void => {
    timer = undefined
    const time = now()
    const longs = [...cells].filter(({ began }) => time - began >= LONG_MS)
    for (const cell of cells) if (!longs.includes(cell)) shorts.set(cell, time)
    for (const [cell, at] of shorts) if (time - at >= LATELY_MS) shorts.delete(cell)
    const isWaitedFor = (cell: Cell): boolean => shorts.size > (shorts.has(cell) ? 1 : 0)
    const yields = longs.length > 0 && isOurs(time) ? longs.filter(isWaitedFor) : []
    const pids = yields.map(({ pid }) => pid)
    // What others used while somebody gave way is one measurement, what they used while nobody did another.
    if (pids.length > 0 !== low.size > 0) samples = samples.slice(-1)
    const isDone = raise(pids)
    if (isDone) for (const pid of pids) if (!low.has(pid) && setNiceness(pid, GIVING_WAY)) low.add(pid)
    if (longs.length === 0) samples = []
    if (cells.size > 0 || low.size > 0) watch(isDone ? EVERY_MS : AGAIN_MS)
  }
  const watch = (ms: number): void => {
    timer ??= setTimeout(look, ms).unref()
  }

  return {
    enter(pid) {
      const cell = { pid, began: now() }
      cells.add(cell)
      shorts.set(cell, cell.began)
      watch(EVERY_MS)
      return () => {
        cells.delete(cell)
        // Its next cell is a short one again; what the kernel refuses now is done at the next look.
        if (low.has(pid) && setNiceness(pid, 0)) low.delete(pid)
      }
    },
  }
}

/** Milliseconds that all processors of this machine have worked since it started; undefined where that cannot be told. */
function machineCpuMs(): number | undefined {
  if (process.platform !== 'linux') return undefined
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] = readFileSync('/proc/stat', 'latin1')
    .split('\n', 1)[0]!
    .split(/\s+/)
    .slice(1)
    .map(Number)
  return (user + nice + system + irq + softirq) * TICK_MS
}

/**
 * Sets the niceness of the process's whole session of processes (Linux, sched(7): autogroups), which its owner may also
 * lower again, ten times a second at most. Where the kernel has none, cells share alike.
 */
function setNiceness(pid: number, niceness: number): boolean {
  try {
    writeFileSync(`/proc/${pid}/autogroup`, String(niceness))
    return true
  } catch (error) {
    // Whoever is gone needs no niceness.
    return niceness === 0 && (error as NodeJS.ErrnoException).code !== 'EAGAIN'
  }
}

/** Of all sandboxes of this program. */
export const PRIORITIES: Priorities = createPriorities()
