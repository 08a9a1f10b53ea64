import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AT_ONCE, turnsUntil } from '../measures.ts'
import { textAnswer } from '../doubles/model-server/chunks.ts'
import { apiError, asking, plan, plannerOn } from '../doubles/model-server/planning.ts'
import * as wire from '../doubles/model-server/server.ts'

describe.each(wire.APIS)('Over %s', (api) => {
  let server: wire.WireServer
  beforeEach(async () => {
    server = await wire.startWireServer(api)
  })
  afterEach(() => server.close())

  describe('Cancelling', () => {
    const cancelled = async (answer: wire.WireAnswer) => {
      server.reply(answer)
      const control = new AbortController()
      const work = plan(plannerOn(server, { timeoutMs: 60_000 }), asking('x'), control.signal)
      work.catch(() => {})
      await expect.poll(() => server.requests.length).toBe(1)
      // Part of the answer has already been sent.
      await new Promise((resolve) => setTimeout(resolve, 100))
      control.abort(new Error('the person cancelled'))
      expect(await turnsUntil(work)).toBeLessThan(AT_ONCE)
      await expect(work).rejects.toThrow('the person cancelled')
    }

    test('ends the wait for the first byte at once', () => cancelled(wire.answerNothing()))
    test('ends a stream at once', () => cancelled(wire.answerStream(textAnswer('x'.repeat(2000)), { gapMs: 20 })))
    test('ends a silent stream at once', () =>
      cancelled(wire.answerStream(textAnswer('Hello there'), { hangAfter: 2 })))
    test('ends the wait for a retry at once', () =>
      cancelled(wire.answerError(429, apiError('Slow'), { 'retry-after': '30' })))

    test('closes the connection', async () => {
      await cancelled(wire.answerStream(textAnswer('Hello there'), { hangAfter: 2 }))
      await expect.poll(() => server.pending()).toBe(0)
    })

    test('before anything was asked asks nothing', async () => {
      await expect(plan(plannerOn(server), asking('x'), AbortSignal.abort(new Error('no')))).rejects.toThrow('no')
      expect(server.requests).toHaveLength(0)
    })
  })
})
