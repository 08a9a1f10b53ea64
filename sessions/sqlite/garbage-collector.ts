// Deletes unreferenced blobs inside the transaction that proves them unreferenced: a writer's hold or row either
// precedes it, and the blob stays, or follows it, and then the writer writes the blob again.
import type { Blobs } from '../blobs/blobs.ts'
import type { Database } from './database.ts'

export interface Collector {
  /** Unlinks those blobs that no session names and no living writer holds. Returns how many. */
  collect(hashes: readonly string[]): Promise<number>
}

/** Hashes per transaction: few, since unlinking is synchronous. */
const BATCH = 32

export function createCollector(
  database: Database,
  blobs: Blobs,
  isAlive: (instance: string) => boolean,
  onUnlink: () => void,
): Collector {
  const collectOne = (hash: string): number => {
    const used = database.statement('SELECT 1 FROM blob WHERE hash = ? AND uses > 0').get(hash)
    if (used) return 0
    const holds = database.statement('SELECT DISTINCT instance FROM hold WHERE hash = ?').all(hash)
    if (holds.some((hold) => isAlive(String(hold['instance'])))) return 0
    blobs.unlink(hash)
    onUnlink()
    database.statement('DELETE FROM blob WHERE hash = ?').run(hash)
    return 1
  }
  return {
    async collect(hashes) {
      let gone = 0
      for (let at = 0; at < hashes.length; at += BATCH) {
        const batch = hashes.slice(at, at + BATCH)
        gone += await database.write('light', () => {
          // Another process may have just committed that nothing names them: that must be on the disk first.
          database.syncNow()
          return batch.reduce((count, hash) => count + collectOne(hash), 0)
        })
      }
      return gone
    },
  }
}
