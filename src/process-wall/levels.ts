// What each level of the wall prevents once an attacker fully controls a sandbox process, native code included. The
// table of docs/walls.md and `easel --version --verbose` are generated from this, and a native probe tests each line at each
// level.
import { existsSync, readFileSync } from 'node:fs'
import { ARCHITECTURES } from '../../sandbox/child/confinement/system-calls.ts'
import { toolFile } from './system-files.ts'
import type { WallLevel } from './wall.ts'

/** The wall that a process actually has. */
export interface Wall {
  readonly level: WallLevel
  /** The process filters its system calls. */
  readonly isFiltered: boolean
}

/** Walls from the strongest to the weakest, with their display names. */
export const WALLS: readonly (Wall & { readonly name: string })[] = [
  { name: 'jail and filter', level: 'jail', isFiltered: true },
  { name: 'jail', level: 'jail', isFiltered: false },
  { name: 'filter', level: 'process', isFiltered: true },
  { name: 'permissions', level: 'process', isFiltered: false },
]

const STRONGEST: Wall = { level: 'jail', isFiltered: true }

export interface WallFact {
  /** What an attacker does; completes "it can" or "it cannot". */
  readonly what: string
  readonly isPossible: (wall: Wall) => boolean
}

const withoutJail = ({ level }: Wall): boolean => level === 'process'
const withoutBoth = (wall: Wall): boolean => withoutJail(wall) && !wall.isFiltered

/** In order of importance. */
export const WALL_FACTS: readonly WallFact[] = [
  { what: 'find a key or another secret in its memory, environment or command line', isPossible: () => false },
  { what: 'read the files of its session, and of the product', isPossible: () => true },
  { what: "read the user's other files, other sessions and the database", isPossible: withoutJail },
  {
    what: "read or change the user's other processes by /proc: their memory, and their environment with Easel's key",
    isPossible: withoutJail,
  },
  { what: 'change or create files outside its own folder', isPossible: withoutJail },
  { what: 'reach a socket: of this machine, of another, by path or by name', isPossible: withoutBoth },
  { what: 'signal or trace other processes', isPossible: withoutBoth },
  { what: 'live on when it is killed', isPossible: withoutBoth },
  { what: 'start programs, or a file that it wrote', isPossible: withoutBoth },
  { what: 'make namespaces and have capabilities in them', isPossible: withoutBoth },
  { what: 'use io_uring, bpf, keyrings, perf and userfaultfd', isPossible: ({ isFiltered }) => !isFiltered },
  { what: 'use processors, memory and disk up to the limits of a cell', isPossible: () => true },
]

/** The name of a wall. */
export function wallName({ level, isFiltered }: Wall): string {
  return WALLS.find((wall) => wall.level === level && wall.isFiltered === isFiltered)?.name ?? level
}

/** Whether the kernel supports the filter; the process itself reports whether it is on. */
function mayFilter(): boolean {
  if (process.platform !== 'linux' || !(process.arch in ARCHITECTURES)) return false
  return /^Seccomp:/m.test(read('/proc/self/status'))
}

/** One line on what the strongest level needs and how to get it; undefined if nothing is missing. */
export function wallNotice(level: WallLevel, isFiltered = mayFilter()): string | undefined {
  if (level === 'jail' && isFiltered) return undefined
  const isOpen = ({ isPossible }: WallFact): boolean => isPossible({ level, isFiltered }) && !isPossible(STRONGEST)
  const first = WALL_FACTS.find(isOpen)?.what ?? ''
  const way = level === 'jail' ? NO_FILTER : wayToJail()
  return `The sandbox has the wall "${wallName({ level, isFiltered })}" here: an attacker who takes over one of its processes could ${first}. ${way} \`easel --version --verbose\` lists what holds.`
}

const NO_FILTER = 'A kernel with seccomp, on x64 or arm64, would filter its system calls.'

/** How to enable the jail on this machine. */
function wayToJail(): string {
  if (process.platform !== 'linux') return 'On Linux there is a stronger one.'
  const missing = ['unshare', 'setpriv', 'mount', 'umount', 'pivot_root'].filter((name) => !existsSync(toolFile(name)))
  if (missing.length > 0) return `Install util-linux and mount for a stronger one: ${missing.join(', ')} is missing.`
  if (read('/proc/sys/user/max_user_namespaces').trim() === '0')
    return 'Allow user namespaces for a stronger one: sysctl user.max_user_namespaces=10000.'
  if (read('/proc/sys/kernel/unprivileged_userns_clone').trim() === '0')
    return 'Allow user namespaces for a stronger one: sysctl kernel.unprivileged_userns_clone=1.'
  if (read('/proc/sys/kernel/apparmor_restrict_unprivileged_userns').trim() === '1')
    return 'Allow user namespaces for a stronger one: sysctl kernel.apparmor_restrict_unprivileged_userns=0, or an AppArmor profile with userns.'
  return 'In a container, allow unshare and mount for a stronger one: --security-opt seccomp=unconfined --security-opt apparmor=unconfined --security-opt systempaths=unconfined.'
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
