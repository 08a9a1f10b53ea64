// Processor time of a process and its descendants, measured from outside: the process's own figures are not trusted.
import { closeSync, openSync, readSync } from 'node:fs'
import { descendants, readProc, threadsOf } from './process-tree.ts'
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** Milliseconds of a kernel tick (USER_HZ is 100 on every platform that Easel runs on). */
export const TICK_MS = 10

export interface CpuMeter {
  /**
   * Milliseconds used so far, in steps of 10; descendants, and all without /proc (undefined at first), as last
   * measured.
   */
  readonly ms: number | undefined
  /** Measures the whole tree, including reaped children; returns the new `ms`. About 0.2 ms on Linux. */
  measure(): number | Promise<number>
  /** Whether any thread computes, or waits for a processor or a disk; true if unknown or if it is gone. */
  isActive(): boolean
  close(): void
}

export interface JoinedMeter extends CpuMeter {
  /** Counts another process too, from its start on; call the result when it has ended: what it used still counts. */
  join(meter: CpuMeter): () => void
}

/** A meter of a process and of others that work for it. */
export function joinMeters(first: CpuMeter): JoinedMeter {
  const joined = new Set<CpuMeter>([first])
  let ended = 0
  const total = (): number | undefined => {
    const all = [...joined].map(({ ms }) => ms)
    return all.includes(undefined) ? undefined : ended + sum(all as number[])
  }
  return {
    get ms() {
      return total()
    },
    measure() {
      const before = ended
      const all = [...joined].map((meter) => meter.measure())
      const known = all.filter((ms) => typeof ms === 'number')
      if (known.length === all.length) return before + sum(known)
      return Promise.all(all.map(async (ms) => ms)).then((each) => before + sum(each))
    },
    isActive: () => [...joined].some((meter) => meter.isActive()),
    join(meter) {
      joined.add(meter)
      return () => {
        if (!joined.delete(meter)) return
        ended += meter.ms ?? 0
        meter.close()
      }
    },
    close: () => joined.forEach((meter) => meter.close()),
  }
}

/** For a process that could not be started. */
const NO_PROCESS: CpuMeter = { ms: 0, measure: () => 0, isActive: () => true, close: () => undefined }

/** Meters of child processes, and the total of those already closed. */
const open = new Set<CpuMeter>()
let closedMs = 0

/** Opens a meter for `pid`; a process that is gone keeps its last value. */
export function openCpuMeter(pid: number | undefined): CpuMeter {
  if (pid === undefined) return NO_PROCESS
  const meter: CpuMeter = (process.platform === 'linux' ? linuxMeter : psMeter)(pid, () => {
    if (open.delete(meter)) closedMs += meter.ms ?? 0
  })
  open.add(meter)
  return meter
}

/** Milliseconds of processor time that this process and its metered children, living or not, have used. */
export function ownCpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000 + closedMs + sum([...open].map(({ ms = 0 }) => ms))
}

function linuxMeter(pid: number, closing: () => void): CpuMeter {
  const own = openStat(pid)
  let below = 0
  let most = 0
  /** Never decreases: a dead child's time is missing until its parent reaps it. */
  const total = (): number => (most = Math.max(most, own.ms() + below))
  return {
    get ms() {
      return total()
    },
    measure() {
      below = sum(descendants(pid).map(cpuOf))
      return total()
    },
    isActive: () => [pid, ...descendants(pid)].some(isActive),
    close() {
      closing()
      own.close()
    },
  }
}

/** The time of a process and its reaped children, from a file that is kept open. */
function openStat(pid: number): { ms(): number; close(): void } {
  const text = Buffer.alloc(1024)
  let last = 0
  let file: number | undefined
  try {
    file = openSync(`/proc/${pid}/stat`, 'r')
  } catch {
    // The process is gone already.
  }
  return {
    ms() {
      if (file === undefined) return last
      try {
        last = cpuIn(text.toString('latin1', 0, readSync(file, text, 0, text.length, 0)))
      } catch {
        // The process is gone; its last value remains.
      }
      return last
    },
    close() {
      if (file !== undefined) closeSync(file)
      file = undefined
    },
  }
}

/** Sum of utime, stime, cutime and cstime of /proc/PID/stat (proc(5)); the name before them may contain anything. */
function cpuIn(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return sum(fields.slice(11, 15).map(Number)) * TICK_MS
}

function cpuOf(pid: number): number {
  return cpuIn(readProc(`/proc/${pid}/stat`))
}

function isActive(pid: number): boolean {
  const threads = threadsOf(pid)
  if (threads.length === 0) return true
  return threads.some((thread) => {
    const stat = readProc(`/proc/${pid}/task/${thread}/stat`)
    return /^[RD]$/.test(stat.charAt(stat.lastIndexOf(')') + 2))
  })
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + (Number.isFinite(value) ? value : 0), 0)
}

/** A meter that asks `ps` for all processes. */
function psMeter(pid: number, closing: () => void): CpuMeter {
  let last = 0
  return {
    // Any stored value would be outdated, so watchers measure first.
    ms: undefined,
    async measure() {
      const all = await psList()
      const below = (parent: number): number =>
        all.reduce((total, one) => (one.parent === parent ? total + one.ms + below(one.pid) : total), 0)
      last = Math.max(last, (all.find((one) => one.pid === pid)?.ms ?? 0) + below(pid))
      return last
    },
    isActive: () => true,
    close: closing,
  }
}

async function psList(): Promise<{ pid: number; parent: number; ms: number }[]> {
  try {
    const { stdout } = await promisify(execFile)('/bin/ps', ['-A', '-o', 'pid=,ppid=,time='])
    return stdout.split('\n').flatMap((line) => {
      const [pid, parent, time] = line.trim().split(/\s+/)
      return time ? [{ pid: Number(pid), parent: Number(parent), ms: readPsTime(time) }] : []
    })
  } catch {
    return []
  }
}

/** Parses `ps -o time` to milliseconds: hours, minutes and seconds separated by colons, days before a dash. */
export function readPsTime(text: string): number {
  const [clock = '', days = '0'] = text.split('-').toReversed()
  const seconds = clock.split(':').reduce((total, part) => total * 60 + Number(part), 0)
  return Math.round((seconds + Number(days) * 86_400) * 1000)
}
