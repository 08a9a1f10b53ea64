import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { callChunks, chunk, textAnswer, textChunks, usageChunk } from '../doubles/model-server/chunks.ts'
import { asking, plan, plannerOn, type Planned } from '../doubles/model-server/planning.ts'
import * as wire from '../doubles/model-server/server.ts'

let server: wire.WireServer
beforeEach(async () => {
  server = await wire.startWireServer()
})
afterEach(() => server.close())

const planned = (...answers: wire.WireAnswer[]): Promise<Planned> => {
  server.reply(...answers)
  return plan(plannerOn(server), asking('x'))
}
const streamed = (...chunks: object[]) => planned(wire.answerStream(chunks))
const sse = (...lines: string[]) => planned(wire.answerText(lines.join(''), 'text/event-stream'))
const said = { type: 'answer', text: 'Hi there' }

describe('Calls of a local server', () => {
  test('without ids, index or a first name still give the cell', async () => {
    const given = { function: { name: 'run', arguments: '{"code":' } }
    const { step } = await streamed(
      chunk({ tool_calls: [given] }),
      chunk({ tool_calls: [{ function: { arguments: '"1"}' } }] }),
      chunk({}, 'stop'),
    )
    expect(step).toEqual({ type: 'run', text: '', actions: [{ code: '1' }], unreadable: [] })
  })

  test('with arguments as an object rather than text are understood (Ollama behind a proxy)', async () => {
    const call = { index: 0, id: 'a', function: { name: 'run', arguments: { code: 'let x = 1' } } }
    const { step, code } = await streamed(chunk({ tool_calls: [call] }), chunk({}, 'tool_calls'))
    expect(step).toMatchObject({ actions: [{ code: 'let x = 1' }] })
    expect(code).toBe('let x = 1')
  })

  test('that all have index 0 and no ids are told apart by their names (Ollama)', async () => {
    const call = (code: string) =>
      chunk({ tool_calls: [{ index: 0, function: { name: 'run', arguments: JSON.stringify({ code }) } }] })
    const { step, code } = await streamed(call('1'), call('2'), chunk({}, 'stop'))
    expect(step).toMatchObject({ actions: [{ code: '1' }, { code: '2' }], unreadable: [] })
    expect(code).toBe('1\n\n2')
  })

  test('that repeat their name in every piece are one call', async () => {
    const piece = (text: string) =>
      chunk({ tool_calls: [{ index: 0, id: 'a', function: { name: 'run', arguments: text } }] })
    const { step } = await streamed(piece('{"code":'), piece('"1'), piece('"}'), chunk({}, 'tool_calls'))
    expect(step).toMatchObject({ actions: [{ code: '1', callId: 'a' }], unreadable: [] })
  })

  test('with one id for two of them give two cells', async () => {
    const { step } = await streamed(
      ...callChunks([
        { id: 'call_0', code: '1' },
        { id: 'call_0', code: '2' },
      ]),
    )
    expect(step).toMatchObject({ actions: [{ code: '1' }, { code: '2' }] })
  })

  test.each(['stop', 'function_call', 'eos', 'end_turn', ''])('may end with the reason %j', async (finish) => {
    const { step } = await streamed(...callChunks([{ id: 'a', code: '1' }], { finish }))
    expect(step).toMatchObject({ type: 'run', actions: [{ code: '1' }] })
  })
})

describe('Chunks of a local server', () => {
  test('may have no choices, null choices, null usage or parts of reasoning', async () => {
    const { step, text } = await streamed(
      { id: 'x', choices: [] },
      { id: 'x', choices: null, usage: null, prompt_filter_results: [] },
      chunk({ role: 'assistant' }),
      chunk({ role: 'assistant', content: null }),
      chunk({
        content: [
          { type: 'thinking', thinking: [{ type: 'text', text: 'hm' }] },
          { type: 'text', text: 'Hi' },
        ],
      }),
      ...textAnswer(' there'),
    )
    expect(step).toEqual(said)
    expect(text).toBe('Hi there')
  })

  test.each(['reasoning_content', 'reasoning', 'thinking'])(
    'may reason in "%s", which nobody is shown',
    async (field) => {
      const { step, text } = await streamed(chunk({ [field]: 'The person wants' }), ...textAnswer('Hi there'))
      expect(step).toEqual(said)
      expect(text).toBe('Hi there')
    },
  )

  test('may lack the usage, or carry running totals: the last counts', async () => {
    expect((await streamed(...textAnswer('Hi there'))).events.filter(({ type }) => type === 'usage')).toEqual([])
    const total = (n: number) => ({ usage: { prompt_tokens: 100, completion_tokens: n } })
    const running = textAnswer('Hi there', 'stop').map((one, i) => ({ ...one, ...total(i) }))
    const { events } = await streamed(...running)
    expect(events.filter(({ type }) => type === 'usage')).toEqual([
      { type: 'usage', input: 100, output: running.length - 1, model: 'test-model' },
    ])
  })

  test('may end with [DONE] and no finish reason, with a finish reason and no [DONE], or with neither said but usage', async () => {
    expect((await streamed(...textChunks('Hi there'))).step).toEqual(said)
    expect((await planned(wire.answerStream(textAnswer('Hi there'), { withoutDone: true }))).step).toEqual(said)
    const nulls = [...textChunks('Hi there'), chunk({}, null), usageChunk(10, 2)]
    expect((await streamed(...nulls)).step).toEqual(said)
  })

  test('may come with comments to keep the line open, CRLF, no space after "data:", and a byte order mark', async () => {
    const [first, second] = [chunk({ content: 'Hi ' }), chunk({ content: 'there' }, 'stop')].map((one) =>
      JSON.stringify(one),
    )
    const { step } = await sse(
      '\uFEFF: keep-alive\r\n\r\n',
      `data:${first}\r\n\r\n`,
      ': ping\r\n\r\n',
      `event: message\r\nid: 7\r\ndata: ${second}\r\n\r\n`,
      'data: [DONE]\r\n\r\n',
    )
    expect(step).toEqual(said)
  })
})

describe('A whole answer of a local server', () => {
  const call = { id: 'a', type: 'function', function: { name: 'run', arguments: '{"code":"1"}' } }
  const message = { role: 'assistant', content: 'Plan.', tool_calls: [call] }
  const body = JSON.stringify({ choices: [{ index: 0, message, finish_reason: 'tool_calls' }] })

  test.each(['application/json', 'text/event-stream', 'text/plain'])('may call its JSON %s', async (type) => {
    const { step } = await planned(wire.answerText(` \n${body}`, type))
    expect(step).toMatchObject({ text: 'Plan.', actions: [{ code: '1', callId: 'a' }] })
  })

  test('may be a stream that is called JSON', async () => {
    const events = `data: ${JSON.stringify(chunk({ content: 'Hi there' }, 'stop'))}\n\ndata: [DONE]\n\n`
    expect((await planned(wire.answerText(events, 'application/json'))).step).toEqual(said)
  })
})

describe('An error within a good status', () => {
  const context = 'the request exceeds the available context size, try increasing it'
  const tooLong = (text: string) => ({
    type: 'failed',
    code: 'endpoint_context',
    message: `The conversation is too long for the model "test-model" (500). Start a new session. It said: "${text}"`,
  })

  test.each([
    [
      'as data (llama.cpp, vLLM)',
      `data: {"error":{"code":400,"message":"${context}","type":"exceed_context_size_error"}}\n\n`,
    ],
    ['as a field of its own (llama.cpp of 2025)', `error: {"code":400,"message":"${context}"}\n\ndata: [DONE]\n\n`],
    ['as an event', `event: error\ndata: {"message":"${context}","code":400}\n\n`],
    [
      'in the place of a chunk (vLLM)',
      `data: {"object":"error","message":"${context}","code":400}\n\ndata: [DONE]\n\n`,
    ],
    ['as plain text (Ollama)', `data: {"error":"${context}"}\n\n`],
  ])('is read %s', async (_, body) => {
    expect((await sse(body)).step).toEqual(tooLong(context))
    expect(server.requests).toHaveLength(1)
  })

  test('is read in a list (Google)', async () => {
    const { step } = await planned(wire.answerError(400, [{ error: { code: 400, message: 'Bad thing' } }]))
    expect(step).toMatchObject({
      message: expect.stringMatching(/refused the request \(400\)\. It said: "Bad thing"$/),
    })
  })
})

describe('A model that is still loading', () => {
  const loading = wire.answerError(503, { error: { code: 503, message: 'Loading model', type: 'unavailable_error' } })

  test('is waited for longer than other trouble, and said once (llama.cpp)', async () => {
    const { step, notices } = await planned(
      ...Array.from({ length: 6 }, () => loading),
      wire.answerStream(textAnswer('Hi there')),
    )
    expect(step).toEqual(said)
    expect(notices).toEqual([
      `The endpoint ${server.url} is still loading the model "test-model" (503). It said: "Loading model" Waiting 5 ms, then try 2 of 20.`,
    ])
  })

  test('is waited for as Retry-After asks', async () => {
    const busy = wire.answerError(503, { error: { message: 'Loading model' } }, { 'retry-after': '0.1' })
    const { answers, order } = wire.answersAfter(90, busy, wire.answerStream(textAnswer('Hi there')))
    await planned(...answers)
    expect(order).toEqual(['asked', 'waited', 'asked again'])
  })
})

test('An answer that is reasoning to the output limit says so', async () => {
  const thinking = wire.answerStream([chunk({ content: '<think>Let me see' }), chunk({}, 'length')])
  const { step } = await planned(thinking, thinking)
  expect(step).toMatchObject({
    code: 'endpoint_error',
    message: `The model "test-model" at ${server.url} reached its output limit before it answered. Ask for less, or choose another model. Tried 2 times.`,
  })
})
