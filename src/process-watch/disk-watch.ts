// Watches from outside what a process tree writes to disk, including files that were deleted again or never had a name.
import { keepOpen, openTree, type ProcessTree } from './process-tree.ts'

/** Poll interval in milliseconds; a disk takes some gigabytes a second at most. */
const EVERY_MS = 100
/** Poll interval while nothing is written: the limit is more than a disk takes in this time. */
const STILL_MS = 400

export interface DiskWatch {
  /** Counts from now on. */
  readonly restart: () => void
  readonly stop: () => void
}

/** Calls `over` once with the bytes written when they exceed `limit`; never where they are not counted (macOS). */
export function watchDisk(
  pid: number,
  limit: number,
  over: (bytes: number) => void,
  tree: ProcessTree = openTree(pid),
): DiskWatch {
  let before: ReadonlyMap<number, number> = new Map()
  const files = keepOpen(tree, 'io')
  const written = (): (readonly [number, number])[] => files.read((io, one) => [one, writtenIn(io)] as const)
  const restart = (): void => {
    // A value that cannot be read now is not less than before.
    before = new Map(written().map(([one, bytes]) => [one, Math.max(bytes, before.get(one) ?? 0)]))
  }
  let last = 0
  let timer: NodeJS.Timeout
  const look = (): void => {
    let bytes = 0
    for (const [one, all] of written()) bytes += Math.max(0, all - (before.get(one) ?? 0))
    if (bytes > limit) {
      files.close()
      return over(bytes)
    }
    wait(bytes === last ? STILL_MS : EVERY_MS)
    last = bytes
  }
  const wait = (ms: number): void => {
    timer = setTimeout(look, ms)
    timer.unref()
  }
  wait(EVERY_MS)
  const stop = (): void => {
    clearTimeout(timer)
    files.close()
  }
  return { restart, stop }
}

/** Bytes passed to write(2), or dirtied in a mapped file, whichever is more (/proc/PID/io, proc(5)). */
function writtenIn(io: string): number {
  const field = (name: string): number => Number(new RegExp(`^${name}: (\\d+)$`, 'm').exec(io)?.[1] ?? 0)
  return Math.max(field('wchar'), field('write_bytes'))
}
