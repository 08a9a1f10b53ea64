// Processor time of a process and of all that it started, read from outside: what it says of itself is not believed.
import { closeSync, openSync, readSync } from 'node:fs'
import { descendants, readProc, threadsOf } from './process-tree.ts'
import { psMeter } from './ps-meter.ts'

/** Milliseconds of a kernel tick (USER_HZ is 100 on every platform that Easel runs on). */
export const TICK_MS = 10

export interface CpuMeter {
  /** Milliseconds used so far, in steps of 10; descendants as of the last `measure`, all where there is no /proc (undefined before it). */
  readonly ms: number | undefined
  /** Looks at the whole tree, dead children that were waited for included; gives what `ms` is then. About 0.2 ms on Linux. */
  measure(): number | Promise<number>
  /** Whether any thread of it computes, waits for a processor or waits for a disk; true where that cannot be told, or it is gone. */
  isActive(): boolean
  close(): void
}

/** Of a process that could not be started. */
const NO_PROCESS: CpuMeter = { ms: 0, measure: () => 0, isActive: () => true, close: () => undefined }

/** Meters of the processes that this one started, and what those had used that are closed. */
const open = new Set<CpuMeter>()
let closedMs = 0

/** Reads the processor time of `pid`; a process that is gone has used what it had at the last look. */
export function openCpuMeter(pid: number | undefined): CpuMeter {
  if (pid === undefined) return NO_PROCESS
  const meter: CpuMeter = (process.platform === 'linux' ? linuxMeter : psMeter)(pid, () => {
    if (open.delete(meter)) closedMs += meter.ms ?? 0
  })
  open.add(meter)
  return meter
}

/** Milliseconds that this process and those that it reads the time of have used, whether they live or not. */
export function ownCpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000 + closedMs + sum([...open].map(({ ms = 0 }) => ms))
}

function linuxMeter(pid: number, closing: () => void): CpuMeter {
  const own = openStat(pid)
  let below = 0
  let most = 0
  /** Never less than before: what a child used is missed between its death and its parent's wait for it. */
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

/** A process's own time and that of the children that it waited for, from a file that is kept open. */
function openStat(pid: number): { ms(): number; close(): void } {
  const text = Buffer.alloc(1024)
  let last = 0
  let file: number | undefined
  try {
    file = openSync(`/proc/${pid}/stat`, 'r')
  } catch {
    // It is gone already.
  }
  return {
    ms() {
      if (file === undefined) return last
      try {
        last = cpuIn(text.toString('latin1', 0, readSync(file, text, 0, text.length, 0)))
      } catch {
        // It is gone: what it had used stands.
      }
      return last
    },
    close() {
      if (file !== undefined) closeSync(file)
      file = undefined
    },
  }
}

/** utime, stime, cutime and cstime of a line of /proc/PID/stat (proc(5)); the name before them may hold anything. */
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
