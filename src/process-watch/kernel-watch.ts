// What a process and all that it started make the kernel keep for them beside their resident memory: threads, and page tables,
// which grow with each page that is looked at, be there anything in it or not.
import { keepOpen, type Tree } from './process-tree.ts'

export interface KernelUse {
  readonly threads: number
  /** Of page tables, and of what is swapped out. */
  readonly bytes: number
  /** A first thread ended without the others: what they use is seen nowhere. */
  readonly isHidden: boolean
}

/** Looks at a whole tree, by /proc/PID/status (proc(5)). */
export function watchKernelUse(tree: Tree): { look(): KernelUse; close(): void } {
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
