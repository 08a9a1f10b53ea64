// node:timers and node:timers/promises.
import { aborted } from '../core/node-error.ts'

interface Options {
  readonly signal?: AbortSignal
  readonly ref?: boolean
}

/** Resolves with `value` when `start` calls back; rejects if `signal` aborts first. */
function toPromise<T>(start: (done: () => void) => void, value: T, { signal }: Options = {}): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(aborted(signal))
    if (signal?.aborted) return stop()
    signal?.addEventListener('abort', stop, { once: true })
    start(() => resolve(value))
  })
}

async function* interval<T>(ms?: number, value?: T, options: Options = {}): AsyncGenerator<T | undefined> {
  for (;;) {
    await toPromise((done) => setTimeout(done, ms), undefined, options)
    yield value
  }
}

const { setTimeout: timeout, setInterval: every, setImmediate: soon } = globalThis

export const timersPromises = {
  setTimeout: <T>(ms?: number, value?: T, options?: Options) => toPromise((done) => timeout(done, ms), value, options),
  setImmediate: <T>(value?: T, options?: Options) => toPromise((done) => soon(done), value, options),
  setInterval: interval,
  scheduler: {
    wait: (ms: number, options?: Options) => toPromise((done) => timeout(done, ms), undefined, options),
    yield: () => toPromise((done) => soon(done), undefined),
  },
}

export const timersModule = {
  setTimeout: timeout,
  setInterval: every,
  setImmediate: soon,
  clearTimeout: globalThis.clearTimeout,
  clearInterval: globalThis.clearInterval,
  clearImmediate: globalThis.clearImmediate,
  promises: timersPromises,
}
