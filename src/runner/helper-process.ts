// A helper process of a child: another program behind the same wall, with what the child has of the session's files, to
// read only. The near side starts it when the child asks, counts what it uses with the child's, and ends both together;
// what the two say to each other passes it by.
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import type { Socket } from 'node:net'
import { join } from 'node:path'
import type { Limits } from '../../sandbox/limits.ts'
import type { HelperName } from '../../sandbox/protocol.ts'
import { productFolder } from '../../sandbox/product.ts'
import { withoutInherited } from '../process-wall/inherited-descriptors.ts'
import { LINKS } from '../process-wall/jail-root.ts'
import { packageFolders } from '../process-wall/packages.ts'
import { removeFolder } from '../process-wall/remove-folder.ts'
import { confine, filesInside, killGroup, pathInside, wallLevel, type WallLevel } from '../process-wall/wall.ts'
import { FILTER_FLAGS, MEMORY_ENV, NODE_FLAGS, resourceLimits } from './node-process.ts'

export interface HelperOptions {
  /** The child's folder, which has the bytes of the files. */
  readonly scratch: string
  /** The child's folder of links to files, if it has one. */
  readonly links: string | undefined
  /** A folder of its own to be made, with links to the files. */
  readonly folder: string
  readonly limits: Limits
  /** It must filter its system calls. */
  readonly mustFilter: boolean
  readonly level?: WallLevel
}

export interface HelperProcess {
  readonly pid: number
  kill(): void
}

interface Program {
  /** The file in dist/. */
  readonly entry: string
  /** Packages with native addons that it loads. */
  readonly packages: readonly string[]
  /** Its share of what child and helper may keep in memory together. */
  readonly memoryShare: number
}

const PROGRAMS: Readonly<Record<HelperName, Program>> = {
  sql: { entry: 'sql.cjs', packages: ['@duckdb', 'detect-libc'], memoryShare: 0.4 },
}

/** It writes no files. */
const NO_FILES = 0

/**
 * Starts the helper `name` at this end of the child's pipe, which then is its own. `ended` is called when it has ended by
 * itself, or could not be started.
 */
export function startHelper(name: HelperName, pipe: Socket, options: HelperOptions, ended: () => void): HelperProcess {
  const { folder } = options
  const process = spawnHelper(name, pipe, options)
  // The other end must see that the helper has ended: nobody else may hold this one.
  pipe.destroy()
  for (const stream of process.stdio) stream?.on('error', () => undefined)
  const over = (): void => {
    killGroup(process)
    void removeFolder(folder)
    ended()
  }
  process.once('error', over)
  process.once('exit', over)
  return { pid: process.pid ?? 0, kill: () => killGroup(process) }
}

function spawnHelper(name: HelperName, pipe: Socket, options: HelperOptions): ChildProcess {
  const { scratch, links, folder, limits, mustFilter, level = wallLevel() } = options
  const { entry, packages, memoryShare } = PROGRAMS[name]
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const product = productFolder()
  const setting = {
    blobs: filesInside(level, scratch),
    ...(links !== undefined && { links: LINKS }),
    memoryBytes: Math.floor(limits.rssBytes * memoryShare),
    mustFilter,
  }
  const command: [string, ...string[]] = [
    process.execPath,
    ...NODE_FLAGS,
    ...FILES,
    ...FILTER_FLAGS,
    join(product, 'dist', entry),
    JSON.stringify(setting),
  ]
  const readable = [process.execPath, join(product, 'package.json'), join(product, 'dist'), ...packageFolders(packages)]
  const [program, ...args] = confine(
    { command, readable, scratch: folder, files: scratch, links, limits: resourceLimits(limits, NO_FILES) },
    level,
  )
  return spawn(program, args, {
    cwd: folder,
    env: { ...MEMORY_ENV, TZ: 'UTC', LANG: 'C.UTF-8', HOME: pathInside(level, folder, folder) },
    stdio: [pipe, ...withoutInherited(['ignore', 'ignore', 'ignore', 'ignore', 'pipe'] as const).slice(1)],
    detached: true,
  })
}

/** What it may read is what the jail shows; only the wall matters to native code. */
const FILES = ['--allow-fs-read=*', '--allow-fs-write=*']
