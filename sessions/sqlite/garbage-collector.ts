// Takes bytes off the disk that nobody names, inside the transaction that proves it: a writer's hold or row is either
// there before, and the bytes stay, or comes after, and then the writer lays the bytes down again.
import type { Blobs } from '../blobs/blobs.ts'
import type { Database } from './database.ts'

export interface Collector {
  /** Unlinks those of the hashes that no session names and no living writer holds. Returns how many. */
  collect(hashes: readonly string[]): Promise<number>
}

/** Unlinking is synchronous, so few a transaction. */
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
          // Another process may have committed a moment ago that nobody names them: the disk has to know first.
          database.syncNow()
          return batch.reduce((count, hash) => count + collectOne(hash), 0)
        })
      }
      return gone
    },
  }
}
