// Kernel resources of a process tree besides resident memory: threads, swap, and page tables, which grow with each page
// that is accessed, even an empty one.
import { keepOpen, type ProcessTree } from './process-tree.ts'

export interface KernelUse {
  readonly threads: number
  /** Page tables and swapped-out memory. */
  readonly bytes: number
  /** A main thread ended before the others, which makes their usage invisible. */
  readonly isHidden: boolean
}

/** Reads the usage of a whole tree from /proc/PID/status (proc(5)). */
export function watchKernelUse(tree: ProcessTree): { look(): KernelUse; close(): void } {
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
