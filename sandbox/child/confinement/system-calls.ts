// The system calls that a child process was observed to make, with their numbers on x64 and arm64 (Linux's
// asm/unistd_64.h and asm-generic/unistd.h); `-` where an architecture lacks one. Any other call does not exist for the
// child: sockets, processes, other processes' memory, mounts, namespaces, keys, bpf, io_uring.

/** Allowed with any arguments. */
const ALLOWED = `
  read 0 63, write 1 64, futex 202 98, madvise 28 233, mprotect 10 226, munmap 11 215, mremap 25 216,
  epoll_pwait 281 22, getpid 39 172, openat 257 56, close 3 57, statx 332 291, getrusage 98 165, readv 19 65, writev 20 66,
  pread64 17 67, pwrite64 18 68, preadv 295 69, pwritev 296 70, preadv2 327 286, pwritev2 328 287, open 2 -, creat 85 -,
  close_range 436 436, lseek 8 62, stat 4 -, fstat 5 80, lstat 6 -, newfstatat 262 79, statfs 137 43, fstatfs 138 44,
  access 21 -, faccessat 269 48, faccessat2 439 439, getdents 78 -, getdents64 217 61, getcwd 79 17, chdir 80 49,
  mkdir 83 -, mkdirat 258 34, rmdir 84 -, unlink 87 -, unlinkat 263 35, rename 82 -, renameat 264 38,
  renameat2 316 276, link 86 -, linkat 265 37, readlink 89 -, readlinkat 267 78, chmod 90 -, fchmod 91 52,
  fchmodat 268 53, umask 95 166, truncate 76 45, ftruncate 77 46, fsync 74 82, fdatasync 75 83, flock 73 32,
  fadvise64 221 223, utimensat 280 88, copy_file_range 326 285, splice 275 76,
  pipe 22 -, pipe2 293 59, poll 7 -, ppoll 271 73, pselect6 270 72, epoll_create 213 -, epoll_create1 291 20,
  epoll_ctl 233 21, epoll_wait 232 -, epoll_pwait2 441 441, eventfd 284 -, eventfd2 290 19,
  timerfd_create 283 85, timerfd_settime 286 86, timerfd_gettime 287 87, getsockname 51 204, getsockopt 55 209,
  shutdown 48 210, mincore 27 232, msync 26 227, brk 12 214, membarrier 324 283,
  pkey_alloc 330 289, pkey_free 331 290, pkey_mprotect 329 288, get_mempolicy 239 236,
  rt_sigaction 13 134, rt_sigprocmask 14 135, rt_sigreturn 15 139, sigaltstack 131 132, restart_syscall 219 128,
  futex_waitv 449 449, set_robust_list 273 99, get_robust_list 274 100, set_tid_address 218 96, rseq 334 293,
  arch_prctl 158 -, sched_yield 24 124, sched_getaffinity 204 123, sched_getparam 143 121, sched_getscheduler 145 120,
  sched_get_priority_max 146 125, sched_get_priority_min 147 126, getcpu 309 168, exit 60 93, exit_group 231 94,
  getppid 110 173, gettid 186 178, getuid 102 174, geteuid 107 175, getgid 104 176, getegid 108 177, getgroups 115 158,
  getresuid 118 148, getresgid 120 150, capget 125 90, getrlimit 97 163, times 100 153, sysinfo 99 179, uname 63 160,
  clock_gettime 228 113, clock_getres 229 114, clock_nanosleep 230 115, nanosleep 35 101, gettimeofday 96 169,
  time 201 -, getrandom 318 278`

/** Allowed for a helper process, which gives files their names by links. */
const LINKS = 'symlink 88 -, symlinkat 266 36'

/** Allowed with certain values of one argument. */
const CONDITIONAL =
  'mmap 9 222, ioctl 16 29, fcntl 72 25, clone 56 220, kill 62 129, tgkill 234 131, prctl 157 167, prlimit64 302 261'

/** By Node's names: the audit number in a filter (linux/audit.h) and the number of seccomp(2) itself. */
export const ARCHITECTURES = {
  x64: { audit: 0xc000003e, seccomp: 317, column: 0 },
  arm64: { audit: 0xc00000b7, seccomp: 277, column: 1 },
} as const

export type Architecture = keyof typeof ARCHITECTURES

/** Names and numbers of the calls that are always allowed. */
export function allowedCalls(arch: Architecture): ReadonlyMap<string, number> {
  return readTable(ALLOWED, arch)
}

/** Names and numbers of the calls that make symbolic links. */
export function linkCalls(arch: Architecture): ReadonlyMap<string, number> {
  return readTable(LINKS, arch)
}

/** Names and numbers of the calls that are allowed with certain arguments. */
export function conditionalCalls(arch: Architecture): ReadonlyMap<string, number> {
  return readTable(CONDITIONAL, arch)
}

function readTable(table: string, arch: Architecture): ReadonlyMap<string, number> {
  const { column } = ARCHITECTURES[arch]
  const rows = table.split(',').map((row) => row.trim().split(' '))
  return new Map(
    rows.flatMap(([name = '', ...numbers]) => {
      const number = numbers[column] ?? '-'
      return number === '-' ? [] : [[name, Number(number)] as const]
    }),
  )
}
