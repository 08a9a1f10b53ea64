// The session's files on the near side: copies that the child can neither read nor change, re-checked when they come in.
import { randomBytes } from 'node:crypto'
import { constants, createReadStream } from 'node:fs'
import { copyFile, mkdir, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Limits } from '../../sandbox/limits.ts'

export interface KeptFile {
  readonly name: string
  /** Where the bytes lie, under a random name. */
  readonly path: string
  readonly bytes: number
  readonly mtime: number
}

/** A limit or a lie met on the near side; `code` is stable. */
export class FileRefused extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

export interface KeptFiles {
  list(): readonly KeptFile[]
  get(name: string): KeptFile | undefined
  /** Takes a file of the person; throws FileRefused past a quota. */
  takeUpload(name: string, path: string): Promise<KeptFile>
  /** Takes a blob that the child made, after looking at it without trust. */
  takeBlob(name: string, blob: string, scratch: string): Promise<KeptFile>
  remove(name: string): Promise<void>
  /** Lays a copy into a child's scratch folder and gives the blob's name. */
  lay(file: KeptFile, scratch: string): Promise<string>
}

/** Keeps files in `folder`. */
export function createKeptFiles(folder: string, limits: Limits): KeptFiles {
  const files = new Map<string, KeptFile>()

  const take = async (asked: string, source: string, from: 'person' | 'child'): Promise<KeptFile> => {
    checkName(asked)
    const name = asked.normalize('NFC')
    checkPlace(files, name)
    // Without O_NONBLOCK, opening a FIFO would wait for ever. A link of the child's could lead out of its folder.
    const links = from === 'child' ? constants.O_NOFOLLOW : 0
    const opened = await open(source, constants.O_RDONLY | constants.O_NONBLOCK | links)
    try {
      const facts = await opened.stat()
      const own = facts.isFile() && (from === 'person' || facts.nlink === 1)
      if (!own) throw new FileRefused('EASEL_NOT_A_FILE', `${JSON.stringify(name)} is not a regular file.`)
      checkQuota(files, limits, name, facts.size)
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const path = join(folder, randomBytes(16).toString('hex'))
      const to = await open(
        path,
        constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW,
        0o600,
      )
      let bytes = 0
      try {
        for await (const chunk of createReadStream('', {
          fd: opened.fd,
          autoClose: false,
          start: 0,
          highWaterMark: 1_048_576,
        })) {
          const part = chunk as Buffer
          bytes += part.length
          if (bytes > facts.size) checkQuota(files, limits, name, bytes)
          await to.write(part)
        }
      } catch (error) {
        await rm(path, { force: true })
        throw error
      } finally {
        await to.close()
      }
      const kept = { name, path, bytes, mtime: facts.mtimeMs }
      const old = files.get(name)
      files.set(name, kept)
      if (old) await rm(old.path, { force: true })
      return kept
    } finally {
      await opened.close()
    }
  }

  return {
    list: () => [...files.values()],
    get: (name) => files.get(name.normalize('NFC')),
    takeUpload: (name, path) => take(name, path, 'person'),
    async takeBlob(name, blob, scratch) {
      if (!/^[0-9a-z]{16,40}$/.test(blob))
        throw new FileRefused('EASEL_BLOB', 'The sandbox named a file that cannot be.')
      return take(name, join(scratch, blob), 'child')
    },
    async remove(asked) {
      const name = asked.normalize('NFC')
      const old = files.get(name)
      files.delete(name)
      if (old) await rm(old.path, { force: true })
    },
    async lay(file, scratch) {
      const blob = randomBytes(12).toString('hex')
      await copyFile(file.path, join(scratch, blob), constants.COPYFILE_EXCL)
      return blob
    },
  }
}

/** Refuses a name that could lie outside /mnt/data. */
function checkName(name: string): void {
  const parts = name.split('/')
  const bad =
    !name.isWellFormed() ||
    name.includes('\0') ||
    name.startsWith('/') ||
    parts.some((part) => part === '' || part === '.' || part === '..')
  if (bad || Buffer.byteLength(name) > 1024)
    throw new FileRefused('EASEL_FILE_NAME', `The file name ${JSON.stringify(name.slice(0, 100))} cannot be used.`)
}

/** A name that is a folder of another file, or lies below one, could not be both on a disk. */
function checkPlace(files: ReadonlyMap<string, KeptFile>, name: string): void {
  for (const other of files.keys()) {
    if (!name.startsWith(`${other}/`) && !other.startsWith(`${name}/`)) continue
    const shown = [name, other].map((one) => JSON.stringify(one.slice(0, 100)))
    throw new FileRefused('EASEL_FILE_NAME', `The file name ${shown[0]} cannot be used: there is a file ${shown[1]}.`)
  }
}

function checkQuota(files: ReadonlyMap<string, KeptFile>, limits: Limits, name: string, bytes: number): void {
  const n = (value: number): string => value.toLocaleString('en-US')
  const shown = JSON.stringify(name)
  if (bytes > limits.fileBytes) {
    throw new FileRefused(
      'EASEL_LIMIT_FILE_BYTES',
      `The file ${shown} has ${n(bytes)} bytes; the limit is ${n(limits.fileBytes)}. Make it smaller.`,
    )
  }
  const count = files.size + (files.has(name) ? 0 : 1)
  if (count > limits.sessionFiles) {
    throw new FileRefused(
      'EASEL_LIMIT_FILES',
      `With ${shown} the session would have ${n(count)} files; the limit is ${n(limits.sessionFiles)}. Remove some files.`,
    )
  }
  let total = bytes
  for (const file of files.values()) if (file.name !== name) total += file.bytes
  if (total > limits.sessionBytes) {
    throw new FileRefused(
      'EASEL_LIMIT_SESSION',
      `With ${shown} the session would have ${n(total)} bytes in all; the limit is ${n(limits.sessionBytes)}. Remove some files.`,
    )
  }
}
