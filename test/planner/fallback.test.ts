import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { textAnswer, usageChunk } from '../doubles/model-server/chunks.ts'
import { apiError, asking, plan, plannerOn } from '../doubles/model-server/planning.ts'
import * as wire from '../doubles/model-server/server.ts'

let server: wire.WireServer
beforeEach(async () => {
  server = await wire.startWireServer()
})
afterEach(() => server.close())

const good = wire.answerStream(textAnswer('Hi'))
const unknown = wire.answerError(404, apiError('No such model', { code: 'model_not_found' }))
const asked = () => server.requests.map(({ body }) => body.model)

describe('A list of models', () => {
  test.each([
    ['the endpoint does not know it', [unknown]],
    ['over its rate limit', [wire.answerError(429, apiError('Slow'), { 'retry-after': '3600' })]],
    ['over its rate limit', Array.from({ length: 4 }, () => wire.answerError(429, apiError('Slow')))],
    ['its quota is used up', [wire.answerError(402, apiError('Pay'))]],
    ['it did not answer in time', [wire.answerNothing()]],
    [
      'its answer was cut twice',
      [1, 2].map(() => wire.answerStream(textAnswer('Half'), { cut: { after: 2, how: 'end' } })),
    ],
    ['an error of the endpoint', Array.from({ length: 4 }, () => wire.answerError(503, apiError('Busy')))],
    ['the conversation exceeds its context', [wire.answerError(400, apiError('maximum context length is 4096'))]],
    ['it cannot be reached', [1, 2, 3].map(() => wire.answerReset())],
  ])('goes on with the next: %s', async (reason, answers) => {
    server.reply(...answers, good)
    const { step, notices } = await plan(plannerOn(server, { model: 'a, b', timeoutMs: 2000 }), asking('x'))
    expect(step).toEqual({ type: 'answer', text: 'Hi' })
    expect(notices.at(-1)).toBe(`The model a failed (${reason}). Asking b.`)
    expect(asked()).toEqual([...answers.map(() => 'a'), 'b'])
  })

  test('is not gone through for a wrong key, nor for what a filter stopped', async () => {
    server.reply(wire.answerError(401, apiError('Wrong')))
    const planner = plannerOn(server, { model: 'a,b' })
    expect((await plan(planner, asking('x'))).step).toMatchObject({ code: 'endpoint_auth' })
    server.reply(wire.answerStream(textAnswer('I', 'content_filter')))
    expect((await plan(planner, asking('x'))).step).toMatchObject({ code: 'endpoint_filter' })
    expect(asked()).toEqual(['a', 'a'])
  })

  test('is not gone through after a cancel', async () => {
    server.reply(wire.answerNothing())
    const control = new AbortController()
    const work = plan(plannerOn(server, { model: 'a,b' }), asking('x'), control.signal)
    work.catch(() => {})
    await expect.poll(() => server.requests.length).toBe(1)
    control.abort(new Error('the person cancelled'))
    await expect(work).rejects.toThrow('the person cancelled')
    expect(asked()).toEqual(['a'])
  })

  test('stays with the model that answered for a minute, then tries the first again', async () => {
    let now = 0
    const planner = plannerOn(server, { model: 'a,b', now: () => now })
    server.reply(unknown, good, good, good, good)
    await plan(planner, asking('x'))
    now = 59_999
    await plan(planner, asking('x'))
    expect(planner.sight?.model).toBe('b')
    now = 60_000
    expect(planner.sight?.model).toBe('a')
    await plan(planner, asking('x'))
    expect(asked()).toEqual(['a', 'b', 'b', 'a'])
  })

  test('comes round to the first when one that stepped in fails too', async () => {
    const planner = plannerOn(server, { model: 'a,b', now: () => 0 })
    server.reply(unknown, good, unknown, good)
    await plan(planner, asking('x'))
    const { notices } = await plan(planner, asking('x'))
    expect(notices).toEqual(['The model b failed (the endpoint does not know it). Asking a.'])
    expect(asked()).toEqual(['a', 'b', 'b', 'a'])
  })

  test('of which none answers fails with the last reason', async () => {
    server.reply(unknown, unknown, unknown)
    const { step } = await plan(plannerOn(server, { model: 'a,b,c' }), asking('x'))
    expect(step).toEqual({
      type: 'failed',
      code: 'endpoint_model',
      message: `None of the models a, b, c gave an answer. The last error: The endpoint ${server.url} has no model "c" (404). Choose one with --model or EASEL_MODEL. It said: "No such model"`,
    })
  })

  test('counts tokens under the name of the model that answered, and learns for each model alone', async () => {
    const noTools = wire.answerError(400, apiError('a does not support tools'))
    server.reply(noTools, unknown, wire.answerStream([...textAnswer('Hi'), usageChunk(5, 1)]))
    const { events } = await plan(plannerOn(server, { model: 'a,b' }), asking('x'))
    expect(events.at(-1)).toMatchObject({ type: 'usage', input: 5, model: 'b' })
    expect(server.requests.map(({ body }) => body.tools !== undefined)).toEqual([true, false, true])
  })

  test('is named in the description', () => {
    expect(plannerOn(server, { model: 'a,b,c,a' }).description).toBe(
      `The model a at ${server.url} answers. If it fails: b, c.`,
    )
  })
})
