// Timers in the sandbox: they fire in order of due time when no native operation is pending, and advance the cell's
// clock by their delay. Nothing actually waits.
import type { Clock } from './clock.ts'
import { argumentTypeError } from './node-error.ts'

interface Timer {
  readonly id: number
  due: number
  readonly every: number | undefined
  readonly run: () => void
  ref: boolean
}

export interface Timers {
  /** Fires the next timer; false if there is none. With `last`, only timeouts fire and intervals are dropped. */
  fireNext(last: boolean): boolean
  /** Cancels all timers. */
  clear(): void
}

/** The object that `setTimeout` returns, compatible with Node's Timeout. */
class Timeout {
  readonly #timer: Timer
  readonly #cancel: (id: number) => void
  constructor(timer: Timer, cancel: (id: number) => void) {
    this.#timer = timer
    this.#cancel = cancel
  }
  ref(): this {
    this.#timer.ref = true
    return this
  }
  unref(): this {
    this.#timer.ref = false
    return this
  }
  hasRef(): boolean {
    return this.#timer.ref
  }
  refresh(): this {
    return this
  }
  close(): this {
    this.#cancel(this.#timer.id)
    return this
  }
  [Symbol.toPrimitive](): number {
    return this.#timer.id
  }
  [Symbol.dispose](): void {
    this.#cancel(this.#timer.id)
  }
}

/** Installs setTimeout, setInterval, setImmediate, their clears and queueMicrotask in the guest. */
export function installTimers(realm: typeof globalThis, clock: Clock): Timers {
  const timers = new Map<number, Timer>()
  let nextId = 1
  const cancel = (id: number): void => void timers.delete(id)

  const add = (run: unknown, delay: unknown, args: unknown[], repeat: boolean, least = 1): Timeout => {
    if (typeof run !== 'function') throw argumentTypeError('callback', 'of type function', run)
    const wanted = Number(delay)
    const ms = wanted >= 1 && wanted <= 2 ** 31 - 1 ? Math.trunc(wanted) : least
    const timer: Timer = {
      id: nextId++,
      due: clock.peek() + ms,
      every: repeat ? ms : undefined,
      run: () => void Reflect.apply(run, undefined, args),
      ref: true,
    }
    timers.set(timer.id, timer)
    return new Timeout(timer, cancel)
  }
  Object.assign(realm, {
    setTimeout: (run: unknown, delay?: unknown, ...args: unknown[]) => add(run, delay, args, false),
    setInterval: (run: unknown, delay?: unknown, ...args: unknown[]) => add(run, delay, args, true),
    setImmediate: (run: unknown, ...args: unknown[]) => add(run, 0, args, false, 0),
    ...clearing('clearTimeout', cancel),
    ...clearing('clearInterval', cancel),
    ...clearing('clearImmediate', cancel),
    queueMicrotask: (run: () => void) => {
      if (typeof run !== 'function') throw argumentTypeError('callback', 'of type function', run)
      void Promise.resolve().then(run)
    },
  })

  // Used by `util.promisify`.
  const custom = Symbol.for('nodejs.util.promisify.custom')
  const later = (delay: unknown, value: unknown, least: number): Promise<unknown> =>
    new Promise((done) => add(done, delay, [value], false, least))
  Object.defineProperty(realm.setTimeout, custom, { value: (delay: unknown, value: unknown) => later(delay, value, 1) })
  Object.defineProperty(realm.setImmediate, custom, { value: (value: unknown) => later(0, value, 0) })

  const next = (last: boolean): Timer | undefined => {
    let first: Timer | undefined
    for (const timer of timers.values()) {
      if (last && (timer.every !== undefined || !timer.ref)) continue
      if (!first || timer.due < first.due) first = timer
    }
    return first
  }

  return {
    fireNext(last) {
      const timer = next(last)
      if (!timer) return false
      clock.advance(timer.due)
      if (timer.every === undefined) timers.delete(timer.id)
      else timer.due += timer.every
      timer.run()
      return true
    },
    clear: () => timers.clear(),
  }
}

/** Creates a clear function with the given name. */
function clearing(name: string, cancel: (id: number) => void): Record<string, (timer: unknown) => void> {
  return {
    [name]: (timer) => {
      if (timer !== null && timer !== undefined) cancel(Number(timer))
    },
  }
}
