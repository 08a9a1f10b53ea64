import { createServer, type AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readConnectionError } from '../src/planner/openai-failure.ts'
import { readRetryAfter, sayTime } from '../src/planner/openai-retry.ts'
import { callChunks, textAnswer } from './wire/chunks.ts'
import { asking, plan, plannerOn } from './wire/planning.ts'
import * as wire from './wire/server.ts'

const KEY = 'sk-test-1234567890abcdef'
let server: wire.WireServer
let host: string
beforeEach(async () => {
  server = await wire.startWireServer()
  host = server.url
})
afterEach(() => server.close())

const failure = async (...answers: wire.WireAnswer[]) => {
  server.reply(...answers)
  const planned = await plan(plannerOn(server, { apiKey: KEY, timeoutMs: 300 }), asking('x'))
  expect(JSON.stringify(planned)).not.toContain(KEY)
  return planned
}
const error = (message: string, more: object = {}) => ({ error: { message, type: 'invalid_request_error', ...more } })
const good = wire.answerStream(textAnswer('Hi'))

describe('An endpoint that refuses', () => {
  test.each([
    [401, error(`Incorrect API key provided: ${KEY}.`), 'endpoint_auth', 'The endpoint HOST refused the API key (401). Check OPENAI_API_KEY. It said: "Incorrect API key provided: [API key]."'],
    [401, error('Incorrect API key provided: sk-test-**************cdef.'), 'endpoint_auth', 'The endpoint HOST refused the API key (401). Check OPENAI_API_KEY. It said: "Incorrect API key provided: [API key]."'],
    [403, error('Country not supported'), 'endpoint_auth', 'The endpoint HOST does not let this key use the model "test-model" (403). Check OPENAI_API_KEY, or choose another model. It said: "Country not supported"'],
    [404, error('The model `test-model` does not exist', { code: 'model_not_found' }), 'endpoint_model', 'The endpoint HOST has no model "test-model" (404). Choose one with --model or EASEL_MODEL. It said: "The model `test-model` does not exist"'],
    [400, { object: 'error', message: 'Unknown model: test-model' }, 'endpoint_model', 'The endpoint HOST has no model "test-model" (400). Choose one with --model or EASEL_MODEL. It said: "Unknown model: test-model"'],
    [404, { detail: 'Not Found' }, 'endpoint_error', 'There are no Chat Completions at HOST (404). Check OPENAI_BASE_URL; it often ends in /v1. It said: "Not Found"'],
    [404, '<!doctype html><html><body>404</body></html>', 'endpoint_error', 'There are no Chat Completions at HOST (404). Check OPENAI_BASE_URL; it often ends in /v1.'],
    [429, error('You exceeded your current quota', { code: 'insufficient_quota' }), 'endpoint_quota', "The account's quota at HOST is used up (429). Add credit or use another key. It said: \"You exceeded your current quota\""],
    [400, error("This model's maximum context length is 8192 tokens"), 'endpoint_context', 'The conversation is longer than the model "test-model" reads (400). Start a new session. It said: "This model\'s maximum context length is 8192 tokens"'],
    [400, error('bad thing'), 'endpoint_error', 'The endpoint HOST refused the request (400). It said: "bad thing"'],
  ])('with %i %j gives %s, a sentence, and no retry', async (status, body, code, message) => {
    const { step, notices } = await failure(wire.answerError(status, body))
    expect(step).toEqual({ type: 'failed', code, message: message.replace('HOST', host) })
    expect(notices).toEqual([])
    expect(server.requests).toHaveLength(1)
  })
})

describe('A rate limit', () => {
  const limited = (headers: Record<string, string>) => wire.answerError(429, error('Slow down', { code: 'rate_limit_exceeded' }), headers)

  test('is waited for as Retry-After asks, and said', async () => {
    const { step, notices } = await failure(limited({ 'retry-after': '0.2' }), good)
    expect(step).toEqual({ type: 'answer', text: 'Hi' })
    expect(notices).toEqual([
      `The endpoint ${host} is over its rate limit (429). It said: "Slow down" Waiting 200 ms, then try 2 of 4.`,
    ])
    const [first, second] = server.requests
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(190)
  })

  test('ends after four tries', async () => {
    const { step, notices } = await failure(...Array.from({ length: 4 }, () => limited({ 'retry-after-ms': '10' })))
    expect(step).toEqual({
      type: 'failed',
      code: 'endpoint_rate_limit',
      message: `The endpoint ${host} is over its rate limit (429). It said: "Slow down" Tried 4 times.`,
    })
    expect(notices).toHaveLength(3)
  })

  test('that asks for too long is not waited for', async () => {
    const { step } = await failure(limited({ 'retry-after': '3600' }))
    expect(step).toMatchObject({
      code: 'endpoint_rate_limit',
      message: `The endpoint ${host} is over its rate limit (429). It said: "Slow down" It asks to wait 60 min 0 s, which is too long; try again then.`,
    })
    expect(server.requests).toHaveLength(1)
  })

  test('reads Retry-After as seconds, milliseconds and date', () => {
    const now = Date.parse('2026-11-21T10:00:00Z')
    const read = (headers: Record<string, string>) => readRetryAfter(new Headers(headers), now)
    expect(read({ 'retry-after': '7' })).toBe(7000)
    expect(read({ 'retry-after-ms': '250', 'retry-after': '1' })).toBe(250)
    expect(read({ 'retry-after': 'Sat, 21 Nov 2026 10:00:30 GMT' })).toBe(30_000)
    expect(read({ 'retry-after': 'Sat, 21 Nov 2026 09:00:00 GMT' })).toBe(0)
    expect(read({ 'retry-after': 'soon' })).toBeUndefined()
    expect(read({})).toBeUndefined()
    expect([sayTime(80), sayTime(2500), sayTime(65_000)]).toEqual(['80 ms', '2.5 s', '1 min 5 s'])
  })
})

describe('An endpoint in trouble', () => {
  test('is asked again after 500, 502 and 503', async () => {
    const { step, notices } = await failure(wire.answerError(500, error('oops')), wire.answerError(502, '<html>Bad gateway</html>'), wire.answerError(503, {}), good)
    expect(step).toEqual({ type: 'answer', text: 'Hi' })
    expect(notices[1]).toBe(`The endpoint ${host} has trouble of its own (502). Waiting 10 ms, then try 3 of 4.`)
  })

  test('that stays so is given up with a sentence', async () => {
    const { step } = await failure(...Array.from({ length: 4 }, () => wire.answerError(503, error('Overloaded'))))
    expect(step).toEqual({
      type: 'failed',
      code: 'endpoint_error',
      message: `The endpoint ${host} has trouble of its own (503). It said: "Overloaded" Tried 4 times.`,
    })
  })

  test('that reports an error inside the stream is asked again once', async () => {
    const inside = [...textAnswer('Half').slice(0, 1), error('Overloaded', { type: 'server_error' })]
    expect((await failure(wire.answerStream(inside), good)).step).toEqual({ type: 'answer', text: 'Hi' })
  })

  test('that answers nothing at all is asked again once', async () => {
    const { step } = await failure(wire.answerStream(textAnswer('')), wire.answerStream(textAnswer('')))
    expect(step).toMatchObject({
      code: 'endpoint_error',
      message: `The model "test-model" at ${host} gave an empty answer. Ask again, or choose another model. Tried 2 times.`,
    })
  })
})

describe('A stream that is cut', () => {
  const chunks = callChunks([{ id: 'a', code: 'await something(1)' }])
  test.each(['end', 'destroy', 'mid-line'] as const)('by %s is asked for again from the start, once', async (how) => {
    const { step, notices } = await failure(wire.answerStream(chunks, { cut: { after: 3, how } }), wire.answerStream(chunks))
    expect(step).toMatchObject({ type: 'run', cells: [{ code: 'await something(1)', callId: 'a' }] })
    expect(notices).toHaveLength(1)
    expect(notices[0]).toMatch(/ was cut in the middle, after \d+ bytes\. Nothing of it was run\. Try again\. Waiting 5 ms, then try 2 of 2\.$/)
    expect(server.requests[1]?.body).toEqual(server.requests[0]?.body)
  })

  test('twice is a failure', async () => {
    const cut = wire.answerStream(chunks, { cut: { after: 3, how: 'destroy' } })
    const { step } = await failure(cut, cut)
    expect(step).toMatchObject({ type: 'failed', code: 'endpoint_cut' })
  })
})

describe('Silence', () => {
  test('before the answer is a timeout', async () => {
    const { step } = await failure(wire.answerNothing())
    expect(step).toEqual({
      type: 'failed',
      code: 'endpoint_timeout',
      message: `The endpoint ${host} did not answer within 300 ms. Try again, or choose a faster model.`,
    })
  })

  test('in the middle of the answer is a timeout', async () => {
    const { step, text } = await failure(wire.answerStream(textAnswer('Hello there'), { hangAfter: 2 }))
    expect(text).toBe('Hello t')
    expect(step).toEqual({
      type: 'failed',
      code: 'endpoint_timeout',
      message: `The endpoint ${host} stopped in the middle of its answer: no byte for 300 ms. Nothing of it was run. Try again.`,
    })
  })

  test('is not counted while bytes still come', async () => {
    const { step } = await failure(wire.answerStream(textAnswer('Hello there, this is slow'), { gapMs: 90 }))
    expect(step).toMatchObject({ type: 'answer' })
  })
})

describe('Something that is no endpoint', () => {
  test('sends HTML', async () => {
    const { step } = await failure(wire.answerText('<html><a href="x: y">hi</a></html>', 'text/html'))
    expect(step).toEqual({
      type: 'failed',
      code: 'endpoint_error',
      message: `What ${host} sent is no chat completion: a page of HTML. Check OPENAI_BASE_URL; it often ends in /v1.`,
    })
  })

  test.each([
    ['{"choices":[{', 'application/json', 'it is not valid JSON'],
    ['{"ok":true}', 'application/json', 'a piece of the answer has another form'],
    ['data: {nonsense\n\ndata: [DONE]\n\n', 'text/event-stream', 'it is not valid JSON'],
    ['data: {"hello":1}\n\n', 'text/event-stream', 'a piece of the answer has another form'],
  ])('sends %j as %s', async (body, type, what) => {
    const { step } = await failure(wire.answerText(body, type))
    expect(step).toMatchObject({
      code: 'endpoint_error',
      message: `What ${host} sent is no chat completion: ${what}. Check OPENAI_BASE_URL; it often ends in /v1.`,
    })
  })

  test('refuses the connection', async () => {
    const free = createServer()
    await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve))
    const { port } = free.address() as AddressInfo
    await new Promise((resolve) => free.close(resolve))
    const { step } = await plan(plannerOn(server, { baseUrl: `http://127.0.0.1:${port}/v1` }), asking('x'))
    expect(step).toEqual({
      type: 'failed',
      code: 'endpoint_unreachable',
      message: `The endpoint http://127.0.0.1:${port}/v1 cannot be reached: the connection was refused. Is the server running, and is OPENAI_BASE_URL right?`,
    })
  })

  test('has no name in the DNS, a bad certificate, or breaks at once', async () => {
    const endpoint = { shown: 'https://host/v1', model: 'm' }
    const read = (code: string) => {
      const cause = Object.assign(new Error('x'), { code })
      return readConnectionError(new Error('Connection error.', { cause: new TypeError('fetch failed', { cause }) }), endpoint)
    }
    expect(read('ENOTFOUND').message).toBe('The endpoint https://host/v1 cannot be reached: its name is not known (DNS). Check OPENAI_BASE_URL and the network.')
    expect(read('CERT_HAS_EXPIRED').message).toBe('The endpoint https://host/v1 cannot be reached: its certificate was not accepted (CERT_HAS_EXPIRED).')
    const { step, notices } = await failure(wire.answerReset(), good)
    expect(step).toEqual({ type: 'answer', text: 'Hi' })
    expect(notices[0]).toBe(`The endpoint ${host} cannot be reached: the connection broke before an answer came. Try again. Waiting 5 ms, then try 2 of 3.`)
  })

  test('is a base URL that is no URL, or a key that no header can carry', async () => {
    const bad = await plan(plannerOn(server, { baseUrl: 'not a url' }), asking('x'))
    expect(bad.step).toMatchObject({ type: 'failed', code: 'endpoint_unreachable' })
    const key = 'sk-line-one\nline-two-123'
    const odd = await plan(plannerOn(server, { apiKey: key }), asking('x'))
    expect(odd.step).toMatchObject({ type: 'failed', code: 'endpoint_unreachable' })
    expect(JSON.stringify(odd)).not.toContain('sk-line-one')
  })
})

describe('Cancelling', () => {
  const cancelled = async (answer: wire.WireAnswer, afterMs = 150) => {
    server.reply(answer)
    const control = new AbortController()
    const work = plan(plannerOn(server, { timeoutMs: 10_000 }), asking('x'), control.signal)
    work.catch(() => {})
    await new Promise((resolve) => setTimeout(resolve, afterMs))
    const start = performance.now()
    control.abort(new Error('the person cancelled'))
    await expect(work).rejects.toThrow('the person cancelled')
    expect(performance.now() - start).toBeLessThan(100)
  }

  test('ends the wait for the first byte at once', () => cancelled(wire.answerNothing()))
  test('ends a stream at once', () => cancelled(wire.answerStream(textAnswer('x'.repeat(2000)), { gapMs: 20 })))
  test('ends a silent stream at once', () => cancelled(wire.answerStream(textAnswer('Hello there'), { hangAfter: 2 })))
  test('ends the wait for a retry at once', () => cancelled(wire.answerError(429, error('Slow'), { 'retry-after': '30' })))

  test('closes the connection', async () => {
    await cancelled(wire.answerStream(textAnswer('Hello there'), { hangAfter: 2 }))
    await expect.poll(() => server.pending()).toBe(0)
  })

  test('before anything was asked asks nothing', async () => {
    await expect(plan(plannerOn(server), asking('x'), AbortSignal.abort(new Error('no')))).rejects.toThrow('no')
    expect(server.requests).toHaveLength(0)
  })
})
