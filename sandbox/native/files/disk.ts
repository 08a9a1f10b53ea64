// The session's files as the child sees them: a tree of names over immutable blobs in the scratch folder. A change
// writes a new blob (temporary name, then rename), so that a kill leaves no partial file under a name.
import { randomBytes } from 'node:crypto'
import {
  closeSync,
  constants,
  copyFileSync,
  fstatSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import type { Limits } from '../../limits.ts'
import { createChangeTracker, type ChangeTracker } from './disk-changes.ts'
import { openFolders } from './disk-folders.ts'
import { parentOf } from './disk-names.ts'
import { fsError } from './fs-error.ts'
import { type SessionFiles, LimitError } from '../operation.ts'

interface Entry {
  readonly blob: string
  /** The blob is in the folder of linked files, which is read-only, and not in the scratch folder. */
  readonly isLinked?: boolean
  readonly bytes: number
  /** Milliseconds since 1970. */
  readonly mtime: number
}

interface StoredFile {
  /** Changes with the bytes. */
  readonly key: string
  readonly size: number
  /** At most `most` bytes from `from` on, in `into` if that is given. */
  read(from: number, most: number, into?: Uint8Array): Uint8Array
  all(): Uint8Array
}

export interface Disk extends SessionFiles {
  readonly files: ReadonlyMap<string, Entry>
  readonly folders: ReadonlySet<string>
  /** A file whose parts can be read; throws ENOENT. */
  open(name: string): StoredFile
  /** Adds a file that the parent put into the scratch folder. */
  mount(name: string, entry: Entry): void
  /** Removes a file for the parent, and the folders created only for it. */
  unmount(name: string): void
  append(name: string, bytes: Uint8Array): void
  /** Throws a LimitError where a file of so many bytes would exceed a limit. */
  checkSpace(name: string, bytes: number): void
  makeFolder(name: string): void
  remove(name: string): void
  rename(from: string, to: string): void
  /** Names changed and removed since the last call. */
  readonly takeChanges: ChangeTracker['take']
}

interface DiskFolders {
  readonly scratch: string
  /** The folder of linked files. */
  readonly links?: string | undefined
}

/** Opens the tree; `now` returns the cell's clock, for modification times. */
export function openDisk({ scratch, links = '' }: DiskFolders, limits: Limits, now: () => number): Disk {
  const files = new Map<string, Entry>()
  const pathOf = ({ blob, isLinked }: Entry): string => join(isLinked ? links : scratch, blob)
  const folders = openFolders()
  const changes = createChangeTracker()

  const drop = (name: string): void => {
    const entry = files.get(name)
    files.delete(name)
    // The near side made its copy before this cell started, and removes its own links.
    if (entry && !entry.isLinked) rmSync(pathOf(entry), { force: true })
  }
  const find = (name: string): Entry => files.get(name) ?? failToOpen(folders.names, name)
  const read = (name: string): Uint8Array => readFileSync(pathOf(checkReadable(name, find(name), limits)))
  const write = (name: string, bytes: Uint8Array): void => {
    if (folders.names.has(name)) throw fsError('EISDIR', 'open', name)
    if (!folders.names.has(parentOf(name))) throw fsError('ENOENT', 'open', name)
    checkQuota(files, limits, name, bytes.length)
    const blob = writeBlob(scratch, bytes)
    drop(name)
    files.set(name, { blob, bytes: bytes.length, mtime: now() })
    changes.change(name)
  }

  return {
    files,
    folders: folders.names,
    read,
    write,
    checkSpace: (name, bytes) => checkQuota(files, limits, name, bytes),
    open: (name) => openStored(pathOf, find(name)),
    mount(name, entry) {
      drop(name)
      files.set(name, entry)
      changes.markKnown(name)
      folders.addParents(name)
    },
    unmount(name) {
      drop(name)
      changes.forget(name)
      folders.removeUnusedParents(name, files.keys())
    },
    append: (name, bytes) => write(name, concatBytes(files.has(name) ? read(name) : new Uint8Array(0), bytes)),
    makeFolder: (name) => folders.make(name),
    remove(name) {
      if (folders.remove(name)) return
      drop(name)
      changes.remove(name)
    },
    rename(from, to) {
      const entry = files.get(from)
      if (!entry) throw fsError('ENOENT', 'rename', from)
      const moved = entry.isLinked ? copyEntry(scratch, pathOf(entry), entry) : entry
      drop(to)
      files.delete(from)
      files.set(to, moved)
      changes.remove(from)
      changes.change(to)
    },
    takeChanges: changes.take,
  }
}

function failToOpen(folders: ReadonlySet<string>, name: string): never {
  throw folders.has(name) ? fsError('EISDIR', 'read', name) : fsError('ENOENT', 'open', name)
}

/** Only tables may be so large. Throws LimitError. */
function checkReadable(name: string, entry: Entry, { memoryBytes: limit }: Limits): Entry {
  const { bytes } = entry
  if (bytes <= limit) return entry
  const figure = (value: number): string => value.toLocaleString('en-US')
  throw new LimitError(
    'EASEL_MEMORY',
    `The file ${JSON.stringify(name)} has ${figure(bytes)} bytes, more than the sandbox's memory of ${figure(limit)}. Query it in place: sql("select … from '${name}'") of easel.`,
  )
}

/** The near side takes what is new from the scratch folder. */
function copyEntry(scratch: string, path: string, { bytes, mtime }: Entry): Entry {
  const blob = randomBytes(12).toString('hex')
  copyFileSync(path, join(scratch, blob), constants.COPYFILE_EXCL)
  return { blob, bytes, mtime }
}

function openStored(pathOf: (entry: Entry) => string, entry: Entry): StoredFile {
  const path = pathOf(entry)
  const { blob, bytes } = entry
  return {
    key: blob,
    size: bytes,
    read: (from, most, into) => readPart(path, from, most, into),
    all: () => readFileSync(path),
  }
}

function readPart(path: string, from: number, most: number, into?: Uint8Array): Uint8Array {
  const fd = openSync(path, constants.O_RDONLY)
  try {
    const size = Math.max(0, Math.min(most, fstatSync(fd).size - from))
    const bytes = into?.subarray(0, size) ?? Buffer.allocUnsafeSlow(size)
    let read = 0
    for (let got = 1; got > 0 && read < bytes.length; read += got)
      got = readSync(fd, bytes, read, bytes.length - read, from + read)
    return bytes.subarray(0, read)
  } finally {
    closeSync(fd)
  }
}

function concatBytes(old: Uint8Array, more: Uint8Array): Uint8Array {
  const all = new Uint8Array(old.length + more.length)
  all.set(old)
  all.set(more, old.length)
  return all
}

/** Writes bytes under a new random name in the scratch folder, atomically. */
export function writeBlob(scratch: string, bytes: Uint8Array): string {
  const blob = randomBytes(12).toString('hex')
  const part = join(scratch, `${blob}.part`)
  const fd = openSync(part, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW, 0o600)
  try {
    for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at, bytes.length - at)
  } finally {
    closeSync(fd)
  }
  renameSync(part, join(scratch, blob))
  return blob
}

/** Throws a LimitError where a file of `bytes` under `name` would exceed a limit. */
function checkQuota(
  files: ReadonlyMap<string, { readonly bytes: number }>,
  limits: Limits,
  name: string,
  bytes: number,
): void {
  if (bytes > limits.fileBytes) {
    throw new LimitError(
      'EASEL_LIMIT_FILE_BYTES',
      quotaMessage('The file', name, bytes, limits.fileBytes, 'bytes', 'Make it smaller.'),
    )
  }
  const old = files.get(name)
  if (!old && files.size >= limits.sessionFiles) {
    throw new LimitError(
      'EASEL_LIMIT_FILES',
      quotaMessage('With', name, files.size + 1, limits.sessionFiles, 'files', 'Remove some, or write fewer.'),
    )
  }
  let total = bytes - (old?.bytes ?? 0)
  for (const entry of files.values()) total += entry.bytes
  if (total > limits.sessionBytes) {
    throw new LimitError(
      'EASEL_LIMIT_SESSION',
      quotaMessage('With', name, total, limits.sessionBytes, 'bytes in all', 'Remove some files.'),
    )
  }
}

function quotaMessage(what: string, name: string, actual: number, limit: number, unit: string, cure: string): string {
  const n = (x: number): string => x.toLocaleString('en-US')
  const verb = what === 'With' ? 'the session would have' : 'would have'
  return `${what} ${JSON.stringify(name)} ${verb} ${n(actual)} ${unit}; the limit is ${n(limit)}. ${cure}`
}
