// The session's files as the child sees them: a tree of names over immutable blobs in the scratch folder.
// A change makes a new blob (temp name, then rename), so that a kill leaves no half file under a name.
import { randomBytes } from 'node:crypto'
import { closeSync, constants, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Limits } from '../limits.ts'
import { parentOf } from './disk-names.ts'
import { fsError } from './fs-error.ts'
import { LimitError, type Files } from './operation.ts'

export interface Entry {
  readonly blob: string
  readonly bytes: number
  /** Milliseconds since 1970. */
  readonly mtime: number
}

export interface Disk extends Files {
  readonly files: ReadonlyMap<string, Entry>
  readonly folders: ReadonlySet<string>
  /** A file that the parent laid into the scratch folder. */
  mount(name: string, entry: Entry): void
  append(name: string, bytes: Uint8Array): void
  makeFolder(name: string): void
  remove(name: string): void
  rename(from: string, to: string): void
  /** Names changed and removed since the last call. */
  takeChanges(): { readonly changed: readonly string[]; readonly removed: readonly string[] }
}

/** Opens the tree; `now` gives the cell's clock for modification times. */
export function openDisk(scratch: string, limits: Limits, now: () => number): Disk {
  const files = new Map<string, Entry>()
  const folders = new Set<string>([''])
  const changed = new Set<string>()
  const removed = new Set<string>()
  /** Names that the near side knows of. */
  const known = new Set<string>()

  const drop = (name: string): void => {
    const entry = files.get(name)
    files.delete(name)
    // The near side took its copy before this cell began.
    if (entry) rmSync(join(scratch, entry.blob), { force: true })
  }

  const addFolders = (name: string): void => {
    for (let at = parentOf(name); at !== ''; at = parentOf(at)) folders.add(at)
  }

  const checkQuota = (name: string, bytes: number): void => {
    if (bytes > limits.fileBytes) {
      throw new LimitError(
        'EASEL_LIMIT_FILE_BYTES',
        over('The file', name, bytes, limits.fileBytes, 'bytes', 'Make it smaller.'),
      )
    }
    const old = files.get(name)
    if (!old && files.size >= limits.sessionFiles) {
      const count = files.size + 1
      throw new LimitError(
        'EASEL_LIMIT_FILES',
        over('With', name, count, limits.sessionFiles, 'files', 'Remove some, or write fewer.'),
      )
    }
    let total = bytes - (old?.bytes ?? 0)
    for (const entry of files.values()) total += entry.bytes
    if (total > limits.sessionBytes) {
      throw new LimitError(
        'EASEL_LIMIT_SESSION',
        over('With', name, total, limits.sessionBytes, 'bytes in all', 'Remove some files.'),
      )
    }
  }

  const disk: Disk = {
    files,
    folders,
    mount(name, entry) {
      files.set(name, entry)
      known.add(name)
      addFolders(name)
    },
    read(name) {
      const entry = files.get(name)
      if (!entry) throw fsError(folders.has(name) ? 'EISDIR' : 'ENOENT', folders.has(name) ? 'read' : 'open', name)
      return readFileSync(join(scratch, entry.blob))
    },
    write(name, bytes) {
      if (folders.has(name)) throw fsError('EISDIR', 'open', name)
      if (!folders.has(parentOf(name))) throw fsError('ENOENT', 'open', name)
      checkQuota(name, bytes.length)
      const blob = writeBlob(scratch, bytes)
      drop(name)
      files.set(name, { blob, bytes: bytes.length, mtime: now() })
      changed.add(name)
      removed.delete(name)
    },
    append(name, bytes) {
      const old = files.has(name) ? disk.read(name) : new Uint8Array(0)
      const all = new Uint8Array(old.length + bytes.length)
      all.set(old)
      all.set(bytes, old.length)
      disk.write(name, all)
    },
    makeFolder(name) {
      folders.add(name)
      addFolders(name)
    },
    remove(name) {
      if (folders.delete(name)) return
      drop(name)
      changed.delete(name)
      if (known.has(name)) removed.add(name)
    },
    rename(from, to) {
      const entry = files.get(from)
      if (!entry) throw fsError('ENOENT', 'rename', from)
      drop(to)
      files.delete(from)
      files.set(to, entry)
      changed.delete(from)
      changed.add(to)
      if (known.has(from)) removed.add(from)
      removed.delete(to)
    },
    takeChanges() {
      const result = { changed: [...changed], removed: [...removed] }
      for (const name of changed) known.add(name)
      for (const name of removed) known.delete(name)
      changed.clear()
      removed.clear()
      return result
    },
  }
  return disk
}

function writeBlob(scratch: string, bytes: Uint8Array): string {
  const blob = randomBytes(12).toString('hex')
  const part = join(scratch, `${blob}.part`)
  const fd = openSync(part, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW, 0o600)
  try {
    for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at, bytes.length - at)
    if (bytes.length > 50_000_000) fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
  renameSync(part, join(scratch, blob))
  return blob
}

function over(what: string, name: string, actual: number, limit: number, unit: string, cure: string): string {
  const n = (x: number): string => x.toLocaleString('en-US')
  const verb = what === 'With' ? 'the session would have' : 'would have'
  return `${what} ${JSON.stringify(name)} ${verb} ${n(actual)} ${unit}; the limit is ${n(limit)}. ${cure}`
}
