// node:events: the npm package, plus Node's async iterator `on`.
import EventEmitter from 'events/'
import { aborted } from '../core/node-error.ts'

type Emitter = InstanceType<typeof EventEmitter>
interface Options {
  readonly signal?: AbortSignal
}

/** Resolves with the arguments of the next event of this name, rejects with an `error` event. */
function once(emitter: Emitter | EventTarget, name: string, { signal }: Options = {}): Promise<unknown[]> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(aborted(signal))
    if ('addEventListener' in emitter) {
      return emitter.addEventListener(name, (event) => resolve([event]), { once: true })
    }
    const leave = (): void => {
      emitter.removeListener(name, took)
      emitter.removeListener('error', failed)
    }
    const took = (...args: unknown[]): void => {
      leave()
      resolve(args)
    }
    const failed = (error: unknown): void => {
      leave()
      reject(error)
    }
    emitter.on(name, took)
    if (name !== 'error') emitter.on('error', failed)
    signal?.addEventListener('abort', () => failed(aborted(signal)), { once: true })
  })
}

/** Yields the arguments of each event of this name until `signal` aborts. */
async function* on(emitter: Emitter, name: string, { signal }: Options = {}): AsyncGenerator<unknown[]> {
  const waiting: unknown[][] = []
  let failure: { readonly error: unknown } | undefined
  let wake = (): void => undefined
  const took = (...args: unknown[]): void => {
    waiting.push(args)
    wake()
  }
  const failed = (error: unknown): void => {
    failure = { error }
    wake()
  }
  emitter.on(name, took)
  if (name !== 'error') emitter.on('error', failed)
  if (signal?.aborted) failed(aborted(signal))
  signal?.addEventListener('abort', () => failed(aborted(signal)), { once: true })
  try {
    for (;;) {
      const next = waiting.shift()
      if (next) yield next
      else if (failure) throw failure.error
      else await new Promise<void>((resolve) => (wake = resolve))
    }
  } finally {
    emitter.removeListener(name, took)
    emitter.removeListener('error', failed)
  }
}

const getEventListeners = (emitter: Emitter, name: string): unknown[] => emitter.listeners(name)

/** As in Node, the module is the class. */
export const eventsModule = Object.assign(EventEmitter, {
  EventEmitter,
  once,
  on,
  getEventListeners,
  listenerCount: (emitter: Emitter, name: string) => emitter.listenerCount(name),
  errorMonitor: Symbol.for('events.errorMonitor'),
  captureRejectionSymbol: Symbol.for('nodejs.rejection'),
})
