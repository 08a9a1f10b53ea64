// The host's end of the isolate wall: starts the operation that a request names, and answers with an envelope.
import type { OperationResult, OperationContext, Operations } from '../native/operation.ts'
import * as z from 'zod/mini'
import { productFolder } from '../product.ts'

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

interface OperationError {
  readonly name: string
  readonly message: string
  readonly code?: string
  readonly [extra: string]: unknown
}

/** Describes whatever value an operation threw. */
function describeError(error: unknown): OperationError {
  if (error instanceof z.core.$ZodError) {
    const issue = error.issues[0]
    return {
      name: 'TypeError',
      message: `Invalid argument${issue?.path.length ? ` ${issue.path.join('.')}` : ''}: ${issue?.message ?? ''}`,
    }
  }
  if (!(error instanceof Error)) return { name: 'Error', message: 'The operation failed.' }
  const { code, errno, syscall, path, dest } = error as NodeJS.ErrnoException & { dest?: string }
  const fs = typeof syscall === 'string' ? { errno, syscall, path: hideHostPaths(path), dest: hideHostPaths(dest) } : {}
  return {
    name: error.name,
    message: hideHostPaths(error.message.slice(0, 4000)),
    ...(typeof code === 'string' ? { code } : {}),
    ...fs,
  }
}

const product = productFolder()

/** Replaces host paths (scratch folder, product) that native libraries put in their messages. */
function hideHostPaths<T extends string | undefined>(text: T): T {
  return text?.replaceAll(process.cwd(), '/mnt/data').replaceAll(product, 'easel') as T
}

const request = z.tuple([z.string().check(z.maxLength(60)), z.unknown(), z.int().check(z.minimum(0), z.maximum(4096))])
const MAX_JSON = 64_000_000

/** Parses a request into the operation call, not yet started. Throws TypeError. */
function readRequest(
  json: unknown,
  bytes: readonly Uint8Array[],
  operations: Operations,
  context: OperationContext,
): () => OperationResult | Promise<OperationResult> {
  if (typeof json !== 'string' || json.length > MAX_JSON) throw new TypeError('The request is not a bounded string.')
  const [name, args, count] = request.parse(JSON.parse(json))
  if (count !== bytes.length) throw new TypeError('The request does not match its byte arrays.')
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined
  if (!operation) throw new TypeError(`There is no operation ${name}.`)
  return () => operation(args, bytes, context)
}
