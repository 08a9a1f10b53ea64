// Tests what an endpoint offers and its models take. Only `easel models` does so: turns send no extra requests.
import type OpenAI from 'openai'
import type { UnsupportedFeature } from './unsupported-features.ts'
import { readConnectionError, readRefusal, type Failure } from './transport/failure.ts'
import { createReplyReader, type Reply } from './reply/reply.ts'
import type { ChatRequest } from './request.ts'
import type { Secret } from './transport/secret.ts'
import { clientOptions, loadLibrary, streamReply, type Connection } from './transport/stream.ts'
import { createSilenceTimeout, type SilenceTimeout } from './transport/silence-timeout.ts'
import { createWire, watchedFetch } from './transport/wire.ts'
import { toolsFor } from '../tools.ts'

/** `works` undefined: unknown; `said`: the reason, or details. */
export interface Finding {
  readonly what: 'streaming' | 'tools' | 'pictures' | 'Images API' | 'Responses API' | 'Chat Completions'
  readonly works: boolean | undefined
  readonly said: string
  /** What the endpoint refused, to be left out of requests to this model from now on. */
  readonly refused?: UnsupportedFeature | undefined
  /** What the endpoint accepted, so that an earlier refusal no longer counts. */
  readonly taken?: readonly UnsupportedFeature[]
}

export interface Probe {
  /** The ids of the models, or a sentence on why they cannot be listed. */
  list(): Promise<{ readonly ids: readonly string[] } | { readonly problem: string }>
  /** Three small requests; a single finding with the reason if the model cannot be asked. Throws only on abort. */
  model(): AsyncGenerator<Finding>
  /** Tests the Images API with an empty request, which costs nothing, and the other chat API with a small one. */
  endpoint(): AsyncGenerator<Finding>
}

export function createProbe(connection: Connection, secret: Secret, signal: AbortSignal): Probe {
  const ask = (request: Partial<ChatRequest>) => askOnce(connection, secret, request, signal)
  const send = (work: Work) => sendOnce(connection, work, signal)
  return {
    async list() {
      const ids: string[] = []
      const failure = await send(async (client, options) => {
        for await (const { id } of client.models.list(options)) ids.push(id)
      })
      if (!failure) return { ids }
      const none = failure.status === 404 || failure.status === 405 || failure.status === 501
      const problem = none ? `The endpoint ${connection.shown} lists no models (${failure.status}).` : failure.message
      return { problem: secret.clean(problem) }
    },
    async *model() {
      const streaming = await ask({ messages: [{ role: 'user', content: 'Say OK.' }] })
      const { failure, pieces } = streaming
      const why = failure && secret.clean(failure.message)
      if (failure && failure.capability !== 'no stream')
        return yield { what: 'streaming', works: undefined, said: why ?? '' }
      const whole = pieces <= 1 ? 'the answer comes whole' : ''
      const capability = failure ? { refused: failure.capability } : { taken: ['no stream'] as const }
      yield { what: 'streaming', works: !failure && pieces > 1, said: why ?? whole, ...capability }
      yield await tools(ask, secret)
      yield await pictures(ask, secret)
    },
    async *endpoint() {
      const images = await send((client, options) => client.post('/images/generations', { body: {}, ...options }))
      yield {
        what: 'Images API',
        ...toAvailability(images ? images.status : 200, 'an empty request', secret.clean(images?.message ?? '')),
      }
      const { model, api } = connection
      const other = await send((client, options) => {
        if (api === 'chat') return client.responses.create({ model, input: 'Say OK.', store: false }, options)
        return client.chat.completions.create({ model, messages: [{ role: 'user', content: 'Say OK.' }] }, options)
      })
      const what = api === 'chat' ? 'Responses API' : 'Chat Completions'
      yield { what, ...toAvailability(other ? other.status : 200, 'it', secret.clean(other?.message ?? '')) }
    },
  }
}

/** A red square of 64 x 64 pixels, a PNG in Base64. */
const RED =
  'iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAIAAAAlC+aJAAAAT0lEQVR42u3PQQkAAAgEsItw/dMZxQi+hcEKLNO+FgEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQGBywLQTQDx3uY1cQAAAABJRU5ErkJggg=='

type Ask = (request: Partial<ChatRequest>) => Promise<ProbeReply>

async function tools(ask: Ask, secret: Secret): Promise<Finding> {
  const offer = { tools: toolsFor({ sees: false, draws: false }) }
  const messages = [{ role: 'user' as const, content: 'Call the tool "run" with the code 1 + 1.' }]
  const free = await ask({ ...offer, messages })
  const asked =
    free.failure?.capability === 'effort none' ? await ask({ ...offer, messages, reasoning_effort: 'none' }) : free
  const what = 'tools'
  if (asked.failure) {
    const said = secret.clean(asked.failure.message)
    if (asked.failure.capability !== 'no tools') return { what, works: undefined, said }
    return { what, works: false, said, refused: 'no tools' }
  }
  if (asked.reply.calls.length === 0) return { what, works: undefined, said: 'accepted, but the model called none' }
  const capability =
    asked === free
      ? { taken: ['no tools', 'effort none'] as const }
      : { taken: ['no tools', 'no effort'] as const, refused: 'effort none' as const }
  return { what, works: true, said: asked.native ? '' : 'as text, which is read', ...capability }
}

async function pictures(ask: Ask, secret: Secret): Promise<Finding> {
  const picture = {
    type: 'image_url' as const,
    image_url: { url: `data:image/png;base64,${RED}`, detail: 'low' as const },
  }
  const question = { type: 'text' as const, text: 'Which colour is this picture? Answer with one word.' }
  const { failure, reply } = await ask({ messages: [{ role: 'user', content: [question, picture] }] })
  const what = 'pictures'
  if (failure) {
    const said = secret.clean(failure.message)
    if (failure.capability !== 'no pictures') return { what, works: undefined, said }
    return { what, works: false, said, refused: 'no pictures' }
  }
  const answer = JSON.stringify(reply.text.slice(0, 60))
  if (/red/i.test(reply.text)) return { what, works: true, said: '', taken: ['no pictures'] }
  return { what, works: undefined, said: `accepted, but the model called a red one ${answer}` }
}

interface ProbeReply {
  readonly failure: Failure | undefined
  readonly reply: Reply
  readonly pieces: number
  /** The calls came in the `tool_calls` field, not in the text. */
  readonly native: boolean
}

async function askOnce(connection: Connection, secret: Secret, request: Partial<ChatRequest>, signal: AbortSignal) {
  const { model } = connection
  const reader = createReplyReader('tools', secret, model)
  let pieces = 0
  let native = false
  const counted = {
    ...reader,
    get finished() {
      return reader.finished
    },
    take(chunk: unknown) {
      pieces++
      native ||= /"tool_calls":\[\{/.test(JSON.stringify(chunk) ?? '')
      return reader.take(chunk)
    },
  }
  const whole: ChatRequest = { messages: [], stream: true, ...request, model }
  const stream = streamReply(connection, whole, counted, signal)
  let next = await stream.next()
  while (!next.done) next = await stream.next()
  return { failure: next.value, reply: reader.end().reply, pieces, native }
}

type Work = (client: OpenAI, options: { signal: AbortSignal }) => Promise<unknown>

/** Undefined on success; else the failure, with the HTTP status if there was one. */
async function sendOnce(connection: Connection, work: Work, signal: AbortSignal) {
  const watch: SilenceTimeout = createSilenceTimeout(signal, connection.timeoutMs)
  const wire = createWire()
  try {
    const { Client } = await loadLibrary()
    watch.touch()
    const client = new Client(clientOptions(connection, watchedFetch(wire, watch)))
    await watch.race(work(client, { signal: watch.signal }))
    return undefined
  } catch (error) {
    signal.throwIfAborted()
    const sent = { tools: false, pictures: false, stream: false }
    if (wire.refusal) return { ...readRefusal(wire.refusal, connection, sent), status: wire.refusal.status }
    if (watch.silent()) return { message: `The endpoint ${connection.shown} did not answer.`, status: undefined }
    if (!wire.response) return { ...readConnectionError(error, connection), status: undefined }
    return { message: `What ${connection.shown} sent cannot be read.`, status: undefined }
  } finally {
    watch.stop()
  }
}

function toAvailability(status: number | undefined, asked: string, problem: string): Pick<Finding, 'works' | 'said'> {
  if (status === 200) return { works: true, said: '' }
  if (status === 404 || status === 405 || status === 501) return { works: false, said: `${status}` }
  if (status === 400 || status === 422) return { works: true, said: `it refused ${asked} with ${status}` }
  return { works: undefined, said: problem }
}
