import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { callChunks, textAnswer, usageChunk } from '../doubles/model-server/chunks.ts'
import { asking, plan, plannerOn } from '../doubles/model-server/planning.ts'
import { answerStream, APIS, startWireServer, type WireServer } from '../doubles/model-server/server.ts'

describe.each(APIS)('Over %s', (api) => {
  let server: WireServer
  beforeEach(async () => {
    server = await startWireServer(api)
  })
  afterEach(() => server.close())

  const SNIPPET = "import sharp from 'sharp'\nawait sharp('a.png').grayscale().toFile('灰度 😀.png') // \"x\" \\n"

  describe('An answer', () => {
    test('in text streams as deltas and is the step', async () => {
      server.reply(
        answerStream([...textAnswer('Done: 灰度 😀.png is ready.'), usageChunk(900, 12, 768)], { pieceBytes: 3 }),
      )
      const { step, text, events } = await plan(plannerOn(server), asking('hi'))
      expect(step).toEqual({ type: 'answer', text: 'Done: 灰度 😀.png is ready.' })
      expect(text).toBe('Done: 灰度 😀.png is ready.')
      expect(events.filter((event) => event.type === 'delta').length).toBeGreaterThan(2)
      expect(events.at(-1)).toEqual({
        type: 'usage',
        input: 900,
        output: 12,
        cached: 768,
        model: 'test-model',
      })
    })

    test('with a tool call streams the plan, then the decoded code, however the arguments are split', async () => {
      for (const size of [1, 2, 3, 5, 8, 1000]) {
        server.reply(answerStream(callChunks([{ id: 'call_a', code: SNIPPET }], { text: 'Making it gray.', size })))
        const { step, text, code } = await plan(plannerOn(server), asking('gray'))
        expect(step).toEqual({
          type: 'run',
          text: 'Making it gray.',
          actions: [{ code: SNIPPET, callId: 'call_a' }],
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
      expect(step).toMatchObject({ actions: [{ code: '1', purpose: 'make it gray', callId: 'a' }] })
    })

    test('with several tool calls gives several cells in order', async () => {
      server.reply(
        answerStream(
          callChunks([
            { id: 'a', code: '1' },
            { id: 'b', code: '2' },
            { id: 'c', code: '3' },
          ]),
        ),
      )
      const { step } = await plan(plannerOn(server), asking('x'))
      expect(step).toMatchObject({
        actions: [
          { code: '1', callId: 'a' },
          { code: '2', callId: 'b' },
          { code: '3', callId: 'c' },
        ],
      })
    })

    test('whose calls all have index 0 is told apart by the ids', async () => {
      server.reply(
        answerStream(
          callChunks([
            { id: 'a', code: '1', index: 0 },
            { id: 'b', code: '2', index: 0 },
          ]),
        ),
      )
      const { step } = await plan(plannerOn(server), asking('x'))
      expect(step).toMatchObject({ actions: [{ code: '1' }, { code: '2' }], unreadable: [] })
    })

    test('that a server neither closes nor marks done is whole after its finish reason', async () => {
      const chunks = textAnswer('Hi')
      server.reply(answerStream(chunks, { hangAfter: chunks.length }))
      const { step } = await plan(plannerOn(server, { timeoutMs: 1000 }), asking('x'))
      expect(step).toEqual({ type: 'answer', text: 'Hi' })
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
})
