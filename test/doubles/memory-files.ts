// File contents of the in-memory store: read from their source, and written to a folder only when a path is requested.
import { constants } from 'node:fs'
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { StoreError } from '../../sessions/errors.ts'
import { noFileError } from '../../sessions/session-state.ts'
import { checkFileBytes, quoteName, type StoreLimits } from '../../sessions/quota.ts'
import type { FileSource } from '../../sessions/store.ts'

interface KeptFiles {
  readonly files: ReadonlyMap<string, Uint8Array>
  readonly pending: ReadonlyMap<string, Uint8Array>
}

export interface Paths {
  pathOf(kept: KeptFiles, hash: string): Promise<string>
  temporaryFolder(): Promise<string>
  close(): Promise<void>
}

/** Bytes are written to a path when one is requested. */
export function createPaths(): Paths {
  let folder: Promise<string> | undefined
  const root = (): Promise<string> => (folder ??= mkdtemp(join(tmpdir(), 'easel-memory-')))
  return {
    async pathOf(kept, hash) {
      const bytes = kept.files.get(hash) ?? kept.pending.get(hash)
      if (!bytes) throw noFileError(hash)
      const path = join(await root(), hash)
      await writeFile(path, bytes)
      return path
    },
    temporaryFolder: async () => mkdtemp(join(await root(), 'temporary-')),
    async close() {
      if (folder) await rm(await folder, { recursive: true, force: true })
    },
  }
}

/** The bytes of a file, given directly or by a path. */
export async function bytesOfSource(name: string, source: FileSource, limits: StoreLimits): Promise<Uint8Array> {
  if (source instanceof Uint8Array) {
    checkFileBytes(limits, name, source.length)
    return Uint8Array.from(source)
  }
  const flags = constants.O_RDONLY | constants.O_NONBLOCK | (source.follow ? 0 : constants.O_NOFOLLOW)
  const handle = await open(source.path, flags).catch((error: Error) => {
    throw new StoreError('EASEL_FILE_SOURCE', `The file ${quoteName(name)} cannot be read: ${error.message}.`, error)
  })
  try {
    const facts = await handle.stat()
    if (!facts.isFile()) throw new StoreError('EASEL_FILE_SOURCE', `${quoteName(name)} is not a regular file.`)
    checkFileBytes(limits, name, facts.size)
    return await handle.readFile()
  } finally {
    await handle.close()
  }
}
