// How fast sandboxes may be started: each costs a process and a second of a processor, so whoever asks for many at once
// waits, and the others do not wait with them: the last of what all may begin is for who has begun nothing lately.
import { availableParallelism } from 'node:os'
import { Problem } from '../problem.ts'

/** A bucket of tokens: `burst` at once, then `perSecond`. */
interface Rate {
  readonly burst: number
  readonly perSecond: number
}

export interface StartRates {
  /** Of one owner. What is used by an address counts together, as far as who has begun nothing lately goes first. */
  readonly each: Rate
  /** Of all together. */
  readonly all: Rate
}

export interface RateLimit {
  /** Counts a new session of this one, who may be nobody yet. Throws 429. */
  enter(party: Newcomer): void
}

/** Who begins a session. */
interface Newcomer {
  readonly owner: string | undefined
  readonly address: string
}

/** A core starts about one sandbox a second, and has other work. */
const START_RATES: StartRates = {
  each: { burst: 12, perSecond: 0.5 },
  all: { burst: 24, perSecond: Math.max(1, availableParallelism() / 2) },
}

/** Owners whose bucket is full again are forgotten when so many are known. */
const MAX_KNOWN = 10_000

/** `now` gives milliseconds. */
export function createRateLimit(
  rates: StartRates = START_RATES,
  now: () => number = () => performance.now(),
): RateLimit {
  const all = createBucket(rates.all, now)
  const buckets = new Map<string, Bucket>()
  const kept = Math.floor(rates.all.burst / 4)
  return {
    enter({ owner, address }) {
      if (buckets.size >= MAX_KNOWN) for (const [key, bucket] of buckets) if (bucket.isFull()) buckets.delete(key)
      const bucketOf = (key: string): Bucket => {
        const known = buckets.get(key) ?? createBucket(rates.each, now)
        buckets.set(key, known)
        return known
      }
      // Who is nobody yet may come again as nobody; all whose address tells nothing are one then.
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
  /** Seconds until there is a token beside those that are `kept`. */
  wait(kept?: number): number
  /** Takes one, also where there is none: then the next comes later. */
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
  const message = `Too many new sessions at once; ${burst} may be begun together. Try again in ${seconds} s.`
  return new Problem(429, 'too_many_requests', message, { retryAfter: seconds })
}
