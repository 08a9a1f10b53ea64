// Descriptors that whoever started this process left open in it, a folder say. Node keeps those to itself only as far as their
// numbers are low; any other would go into each process behind the wall, and with a folder the machine's files.
import type { StdioOptions } from 'node:child_process'
import { openSync, readdirSync, readFileSync } from 'node:fs'

type Stdio = readonly ('pipe' | 'ignore')[]

/** The pipes of a process, with nothing behind any other number that it would inherit. */
export function onlyThese<T extends Stdio>(pipes: T): T {
  const numbers = inherited().filter((fd) => fd >= pipes.length)
  const all: (Stdio[number] | number)[] = [...pipes]
  for (const fd of numbers) {
    while (all.length < fd) all.push('ignore')
    all[fd] = nothing()
  }
  // Its type is that of what a caller sees of it.
  return all satisfies StdioOptions as unknown as T
}

let found: readonly number[] | undefined
let device: number | undefined

/** Node opens whatever it opens itself so that no other process gets it: what it was given is all that there ever is. */
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
    // The one by which the folder was read.
    return false
  }
}

function nothing(): number {
  device ??= openSync('/dev/null', 'r')
  return device
}
