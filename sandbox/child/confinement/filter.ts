// The child's seccomp filter in the kernel's format: classic BPF over `struct seccomp_data` (linux/seccomp.h). A call
// that is not listed fails with ENOSYS, as on a kernel without it, so that libraries use their fallbacks.
import { allowedCalls, ARCHITECTURES, conditionalCalls, linkCalls, type Architecture } from './system-calls.ts'

/** One instruction: code, jump if true, jump if false, operand. */
type Instruction = readonly [code: number, jt: number, jf: number, k: number]

const LOAD = 0x20
const JUMP_EQUAL = 0x15
const JUMP_AT_LEAST = 0x35
const JUMP_ANY_BIT = 0x45
const AND = 0x54
const RETURN = 0x06

const ALLOW = 0x7fff0000
const KILL_PROCESS = 0x80000000
const errno = (code: number): number => 0x00050000 | code
const EPERM = 1
const ENOSYS = 38

const NUMBER = 0
const ARCH = 4
/** Offset of an argument's low half; both architectures are little-endian. */
const argument = (n: number): number => 16 + 8 * n

/** CLONE_VM, FS, FILES, SIGHAND and THREAD, as every thread sets; without FILES it gets descriptors of its own. */
const CLONE_THREAD = 0x00010f00
/** CLONE_NEWTIME, NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID and NEWNET. */
const CLONE_NEW = 0x7e020080
/** Refused together: after madvise(2) shared anonymous memory stays allocated but in nobody's resident memory. */
const MAP_SHARED = 0x01
const MAP_ANONYMOUS = 0x20
/** FIONREAD, FIONBIO, FIOCLEX, FIONCLEX, TCGETS, TIOCGWINSZ. */
const IOCTLS = [0x541b, 0x5421, 0x5451, 0x5450, 0x5401, 0x5413]
/**
 * Flags, locks, pipe sizes. No F_SETOWN and F_SETSIG, which signal other processes. No duplicating of descriptors: each
 * copy allows one more watch on a file, and watches count against all of the user's processes together.
 */
const FCNTLS = [1, 2, 3, 4, 5, 6, 7, 36, 37, 38, 1031, 1032]
/** Death signal, dumpable, names of threads and of memory, timer slack, and the stack limits that V8 and glibc set. */
const PRCTLS = [1, 3, 15, 16, 29, 30, 38, 39, 0x53564d41]

/** The filter as bytes; the process may send signals only to `pid`, which is itself. `links`: it may make symlinks. */
export function seccompFilter(arch: Architecture, pid: number, links = false): Buffer {
  const { audit } = ARCHITECTURES[arch]
  const calls = conditionalCalls(arch)
  const allowValues = (name: string, arg: number, values: readonly number[]): Instruction[] =>
    onCall(calls.get(name) as number, [
      [LOAD, 0, 0, argument(arg)],
      ...values.flatMap((value): Instruction[] => [
        [JUMP_EQUAL, 0, 1, value],
        [RETURN, 0, 0, ALLOW],
      ]),
      [RETURN, 0, 0, errno(EPERM)],
    ])
  const program: Instruction[] = [
    [LOAD, 0, 0, ARCH],
    [JUMP_EQUAL, 1, 0, audit],
    [RETURN, 0, 0, KILL_PROCESS],
    [LOAD, 0, 0, NUMBER],
    // x32 calls on x64 have their own numbers.
    [JUMP_AT_LEAST, 0, 1, 0x40000000],
    [RETURN, 0, 0, errno(ENOSYS)],
    ...[...allowedCalls(arch).values(), ...(links ? linkCalls(arch).values() : [])].flatMap((number) =>
      onCall(number, [[RETURN, 0, 0, ALLOW]]),
    ),
    ...onCall(calls.get('mmap') as number, [
      [LOAD, 0, 0, argument(3)],
      [JUMP_ANY_BIT, 0, 2, MAP_SHARED],
      [JUMP_ANY_BIT, 0, 1, MAP_ANONYMOUS],
      [RETURN, 0, 0, errno(EPERM)],
      [RETURN, 0, 0, ALLOW],
    ]),
    ...allowValues('ioctl', 1, IOCTLS),
    ...allowValues('fcntl', 1, FCNTLS),
    ...allowValues('prctl', 0, PRCTLS),
    ...allowValues('kill', 0, [pid]),
    ...allowValues('tgkill', 0, [pid]),
    ...allowValues('prlimit64', 0, [0]),
    // Allows threads, but no processes.
    ...onCall(calls.get('clone') as number, [
      [LOAD, 0, 0, argument(0)],
      [JUMP_ANY_BIT, 3, 0, CLONE_NEW],
      [AND, 0, 0, CLONE_THREAD],
      [JUMP_EQUAL, 0, 1, CLONE_THREAD],
      [RETURN, 0, 0, ALLOW],
      [RETURN, 0, 0, errno(EPERM)],
    ]),
    [RETURN, 0, 0, errno(ENOSYS)],
  ]
  return encode(program)
}

/** Instructions for one call; every path through them returns. */
function onCall(number: number, then: readonly Instruction[]): Instruction[] {
  return [[JUMP_EQUAL, 0, then.length, number], ...then]
}

/** Encodes each instruction as a `struct sock_filter`. */
function encode(program: readonly Instruction[]): Buffer {
  const bytes = Buffer.alloc(8 * program.length)
  for (const [i, [code, jt, jf, k]] of program.entries()) {
    bytes.writeUInt16LE(code, 8 * i)
    bytes.writeUInt8(jt, 8 * i + 2)
    bytes.writeUInt8(jf, 8 * i + 3)
    bytes.writeUInt32LE(k >>> 0, 8 * i + 4)
  }
  return bytes
}
