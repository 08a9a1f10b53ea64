// The process wall: how the child is started, so that it has no secret, no network and no file that matters.
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { writeFontConfig } from '../../sandbox/fonts.ts'
import type { Limits } from '../../sandbox/limits.ts'
import { productFolder } from '../../sandbox/product.ts'

/** Virtual memory of the child in bytes: below it V8, libvips and their threads start, above it attacks end. */
const ADDRESS_SPACE = 10_000_000_000
const OPEN_FILES = 256

/** Starts the child with stdin for requests and fd 3 for reports. Its environment is exactly three variables. */
export function spawnChild(scratch: string, limits: Limits): ChildProcess {
  const product = productFolder()
  const child = join(product, 'dist/child.js')
  const node = [
    '--no-node-snapshot',
    '--disable-warning=ExperimentalWarning',
    '--disable-warning=SecurityWarning',
    '--permission',
    '--allow-addons',
    '--allow-worker',
    ...readable(product, scratch).map((path) => `--allow-fs-read=${path}`),
    `--allow-fs-write=${scratch}`,
    child,
  ]
  const file = Math.ceil((limits.fileBytes * 2) / 512)
  const bounds = process.platform === 'linux' ? `ulimit -v ${ADDRESS_SPACE / 1024};` : ''
  const script = `ulimit -c 0; ulimit -n ${OPEN_FILES}; ulimit -f ${file}; ${bounds} exec "$@"`
  return spawn('/bin/sh', ['-c', script, 'sh', process.execPath, ...node], {
    cwd: scratch,
    env: { FONTCONFIG_FILE: fontConfig(product, scratch), TZ: 'UTC', LANG: 'C.UTF-8' },
    stdio: ['pipe', 'ignore', 'pipe', 'pipe'],
    detached: true,
  })
}

/** What the child must read: the product, its packages wherever they were installed, and what the loaders look at. */
function readable(product: string, scratch: string): string[] {
  return [product, ...packageFolders(product), scratch, '/etc/alpine-release', '/usr/bin/ldd', '/proc/self']
}

/** node_modules folders above the product (a package that is installed beside its dependencies). */
function packageFolders(product: string): string[] {
  const found: string[] = []
  for (let at = dirname(product); at !== dirname(at); at = dirname(at)) {
    const folder = at.endsWith('/node_modules') ? at : join(at, 'node_modules')
    if (existsSync(folder)) found.push(folder)
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
