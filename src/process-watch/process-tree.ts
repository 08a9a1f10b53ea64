// Which processes a process has started, read from outside (Linux, proc(5)).
import { readdirSync, readFileSync } from 'node:fs'

/** All processes below one, whichever of its threads started them. */
export function descendants(pid: number): number[] {
  const children = threadsOf(pid)
    .flatMap((thread) => readProc(`/proc/${pid}/task/${thread}/children`).split(' '))
    .filter(Boolean)
    .map(Number)
  return children.flatMap((child) => [child, ...descendants(child)])
}

/** None of what is gone. */
export function threadsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`)
  } catch {
    return []
  }
}

/** A small file of /proc; '' of what is gone. */
export function readProc(path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return ''
  }
}
