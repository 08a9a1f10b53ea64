// Server-Sent Events: a subscriber's messages as text, heartbeats in between, an end when the client is gone.
import { setImmediate as breathe } from 'node:timers/promises'
import type { Channel } from './channel.ts'
import type { OutgoingMessage, Subscriber } from './subscriber.ts'

const HEARTBEAT_MS = 15_000
const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
}

export interface StreamOptions {
  readonly channel: Channel
  readonly viewer: Subscriber
  /** Aborts when the server shuts down. */
  readonly closing: AbortSignal
  /** Whether the stream ends when the subscriber has no more messages at the moment. */
  readonly isOver?: () => boolean
  /** The final messages, after `isOver`. */
  readonly last?: () => readonly OutgoingMessage[]
  /** Called before each heartbeat. */
  readonly onPause?: () => Promise<void>
  /** Called when the stream has ended, from either side. */
  readonly onEnd?: () => void
  readonly heartbeatMs?: number
}

/** A response that streams the subscriber's messages as fast as the client takes them. */
export function streamResponse(options: StreamOptions): Response {
  const left = new AbortController()
  const parts = partsOf(options, left.signal)
  const encoder = new TextEncoder()
  let over = false
  const end = (): void => {
    if (!over) options.onEnd?.()
    over = true
  }
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { value, done } = await parts.next()
          if (!done) return controller.enqueue(encoder.encode(value))
        } catch {
          // The client reconnects with the number of the last event it received.
        }
        end()
        if (!left.signal.aborted) controller.close()
      },
      cancel() {
        left.abort()
        void parts.return(undefined)
        end()
      },
    },
    { highWaterMark: 0 },
  )
  return new Response(body, { headers: HEADERS })
}

async function* partsOf(options: StreamOptions, left: AbortSignal): AsyncGenerator<string> {
  const { channel, viewer, closing, isOver, last, onPause, heartbeatMs = HEARTBEAT_MS } = options
  const bell = createChangeSignal(channel, [left, closing])
  try {
    yield 'retry: 1000\n\n'
    for (;;) {
      // Changes from here on are sent in the next round.
      bell.hush()
      const over = isOver?.() === true
      const told = await viewer.next()
      if (told.length > 0) {
        for (const piece of piecesOf(told)) {
          yield piece
          // Yield to the event loop: a client that reads as fast as this writes would keep all others waiting.
          await breathe()
        }
        continue
      }
      if (over) yield (last?.() ?? []).map(textOf).join('') || ': end\n\n'
      if (over || channel.ended || left.aborted || closing.aborted) return
      if (await bell.isQuiet(heartbeatMs)) {
        await onPause?.()
        yield ': heartbeat\n\n'
      }
    }
  } finally {
    bell.close()
  }
}

/** Signals each change of the channel and the abort of any of `stops`. */
function createChangeSignal(channel: Channel, stops: readonly AbortSignal[]) {
  let rung = false
  let wake: () => void = () => undefined
  const ring = (): void => {
    rung = true
    wake()
  }
  const unlisten = channel.listen(ring)
  for (const stop of stops) stop.addEventListener('abort', ring)
  return {
    hush(): void {
      rung = false
    },
    /** True if there was no signal for `ms`; false as soon as there is one. */
    async isQuiet(ms: number): Promise<boolean> {
      if (rung) return false
      const { promise, resolve } = Promise.withResolvers<boolean>()
      const timer = setTimeout(resolve, ms, true)
      wake = () => resolve(false)
      const quiet = await promise
      clearTimeout(timer)
      return quiet
    },
    close(): void {
      unlisten()
      for (const stop of stops) stop.removeEventListener('abort', ring)
    },
  }
}

/** Characters written at once: a client that reads nothing then costs this much, not a batch of large events. */
const PIECE = 65_536

/** The messages in order, small ones joined, large ones split. */
function* piecesOf(told: readonly OutgoingMessage[]): Generator<string> {
  let text = ''
  for (const one of told) {
    text += textOf(one)
    if (text.length < PIECE) continue
    for (let at = 0, end = 0; at < text.length; at = end) {
      end = at + PIECE
      // Do not split a surrogate pair.
      if (/[\ud800-\udbff]/.test(text.charAt(end - 1))) end++
      yield text.slice(at, end)
    }
    text = ''
  }
  if (text !== '') yield text
}

function textOf({ seq, event }: OutgoingMessage): string {
  return `${seq === undefined ? '' : `id: ${seq}\n`}data: ${JSON.stringify(event)}\n\n`
}
