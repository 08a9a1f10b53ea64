// The host's end of the isolate wall: checks each request, starts the operation, answers with an envelope.
import * as z from 'zod/mini'
import type { Answer, Context, Operations } from './native/operation.ts'
import { productFolder } from './product.ts'

/** What the isolate's callbacks reach. None of these throws. */
export interface Bridge {
  give(bytes: unknown): void
  take(): Uint8Array
  post(id: unknown, json: unknown): string
  ask(json: unknown): string
}

export interface BridgeEvents {
  /** A posted operation is done. */
  onSettled(id: number, json: string, bytes: readonly Uint8Array[]): void
  /** An operation reached a limit; the cell is told so if it does not catch the error. */
  onLimit(code: string): void
}

export interface OpenBridge extends Bridge {
  /** Operations under way. */
  readonly underWay: number
}

const request = z.tuple([z.string().check(z.maxLength(60)), z.unknown(), z.int().check(z.minimum(0), z.maximum(4096))])
const MOST_JSON = 64_000_000
const MOST_GIVEN = 1_000_000_000

/** Connects the operations to the callbacks; `most` operations may be under way at once. */
export function openBridge(operations: Operations, context: Context, most: number, events: BridgeEvents): OpenBridge {
  let given: Uint8Array[] = []
  let givenBytes = 0
  let answered: readonly Uint8Array[] = []
  let underWay = 0

  const read = (json: unknown): { run: () => Answer | Promise<Answer> } => {
    const bytes = given
    given = []
    givenBytes = 0
    if (typeof json !== 'string' || json.length > MOST_JSON) throw new TypeError('The request is not a bounded string.')
    const [name, args, count] = request.parse(JSON.parse(json))
    if (count !== bytes.length) throw new TypeError('The request and its byte arrays do not fit.')
    const operation = Object.hasOwn(operations, name) ? operations[name] : undefined
    if (!operation) throw new TypeError(`There is no operation ${name}.`)
    return { run: () => operation(args, bytes, context) }
  }
  const failed = (error: unknown): string => {
    const { name, message, code, ...extra } = describe(error)
    if (name === 'LimitError' && code) events.onLimit(code)
    return JSON.stringify({ error: { name, message, code, extra } })
  }

  return {
    give(bytes) {
      if (!(bytes instanceof Uint8Array)) return
      givenBytes += bytes.length
      if (givenBytes <= MOST_GIVEN && given.length < 4096) given.push(bytes)
    },
    take() {
      const [first, ...rest] = answered
      answered = rest
      return first ?? new Uint8Array(0)
    },
    post(id, json) {
      try {
        if (typeof id !== 'number' || underWay >= most) throw new TypeError('Too many operations at once.')
        const { run } = read(json)
        underWay++
        void start(id, run)
        return ''
      } catch (error) {
        return failed(error)
      }
    },
    ask(json) {
      try {
        const answer = read(json).run()
        if (answer instanceof Promise) {
          answer.catch(() => undefined)
          throw new TypeError('This operation cannot be asked for.')
        }
        answered = answer[1]
        return JSON.stringify({ ok: answer[0], bytes: answered.length })
      } catch (error) {
        return failed(error)
      }
    },
    get underWay() {
      return underWay
    },
  }

  async function start(id: number, run: () => Answer | Promise<Answer>): Promise<void> {
    let json: string
    let bytes: readonly Uint8Array[] = []
    try {
      const answer = await run()
      json = JSON.stringify({ ok: answer[0] })
      bytes = answer[1]
    } catch (error) {
      json = failed(error)
    }
    underWay--
    events.onSettled(id, json, bytes)
  }
}

interface Described {
  readonly name: string
  readonly message: string
  readonly code?: string
  readonly [extra: string]: unknown
}

/** What the guest may know of an error: name, message, code and fs's fields; never a path of the host. */
function describe(error: unknown): Described {
  if (error instanceof z.core.$ZodError) {
    const issue = error.issues[0]
    return {
      name: 'TypeError',
      message: `Invalid argument${issue?.path.length ? ` ${issue.path.join('.')}` : ''}: ${issue?.message ?? ''}`,
    }
  }
  if (!(error instanceof Error)) return { name: 'Error', message: 'The operation failed.' }
  const { code, errno, syscall, path, dest } = error as NodeJS.ErrnoException & { dest?: string }
  const fs = typeof syscall === 'string' ? { errno, syscall, path: withoutHost(path), dest: withoutHost(dest) } : {}
  return {
    name: error.name,
    message: withoutHost(error.message.slice(0, 4000)),
    ...(typeof code === 'string' ? { code } : {}),
    ...fs,
  }
}

const product = productFolder()

/** Messages of native libraries may name files of the host: the scratch folder and the product. */
function withoutHost<T extends string | undefined>(text: T): T {
  return text?.replaceAll(process.cwd(), '/mnt/data').replaceAll(product, 'easel') as T
}
