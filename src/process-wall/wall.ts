// The wall around a process that handles hostile input: how it is started, so that it has no secret, no network and no file
// that matters. What each level holds is told, word for word, by levels.ts.
import { spawnSync, type ChildProcess } from 'node:child_process'
import { release } from 'node:os'
import { MAX_THREADS } from '../process-watch/memory-watch.ts'
import { NoSpaceForJail, OLD, prepareRoot, SCRATCH } from './jail-root.ts'
import { libraryFolder, toolFile } from './system-files.ts'

/**
 * What the operating system adds. `jail`: a root folder of its own with an allow-list in it, and mount, process, network, IPC
 * and host name namespaces, without any capability; `process`: nothing.
 */
export type WallLevel = 'jail' | 'process'

/** What a process may see, run and use. */
export interface Confinement {
  /** The program and its arguments; paths below `scratch` may be among them. */
  readonly command: readonly [string, ...string[]]
  /** Files and folders that it may read, by absolute paths. */
  readonly readable: readonly string[]
  /** The folder that it may write to, if any: in a jail SCRATCH, where it starts. */
  readonly scratch?: string
  /** Lines of a shell that are run before all: `ulimit`. */
  readonly limits?: readonly string[]
}

let reached: WallLevel | undefined

/** What this machine allows must not depend on how busy it is: the probe takes 20 ms where it has nothing else to do. */
const PROBE_MS = 20_000

/** The highest level that this machine allows: tried once a process, with a Node that says its version in a jail. Throws NoRoomForJail. */
export function wallLevel(): WallLevel {
  reached ??= process.platform === 'linux' && jailWorks() ? 'jail' : 'process'
  return reached
}

function jailWorks(): boolean {
  try {
    return succeeds(jailed({ command: [process.execPath, '--version'], readable: [process.execPath] }))
  } catch (error) {
    // It must not lower the wall for as long as this process lives.
    if (error instanceof NoSpaceForJail) throw error
    return false
  }
}

function succeeds([program = '', ...args]: readonly string[]): boolean {
  return spawnSync(program, args, { stdio: 'ignore', timeout: PROBE_MS, cwd: '/', env: {} }).status === 0
}

/** A path of the process's own as it sees it. */
export function pathInside(level: WallLevel, scratch: string, path: string): string {
  if (level !== 'jail') return path
  return path === scratch || path.startsWith(`${scratch}/`) ? SCRATCH + path.slice(scratch.length) : path
}

/**
 * The command that starts it. It is to be spawned detached, in `scratch`, with a pipe on fd 4, which ends with this process:
 * a shell beside it waits for that and kills the group, whatever the process is busy with.
 */
export function confine(what: Confinement, level: WallLevel = wallLevel()): [string, ...string[]] {
  const command = level === 'jail' ? jailed(what) : [...unprivileged(), ...what.command]
  const script = [
    ...(what.limits ?? []),
    'unset PWD OLDPWD',
    // exec in a subshell, so that the watcher holds none of the process's pipes open.
    '(exec </dev/null >/dev/null 2>&1 3>&-; read -r _ <&4; kill -9 0) &',
    'exec "$@" 4<&-',
  ]
  return ['/bin/sh', '-c', script.join('\n'), 'sh', ...command]
}

/** Their numbers may be others' by now. */
const ended = new WeakSet<ChildProcess>()

/** Ends a process that was started so, and all that the wall put around it; nothing once that was done after its end. */
export function killGroup(child: ChildProcess): void {
  if (ended.has(child)) return
  if (child.exitCode !== null || child.signalCode !== null) ended.add(child)
  try {
    if (child.pid) process.kill(-child.pid, 'SIGKILL')
  } catch {
    child.kill('SIGKILL')
  }
}

/** Gives up capabilities, which root has without a jail too, and any that a program would bring. */
const UNPRIVILEGED = [
  '--no-new-privs',
  ...(process.getuid?.() === 0 ? ['--bounding-set=-all', '--inh-caps=-all'] : []),
  '--',
]
let setpriv: readonly string[] | undefined

function unprivileged(): readonly string[] {
  const all = [toolFile('setpriv'), ...UNPRIVILEGED]
  setpriv ??= process.platform === 'linux' && succeeds([...all, 'true']) ? all : []
  return setpriv
}

const NAMESPACES = '--user --map-root-user --mount --pid --net --ipc --uts --cgroup --fork --kill-child'.split(' ')

/**
 * Builds the jail and runs the rest of its arguments in it. This shell is the first process of its process namespace, so all
 * that is in there ends with it. Where the kernel allows it, no more namespaces can be made inside.
 */
const BUILD = `
set -e
root=$1; mounts=$2; scratch=$3; libraries=$4; shift 4
mount -n -a -T "$mounts"
[ -z "$scratch" ] || mount -n -o bind,nosuid,nodev,noexec "$scratch" "$root${SCRATCH}"
(echo 0 >/proc/sys/user/max_user_namespaces) 2>/dev/null || :
cd "$root"
pivot_root . ".${OLD}"
LD_LIBRARY_PATH="${OLD}$libraries" ${OLD}"$UMOUNT" -n -l ${OLD}
cd ${SCRATCH}
$PROCESSES
unset PWD OLDPWD
"$SETPRIV" --no-new-privs --bounding-set=-all --inh-caps=-all -- "$@"
exit $?`

/** Shells call the limit by one letter or the other; threads count. */
const PROCESSES = `ulimit -u ${MAX_THREADS} 2>/dev/null || ulimit -p ${MAX_THREADS} 2>/dev/null || :`

/** Before Linux 5.14 all processes of the user counted, outside the jail too: a desktop's are more than any limit that helps. */
export function countsBySpace(kernel = release()): boolean {
  const [major = 0, minor = 0] = kernel.split('.').map(Number)
  return major > 5 || (major === 5 && minor >= 14)
}

function jailed({ command, readable, scratch }: Confinement): [string, ...string[]] {
  const { folder, mounts } = prepareRoot(readable, command[0])
  const inside = command.map((word) => (scratch === undefined ? word : pathInside('jail', scratch, word)))
  const build = BUILD.replace('$UMOUNT', toolFile('umount'))
    .replace('$SETPRIV', toolFile('setpriv'))
    .replace('$PROCESSES', countsBySpace() ? PROCESSES : ':')
  const shell = ['/bin/sh', '-c', build, 'sh', folder, mounts, scratch ?? '', libraryFolder()]
  return [toolFile('setpriv'), '--no-new-privs', toolFile('unshare'), ...NAMESPACES, '--', ...shell, ...inside]
}
