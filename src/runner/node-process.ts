// What the child and its helper processes have in common as Node processes behind the wall.
import type { Limits } from '../../sandbox/limits.ts'

/** Flags that take away what the permission model leaves; native addons are given up by the process itself. */
export const NODE_FLAGS = [
  '--no-node-snapshot',
  '--disable-sigusr1',
  // `node:sqlite` opens files whatever the permission model says.
  '--no-experimental-sqlite',
  '--disable-warning=ExperimentalWarning',
  '--disable-warning=SecurityWarning',
  '--permission',
  '--allow-addons',
]

/**
 * Has glibc ask for huge pages for large blocks, as numpy does, where the system gives them on request: filling new memory,
 * which copies of files and columns mostly are, then takes as little as half the time. Elsewhere it means nothing.
 */
export const MEMORY_ENV = { GLIBC_TUNABLES: 'glibc.malloc.hugetlb=1' }

/** FFI is only for the system-call filter, which a process installs before anything else. */
export const FILTER_FLAGS = process.platform === 'linux' ? ['--experimental-ffi', '--allow-ffi'] : []

/**
 * Writable bytes of a process (RLIMIT_DATA) besides what it may keep resident: each V8 isolate, and each GIF worker has
 * one, reserves about a gigabyte without touching it. Address space cannot be limited: they reserve far more of it.
 */
const RESERVED_BYTES = 8_000_000_000
const OPEN_FILES = 256

/** Shell lines with the resource limits of a process whose files may have `fileBytes`. */
export function resourceLimits({ rssBytes }: Pick<Limits, 'rssBytes'>, fileBytes: number): string[] {
  const writable = Math.ceil((RESERVED_BYTES + rssBytes) / 1024)
  return [
    `ulimit -c 0; ulimit -n ${OPEN_FILES}; ulimit -f ${Math.ceil(fileBytes / 512)}`,
    ...(process.platform === 'linux' ? [`ulimit -d ${writable}`] : []),
  ]
}
