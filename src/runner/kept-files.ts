// The session's files on the near side: copies that the child can neither read nor change, checked when they come in.
import { randomBytes } from 'node:crypto'
import { constants, createReadStream } from 'node:fs'
import { copyFile, mkdir, open, rm, stat, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import type { Limits } from '../../sandbox/limits.ts'
import { checkName, checkPath, checkPathConflict, checkQuota, FileRefused } from './file-rules.ts'

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
  /** Copies a file of the user; throws FileRefused past a quota. */
  takeUpload(name: string, path: string): Promise<KeptFile>
  /** Adds a file whose bytes stay at `path`, which is never removed here; throws FileRefused past a quota. */
  addReference(name: string, path: string): Promise<KeptFile>
  /** Copies a blob that the child made, after checking it as untrusted. */
  takeBlob(name: string, blob: string, scratch: string): Promise<KeptFile>
  remove(name: string): Promise<void>
  /** Copies the file into a child's scratch folder and returns the blob's name. */
  copyInto(file: KeptFile, scratch: string): Promise<string>
}

/** Keeps files in `folder`. */
export function createKeptFiles(folder: string, limits: Limits): KeptFiles {
  const files = new Map<string, KeptFile>()
  /** Paths of the files that are copies in `folder`. */
  const own = new Set<string>()

  const replace = async (name: string, file?: KeptFile): Promise<void> => {
    const old = files.get(name)
    if (file) files.set(name, file)
    else files.delete(name)
    if (old && own.delete(old.path)) await rm(old.path, { force: true })
  }
  const keep = async (asked: string, source: FileHandle, from: 'person' | 'child'): Promise<KeptFile> => {
    const name = asked.normalize('NFC')
    const facts = await source.stat()
    const isPlain = facts.isFile() && (from === 'person' || facts.nlink === 1)
    if (!isPlain) throw new FileRefused('EASEL_NOT_A_FILE', `${JSON.stringify(name)} is not a regular file.`)
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
  const take = async (asked: string, path: string, from: 'person' | 'child'): Promise<KeptFile> => {
    checkName(asked.normalize('NFC'))
    checkPathConflict(files, asked.normalize('NFC'))
    // Without O_NONBLOCK, opening a FIFO would block for ever. A link that the child made could lead out of its folder.
    const links = from === 'child' ? constants.O_NOFOLLOW : 0
    const source = await open(path, constants.O_RDONLY | constants.O_NONBLOCK | links)
    return keep(asked, source, from).finally(() => source.close())
  }

  return {
    list: () => [...files.values()],
    get: (name) => files.get(name.normalize('NFC')),
    takeUpload: (name, path) => take(name, path, 'person'),
    async takeBlob(name, blob, scratch) {
      if (!/^[0-9a-z]{16,40}$/.test(blob)) throw new FileRefused('EASEL_BLOB', 'The sandbox reported an invalid file.')
      return take(name, join(scratch, blob), 'child')
    },
    async addReference(asked, path) {
      const name = asked.normalize('NFC')
      checkPath(name)
      checkPathConflict(files, name)
      const { size, mtimeMs } = await stat(path)
      checkQuota(files, limits, name, size)
      const kept = { name, path, bytes: size, mtime: mtimeMs }
      await replace(name, kept)
      return kept
    },
    remove: (name) => replace(name.normalize('NFC')),
    async copyInto(file, scratch) {
      const blob = randomBytes(12).toString('hex')
      await copyFile(file.path, join(scratch, blob), constants.COPYFILE_EXCL)
      return blob
    },
  }
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
