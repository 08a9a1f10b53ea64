// What a process and all that it started write to the disk, watched from outside: also what they deleted again, or never named.
import { descendants, readProc } from './process-tree.ts'

/** A disk takes some gigabytes a second at most. */
const EVERY_MS = 100

export interface DiskWatch {
  /** Counts from now on. */
  readonly restart: () => void
  readonly stop: () => void
}

/** Calls `over` once with the bytes written when they are more than `limit`; never where the system does not count them (macOS). */
export function watchDisk(pid: number, limit: number, over: (bytes: number) => void): DiskWatch {
  const before = new Map<number, number>()
  const written = (): Map<number, number> =>
    new Map([pid, ...descendants(pid)].map((one) => [one, writtenBy(one)] as const))
  const restart = (): void => {
    before.clear()
    for (const [one, bytes] of written()) before.set(one, bytes)
  }
  const timer = setInterval(() => {
    let bytes = 0
    for (const [one, all] of written()) bytes += all - (before.get(one) ?? 0)
    if (bytes <= limit) return
    clearInterval(timer)
    over(bytes)
  }, EVERY_MS)
  timer.unref()
  return { restart, stop: () => clearInterval(timer) }
}

/** Bytes handed to write(2), or made dirty in a mapped file, whichever is more (/proc/PID/io, proc(5)). */
function writtenBy(pid: number): number {
  const io = readProc(`/proc/${pid}/io`)
  const field = (name: string): number => Number(new RegExp(`^${name}: (\\d+)$`, 'm').exec(io)?.[1] ?? 0)
  return Math.max(field('wchar'), field('write_bytes'))
}
