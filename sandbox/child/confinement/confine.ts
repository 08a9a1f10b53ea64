// The child process gives up what it will not need, before it reads anything of a person's: first the kernel's calls
// (seccomp), then the means to load native code. It cannot take any of it back.
import { seccompFilter } from './filter.ts'
import { ARCHITECTURES, type Architecture } from './system-calls.ts'
import { hideThreads } from './threads.ts'

/** linux/prctl.h, linux/seccomp.h. */
const PR_SET_NO_NEW_PRIVS = 38
const SECCOMP_SET_MODE_FILTER = 1
const SECCOMP_FILTER_FLAG_TSYNC = 1

let isFiltered = false

/** Whether the filter is on. */
export function systemCallsAreFiltered(): boolean {
  return isFiltered
}

/** Installs the filter for all threads of this process, and gives up foreign functions. About 4 ms. */
export function filterSystemCalls(): void {
  const arch = process.arch as Architecture
  if (process.platform !== 'linux' || !(arch in ARCHITECTURES) || !process.permission?.has('ffi')) return
  const ffi = process.getBuiltinModule('node:ffi')
  if (!ffi) return
  const { functions, lib } = ffi.dlopen(null, {
    prctl: { arguments: ['i32', 'u64', 'u64', 'u64', 'u64'], return: 'i32' },
    syscall: { arguments: ['i64', 'i64', 'i64', 'u64'], return: 'i64' },
    uv_loop_fork: { arguments: ['pointer'], return: 'i32' },
  })
  const filter = seccompFilter(arch, process.pid)
  /** `struct sock_fprog`: the number of instructions, and where they lie. */
  const program = Buffer.alloc(16)
  program.writeUInt16LE(filter.length / 8, 0)
  program.writeBigUInt64LE(ffi.getRawPointer(filter), 8)
  const { seccomp } = ARCHITECTURES[arch]
  const where = ffi.getRawPointer(program)
  isFiltered =
    functions.prctl(PR_SET_NO_NEW_PRIVS, 1n, 0n, 0n, 0n) === 0 &&
    functions.syscall(BigInt(seccomp), BigInt(SECCOMP_SET_MODE_FILTER), BigInt(SECCOMP_FILTER_FLAG_TSYNC), where) === 0n
  // The event loop made an io_uring when it began, and would end the process when that no longer answers: made anew, it
  // finds that there is none, and does without.
  if (isFiltered) functions.uv_loop_fork(ffi.getCurrentEventLoop())
  lib.close()
  process.permission.drop('ffi')
}

/** Gives up native addons, and threads that would have them, once all that is needed is loaded. */
export function giveUpAddons(): void {
  if (!process.permission?.has('addon')) return
  process.permission.drop('addon')
  hideThreads()
}
