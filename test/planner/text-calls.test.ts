import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createMarkupReader } from '../../src/planner/openai/reply/markup.ts'
import { systemPrompt } from '../../src/planner/prompt.ts'
import { callChunks, chunk, textAnswer, textChunks } from '../doubles/model-server/chunks.ts'
import { apiError, asking, plan, plannerOn } from '../doubles/model-server/planning.ts'
import { answerError, answerStream, startWireServer, type WireServer } from '../doubles/model-server/server.ts'

let server: WireServer
beforeEach(async () => {
  server = await startWireServer()
})
afterEach(() => server.close())

const CODE = 'const a = [1, 2]\nif (a[0]! < 2) console.log("</b>", `{${a}}`)'
const args = JSON.stringify({ code: CODE })
const json = `{"name": "run", "arguments": ${args}}`
const llama = `{"name": "run", "parameters": ${args}}`

const answer = async (content: string, size = 7, finish = 'stop') => {
  server.reply(answerStream([...textChunks(content, size), chunk({}, finish)]))
  return plan(plannerOn(server), asking('x'))
}

const FORMS: readonly (readonly [string, string])[] = [
  ['Hermes and Qwen', `<tool_call>\n${json}\n</tool_call>`],
  ['Hermes without the closing tag', `<tool_call>\n${json}`],
  ['Hermes without the last brace', `<tool_call>\n${json.slice(0, -1)}\n</tool_call>`],
  [
    'Hermes with line breaks in the string',
    `<tool_call>\n{"name": "run", "arguments": {"code": "${CODE.replaceAll('"', '\\"')}"}}\n</tool_call>`,
  ],
  ['Llama 3 with its tag', `<|python_tag|>${llama}<|eom_id|>`],
  ['Llama 4 with its tags', `<|python_start|>${llama}<|python_end|>`],
  ['Llama 3 without a tag', llama],
  ['Llama 3 without a tag, typed', `{"type": "function", "name": "run", "parameters": ${args}}`],
  [
    'Llama 3 without a tag, nested, the last brace forgotten',
    `{"type": "function", "function": {"name": "run", "parameters": ${args}}`,
  ],
  ['Llama 3 in a code block', `\`\`\`json\n${llama}\n\`\`\``],
  ['Llama 3 in a code block without a language', `\n\`\`\`\n${llama}\n\`\`\`\n`],
  ['Llama 3.1 with a function tag', `<function=run>${args}</function>`],
  ['Mistral with a list', `[TOOL_CALLS] [${json}]`],
  ['Mistral with names', `[TOOL_CALLS]run[ARGS]${args}`],
  ['Mistral with names and ids', `[TOOL_CALLS]run[CALL_ID][ARGS]${args}`],
  ['Qwen3-Coder', `<tool_call>\n<function=run>\n<parameter=code>\n${CODE}\n</parameter>\n</function>\n</tool_call>`],
  [
    'Qwen3-Coder that forgot the first tag',
    `<function=run>\n<parameter=code>\n${CODE}\n</parameter>\n</function>\n</tool_call>`,
  ],
  ['a list of calls', `[${json}]`],
  ['reasoning, then bare JSON (DeepSeek-R1-Distill-Llama)', `<think>\nThey want {"name": …}\n</think>\n\n${json}`],
]

describe('A call in the text of an answer', () => {
  test.each(FORMS)('runs and shows no markup: %s', async (_, content) => {
    for (const size of [1, 4, 1000]) {
      const { step, text, code } = await answer(content, size)
      expect(step).toEqual({ type: 'run', text: '', actions: [{ code: CODE }], unreadable: [] })
      expect(text.trim()).toBe('')
      expect(code).toBe(CODE)
    }
  })

  test('comes after a plan, which is shown while it arrives', async () => {
    const { step, text, events } = await answer(`I make it gray.\n\n<tool_call>\n${json}\n</tool_call>`, 3)
    expect(step).toMatchObject({ type: 'run', text: 'I make it gray.', actions: [{ code: CODE }] })
    expect(text.trim()).toBe('I make it gray.')
    expect(events.filter((event) => event.type === 'delta').length).toBeGreaterThan(4)
  })

  test('may be one of several, of several tools', async () => {
    const edit =
      '<function=edit>\n<parameter=cell>\n1\n</parameter>\n<parameter=edits>\n[{"find": "1", "replace": "2"}]\n</parameter>\n</function>'
    server.reply(answerStream(textAnswer(`<tool_call>${json}</tool_call>\n<tool_call>${edit}</tool_call>`)))
    const journal = [...asking('x'), { type: 'cell', cell: 1, code: 'let b = 1', seed: 1, clock: 0 } as const]
    const { step } = await plan(plannerOn(server), journal)
    expect(step).toMatchObject({ actions: [{ code: CODE }, { code: 'let b = 2', from: { cell: 1 } }], unreadable: [] })
  })

  test('whose arguments cannot be read goes back with what is wrong', async () => {
    const { step, text } = await answer('<tool_call>{"name": "run", "arguments": {"code": oops}}</tool_call>')
    expect(text).toBe('')
    expect(step).toMatchObject({
      type: 'run',
      actions: [],
      unreadable: [{ callId: 'unread001', problem: expect.stringMatching(/^The arguments are not JSON \(/) }],
    })
  })

  test('that the output limit cut goes back as cut', async () => {
    const { step } = await answer('<tool_call>\n{"name": "run", "arguments": {"code": "const a = ', 5, 'length')
    expect(step).toMatchObject({
      unreadable: [
        { problem: expect.stringMatching(/^The call was cut at the model's output limit, after \d+ characters/) },
      ],
    })
  })

  test('that the server has read as well runs once', async () => {
    const text = `<tool_call>\n${json}\n</tool_call>`
    server.reply(answerStream(callChunks([{ id: 'a', code: CODE }], { text })))
    const { step } = await plan(plannerOn(server), asking('x'))
    expect(step).toEqual({ type: 'run', text: '', actions: [{ code: CODE, callId: 'a' }], unreadable: [] })
  })
})

describe('Text that is no call stays text', () => {
  test.each([
    ['a block of TypeScript', '```ts\nconsole.log(1)\n```'],
    ['JSON that a person asked for', '{"name": "Ada", "born": 1815}'],
    ['JSON with a key of calls', '{"type": "FeatureCollection", "features": []}'],
    ['a list', '[1, 2, 3]'],
    ['a call of a tool that we do not have', '<tool_call>\n{"name": "get_weather", "arguments": {}}\n</tool_call>'],
    ['the markup explained in a code block', `Qwen writes:\n\`\`\`xml\n<tool_call>\n${json}\n</tool_call>\n\`\`\``],
    [
      'the markup explained in quotes',
      `It opens with \`<tool_call>\` and \`[TOOL_CALLS]\`; \`<think>\` is for reasoning.`,
    ],
    ['JSON after prose', `The call was:\n${json}`],
    ['a call, and prose after it', `${json}\n\nThis runs the code.`],
    ['Python after the tag of Llama', '<|python_tag|>print(1)'],
    ['the beginning of a tag', 'a <tool'],
    ['a comparison', 'if a <t and b [T then'],
    ['one brace', '{'],
  ])('%s', async (_, content) => {
    for (const size of [1, 1000]) {
      const { step, text } = await answer(content, size)
      expect(step).toEqual({ type: 'answer', text: content })
      expect(text).toBe(content)
    }
  })
})

describe('Reasoning in the text of an answer', () => {
  test.each([
    ['<think>', '<think>\nThe person says hi.\n</think>\n\nHi there'],
    ['<thinking>', '<thinking>Hm</thinking>Hi there'],
    ['[THINK]', '[THINK]Hm[/THINK]Hi there'],
    ['several', '<think>Hm</think>Hi <think>mm</think>there'],
  ])('%s is neither shown nor kept', async (_, content) => {
    for (const size of [1, 6, 1000]) {
      const { step, text } = await answer(content, size)
      expect(step).toEqual({ type: 'answer', text: 'Hi there' })
      expect(text).toBe('Hi there')
    }
  })

  test('whose first tag the server kept is not kept, and a call after it runs (QwQ, DeepSeek-R1)', async () => {
    for (const size of [1, 6, 1000]) {
      expect((await answer('The person says hi.\n</think>\n\nHi there', size)).step).toEqual({
        type: 'answer',
        text: 'Hi there',
      })
      const { step } = await answer(`They want it gray.\n</think>\n\n${json}`, size)
      expect(step).toEqual({ type: 'run', text: '', actions: [{ code: CODE }], unreadable: [] })
    }
    const inBlock = 'It writes:\n```\n<think>\nHm\n</think>\nHi\n```'
    expect((await answer(inBlock)).step).toEqual({ type: 'answer', text: inBlock })
  })

  test('is left out of answers in code blocks too', async () => {
    server.reply(answerError(400, apiError('m does not support tools')))
    server.reply(answerStream(textAnswer('<think>\n```ts\nwrong()\n```\n</think>\n```ts\nright()\n```')))
    const { step } = await plan(plannerOn(server), asking('x'))
    expect(step).toMatchObject({ actions: [{ code: 'right()' }] })
    expect(server.requests[1]?.body.messages[0]?.content).toBe(systemPrompt('fenced'))
  })
})

test('A long call in small pieces takes little time', () => {
  const code = 'x'.repeat(400_000)
  const start = process.cpuUsage()
  for (const content of [
    `<tool_call>${JSON.stringify({ name: 'run', arguments: { code } })}</tool_call>`,
    JSON.stringify({ name: 'run', arguments: { code } }),
  ]) {
    const reader = createMarkupReader(new Set(['run']))
    for (let at = 0; at < content.length; at += 4) reader.push(content.slice(at, at + 4))
    expect(reader.end().calls).toHaveLength(1)
  }
  expect(process.cpuUsage(start).user).toBeLessThan(5_000_000)
})
