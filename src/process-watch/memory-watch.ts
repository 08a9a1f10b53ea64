// Resident memory of a process, watched from outside: the one limit on it that always holds.
import { execFile } from 'node:child_process'
import { closeSync, openSync, readSync } from 'node:fs'
import { promisify } from 'node:util'

const PAGE = 4096
const EVERY_MS = process.platform === 'linux' ? 20 : 250
/** Where little is left, a native library that fills memory on all cores would take the rest between two looks. */
const NEAR_MS = process.platform === 'linux' ? 4 : 100
const NEAR = 0.5
/** Far from the limit two looks may lie further apart; whoever has many processes to watch spends less on those that rest. */
const FAR = 0.25
const FAR_MS = 2 * EVERY_MS

/** A process that allocates as fast as it can grows by less than this between two looks and its death. */
const HEADROOM = 64 * 1_048_576

/** Calls `over` once with the bytes found when they come so near to `limit` that the next look could be too late; gives a function that stops watching. */
export function watchMemory(pid: number, limit: number, over: (bytes: number) => void): () => void {
  const ceiling = limit - Math.min(HEADROOM, limit / 8)
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  const looking = process.platform === 'linux' ? openStatus(pid) : undefined
  const look = async (): Promise<void> => {
    // Read at once on Linux: in a queue behind other files' work it would come too late.
    const bytes = looking ? looking.bytes() : await psBytes(pid)
    if (stopped) return
    if (bytes > ceiling) return over(bytes)
    const wait = bytes > ceiling * NEAR ? NEAR_MS : bytes > ceiling * FAR ? EVERY_MS : FAR_MS
    timer = setTimeout(() => void look(), wait)
  }
  void look()
  return () => {
    stopped = true
    clearTimeout(timer)
    looking?.close()
  }
}

interface Status {
  /** Resident bytes; 0 if the process is gone. */
  bytes(): number
  close(): void
}

/** The process's status, kept open: many are read many times a second, on the loop that serves everybody. */
function openStatus(pid: number): Status {
  const text = Buffer.alloc(128)
  let file: number | undefined
  try {
    file = openSync(`/proc/${pid}/statm`, 'r')
  } catch {
    // It is gone already.
  }
  return {
    bytes() {
      if (file === undefined) return 0
      try {
        const length = readSync(file, text, 0, text.length, 0)
        return Number(text.toString('latin1', 0, length).split(' ')[1] ?? 0) * PAGE
      } catch {
        return 0
      }
    },
    close() {
      if (file !== undefined) closeSync(file)
      file = undefined
    },
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
