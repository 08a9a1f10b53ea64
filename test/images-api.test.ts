// Pictures made by an endpoint: the exact requests, the answers that count, and a sentence for everything else.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readImages } from '../src/images-setting.ts'
import { createImages, hasImages, type Images } from '../src/planner/openai-images.ts'
import { createSecret } from '../src/planner/openai-secret.ts'
import type { Drawn, DrawingRequest } from '../src/planner/planner.ts'
import { answerImages, answerPicture, formOf, PNG } from './wire/images.ts'
import { apiError, KEY, plannerOn } from './wire/planning.ts'
import * as wire from './wire/server.ts'

let server: wire.WireServer
beforeEach(async () => {
  server = await wire.startWireServer()
})
afterEach(() => server.close())

const never = new AbortController().signal
const fox: DrawingRequest = { prompt: 'a fox', name: 'fox.png', inputs: [], pictures: [] }

function imagesOf(model = 'gpt-image-2.6-sunburst', timeoutMs?: number): Images {
  return createImages({ url: server.url, shown: 'HOST', apiKey: KEY, model, timeoutMs }, createSecret(KEY))
}

async function drawn(answer: wire.WireAnswer, request = fox, images = imagesOf()): Promise<Drawn> {
  server.reply(answer)
  const result = await images.draw(request, never)
  expect(JSON.stringify(result)).not.toContain(KEY)
  return result
}

const failed = async (answer: wire.WireAnswer, images = imagesOf()): Promise<string[]> => {
  const result = await drawn(answer, fox, images)
  return result.ok ? [] : [result.code, result.message]
}

describe('a picture from words', () => {
  it('is one request with what was asked for, and nothing else', async () => {
    const result = await drawn(answerPicture(), { ...fox, size: '1536x864', quality: 'low', background: 'transparent' })
    expect(result).toEqual({
      ok: true,
      bytes: PNG,
      usage: { type: 'usage', input: 50, output: 4160, model: 'gpt-image-2.6-sunburst' },
    })
    expect(server.requests.map(({ method, path, body }) => ({ method, path, body }))).toEqual([
      {
        method: 'POST',
        path: '/v1/images/generations',
        body: {
          model: 'gpt-image-2.6-sunburst',
          prompt: 'a fox',
          size: '1536x864',
          quality: 'low',
          background: 'transparent',
        },
      },
    ])
    expect(server.requests[0]?.headers.authorization).toBe(`Bearer ${KEY}`)
  })

  it.each([
    ['fox.webp', undefined, { output_format: 'webp' }],
    ['fox.jpg', undefined, { output_format: 'jpeg' }],
    ['fox.JPEG', 'opaque', { output_format: 'jpeg', background: 'opaque' }],
    ['fox.jpg', 'transparent', { background: 'transparent' }],
    ['fox.gif', undefined, {}],
  ])('is asked for in the format of its name: %s, background %s', async (name, background, expected) => {
    await drawn(answerPicture(), { ...fox, name, ...(background ? { background } : {}) })
    expect(server.requests[0]?.body).toEqual({ model: 'gpt-image-2.6-sunburst', prompt: 'a fox', ...expected })
  })

  it('needs no usage in the answer', async () => {
    expect(await drawn(answerPicture(PNG, { usage: undefined }))).toEqual({ ok: true, bytes: PNG })
    expect(await drawn(answerPicture(PNG, { usage: { input_tokens: 'many' } }))).toEqual({ ok: true, bytes: PNG })
  })

  it('asks models of other kinds for Base64, and without that where it is refused', async () => {
    const images = imagesOf('flux')
    server.reply(wire.answerError(400, apiError("Unknown parameter: 'response_format'.")), answerPicture())
    expect(await drawn(answerPicture(), fox, images)).toMatchObject({ ok: true })
    await images.draw(fox, never)
    expect(server.requests.map(({ body }) => body)).toEqual([
      { model: 'flux', prompt: 'a fox', response_format: 'b64_json' },
      { model: 'flux', prompt: 'a fox' },
      { model: 'flux', prompt: 'a fox' },
    ])
  })

  it('takes a data URL and refuses an address', async () => {
    const data = (url: string) => answerImages({ data: [{ url }] })
    expect(await drawn(data(`data:image/png;base64,${PNG.toString('base64')}`))).toEqual({ ok: true, bytes: PNG })
    expect(await failed(data('https://files.example/fox.png'))).toEqual([
      'images_answer',
      'HOST sent no picture that can be used: it gave an address instead, which is not fetched.',
    ])
  })
})

describe('a picture from pictures', () => {
  const white = Buffer.from([0xff, 0xd8, 0xff, 0xe0])

  it('is a form with the picture and the mask', async () => {
    const pictures = [{ name: 'art/fox.png', mime: 'image/png', bytes: PNG }]
    const request = { ...fox, inputs: ['art/fox.png'], pictures, mask: 'm.png', maskBytes: PNG, quality: 'high' }
    expect(await drawn(answerPicture(), request)).toMatchObject({ ok: true })
    expect(server.requests[0]?.path).toBe('/v1/images/edits')
    expect(await formOf(server.requests[0]!)).toEqual([
      ['model', 'gpt-image-2.6-sunburst'],
      ['prompt', 'a fox'],
      ['quality', 'high'],
      ['image', `fox.png image/png ${PNG.toString('base64')}`],
      ['mask', `mask.png image/png ${PNG.toString('base64')}`],
    ])
  })

  it('is a form with all pictures in their order', async () => {
    const pictures = [
      { name: 'b.jpg', mime: 'image/jpeg', bytes: white },
      { name: '狐.png', mime: 'image/png', bytes: PNG },
    ]
    await drawn(answerPicture(), { ...fox, inputs: ['b.jpg', '狐.png'], pictures, name: 'both.webp' })
    expect(await formOf(server.requests[0]!)).toEqual([
      ['model', 'gpt-image-2.6-sunburst'],
      ['prompt', 'a fox'],
      ['output_format', 'webp'],
      ['image[]', `b.jpg image/jpeg ${white.toString('base64')}`],
      ['image[]', `狐.png image/png ${PNG.toString('base64')}`],
    ])
  })
})

describe('an endpoint that makes no picture', () => {
  it.each([
    [
      404,
      { detail: 'Not Found' },
      'There is no Images API at HOST (404); draw with canvas instead. It said: "Not Found"',
    ],
    [405, '', 'There is no Images API at HOST (405); draw with canvas instead.'],
    [404, '<!doctype html><p>404', 'There is no Images API at HOST (404); draw with canvas instead.'],
    [
      400,
      apiError('this model does not support image generation'),
      'There is no Images API at HOST (400); draw with canvas instead. It said: "this model does not support image generation"',
    ],
  ])('%i %j: it has none, and is not asked again', async (status, body, message) => {
    const images = imagesOf()
    expect(images.available).toBe(true)
    expect(await failed(wire.answerError(status, body), images)).toEqual(['images_none', message])
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
    [500, apiError('Oops'), 'endpoint_error', 'The endpoint HOST has trouble of its own (500). It said: "Oops"'],
  ])('%i %j: a sentence, and no second request', async (status, body, code, message) => {
    const images = imagesOf()
    expect(await failed(wire.answerError(status, body), images)).toEqual([code, message])
    expect(server.requests).toHaveLength(1)
    expect(images.available).toBe(true)
  })

  it('is asked once more when it asks to wait for a moment', async () => {
    server.reply(wire.answerError(429, apiError('Slow down'), { 'retry-after-ms': '5' }))
    expect(await drawn(answerPicture())).toMatchObject({ ok: true })
    server.reply(wire.answerError(429, apiError('Slow down'), { 'retry-after-ms': '5' }))
    expect(await failed(wire.answerError(429, apiError('Slow down'), { 'retry-after-ms': '5' }))).toEqual([
      'endpoint_rate_limit',
      'The endpoint HOST is over its rate limit (429). It said: "Slow down" It asks to wait 5 ms.',
    ])
    expect(server.requests).toHaveLength(4)
  })

  it('is not waited for when it asks for longer', async () => {
    expect(await failed(wire.answerError(429, apiError('Slow down'), { 'retry-after': '60' }))).toEqual([
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
    ['no data', answerImages({ created: 1 }), 'its answer holds none'],
    ['an empty list', answerImages({ data: [] }), 'its answer holds none'],
    ['neither form', answerImages({ data: [{ b64_json: null }] }), 'its answer holds none'],
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
    expect(await failed(answer)).toEqual(['images_answer', `HOST sent no picture that can be used: ${why}.`])
  })
})

describe('a connection', () => {
  it('that breaks in the middle is no picture', async () => {
    const broken: wire.WireAnswer = (response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
      response.write('{"data":')
      setTimeout(() => response.destroy(), 20)
    }
    expect(await failed(broken)).toEqual([
      'endpoint_cut',
      'The answer of HOST was cut in the middle. No file was made.',
    ])
  })

  it('that breaks before an answer is not tried twice', async () => {
    expect((await failed(wire.answerReset()))[0]).toBe('endpoint_unreachable')
    expect(server.requests).toHaveLength(1)
  })

  it('is given up after its time', async () => {
    expect(await failed(wire.answerNothing(), imagesOf('gpt-image-2.6-flare', 150))).toEqual([
      'endpoint_timeout',
      'HOST did not make the picture within 150 ms. Ask for a smaller one or a lower quality.',
    ])
  })

  it('ends at once when it is cancelled', async () => {
    server.reply(wire.answerNothing())
    const cancel = new AbortController()
    const drawing = imagesOf().draw(fox, cancel.signal)
    while (server.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    const began = performance.now()
    cancel.abort(new Error('stop'))
    await expect(drawing).rejects.toThrow('stop')
    expect(performance.now() - began).toBeLessThan(100)
    while (server.pending() > 0) await new Promise((resolve) => setTimeout(resolve, 5))
  })
})

describe('whether pictures are offered', () => {
  it.each([
    ['https://api.openai.com/v1', undefined, true],
    ['https://api.openai.com/v1/', 'auto', true],
    ['https://api.openai.com/v1', 'off', false],
    ['http://localhost:11434/v1', 'auto', false],
    ['http://localhost:11434/v1', 'on', true],
  ] as const)('%s, %s: %s', (url, setting, offered) => {
    expect(hasImages(url, setting)).toBe(offered)
  })

  it('says the person: the environment, then the config file', () => {
    const file = { images: 'OFF', imageModel: 'flux' }
    expect(readImages({}, file)).toEqual({ images: 'off', imageModel: 'flux' })
    expect(readImages({ EASEL_IMAGES: ' on ', EASEL_IMAGE_MODEL: 'sd' }, file)).toEqual({
      images: 'on',
      imageModel: 'sd',
    })
    expect(readImages({ EASEL_IMAGES: '' }, {})).toEqual({ images: undefined, imageModel: undefined })
    expect(() => readImages({ EASEL_IMAGES: 'yes' }, file)).toThrow(
      'EASEL_IMAGES cannot be "yes"; it is on, off or auto.',
    )
    expect(() => readImages({}, { images: 1 })).toThrow(
      'images in the config file cannot be "1"; it is on, off or auto.',
    )
  })

  it('ends when the endpoint says that it makes none', async () => {
    expect(plannerOn(server).draw).toBeUndefined()
    const planner = plannerOn(server, { images: 'on', imageModel: 'sd' })
    server.reply(answerPicture(), wire.answerError(404, { detail: 'Not Found' }))
    expect(await planner.draw?.(fox, never)).toMatchObject({ ok: true })
    expect(server.requests[0]?.body).toMatchObject({ model: 'sd', response_format: 'b64_json' })
    expect(await planner.draw?.(fox, never)).toMatchObject({ ok: false, code: 'images_none' })
    expect(planner.draw).toBeUndefined()
  })
})
