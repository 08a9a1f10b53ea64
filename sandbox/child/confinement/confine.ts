// The child process drops what it will not need before it reads any user data: first system calls (seccomp), then the
// ability to load native code. Neither can be regained.
import { seccompFilter } from './filter.ts'
import { ARCHITECTURES, type Architecture } from './system-calls.ts'
import { hideThreads } from './threads.ts'

/** Constants from linux/prctl.h and linux/seccomp.h. */
const PR_SET_NO_NEW_PRIVS = 38
const SECCOMP_SET_MODE_FILTER = 1
const SECCOMP_FILTER_FLAG_TSYNC = 1

let isFiltered = false

/** Whether the filter is installed. */
export function systemCallsAreFiltered(): boolean {
  return isFiltered
}

/** Installs the filter for all threads of this process, and drops FFI; `links` allows symlinks. Takes about 4 ms. */
export function filterSystemCalls({ links = false } = {}): void {
  const arch = process.arch as Architecture
  if (process.platform !== 'linux' || !(arch in ARCHITECTURES) || !process.permission?.has('ffi')) return
  const ffi = process.getBuiltinModule('node:ffi')
  if (!ffi) return
  const { functions, lib } = ffi.dlopen(null, {
    prctl: { arguments: ['i32', 'u64', 'u64', 'u64', 'u64'], return: 'i32' },
    syscall: { arguments: ['i64', 'i64', 'i64', 'u64'], return: 'i64' },
    uv_loop_fork: { arguments: ['pointer'], return: 'i32' },
  })
  const filter = seccompFilter(arch, process.pid, links)
  /** `struct sock_fprog`: the number of instructions and a pointer to them. */
  const program = Buffer.alloc(16)
  program.writeUInt16LE(filter.length / 8, 0)
  program.writeBigUInt64LE(ffi.getRawPointer(filter), 8)
  const { seccomp } = ARCHITECTURES[arch]
  const where = ffi.getRawPointer(program)
  isFiltered =
    functions.prctl(PR_SET_NO_NEW_PRIVS, 1n, 0n, 0n, 0n) === 0 &&
    functions.syscall(BigInt(seccomp), BigInt(SECCOMP_SET_MODE_FILTER), BigInt(SECCOMP_FILTER_FLAG_TSYNC), where) === 0n
  // At its start the event loop opened an io_uring, and would abort the process once that stops answering. Recreated,
  // the loop finds that there is no io_uring and works without it.
  if (isFiltered) functions.uv_loop_fork(ffi.getCurrentEventLoop())
  lib.close()
  process.permission.drop('ffi')
}

/** Drops native addons, and the worker threads that could load them, once everything needed is loaded. */
export function dropAddons(): void {
  if (!process.permission?.has('addon')) return
  process.permission.drop('addon')
  hideThreads()
}
