// The root folder of a jail: a skeleton of empty folders and files on which the few things that the process may see are
// mounted read-only. One is shared by all processes that see the same; writable folders are mounted on top.
import {
  existsSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, sep } from 'node:path'
import { libraryFiles, toolFile } from './system-files.ts'

/** The jail's writable working directory. It hides any folder of that name outside, even Easel's own. */
export const SCRATCH = '/easel-scratch'
/** Where a folder that a process may only read is mounted, other than those that all processes of its kind see. */
export const FILES = '/easel-files'
/** Where a folder of links to the session's files is mounted, to be read only. */
export const LINKS = '/easel-links'
/** Where the machine's root is mounted while the jail is built. */
export const OLD_ROOT = '/easel-old'

export interface JailRoot {
  /** The skeleton. */
  readonly folder: string
  /** Path of the list of its mounts in fstab(5) format. */
  readonly mounts: string
}

/** No /dev/zero: it provides shared memory that does not count as resident memory. */
const DEVICES = ['/dev/null', '/dev/random', '/dev/urandom']
/** Libraries look up the user's home folder. */
const PASSWD = `easel:x:0:0::${SCRATCH}:/\n`

/** What glibc looks at before it asks for huge pages; copies, since nothing else of /sys is shown. */
const HUGE_PAGES = ['enabled', 'hpage_pmd_size'].map((name) => `/sys/kernel/mm/transparent_hugepage/${name}`)

interface Prepared extends JailRoot {
  /** All paths that were created for it. */
  readonly places: readonly string[]
  /** When they were last touched, in milliseconds since 1970. */
  touchedMs: number
}

const prepared = new Map<string, Prepared>()
const bases = new Set<string>()

/** Interval for touching the files: cleaners of temporary folders delete what is unused for some days. */
const TOUCH_MS = 3_600_000

/**
 * A root for `program` with the system's libraries and `readable`, files and folders by absolute paths, at their
 * original paths. It is in the temporary folder and removed when this process exits; it is rebuilt if any of it was
 * deleted. Throws NoSpaceForJail if the temporary folder cannot be written.
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

/** The disk is full or read-only, which says nothing about what the machine allows. */
export class NoSpaceForJail extends Error {
  constructor(cause: unknown) {
    const folder = tmpdir()
    super(
      `The walls of a sandbox cannot be built in ${folder} (${(cause as Error).message}). Free some space there, or choose another folder with TMPDIR.`,
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
  for (const path of [SCRATCH, FILES, LINKS, '/etc', OLD_ROOT, '/proc/self'])
    mkdirSync(within(path), { recursive: true })
  // /proc has only these links: programs look up their executable, and umount, while the old root exists, the mounts.
  symlinkSync(program, within('proc/self/exe'))
  symlinkSync(`${OLD_ROOT}/proc/self/mountinfo`, within('proc/self/mountinfo'))
  writeFileSync(within('etc/passwd'), PASSWD)
  const copied = HUGE_PAGES.filter((path) => existsSync(path))
  for (const path of copied) {
    mkdirSync(dirname(within(path)), { recursive: true })
    writeFileSync(within(path), readFileSync(path))
  }
  const lines = [line(folder, folder, 'bind,ro')]
  const all = withoutNested([...readable, ...libraryFiles(), toolFile('setpriv')])
  // The program that needs a missing file reports it.
  const shown = all.filter((path) => existsSync(path))
  for (const path of shown) {
    place(path, within(path))
    lines.push(line(realpathSync(path), within(path), 'bind,ro,nosuid,nodev'))
  }
  for (const path of DEVICES) {
    place(path, within(path))
    // Read-only protects the device's file: its mode and times are the machine's, and root could change them.
    lines.push(line(path, within(path), 'bind,ro,nosuid,noexec'))
  }
  const mounts = join(base, 'mounts')
  writeFileSync(mounts, lines.join(''))
  const folders = [SCRATCH, FILES, LINKS, OLD_ROOT]
  const made = [...folders, '/proc/self/exe', '/proc/self/mountinfo', '/etc/passwd', ...copied, ...shown, ...DEVICES]
  return { folder, mounts, places: [mounts, ...made.map(within)], touchedMs: Date.now() }
}

/** Creates an empty file or folder as the mount point for `source`. */
function place(source: string, target: string): void {
  const isFolder = statSync(source).isDirectory()
  mkdirSync(isFolder ? target : dirname(target), { recursive: true })
  if (!isFolder) writeFileSync(target, '')
}

/** Drops paths that are inside another one. */
function withoutNested(paths: readonly string[]): string[] {
  const unique = [...new Set(paths)]
  return unique.filter((path) => !unique.some((other) => path !== other && path.startsWith(other + sep)))
}

/** A line of fstab(5). Separators are escaped as octal bytes; other Unicode spaces are ordinary characters. */
function line(source: string, target: string, options: string): string {
  const escape = (path: string): string =>
    path.replace(/[\\# \t\n\v\f\r]/g, (char) => `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`)
  return `${escape(source)} ${escape(target)} none ${options} 0 0\n`
}
