// The wall around a process that handles hostile input: it is started so that it has no secret, no network and no file
// that matters. levels.ts states what each level guarantees.
import { spawnSync, type ChildProcess } from 'node:child_process'
import { release } from 'node:os'
import { MAX_THREADS } from '../process-watch/memory-watch.ts'
import { FILES, LINKS, NoSpaceForJail, OLD_ROOT, prepareRoot, SCRATCH } from './jail-root.ts'
import { libraryFolder, toolFile } from './system-files.ts'

/**
 * What the operating system adds. `jail`: a separate root folder with an allow-list, and mount, process, network, IPC
 * and host name namespaces, without any capability; `process`: nothing.
 */
export type WallLevel = 'jail' | 'process'

/** What a process may see, run and use. */
export interface Confinement {
  /** The program and its arguments, which may include paths below `scratch`. */
  readonly command: readonly [string, ...string[]]
  /** Files and folders that it may read, by absolute paths. */
  readonly readable: readonly string[]
  /** The folder that it may write to, if any; in a jail it is mounted at SCRATCH and is the working directory. */
  readonly scratch?: string
  /** A folder that it may only read, and that others change meanwhile; in a jail it is mounted at FILES. */
  readonly files?: string
  /** As `files`, mounted at LINKS; only in a jail, which alone keeps what is linked from being written to. */
  readonly links?: string | undefined
  /** Shell lines that run first, such as `ulimit`. */
  readonly limits?: readonly string[]
}

let reached: WallLevel | undefined

/** Timeout of the probe, which takes 20 ms on an idle machine: the result must not depend on the load. */
const PROBE_MS = 20_000

/** The highest level here, probed once by running `node --version` in a jail. Throws NoSpaceForJail. */
export function wallLevel(): WallLevel {
  reached ??= process.platform === 'linux' && jailWorks() ? 'jail' : 'process'
  return reached
}

function jailWorks(): boolean {
  try {
    return succeeds(jailCommand({ command: [process.execPath, '--version'], readable: [process.execPath] }))
  } catch (error) {
    // A full disk must not lower the wall for the lifetime of this process.
    if (error instanceof NoSpaceForJail) throw error
    return false
  }
}

function succeeds([program = '', ...args]: readonly string[]): boolean {
  return spawnSync(program, args, { stdio: 'ignore', timeout: PROBE_MS, cwd: '/', env: {} }).status === 0
}

/** A path below `scratch` as the process sees it. */
export function pathInside(level: WallLevel, scratch: string, path: string): string {
  if (level !== 'jail') return path
  return path === scratch || path.startsWith(`${scratch}/`) ? SCRATCH + path.slice(scratch.length) : path
}

/** The folder of a confinement's `files` as the process sees it. */
export function filesInside(level: WallLevel, files: string): string {
  return level === 'jail' ? FILES : files
}

/**
 * The command that starts the process. Spawn it detached, in `scratch`, with a pipe on fd 4 that closes when this
 * process ends: a shell waits for that and kills the group, whatever the process is doing.
 */
export function confine(what: Confinement, level: WallLevel = wallLevel()): [string, ...string[]] {
  const command = level === 'jail' ? jailCommand(what) : [...setprivCommand(), ...what.command]
  const script = [
    ...(what.limits ?? []),
    'unset PWD OLDPWD',
    // exec in a subshell, so that the watcher does not hold any of the process's pipes open.
    '(exec </dev/null >/dev/null 2>&1 3>&-; read -r _ <&4; kill -9 0) &',
    'exec "$@" 4<&-',
  ]
  return ['/bin/sh', '-c', script.join('\n'), 'sh', ...command]
}

/** Processes that have ended: their ids may have been reused. */
const ended = new WeakSet<ChildProcess>()

/** Kills a process started this way with all that the wall put around it; does nothing a second time after its end. */
export function killGroup(child: ChildProcess): void {
  if (ended.has(child)) return
  if (child.exitCode !== null || child.signalCode !== null) ended.add(child)
  try {
    if (child.pid) process.kill(-child.pid, 'SIGKILL')
  } catch {
    child.kill('SIGKILL')
  }
}

/** Drops capabilities, which root has even without a jail, and those that an executable would add. */
const UNPRIVILEGED = [
  '--no-new-privs',
  ...(process.getuid?.() === 0 ? ['--bounding-set=-all', '--inh-caps=-all'] : []),
  '--',
]
let setpriv: readonly string[] | undefined

function setprivCommand(): readonly string[] {
  const all = [toolFile('setpriv'), ...UNPRIVILEGED]
  setpriv ??= process.platform === 'linux' && succeeds([...all, 'true']) ? all : []
  return setpriv
}

const NAMESPACES = '--user --map-root-user --mount --pid --net --ipc --uts --cgroup --fork --kill-child'.split(' ')

/**
 * Builds the jail and runs its remaining arguments in it. This shell is the first process of its process namespace, so
 * everything inside ends with it. Where the kernel allows it, no further namespaces can be created inside.
 */
const BUILD = `
set -e
root=$1; mounts=$2; scratch=$3; libraries=$4; files=$5; links=$6; shift 6
mount -n -a -T "$mounts"
[ -z "$scratch" ] || mount -n -o bind,nosuid,nodev,noexec "$scratch" "$root${SCRATCH}"
[ -z "$files" ] || mount -n -o bind,ro,nosuid,nodev,noexec "$files" "$root${FILES}"
[ -z "$links" ] || mount -n -o bind,ro,nosuid,nodev,noexec "$links" "$root${LINKS}"
(echo 0 >/proc/sys/user/max_user_namespaces) 2>/dev/null || :
cd "$root"
pivot_root . ".${OLD_ROOT}"
LD_LIBRARY_PATH="${OLD_ROOT}$libraries" ${OLD_ROOT}"$UMOUNT" -n -l ${OLD_ROOT}
cd ${SCRATCH}
$PROCESSES
unset PWD OLDPWD
"$SETPRIV" --no-new-privs --bounding-set=-all --inh-caps=-all -- "$@"
exit $?`

/** Shells name the limit by one letter or the other; threads count. */
const PROCESSES = `ulimit -u ${MAX_THREADS} 2>/dev/null || ulimit -p ${MAX_THREADS} 2>/dev/null || :`

/** Before Linux 5.14 the limit counted all of the user's processes: a desktop has more than any useful limit. */
export function isLimitPerNamespace(kernel = release()): boolean {
  const [major = 0, minor = 0] = kernel.split('.').map(Number)
  return major > 5 || (major === 5 && minor >= 14)
}

function jailCommand({ command, readable, scratch, files, links }: Confinement): [string, ...string[]] {
  const { folder, mounts } = prepareRoot(readable, command[0])
  const inside = command.map((word) => (scratch === undefined ? word : pathInside('jail', scratch, word)))
  const build = BUILD.replace('$UMOUNT', toolFile('umount'))
    .replace('$SETPRIV', toolFile('setpriv'))
    .replace('$PROCESSES', isLimitPerNamespace() ? PROCESSES : ':')
  const shell = ['/bin/sh', '-c', build, 'sh', folder, mounts, scratch ?? '', libraryFolder(), files ?? '', links ?? '']
  return [toolFile('setpriv'), '--no-new-privs', toolFile('unshare'), ...NAMESPACES, '--', ...shell, ...inside]
}
