// An Images API that refuses, breaks off or sends no picture: an error code and sentence each, and no second request.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AT_ONCE, turnsUntil } from '../measures.ts'
import { answerImages, answerPicture, drawn, failure, FOX, imagesOn, PNG } from '../doubles/model-server/images.ts'
import { apiError, KEY } from '../doubles/model-server/planning.ts'
import * as wire from '../doubles/model-server/server.ts'

let server: wire.WireServer
beforeEach(async () => {
  server = await wire.startWireServer()
})
afterEach(() => server.close())

describe('an endpoint that makes no picture', () => {
  it.each([
    [404, { detail: 'Not Found' }, 'There is no Images API at HOST (404). It said: "Not Found"'],
    [405, '', 'There is no Images API at HOST (405).'],
    [404, '<!doctype html><p>404', 'There is no Images API at HOST (404).'],
    [
      400,
      apiError('this model does not support image generation'),
      'There is no Images API at HOST (400). It said: "this model does not support image generation"',
    ],
  ])('%i %j: it has none, and is not asked again', async (status, body, message) => {
    const images = imagesOn(server)
    expect(images.available).toBe(true)
    expect(await failure(server, wire.answerError(status, body), images)).toEqual(['images_none', message])
    expect(images.available).toBe(false)
  })

  it.each([
    [
      400,
      apiError('Your request was rejected by the safety system.', { code: 'moderation_blocked' }),
      'images_filter',
      'HOST refused to make this picture (400). It said: "Your request was rejected by the safety system."',
    ],
    [
      401,
      apiError(`Incorrect API key provided: ${KEY}.`),
      'endpoint_auth',
      'The endpoint HOST refused the API key (401). Check OPENAI_API_KEY. It said: "Incorrect API key provided: [API key]."',
    ],
    [
      404,
      apiError('The model `gpt-image-2.6-sunburst` does not exist', { code: 'model_not_found' }),
      'endpoint_model',
      'HOST has no image model "gpt-image-2.6-sunburst" (404). Set EASEL_IMAGE_MODEL. It said: "The model `gpt-image-2.6-sunburst` does not exist"',
    ],
    [
      400,
      apiError('Invalid size 7x7.', { param: 'size' }),
      'endpoint_error',
      'The endpoint HOST refused the request (400). It said: "Invalid size 7x7."',
    ],
    [413, 'Too large', 'endpoint_error', 'The request is larger than HOST takes (413). It said: "Too large"'],
    [
      429,
      apiError('You exceeded your current quota', { code: 'insufficient_quota' }),
      'endpoint_quota',
      'The account\'s quota at HOST is used up (429). Add credit or use another key. It said: "You exceeded your current quota"',
    ],
    [500, apiError('Oops'), 'endpoint_error', 'The endpoint HOST has an internal error (500). It said: "Oops"'],
  ])('%i %j: a sentence, and no second request', async (status, body, code, message) => {
    const images = imagesOn(server)
    expect(await failure(server, wire.answerError(status, body), images)).toEqual([code, message])
    expect(server.requests).toHaveLength(1)
    expect(images.available).toBe(true)
  })

  it('is asked once more when it asks to wait for a moment', async () => {
    server.reply(wire.answerError(429, apiError('Slow down'), { 'retry-after-ms': '5' }))
    expect(await drawn(server, answerPicture())).toMatchObject({ ok: true })
    server.reply(wire.answerError(429, apiError('Slow down'), { 'retry-after-ms': '5' }))
    expect(await failure(server, wire.answerError(429, apiError('Slow down'), { 'retry-after-ms': '5' }))).toEqual([
      'endpoint_rate_limit',
      'The endpoint HOST is over its rate limit (429). It said: "Slow down" It asks to wait 5 ms.',
    ])
    expect(server.requests).toHaveLength(4)
  })

  it('is not waited for when it asks for longer', async () => {
    expect(await failure(server, wire.answerError(429, apiError('Slow down'), { 'retry-after': '60' }))).toEqual([
      'endpoint_rate_limit',
      'The endpoint HOST is over its rate limit (429). It said: "Slow down" It asks to wait 1 min 0 s.',
    ])
    expect(server.requests).toHaveLength(1)
  })
})

describe('an answer that is no picture', () => {
  const b64 = (text: string | Buffer) => answerImages({ data: [{ b64_json: Buffer.from(text).toString('base64') }] })
  it.each([
    ['JSON that is none', wire.answerText('{"data": [', 'application/json'), 'its answer is not valid JSON'],
    ['a page', wire.answerText('<!doctype html>', 'text/html'), 'its answer is not valid JSON'],
    ['no data', answerImages({ created: 1 }), 'its answer contains none'],
    ['an empty list', answerImages({ data: [] }), 'its answer contains none'],
    ['neither form', answerImages({ data: [{ b64_json: null }] }), 'its answer contains none'],
    ['a GIF', b64('GIF89a...'), 'the bytes are neither PNG nor JPEG nor WEBP'],
    ['SVG', b64('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'the bytes are neither PNG nor JPEG nor WEBP'],
    [
      '50 MB and a byte',
      b64(Buffer.concat([PNG, Buffer.alloc(50_000_001 - PNG.length)])),
      'it has 50000001 bytes; the limit is 50000000',
    ],
    [
      'more than any picture',
      wire.answerText('x'.repeat(70_000_001), 'application/json'),
      'its answer has more than 70 MB',
    ],
  ])('%s', async (_, answer, why) => {
    expect(await failure(server, answer)).toEqual(['images_answer', `HOST sent no picture that can be used: ${why}.`])
  })
})

describe('a connection', () => {
  it('that breaks in the middle is no picture', async () => {
    const broken: wire.WireAnswer = (response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
      response.write('{"data":')
      setTimeout(() => response.destroy(), 20)
    }
    expect(await failure(server, broken)).toEqual(['endpoint_cut', 'The answer of HOST was cut off. No file was made.'])
  })

  it('that breaks before an answer is not tried twice', async () => {
    expect((await failure(server, wire.answerReset()))[0]).toBe('endpoint_unreachable')
    expect(server.requests).toHaveLength(1)
  })

  it('is given up after its time', async () => {
    expect(await failure(server, wire.answerNothing(), imagesOn(server, 'gpt-image-2.6-flare', 150))).toEqual([
      'endpoint_timeout',
      'HOST did not make the picture within 150 ms. Ask for a smaller one or a lower quality.',
    ])
  })

  it('ends at once when it is cancelled', async () => {
    server.reply(wire.answerNothing())
    const cancel = new AbortController()
    const drawing = imagesOn(server).draw(FOX, cancel.signal)
    while (server.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    cancel.abort(new Error('stop'))
    expect(await turnsUntil(drawing)).toBeLessThan(AT_ONCE)
    await expect(drawing).rejects.toThrow('stop')
    while (server.pending() > 0) await new Promise((resolve) => setTimeout(resolve, 5))
  })
})
