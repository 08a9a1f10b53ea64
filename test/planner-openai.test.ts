import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Event } from '../sessions/event.ts'
import { createOpenAiPlanner, DEFAULT_MODEL } from '../src/planner/openai.ts'
import { systemPrompt } from '../src/planner/prompt.ts'
import { RUN_TOOL } from '../src/planner/tools.ts'
import { callChunks, chunk, textAnswer, textChunks, usageChunk } from './wire/chunks.ts'
import { asking, plan, plannerOn } from './wire/planning.ts'
import { answerError, answerStream, answerText, startWireServer, type WireServer } from './wire/server.ts'

let server: WireServer
beforeEach(async () => {
  server = await startWireServer()
})
afterEach(() => server.close())

const SNIPPET = "import sharp from 'sharp'\nawait sharp('a.png').grayscale().toFile('灰度 😀.png') // \"x\" \\n"

describe('The request', () => {
  test('is a streaming chat completion with one tool, exactly this on the wire', async () => {
    server.reply(answerStream(textAnswer('Hello')))
    await plan(plannerOn(server, { apiKey: 'sk-test-1234567890' }), asking('hi'))
    const [request] = server.requests
    expect(request?.path).toBe('/v1/chat/completions')
    expect(request?.headers.authorization).toBe('Bearer sk-test-1234567890')
    expect(request?.body).toEqual({
      model: 'test-model',
      messages: [
        { role: 'system', content: systemPrompt('tools') },
        { role: 'user', content: 'hi' },
      ],
      stream: true,
      tools: [RUN_TOOL],
      stream_options: { include_usage: true },
    })
    expect(RUN_TOOL.function.parameters?.['required']).toEqual(['code'])
  })

  test('carries a placeholder key when there is only a base URL, whatever the environment holds', async () => {
    server.reply(answerStream(textAnswer('Hello')), answerStream(textAnswer('Hello')))
    await plan(plannerOn(server), asking('hi'))
    await plan(plannerOn(server, { apiKey: '' }), asking('hi'))
    expect(server.requests.map((request) => request.headers.authorization)).toEqual(['Bearer none', 'Bearer none'])
  })

  test('begins with the whole former request, so that a prompt cache holds', async () => {
    server.reply(answerStream(callChunks([{ id: 'a', code: '1' }])), answerStream(textAnswer('Done')), answerStream(textAnswer('Yes')))
    const planner = plannerOn(server)
    const journal: Event[] = [...asking('x')]
    const { step } = await plan(planner, journal)
    const code = step.type === 'run' ? (step.cells[0]?.code ?? '') : ''
    journal.push({ type: 'cell', cell: 1, code, seed: 1, clock: 0, callId: 'a' }, { type: 'result', cell: 1, status: 'ok', ms: 1, names: [] })
    await plan(planner, journal)
    journal.push({ type: 'message', text: 'Done' }, { type: 'end', status: 'ok' }, ...asking('again'))
    await plan(planner, journal)
    const bodies = server.requests.map((request) => JSON.stringify(request.body.messages).slice(0, -1))
    expect(bodies).toHaveLength(3)
    expect(bodies[1]?.startsWith(bodies[0] ?? '?')).toBe(true)
    expect(bodies[2]?.startsWith(bodies[1] ?? '?')).toBe(true)
    expect(new Set(server.requests.map(({ body }) => JSON.stringify({ ...body, messages: [] }))).size).toBe(1)
  })

  test('goes to a base URL with a slash at its end too', async () => {
    server.reply(answerStream(textAnswer('Hello')))
    await plan(plannerOn(server, { baseUrl: `${server.url}/` }), asking('hi'))
    expect(server.requests[0]?.path).toBe('/v1/chat/completions')
  })

  test('names a current model by default, and the address without its secrets', () => {
    expect(DEFAULT_MODEL).toBe('gpt-6.1-terra')
    expect(createOpenAiPlanner({}).description).toBe('The model gpt-6.1-terra at https://api.openai.com/v1 answers.')
    const hidden = createOpenAiPlanner({ baseUrl: 'http://me:secret@host:8000/v1?api-key=abc', model: 'm' })
    expect(hidden.description).toBe('The model m at http://host:8000/v1 answers.')
  })
})

describe('An answer', () => {
  test('in text streams as deltas and is the step', async () => {
    server.reply(answerStream([...textAnswer('Done: 灰度 😀.png is ready.'), usageChunk(900, 12, 768)], { pieceBytes: 3 }))
    const { step, text, events } = await plan(plannerOn(server), asking('hi'))
    expect(step).toEqual({ type: 'answer', text: 'Done: 灰度 😀.png is ready.' })
    expect(text).toBe('Done: 灰度 😀.png is ready.')
    expect(events.filter((event) => event.type === 'delta').length).toBeGreaterThan(2)
    expect(events.at(-1)).toEqual({ type: 'usage', input: 900, output: 12, cached: 768 })
  })

  test('with a tool call streams the plan, then the decoded code, however the arguments are split', async () => {
    for (const size of [1, 2, 3, 5, 8, 1000]) {
      server.reply(answerStream(callChunks([{ id: 'call_a', code: SNIPPET }], { text: 'Making it gray.', size })))
      const { step, text, code } = await plan(plannerOn(server), asking('gray'))
      expect(step).toEqual({
        type: 'run',
        text: 'Making it gray.',
        cells: [{ code: SNIPPET, callId: 'call_a' }],
        unreadable: [],
      })
      expect(text).toBe('Making it gray.')
      expect(code).toBe(SNIPPET)
    }
  })

  test('keeps the purpose', async () => {
    const json = JSON.stringify({ purpose: ' make it gray ', code: '1' })
    server.reply(answerStream(callChunks([{ id: 'a', arguments: json }])))
    const { step } = await plan(plannerOn(server), asking('gray'))
    expect(step).toMatchObject({ cells: [{ code: '1', purpose: 'make it gray', callId: 'a' }] })
  })

  test('with several tool calls gives several cells in order', async () => {
    server.reply(answerStream(callChunks([{ id: 'a', code: '1' }, { id: 'b', code: '2' }, { id: 'c', code: '3' }])))
    const { step } = await plan(plannerOn(server), asking('x'))
    expect(step).toMatchObject({ cells: [{ code: '1', callId: 'a' }, { code: '2', callId: 'b' }, { code: '3', callId: 'c' }] })
  })

  test('whose calls all have index 0 is told apart by the ids', async () => {
    server.reply(answerStream(callChunks([{ id: 'a', code: '1', index: 0 }, { id: 'b', code: '2', index: 0 }])))
    const { step } = await plan(plannerOn(server), asking('x'))
    expect(step).toMatchObject({ cells: [{ code: '1' }, { code: '2' }], unreadable: [] })
  })

  test('without ids, index or a first name still gives the cell', async () => {
    const given = { function: { name: 'run', arguments: '{"code":' } }
    const chunks = [chunk({ tool_calls: [given] }), chunk({ tool_calls: [{ function: { arguments: '"1"}' } }] }), chunk({}, 'stop')]
    server.reply(answerStream(chunks))
    const { step } = await plan(plannerOn(server), asking('x'))
    expect(step).toEqual({ type: 'run', text: '', cells: [{ code: '1' }], unreadable: [] })
  })

  test('with arguments as an object rather than text is understood', async () => {
    const call = { index: 0, id: 'a', function: { name: 'run', arguments: { code: 'let x = 1' } } }
    server.reply(answerStream([chunk({ tool_calls: [call] }), chunk({}, 'tool_calls')]))
    const { step, code } = await plan(plannerOn(server), asking('x'))
    expect(step).toMatchObject({ cells: [{ code: 'let x = 1' }] })
    expect(code).toBe('let x = 1')
  })

  test('in one piece of JSON, from a server that does not stream, is understood', async () => {
    const call = { id: 'a', type: 'function', function: { name: 'run', arguments: '{"code":"1"}' } }
    const message = { role: 'assistant', content: 'Plan.', tool_calls: [call] }
    server.reply(answerText(JSON.stringify({ choices: [{ index: 0, message, finish_reason: 'tool_calls' }] }), 'application/json'))
    const { step } = await plan(plannerOn(server), asking('x'))
    expect(step).toMatchObject({ text: 'Plan.', cells: [{ code: '1', callId: 'a' }] })
  })

  test('with chunks that have no choices, null choices, or reasoning parts is understood', async () => {
    const odd = [
      { id: 'x', choices: [] },
      { id: 'x', choices: null, usage: null, prompt_filter_results: [] },
      chunk({ role: 'assistant', content: null, reasoning_content: 'hm' }),
      chunk({ content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'hm' }] }, { type: 'text', text: 'Hi' }] }),
    ]
    server.reply(answerStream([...odd, ...textAnswer(' there')]))
    const { step } = await plan(plannerOn(server), asking('x'))
    expect(step).toEqual({ type: 'answer', text: 'Hi there' })
  })

  test('that a server neither closes nor marks done is whole after its finish reason', async () => {
    const chunks = textAnswer('Hi')
    server.reply(answerStream(chunks, { hangAfter: chunks.length }))
    const { step } = await plan(plannerOn(server, { timeoutMs: 100 }), asking('x'))
    expect(step).toEqual({ type: 'answer', text: 'Hi' })
  })

  test('without a finish reason but with [DONE] is whole', async () => {
    server.reply(answerStream(textChunks('Hi there')))
    expect((await plan(plannerOn(server), asking('x'))).step).toEqual({ type: 'answer', text: 'Hi there' })
  })

  test('that repeats the key shows it nowhere', async () => {
    const key = 'sk-test-1234567890'
    const code = `console.log('${key}')`
    server.reply(answerStream(callChunks([{ id: 'a', code }], { text: `Your key is ${key}.`, size: 4 })))
    const planned = await plan(plannerOn(server, { apiKey: key }), asking('x'))
    expect(JSON.stringify(planned)).not.toContain(key)
    expect(planned.code).toBe("console.log('[API key]')")
    expect(planned.text).toBe('Your key is [API key].')
  })
})

describe('A tool call that cannot be read', () => {
  const problemOf = async (chunks: object[]) => {
    server.reply(answerStream(chunks))
    const { step } = await plan(plannerOn(server), asking('x'))
    return step.type === 'run' ? step.unreadable : []
  }

  test('goes back with what is wrong: no JSON', async () => {
    const [call] = await problemOf(callChunks([{ id: 'a', arguments: 'await sharp()' }]))
    expect(call?.callId).toBe('a')
    expect(call?.arguments).toBe('await sharp()')
    expect(call?.problem).toMatch(/^The arguments are not JSON \(.+\)\. Send \{"code": "…"\} with the snippet as one JSON string\.$/s)
  })

  test('goes back with what is wrong: empty, without code, another tool, and gets an id where it lacks one', async () => {
    const calls = [{ arguments: '' }, { arguments: '{"source":"1"}' }, { id: 'c', name: 'python', arguments: '{"code":"1"}' }]
    expect(await problemOf(callChunks(calls))).toEqual([
      {
        callId: 'unread001',
        arguments: '',
        problem: 'The arguments are not JSON (they are empty). Send {"code": "…"} with the snippet as one JSON string.',
      },
      { callId: 'unread002', arguments: '{"source":"1"}', problem: 'The arguments lack "code", the snippet as a string.' },
      {
        callId: 'c',
        arguments: '{"code":"1"}',
        problem: 'There is no tool "python"; the only tool is "run", with the snippet as "code".',
      },
    ])
  })

  test('goes back with the reason when the output limit cut it', async () => {
    const [call] = await problemOf(callChunks([{ id: 'a', arguments: '{"code":"const a = ' }], { finish: 'length' }))
    expect(call?.problem).toBe(
      "The call was cut at the model's output limit, after 19 characters. Nothing ran; send a shorter snippet, or several.",
    )
  })

  test('does not lose its readable neighbours', async () => {
    server.reply(answerStream(callChunks([{ id: 'a', code: '1' }, { id: 'b', arguments: '{' }])))
    const { step } = await plan(plannerOn(server), asking('x'))
    expect(step).toMatchObject({ cells: [{ code: '1', callId: 'a' }], unreadable: [{ callId: 'b' }] })
  })
})

describe('A text answer', () => {
  test('that reached the output limit is kept and said to end early', async () => {
    server.reply(answerStream(textAnswer('Once upon', 'length')))
    const { step, notices } = await plan(plannerOn(server), asking('x'))
    expect(step).toEqual({ type: 'answer', text: 'Once upon' })
    expect(notices).toEqual(["The answer ends early: it reached the model's output limit."])
  })

  test('that a content filter stopped is a failure with a sentence', async () => {
    server.reply(answerStream(textAnswer('I', 'content_filter')))
    expect((await plan(plannerOn(server), asking('x'))).step).toEqual({
      type: 'failed',
      code: 'endpoint_filter',
      message: "The endpoint's content filter stopped the answer. Put the request in other words.",
    })
  })
})

describe('What an endpoint refuses is learnt once', () => {
  test('stream_options', async () => {
    const body = { error: { message: "Extra inputs are not permitted, field: 'stream_options'", type: 'invalid_request_error' } }
    server.reply(answerError(400, body), answerStream(textAnswer('Hi')), answerStream(textAnswer('Hi')))
    const planner = plannerOn(server)
    const { step, notices } = await plan(planner, asking('x'))
    await plan(planner, asking('y'))
    expect(step).toEqual({ type: 'answer', text: 'Hi' })
    expect(notices).toEqual([])
    expect(server.requests.map((request) => request.body.stream_options)).toEqual([{ include_usage: true }, undefined, undefined])
  })

  test('function tools beside reasoning', async () => {
    const message =
      "Function tools with reasoning_effort are not supported for gpt-6.1-terra in /v1/chat/completions. To use function tools, use /v1/responses or set reasoning_effort to 'none'."
    server.reply(answerError(400, { error: { message, param: 'reasoning_effort' } }), answerStream(callChunks([{ id: 'a', code: '1' }])))
    const { step } = await plan(plannerOn(server), asking('x'))
    expect(step).toMatchObject({ type: 'run', cells: [{ code: '1' }] })
    expect(server.requests.map((request) => request.body.reasoning_effort)).toEqual([undefined, 'none'])
    expect(server.requests[1]?.body.tools).toEqual([RUN_TOOL])
  })

  test('tools at all: the same session goes on with fenced blocks', async () => {
    const body = { error: { message: 'gemma:2b does not support tools', type: 'api_error' } }
    const answer = `Making it gray.\n\n\`\`\`ts\n${SNIPPET}\n\`\`\``
    server.reply(answerError(400, body), answerStream(textAnswer(answer)))
    const { step, text, code, notices } = await plan(plannerOn(server), asking('gray'))
    expect(notices).toEqual(['The model test-model takes no tools: it is asked for code blocks instead.'])
    expect(step).toEqual({ type: 'run', text: 'Making it gray.', cells: [{ code: SNIPPET.trimEnd() }], unreadable: [] })
    expect(text.trim()).toBe('Making it gray.')
    expect(code.trimEnd()).toBe(SNIPPET.trimEnd())
    expect(server.requests[1]?.body.tools).toBeUndefined()
    expect(server.requests[1]?.body.messages[0]).toEqual({ role: 'system', content: systemPrompt('fenced') })
  })

  test('tools even without reasoning', async () => {
    const body = { error: { message: "Function tools with reasoning_effort are not supported for this model: 'none' is no value." } }
    server.reply(answerError(400, body), answerError(400, body), answerStream(textAnswer('Hi')))
    expect((await plan(plannerOn(server), asking('x'))).step).toEqual({ type: 'answer', text: 'Hi' })
    expect(server.requests[2]?.body.tools).toBeUndefined()
  })
})
