// fs.Stats and fs.Dirent of the sandbox.

/** The host's data about a path. */
export interface Found {
  readonly kind: 'file' | 'folder'
  readonly bytes: number
  /** Milliseconds since 1970. */
  readonly mtime: number
}

/** A file or folder; a session has no other kinds of entries. */
class Entry {
  readonly #folder: boolean
  constructor(kind: Found['kind']) {
    this.#folder = kind === 'folder'
  }
  isFile(): boolean {
    return !this.#folder
  }
  isDirectory(): boolean {
    return this.#folder
  }
  isSymbolicLink(): boolean {
    return false
  }
  isFIFO(): boolean {
    return false
  }
  isSocket(): boolean {
    return false
  }
  isBlockDevice(): boolean {
    return false
  }
  isCharacterDevice(): boolean {
    return false
  }
}

type Figure = number | bigint

class Stats extends Entry {
  readonly dev: Figure
  readonly mode: Figure
  readonly nlink: Figure
  readonly uid: Figure
  readonly gid: Figure
  readonly rdev: Figure
  readonly blksize: Figure
  readonly ino: Figure
  readonly size: Figure
  readonly blocks: Figure
  readonly atimeMs: Figure
  readonly mtimeMs: Figure
  readonly ctimeMs: Figure
  readonly birthtimeMs: Figure
  readonly mtime: Date
  readonly atime: Date
  readonly ctime: Date
  readonly birthtime: Date
  constructor({ kind, bytes, mtime }: Found, figure: (n: number) => Figure) {
    super(kind)
    this.dev = this.uid = this.gid = this.rdev = this.ino = figure(0)
    this.mode = figure(kind === 'folder' ? 0o40755 : 0o100644)
    this.nlink = figure(1)
    this.blksize = figure(4096)
    this.size = figure(bytes)
    this.blocks = figure(Math.ceil(bytes / 512))
    this.atimeMs = this.mtimeMs = this.ctimeMs = this.birthtimeMs = figure(Math.trunc(mtime))
    this.mtime = this.atime = this.ctime = this.birthtime = new Date(mtime)
  }
}

class Dirent extends Entry {
  readonly name: string
  readonly parentPath: string
  constructor(name: string, kind: Found['kind'], parentPath: string) {
    super(kind)
    this.name = name
    this.parentPath = parentPath
  }
}

export const makeStats = (found: Found, big = false): Stats => new Stats(found, big ? BigInt : Number)
export const makeDirent = (name: string, kind: Found['kind'], parentPath: string): Dirent =>
  new Dirent(name, kind, parentPath)
