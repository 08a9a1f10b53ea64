// Image generation by an endpoint: the exact requests, the accepted answers, and a sentence for everything else.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readImages } from '../../src/config/images.ts'
import { hasImages } from '../../src/planner/openai/images/images.ts'
import {
  answerImages,
  answerPicture,
  drawn,
  failure,
  formOf,
  FOX,
  imagesOn,
  PNG,
} from '../doubles/model-server/images.ts'
import { apiError, KEY, plannerOn } from '../doubles/model-server/planning.ts'
import * as wire from '../doubles/model-server/server.ts'

let server: wire.WireServer
beforeEach(async () => {
  server = await wire.startWireServer()
})
afterEach(() => server.close())

const never = new AbortController().signal

describe('a picture from words', () => {
  it('is one request with what was asked for, and nothing else', async () => {
    const result = await drawn(server, answerPicture(), {
      ...FOX,
      size: '1536x864',
      quality: 'low',
      background: 'transparent',
    })
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
    await drawn(server, answerPicture(), { ...FOX, name, ...(background ? { background } : {}) })
    expect(server.requests[0]?.body).toEqual({ model: 'gpt-image-2.6-sunburst', prompt: 'a fox', ...expected })
  })

  it('needs no usage in the answer', async () => {
    expect(await drawn(server, answerPicture(PNG, { usage: undefined }))).toEqual({ ok: true, bytes: PNG })
    expect(await drawn(server, answerPicture(PNG, { usage: { input_tokens: 'many' } }))).toEqual({
      ok: true,
      bytes: PNG,
    })
  })

  it('asks models of other kinds for Base64, and without that where it is refused', async () => {
    const images = imagesOn(server, 'flux')
    server.reply(wire.answerError(400, apiError("Unknown parameter: 'response_format'.")), answerPicture())
    expect(await drawn(server, answerPicture(), FOX, images)).toMatchObject({ ok: true })
    await images.draw(FOX, never)
    expect(server.requests.map(({ body }) => body)).toEqual([
      { model: 'flux', prompt: 'a fox', response_format: 'b64_json' },
      { model: 'flux', prompt: 'a fox' },
      { model: 'flux', prompt: 'a fox' },
    ])
  })

  it('takes a data URL and refuses an address', async () => {
    const data = (url: string) => answerImages({ data: [{ url }] })
    expect(await drawn(server, data(`data:image/png;base64,${PNG.toString('base64')}`))).toEqual({
      ok: true,
      bytes: PNG,
    })
    expect(await failure(server, data('https://files.example/fox.png'))).toEqual([
      'images_answer',
      'HOST sent no picture that can be used: it gave an address instead, which is not fetched.',
    ])
  })
})

describe('a picture from pictures', () => {
  const white = Buffer.from([0xff, 0xd8, 0xff, 0xe0])

  it('is a form with the picture and the mask', async () => {
    const pictures = [{ name: 'art/fox.png', mime: 'image/png', bytes: PNG }]
    const request = { ...FOX, inputs: ['art/fox.png'], pictures, mask: 'm.png', maskBytes: PNG, quality: 'high' }
    expect(await drawn(server, answerPicture(), request)).toMatchObject({ ok: true })
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
    await drawn(server, answerPicture(), { ...FOX, inputs: ['b.jpg', '狐.png'], pictures, name: 'both.webp' })
    expect(await formOf(server.requests[0]!)).toEqual([
      ['model', 'gpt-image-2.6-sunburst'],
      ['prompt', 'a fox'],
      ['output_format', 'webp'],
      ['image[]', `b.jpg image/jpeg ${white.toString('base64')}`],
      ['image[]', `狐.png image/png ${PNG.toString('base64')}`],
    ])
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
    expect(await planner.draw?.(FOX, never)).toMatchObject({ ok: true })
    expect(server.requests[0]?.body).toMatchObject({ model: 'sd', response_format: 'b64_json' })
    expect(await planner.draw?.(FOX, never)).toMatchObject({ ok: false, code: 'images_none' })
    expect(planner.draw).toBeUndefined()
  })
})
