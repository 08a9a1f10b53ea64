// Fairness among the sessions of one program: a cell that takes long gives way while short cells of other sessions want
// to run, and only then. To programs outside it never gives way: as soon as one of them computes too, all count alike.
import { writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { machineCpuMs, ownCpuMs } from '../process-watch/cpu-meter.ts'

/** Most cells are over by then. */
const LONG_MS = 500
const EVERY_MS = 250
/** Others want to run as long as a short cell ran within this time. */
const LATELY_MS = 1000
/** After another program was seen to compute, for so long nobody gives way. */
const HOLD_OFF_MS = 2000
/** What programs outside may use of one processor without competing for it. */
const OUTSIDE_SHARE = 0.25
/** The niceness of a cell that gives way: by the kernel's weights it counts a twenty-eighth. */
const LOW = 15

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
  readonly cores: number
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
  cores: availableParallelism(),
}

/** Priorities among the cells that enter here. */
export function createPriorities({ now, outsideMs, setNiceness, cores }: PriorityDeps = SYSTEM): Priorities {
  const cells = new Set<Cell>()
  /** When cells were last seen short. */
  const shorts = new Map<Cell, number>()
  /** Processes whose niceness is not 0. */
  const low = new Set<number>()
  let timer: NodeJS.Timeout | undefined
  let before: { readonly at: number; readonly outside: number | undefined } | undefined
  let heldOffUntil = Number.NEGATIVE_INFINITY

  /** Whether others of ours may be preferred now: no program outside competes with the long cells. */
  const isOurs = (time: number, longs: number): boolean => {
    const last = before
    before = { at: time, outside: outsideMs() }
    if (last?.outside === undefined || before.outside === undefined) return false
    // What a program that always computes gets beside so many others is this much at least.
    const share = Math.min(OUTSIDE_SHARE, (0.8 * cores) / (longs + 1))
    if (before.outside - last.outside > share * (time - last.at)) heldOffUntil = time + HOLD_OFF_MS
    return time >= heldOffUntil
  }
  const look = (): void => {
    timer = undefined
    const time = now()
    const longs = [...cells].filter(({ began }) => time - began >= LONG_MS)
    for (const cell of cells) if (!longs.includes(cell)) shorts.set(cell, time)
    for (const [cell, at] of shorts) if (time - at >= LATELY_MS) shorts.delete(cell)
    const isWaitedFor = (cell: Cell): boolean => shorts.size > (shorts.has(cell) ? 1 : 0)
    const yields = longs.length > 0 && isOurs(time, longs.length) ? longs.filter(isWaitedFor) : []
    const pids = yields.map(({ pid }) => pid)
    for (const pid of pids) if (!low.has(pid) && setNiceness(pid, LOW)) low.add(pid)
    for (const pid of low) if (!pids.includes(pid) && setNiceness(pid, 0)) low.delete(pid)
    if (longs.length === 0) before = undefined
    if (cells.size > 0 || low.size > 0) watch()
  }
  const watch = (): void => {
    timer ??= setTimeout(look, EVERY_MS).unref()
  }

  return {
    enter(pid) {
      const cell = { pid, began: now() }
      cells.add(cell)
      shorts.set(cell, cell.began)
      watch()
      return () => {
        cells.delete(cell)
        // Its next cell is a short one again; what the kernel refuses now is done at the next look.
        if (low.has(pid) && setNiceness(pid, 0)) low.delete(pid)
      }
    },
  }
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
