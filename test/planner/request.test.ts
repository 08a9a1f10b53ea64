import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Event } from '../../sessions/event.ts'
import { createOpenAiPlanner, DEFAULT_MODEL } from '../../src/planner/openai/planner.ts'
import { systemPrompt } from '../../src/planner/prompt.ts'
import { toolsFor } from '../../src/planner/tools.ts'
import { callChunks, textAnswer } from '../doubles/model-server/chunks.ts'
import { asking, plan, plannerOn } from '../doubles/model-server/planning.ts'
import { answerError, answerStream, startWireServer, type WireServer } from '../doubles/model-server/server.ts'
import { codeOf } from './step-code.ts'

let server: WireServer
beforeEach(async () => {
  server = await startWireServer()
})
afterEach(() => server.close())

const TOOLS = toolsFor({ sees: false, draws: false })
const SNIPPET = "import sharp from 'sharp'\nawait sharp('a.png').grayscale().toFile('灰度 😀.png') // \"x\" \\n"

describe('The request', () => {
  test('is a streaming chat completion with three tools, exactly this on the wire', async () => {
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
      tools: TOOLS,
      stream_options: { include_usage: true },
    })
    expect(TOOLS.map((tool) => [tool.function.name, tool.function.parameters?.['required']])).toEqual([
      ['run', ['code']],
      ['edit', ['cell', 'edits']],
      ['help', ['topic']],
    ])
  })

  test('carries a placeholder key when there is only a base URL, whatever the environment holds', async () => {
    server.reply(answerStream(textAnswer('Hello')), answerStream(textAnswer('Hello')))
    await plan(plannerOn(server), asking('hi'))
    await plan(plannerOn(server, { apiKey: '' }), asking('hi'))
    expect(server.requests.map((request) => request.headers.authorization)).toEqual(['Bearer none', 'Bearer none'])
  })

  test('begins with the whole former request, so that a prompt cache holds', async () => {
    server.reply(
      answerStream(callChunks([{ id: 'a', code: '1' }])),
      answerStream(textAnswer('Done')),
      answerStream(textAnswer('Yes')),
    )
    const planner = plannerOn(server)
    const journal: Event[] = [...asking('x')]
    const { step } = await plan(planner, journal)
    const code = codeOf(step)
    journal.push(
      { type: 'cell', cell: 1, code, seed: 1, clock: 0, callId: 'a' },
      { type: 'result', cell: 1, status: 'ok', ms: 1, names: [] },
    )
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

describe('What an endpoint refuses is learnt once', () => {
  test('stream_options', async () => {
    const body = {
      error: { message: "Extra inputs are not permitted, field: 'stream_options'", type: 'invalid_request_error' },
    }
    server.reply(answerError(400, body), answerStream(textAnswer('Hi')), answerStream(textAnswer('Hi')))
    const planner = plannerOn(server)
    const { step, notices } = await plan(planner, asking('x'))
    await plan(planner, asking('y'))
    expect(step).toEqual({ type: 'answer', text: 'Hi' })
    expect(notices).toEqual([])
    expect(server.requests.map((request) => request.body.stream_options)).toEqual([
      { include_usage: true },
      undefined,
      undefined,
    ])
  })

  test('function tools beside reasoning', async () => {
    const message =
      "Function tools with reasoning_effort are not supported for gpt-6.1-terra in /v1/chat/completions. To use function tools, use /v1/responses or set reasoning_effort to 'none'."
    server.reply(
      answerError(400, { error: { message, param: 'reasoning_effort' } }),
      answerStream(callChunks([{ id: 'a', code: '1' }])),
    )
    const { step } = await plan(plannerOn(server), asking('x'))
    expect(step).toMatchObject({ type: 'run', actions: [{ code: '1' }] })
    expect(server.requests.map((request) => request.body.reasoning_effort)).toEqual([undefined, 'none'])
    expect(server.requests[1]?.body.tools).toEqual(TOOLS)
  })

  test('tools at all: the same session goes on with fenced blocks', async () => {
    const body = { error: { message: 'gemma:2b does not support tools', type: 'api_error' } }
    const answer = `Making it gray.\n\n\`\`\`ts\n${SNIPPET}\n\`\`\``
    server.reply(answerError(400, body), answerStream(textAnswer(answer)))
    const { step, text, code, notices } = await plan(plannerOn(server), asking('gray'))
    expect(notices).toEqual(['The model test-model does not support tools; it is asked for code blocks instead.'])
    expect(step).toEqual({
      type: 'run',
      text: 'Making it gray.',
      actions: [{ code: SNIPPET.trimEnd() }],
      unreadable: [],
    })
    expect(text.trim()).toBe('Making it gray.')
    expect(code.trimEnd()).toBe(SNIPPET.trimEnd())
    expect(server.requests[1]?.body.tools).toBeUndefined()
    expect(server.requests[1]?.body.messages[0]).toEqual({ role: 'system', content: systemPrompt('fenced') })
  })

  test.each([
    [500, 'tools param requires --jinja flag'],
    [404, 'No endpoints found that support tool use. Try another model.'],
    [400, '"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set'],
    [422, "[{'type': 'extra_forbidden', 'loc': ('body', 'tools'), 'msg': 'Extra inputs are not permitted'}]"],
  ])('tools, as other servers say it: %i %s', async (status, message) => {
    server.reply(answerError(status, { object: 'error', message }), answerStream(textAnswer('Hi')))
    expect((await plan(plannerOn(server), asking('x'))).step).toEqual({ type: 'answer', text: 'Hi' })
    expect(server.requests[1]?.body.tools).toBeUndefined()
  })

  test('but a complaint about one call does not take the tools away', async () => {
    const body = { error: { message: "error parsing tool call: raw='{', err=unexpected end of JSON input" } }
    server.reply(answerError(500, body), answerStream(textAnswer('Hi')))
    expect((await plan(plannerOn(server), asking('x'))).step).toEqual({ type: 'answer', text: 'Hi' })
    expect(server.requests[1]?.body.tools).toEqual(TOOLS)
  })

  test('tools even without reasoning', async () => {
    const body = {
      error: { message: "Function tools with reasoning_effort are not supported for this model: 'none' is no value." },
    }
    server.reply(answerError(400, body), answerError(400, body), answerStream(textAnswer('Hi')))
    expect((await plan(plannerOn(server), asking('x'))).step).toEqual({ type: 'answer', text: 'Hi' })
    expect(server.requests[2]?.body.tools).toBeUndefined()
  })
})
