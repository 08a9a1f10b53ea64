// Runs the system call filter as the kernel does, and compares its numbers with the kernel's own lists.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { seccompFilter } from '../../../sandbox/child/confinement/filter.ts'
import {
  allowedCalls,
  ARCHITECTURES,
  conditionalCalls,
  type Architecture,
} from '../../../sandbox/child/confinement/system-calls.ts'

const PID = 4321
const ALLOW = 'allow'
const EPERM = 'errno 1'
const ENOSYS = 'errno 38'

/** Evaluates the filter for a call: classic BPF, as far as the filter uses it. */
function verdict(arch: Architecture, number: number, args: readonly number[] = [], audit?: number): string {
  const filter = seccompFilter(arch, PID)
  const data = Buffer.alloc(64)
  data.writeUInt32LE(number >>> 0, 0)
  data.writeUInt32LE(audit ?? ARCHITECTURES[arch].audit, 4)
  for (const [i, value] of args.entries()) data.writeUInt32LE(value >>> 0, 16 + 8 * i)
  let accumulator = 0
  for (let at = 0; ; at++) {
    const code = filter.readUInt16LE(8 * at)
    const [jt, jf, k] = [filter[8 * at + 2] as number, filter[8 * at + 3] as number, filter.readUInt32LE(8 * at + 4)]
    if (code === 0x20) accumulator = data.readUInt32LE(k)
    else if (code === 0x15) at += accumulator === k ? jt : jf
    else if (code === 0x35) at += accumulator >= k ? jt : jf
    else if (code === 0x45) at += (accumulator & k) !== 0 ? jt : jf
    else if (code === 0x54) accumulator &= k
    else if (code !== 0x06) throw new Error(`instruction ${code}`)
    else if (k === 0x7fff0000) return ALLOW
    else return k === 0x80000000 ? 'kill' : `errno ${k & 0xffff}`
  }
}

const CALLS = {
  x64: {
    read: 0,
    socket: 41,
    execve: 59,
    fork: 57,
    vfork: 58,
    clone3: 435,
    ptrace: 101,
    mount: 165,
    io_uring_setup: 425,
  },
  arm64: { read: 63, socket: 198, execve: 221, ptrace: 117, clone3: 435, mount: 40, io_uring_setup: 425 },
} as const

describe.each(['x64', 'arm64'] as const)('the filter of %s', (arch) => {
  const conditional = conditionalCalls(arch)
  const of = (name: string, ...args: number[]): string => verdict(arch, conditional.get(name) as number, args)

  test('allows what is on the list, whatever its arguments', () => {
    for (const number of allowedCalls(arch).values()) expect(verdict(arch, number, [0, 9, 9, 9, 9, 9])).toBe(ALLOW)
  })

  test('knows nothing of sockets, programs, other processes, mounts and io_uring', () => {
    const { read: _, ...denied } = CALLS[arch]
    for (const number of Object.values(denied)) expect(verdict(arch, number)).toBe(ENOSYS)
    const known = new Set([...allowedCalls(arch).values(), ...conditional.values()])
    for (let number = 0; number < 600; number++) if (!known.has(number)) expect(verdict(arch, number)).toBe(ENOSYS)
  })

  test('makes threads, and neither processes nor namespaces', () => {
    // pthread_create's flags, those without CLONE_FILES, fork's, and those of a user namespace.
    expect(of('clone', 0x003d0f00)).toBe(ALLOW)
    expect(of('clone', 0x003d0b00)).toBe(EPERM)
    expect(of('clone', 0x01200011)).toBe(EPERM)
    expect(of('clone', 0x10000011)).toBe(EPERM)
    expect(of('clone', 0x50010f00)).toBe(EPERM)
  })

  test('maps no shared memory but that of files, whose pages a disk has', () => {
    const mapped = (flags: number): string => of('mmap', 0, 4096, 3, flags)
    // MAP_PRIVATE and MAP_SHARED of a file; MAP_PRIVATE, MAP_SHARED and MAP_SHARED_VALIDATE without one, also with
    // MAP_NORESERVE.
    expect([0x02, 0x01, 0x22, 0x21, 0x23, 0x4021].map(mapped)).toEqual([ALLOW, ALLOW, ALLOW, EPERM, EPERM, EPERM])
  })

  test('signals nobody but itself', () => {
    expect([of('kill', PID, 9), of('kill', 1, 9), of('kill', -1, 9), of('kill', 0, 9)]).toEqual([
      ALLOW,
      EPERM,
      EPERM,
      EPERM,
    ])
    expect([of('tgkill', PID, PID, 6), of('tgkill', 1, 1, 6)]).toEqual([ALLOW, EPERM])
    // F_SETOWN, F_SETSIG and F_SETOWN_EX make the kernel signal other processes; F_SETFL does not.
    expect([8, 10, 15, 4].map((command) => of('fcntl', 3, command))).toEqual([EPERM, EPERM, EPERM, ALLOW])
  })

  test('copies no descriptors: each copy could be watched once more, and watches are counted for the user', () => {
    // F_DUPFD and F_DUPFD_CLOEXEC.
    expect([0, 1030].map((command) => of('fcntl', 3, command))).toEqual([EPERM, EPERM])
    const dups = arch === 'x64' ? [32, 33, 292] : [23, 24]
    for (const number of dups) expect(verdict(arch, number, [3])).toBe(ENOSYS)
  })

  test('sets limits of itself alone, and types nothing into a terminal', () => {
    expect([of('prlimit64', 0), of('prlimit64', 1)]).toEqual([ALLOW, EPERM])
    // TIOCSTI and TIOCLINUX.
    expect([0x5421, 0x5412, 0x541c].map((request) => of('ioctl', 0, request))).toEqual([ALLOW, EPERM, EPERM])
  })

  test('ends a process that calls by the numbers of another architecture', () => {
    expect(verdict(arch, CALLS[arch].read, [], 0x40000003)).toBe('kill')
    expect(verdict(arch, 0x40000000 + CALLS[arch].read)).toBe(ENOSYS)
  })
})

const HEADERS = {
  x64: ['/usr/include/x86_64-linux-gnu/asm/unistd_64.h'],
  arm64: [
    '-D__BITS_PER_LONG=64',
    '-D__ARCH_WANT_RENAMEAT',
    '-D__ARCH_WANT_NEW_STAT',
    '-D__ARCH_WANT_SET_GET_RLIMIT',
    '/usr/include/asm-generic/unistd.h',
  ],
} as const
const canRead = existsSync(HEADERS.x64[0]) && spawnSync('cc', ['--version'], { stdio: 'ignore' }).status === 0

test.runIf(canRead).each(['x64', 'arm64'] as const)("the numbers of %s are the kernel's", (arch) => {
  const text = execFileSync('cc', ['-E', '-dM', '-x', 'c', ...HEADERS[arch]], { encoding: 'utf8' })
  const defined = new Map([...text.matchAll(/^#define (__NR\w*) (\S+)$/gm)].map(([, name, value]) => [name, value]))
  const numberOf = (name: string): number => {
    const value = defined.get(name)
    return value?.startsWith('__NR') ? numberOf(value) : Number(value)
  }
  // The generic list has one name for stat by folder and name.
  const aliases: Readonly<Record<string, string>> = {
    newfstatat: arch === 'arm64' ? '__NR3264_fstatat' : '__NR_newfstatat',
  }
  for (const [name, number] of [...allowedCalls(arch), ...conditionalCalls(arch)])
    expect([name, numberOf(aliases[name] ?? `__NR_${name}`)]).toEqual([name, number])
})
