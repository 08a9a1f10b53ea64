// Quota for uploads in progress: their bytes in the temporary folder count toward the data folder's limit, or many at
// once would fill the disk before the store sees any. The last of that space is for owners who use little of it.
import type { SessionStore } from '../../../sessions/store.ts'
import { Problem } from '../problem.ts'

export interface UploadReservation {
  /** Counts received bytes; returns the problem if they are too many. */
  count(bytes: number): Problem | undefined
  /** These bytes are in the store now, which counts them. */
  stored(bytes: number): void
  /** The other bytes are deleted. */
  end(): void
}

interface UnderWay {
  bytes: number
  readonly owners: Map<string, number>
}

const underWay = new WeakMap<SessionStore, UnderWay>()

/** An owner who uses more than this fraction of the space must leave the same fraction to others. */
const RESERVED_FRACTION = 0.1

/** The reservation of one upload request of this owner. */
export async function reserveUpload(store: SessionStore, owner: string): Promise<UploadReservation> {
  const all = underWay.get(store) ?? { bytes: 0, owners: new Map() }
  underWay.set(store, all)
  const [{ bytes: kept, limit }, listed] = await Promise.all([store.size(), store.list(owner)])
  const had = listed.reduce((sum, { bytes }) => sum + bytes, 0)
  const ofOwner = (): number => all.owners.get(owner) ?? 0
  const add = (bytes: number): void => {
    all.bytes += bytes
    if (ofOwner() + bytes > 0) all.owners.set(owner, ofOwner() + bytes)
    else all.owners.delete(owner)
  }
  let own = 0
  return {
    count(bytes) {
      own += bytes
      add(bytes)
      if (kept + all.bytes > limit) return full(limit)
      const theirs = had + ofOwner()
      const isLarge = theirs > limit * RESERVED_FRACTION && kept + all.bytes > limit * (1 - RESERVED_FRACTION)
      return isLarge ? keptForOthers(limit, theirs) : undefined
    },
    stored(bytes) {
      add(-bytes)
      own -= bytes
    },
    end() {
      add(-own)
      own = 0
    },
  }
}

function full(limit: number): Problem {
  const message = `The data folder has no space for the files that are being uploaded; all sessions together may have ${limit.toLocaleString('en-US')} bytes. Try again later, or delete sessions.`
  return new Problem(507, 'EASEL_LIMIT_FOLDER', message)
}

function keptForOthers(limit: number, theirs: number): Problem {
  const figure = (value: number): string => Math.round(value).toLocaleString('en-US')
  const message = `Your sessions would have ${figure(theirs)} bytes, and of the ${figure(limit)} that all sessions together may have the last ${figure(limit * RESERVED_FRACTION)} are reserved for users who have less than that. Delete sessions that you do not need.`
  return new Problem(507, 'EASEL_LIMIT_FOLDER', message)
}
