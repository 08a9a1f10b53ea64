// The session's files on the near side, checked when they come in: copies that the child can neither read nor
// change, or references to files that nobody changes.
import { randomBytes } from 'node:crypto'
import { constants, createReadStream } from 'node:fs'
import { copyFile, mkdir, open, rm, stat, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import type { Limits } from '../../sandbox/limits.ts'
import { checkName, checkPath, checkPathConflict, checkQuota, FileRefused } from './file-rules.ts'
import type { LinkedFiles } from './linked-files.ts'

export interface KeptFile {
  readonly name: string
  /** Where the bytes are: under a random name, or in a store. */
  readonly path: string
  readonly bytes: number
  readonly mtime: number
}

export interface KeptFiles {
  list(): readonly KeptFile[]
  get(name: string): KeptFile | undefined
  /** Copies a file of the user; throws FileRefused. */
  takeUpload(name: string, path: string): Promise<KeptFile>
  /**
   * Adds a file whose bytes stay at `path`, which is never removed here; throws FileRefused past a quota. `mtime`: in
   * milliseconds since 1970; default: that of the path.
   */
  addReference(name: string, path: string, mtime?: number): Promise<KeptFile>
  /** Copies a blob that the child made, after checking it as untrusted. */
  takeBlob(name: string, blob: string, scratch: string): Promise<KeptFile>
  remove(name: string): Promise<void>
  /** Gives a child the bytes: as a link if that can be, else as a copy in its scratch folder. */
  placeIn(scratch: string, file: KeptFile): Promise<{ readonly blob: string; readonly isLinked: boolean }>
}

/** Keeps files in `folder`; children see those of `links` as links. */
export function createKeptFiles(folder: string, limits: Limits, links?: LinkedFiles): KeptFiles {
  const files = new Map<string, KeptFile>()
  /** Paths of the files that are copies in `folder`. */
  const own = new Set<string>()

  const replace = async (name: string, file?: KeptFile): Promise<void> => {
    const old = files.get(name)
    if (file) files.set(name, file)
    else files.delete(name)
    if (old) links?.release(old)
    if (old && own.delete(old.path)) await rm(old.path, { force: true })
  }
  const keepCopy = async (name: string, source: FileHandle, from: 'user' | 'child'): Promise<KeptFile> => {
    const facts = await source.stat()
    if (!facts.isFile() || (from === 'child' && facts.nlink !== 1)) throw notAFile(name)
    checkQuota(files, limits, name, facts.size)
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const path = join(folder, randomBytes(16).toString('hex'))
    const bytes = await copyWatched(source, path, (soFar) => {
      if (soFar > facts.size) checkQuota(files, limits, name, soFar)
    })
    const kept = { name, path, bytes, mtime: facts.mtimeMs }
    own.add(path)
    await replace(name, kept)
    return kept
  }

  return {
    list: () => [...files.values()],
    get: (name) => files.get(name.normalize('NFC')),
    async takeBlob(asked, blob, scratch) {
      if (!/^[0-9a-z]{16,40}$/.test(blob)) throw new FileRefused('EASEL_BLOB', 'The sandbox reported an invalid file.')
      const name = checkNewName(files, asked)
      // Without O_NONBLOCK, opening a FIFO would block for ever. A link could lead out of the child's folder.
      const flags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW
      const source = await open(join(scratch, blob), flags)
      return keepCopy(name, source, 'child').finally(() => source.close())
    },
    async takeUpload(asked, path) {
      const name = checkNewName(files, asked)
      const source = await open(path, constants.O_RDONLY | constants.O_NONBLOCK)
      return keepCopy(name, source, 'user').finally(() => source.close())
    },
    async addReference(asked, path, mtime) {
      const name = asked.normalize('NFC')
      checkPath(name)
      checkPathConflict(files, name)
      const facts = await stat(path)
      if (!facts.isFile()) throw notAFile(name)
      checkQuota(files, limits, name, facts.size)
      const kept = { name, path, bytes: facts.size, mtime: mtime ?? facts.mtimeMs }
      await replace(name, kept)
      return kept
    },
    remove: (name) => replace(name.normalize('NFC')),
    async placeIn(scratch, file) {
      const linked = await links?.linkTo(file)
      if (linked !== undefined) return { blob: linked, isLinked: true }
      const blob = randomBytes(12).toString('hex')
      // Some disks share the bytes until one of the two is changed.
      await copyFile(file.path, join(scratch, blob), constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE)
      return { blob, isLinked: false }
    },
  }
}

/** The name in its stored form. Throws FileRefused. */
function checkNewName(files: ReadonlyMap<string, KeptFile>, asked: string): string {
  const name = asked.normalize('NFC')
  checkName(name)
  checkPathConflict(files, name)
  return name
}

function notAFile(name: string): FileRefused {
  return new FileRefused('EASEL_NOT_A_FILE', `${JSON.stringify(name)} is not a regular file.`)
}

/** Copies an open file to a new one at `path` and counts its bytes; removes it again if `check` throws. */
async function copyWatched(source: FileHandle, path: string, check: (soFar: number) => void): Promise<number> {
  const to = await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW, 0o600)
  let bytes = 0
  try {
    const from = createReadStream('', { fd: source.fd, autoClose: false, start: 0, highWaterMark: 1_048_576 })
    for await (const chunk of from) {
      const part = chunk as Buffer
      bytes += part.length
      check(bytes)
      await to.write(part)
    }
  } catch (error) {
    await rm(path, { force: true })
    throw error
  } finally {
    await to.close()
  }
  return bytes
}
