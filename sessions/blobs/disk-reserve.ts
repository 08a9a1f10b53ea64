// Disk space reserved for a full disk: deleting first needs some for the write-ahead log, so the reserve is freed then.
import { rmSync, statSync } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { StoreError } from '../errors.ts'

const BYTES = 524_288

export interface DiskReserve {
  /** Runs work that frees space, or that must precede it; if the disk is full, frees the reserve and runs it again. */
  withReserve<T>(work: () => Promise<T>): Promise<T>
  /** Allocates the reserve, if there is space for it. */
  fill(): Promise<void>
}

/** The reserve is the file `folder/spare`. */
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
    async withReserve(work) {
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
