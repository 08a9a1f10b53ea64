// The child's end of its helper processes: asks the near side for one at the first use, then talks to it directly on a pipe
// that the child was started with. One request at a time. What a helper answers is checked like a guest's.
import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import * as z from 'zod/mini'
import { FIRST_HELPER_PIPE, MAX_HELPERS, type HelperName } from '../protocol.ts'
import { createMessageReader, encodeMessage, type Message } from './messages.ts'

/** A helper process of the child, started at the first call. */
export interface Helper {
  /**
   * Rejects with the helper's error, or if it ended meanwhile; with HelperRestarted, unasked, if it is not the one of this
   * generation.
   */
  call(value: unknown, bytes: readonly Uint8Array[], generation?: number): Promise<Message>
  /** Increases whenever it is started. */
  readonly generation: number
}

export interface HelperDeps {
  /** Asks the near side for a helper on the next pipe. */
  readonly start: (name: HelperName) => void
  /** A helper is needed, and no pipe is left. */
  readonly exhausted: () => never
  /** The stream on a descriptor; another one only in tests. */
  readonly open?: (fd: number) => Duplex
}

const answer = z.union([
  z.object({ ready: z.literal(true) }),
  z.object({ ok: z.unknown() }),
  z.object({
    error: z.object({ name: z.string().check(z.maxLength(100)), message: z.string().check(z.maxLength(10_000)) }),
  }),
])

/** The helper that was meant is gone, and what it knew with it. */
export class HelperRestarted extends Error {}

/** The helpers of a child, by name; each is started at its first use, and again after it died. */
export function createHelpers({ start, exhausted, open = openPipe }: HelperDeps): (name: HelperName) => Helper {
  const clients = new Map<HelperName, Helper>()
  let pipes = 0
  const nextPipe = (name: HelperName): Duplex => {
    if (pipes === MAX_HELPERS) exhausted()
    start(name)
    return open(FIRST_HELPER_PIPE + pipes++)
  }
  return (name) => {
    const client = clients.get(name) ?? createClient(name, () => nextPipe(name))
    clients.set(name, client)
    return client
  }
}

function openPipe(fd: number): Duplex {
  return new Socket({ fd })
}

interface Running {
  ask(value: unknown, bytes: readonly Uint8Array[]): Promise<Message>
  readonly isGone: boolean
}

function createClient(name: HelperName, open: () => Duplex): Helper {
  let running: Running | undefined
  let generation = 0
  let last: Promise<unknown> = Promise.resolve()
  const ask = async (value: unknown, bytes: readonly Uint8Array[], expected?: number): Promise<Message> => {
    if (!running || running.isGone) {
      running = connect(name, open())
      generation++
    }
    if (expected !== undefined && expected !== generation) throw new HelperRestarted()
    return running.ask(value, bytes)
  }
  return {
    call(value, bytes, expected) {
      const next = last.then(() => ask(value, bytes, expected))
      last = next.catch(() => undefined)
      return next
    },
    get generation() {
      return generation
    },
  }
}

/** Speaks first only after the helper has: until then the near side holds the other end of the pipe too. */
function connect(name: HelperName, socket: Duplex): Running {
  const ready = Promise.withResolvers<void>()
  ready.promise.catch(() => undefined)
  let pending: PromiseWithResolvers<Message> | undefined
  let isGone = false
  const end = (why: string): void => {
    if (isGone) return
    isGone = true
    socket.destroy()
    const error = new Error(why)
    ready.reject(error)
    pending?.reject(error)
  }
  const read = createMessageReader((message) => {
    const said = answer.parse(message.value)
    if ('ready' in said) return ready.resolve()
    if (!pending) throw new Error('An answer without a question.')
    const { resolve, reject } = pending
    pending = undefined
    if ('error' in said) reject(Object.assign(new Error(said.error.message), { name: said.error.name }))
    else resolve({ value: said.ok, bytes: message.bytes })
  })
  const ended = `${name}: the helper process ended in the middle of this. The next call starts another.`
  socket.on('data', (chunk: Uint8Array) => {
    try {
      if (!isGone) read(chunk)
    } catch {
      end(`${name}: the helper process sent an invalid answer and was left. The next call starts another.`)
    }
  })
  for (const event of ['error', 'end', 'close']) socket.on(event, () => end(ended))
  return {
    get isGone() {
      return isGone
    },
    async ask(value, bytes) {
      await ready.promise
      const parts = encodeMessage({ value, bytes })
      if (isGone) throw new Error(ended)
      pending = Promise.withResolvers<Message>()
      const { promise } = pending
      for (const part of parts) socket.write(part)
      return promise
    },
  }
}
