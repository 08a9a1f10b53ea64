// One try at one answer: asks, shows the pieces as they come, and says how it failed if it did.
// The `openai` package writes the request and reads the stream; waiting, giving up and cancelling are ours.
import type OpenAI from 'openai'
import {
  readConnectionError,
  readRefusal,
  readStreamError,
  type Endpoint,
  type Failure,
  type Refusal,
} from './openai-failure.ts'
import type { ReplyReader } from './openai-reply.ts'
import { sayTime } from './openai-retry.ts'
import type { PlannerEvent } from './planner.ts'

export interface Connection extends Endpoint {
  readonly url: string
  readonly apiKey: string
  /** Milliseconds of silence, before the first byte and between bytes, after which the endpoint counts as lost. */
  readonly timeoutMs: number
}

type Request = OpenAI.ChatCompletionCreateParamsStreaming

/** What passed on the wire, seen below the package. */
interface Wire {
  response: Response | undefined
  refusal: Refusal | undefined
  done: boolean
  /** The body ended in the middle of a line. */
  ragged: boolean
  bytes: number
}

const BODY_READ = 20_000
/** A whole answer with all that is said around each word of it. */
const MOST_BYTES = 64_000_000
/** After the finish reason only the usage and [DONE] may follow; a server that sends neither is not waited for. */
const AFTERMATH_MS = 3000

/** Yields the answer's pieces; returns a failure, or nothing when `reply` holds a whole answer. Throws only on abort. */
export async function* streamReply(
  connection: Connection,
  request: Request,
  reply: ReplyReader,
  signal: AbortSignal,
): AsyncGenerator<PlannerEvent, Failure | undefined> {
  const watch = createWatch(signal, connection.timeoutMs)
  const wire: Wire = { response: undefined, refusal: undefined, done: false, ragged: false, bytes: 0 }
  try {
    const library = await watch.race(loadLibrary())
    watch.touch()
    const chunks = await watch.race(openStream(library, connection, request, wire, watch))
    const iterator = chunks[Symbol.asyncIterator]()
    for (;;) {
      const next = await watch.race(iterator.next())
      if (next.done) break
      const events = reply.take(next.value)
      if (!events) return notChat(connection, 'a piece of the answer has another form')
      yield* events
      if (reply.finished) watch.hurry(AFTERMATH_MS)
    }
    return wire.done || reply.finished ? undefined : cut(connection, wire)
  } catch (error) {
    signal.throwIfAborted()
    if (reply.finished) return undefined
    return watch.silent() ? silence(connection, wire) : readThrown(error, connection, wire)
  } finally {
    watch.stop()
  }
}

/** The package takes 0.3 s to load, so only a person with a model waits for it. */
async function loadLibrary() {
  const [{ OpenAI: Client }, { Stream }] = await Promise.all([import('openai/client'), import('openai/core/streaming')])
  return { Client, Stream }
}

/** Sends the request; gives the chunks of a stream, or the one answer of a server that does not stream. */
async function openStream(
  { Client, Stream }: Awaited<ReturnType<typeof loadLibrary>>,
  connection: Connection,
  request: Request,
  wire: Wire,
  watch: Watch,
): Promise<AsyncIterable<unknown>> {
  const client = new Client({
    apiKey: connection.apiKey,
    adminAPIKey: null,
    baseURL: connection.url,
    maxRetries: 0,
    timeout: connection.timeoutMs + 10_000,
    logLevel: 'off',
    fetch: watchedFetch(wire, watch),
  })
  const response = await client.chat.completions.create(request, { signal: watch.signal }).asResponse()
  const type = response.headers.get('content-type') ?? ''
  if (/application\/json/.test(type)) {
    const text = await response.text()
    wire.ragged = false
    const body: unknown = JSON.parse(text)
    if (typeof body === 'object' && body && 'error' in body && body.error)
      throw Object.assign(new Error('refused'), body)
    wire.done = true
    return once(body)
  }
  if (/text\/html/.test(type)) throw new SyntaxError('a page of HTML')
  return Stream.fromSSEResponse(response, watch.controller, client)
}

/** Notes what comes back: the body of a refusal (the package keeps only some forms of it), bytes, and the closing [DONE]. */
function watchedFetch(wire: Wire, watch: Watch): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, { ...init, signal: watch.signal })
    wire.response = response
    watch.touch()
    const { status, statusText, headers } = response
    if (!response.ok) {
      const body = await readStart(response)
      wire.refusal = { status, headers, body }
      return new Response(body, { status, statusText, headers })
    }
    let tail = ''
    const decoder = new TextDecoder()
    const spy = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        watch.touch()
        wire.bytes += chunk.length
        if (wire.bytes > MOST_BYTES) throw new SyntaxError(ENDLESS)
        tail = (tail + decoder.decode(chunk, { stream: true })).slice(-chunk.length - 20)
        if (/(?:^|[\r\n])data: ?\[DONE\]/.test(tail)) wire.done = true
        controller.enqueue(chunk)
      },
      flush() {
        wire.ragged = tail !== '' && !/[\r\n]$/.test(tail)
      },
    })
    return new Response(response.body?.pipeThrough(spy) ?? null, { status, statusText, headers })
  }
}

const ENDLESS = `it has more than ${MOST_BYTES / 1e6} MB`

async function readStart(response: Response): Promise<string> {
  let text = ''
  const decoder = new TextDecoder()
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true })
    if (text.length > BODY_READ) break
  }
  return text.slice(0, BODY_READ)
}

async function* once<T>(value: T): AsyncGenerator<T> {
  yield value
}

function cut({ shown }: Endpoint, { bytes }: Wire): Failure {
  const message = `The answer of ${shown} was cut in the middle, after ${bytes} bytes. Nothing of it was run. Try again.`
  return { code: 'endpoint_cut', message, tries: 2 }
}

function silence({ shown, timeoutMs }: Connection, { response }: Wire): Failure {
  const message = response
    ? `The endpoint ${shown} stopped in the middle of its answer: no byte for ${sayTime(timeoutMs)}. Nothing of it was run. Try again.`
    : `The endpoint ${shown} did not answer within ${sayTime(timeoutMs)}. Try again, or choose a faster model.`
  return { code: 'endpoint_timeout', message, tries: 1 }
}

function notChat({ shown }: Endpoint, what: string): Failure {
  const message = `What ${shown} sent is no chat completion: ${what}. Check OPENAI_BASE_URL; it often ends in /v1.`
  return { code: 'endpoint_error', message, tries: 1 }
}

function readThrown(error: unknown, connection: Connection, wire: Wire): Failure {
  if (wire.refusal) return readRefusal(wire.refusal, connection)
  if (!wire.response) return readConnectionError(error, connection)
  if (error instanceof SyntaxError && !wire.ragged)
    return notChat(connection, /HTML|MB/.test(error.message) ? error.message : 'it is not valid JSON')
  const inside = (error as { error?: unknown } | null)?.error
  if (inside !== undefined && inside !== null) return readStreamError(inside, connection)
  return cut(connection, wire)
}

interface Watch {
  readonly controller: AbortController
  readonly signal: AbortSignal
  /** The request goes out or a byte came: silence counts anew. */
  touch(): void
  silent(): boolean
  /** From now on silence counts after `ms`. */
  hurry(ms: number): void
  /** Rejects at once on abort or silence, whatever `work` does. */
  race<T>(work: Promise<T>): Promise<T>
  stop(): void
}

function createWatch(signal: AbortSignal, patienceMs: number): Watch {
  let timeoutMs = patienceMs
  const controller = new AbortController()
  let quiet = false
  let timer: NodeJS.Timeout | undefined
  let give: (reason: unknown) => void = () => {}
  const over = new Promise<never>((_, reject) => (give = reject))
  over.catch(() => {})
  const abort = () => {
    give(signal.reason)
    controller.abort(signal.reason)
  }
  const fallSilent = () => {
    quiet = true
    give(new Error('silence'))
    controller.abort()
  }
  const touch = () => {
    clearTimeout(timer)
    timer = setTimeout(fallSilent, timeoutMs)
  }
  if (signal.aborted) abort()
  else signal.addEventListener('abort', abort, { once: true })
  return {
    controller,
    signal: controller.signal,
    touch,
    silent: () => quiet,
    hurry(ms) {
      timeoutMs = Math.min(timeoutMs, ms)
      touch()
    },
    race: (work) => {
      work.catch(() => {})
      return Promise.race([work, over])
    },
    stop() {
      clearTimeout(timer)
      signal.removeEventListener('abort', abort)
      controller.abort()
    },
  }
}
