import { describe, expect, test } from 'vitest'
import type { Event } from '../../sessions/event.ts'
import { buildMessages } from '../../src/planner/messages/messages.ts'
import { systemPrompt } from '../../src/planner/prompt.ts'
import { ask, cell, made, picture, print, result } from '../doubles/model-server/journal.ts'

/** Two turns: a rejected attempt, a good one, an unreadable call, an answer; then a crash and a cancelled turn. */
const session: Event[] = [
  { type: 'notice', text: 'The model m at host answers.' },
  { type: 'upload', name: 'portrait.png', card: picture },
  ask('make this gray', ['portrait.png']),
  { type: 'delta', of: 'text', text: 'Pl' },
  { type: 'plan', text: 'Plan: gray.' },
  cell(1, 'import sharp from "sharp"\nawait sharp("portrait.png").grayscal().toFile("g.png")', {
    callId: 'call_1',
    purpose: 'gray',
  }),
  {
    type: 'rejected',
    cell: 1,
    diagnostics: [
      { line: 2, column: 29, code: 'TS2551', message: "Property 'grayscal' does not exist. Did you mean 'grayscale'?" },
    ],
  },
  result(1, { status: 'rejected' }),
  { type: 'usage', input: 1, output: 2 },
  cell(2, 'await sharp("portrait.png").grayscale().toFile("g.png")'),
  print(2, 'hello\n'),
  print(2, '{ width: 1200 }', 'value'),
  made(2, 'g.png', { width: 1200, height: 800 }),
  result(2),
  { type: 'unreadable', callId: 'call_1', arguments: '{"code": "x', problem: 'The arguments are not JSON.' },
  { type: 'notice', text: 'The endpoint is over its rate limit (429). Waiting 2 s.' },
  { type: 'message', text: 'Here is g.png.' },
  { type: 'end', status: 'ok' },
  ask('and now loop for ever', ['portrait.png']),
  cell(3, 'for (;;);', { callId: 'call_1' }),
  result(3, { status: 'timeout', code: 'timeout', message: 'The cell ran longer than 60 s.' }),
  { type: 'notice', text: 'The sandbox was restarted; the variables were rebuilt.' },
  { type: 'end', status: 'cancelled' },
  ask('thanks'),
]

describe('The messages made from a journal', () => {
  test('are these, word for word', () => {
    const call = (id: string, args: object) => [
      { id, type: 'function', function: { name: 'run', arguments: JSON.stringify(args) } },
    ]
    expect(buildMessages(session, 'tools')).toEqual([
      { role: 'system', content: systemPrompt('tools') },
      {
        role: 'user',
        content:
          'make this gray\n\nFiles, now in /mnt/data:\n- "portrait.png": PNG picture, 1200x800, 3 channels, 245,120 bytes\n\nYou cannot see pictures: measure them with code, or say what you cannot know.',
      },
      {
        role: 'assistant',
        content: 'Plan: gray.',
        tool_calls: call('call_1', {
          code: 'import sharp from "sharp"\nawait sharp("portrait.png").grayscal().toFile("g.png")',
          purpose: 'gray',
        }),
      },
      {
        role: 'tool',
        tool_call_id: 'call_1',
        content:
          'cell 1, status: rejected (nothing ran)\nline 2, column 29: Property \'grayscal\' does not exist. Did you mean \'grayscale\'? (TS2551)\n  2 | await sharp("portrait.png").grayscal().toFile("g.png")',
      },
      {
        role: 'assistant',
        content: null,
        tool_calls: call('cell00002', { code: 'await sharp("portrait.png").grayscale().toFile("g.png")' }),
      },
      {
        role: 'tool',
        tool_call_id: 'cell00002',
        content:
          'cell 2, status: ok\nprinted:\nhello\nvalue: { width: 1200 }\nfiles made:\n- "g.png": image/png, 1200x800, RGB, 5,000 bytes',
      },
      { role: 'assistant', content: null, tool_calls: call('call_1-2', { unreadable: '{"code": "x' }) },
      { role: 'tool', tool_call_id: 'call_1-2', content: 'status: not run\nThe arguments are not JSON.' },
      { role: 'assistant', content: 'Here is g.png.' },
      { role: 'user', content: 'and now loop for ever\n\nAbout: "portrait.png"' },
      { role: 'assistant', content: null, tool_calls: call('call_1-3', { code: 'for (;;);' }) },
      {
        role: 'tool',
        tool_call_id: 'call_1-3',
        content:
          'cell 3, status: timeout\nThe cell ran longer than 60 s.\nnote: The sandbox was restarted; the variables were rebuilt.',
      },
      { role: 'assistant', content: '(No answer: cancelled.)' },
      { role: 'user', content: 'thanks' },
    ])
  })

  test('begin with the messages of the former request, whenever the model is asked', () => {
    for (const protocol of ['tools', 'fenced'] as const) {
      const asked = [3, 8, 14, 15, 19, 22, 24].map((length) => buildMessages(session.slice(0, length), protocol))
      for (const [i, messages] of asked.slice(1).entries()) {
        const former = asked[i] ?? []
        expect(JSON.stringify(messages.slice(0, former.length))).toBe(JSON.stringify(former))
        expect(messages.length).toBeGreaterThan(former.length)
      }
    }
  })

  test('hold code blocks instead of tool calls for a model without tools', () => {
    const messages = buildMessages(session, 'fenced')
    expect(messages.every((message) => message.role !== 'tool' && !('tool_calls' in message))).toBe(true)
    expect(messages[4]).toEqual({
      role: 'assistant',
      content: '```ts\nawait sharp("portrait.png").grayscale().toFile("g.png")\n```',
    })
    expect(messages[5]).toMatchObject({
      role: 'user',
      content: expect.stringMatching(/^Result of that block:\ncell 2, status: ok\nprinted:\nhello/),
    })
  })

  test('tell where a snippet threw, with its own line', () => {
    const journal = [
      ask('x'),
      cell(1, 'const a = 1\n  boom(a)'),
      result(1, { status: 'threw', code: 'threw', message: 'ReferenceError: boom is not defined', line: 2, column: 3 }),
    ]
    expect(buildMessages(journal, 'tools').at(-1)?.content).toBe(
      'cell 1, status: threw\nline 2, column 3: ReferenceError: boom is not defined\n  2 | boom(a)',
    )
  })

  test('say when a cell did nothing that shows, or its end was never recorded', () => {
    expect(buildMessages([ask('x'), cell(1, '1'), result(1)], 'tools').at(-1)?.content).toBe(
      'cell 1, status: ok (nothing printed, no file made)',
    )
    expect(buildMessages([ask('x'), cell(1, '1')], 'tools').at(-1)?.content).toBe(
      'cell 1, status: unknown (the result was not recorded)',
    )
  })

  test('tell the model that variables are gone, in the next request if the turn is over', () => {
    const lost: Event = { type: 'notice', text: 'The sandbox was restarted: its variables are gone.' }
    const done: Event[] = [ask('x'), { type: 'message', text: 'ok' }, { type: 'end', status: 'ok' }, lost, ask('y')]
    expect(buildMessages(done, 'tools').at(-1)?.content).toBe(
      'y\n\nNote: The sandbox was restarted: its variables are gone.',
    )
    expect(buildMessages([ask('x'), lost], 'tools').at(-1)?.content).toBe(
      'x\n\nNote: The sandbox was restarted: its variables are gone.',
    )
  })
})
