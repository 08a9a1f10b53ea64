// Fair CPU sharing among the sessions of one program: one that has used much lately yields while cells of others that
// have not want to run, and only then. It never yields to other programs: as soon as one computes too, all count alike.
import { writeFileSync } from 'node:fs'
import { createOutsideLoad, type OutsideLoad } from './external-load.ts'

/** CPU time from which on a session counts as long-running; most cells are over by then. */
const LONG_MS = 250
/** The CPU time of a session is remembered up to MAX_MS, and forgotten at this rate while it runs nothing. */
const MAX_MS = 1500
const FORGOTTEN_PER_MS = 0.5
/** A cell that has not used LONG_MS of CPU time by then is mostly waiting; others need not yield to it. */
const WAITING_CELL_MS = 5000
const CHECK_INTERVAL_MS = 125
/** The kernel allows a user ten changes a second; a refused one is tried again after this time. */
const RETRY_MS = 110
/** Others count as wanting to run if a short cell ran within this time. */
const RECENT_MS = 1000
/** The niceness of a cell that yields: by the kernel's weights it counts a twenty-eighth. */
const YIELD_NICENESS = 15

export interface CpuPriorities {
  /** Adds a session of this program. */
  join(): CpuPriority
}

export interface CpuPriority {
  /** The session begins a cell in the process, or starts it; returns a function to call at the end of that. */
  enter(process: SessionProcess, what: 'cell' | 'start'): () => void
}

interface SessionProcess {
  readonly pid: number
  /** Milliseconds of CPU time used so far; undefined if unknown. */
  readonly cpu: { readonly ms: number | undefined }
}

export interface PriorityDeps {
  readonly now: () => number
  readonly load: OutsideLoad
  /** Of the process's whole Unix session; false if it must be tried again later. */
  readonly setNiceness: (pid: number, niceness: number) => boolean
}

interface Session {
  /** Milliseconds of CPU time that its cells used lately. */
  used: number
  /** When `used` was last updated. */
  at: number
  readonly works: Set<Work>
}

/** A cell that runs or a process that starts. */
interface Work {
  readonly session: Session
  readonly process: SessionProcess
  readonly what: 'cell' | 'start'
  readonly began: number
  /** The process's CPU time at the last update of `used`. */
  counted: number
}

/** Priorities among the sessions that join here. */
export function createPriorities({ now, load, setNiceness }: PriorityDeps = createMachineDeps()): CpuPriorities {
  const works = new Set<Work>()
  /** When sessions that have not used much were last seen running something. */
  const shorts = new Map<Session, number>()
  /** Processes whose niceness is not 0. */
  const low = new Set<number>()
  let timer: NodeJS.Timeout | undefined

  const raise = (pid: number): void => void (setNiceness(pid, 0) && low.delete(pid))
  const lower = (pid: number): void => void (setNiceness(pid, YIELD_NICENESS) && low.add(pid))
  /** Ids of the processes that are to yield now. */
  const findYielding = (time: number): readonly number[] => {
    for (const { session } of works) update(session, time)
    for (const { session, began } of works)
      if (!isLong(session) && time - began < WAITING_CELL_MS) shorts.set(session, time)
    for (const [session, at] of shorts) if (time - at >= RECENT_MS) shorts.delete(session)
    if (!load.isFree(time, low.size > 0)) return []
    const isWaitedFor = ({ session }: Work): boolean => shorts.size > (shorts.has(session) ? 1 : 0)
    return [...works].filter((work) => isLong(work.session) && isWaitedFor(work)).map(({ process }) => process.pid)
  }
  const rebalance = (): void => {
    timer = undefined
    const pids = new Set(findYielding(now()))
    // Samples taken while some process yields do not compare with those taken while none does.
    if (pids.size > 0 !== low.size > 0) load.clear()
    const rising = low.difference(pids)
    const short = new Set([...works].filter(({ session }) => !isLong(session)).map(({ process }) => process.pid))
    for (const pid of [...rising.intersection(short), ...rising.difference(short)]) raise(pid)
    // The kernel limits the number of changes, so raise those that are to count in full before lowering others.
    const isDone = low.isSubsetOf(pids)
    if (isDone) for (const pid of pids.difference(low)) lower(pid)
    if (works.size === 0) load.clear()
    if (works.size > 0 || low.size > 0) watch(isDone ? CHECK_INTERVAL_MS : RETRY_MS)
  }
  const watch = (ms: number): void => {
    timer ??= setTimeout(rebalance, ms).unref()
  }
  const enter = (session: Session, process: SessionProcess, what: 'cell' | 'start'): (() => void) => {
    const time = now()
    update(session, time)
    const work = { session, process, what, began: time, counted: process.cpu.ms ?? 0 }
    works.add(work)
    session.works.add(work)
    if (isLong(session)) {
      // It is still a long one: if others yield now, so does it, at once.
      if (low.size > 0 && shorts.size > 0) lower(process.pid)
    } else {
      shorts.set(session, time)
      if (low.has(process.pid)) raise(process.pid)
    }
    watch(CHECK_INTERVAL_MS)
    return () => {
      update(session, now())
      works.delete(work)
      session.works.delete(work)
    }
  }

  return {
    join() {
      const session: Session = { used: 0, at: now(), works: new Set() }
      return { enter: (process, what) => enter(session, process, what) }
    },
  }
}

function createMachineDeps(): PriorityDeps {
  return { now: () => performance.now(), load: createOutsideLoad(), setNiceness: setAutogroup }
}

/** Updates `used`: adds the CPU time of cells but not of process starts, and forgets some while nothing runs. */
function update(session: Session, time: number): void {
  const isStarting = [...session.works].some(({ what }) => what === 'start')
  let spent = 0
  for (const work of session.works) {
    const ms = work.process.cpu.ms ?? 0
    if (!isStarting) spent += ms - work.counted
    work.counted = ms
  }
  if (session.works.size === 0) session.used = Math.max(0, session.used - (time - session.at) * FORGOTTEN_PER_MS)
  session.used = Math.min(MAX_MS, session.used + spent)
  session.at = time
}

function isLong({ used }: Session): boolean {
  return used >= LONG_MS
}

/**
 * Sets the niceness of the process's whole Unix session (Linux, sched(7): autogroups), which its owner may also lower
 * again, ten times a second at most. Where the kernel has no autogroups, cells share alike.
 */
function setAutogroup(pid: number, niceness: number): boolean {
  try {
    writeFileSync(`/proc/${pid}/autogroup`, String(niceness))
    return true
  } catch (error) {
    // A process that is gone needs no niceness.
    return niceness === 0 && (error as NodeJS.ErrnoException).code !== 'EAGAIN'
  }
}

/** Shared by all sandboxes of this program. */
export const PRIORITIES: CpuPriorities = createPriorities()
