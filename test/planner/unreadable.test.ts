import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { callChunks, textAnswer } from '../doubles/model-server/chunks.ts'
import { asking, plan, plannerOn } from '../doubles/model-server/planning.ts'
import { answerStream, APIS, startWireServer, type WireServer } from '../doubles/model-server/server.ts'

describe.each(APIS)('Over %s', (api) => {
  let server: WireServer
  beforeEach(async () => {
    server = await startWireServer(api)
  })
  afterEach(() => server.close())

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
      expect(call?.problem).toMatch(
        /^The arguments are not JSON \(.+\)\. Send \{"code": "…"\} with the snippet as one JSON string\.$/s,
      )
    })

    test('goes back with what is wrong: empty, without code, another tool, and gets an id where it lacks one', async () => {
      const calls = [
        { arguments: '' },
        { arguments: '{"source":"1"}' },
        { id: 'c', name: 'python', arguments: '{"code":"1"}' },
      ]
      expect(await problemOf(callChunks(calls))).toEqual([
        {
          callId: 'unread001',
          arguments: '',
          problem:
            'The arguments are not JSON (they are empty). Send {"code": "…"} with the snippet as one JSON string.',
        },
        {
          callId: 'unread002',
          arguments: '{"source":"1"}',
          problem: 'The arguments lack "code", the snippet as a string.',
        },
        {
          callId: 'c',
          arguments: '{"code":"1"}',
          problem: 'There is no tool "python"; the tools are "run", with the snippet as "code", and "edit".',
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
      server.reply(
        answerStream(
          callChunks([
            { id: 'a', code: '1' },
            { id: 'b', arguments: '{' },
          ]),
        ),
      )
      const { step } = await plan(plannerOn(server), asking('x'))
      expect(step).toMatchObject({ actions: [{ code: '1', callId: 'a' }], unreadable: [{ callId: 'b' }] })
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
})
