// Seeds the random values of Node's crypto per cell, as in the sandbox.
import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'
import { createRandoms } from '../guest/core/random.ts'

type Callback<T> = (error: Error | null, value: T) => void

/** Replaces the random functions of `node:crypto` and the global `crypto`; `next` returns numbers in [0, 1). */
export function seedCrypto(next: () => number): void {
  const randoms = createRandoms(next, (bytes) => new RangeError(`${bytes} bytes are more than 65,536.`))
  const later = <T>(value: T, done?: Callback<T>): T | undefined => {
    if (!done) return value
    queueMicrotask(() => done(null, value))
    return undefined
  }
  const replaced = {
    randomBytes: (size: number, done?: Callback<Buffer>) => later(randoms.fill(Buffer.alloc(size)), done),
    randomFillSync: (view: Uint8Array, from = 0, size?: number) =>
      randoms.fill(view, from, size === undefined ? undefined : from + size),
    randomInt(first: number, second?: number | Callback<number>, third?: Callback<number>) {
      const [least, most] = typeof second === 'number' ? [first, second] : [0, first]
      return later(randoms.randomInt(least, most), typeof second === 'number' ? third : second)
    },
    randomUUID: () => randoms.randomUUID(),
  }
  for (const [name, value] of Object.entries(replaced)) {
    Object.defineProperty(crypto, name, { value, configurable: true, writable: true, enumerable: true })
  }
  // The module's getRandomValues is the global one.
  for (const name of ['randomUUID', 'getRandomValues'] as const) {
    Object.defineProperty(globalThis.crypto, name, { value: randoms[name], configurable: true, writable: true })
  }
  syncBuiltinESMExports()
}
