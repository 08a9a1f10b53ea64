// Processor time of a process and its descendants on systems without /proc (macOS).
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { CpuMeter } from './cpu-meter.ts'

/** A meter that asks `ps` for all processes. */
export function psMeter(pid: number, closing: () => void): CpuMeter {
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
