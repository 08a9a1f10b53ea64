// Where a sandbox has its links to stored files: on their disk, which may be another than that of temporary files.
import { stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import type { SessionStore } from '../../sessions/store.ts'

/** Makes a folder for links; undefined: one in the temporary folder will do. */
export type MakeLinkFolder = () => Promise<string | undefined>

/**
 * Waits for the store only if the disk of its folder is another one, or not known before the store has made it. Without
 * `dataFolder`, whose disk that is, none is made.
 */
export function createLinkFolders(dataFolder: string | undefined, store: Promise<SessionStore>): MakeLinkFolder {
  if (dataFolder === undefined) return () => Promise.resolve(undefined)
  const isOnOneDisk = async (): Promise<boolean> => {
    const [data, temporary] = await Promise.all([stat(dataFolder), stat(tmpdir())])
    return data.dev === temporary.dev
  }
  return async () => {
    try {
      if (await isOnOneDisk().catch(() => false)) return undefined
      const opened = await store
      return (await isOnOneDisk()) ? undefined : await opened.temporaryFolder()
    } catch {
      // Whoever uses the disk next says what is wrong with it.
      return undefined
    }
  }
}
