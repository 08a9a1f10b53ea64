// Generates pictures with the endpoint's Images API, one per request. A request that may be billed is never repeated.
import type OpenAI from 'openai'
import * as z from 'zod/mini'
import type { Refusal } from '../transport/failure.ts'
import {
  imagesTimeout,
  notAPicture,
  readImagesBreak,
  readImagesRefusal,
  type ImagesEndpoint,
  type ImagesFailure,
} from './failure.ts'
import { pause } from '../transport/retry.ts'
import type { Secret } from '../transport/secret.ts'
import { formatOf } from '../../picture-format.ts'
import type { DrawingResult, DrawingRequest } from '../../planner.ts'

/** The first model of the newest family in the installed package's ImageModel list. */
export const DEFAULT_IMAGE_MODEL = 'gpt-image-2.6-sunburst' satisfies OpenAI.ImageModel

/** `auto`: only at endpoints known to have an Images API. */
export type ImagesSetting = 'auto' | 'on' | 'off'

export interface ImagesConnection extends ImagesEndpoint {
  readonly url: string
  readonly apiKey: string
  /** Milliseconds for the whole answer; default 180,000. */
  readonly timeoutMs?: number | undefined
}

export interface Images {
  /** False once the endpoint has answered that it makes no pictures. */
  readonly available: boolean
  /** Throws only when `signal` aborts. */
  draw(request: DrawingRequest, signal: AbortSignal): Promise<DrawingResult>
}

const MAX_PICTURE = 50_000_000
/** Bytes: a picture in Base64 with its JSON. */
const MAX_ANSWER = 70_000_000
const TIMEOUT_MS = 180_000
/** A longer wait is reported to the model instead. */
const MAX_WAIT_MS = 10_000

/** Whether pictures are offered at this URL. */
export function hasImages(url: string, setting: ImagesSetting = 'auto'): boolean {
  return setting === 'auto' ? url.replace(/\/+$/, '') === 'https://api.openai.com/v1' : setting === 'on'
}

/** The Images API of an endpoint. The `openai` package loads with the first `draw`. */
export function createImages(connection: ImagesConnection, secret: Secret): Images {
  let available = true
  /** Omits `response_format`: the model sends Base64 anyway, or the endpoint has refused the field. */
  let plain = /^(?:chat)?gpt-image/.test(connection.model)
  return {
    get available() {
      return available
    },
    async draw(request, signal) {
      for (let waited = false; ;) {
        const drawn = await ask(connection, request, plain, signal)
        if (drawn.ok) return drawn
        const { code, message, plainer, waitMs = Infinity } = drawn.failure
        if (code === 'images_none') available = false
        if (plainer && !plain) plain = true
        else if (!waited && waitMs <= MAX_WAIT_MS) {
          waited = true
          await pause(waitMs, signal)
        } else return { ok: false, code, message: secret.clean(message) }
      }
    },
  }
}

type ImageReply = Extract<DrawingResult, { ok: true }> | { readonly ok: false; readonly failure: ImagesFailure }

/** Transport state, recorded by our `fetch` below the `openai` package. */
interface Wire {
  began: boolean
  refusal?: Refusal
  tooLong?: boolean
}

async function ask(
  connection: ImagesConnection,
  request: DrawingRequest,
  plain: boolean,
  signal: AbortSignal,
): Promise<ImageReply> {
  signal.throwIfAborted()
  const wire: Wire = { began: false }
  const { timeoutMs = TIMEOUT_MS } = connection
  const late = new AbortController()
  const timer = setTimeout(() => late.abort(), timeoutMs)
  try {
    const both = AbortSignal.any([signal, late.signal])
    const text = await send(connection, request, plain, wire, both)
    return wire.refusal
      ? { ok: false, failure: readImagesRefusal(wire.refusal, connection) }
      : readAnswer(text, connection)
  } catch (error) {
    signal.throwIfAborted()
    if (late.signal.aborted) return { ok: false, failure: imagesTimeout(connection, timeoutMs) }
    if (wire.refusal) return { ok: false, failure: readImagesRefusal(wire.refusal, connection) }
    if (wire.tooLong) return { ok: false, failure: notAPicture(connection, ENDLESS) }
    return { ok: false, failure: readImagesBreak(error, connection, wire.began) }
  } finally {
    clearTimeout(timer)
  }
}

/** Sends the request through the package; returns the body of a successful answer. */
async function send(
  connection: ImagesConnection,
  request: DrawingRequest,
  plain: boolean,
  wire: Wire,
  signal: AbortSignal,
): Promise<string> {
  const [{ OpenAI: Client }, { toFile }] = await Promise.all([import('openai/client'), import('openai/core/uploads')])
  signal.throwIfAborted()
  const client = new Client({
    apiKey: connection.apiKey,
    adminAPIKey: null,
    baseURL: connection.url,
    maxRetries: 0,
    timeout: (connection.timeoutMs ?? TIMEOUT_MS) + 10_000,
    logLevel: 'off',
    fetch: boundedFetch(wire, signal),
  })
  const common = commonOf(connection, request, plain)
  const { pictures, maskBytes } = request
  if (pictures.length === 0) return (await client.images.generate(common, { signal }).asResponse()).text()
  const files = await Promise.all(
    pictures.map(({ name, mime, bytes }) => toFile(bytes, lastPart(name), { type: mime })),
  )
  const mask = maskBytes && (await toFile(maskBytes, 'mask.png', { type: 'image/png' }))
  const [first, ...more] = files
  const image = first && more.length === 0 ? first : files
  const body = { ...common, image, ...(mask ? { mask } : {}) }
  return (await client.images.edit(body, { signal }).asResponse()).text()
}

type Common = Pick<
  OpenAI.ImageGenerateParamsNonStreaming & OpenAI.ImageEditParamsNonStreaming,
  'prompt' | 'model' | 'size' | 'quality' | 'background' | 'output_format' | 'response_format'
>

function commonOf({ model }: ImagesEndpoint, request: DrawingRequest, plain: boolean): Common {
  const { prompt, size, quality, background } = request
  const format = /\.webp$/i.test(request.name) ? 'webp' : /\.jpe?g$/i.test(request.name) ? 'jpeg' : undefined
  const fits = format === 'webp' || (format === 'jpeg' && background !== 'transparent')
  return {
    model,
    prompt,
    ...(size === undefined ? {} : { size }),
    // Not validated here: the endpoint knows which values its model takes.
    ...(quality === undefined ? {} : { quality: quality as NonNullable<Common['quality']> }),
    ...(background === undefined ? {} : { background: background as NonNullable<Common['background']> }),
    ...(/^(?:chat)?gpt-image/.test(model) && fits ? { output_format: format } : {}),
    ...(plain ? {} : { response_format: 'b64_json' as const }),
  }
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1)
}

/** Reads a whole answer, at most MAX_ANSWER bytes; keeps the body of a refusal as received. */
function boundedFetch(wire: Wire, signal: AbortSignal): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, { ...init, signal })
    wire.began = true
    const { status, statusText, headers } = response
    const parts: Uint8Array[] = []
    let bytes = 0
    for await (const part of response.body ?? []) {
      parts.push(part as Uint8Array)
      bytes += (part as Uint8Array).length
      if (!response.ok && bytes > REFUSAL_READ) break
      wire.tooLong = bytes > MAX_ANSWER
      if (wire.tooLong) throw new Error(ENDLESS)
    }
    const body = Buffer.concat(parts)
    if (!response.ok) wire.refusal = { status, headers, body: body.toString().slice(0, REFUSAL_READ) }
    return new Response(body, { status, statusText, headers: { 'content-type': 'application/json' } })
  }
}

const REFUSAL_READ = 20_000
const ENDLESS = `its answer has more than ${MAX_ANSWER / 1e6} MB`

const text = z.optional(z.nullable(z.string()))
const answer = z.object({ data: z.array(z.object({ b64_json: text, url: text })).check(z.minLength(1)) })
const usageSchema = z.object({
  usage: z.object({ input_tokens: z.int().check(z.minimum(0)), output_tokens: z.int().check(z.minimum(0)) }),
})

function readAnswer(body: string, connection: ImagesConnection): ImageReply {
  const refuse = (what: string): ImageReply => ({ ok: false, failure: notAPicture(connection, what) })
  let parsed: unknown
  try {
    parsed = JSON.parse(body)
  } catch {
    return refuse('its answer is not valid JSON')
  }
  const read = answer.safeParse(parsed)
  const picture = read.success ? read.data.data[0] : undefined
  const given = picture?.b64_json || picture?.url
  if (!given) return refuse('its answer contains none')
  if (!picture.b64_json && !given.startsWith('data:')) return refuse('it gave an address instead, which is not fetched')
  const bytes = Buffer.from(given.replace(/^data:[^,]{0,200},/, ''), 'base64')
  if (bytes.length > MAX_PICTURE) return refuse(`it has ${bytes.length} bytes; the limit is ${MAX_PICTURE}`)
  if (!formatOf(bytes)) return refuse('the bytes are neither PNG nor JPEG nor WEBP')
  const usage = usageSchema.safeParse(parsed)
  if (!usage.success) return { ok: true, bytes }
  const { input_tokens: input, output_tokens: output } = usage.data.usage
  return { ok: true, bytes, usage: { type: 'usage', input, output, model: connection.model } }
}
