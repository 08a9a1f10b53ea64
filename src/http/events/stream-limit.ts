// Limits on open event streams, in total and of one owner. When all are taken, an owner above his share loses one to an
// owner who has none; a browser whose stream ends reconnects with the number of the last event it received.
import { Problem } from '../problem.ts'
import { isReservedForOthers, excessUnits, countOwned, type Held, type Party } from '../auth/fair-shares.ts'

export interface StreamLimit {
  readonly open: number
  /** Counts an open stream until the returned function is called; `end` ends the stream. Throws 429 or 503. */
  enter(party: Party, end: () => void): () => void
}

/** The fraction of all streams that is reserved for owners who have none. */
const KEPT = 1 / 16

interface Open extends Held {
  readonly end: () => void
}

/** At most `most` streams in total and `each` of one owner. */
export function createStreamLimit(most: number, each: number): StreamLimit {
  /** Oldest first. */
  const held = new Set<Open>()
  const kept = Math.max(1, Math.floor(most * KEPT))
  const makeSpace = (party: Party): void => {
    const all = [...held]
    const own = countOwned(all, party)
    const limit = `You have ${own} event streams open; the limit is ${each}. Close a tab.`
    if (own >= each) throw crowded(429, limit)
    if (held.size < most && !isReservedForOthers(all, party, most, kept)) return
    const [oldest] = held.size < most ? [] : excessUnits(all, party, most)
    if (!oldest) {
      const last =
        held.size < most ? `the last ${kept} of ${most} are reserved for users who have none` : `the limit is ${most}`
      throw crowded(
        503,
        `This server has ${held.size} event streams open, ${own} of them yours; ${last}. Try again soon.`,
      )
    }
    held.delete(oldest)
    oldest.end()
  }
  return {
    get open() {
      return held.size
    },
    enter(party, end) {
      makeSpace(party)
      const own: Open = { party, end }
      held.add(own)
      return () => void held.delete(own)
    },
  }
}

function crowded(status: number, message: string): Problem {
  return new Problem(status, 'too_many_streams', message, { retryAfter: 5 })
}
