// Content-addressed files in one folder: written whole or not at all, never changed, swept once unreferenced. The order
// of a write: temp file, fsync, hold, rename, fsync of the folder; the row comes after, in `session-backend.ts`.
import { createHash, randomBytes } from 'node:crypto'
import { constants, unlinkSync } from 'node:fs'
import { link, lstat, mkdir, mkdtemp, open, readdir, rename, rm, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { StoreError } from '../errors.ts'
import { quoteName } from '../quota.ts'
import type { FileSource, PathSource, StoredFile } from '../store.ts'

/** The named steps of the write order; tests stop a writer at each of them. */
export type StoreStep =
  | 'temp-made'
  | 'temp-written'
  | 'temp-synced'
  | 'held'
  | 'renamed'
  | 'folder-synced'
  | 'row-written'
  | 'committed'
  | 'session-marked'
  | 'blob-unlinked'

interface PutRequest {
  /** Shown in messages. */
  readonly name: string
  readonly source: FileSource
  /** Throws if a file may not have this many bytes. */
  readonly checkBytes: (bytes: number) => void
  /** Protects the bytes from sweeps; called before they get their final name. */
  readonly hold: (file: StoredFile) => Promise<void>
}

export interface Blobs {
  put(put: PutRequest): Promise<StoredFile>
  pathOf(hash: string): string
  /** Deletes a blob; synchronous, since it runs inside a transaction. */
  unlink(hash: string): void
  /** Hashes of all blobs on disk. */
  hashes(): Promise<readonly string[]>
  /** Makes a folder for files that are about to be put. */
  temporaryFolder(): Promise<string>
  /** Removes temp files and folders of dead writers. Returns how many. */
  sweepTemps(isAlive: (writer: string) => boolean): Promise<number>
}

const CHUNK = 262_144
const HASH = /^[0-9a-f]{64}$/

/** Blobs in `folder/blobs`, temp files in `folder/temp` prefixed with `writer`. Both folders exist. */
export function createBlobs(folder: string, writer: string, onStep: (step: StoreStep) => void): Blobs {
  const blobs = join(folder, 'blobs')
  const temps = join(folder, 'temp')

  return {
    async put({ name, source, checkBytes, hold }) {
      const temp = join(temps, `${writer}-${randomBytes(16).toString('hex')}`)
      const from = source instanceof Uint8Array ? undefined : await openSource(name, source)
      try {
        const isLinked = from !== undefined && (await linkFinal(source as PathSource, from, temp))
        const file = await writeTemp(temp, from ?? (source as Uint8Array), { name, checkBytes, onStep, isLinked })
        await hold(file)
        onStep('held')
        // Replaces an existing copy too: the bytes are the same, and a damaged copy is repaired.
        await rename(temp, join(blobs, file.hash))
        onStep('renamed')
        // Renaming a file to another link of itself does nothing.
        if (isLinked) await rm(temp, { force: true })
        await syncFolder(blobs)
        onStep('folder-synced')
        return file
      } catch (error) {
        await rm(temp, { force: true }).catch(() => undefined)
        throw error
      } finally {
        await from?.close()
      }
    },
    pathOf: (hash) => join(blobs, hash),
    unlink(hash) {
      try {
        unlinkSync(join(blobs, hash))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
      }
    },
    hashes: async () => (await readdir(blobs)).filter((name) => HASH.test(name)),
    temporaryFolder: () => mkdtemp(join(temps, `${writer}-`)),
    async sweepTemps(isAlive) {
      const dead = (await readdir(temps)).filter((name) => !isAlive(name.split('-')[0] ?? ''))
      for (const name of dead) await rm(join(temps, name), { force: true, recursive: true })
      return dead.length
    },
  }
}

/** Creates a folder that only its owner can enter, if it is missing; a link or a file in its place is refused. */
export async function makeFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 })
  const handle = await open(path, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW)
  try {
    await handle.chmod(0o700)
  } finally {
    await handle.close()
  }
}

/** Makes what was created or renamed in a folder durable. */
export async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, constants.O_RDONLY | constants.O_DIRECTORY)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

interface TempFileOptions extends Pick<PutRequest, 'name' | 'checkBytes'> {
  readonly onStep: (step: StoreStep) => void
  /** The temp file is a link to the source, so its bytes are only read. */
  readonly isLinked: boolean
}

async function writeTemp(
  temp: string,
  from: FileHandle | Uint8Array,
  { name, checkBytes, onStep, isLinked }: TempFileOptions,
): Promise<StoredFile> {
  const hash = createHash('sha256')
  let bytes = 0
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW
  const to = isLinked ? (from as FileHandle) : await open(temp, flags, 0o400)
  try {
    onStep('temp-made')
    for await (const part of chunksOf(name, from)) {
      bytes += part.length
      checkBytes(bytes)
      hash.update(part)
      if (!isLinked) await to.writeFile(part)
    }
    if (isLinked) await to.chmod(0o400)
    onStep('temp-written')
    await to.sync()
    onStep('temp-synced')
  } finally {
    if (!isLinked) await to.close()
  }
  return { hash: hash.digest('hex'), bytes }
}

/** Links a final file to `temp`, if it lies on the same disk and is no link itself. */
async function linkFinal({ path, isFinal }: PathSource, from: FileHandle, temp: string): Promise<boolean> {
  if (!isFinal) return false
  try {
    await link(path, temp)
  } catch {
    // Another disk, or one without links.
    return false
  }
  const [there, opened] = await Promise.all([lstat(temp), from.stat()])
  if (there.ino === opened.ino && there.dev === opened.dev) return true
  await rm(temp, { force: true })
  return false
}

async function* chunksOf(name: string, from: FileHandle | Uint8Array): AsyncGenerator<Uint8Array> {
  if (from instanceof Uint8Array) {
    // Copies, so that the caller cannot change a chunk between its hash and its write.
    for (let at = 0; at < from.length; at += CHUNK) yield Buffer.from(from.subarray(at, at + CHUNK))
    return
  }
  const buffer = Buffer.allocUnsafe(CHUNK)
  for (;;) {
    const { bytesRead } = await from.read(buffer, 0, CHUNK, null).catch((error: unknown) => {
      throw unreadable(name, error)
    })
    if (bytesRead === 0) return
    yield buffer.subarray(0, bytesRead)
  }
}

/** Without O_NONBLOCK, opening a FIFO would block for ever. */
async function openSource(name: string, source: PathSource): Promise<FileHandle> {
  const flags = constants.O_RDONLY | constants.O_NONBLOCK | (source.follow ? 0 : constants.O_NOFOLLOW)
  const handle = await open(source.path, flags).catch((error: unknown) => {
    throw unreadable(name, error)
  })
  if ((await handle.stat()).isFile()) return handle
  await handle.close()
  throw new StoreError('EASEL_FILE_SOURCE', `${quoteName(name)} is not a regular file.`)
}

function unreadable(name: string, cause: unknown): StoreError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new StoreError('EASEL_FILE_SOURCE', `The file ${quoteName(name)} cannot be read: ${reason}.`, cause)
}
