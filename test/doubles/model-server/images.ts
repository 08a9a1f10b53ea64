// Answers of an Images API, and the fields of a form with pictures.
import { createImages, type Images } from '../../../src/planner/openai/images/images.ts'
import { createSecret } from '../../../src/planner/openai/transport/secret.ts'
import type { DrawingResult, DrawingRequest } from '../../../src/planner/planner.ts'
import { KEY } from './planning.ts'
import type { WireAnswer, WireRequest, WireServer } from './server.ts'

/** A whole picture of one grey pixel. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==',
  'base64',
)

/** The answer of the GPT image models: Base64 and tokens. */
export function answerPicture(bytes: Uint8Array = PNG, more: object = {}): WireAnswer {
  const usage = { input_tokens: 50, output_tokens: 4160, total_tokens: 4210, input_tokens_details: {} }
  return answerImages({
    created: 1,
    data: [{ b64_json: Buffer.from(bytes).toString('base64') }],
    usage,
    ...more,
  })
}

/** Any JSON answer. */
export function answerImages(body: object): WireAnswer {
  return (response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify(body))
  }
}

/** The fields of a form in their order; a file as its name, type and text or Base64. */
export async function formOf({ headers, raw }: WireRequest): Promise<[string, string][]> {
  const type = headers['content-type'] ?? ''
  const form = await new Response(new Uint8Array(raw), { headers: { 'content-type': type } }).formData()
  return Promise.all(
    [...form].map(async ([name, value]): Promise<[string, string]> => {
      if (typeof value === 'string') return [name, value]
      const bytes = Buffer.from(await value.arrayBuffer())
      return [name, `${value.name} ${value.type} ${bytes.toString('base64')}`]
    }),
  )
}

export const FOX: DrawingRequest = { prompt: 'a fox', name: 'fox.png', inputs: [], pictures: [] }

/** The server's Images API, whose host is replaced with HOST. */
export function imagesOn({ url }: WireServer, model = 'gpt-image-2.6-sunburst', timeoutMs?: number): Images {
  return createImages({ url, shown: 'HOST', apiKey: KEY, model, timeoutMs }, createSecret(KEY))
}

/** Scripts the answer and generates a picture; the key must not appear anywhere. */
export async function drawn(
  server: WireServer,
  answer: WireAnswer,
  request = FOX,
  images = imagesOn(server),
): Promise<DrawingResult> {
  server.reply(answer)
  const result = await images.draw(request, new AbortController().signal)
  if (!result.ok && result.message.includes(KEY)) throw new Error('the API key shows')
  return result
}

/** Code and sentence of a failed generation. */
export async function failure(server: WireServer, answer: WireAnswer, images = imagesOn(server)): Promise<string[]> {
  const result = await drawn(server, answer, FOX, images)
  return result.ok ? [] : [result.code, result.message]
}
