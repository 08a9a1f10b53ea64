// Hard links to the session's files in a folder that the child sees and can only read: a file of any size is there at
// once and takes no space. Only behind a jail, whose mounts keep what is linked from being changed.
import { randomBytes } from 'node:crypto'
import { link, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { KeptFile } from './kept-files.ts'

export interface LinkedFiles {
  readonly folder: string
  /** The name of the file's link, made if there is none; undefined where the disk does not allow it, or is another one. */
  linkTo(file: KeptFile): Promise<string | undefined>
  /** The file was removed or replaced. */
  release(file: KeptFile): void
  /** Removes the links of released files; nothing may be reading them. */
  removeReleased(): Promise<void>
}

/** Makes links in `folder`, which exists. */
export function createLinkedFiles(folder: string): LinkedFiles {
  const links = new Map<KeptFile, string>()
  const released = new Set<string>()
  /** Files that a new child may still be given although they were removed meanwhile. */
  const gone = new WeakSet<KeptFile>()
  return {
    folder,
    async linkTo(file) {
      const known = links.get(file)
      if (known !== undefined) return known
      const name = randomBytes(12).toString('hex')
      try {
        await link(file.path, join(folder, name))
      } catch {
        // Whoever copies the file then says what is wrong with it.
        return undefined
      }
      if (gone.has(file)) released.add(name)
      else links.set(file, name)
      return name
    },
    release(file) {
      const name = links.get(file)
      gone.add(file)
      links.delete(file)
      if (name !== undefined) released.add(name)
    },
    async removeReleased() {
      for (const name of released) {
        released.delete(name)
        await rm(join(folder, name), { force: true }).catch(() => undefined)
      }
    },
  }
}

/** Runs work in which the child may read files; links that are no longer needed go when no work is under way. */
export function createLinkUse(links: LinkedFiles | undefined): <T>(work: () => Promise<T>) => Promise<T> {
  let inUse = 0
  return async (work) => {
    inUse++
    try {
      return await work()
    } finally {
      if (--inUse === 0) await links?.removeReleased()
    }
  }
}
