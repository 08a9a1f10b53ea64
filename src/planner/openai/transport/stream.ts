// One attempt at one answer: sends the request, yields the pieces as they arrive, returns the failure if there is one.
// The `openai` package serializes the request and parses the stream; waiting, timeouts and cancelling are ours.
import { readConnectionError, readRefusal, readStreamError, type Endpoint, type Failure } from './failure.ts'
import type { ReplyReader } from '../reply/reply.ts'
import { sentFeatures, type ChatRequest } from '../request.ts'
import { createChunkReader } from '../responses-api/events.ts'
import { toResponses } from '../responses-api/input.ts'
import { sayTime } from './retry.ts'
import { createSilenceTimeout, type SilenceTimeout } from './silence-timeout.ts'
import { createWire, peek, watchedFetch, type Wire } from './wire.ts'
import type { PlannerEvent } from '../../planner.ts'

export interface Connection extends Endpoint {
  readonly url: string
  readonly apiKey: string
  /** Milliseconds of silence, before the first byte and between bytes, until the request times out. */
  readonly timeoutMs: number
}

/** After the finish reason only the usage and [DONE] may follow; some servers send neither. */
const AFTERMATH_MS = 3000
/** Times `timeoutMs`: without streaming, the first byte comes only when the answer is complete. */
const UNSTREAMED_TIMEOUT_FACTOR = 5

/** Yields the answer's pieces; returns a failure, or undefined when `reply` is complete. Throws only on abort. */
export async function* streamReply(
  { timeoutMs, ...endpoint }: Connection,
  request: ChatRequest,
  reply: ReplyReader,
  signal: AbortSignal,
): AsyncGenerator<PlannerEvent, Failure | undefined> {
  const connection = { ...endpoint, timeoutMs: request.stream ? timeoutMs : timeoutMs * UNSTREAMED_TIMEOUT_FACTOR }
  const watch = createSilenceTimeout(signal, connection.timeoutMs)
  const wire = createWire()
  const readChunk = connection.api === 'responses' ? createChunkReader() : (chunk: unknown) => chunk
  try {
    const library = await watch.race(loadLibrary())
    watch.touch()
    const chunks = await watch.race(openStream(library, connection, request, wire, watch))
    const iterator = chunks[Symbol.asyncIterator]()
    for (;;) {
      const next = await watch.race(iterator.next())
      if (next.done) break
      throwComplaint(next.value)
      const events = reply.take(readChunk(next.value))
      if (!events) return notAnAnswer(connection, 'a part of the answer has an unexpected format')
      yield* events
      if (reply.finished) watch.hurry(AFTERMATH_MS)
    }
    if (wire.complaint) return readStreamError(parsed(wire.complaint), connection, sentFeatures(request))
    return wire.done || reply.finished ? undefined : cutFailure(connection, wire)
  } catch (error) {
    signal.throwIfAborted()
    if (reply.finished) return undefined
    return watch.silent() ? silenceFailure(connection, wire) : readThrown(error, connection, request, wire)
  } finally {
    watch.stop()
  }
}

/** The package takes 0.3 s to load, so it is loaded only when a model is used. */
export async function loadLibrary() {
  const [{ OpenAI: Client }, { Stream }] = await Promise.all([import('openai/client'), import('openai/core/streaming')])
  return { Client, Stream }
}

type Library = Awaited<ReturnType<typeof loadLibrary>>

/** The package's retries and logs are off, and its timeout is longer than ours. */
export function clientOptions({ apiKey, url, timeoutMs }: Connection, fetch: typeof globalThis.fetch) {
  const ours = { adminAPIKey: null, maxRetries: 0, timeout: timeoutMs + 10_000, logLevel: 'off' as const }
  return { ...ours, apiKey, baseURL: url, fetch }
}

/** Sends the request; returns the chunks of a stream, or the one answer of a server that does not stream. */
async function openStream(
  { Client, Stream }: Library,
  connection: Connection,
  request: ChatRequest,
  wire: Wire,
  watch: SilenceTimeout,
): Promise<AsyncIterable<unknown>> {
  const client = new Client(clientOptions(connection, watchedFetch(wire, watch)))
  const options = { signal: watch.signal }
  const raw =
    connection.api === 'responses'
      ? await client.responses.create(toResponses(request), options).asResponse()
      : await client.chat.completions.create(request, options).asResponse()
  if (/text\/html/.test(raw.headers.get('content-type') ?? '')) throw new SyntaxError('a page of HTML')
  const { first, response } = await peek(raw)
  if (first === '<') throw new SyntaxError('a page of HTML')
  if (first !== '{' && first !== '[') return Stream.fromSSEResponse(response, watch.controller, client)
  const text = await response.text()
  wire.ragged = false
  const body: unknown = JSON.parse(text)
  wire.done = true
  return once(Array.isArray(body) ? body[0] : body)
}

async function* once<T>(value: T): AsyncGenerator<T> {
  yield value
}

/** An error in place of a chunk, in the forms that the package lets through: `{object: "error"}`, `{message, code}`. */
function throwComplaint(value: unknown): void {
  if (typeof value !== 'object' || value === null || 'choices' in value) return
  const { error, object, message } = value as Record<string, unknown>
  const bare = typeof message === 'string' && (object === 'error' || 'code' in value)
  if (error || bare) throw Object.assign(new Error('refused'), { error: error || value })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return { message: text }
  }
}

function cutFailure({ shown }: Endpoint, { bytes }: Wire): Failure {
  const message = `The answer of ${shown} was cut off after ${bytes} bytes. Nothing was run. Try again.`
  return { code: 'endpoint_cut', message, tries: 2 }
}

function silenceFailure({ shown, timeoutMs }: Connection, { response }: Wire): Failure {
  const message = response
    ? `The endpoint ${shown} stopped in the middle of its answer: no data for ${sayTime(timeoutMs)}. Nothing was run. Try again.`
    : `The endpoint ${shown} did not answer within ${sayTime(timeoutMs)}. Try again, or choose a faster model.`
  return { code: 'endpoint_timeout', message, tries: 1 }
}

function notAnAnswer({ shown, api }: Endpoint, what: string): Failure {
  const kind = api === 'responses' ? 'no answer of the Responses API' : 'no chat completion'
  const message = `What ${shown} sent is ${kind}: ${what}. Check OPENAI_BASE_URL; it often ends in /v1.`
  return { code: 'endpoint_error', message, tries: 1 }
}

function readThrown(error: unknown, connection: Connection, request: ChatRequest, wire: Wire): Failure {
  const sent = sentFeatures(request)
  if (wire.refusal) return readRefusal(wire.refusal, connection, sent)
  if (!wire.response) return readConnectionError(error, connection)
  if (error instanceof SyntaxError && !wire.ragged)
    return notAnAnswer(connection, /HTML|MB/.test(error.message) ? error.message : 'it is not valid JSON')
  const inside = (error as { error?: unknown } | null)?.error
  if (inside !== undefined && inside !== null) return readStreamError(inside, connection, sent)
  return cutFailure(connection, wire)
}
