// The host's end of the isolate wall: starts the operation that a request names, and answers with an envelope.
import type { OperationResult, OperationContext, Operations } from '../native/operation.ts'
import { describeError } from './operation-error.ts'
import { readRequest } from './operation-request.ts'

/** The functions behind the isolate's callbacks. None of them throws. */
export interface Bridge {
  give(bytes: unknown): void
  take(): Uint8Array
  post(id: unknown, json: unknown): string
  ask(json: unknown): string
}

export interface BridgeEvents {
  /** A posted operation has finished. */
  onSettled(id: number, json: string, bytes: readonly Uint8Array[]): void
  /** An operation reached a limit; the cell ends with its code unless it catches the error. */
  onLimit(code: string): void
}

export interface OpenBridge extends Bridge {
  /** Number of operations running. */
  readonly underWay: number
}

/** Connects the operations to the callbacks; at most `most` operations run at once. */
export function openBridge(
  operations: Operations,
  context: OperationContext,
  most: number,
  events: BridgeEvents,
): OpenBridge {
  const given = createByteQueue()
  let resultBytes: readonly Uint8Array[] = []
  let underWay = 0

  const read = (json: unknown) => readRequest(json, given.empty(), operations, context)
  const encodeFailure = (error: unknown): string => encodeError(error, events)
  const start = async (id: number, run: () => OperationResult | Promise<OperationResult>): Promise<void> => {
    let json: string
    let bytes: readonly Uint8Array[] = []
    try {
      const answer = await run()
      json = JSON.stringify({ ok: answer[0] })
      bytes = answer[1]
    } catch (error) {
      json = encodeFailure(error)
    }
    underWay--
    events.onSettled(id, json, bytes)
  }

  return {
    give: (bytes) => given.put(bytes),
    take() {
      const [first, ...rest] = resultBytes
      resultBytes = rest
      return first ?? new Uint8Array(0)
    },
    post(id, json) {
      try {
        if (typeof id !== 'number' || underWay >= most) throw new TypeError('Too many operations at once.')
        const run = read(json)
        underWay++
        void start(id, run)
        return ''
      } catch (error) {
        return encodeFailure(error)
      }
    },
    ask(json) {
      try {
        const answer = read(json)()
        if (answer instanceof Promise) {
          answer.catch(() => undefined)
          throw new TypeError('This operation cannot be called synchronously.')
        }
        resultBytes = answer[1]
        return JSON.stringify({ ok: answer[0], bytes: resultBytes.length })
      } catch (error) {
        return encodeFailure(error)
      }
    },
    get underWay() {
      return underWay
    },
  }
}

function encodeError(error: unknown, events: BridgeEvents): string {
  const { name, message, code, ...extra } = describeError(error)
  if (name === 'LimitError' && code) events.onLimit(code)
  return JSON.stringify({ error: { name, message, code, extra } })
}

const MAX_GIVEN = 1_000_000_000

/** Collects the byte arrays that the guest passes before the request they belong to. */
function createByteQueue(): { put(bytes: unknown): void; empty(): readonly Uint8Array[] } {
  let held: Uint8Array[] = []
  let total = 0
  return {
    put(bytes) {
      if (!(bytes instanceof Uint8Array)) return
      total += bytes.length
      if (total <= MAX_GIVEN && held.length < 4096) held.push(bytes)
    },
    empty() {
      const all = held
      held = []
      total = 0
      return all
    },
  }
}
