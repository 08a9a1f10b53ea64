// A seeded Math.random and a journaled clock, identical inside and outside the sandbox, so a replay yields the same
// bytes.

/** A cell's initial state: a seed (0 to 2^32 - 1) and the time in milliseconds since 1970. */
interface CellSeed {
  readonly seed: number
  readonly clock: number
}

export interface Clock {
  /** Sets the clock and the seed for a cell. */
  start(chance: CellSeed): void
  /** Moves the clock forward to a timer's due time. */
  advance(to: number): void
  /** The time now, without moving it. */
  peek(): number
  /** Milliseconds since the cell began; advances the clock by 1 ms. */
  elapsed(): number
  /** The next random number of the cell, even if a snippet has replaced `Math.random`. */
  random(): number
  /** Runs something that leaves the clock and the random numbers as they were. */
  undisturbed<T>(run: () => T): T
}

/**
 * Replaces `Math.random`, `Date.now`, `new Date()` and `performance.now` in a realm. Each reading advances the clock by
 * 1 ms, so loops that wait for a time end.
 */
export function installClock(realm: typeof globalThis): Clock {
  let now = 0
  let origin = 0
  let random = mulberry32(0)
  const read = (): number => ++now
  const RealDate = realm.Date

  realm.Math.random = () => random()
  realm.Date = new Proxy(RealDate, {
    apply: () => new RealDate(read()).toString(),
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [read()] : args, newTarget) as object,
  })
  // `new Date().constructor` must be the replaced Date.
  RealDate.prototype.constructor = realm.Date
  RealDate.now = read
  const performance = {
    now: () => read() - origin,
    timeOrigin: 0,
    mark: () => undefined,
    measure: () => undefined,
    toJSON: () => ({ timeOrigin: performance.timeOrigin }),
  }
  Object.defineProperty(realm, 'performance', { value: performance, writable: true, configurable: true })

  return {
    start({ seed, clock }) {
      now = clock
      origin = clock
      performance.timeOrigin = clock
      random = mulberry32(seed)
    },
    advance(to) {
      if (to > now) now = to
    },
    peek: () => now,
    elapsed: () => read() - origin,
    random: () => random(),
    undisturbed(run) {
      const before = { now, random }
      random = mulberry32(0)
      try {
        return run()
      } finally {
        ;({ now, random } = before)
      }
    },
  }
}

/** Uniform numbers in [0, 1) from a 32-bit state (mulberry32, Tommy Ettinger 2017, public domain). */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
