// Resident memory of a process and all that it started, watched from outside: the one limit on it that always holds.
import { execFile } from 'node:child_process'
import { closeSync, openSync, readSync } from 'node:fs'
import { promisify } from 'node:util'
import { descendants } from './process-tree.ts'

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
  const looking = process.platform === 'linux' ? openStatuses(pid) : undefined
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

interface Statuses {
  /** Resident bytes of all; 0 of those that are gone. */
  bytes(): number
  close(): void
}

/** How often it is looked whether there are more processes; the first are there before the second look. */
const TREE_LOOKS = 16

/** The processes' statuses, kept open: many are read many times a second, on the loop that serves everybody. */
function openStatuses(pid: number): Statuses {
  const files = new Map<number, number>()
  const text = Buffer.alloc(128)
  let looks = 0
  const open = (process: number): void => {
    if (files.has(process)) return
    try {
      files.set(process, openSync(`/proc/${process}/statm`, 'r'))
    } catch {
      // It is gone already.
    }
  }
  /** Pages that are its own, and those that it shares: the programs that build a wall are mostly the latter. */
  const read = ([process, file]: readonly [number, number]): readonly [own: number, shared: number] => {
    try {
      const length = readSync(file, text, 0, text.length, 0)
      const [, resident = 0, shared = 0] = text.toString('latin1', 0, length).split(' ').map(Number)
      return [resident - shared, shared]
    } catch {
      closeSync(file)
      files.delete(process)
      return [0, 0]
    }
  }
  return {
    bytes() {
      // A jail is built of several processes, one after another.
      if (looks < TREE_LOOKS || looks % TREE_LOOKS === 0) for (const one of [pid, ...descendants(pid)]) open(one)
      looks++
      const all = [...files].map(read)
      const own = all.reduce((sum, [pages]) => sum + pages, 0)
      return (own + Math.max(0, ...all.map(([, shared]) => shared))) * PAGE
    },
    close() {
      for (const file of files.values()) closeSync(file)
      files.clear()
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
