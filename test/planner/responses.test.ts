import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Event } from '../../sessions/event.ts'
import { toResponses } from '../../src/planner/openai/responses-api/input.ts'
import { createChunkReader } from '../../src/planner/openai/responses-api/events.ts'
import { systemPrompt } from '../../src/planner/prompt.ts'
import { toolsFor } from '../../src/planner/tools.ts'
import { callChunks, textAnswer, usageChunk } from '../doubles/model-server/chunks.ts'
import { cell, result } from '../doubles/model-server/journal.ts'
import { apiError, asking, plan, plannerOn } from '../doubles/model-server/planning.ts'
import {
  answerError,
  answerStream,
  answerText,
  startWireServer,
  type WireServer,
} from '../doubles/model-server/server.ts'

let server: WireServer
beforeEach(async () => {
  server = await startWireServer('responses')
})
afterEach(() => server.close())

describe('A request to the Responses API', () => {
  test('is exactly this on the wire', async () => {
    server.reply(answerStream(textAnswer('Hello')))
    await plan(plannerOn(server, { apiKey: 'sk-test-1234567890' }), asking('hi'))
    const [request] = server.requests
    expect(request?.path).toBe('/v1/responses')
    expect(request?.headers.authorization).toBe('Bearer sk-test-1234567890')
    expect(request?.body).toEqual({
      model: 'test-model',
      instructions: systemPrompt('tools'),
      input: [{ role: 'user', content: 'hi' }],
      store: false,
      stream: true,
      tools: toolsFor({ sees: false, draws: false }).map(({ function: { name, description, parameters } }) => {
        return { type: 'function', name, description, parameters, strict: false }
      }),
    })
  })

  test('tells calls and their results as items, and begins with the whole former request', async () => {
    server.reply(
      answerStream(callChunks([{ id: 'call_a', code: '1' }], { text: 'I count.' })),
      answerStream(textAnswer('One.')),
    )
    const planner = plannerOn(server)
    const journal: Event[] = [...asking('x')]
    await plan(planner, journal)
    journal.push({ type: 'plan', text: 'I count.' }, cell(1, '1', { callId: 'call_a' }), result(1))
    await plan(planner, journal)
    const [first, second] = server.requests.map(({ body }) => (body as unknown as { input: object[] }).input)
    expect(second?.slice(0, first?.length)).toEqual(first)
    expect(second?.slice(first?.length)).toEqual([
      { role: 'assistant', content: 'I count.' },
      { type: 'function_call', call_id: 'call_a', name: 'run', arguments: '{"code":"1"}' },
      { type: 'function_call_output', call_id: 'call_a', output: expect.stringMatching(/^cell 1, status: ok/) },
    ])
  })

  test('carries pictures with their detail beside the text', () => {
    const url = 'data:image/png;base64,AAAA'
    const content = [
      { type: 'text' as const, text: 'What is it?' },
      { type: 'image_url' as const, image_url: { url, detail: 'low' as const } },
      { type: 'image_url' as const, image_url: { url } },
    ]
    expect(toResponses({ model: 'm', messages: [{ role: 'user', content }], stream: true }).input).toEqual([
      {
        role: 'user',
        content: [
          { type: 'input_text', text: 'What is it?' },
          { type: 'input_image', image_url: url, detail: 'low' },
          { type: 'input_image', image_url: url, detail: 'auto' },
        ],
      },
    ])
  })
})

describe('An answer of the Responses API', () => {
  test('counts the tokens that came from the cache', async () => {
    server.reply(answerStream([...textAnswer('Hi'), usageChunk(900, 12, 768)]))
    const { events } = await plan(plannerOn(server), asking('hi'))
    expect(events.at(-1)).toEqual({ type: 'usage', input: 900, output: 12, cached: 768, model: 'test-model' })
  })

  test('may come whole', async () => {
    const output = [
      { type: 'reasoning', id: 'rs_1', summary: [] },
      { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'I count.' }] },
      { type: 'function_call', call_id: 'a', name: 'run', arguments: '{"code":"1"}' },
    ]
    const usage = { input_tokens: 10, output_tokens: 5 }
    server.reply(
      answerText(
        JSON.stringify({ object: 'response', status: 'completed', error: null, output, usage }),
        'application/json',
      ),
    )
    const { step, events } = await plan(plannerOn(server), asking('x'))
    expect(step).toEqual({ type: 'run', text: 'I count.', actions: [{ code: '1', callId: 'a' }], unreadable: [] })
    expect(events.at(-1)).toEqual({ type: 'usage', input: 10, output: 5, model: 'test-model' })
  })

  test.each([
    [
      'only in the events that close a place',
      [
        { type: 'response.output_text.done', output_index: 0, content_index: 0, text: 'Hi' },
        { type: 'response.function_call_arguments.done', output_index: 1, arguments: '{"code":"1"}' },
        {
          type: 'response.output_item.done',
          output_index: 1,
          item: { type: 'function_call', call_id: 'a', name: 'run', arguments: '{"code":"1"}' },
        },
        { type: 'response.completed', response: { output: [] } },
      ],
    ],
    [
      'only in the last event',
      [
        {
          type: 'response.completed',
          response: {
            output: [
              { type: 'message', content: [{ type: 'output_text', text: 'Hi' }] },
              { type: 'function_call', call_id: 'a', name: 'run', arguments: '{"code":"1"}' },
            ],
          },
        },
      ],
    ],
    [
      'in every event',
      [
        { type: 'response.output_text.delta', output_index: 0, content_index: 0, delta: 'Hi' },
        { type: 'response.output_text.done', output_index: 0, content_index: 0, text: 'Hi' },
        {
          type: 'response.output_item.added',
          output_index: 1,
          item: { type: 'function_call', call_id: 'a', name: 'run', arguments: '' },
        },
        { type: 'response.function_call_arguments.delta', output_index: 1, delta: '{"code":"1"}' },
        { type: 'response.function_call_arguments.done', output_index: 1, arguments: '{"code":"1"}' },
        {
          type: 'response.completed',
          response: {
            output: [
              { type: 'message', content: [{ type: 'output_text', text: 'Hi' }] },
              { type: 'function_call', call_id: 'a', name: 'run', arguments: '{"code":"1"}' },
            ],
          },
        },
      ],
    ],
  ])('may say a thing %s: it counts once', async (_, events) => {
    server.reply(answerText(events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''), 'text/event-stream'))
    const { step, text, code } = await plan(plannerOn(server), asking('x'))
    expect(step).toMatchObject({ type: 'run', text: 'Hi', unreadable: [] })
    expect(step).toMatchObject({ actions: [{ code: '1' }] })
    expect(text).toBe('Hi')
    expect(code).toBe('1')
  })

  test('that refuses is told as the answer', async () => {
    const refusal = (delta: string) => ({ type: 'response.refusal.delta', output_index: 0, content_index: 0, delta })
    const events = [refusal('I cannot '), refusal('do that.'), { type: 'response.completed', response: { output: [] } }]
    const read = createChunkReader()
    expect(events.map(read)).toEqual([
      { choices: [{ delta: { refusal: 'I cannot ' } }] },
      { choices: [{ delta: { refusal: 'do that.' } }] },
      { choices: [{ delta: {}, finish_reason: 'stop' }] },
    ])
  })

  test('that fails in the end is a failure with its words', async () => {
    const failed = {
      type: 'response.failed',
      response: { error: { code: 'server_error', message: 'The model broke.' } },
    }
    const answer = answerText(`event: response.failed\ndata: ${JSON.stringify(failed)}\n\n`, 'text/event-stream')
    server.reply(answer, answer)
    const { step } = await plan(plannerOn(server), asking('x'))
    expect(step).toMatchObject({
      code: 'endpoint_error',
      message: `The endpoint ${server.url} has an internal error (500). It said: "The model broke." Tried 2 times.`,
    })
  })
})

test('A model that speaks only the Responses API is asked for by name', async () => {
  const message = 'This model is only supported in v1/responses and not in v1/chat/completions.'
  server.reply(answerError(404, apiError(message)))
  const { step } = await plan(plannerOn(server, { api: 'chat' }), asking('x'))
  expect(step).toEqual({
    type: 'failed',
    code: 'endpoint_model',
    message: `The model "test-model" supports only the Responses API at ${server.url}. Use --api responses. It said: "${message}"`,
  })
})
