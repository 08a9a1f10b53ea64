// Fairness among the sessions of one program: one that has used much lately gives way while cells of others want to run
// that have not, and only then. To programs outside it never gives way: as soon as one of them computes too, all count alike.
import { writeFileSync } from 'node:fs'
import { createOutsideLoad, type OutsideLoad } from './external-load.ts'

/** Of processor time; most cells are over by then. */
const LONG_MS = 250
/** What a session has used is remembered up to this, and forgotten at this rate while it runs nothing. */
const MAX_MS = 1500
const FORGOTTEN_PER_MS = 0.5
/** A cell that has not used LONG_MS by then sleeps; nobody needs to make room for it. */
const SLEEPY_MS = 5000
const EVERY_MS = 125
/** The kernel lets a user change ten times a second; what it refused is tried again then. */
const AGAIN_MS = 110
/** Others want to run as long as a short cell ran within this time. */
const LATELY_MS = 1000
/** The niceness of a cell that gives way: by the kernel's weights it counts a twenty-eighth. */
const GIVING_WAY = 15

export interface CpuPriorities {
  /** For a session of this program. */
  join(): CpuPriority
}

export interface CpuPriority {
  /** The session begins a cell in the process, or starts it; gives what is to be called at the end of that. */
  enter(process: SessionProcess, what: 'cell' | 'start'): () => void
}

interface SessionProcess {
  readonly pid: number
  /** Milliseconds of processor time that it has used so far; undefined if that cannot be told. */
  readonly cpu: { readonly ms: number | undefined }
}

export interface PriorityDeps {
  readonly now: () => number
  readonly load: OutsideLoad
  /** Of a process's whole session of processes; false when it must be tried again later. */
  readonly setNiceness: (pid: number, niceness: number) => boolean
}

interface Session {
  /** Milliseconds of processor time that its cells used lately. */
  used: number
  /** When `used` was brought up to date. */
  at: number
  readonly works: Set<Work>
}

/** A cell that runs or a process that starts. */
interface Work {
  readonly session: Session
  readonly process: SessionProcess
  readonly what: 'cell' | 'start'
  readonly began: number
  /** The process's time when it was last added to the session's. */
  counted: number
}

/** Priorities among the sessions that join here. */
export function createPriorities({ now, load, setNiceness }: PriorityDeps = ofThisMachine()): CpuPriorities {
  const works = new Set<Work>()
  /** When sessions that have not used much were last seen to run something. */
  const shorts = new Map<Session, number>()
  /** Processes whose niceness is not 0. */
  const low = new Set<number>()
  let timer: NodeJS.Timeout | undefined

  const raise = (pid: number): void => void (setNiceness(pid, 0) && low.delete(pid))
  const lower = (pid: number): void => void (setNiceness(pid, GIVING_WAY) && low.add(pid))
  /** Those that are to give way now. */
  const yielding = (time: number): readonly number[] => {
    for (const { session } of works) update(session, time)
    for (const { session, began } of works) if (!isLong(session) && time - began < SLEEPY_MS) shorts.set(session, time)
    for (const [session, at] of shorts) if (time - at >= LATELY_MS) shorts.delete(session)
    if (!load.isFree(time, low.size > 0)) return []
    const isWaitedFor = ({ session }: Work): boolean => shorts.size > (shorts.has(session) ? 1 : 0)
    return [...works].filter((work) => isLong(work.session) && isWaitedFor(work)).map(({ process }) => process.pid)
  }
  const look = (): void => {
    timer = undefined
    const pids = new Set(yielding(now()))
    // What others used while somebody gave way is one measurement, what they used while nobody did another.
    if (pids.size > 0 !== low.size > 0) load.clear()
    const rising = low.difference(pids)
    const short = new Set([...works].filter(({ session }) => !isLong(session)).map(({ process }) => process.pid))
    for (const pid of [...rising.intersection(short), ...rising.difference(short)]) raise(pid)
    // Where the kernel bounds the changes, those come first that are to count in full.
    const isDone = low.isSubsetOf(pids)
    if (isDone) for (const pid of pids.difference(low)) lower(pid)
    if (works.size === 0) load.clear()
    if (works.size > 0 || low.size > 0) watch(isDone ? EVERY_MS : AGAIN_MS)
  }
  const watch = (ms: number): void => {
    timer ??= setTimeout(look, ms).unref()
  }
  const enter = (session: Session, process: SessionProcess, what: 'cell' | 'start'): (() => void) => {
    const time = now()
    update(session, time)
    const work = { session, process, what, began: time, counted: process.cpu.ms ?? 0 }
    works.add(work)
    session.works.add(work)
    if (isLong(session)) {
      // It goes on as before: if others give way, so does this at once.
      if (low.size > 0 && shorts.size > 0) lower(process.pid)
    } else {
      shorts.set(session, time)
      if (low.has(process.pid)) raise(process.pid)
    }
    watch(EVERY_MS)
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

function ofThisMachine(): PriorityDeps {
  return { now: () => performance.now(), load: createOutsideLoad(), setNiceness: setAutogroup }
}

/** Brings up to date what the session has used: its cells' time, not its starts', or what is forgotten while it has none. */
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
 * Sets the niceness of the process's whole session of processes (Linux, sched(7): autogroups), which its owner may also
 * lower again, ten times a second at most. Where the kernel has none, cells share alike.
 */
function setAutogroup(pid: number, niceness: number): boolean {
  try {
    writeFileSync(`/proc/${pid}/autogroup`, String(niceness))
    return true
  } catch (error) {
    // Whoever is gone needs no niceness.
    return niceness === 0 && (error as NodeJS.ErrnoException).code !== 'EAGAIN'
  }
}

/** Of all sandboxes of this program. */
export const PRIORITIES: CpuPriorities = createPriorities()
