// Rate limit for new sandboxes, each of which costs a process and a second of CPU time. A client that starts many has
// to wait, but others do not: the last tokens of the common bucket are for those who have started none lately.
import { availableParallelism } from 'node:os'
import { Problem } from '../problem.ts'

/** A token bucket: `burst` at once, then `perSecond`. */
interface Rate {
  readonly burst: number
  readonly perSecond: number
}

export interface StartRates {
  /** For one owner; also for one address when deciding who has started none lately. */
  readonly each: Rate
  /** For all clients together. */
  readonly all: Rate
}

export interface RateLimit {
  /** Counts a new session of this party, which may have no owner yet. Throws 429. */
  countStart(party: StartingParty): void
}

/** The party that starts a session. */
interface StartingParty {
  readonly owner: string | undefined
  readonly address: string
}

/** A core starts about one sandbox a second, and has other work to do. */
const START_RATES: StartRates = {
  each: { burst: 12, perSecond: 0.5 },
  all: { burst: 24, perSecond: Math.max(1, availableParallelism() / 2) },
}

/** With so many buckets, the full ones are dropped. */
const MAX_KNOWN = 10_000

/** `now` returns milliseconds. */
export function createRateLimit(
  rates: StartRates = START_RATES,
  now: () => number = () => performance.now(),
): RateLimit {
  const all = createBucket(rates.all, now)
  const buckets = new Map<string, Bucket>()
  const kept = Math.floor(rates.all.burst / 4)
  return {
    countStart({ owner, address }) {
      if (buckets.size >= MAX_KNOWN) for (const [key, bucket] of buckets) if (bucket.isFull()) buckets.delete(key)
      const bucketOf = (key: string): Bucket => {
        const known = buckets.get(key) ?? createBucket(rates.each, now)
        buckets.set(key, known)
        return known
      }
      // A client without an owner is counted by address; all unknown addresses count as one.
      const own = bucketOf(owner ?? `address ${address}`)
      const together = address === '' ? own : bucketOf(`all of ${address}`)
      const isNew = own.isFull() && together.isFull()
      const wait = Math.max(own.wait(), all.wait(isNew ? 0 : kept))
      if (wait > 0) throw tooMany(rates.each, Math.ceil(wait))
      for (const bucket of new Set([own, together, all])) bucket.take()
    },
  }
}

interface Bucket {
  isFull(): boolean
  /** Seconds until there is a token besides the `kept` reserved ones. */
  wait(kept?: number): number
  /** Takes a token; the level does not go below 0. */
  take(): void
}

function createBucket({ burst, perSecond }: Rate, now: () => number): Bucket {
  let tokens = burst
  let at = now()
  const level = (): number => {
    const time = now()
    tokens = Math.min(burst, tokens + ((time - at) / 1000) * perSecond)
    at = time
    return tokens
  }
  return {
    isFull: () => level() >= burst,
    wait: (kept = 0) => Math.max(0, (kept + 1 - level()) / perSecond),
    take: () => void (tokens = Math.max(0, level() - 1)),
  }
}

function tooMany({ burst }: Rate, seconds: number): Problem {
  const message = `Too many new sessions at once; ${burst} may be started together. Try again in ${seconds} s.`
  return new Problem(429, 'too_many_requests', message, { retryAfter: seconds })
}
