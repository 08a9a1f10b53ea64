// Which processes a process has started, read from outside (Linux, proc(5)), and files of theirs that are kept open: they are
// read many times a second, on the loop that serves everybody.
import { closeSync, opendirSync, openSync, readFileSync, readSync } from 'node:fs'

/** More threads of a process, and more processes, than any may have: who has them is ended, and nobody waits until all are read. */
const MAX_SEEN = 300

/** The processes below one, whichever of its threads started them. */
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

/** A process and all that it started. */
export interface Tree {
  /** As of the last look at it. */
  list(): readonly number[]
}

/** A jail is built of several processes, one after another: until then each look is a new one. */
const BUILT_MS = 2000
/** To find them all takes a third of a millisecond, most of it for the threads of one. */
const TREE_MS = 1000

/** The tree of a process that was just started. */
export function openTree(pid: number, now: () => number = () => performance.now()): Tree {
  const began = now()
  let looked = -Infinity
  let all: readonly number[] = [pid]
  return {
    list() {
      const time = now()
      if (time - began < BUILT_MS || time - looked >= TREE_MS) {
        all = [pid, ...descendants(pid)]
        looked = time
      }
      return all
    },
  }
}

export interface KeptOpen {
  /** What the file says of each process, and of whom. */
  read<T>(take: (text: string, pid: number) => T): T[]
  close(): void
}

/** The file of this name of each process of a tree. */
export function keepOpen(tree: Tree, name: 'statm' | 'io' | 'status'): KeptOpen {
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
      // It is gone.
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

/** None of what is gone. */
export function threadsOf(pid: number): string[] {
  return namesIn(`/proc/${pid}/task`)
}

/** The names in a folder of /proc; none of what is gone. */
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
    // It is gone, or half of it.
  }
  return names
}

/** A small file of /proc; '' of what is gone. */
export function readProc(path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return ''
  }
}
