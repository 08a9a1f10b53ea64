// Finds the processes that a process has started, from outside (Linux, proc(5)), and keeps files of theirs open that
// are read many times a second on the shared event loop.
import { closeSync, opendirSync, openSync, readFileSync, readSync } from 'node:fs'

/** Threads of a process, and processes, that are read: more than allowed, so whoever has more is ended anyway. */
const MAX_SEEN = 300

/** All descendants of a process, whichever of its threads started them. */
export function descendants(pid: number): number[] {
  const found = [pid]
  for (const at of found) {
    for (const thread of threadsOf(at)) {
      const children = readProc(`/proc/${at}/task/${thread}/children`)
      if (children !== '') found.push(...children.trim().split(' ').slice(0, MAX_SEEN).map(Number))
    }
    if (found.length > MAX_SEEN) break
  }
  return found.slice(1)
}

/** A process, others that work for it, and their descendants. */
export interface ProcessTree {
  /** The processes at the last scan. */
  list(): readonly number[]
  /** Adds a process that was just started, with its descendants. */
  add(pid: number): void
  /** Removes one that was added and has ended: its id may be another's soon. */
  remove(pid: number): void
}

/** While a jail is being built of several processes in turn, each call scans anew. */
const BUILT_MS = 2000
/** Scan interval after that: a scan takes a third of a millisecond, most of it for the threads of one process. */
const TREE_MS = 1000

/** The tree of a process that was just started. */
export function openTree(pid: number, now: () => number = () => performance.now()): ProcessTree {
  let began = now()
  let looked = -Infinity
  const roots = new Set([pid])
  let all: readonly number[] = [pid]
  return {
    list() {
      const time = now()
      if (time - began < BUILT_MS || time - looked >= TREE_MS) {
        all = [...roots].flatMap((root) => [root, ...descendants(root)])
        looked = time
      }
      return all
    },
    add(root) {
      roots.add(root)
      began = now()
    },
    remove(root) {
      roots.delete(root)
      looked = -Infinity
    },
  }
}

export interface KeptOpen {
  /** Reads the file of each process and passes its text and the process id to `take`. */
  read<T>(take: (text: string, pid: number) => T): T[]
  close(): void
}

/** Keeps the file of this name open for each process of a tree. */
export function keepOpen(tree: ProcessTree, name: 'statm' | 'io' | 'status'): KeptOpen {
  const files = new Map<number, number>()
  const text = Buffer.alloc(4096)
  const drop = (pid: number, file: number): void => {
    closeSync(file)
    files.delete(pid)
  }
  const contents = (pid: number): string => {
    try {
      const file = files.get(pid) ?? openSync(`/proc/${pid}/${name}`, 'r')
      files.set(pid, file)
      return text.toString('latin1', 0, readSync(file, text, 0, text.length, 0))
    } catch {
      // The process is gone.
      const file = files.get(pid)
      if (file !== undefined) drop(pid, file)
      return ''
    }
  }
  return {
    read(take) {
      const all = tree.list()
      for (const [pid, file] of files) if (!all.includes(pid)) drop(pid, file)
      return all.map((pid) => take(contents(pid), pid))
    },
    close() {
      for (const [pid, file] of files) drop(pid, file)
    },
  }
}

/** Empty if the process is gone. */
export function threadsOf(pid: number): string[] {
  return namesIn(`/proc/${pid}/task`)
}

/** The names in a folder of /proc; empty if the process is gone. */
export function namesIn(path: string): string[] {
  const names: string[] = []
  try {
    const folder = opendirSync(path, { bufferSize: MAX_SEEN })
    try {
      for (let one = folder.readSync(); one && names.length < MAX_SEEN; one = folder.readSync()) names.push(one.name)
    } finally {
      folder.closeSync()
    }
  } catch {
    // The process is gone or ending.
  }
  return names
}

/** The text of a small file of /proc; '' if the process is gone. */
export function readProc(path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return ''
  }
}
