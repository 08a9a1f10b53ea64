// Processor time of a process and its descendants where there is no /proc (macOS).
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { CpuMeter } from './cpu-meter.ts'

/** Where there is no /proc: `ps` is asked for all processes. */
export function psMeter(pid: number, closing: () => void): CpuMeter {
  let last = 0
  return {
    // Old by now: whoever begins to watch measures first.
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

/** Milliseconds of `ps -o time`: hours, minutes and seconds with colons between them, days before a dash. */
export function readPsTime(text: string): number {
  const [clock = '', days = '0'] = text.split('-').toReversed()
  const seconds = clock.split(':').reduce((total, part) => total * 60 + Number(part), 0)
  return Math.round((seconds + Number(days) * 86_400) * 1000)
}
