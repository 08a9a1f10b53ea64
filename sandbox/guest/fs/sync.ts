// Synchronous `fs` of the sandbox: the names and options of Node's, over the host's file operations.
import { Buffer, asBuffer } from '../core/buffer.ts'
import { bytesOf, decodeUtf8 } from '../core/text.ts'
import { ask } from '../bridge.ts'
import { makeDirent, makeStats, type Found } from './stats.ts'

export type PathLike = string | URL | Uint8Array
export type Content = string | ArrayBuffer | ArrayBufferView
type Encoded = BufferEncoding | { encoding?: BufferEncoding | null; flag?: string } | null

/** A path as text; file URLs give their pathname. */
export function pathOf(path: unknown): string {
  if (typeof path === 'string') return path
  if (path instanceof Uint8Array) return decodeUtf8(path)
  if (path !== null && typeof path === 'object' && 'pathname' in path) return decodeURIComponent(String(path.pathname))
  const text = `The "path" argument must be of type string or an instance of Buffer or URL. Received ${describe(path)}`
  throw Object.assign(new TypeError(text), { code: 'ERR_INVALID_ARG_TYPE' })
}

function describe(value: unknown): string {
  if (value === undefined || value === null) return String(value)
  if (typeof value === 'object') return `an instance of ${value.constructor?.name ?? 'Object'}`
  return `type ${typeof value} (${String(value).slice(0, 25)})`
}

function encodingOf(options: Encoded | undefined): BufferEncoding | undefined {
  return (typeof options === 'string' ? options : options?.encoding) ?? undefined
}

function contentBytes(data: unknown, encoding: BufferEncoding | undefined): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data, encoding ?? 'utf8')
  if (ArrayBuffer.isView(data)) return bytesOf(data)
  const text = `The "data" argument must be of type string or an instance of Buffer, TypedArray, or DataView. Received ${describe(data)}`
  throw Object.assign(new TypeError(text), { code: 'ERR_INVALID_ARG_TYPE' })
}

export function readFileSync(path: PathLike, options?: Encoded): string | Buffer {
  const bytes = asBuffer(ask('fs.read', pathOf(path))[1][0] as Uint8Array)
  const encoding = encodingOf(options)
  return encoding ? bytes.toString(encoding) : bytes
}

export function writeFileSync(path: PathLike, data: Content, options?: Encoded): void {
  const flag = (typeof options === 'object' ? options?.flag : undefined) ?? 'w'
  ask('fs.write', { path: pathOf(path), flag }, [contentBytes(data, encodingOf(options))])
}

export function appendFileSync(path: PathLike, data: Content, options?: Encoded): void {
  ask('fs.write', { path: pathOf(path), flag: 'a' }, [contentBytes(data, encodingOf(options))])
}

export function copyFileSync(from: PathLike, to: PathLike, mode = 0): void {
  const bytes = ask('fs.read', pathOf(from))[1][0] as Uint8Array
  ask('fs.write', { path: pathOf(to), flag: mode & 1 ? 'wx' : 'w' }, [bytes])
}

const found = (path: PathLike): Found | null => ask('fs.stat', pathOf(path))[0] as Found | null

export function existsSync(path: PathLike): boolean {
  try {
    return found(path) !== null
  } catch {
    return false
  }
}

export function statSync(path: PathLike, options?: { throwIfNoEntry?: boolean }): ReturnType<typeof makeStats> | undefined {
  const facts = found(path)
  if (facts) return makeStats(facts)
  if (options?.throwIfNoEntry === false) return undefined
  throw missing('stat', pathOf(path))
}

export function accessSync(path: PathLike): void {
  if (!found(path)) throw missing('access', pathOf(path))
}

export function readdirSync(path: PathLike, options?: Encoded & { withFileTypes?: boolean; recursive?: boolean }): unknown[] {
  const at = pathOf(path)
  const rows = ask('fs.list', at)[0] as [string, Found['kind']][]
  const all = options?.recursive
    ? rows.flatMap(([name, kind]): [string, Found['kind']][] => {
        if (kind === 'file') return [[name, kind]]
        const below = readdirSync(`${at}/${name}`, { recursive: true } as never) as string[]
        return [[name, kind], ...below.map((sub): [string, Found['kind']] => [`${name}/${sub}`, statSync(`${at}/${name}/${sub}`)?.isDirectory() ? 'folder' : 'file'])]
      })
    : rows
  return options?.withFileTypes ? all.map(([name, kind]) => makeDirent(name, kind, at)) : all.map(([name]) => name)
}

export function mkdirSync(path: PathLike, options?: { recursive?: boolean }): string | undefined {
  const recursive = options?.recursive === true
  const isNew = recursive && !existsSync(path)
  ask('fs.mkdir', { path: pathOf(path), recursive })
  return isNew ? pathOf(path) : undefined
}

function remove(path: PathLike, how: { recursive?: boolean; force?: boolean; folder?: boolean; file?: boolean }): void {
  const { recursive = false, force = false, folder = false, file = false } = how
  ask('fs.remove', { path: pathOf(path), recursive, force, folder, file })
}

export function rmSync(path: PathLike, options: { recursive?: boolean; force?: boolean } = {}): void {
  remove(path, options)
}
export function unlinkSync(path: PathLike): void {
  remove(path, { file: true })
}
export function rmdirSync(path: PathLike, options: { recursive?: boolean } = {}): void {
  remove(path, { folder: true, ...options })
}
export function renameSync(from: PathLike, to: PathLike): void {
  ask('fs.rename', { from: pathOf(from), to: pathOf(to) })
}
export function realpathSync(path: PathLike): string {
  const at = pathOf(path)
  if (!found(path)) throw missing('lstat', at)
  return at.startsWith('/') ? at : `/mnt/data/${at}`.replace(/\/\.?$/, '')
}
export function truncateSync(path: PathLike, size = 0): void {
  const old = readFileSync(path) as Buffer
  const kept = Buffer.alloc(size)
  old.copy(kept, 0, 0, Math.min(size, old.length))
  writeFileSync(path, kept)
}

function missing(syscall: string, path: string): Error {
  const error = new Error(`ENOENT: no such file or directory, ${syscall} '${path}'`)
  return Object.assign(error, { errno: -2, code: 'ENOENT', syscall, path })
}
