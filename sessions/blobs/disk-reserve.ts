// Room kept for a full disk: deleting needs a little room in the write-ahead log first, which this file gives up then.
import { rmSync, statSync } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { StoreError } from '../errors.ts'

const BYTES = 524_288

export interface DiskReserve {
  /** Does work that makes room, or that comes before it; on a full disk once more with the spare room. */
  freeing<T>(work: () => Promise<T>): Promise<T>
  /** Sets room aside, if there is any now. */
  fill(): Promise<void>
}

/** Keeps `folder/spare`. */
export function keepDiskReserve(folder: string): DiskReserve {
  const path = join(folder, 'spare')
  const fill = async (): Promise<void> => {
    if (statSync(path, { throwIfNoEntry: false })) return
    try {
      const handle = await open(path, 'wx', 0o600)
      await handle.writeFile(Buffer.alloc(BYTES)).finally(() => handle.close())
    } catch {
      await rm(path, { force: true }).catch(() => undefined)
    }
  }
  return {
    fill,
    async freeing(work) {
      try {
        return await work()
      } catch (error) {
        if (!(error instanceof StoreError) || error.code !== 'EASEL_STORE_FULL') throw error
        rmSync(path, { force: true })
        const value = await work()
        await fill()
        return value
      }
    },
  }
}
