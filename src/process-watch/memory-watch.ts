// Watches the memory of a process tree from outside: the one memory limit that always holds.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { keepOpen, openTree, type ProcessTree } from './process-tree.ts'

const PAGE = 4096
const EVERY_MS = process.platform === 'linux' ? 20 : 250
/** Near the limit: a native library that fills memory on all cores would use the rest between two polls. */
const NEAR_MS = process.platform === 'linux' ? 4 : 100
const NEAR = 0.5
/** Poll interval far from the limit, which makes many idle processes cheaper to watch. */
const FAR = 0.25
const FAR_MS = 2 * EVERY_MS
/** Poll interval for kernel memory, which grows more slowly and takes longer to read. */
const KERNEL_MS = 200

/** A process that allocates as fast as it can grows by less than this between two polls and its death. */
const HEADROOM = 64 * 1_048_576

/** More threads than a process needs at most (43 observed); each takes kernel memory. */
export const MAX_THREADS = 256

/** What exceeded its limit: bytes, page tables included; the number of threads; or usage that has become invisible. */
export type MemoryOverrun = { readonly bytes: number } | { readonly threads: number } | { readonly isHidden: true }

/**
 * Calls `over` once when memory nears `limit` so that the next poll could be too late, there are more than MAX_THREADS
 * threads, or usage is hidden; returns a function that stops watching.
 */
export function watchMemory(
  pid: number,
  limit: number,
  over: (found: MemoryOverrun) => void,
  tree: ProcessTree = openTree(pid),
): () => void {
  const ceiling = limit - Math.min(HEADROOM, limit / 8)
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  const reading = process.platform === 'linux' ? openReading(tree) : undefined
  const look = async (): Promise<void> => {
    // Synchronous on Linux: in a queue behind other file reads it would come too late.
    const { bytes, threads, isHidden } = reading ? reading.look() : { ...NOTHING, bytes: await psBytes(pid) }
    if (stopped) return
    if (bytes > ceiling) return over({ bytes })
    if (threads > MAX_THREADS) return over({ threads })
    if (isHidden) return over({ isHidden })
    const wait = bytes > ceiling * NEAR ? NEAR_MS : bytes > ceiling * FAR ? EVERY_MS : FAR_MS
    timer = setTimeout(() => void look(), wait)
  }
  // The process was just started: a poll now would find nothing and delay the caller.
  timer = setTimeout(() => void look(), EVERY_MS)
  return () => {
    stopped = true
    clearTimeout(timer)
    reading?.close()
  }
}

const NOTHING: KernelUse = { bytes: 0, threads: 0, isHidden: false }

interface Reading {
  look(): KernelUse
  close(): void
}

function openReading(tree: ProcessTree): Reading {
  const files = keepOpen(tree, 'statm')
  const kernelFiles = watchKernelUse(tree)
  let kernel = NOTHING
  /** True only after two readings: an ending process looks like this for a moment. */
  let isHidden = false
  let lookedAt = performance.now()
  return {
    look() {
      const now = performance.now()
      if (now - lookedAt >= KERNEL_MS) {
        const wasHidden = kernel.isHidden
        kernel = kernelFiles.look()
        isHidden = wasHidden && kernel.isHidden
        lookedAt = now
      }
      return { bytes: residentBytes(files.read(pagesOf)) + kernel.bytes, threads: kernel.threads, isHidden }
    },
    close() {
      files.close()
      kernelFiles.close()
    },
  }
}

type Pages = readonly [own: number, shared: number]

/** Private and shared resident pages of a process; the programs that build a wall have mostly shared ones. */
function pagesOf(statm: string): Pages {
  const [, resident = 0, shared = 0] = statm.split(' ').map(Number)
  return [resident - shared, shared]
}

function residentBytes(all: readonly Pages[]): number {
  const own = all.reduce((sum, [pages]) => sum + pages, 0)
  return (own + Math.max(0, ...all.map(([, shared]) => shared))) * PAGE
}

async function psBytes(pid: number): Promise<number> {
  try {
    const { stdout } = await promisify(execFile)('/bin/ps', ['-o', 'rss=', '-p', String(pid)])
    return Number(stdout.trim()) * 1024
  } catch {
    return 0
  }
}

interface KernelUse {
  readonly threads: number
  /** Page tables and swapped-out memory. */
  readonly bytes: number
  /** A main thread ended before the others, which makes their usage invisible. */
  readonly isHidden: boolean
}

/** Reads the usage of a whole tree from /proc/PID/status (proc(5)). */
function watchKernelUse(tree: ProcessTree): { look(): KernelUse; close(): void } {
  const files = keepOpen(tree, 'status')
  return {
    look() {
      let [threads, bytes, isHidden] = [0, 0, false]
      files.read((status) => {
        const own = field(status, 'Threads')
        threads += own
        bytes += (field(status, 'VmPTE') + field(status, 'VmSwap')) * 1024
        isHidden ||= own > 1 && !status.includes('\nVmPTE:')
      })
      return { threads, bytes, isHidden }
    },
    close: () => files.close(),
  }
}

function field(status: string, name: string): number {
  const at = status.indexOf(`\n${name}:`)
  return at < 0 ? 0 : Number.parseInt(status.slice(at + name.length + 2), 10)
}
