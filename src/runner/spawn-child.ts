// Starts the child behind the process wall, so that it has no secret, no network and no file that matters.
import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { fontPackages } from '../../sandbox/fonts/families.ts'
import { writeFontConfig } from '../../sandbox/fonts/fontconfig.ts'
import type { Limits } from '../../sandbox/limits.ts'
import { productFolder } from '../../sandbox/product.ts'
import { HELPER_PIPES } from './child-helpers.ts'
import { FILTER_FLAGS, MEMORY_ENV, NODE_FLAGS, resourceLimits } from './node-process.ts'
import { withoutInherited } from '../process-wall/inherited-descriptors.ts'
import { LINKS } from '../process-wall/jail-root.ts'
import { packageFolders } from '../process-wall/packages.ts'
import { confine, pathInside, wallLevel, type WallLevel } from '../process-wall/wall.ts'

/** The links, and overrides for tests of the wall. */
export interface WallOptions {
  /** The script that is run. */
  readonly entry?: string
  readonly level?: WallLevel
  /** Whether the child may filter its system calls. */
  readonly filter?: boolean
  /** Additional readable paths. */
  readonly readable?: readonly string[]
  /** A folder of links to the session's files, which a child in a jail sees at LINKS. */
  readonly links?: string | undefined
}

/** Starts the child with stdin for requests, fd 3 for reports, and a pipe to each helper process that it may ask for. Its environment is exactly five variables. */
export function spawnChild(scratch: string, limits: Limits, options: WallOptions = {}): ChildProcess {
  const { entry = join(productFolder(), 'dist/child.cjs'), level = wallLevel(), filter = true, links } = options
  const inside = (path: string): string => pathInside(level, scratch, path)
  const readable = [...productFiles(), ...(options.readable ?? [])]
  const command: [string, ...string[]] = [
    process.execPath,
    ...NODE_FLAGS,
    '--allow-worker',
    ...(filter ? FILTER_FLAGS : []),
    ...[...readable, inside(scratch), LINKS, '/etc/alpine-release', '/usr/bin/ldd'].map(
      (path) => `--allow-fs-read=${path}`,
    ),
    `--allow-fs-write=${inside(scratch)}`,
    inside(entry),
  ]
  const [program, ...args] = confine(
    { command, readable, scratch, links, limits: resourceLimits(limits, limits.fileBytes * 2) },
    level,
  )
  return spawn(program, args, {
    cwd: scratch,
    // Libraries that need temporary files write them where the child may write.
    env: {
      ...MEMORY_ENV,
      FONTCONFIG_FILE: inside(fontConfig(scratch)),
      TMPDIR: inside(scratch),
      TZ: 'UTC',
      LANG: 'C.UTF-8',
    },
    stdio: withoutInherited(['pipe', 'ignore', 'pipe', 'pipe', 'pipe', ...HELPER_PIPES]),
    detached: true,
  })
}

/** Packages with native addons or data files, which the child loads; the others are in its bundle. */
const PACKAGES = 'isolated-vm node-gyp-build sharp @img detect-libc semver @napi-rs @rgrove canvas'.split(' ')

/** What the child must read: the product's own files for it, and the packages, wherever they were installed. */
function productFiles(): string[] {
  const product = productFolder()
  return [
    process.execPath,
    join(product, 'package.json'),
    join(product, 'dist'),
    ...packageFolders([...PACKAGES, ...fontPackages()]),
  ]
}

/** The product's font configuration, written at build time; if it cannot be updated, one of this session. */
function fontConfig(scratch: string): string {
  try {
    return writeFontConfig(join(productFolder(), 'dist/fonts'))
  } catch {
    return writeFontConfig(scratch)
  }
}
