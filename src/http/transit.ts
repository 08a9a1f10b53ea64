// Uploads on their way: what lies in the temporary folder counts toward the room of the data folder, or many at once would
// fill the disk before the store sees a byte of them.
import type { SessionStore } from '../../sessions/store.ts'
import { Problem } from './problem.ts'

export interface Passage {
  /** Counts bytes that have come in; undefined, or why they are too many. */
  count(bytes: number): Problem | undefined
  /** They are in the store now, or gone. */
  end(): void
}

const underWay = new WeakMap<SessionStore, { bytes: number }>()

/** A passage into the store for one request. */
export async function openPassage(store: SessionStore): Promise<Passage> {
  const all = underWay.get(store) ?? { bytes: 0 }
  underWay.set(store, all)
  const { bytes: kept, limit } = await store.size()
  let own = 0
  return {
    count(bytes) {
      own += bytes
      all.bytes += bytes
      return kept + all.bytes > limit ? full(limit) : undefined
    },
    end() {
      all.bytes -= own
      own = 0
    },
  }
}

function full(limit: number): Problem {
  const message = `The data folder has no room for the files that are being uploaded; all sessions together may have ${limit.toLocaleString('en-US')} bytes. Try again later, or delete sessions.`
  return new Problem(507, 'EASEL_LIMIT_FOLDER', message)
}
