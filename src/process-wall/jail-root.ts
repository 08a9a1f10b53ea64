// The root folder of a jail: a skeleton of empty folders and files on which the few things that the process may see are
// mounted, read-only. It is made once for all processes that see the same; what they may write comes on top.
import {
  existsSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, sep } from 'node:path'
import { libraryFiles, toolFile } from './system-files.ts'

/** The folder in a jail that its process may write to, and in which it starts. It hides what lies there outside, Easel itself maybe. */
export const SCRATCH = '/easel-scratch'
/** Where the machine's own root is while the jail is built. */
export const OLD = '/easel-old'

export interface JailRoot {
  /** The skeleton. */
  readonly folder: string
  /** The mounts on it, as a file in fstab(5)'s format. */
  readonly mounts: string
}

/** No /dev/zero: it gives shared memory that no process's resident memory shows. */
const DEVICES = ['/dev/null', '/dev/random', '/dev/urandom']
/** Libraries ask where the user is at home. */
const PASSWD = `easel:x:0:0::${SCRATCH}:/\n`

interface Prepared extends JailRoot {
  /** All that was made for it. */
  readonly places: readonly string[]
  /** When they were last touched. */
  touchedMs: number
}

const prepared = new Map<string, Prepared>()
const bases = new Set<string>()

/** Cleaners of temporary folders take what nobody has touched for some days. */
const TOUCH_MS = 3_600_000

/**
 * A root in which `readable`, files and folders by their absolute paths, lie where they lie outside, beside the system's
 * libraries, for `program`; it is the temporary folder's and goes with this process. It is made anew where any of it was taken
 * away. Throws NoRoomForJail where the temporary folder takes nothing.
 */
export function prepareRoot(readable: readonly string[], program: string): JailRoot {
  const key = [program, ...readable].join('\n')
  const known = prepared.get(key)
  if (known?.places.every(isThere)) {
    touch(known)
    return known
  }
  const root = build(readable, program)
  prepared.set(key, root)
  return root
}

/** A full or read-only disk: it says nothing of what the machine allows. */
export class NoSpaceForJail extends Error {
  constructor(cause: unknown) {
    const folder = tmpdir()
    super(
      `The walls of a sandbox cannot be built in ${folder} (${(cause as Error).message}). Make room there, or choose another folder with TMPDIR.`,
      { cause },
    )
  }
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined
}

function touch(root: Prepared): void {
  const now = Date.now()
  if (now - root.touchedMs < TOUCH_MS) return
  for (const path of root.places) lutimesSync(path, now / 1000, now / 1000)
  root.touchedMs = now
}

function build(readable: readonly string[], program: string): Prepared {
  const base = newBase()
  try {
    return fill(base, readable, program)
  } catch (error) {
    removeBase(base)
    throw (error as NodeJS.ErrnoException).path?.startsWith(base) ? new NoSpaceForJail(error) : error
  }
}

let isRemovedAtExit = false

function newBase(): string {
  try {
    const base = mkdtempSync(join(tmpdir(), `easel-${process.pid}-jail-`))
    bases.add(base)
    if (!isRemovedAtExit) process.once('exit', () => bases.forEach(removeBase))
    isRemovedAtExit = true
    return base
  } catch (error) {
    throw new NoSpaceForJail(error)
  }
}

function removeBase(base: string): void {
  rmSync(base, { recursive: true, force: true })
  bases.delete(base)
}

function fill(base: string, readable: readonly string[], program: string): Prepared {
  const folder = join(base, 'root')
  const within = (path: string): string => join(folder, path)
  for (const path of [SCRATCH, '/etc', OLD, '/proc/self']) mkdirSync(within(path), { recursive: true })
  // There are no processes to be seen. A program looks for itself, and umount, as long as the old root is there, for it.
  symlinkSync(program, within('proc/self/exe'))
  symlinkSync(`${OLD}/proc/self/mountinfo`, within('proc/self/mountinfo'))
  writeFileSync(within('etc/passwd'), PASSWD)
  const lines = [line(folder, folder, 'bind,ro')]
  const all = withoutNested([...readable, ...libraryFiles(), toolFile('setpriv')])
  // What is not there is missed by the program that asks for it.
  const shown = all.filter((path) => existsSync(path))
  for (const path of shown) {
    place(path, within(path))
    lines.push(line(realpathSync(path), within(path), 'bind,ro,nosuid,nodev'))
  }
  for (const path of DEVICES) {
    place(path, within(path))
    // Read-only is the file, not the device: its mode and times would be the machine's own, which root may change.
    lines.push(line(path, within(path), 'bind,ro,nosuid,noexec'))
  }
  const mounts = join(base, 'mounts')
  writeFileSync(mounts, lines.join(''))
  const made = [SCRATCH, OLD, '/proc/self/exe', '/proc/self/mountinfo', '/etc/passwd', ...shown, ...DEVICES]
  return { folder, mounts, places: [mounts, ...made.map(within)], touchedMs: Date.now() }
}

/** An empty file or folder, as what is to be mounted there. */
function place(source: string, target: string): void {
  const isFolder = statSync(source).isDirectory()
  mkdirSync(isFolder ? target : dirname(target), { recursive: true })
  if (!isFolder) writeFileSync(target, '')
}

/** Without what another one of them contains. */
function withoutNested(paths: readonly string[]): string[] {
  const unique = [...new Set(paths)]
  return unique.filter((path) => !unique.some((other) => path !== other && path.startsWith(other + sep)))
}

/** A line of fstab(5): what ends a word there is written by its number, of one byte; other spaces are letters like any. */
function line(source: string, target: string, options: string): string {
  const escape = (path: string): string =>
    path.replace(/[\\# \t\n\v\f\r]/g, (char) => `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`)
  return `${escape(source)} ${escape(target)} none ${options} 0 0\n`
}
