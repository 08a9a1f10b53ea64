import { createServer, type AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readConnectionError } from '../../src/planner/openai/transport/failure.ts'
import { callChunks, textAnswer } from '../doubles/model-server/chunks.ts'
import { asking, plan, planAgainst, plannerOn, planWithin } from '../doubles/model-server/planning.ts'
import * as wire from '../doubles/model-server/server.ts'

describe.each(wire.APIS)('Over %s', (api) => {
  let server: wire.WireServer
  let host: string
  beforeEach(async () => {
    server = await wire.startWireServer(api)
    host = server.url
  })
  afterEach(() => server.close())

  const failure = (...answers: wire.WireAnswer[]) => planAgainst(server, ...answers)
  /** The idle timeout is 800 ms. */
  const silence = (...answers: wire.WireAnswer[]) => planWithin(800, server, ...answers)
  const kind = api === 'chat' ? 'no chat completion' : 'no answer of the Responses API'
  const good = wire.answerStream(textAnswer('Hi'))

  describe('A stream that is cut', () => {
    const chunks = callChunks([{ id: 'a', code: 'await something(1)' }])
    test.each(['end', 'destroy', 'mid-line'] as const)('by %s is asked for again from the start, once', async (how) => {
      const { step, notices } = await failure(
        wire.answerStream(chunks, { cut: { after: 3, how } }),
        wire.answerStream(chunks),
      )
      expect(step).toMatchObject({ type: 'run', actions: [{ code: 'await something(1)', callId: 'a' }] })
      expect(notices).toHaveLength(1)
      expect(notices[0]).toMatch(/ was cut off after \d+ bytes\. Nothing was run\. Waiting 5 ms, then try 2 of 2\.$/)
      expect(server.requests[1]?.body).toEqual(server.requests[0]?.body)
    })

    test('twice is a failure', async () => {
      const cut = wire.answerStream(chunks, { cut: { after: 3, how: 'destroy' } })
      const { step } = await failure(cut, cut)
      expect(step).toMatchObject({ type: 'failed', code: 'endpoint_cut' })
      expect(step.type === 'failed' && step.message).toMatch(/ Nothing was run\. Try again\. Tried 2 times\.$/)
    })
  })

  test('An answer without end is left, before it is all memory', async () => {
    const piece = `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: 'z'.repeat(1_000_000) } }] })}\n\n`
    let sent = 0
    const { step } = await failure((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      const more = (): void => {
        if (response.destroyed || sent > 300) return void response.end()
        sent++
        if (response.write(piece)) setImmediate(more)
        else response.once('drain', more)
      }
      more()
    })
    expect(step).toEqual({
      type: 'failed',
      code: 'endpoint_error',
      message: `What ${host} sent is ${kind}: it has more than 64 MB. Check OPENAI_BASE_URL; it often ends in /v1.`,
    })
    expect(sent).toBeLessThan(100)
  })

  describe('Silence', () => {
    test('before the answer is a timeout', async () => {
      const { step } = await silence(wire.answerNothing())
      expect(step).toEqual({
        type: 'failed',
        code: 'endpoint_timeout',
        message: `The endpoint ${host} did not answer within 800 ms. Try again, or choose a faster model.`,
      })
    })

    test('in the middle of the answer is a timeout', async () => {
      const { step, text } = await silence(wire.answerStream(textAnswer('Hello there'), { hangAfter: 2 }))
      expect(text).toBe('Hello t')
      expect(step).toEqual({
        type: 'failed',
        code: 'endpoint_timeout',
        message: `The endpoint ${host} stopped in the middle of its answer: no data for 800 ms. Nothing was run. Try again.`,
      })
    })

    test('is not counted while bytes still come', async () => {
      const { step } = await planWithin(
        1500,
        server,
        wire.answerStream(textAnswer('Hello there, this is slow'), { gapMs: 300 }),
      )
      expect(step).toMatchObject({ type: 'answer' })
    })
  })

  describe('Something that is no endpoint', () => {
    test('sends HTML', async () => {
      const { step } = await failure(wire.answerText('<html><a href="x: y">hi</a></html>', 'text/html'))
      expect(step).toEqual({
        type: 'failed',
        code: 'endpoint_error',
        message: `What ${host} sent is ${kind}: a page of HTML. Check OPENAI_BASE_URL; it often ends in /v1.`,
      })
    })

    test.each([
      ['{"choices":[{', 'application/json', 'it is not valid JSON'],
      ['{"ok":true}', 'application/json', 'a part of the answer has an unexpected format'],
      ['data: {nonsense\n\ndata: [DONE]\n\n', 'text/event-stream', 'it is not valid JSON'],
      ['data: {"hello":1}\n\n', 'text/event-stream', 'a part of the answer has an unexpected format'],
    ])('sends %j as %s', async (body, type, what) => {
      const { step } = await failure(wire.answerText(body, type))
      expect(step).toMatchObject({
        code: 'endpoint_error',
        message: `What ${host} sent is ${kind}: ${what}. Check OPENAI_BASE_URL; it often ends in /v1.`,
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
        return readConnectionError(
          new Error('Connection error.', { cause: new TypeError('fetch failed', { cause }) }),
          endpoint,
        )
      }
      expect(read('ENOTFOUND').message).toBe(
        'The endpoint https://host/v1 cannot be reached: its name is not known (DNS). Check OPENAI_BASE_URL and the network.',
      )
      expect(read('CERT_HAS_EXPIRED').message).toBe(
        'The endpoint https://host/v1 cannot be reached: its certificate was not accepted (CERT_HAS_EXPIRED).',
      )
      const { step, notices } = await failure(wire.answerReset(), good)
      expect(step).toEqual({ type: 'answer', text: 'Hi' })
      expect(notices[0]).toBe(
        `The endpoint ${host} cannot be reached: the connection broke before an answer came. Waiting 5 ms, then try 2 of 3.`,
      )
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
})
