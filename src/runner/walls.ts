// The process wall: how the child is started, so that it has no secret, no network and no file that matters.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { writeFontConfig } from '../../sandbox/fonts/fontconfig.ts'
import type { Limits } from '../../sandbox/limits.ts'
import { productFolder } from '../../sandbox/product.ts'

/**
 * What the operating system adds to isolate, Node's permissions, resource limits and an empty environment:
 * `namespaces` means a network and an IPC namespace of its own, with nothing in them, and no capability; `process` means nothing.
 */
export type WallLevel = 'process' | 'namespaces'

/**
 * Writable memory of a child beside what it may keep resident (RLIMIT_DATA): each V8 isolate, and each GIF worker has
 * one, sets about a gigabyte aside without touching it. Address space cannot be limited: they reserve far more of it.
 */
const SET_ASIDE = 8_000_000_000
const OPEN_FILES = 256
/** Root keeps its capabilities in a user namespace, and with them much of the kernel: it gives them up. */
const UNPRIVILEGED = process.getuid?.() === 0 ? ['--bounding-set=-all', '--inh-caps=-all'] : []
const NAMESPACES = 'unshare --user --map-current-user --net --ipc -- setpriv --no-new-privs'
  .split(' ')
  .concat(UNPRIVILEGED, '--')

/** What this machine allows must not depend on how busy it is: the probe takes 5 ms where it has nothing else to do. */
const PROBE_MS = 20_000

let reached: WallLevel | undefined

/** The level that this machine allows; tried once a process (about 5 ms). */
export function wallLevel(): WallLevel {
  reached ??= process.platform === 'linux' && succeeds([...NAMESPACES, 'true']) ? 'namespaces' : 'process'
  return reached
}

function succeeds([program, ...args]: string[]): boolean {
  return spawnSync(program as string, args, { stdio: 'ignore', timeout: PROBE_MS }).status === 0
}

/**
 * Starts the child with stdin for requests and fd 3 for reports. Its environment is exactly three variables.
 * Beside it a shell waits on fd 4, which ends with this process: then it kills the group, whatever the child is busy with.
 * `entry` is another script only in tests of the wall.
 */
export function spawnChild(
  scratch: string,
  limits: Limits,
  entry = join(productFolder(), 'dist/child.cjs'),
): ChildProcess {
  const product = productFolder()
  const node = [
    process.execPath,
    '--no-node-snapshot',
    '--disable-warning=ExperimentalWarning',
    '--disable-warning=SecurityWarning',
    '--disable-sigusr1',
    '--permission',
    '--allow-addons',
    '--allow-worker',
    ...readable(product, scratch).map((path) => `--allow-fs-read=${path}`),
    `--allow-fs-write=${scratch}`,
    entry,
  ]
  const command = wallLevel() === 'namespaces' ? [...NAMESPACES, ...node] : node
  return spawn('/bin/sh', ['-c', script(limits), 'sh', ...command], {
    cwd: scratch,
    env: { FONTCONFIG_FILE: fontConfig(product, scratch), TZ: 'UTC', LANG: 'C.UTF-8' },
    stdio: ['pipe', 'ignore', 'pipe', 'pipe', 'pipe'],
    detached: true,
  })
}

function script(limits: Limits): string {
  const blocks = Math.ceil((limits.fileBytes * 2) / 512)
  const writable = Math.ceil((SET_ASIDE + limits.rssBytes) / 1024)
  return [
    `ulimit -c 0; ulimit -n ${OPEN_FILES}; ulimit -f ${blocks}`,
    ...(process.platform === 'linux' ? [`ulimit -d ${writable}`] : []),
    'unset PWD OLDPWD',
    // exec in a subshell, so that the watcher holds none of the child's pipes open.
    '(exec </dev/null >/dev/null 2>&1 3>&-; read -r _ <&4; kill -9 0) &',
    'exec "$@" 4<&-',
  ].join('\n')
}

/** What the child must read: the product, its packages wherever they were installed, and what the loaders look at. */
function readable(product: string, scratch: string): string[] {
  return [product, ...packageFolders(product), scratch, '/etc/alpine-release', '/usr/bin/ldd']
}

/** node_modules folders of the product and above it, where they really lie (a package may be installed beside its own). */
function packageFolders(product: string): string[] {
  const found: string[] = []
  for (let at = product; at !== dirname(at); at = dirname(at)) {
    const folder = at.endsWith('/node_modules') ? at : join(at, 'node_modules')
    if (existsSync(folder)) found.push(realpathSync(folder))
  }
  return found
}

/** The product's font configuration, made at build time; where that cannot be written any more, one of this session. */
function fontConfig(product: string, scratch: string): string {
  try {
    return writeFontConfig(join(product, 'dist/fonts'))
  } catch {
    return writeFontConfig(scratch)
  }
}
