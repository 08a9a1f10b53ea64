// Memory of a process and all that it started, watched from outside: the one limit on it that always holds.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { watchKernelUse, type KernelUse } from './kernel-watch.ts'
import { keepOpen, openTree, type Tree } from './process-tree.ts'

const PAGE = 4096
const EVERY_MS = process.platform === 'linux' ? 20 : 250
/** Where little is left, a native library that fills memory on all cores would take the rest between two looks. */
const NEAR_MS = process.platform === 'linux' ? 4 : 100
const NEAR = 0.5
/** Far from the limit two looks may lie further apart; whoever has many processes to watch spends less on those that rest. */
const FAR = 0.25
const FAR_MS = 2 * EVERY_MS
/** What the kernel keeps for them grows more slowly than what they fill, and takes longer to read. */
const KERNEL_MS = 200

/** A process that allocates as fast as it can grows by less than this between two looks and its death. */
const HEADROOM = 64 * 1_048_576

/** More threads than a process has with all its work (43 at most, as seen); each takes memory of the kernel's. */
export const MAX_THREADS = 256

/** Of `over`: bytes, page tables included; the number of threads; or that nothing of it can be seen any more. */
export type Found = { readonly bytes: number } | { readonly threads: number } | { readonly isHidden: true }

/** Calls `over` once with what was found when it comes so near to `limit` that the next look could be too late, or there are more than MOST_THREADS; gives a function that stops watching. */
export function watchMemory(
  pid: number,
  limit: number,
  over: (found: Found) => void,
  tree: Tree = openTree(pid),
): () => void {
  const ceiling = limit - Math.min(HEADROOM, limit / 8)
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  const reading = process.platform === 'linux' ? openReading(tree) : undefined
  const look = async (): Promise<void> => {
    // Read at once on Linux: in a queue behind other files' work it would come too late.
    const { bytes, threads, isHidden } = reading ? reading.look() : { ...NOTHING, bytes: await psBytes(pid) }
    if (stopped) return
    if (bytes > ceiling) return over({ bytes })
    if (threads > MAX_THREADS) return over({ threads })
    if (isHidden) return over({ isHidden })
    const wait = bytes > ceiling * NEAR ? NEAR_MS : bytes > ceiling * FAR ? EVERY_MS : FAR_MS
    timer = setTimeout(() => void look(), wait)
  }
  // It has just been started: a look now would find nothing, and lengthen the turn of the loop that started it.
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

function openReading(tree: Tree): Reading {
  const files = keepOpen(tree, 'statm')
  const kernelFiles = watchKernelUse(tree)
  let kernel = NOTHING
  /** At two looks: a process that ends is so for a moment. */
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

/** Resident pages that are a process's own, and those that it shares: the programs that build a wall are mostly the latter. */
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
