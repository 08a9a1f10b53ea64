// Resident memory of a process, watched from outside: the one limit on it that always holds.
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'

const PAGE = 4096
const EVERY_MS = process.platform === 'linux' ? 20 : 250
/** Where little is left, a native library that fills memory on all cores would take the rest between two looks. */
const NEAR_MS = process.platform === 'linux' ? 4 : 100
const NEAR = 0.5

/** A process that allocates as fast as it can grows by less than this between two looks and its death. */
const HEADROOM = 64 * 1_048_576

/** Calls `over` once with the bytes found when they come so near to `limit` that the next look could be too late; gives a function that stops watching. */
export function watchMemory(pid: number, limit: number, over: (bytes: number) => void): () => void {
  const ceiling = limit - Math.min(HEADROOM, limit / 8)
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  const look = async (): Promise<void> => {
    // Read at once on Linux: in a queue behind other files' work it would come too late.
    const bytes = process.platform === 'linux' ? linuxBytes(pid) : await psBytes(pid)
    if (stopped) return
    if (bytes > ceiling) return over(bytes)
    timer = setTimeout(() => void look(), bytes > ceiling * NEAR ? NEAR_MS : EVERY_MS)
  }
  void look()
  return () => {
    stopped = true
    clearTimeout(timer)
  }
}

/** Resident bytes; 0 if the process is gone. */
function linuxBytes(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1]) * PAGE
  } catch {
    return 0
  }
}

async function psBytes(pid: number): Promise<number> {
  try {
    const { stdout } = await promisify(execFile)('/bin/ps', ['-o', 'rss=', '-p', String(pid)])
    return Number(stdout.trim()) * 1024
  } catch {
    return 0
  }
}
