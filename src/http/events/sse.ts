// Server-Sent Events: what a viewer is told as text, a heartbeat while there is nothing, an end when the client has gone.
import { setImmediate as breathe } from 'node:timers/promises'
import type { Channel } from './channel.ts'
import type { Told, Subscriber } from './subscriber.ts'

const HEARTBEAT_MS = 15_000
const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
}

export interface StreamOptions {
  readonly channel: Channel
  readonly viewer: Subscriber
  /** The server is going down, when aborted. */
  readonly closing: AbortSignal
  /** Asked when there is nothing more to tell for the moment: whether that is all. */
  readonly isOver?: () => boolean
  /** Told last, after `isOver`. */
  readonly last?: () => readonly Told[]
  /** Before each heartbeat. */
  readonly onPause?: () => Promise<void>
  /** The stream has ended, whoever ended it. */
  readonly onEnd?: () => void
  readonly heartbeatMs?: number
}

/** The answer that tells a viewer what happens, as fast as the client takes it. */
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
          // The client comes back with the number of the last event it had.
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
  const bell = createBell(channel, [left, closing])
  try {
    yield 'retry: 1000\n\n'
    for (;;) {
      // Whatever changes while this is told is told in the next round.
      bell.hush()
      const over = isOver?.() === true
      const told = await viewer.next()
      if (told.length > 0) {
        for (const piece of piecesOf(told)) {
          yield piece
          // Who reads as fast as this is written would keep all others waiting: neither waits for the loop.
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

/** Rings at each change of the channel, and when one of the signals aborts. */
function createBell(channel: Channel, stops: readonly AbortSignal[]) {
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
    /** True when it did not ring for so long; false as soon as it does. */
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

/** Characters that are written at once: who reads nothing holds so much, not a batch of large events. */
const PIECE = 65_536

/** The messages one after another, small ones together, a large one in parts. */
function* piecesOf(told: readonly Told[]): Generator<string> {
  let text = ''
  for (const one of told) {
    text += textOf(one)
    if (text.length < PIECE) continue
    for (let at = 0, end = 0; at < text.length; at = end) {
      end = at + PIECE
      // Halves of one character must not be encoded apart.
      if (/[\ud800-\udbff]/.test(text.charAt(end - 1))) end++
      yield text.slice(at, end)
    }
    text = ''
  }
  if (text !== '') yield text
}

function textOf({ seq, event }: Told): string {
  return `${seq === undefined ? '' : `id: ${seq}\n`}data: ${JSON.stringify(event)}\n\n`
}
