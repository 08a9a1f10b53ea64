// The transport over the host's four callbacks: `give` and `take` transfer one byte array each, `post` starts an
// asynchronous operation, `ask` runs a synchronous one. Only strings and fresh byte arrays cross.
import type { Answer, Transport } from '../bridge.ts'
import { FreshPromise, freshBytes, jsonParse, jsonStringify } from './primordials.ts'

/** The host's callbacks; parameters and results are only strings, numbers and byte arrays. */
export interface HostCallbacks {
  /** Transfers one byte array for the next `post` or `ask`. */
  give(bytes: Uint8Array): void
  /** The next byte array of the last result. */
  take(): Uint8Array
  /** Starts an operation; returns '' or an envelope with an error. */
  post(id: number, json: string): string
  /** Runs an operation synchronously and returns an envelope. */
  ask(json: string): string
}

interface Pending {
  resolve(answer: Answer): void
  reject(error: unknown): void
  /** Created at the time of the call, so that its stack names the snippet's line. */
  readonly error: Error
}

interface Envelope {
  readonly ok?: unknown
  readonly bytes?: number
  readonly error?: { name: string; message: string; code?: string; extra?: object }
}

export interface GuestTransport extends Transport {
  /** Called by the host when an operation started by `post` is done. */
  settle(id: number, json: string, ...bytes: Uint8Array[]): void
  /** Drops the pending operations of a cell. */
  forget(): void
}

/** Connects the callbacks; at most `concurrency` operations run at once, the others are queued. */
export function openTransport(host: HostCallbacks, concurrency: number): GuestTransport {
  const { give, take, post, ask: hostAsk } = host
  let nextId = 1
  let pending = new Map<number, Pending>()
  let waiting: (() => void)[] = []
  let underWay = 0

  const handOver = (bytes: readonly Uint8Array[]): void => {
    for (let i = 0; i < bytes.length; i++) give(freshBytes(bytes[i] as Uint8Array))
  }

  const start = (id: number, operation: string, args: unknown, bytes: readonly Uint8Array[], p: Pending): void => {
    underWay++
    pending.set(id, p)
    handOver(bytes)
    const refusal = post(id, jsonStringify([operation, args ?? null, bytes.length]))
    if (refusal !== '') {
      pending.delete(id)
      finished()
      p.reject(rebuild(jsonParse(refusal) as Envelope, p.error))
    }
  }

  const finished = (): void => {
    underWay--
    const next = waiting.shift()
    if (next) next()
  }

  return {
    call(operation, args, bytes) {
      const error = new Error()
      return new FreshPromise((resolve, reject) => {
        const id = nextId++
        const begin = () => start(id, operation, args, bytes, { resolve, reject, error })
        if (underWay < concurrency) begin()
        else waiting.push(begin)
      })
    },
    ask(operation, args, bytes) {
      handOver(bytes)
      const envelope = jsonParse(hostAsk(jsonStringify([operation, args ?? null, bytes.length]))) as Envelope
      if (envelope.error) throw rebuild(envelope, new Error())
      const back: Uint8Array[] = []
      for (let i = 0; i < (envelope.bytes ?? 0); i++) back.push(take())
      return [envelope.ok, back]
    },
    settle(id, json, ...bytes) {
      const found = pending.get(id)
      if (!found) return
      pending.delete(id)
      const envelope = jsonParse(json) as Envelope
      if (envelope.error) found.reject(rebuild(envelope, found.error))
      else found.resolve([envelope.ok, bytes])
      finished()
    },
    forget() {
      pending = new Map()
      waiting = []
      underWay = 0
    },
  }
}

const KINDS: Record<string, ErrorConstructor> = { Error, TypeError, RangeError, SyntaxError }

function rebuild(envelope: Envelope, from: Error): Error {
  const { name, message, code, extra } = envelope.error ?? { name: 'Error', message: 'refused' }
  const Kind = KINDS[name] ?? Error
  const error = new Kind(message)
  if (!KINDS[name]) Object.defineProperty(error, 'name', { value: name, configurable: true, writable: true })
  // In the property order of Node's own errors.
  const { errno, ...rest } = (extra ?? {}) as { errno?: number }
  Object.assign(error, errno === undefined ? {} : { errno }, code === undefined ? {} : { code }, rest)
  const frames = (from.stack ?? '').split('\n').slice(1)
  error.stack = [`${name}: ${message}`, ...frames].join('\n')
  return error
}
