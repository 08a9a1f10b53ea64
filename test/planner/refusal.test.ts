import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readRetryAfter, sayTime } from '../../src/planner/openai/transport/retry.ts'
import { textAnswer } from '../doubles/model-server/chunks.ts'
import { KEY, apiError, planAgainst } from '../doubles/model-server/planning.ts'
import * as wire from '../doubles/model-server/server.ts'

const NO_CHAT = 'There are no Chat Completions at HOST (404). Check OPENAI_BASE_URL; it often ends in /v1.'
const NO_RESPONSES =
  'There is no Responses API at HOST (404). Use --api chat, or check the address. OPENAI_BASE_URL often ends in /v1.'

describe.each(wire.APIS)('Over %s', (api) => {
  let server: wire.WireServer
  let host: string
  beforeEach(async () => {
    server = await wire.startWireServer(api)
    host = server.url
  })
  afterEach(() => server.close())

  const failure = (...answers: wire.WireAnswer[]) => planAgainst(server, ...answers)
  const good = wire.answerStream(textAnswer('Hi'))

  describe('An endpoint that refuses', () => {
    test.each([
      [
        401,
        apiError(`Incorrect API key provided: ${KEY}.`),
        'endpoint_auth',
        'The endpoint HOST refused the API key (401). Check OPENAI_API_KEY. It said: "Incorrect API key provided: [API key]."',
      ],
      [
        401,
        apiError('Incorrect API key provided: sk-test-**************cdef.'),
        'endpoint_auth',
        'The endpoint HOST refused the API key (401). Check OPENAI_API_KEY. It said: "Incorrect API key provided: [API key]."',
      ],
      [
        403,
        apiError('Country not supported'),
        'endpoint_auth',
        'The endpoint HOST does not let this key use the model "test-model" (403). Check OPENAI_API_KEY, or choose another model. It said: "Country not supported"',
      ],
      [
        404,
        apiError('The model `test-model` does not exist', { code: 'model_not_found' }),
        'endpoint_model',
        'The endpoint HOST has no model "test-model" (404). Choose one with --model or EASEL_MODEL. It said: "The model `test-model` does not exist"',
      ],
      [
        400,
        { object: 'error', message: 'Unknown model: test-model' },
        'endpoint_model',
        'The endpoint HOST has no model "test-model" (400). Choose one with --model or EASEL_MODEL. It said: "Unknown model: test-model"',
      ],
      [
        404,
        { detail: 'Not Found' },
        'endpoint_error',
        'There are no Chat Completions at HOST (404). Check OPENAI_BASE_URL; it often ends in /v1. It said: "Not Found"',
      ],
      [
        404,
        '<!doctype html><html><body>404</body></html>',
        'endpoint_error',
        'There are no Chat Completions at HOST (404). Check OPENAI_BASE_URL; it often ends in /v1.',
      ],
      [
        429,
        apiError('You exceeded your current quota', { code: 'insufficient_quota' }),
        'endpoint_quota',
        'The account\'s quota at HOST is used up (429). Add credit or use another key. It said: "You exceeded your current quota"',
      ],
      [
        400,
        apiError("This model's maximum context length is 8192 tokens"),
        'endpoint_context',
        'The conversation is too long for the model "test-model" (400). Start a new session. It said: "This model\'s maximum context length is 8192 tokens"',
      ],
      [
        400,
        apiError('bad thing'),
        'endpoint_error',
        'The endpoint HOST refused the request (400). It said: "bad thing"',
      ],
    ])('with %i %j gives %s, a sentence, and no retry', async (status, body, code, message) => {
      const { step, notices } = await failure(wire.answerError(status, body))
      const own = api === 'chat' ? message : message.replace(NO_CHAT, NO_RESPONSES)
      expect(step).toEqual({ type: 'failed', code, message: own.replace('HOST', host) })
      expect(notices).toEqual([])
      expect(server.requests).toHaveLength(1)
    })
  })

  describe('A rate limit', () => {
    const limited = (headers: Record<string, string>) =>
      wire.answerError(429, apiError('Slow down', { code: 'rate_limit_exceeded' }), headers)

    test('is waited for as Retry-After asks, and said', async () => {
      const { answers, order } = wire.answersAfter(180, limited({ 'retry-after': '0.2' }), good)
      const { step, notices } = await failure(...answers)
      expect(step).toEqual({ type: 'answer', text: 'Hi' })
      expect(notices).toEqual([
        `The endpoint ${host} is over its rate limit (429). It said: "Slow down" Waiting 200 ms, then try 2 of 4.`,
      ])
      expect(order).toEqual(['asked', 'waited', 'asked again'])
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
        message: `The endpoint ${host} is over its rate limit (429). It said: "Slow down" It asks to wait 60 min 0 s, which is too long; try again after that.`,
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
      const { step, notices } = await failure(
        wire.answerError(500, apiError('oops')),
        wire.answerError(502, '<html>Bad gateway</html>'),
        wire.answerError(503, {}),
        good,
      )
      expect(step).toEqual({ type: 'answer', text: 'Hi' })
      expect(notices[1]).toBe(`The endpoint ${host} has an internal error (502). Waiting 10 ms, then try 3 of 4.`)
    })

    test('that stays so is given up with a sentence', async () => {
      const { step } = await failure(...Array.from({ length: 4 }, () => wire.answerError(503, apiError('Overloaded'))))
      expect(step).toEqual({
        type: 'failed',
        code: 'endpoint_error',
        message: `The endpoint ${host} has an internal error (503). It said: "Overloaded" Tried 4 times.`,
      })
    })

    test('that reports an error inside the stream is asked again once', async () => {
      const inside = [...textAnswer('Half').slice(0, 1), apiError('Overloaded', { type: 'server_error' })]
      expect((await failure(wire.answerStream(inside), good)).step).toEqual({ type: 'answer', text: 'Hi' })
    })

    test('that answers nothing at all is asked again once', async () => {
      const empty = wire.answerStream(textAnswer(''))
      const { step, notices } = await failure(empty, empty)
      expect(notices).toEqual([
        expect.stringMatching(
          /^The model "test-model" at \S+ gave an empty answer\. Waiting \d+ ms, then try 2 of 2\.$/,
        ),
      ])
      expect(step).toMatchObject({
        code: 'endpoint_error',
        message: `The model "test-model" at ${host} gave an empty answer. Ask again, or choose another model. Tried 2 times.`,
      })
    })
  })
})
