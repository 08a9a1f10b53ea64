// fs.Stats and fs.Dirent of the sandbox: what a file of the session has.

/** What the host knows of a path. */
export interface Found {
  readonly kind: 'file' | 'folder'
  readonly bytes: number
  /** Milliseconds since 1970. */
  readonly mtime: number
}

class Stats {
  readonly #folder: boolean
  readonly mode: number
  readonly size: number
  readonly blocks: number
  readonly blksize = 4096
  readonly mtimeMs: number
  readonly atimeMs: number
  readonly ctimeMs: number
  readonly birthtimeMs: number
  readonly mtime: Date
  readonly atime: Date
  readonly ctime: Date
  readonly birthtime: Date
  constructor({ kind, bytes, mtime }: Found) {
    this.#folder = kind === 'folder'
    this.mode = this.#folder ? 0o40755 : 0o100644
    this.size = bytes
    this.blocks = Math.ceil(bytes / 512)
    this.mtimeMs = this.atimeMs = this.ctimeMs = this.birthtimeMs = mtime
    this.mtime = this.atime = this.ctime = this.birthtime = new Date(mtime)
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
}

class Dirent {
  readonly #folder: boolean
  readonly name: string
  readonly parentPath: string
  constructor(name: string, kind: Found['kind'], parentPath: string) {
    this.name = name
    this.parentPath = parentPath
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
}

export const makeStats = (found: Found): Stats => new Stats(found)
export const makeDirent = (name: string, kind: Found['kind'], parentPath: string): Dirent => new Dirent(name, kind, parentPath)
