// How fast sandboxes may be started: each costs a process and a second of a processor, so whoever asks for many at once
// waits, and the others do not wait with them.
import { availableParallelism } from 'node:os'
import type { Context } from 'hono'
import { Problem } from './problem.ts'

/** A bucket of tokens: `burst` at once, then `perSecond`. */
interface Rate {
  readonly burst: number
  readonly perSecond: number
}

export interface StartRates {
  /** Of one owner, or of one address where nobody is known yet. */
  readonly each: Rate
  /** Of all together. */
  readonly all: Rate
}

export interface Admission {
  /** Counts a new session of this one. Throws 429. */
  enter(who: string): void
}

/** A core starts about one sandbox a second, and has other work. */
const START_RATES: StartRates = {
  each: { burst: 12, perSecond: 0.5 },
  all: { burst: 24, perSecond: Math.max(1, availableParallelism() / 2) },
}

/** Owners whose bucket is full again are forgotten when so many are known. */
const MOST_KNOWN = 10_000

/** `now` gives milliseconds. */
export function createAdmission(
  rates: StartRates = START_RATES,
  now: () => number = () => performance.now(),
): Admission {
  const all = createBucket(rates.all, now)
  const buckets = new Map<string, Bucket>()
  return {
    enter(who) {
      if (buckets.size >= MOST_KNOWN)
        for (const [key, bucket] of buckets) if (bucket.level() >= rates.each.burst) buckets.delete(key)
      const own = buckets.get(who) ?? createBucket(rates.each, now)
      buckets.set(who, own)
      const wait = Math.max(own.wait(), all.wait())
      if (wait > 0) throw tooMany(rates.each, Math.ceil(wait))
      own.take()
      all.take()
    },
  }
}

/** Who asks, for a limit: its owner, or the address it comes from. */
export function addressOf(c: Context, owner: string | undefined): string {
  const { incoming } = (c.env ?? {}) as { incoming?: { socket?: { remoteAddress?: string } } }
  return owner ?? `address ${incoming?.socket?.remoteAddress ?? ''}`
}

interface Bucket {
  level(): number
  /** Seconds until there is a token. */
  wait(): number
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
    level,
    wait: () => Math.max(0, (1 - level()) / perSecond),
    take: () => void (tokens = level() - 1),
  }
}

function tooMany({ burst }: Rate, seconds: number): Problem {
  const message = `Too many new sessions at once; ${burst} may be begun together. Try again in ${seconds} s.`
  return new Problem(429, 'too_many_requests', message, { retryAfter: seconds })
}
