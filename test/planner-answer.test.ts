import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { callChunks, chunk, textAnswer, textChunks, usageChunk } from './wire/chunks.ts'
import { asking, plan, plannerOn } from './wire/planning.ts'
import { answerStream, answerText, startWireServer, type WireServer } from './wire/server.ts'

let server: WireServer
beforeEach(async () => {
  server = await startWireServer()
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

  test('without ids, index or a first name still gives the cell', async () => {
    const given = { function: { name: 'run', arguments: '{"code":' } }
    const chunks = [
      chunk({ tool_calls: [given] }),
      chunk({ tool_calls: [{ function: { arguments: '"1"}' } }] }),
      chunk({}, 'stop'),
    ]
    server.reply(answerStream(chunks))
    const { step } = await plan(plannerOn(server), asking('x'))
    expect(step).toEqual({ type: 'run', text: '', actions: [{ code: '1' }], unreadable: [] })
  })

  test('with arguments as an object rather than text is understood', async () => {
    const call = { index: 0, id: 'a', function: { name: 'run', arguments: { code: 'let x = 1' } } }
    server.reply(answerStream([chunk({ tool_calls: [call] }), chunk({}, 'tool_calls')]))
    const { step, code } = await plan(plannerOn(server), asking('x'))
    expect(step).toMatchObject({ actions: [{ code: 'let x = 1' }] })
    expect(code).toBe('let x = 1')
  })

  test('in one piece of JSON, from a server that does not stream, is understood', async () => {
    const call = { id: 'a', type: 'function', function: { name: 'run', arguments: '{"code":"1"}' } }
    const message = { role: 'assistant', content: 'Plan.', tool_calls: [call] }
    server.reply(
      answerText(JSON.stringify({ choices: [{ index: 0, message, finish_reason: 'tool_calls' }] }), 'application/json'),
    )
    const { step } = await plan(plannerOn(server), asking('x'))
    expect(step).toMatchObject({ text: 'Plan.', actions: [{ code: '1', callId: 'a' }] })
  })

  test('with chunks that have no choices, null choices, or reasoning parts is understood', async () => {
    const odd = [
      { id: 'x', choices: [] },
      { id: 'x', choices: null, usage: null, prompt_filter_results: [] },
      chunk({ role: 'assistant', content: null, reasoning_content: 'hm' }),
      chunk({
        content: [
          { type: 'thinking', thinking: [{ type: 'text', text: 'hm' }] },
          { type: 'text', text: 'Hi' },
        ],
      }),
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
        problem: 'The arguments are not JSON (they are empty). Send {"code": "…"} with the snippet as one JSON string.',
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
