// Closes descriptors that this process inherited, such as an open folder. Node keeps only those with low numbers from
// its children; any other would reach each process behind the wall, and an open folder would give it the host's files.
import type { StdioOptions } from 'node:child_process'
import { openSync, readdirSync, readFileSync } from 'node:fs'

type Stdio = readonly ('pipe' | 'ignore')[]

/** The stdio of a process: these pipes, and /dev/null in place of every other descriptor that it would inherit. */
export function withoutInherited<T extends Stdio>(pipes: T): T {
  const numbers = inherited().filter((fd) => fd >= pipes.length)
  const all: (Stdio[number] | number)[] = [...pipes]
  for (const fd of numbers) {
    while (all.length < fd) all.push('ignore')
    all[fd] = nothing()
  }
  // Callers only see the pipes, so the type is theirs.
  return all satisfies StdioOptions as unknown as T
}

let found: readonly number[] | undefined
let device: number | undefined

/** Descriptors without close-on-exec. Node opens its own with it, so the inherited ones are all there will ever be. */
function inherited(): readonly number[] {
  found ??= process.platform === 'linux' ? readdirSync('/proc/self/fd').map(Number).filter(isPassedOn) : []
  return found
}

const CLOSED_BY_EXEC = 0o2000000

function isPassedOn(fd: number): boolean {
  try {
    const flags = /^flags:\s*([0-7]+)/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8'))?.[1]
    return flags !== undefined && (Number.parseInt(flags, 8) & CLOSED_BY_EXEC) === 0
  } catch {
    // This descriptor was the one that read the folder.
    return false
  }
}

function nothing(): number {
  device ??= openSync('/dev/null', 'r')
  return device
}
