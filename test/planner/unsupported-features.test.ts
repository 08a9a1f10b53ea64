// What an endpoint does not accept is learnt from the real request, which is repeated without it.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Event } from '../../sessions/event.ts'
import { readUnsupportedFeature } from '../../src/planner/openai/unsupported-features.ts'
import { textAnswer } from '../doubles/model-server/chunks.ts'
import { picture } from '../doubles/model-server/journal.ts'
import { apiError, asking, plan, plannerOn } from '../doubles/model-server/planning.ts'
import {
  answerError,
  answerStream,
  answerText,
  APIS,
  startWireServer,
  type WireServer,
} from '../doubles/model-server/server.ts'

const everything = { tools: true, pictures: true, stream: true }
const hash = 'a'.repeat(64)
const shown = { names: ['a.png'], detail: 'low', mime: 'image/png', bytes: 3, width: 8, height: 8, hash, tokens: 85 }
const journal = [
  { type: 'upload', name: 'a.png', card: picture },
  { type: 'ask', text: 'What is it?', files: ['a.png'] },
  { type: 'look', pictures: [shown], problems: [] },
] as Event[]
const look = (planner: ReturnType<typeof plannerOn>) =>
  plan(planner, journal, undefined, () => Promise.resolve(Buffer.from('AAA')))

describe.each(APIS)('Over %s', (api) => {
  let server: WireServer
  beforeEach(async () => {
    server = await startWireServer(api)
  })
  afterEach(() => server.close())
  const sent = () => server.requests.map(({ body }) => JSON.stringify(body))
  const good = answerStream(textAnswer('A cat.'))

  test('a model that takes no pictures is told of them in words, now and later', async () => {
    const refusal = answerError(500, {
      error: {
        code: 500,
        message: 'image input is not supported - hint: if this is unexpected, you may need to provide the mmproj',
      },
    })
    server.reply(refusal, good, good)
    const planner = plannerOn(server)
    expect(planner.sight).toEqual({ model: 'test-model', detail: 'auto' })
    const { step, notices } = await look(planner)
    await look(planner)
    expect(step).toEqual({ type: 'answer', text: 'A cat.' })
    expect(notices).toEqual(['The model test-model does not accept pictures; it is told about them in words.'])
    expect(sent().map((body) => body.includes('data:image/png;base64,QUFB'))).toEqual([true, false, false])
    expect(sent().map((body) => body.includes('view_images'))).toEqual([true, false, false])
    expect(sent().map((body) => body.includes('You cannot see pictures'))).toEqual([false, true, true])
    expect(planner.sight).toBeUndefined()
  })

  test('who brings a picture that is no longer shown is told so, and so is the model, once a request', async () => {
    server.reply(answerError(400, apiError('this model does not support image input')), good, good, good)
    const planner = plannerOn(server)
    await look(planner)
    const second = [
      { type: 'upload', name: 'b.png', card: picture },
      { type: 'ask', text: 'And this?', files: ['b.png'] },
    ] as Event[]
    const said = ['The model test-model does not accept pictures; it is told about them in words.']
    expect((await plan(planner, second)).notices).toEqual(said)
    expect(sent().at(-1)).toContain('You cannot see pictures')
    expect((await plan(planner, [...second, { type: 'plan', text: 'I measure.' }])).notices).toEqual([])
  })

  test('a model that takes one picture is shown the newest, and none where even one is too many', async () => {
    const one = answerError(400, apiError('At most 1 image(s) may be provided in one prompt.'))
    server.reply(one, good, one, good)
    const planner = plannerOn(server)
    const newer = { ...shown, names: ['b.png'], hash: 'b'.repeat(64) }
    const two = [...journal, { type: 'look', pictures: [newer], problems: [] }] as Event[]
    const ask = () => plan(planner, two, undefined, (hash) => Promise.resolve(Buffer.from(hash.slice(0, 3))))
    expect((await ask()).notices).toEqual([
      'The model test-model accepts one picture at a time; it is shown the newest.',
    ])
    expect((await ask()).notices).toEqual([
      'The model test-model does not accept pictures; it is told about them in words.',
    ])
    const [a, b] = ['aaa', 'bbb'].map((text) => Buffer.from(text).toString('base64'))
    expect(sent().map((body) => [body.includes(`base64,${a}`), body.includes(`base64,${b}`)])).toEqual([
      [true, true],
      [false, true],
      [false, true],
      [false, false],
    ])
  })

  test('a model that takes neither pictures nor tools is asked three times, each time for less', async () => {
    server.reply(
      answerError(400, apiError('this model does not support image input')),
      answerError(400, apiError('m does not support tools')),
      good,
    )
    const { step, notices } = await look(plannerOn(server))
    expect(step).toEqual({ type: 'answer', text: 'A cat.' })
    expect(notices).toHaveLength(2)
    expect(sent().map((body) => body.includes('"tools"'))).toEqual([true, true, false])
  })

  test('a broken picture takes no pictures away', async () => {
    server.reply(answerError(400, apiError('You uploaded an unsupported image. Please make sure your image is valid.')))
    const planner = plannerOn(server)
    const { step } = await look(planner)
    expect(step).toMatchObject({ type: 'failed', code: 'endpoint_error' })
    expect(planner.sight).toBeDefined()
    expect(server.requests).toHaveLength(1)
  })

  test('an endpoint that does not stream is asked for the whole answer, and given more time', async () => {
    const whole =
      api === 'chat'
        ? { choices: [{ message: { role: 'assistant', content: 'Hi' }, finish_reason: 'stop' }] }
        : { status: 'completed', output: [{ type: 'message', content: [{ type: 'output_text', text: 'Hi' }] }] }
    const late = answerText(JSON.stringify(whole), 'application/json')
    server.reply(answerError(400, apiError('Streaming is not supported by this model')))
    server.reply(async (response, request) => {
      await new Promise((resolve) => setTimeout(resolve, 1200))
      return late(response, request)
    }, late)
    const planner = plannerOn(server, { timeoutMs: 1000 })
    const { step, notices } = await plan(planner, asking('x'))
    await plan(planner, asking('y'))
    expect(step).toEqual({ type: 'answer', text: 'Hi' })
    expect(notices).toEqual([])
    expect(server.requests.map(({ body }) => body.stream)).toEqual([true, false, false])
    expect(sent().map((body) => body.includes('stream_options'))).toEqual([api === 'chat', false, false])
  })
})

describe('A refusal is read', () => {
  test.each([
    ['llama.cpp', 'image input is not supported by this server'],
    ['llama-cpp-python', 'Image input detected, but the loaded model is not configured with a mmproj module.'],
    ['llamafile', "The server was not compiled for multimodal or the model projector can't be loaded."],
    ['Ollama', 'this model does not support image input'],
    ['Ollama, an older one', 'this model is missing data required for image input'],
    ['vLLM', 'google/gemma-2b is not a multimodal model'],
    ['vLLM with a limit', 'At most 0 image(s) may be provided in one prompt.'],
    ['OpenAI', 'Invalid content type. image_url is only supported by certain models.'],
    ['OpenAI, asked over Responses', 'Invalid content type. input_image is only supported by certain models.'],
    ['OpenRouter', 'No endpoints found that support image input'],
    ['DeepSeek', 'Failed to deserialize the JSON body: messages[1]: unknown variant `image_url`, expected `text`'],
    [
      'Groq',
      "'messages.1' : for 'role:user' the following must be satisfied[('messages.1.content' : value must be a string)]",
    ],
    [
      'a schema',
      "[{'type': 'string_type', 'loc': ('body', 'messages', 1, 'content'), 'msg': 'Input should be a valid string'}]",
    ],
    ['LM Studio', 'Model does not support images. Please use a model that does.'],
  ])('as "no pictures" from %s', (_, text) => {
    expect(readUnsupportedFeature(text, everything)).toBe('no pictures')
    expect(readUnsupportedFeature(text, { ...everything, pictures: false })).toBeUndefined()
  })

  test.each([
    'Invalid image: could not decode base64',
    'The image is too large: 40 MB. Maximum is 20 MB, larger ones are not supported.',
    'Unsupported image format: only PNG, JPEG, GIF and WEBP are supported.',
  ])('as the fault of one picture: %s', (text) => {
    expect(readUnsupportedFeature(text, everything)).toBeUndefined()
  })

  test.each([
    'Streaming is not supported',
    "This model doesn't support streaming",
    'Your organization must be verified to stream this model.',
    'stream=true is not allowed for this deployment',
    'Cannot use tools with stream',
  ])('as "no stream": %s', (text) => {
    expect(readUnsupportedFeature(text, everything)).toBe('no stream')
  })
})
