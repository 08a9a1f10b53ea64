// Synchronous `fs` of the sandbox: Node's names, options and errors over the host's file operations.
import { asBuffer, Buffer } from '../core/buffer/buffer.ts'
import { withCode } from '../core/node-error.ts'
import { encodingOf } from '../core/buffer/text.ts'
import { encodeUtf8, joined, piecesOf } from '../core/buffer/text-encoding.ts'
import { ask } from '../bridge.ts'
import { contentBytes, encodingIn, pathOf, type Content, type Encoded, type PathLike } from './arguments.ts'
import { makeDirent, makeStats, type Found } from './stats.ts'

type Removal = { recursive?: boolean; force?: boolean }
type Listing = Encoded & { withFileTypes?: boolean; recursive?: boolean }
type Row = [name: string, kind: Found['kind']]

export function readFileSync(path: PathLike, options?: Encoded): string | Buffer {
  const encoding = encodingIn(options)
  const bytes = asBuffer(ask('fs.read', pathOf(path))[1][0] as Uint8Array)
  return encoding ? bytes.toString(encoding) : bytes
}

export function writeFileSync(path: PathLike, data: Content, options?: Encoded): void {
  write(path, data, encodingIn(options), (typeof options === 'object' ? options?.flag : undefined) ?? 'w')
}

export function appendFileSync(path: PathLike, data: Content, options?: Encoded): void {
  write(path, data, encodingIn(options), 'a')
}

/** Characters from which a text is measured before it is encoded. */
const LONG_TEXT = 1_000_000

function write(path: PathLike, data: Content, encoding: BufferEncoding | undefined, flag: string): void {
  const target = { path: pathOf(path), flag }
  const isLong = typeof data === 'string' && data.length > LONG_TEXT && encodingOf(encoding) === 'utf8'
  ask('fs.write', target, [isLong ? longTextBytes(target, data) : contentBytes(data, encoding)])
}

/**
 * The bytes of a text. One that the file may not hold is refused as soon as that is known: all of its bytes beside it might
 * be more than the isolate has, which would end with it.
 */
function longTextBytes(target: { readonly path: string; readonly flag: string }, text: string): Uint8Array {
  const parts: Uint8Array[] = []
  let bytes = 0
  // A character takes a byte at least.
  let rest = text.length
  const check = (): unknown => ask('fs.checkSpace', { ...target, bytes: bytes + rest })
  check()
  for (const piece of piecesOf(text)) {
    const part = encodeUtf8(piece)
    parts.push(part)
    bytes += part.length
    rest -= piece.length
    check()
  }
  return joined(parts)
}

export function copyFileSync(from: PathLike, to: PathLike, mode = 0): void {
  ask('fs.copy', { from: pathOf(from, 'src'), to: pathOf(to, 'dest'), exclusive: (mode & 1) === 1 })
}

/** Copies files, and folders with their contents if `recursive` is set. */
export function cpSync(from: PathLike, to: PathLike, options: Removal & { errorOnExist?: boolean } = {}): void {
  const [source, target] = [pathOf(from, 'src'), pathOf(to, 'dest')]
  const facts = found(source)
  if (!facts) throw missing('cp', source)
  const { recursive = false, force = true, errorOnExist = false } = options
  if (facts.kind === 'file') {
    mkdirSync(`${target}/..`.replace(/^[^/]*\/\.\.$/, '.'), { recursive: true })
    if (force || !found(target)) copyFileSync(source, target)
    else if (errorOnExist)
      throw withCode(
        new Error(`Target already exists: cp returned EEXIST (${target} already exists) ${target}`),
        'ERR_FS_CP_EEXIST',
      )
    return
  }
  if (!recursive) {
    const text = `Recursive option not enabled, cannot copy a directory: cp returned EISDIR (Recursive option not enabled, cannot copy a directory: ${source}) ${target}`
    throw withCode(new Error(text), 'ERR_FS_EISDIR')
  }
  mkdirSync(target, { recursive: true })
  for (const [name] of rowsOf(source)) cpSync(`${source}/${name}`, `${target}/${name}`, options)
}

const found = (path: PathLike): Found | null => ask('fs.stat', pathOf(path))[0] as Found | null

export function existsSync(path: PathLike): boolean {
  try {
    return found(path) !== null
  } catch {
    return false
  }
}

function statOf(
  syscall: string,
  path: PathLike,
  options: { throwIfNoEntry?: boolean; bigint?: boolean } = {},
): ReturnType<typeof makeStats> | undefined {
  const facts = found(path)
  if (facts) return makeStats(facts, options.bigint === true)
  if (options.throwIfNoEntry === false) return undefined
  throw missing(syscall, pathOf(path))
}

export const statSync = (path: PathLike, options?: object): ReturnType<typeof statOf> => statOf('stat', path, options)
export const lstatSync = (path: PathLike, options?: object): ReturnType<typeof statOf> => statOf('lstat', path, options)

export function accessSync(path: PathLike): void {
  if (!found(path)) throw missing('access', pathOf(path))
}

const rowsOf = (path: string): Row[] => ask('fs.list', path)[0] as Row[]

function rowsBelow(at: string, prefix = ''): Row[] {
  return rowsOf(at).flatMap(([name, kind]): Row[] => {
    const row: Row = [prefix + name, kind]
    return kind === 'file' ? [row] : [row, ...rowsBelow(`${at}/${name}`, `${prefix}${name}/`)]
  })
}

export function readdirSync(path: PathLike, options?: Listing): unknown[] {
  const at = pathOf(path)
  encodingIn(options)
  const rows = options?.recursive ? rowsBelow(at) : rowsOf(at)
  if (!options?.withFileTypes) return rows.map(([name]) => name)
  return rows.map(([name, kind]) => {
    const parts = name.split('/')
    const folder = [at, ...parts.slice(0, -1)].join('/')
    return makeDirent(parts.at(-1) ?? name, kind, folder)
  })
}

export function mkdirSync(path: PathLike, options?: { recursive?: boolean } | number): string | undefined {
  const recursive = typeof options === 'object' && options?.recursive === true
  return (ask('fs.mkdir', { path: pathOf(path), recursive })[0] as string | null) ?? undefined
}

function remove(path: PathLike, how: Removal & { folder?: boolean; file?: boolean }): void {
  const { recursive = false, force = false, folder = false, file = false } = how
  ask('fs.remove', { path: pathOf(path), recursive, force, folder, file })
}

export function rmSync(path: PathLike, options: Removal = {}): void {
  const at = pathOf(path)
  if (!options.recursive && found(at)?.kind === 'folder') throw isFolder(at)
  remove(at, options)
}
export function unlinkSync(path: PathLike): void {
  remove(path, { file: true })
}
export function rmdirSync(path: PathLike): void {
  remove(path, { folder: true })
}
export function renameSync(from: PathLike, to: PathLike): void {
  ask('fs.rename', { from: pathOf(from, 'oldPath'), to: pathOf(to, 'newPath') })
}
export function realpathSync(path: PathLike): string {
  const at = pathOf(path)
  if (!found(path)) throw missing('lstat', at)
  const names: string[] = []
  for (const name of (at.startsWith('/') ? at : `/mnt/data/${at}`).split('/')) {
    if (name === '..') names.pop()
    else if (name !== '' && name !== '.') names.push(name)
  }
  return `/${names.join('/')}`
}
export function truncateSync(path: PathLike, size = 0): void {
  const old = readFileSync(path) as Buffer
  const kept = Buffer.alloc(size)
  old.copy(kept, 0, 0, Math.min(size, old.length))
  writeFileSync(path, kept)
}

/** Creates a folder with a new random name that begins with `prefix`. */
export function mkdtempSync(prefix: string): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
  const path =
    pathOf(prefix, 'prefix') + Array.from({ length: 6 }, () => letters[Math.floor(Math.random() * 62)]).join('')
  mkdirSync(path)
  return path
}

function missing(syscall: string, path: string): Error {
  const error = new Error(`ENOENT: no such file or directory, ${syscall} '${path}'`)
  return Object.assign(error, { errno: -2, code: 'ENOENT', syscall, path })
}

/** The error of `rm` for a folder without `recursive`. */
function isFolder(path: string): Error {
  const error = new Error(`Path is a directory: rm returned EISDIR (is a directory) ${path}`)
  Object.defineProperty(error, 'name', { value: 'SystemError', configurable: true, writable: true })
  return Object.assign(error, { code: 'ERR_FS_EISDIR', errno: 21, syscall: 'rm', path })
}
