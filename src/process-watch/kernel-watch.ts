// What a process and all that it started make the kernel keep for them beside their resident memory: threads, and page tables,
// which grow with each page that is looked at, be there anything in it or not.
import { keepOpen, type Tree } from './process-tree.ts'

export interface KernelUse {
  readonly threads: number
  /** Of page tables. */
  readonly bytes: number
}

/** Looks at a whole tree, by /proc/PID/status (proc(5)). */
export function watchKernelUse(tree: Tree): { look(): KernelUse; close(): void } {
  const files = keepOpen(tree, 'status')
  return {
    look() {
      let [threads, bytes] = [0, 0]
      files.read((status) => {
        threads += field(status, 'Threads')
        bytes += field(status, 'VmPTE') * 1024
      })
      return { threads, bytes }
    },
    close: () => files.close(),
  }
}

function field(status: string, name: string): number {
  const at = status.indexOf(`\n${name}:`)
  return at < 0 ? 0 : Number.parseInt(status.slice(at + name.length + 2), 10)
}
