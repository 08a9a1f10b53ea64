import { describe, expect, test } from 'vitest'
import type { Event } from '../../sessions/event.ts'
import { buildMessages } from '../../src/planner/messages/messages.ts'
import { ask, cell, made, picture, print, result } from '../doubles/model-server/journal.ts'

const edits = [
  { find: 'size = 600', replace: 'size = 300' },
  { find: '\nsave(b)', replace: '' },
]
const CODE = "const size = 600\nsave(a)\nsave(b)\nlog('end')"
const EDITED = "const size = 300\nsave(a)\nlog('end')"
const done: Event[] = [
  { type: 'message', text: 'There.' },
  { type: 'end', status: 'ok' },
]
/** A cell, an edit of it that failed, one that succeeded, and an edit of that. */
const session: Event[] = [
  ask('x'),
  cell(1, CODE, { callId: 'a' }),
  result(1),
  ...done,
  ask('half of it'),
  {
    type: 'unreadable',
    callId: 'b',
    arguments: JSON.stringify({ cell: 1, edits: edits.slice(0, 1)[0] }),
    problem: 'It does not stand there.',
  },
  cell(2, EDITED, { callId: 'c', from: { cell: 1, edits }, purpose: 'half' }),
  made(2, 'a.png', { width: 300, height: 200 }),
  result(2),
  ...done,
  ask('again'),
  cell(3, EDITED, { callId: 'd', from: { cell: 2, edits: [] } }),
  result(3),
]
const last = (journal: readonly Event[]): unknown => buildMessages(journal, 'tools').at(-1)?.content

describe('The history', () => {
  test('shows an edit as it was made, and in its result the lines that changed', () => {
    const messages = buildMessages(session, 'tools')
    const calls = messages.flatMap((message) => ('tool_calls' in message ? (message.tool_calls ?? []) : []))
    expect(
      calls.map((call) => call.type === 'function' && [call.function.name, JSON.parse(call.function.arguments)]),
    ).toEqual([
      ['run', { code: CODE }],
      ['edit', { cell: 1, edits: edits.slice(0, 1) }],
      ['edit', { cell: 1, edits, purpose: 'half' }],
      ['edit', { cell: 2, edits: [] }],
    ])
    expect(JSON.stringify(messages).split('save(a)')).toHaveLength(2)
    expect(messages.filter((message) => message.role === 'tool').map((message) => message.content)).toEqual([
      'cell 1, status: ok (nothing printed, no file made)',
      'status: not run\nIt does not stand there.',
      'cell 2, status: ok\nchanged in it:\n  1 | const size = 300\nfiles made:\n- "a.png": image/png, 300x200, RGB, 5,000 bytes',
      'cell 3, status: ok (nothing printed, no file made)',
    ])
  })

  test('shows a model without tools the blocks it wrote', () => {
    const said = buildMessages(session, 'fenced').flatMap(({ role, content }) =>
      role === 'assistant' ? [content] : [],
    )
    expect(said).toEqual([
      `\`\`\`ts\n${CODE}\n\`\`\``,
      'There.',
      '```edit 1\n<<<<<<< SEARCH\nsize = 600\n=======\nsize = 300\n>>>>>>> REPLACE\n```',
      '```edit 1\n<<<<<<< SEARCH\nsize = 600\n=======\nsize = 300\n>>>>>>> REPLACE\n<<<<<<< SEARCH\n\nsave(b)\n=======\n>>>>>>> REPLACE\n```',
      'There.',
      '```edit 2\n```',
    ])
  })

  test('quotes of a long line what stands around the change', () => {
    const long = (size: number) => `draw(${'first, '.repeat(30)}{ size: ${size} }${', last'.repeat(30)})`
    const journal = [ask('x'), cell(1, long(10)), result(1), cell(2, long(25), { from: { cell: 1, edits } }), result(2)]
    expect(last(journal)).toBe(
      'cell 2, status: ok (nothing printed, no file made)\nchanged in it:\n  1 | …st, first, first, first, { size: 25 }, last, last, last, last, last, last, last, last, last, last, l…',
    )
  })

  test('quotes at most four changed lines, each cut', () => {
    const lines = Array.from({ length: 9 }, (_, n) => `line(${n}, '${'x y '.repeat(50)}')`).join('\n')
    const text = String(last([...session, cell(4, lines, { from: { cell: 2, edits } }), result(4)]))
    expect(text).toMatch(/^ {2}4 \| line\(3, '[x y]+…$/m)
    expect(text).toContain('\n  and 5 more lines')
    expect(text.length).toBeLessThan(700)
  })

  test('shows arguments that were no edit as text', () => {
    const broken: Event = { type: 'unreadable', callId: 'b', arguments: '{"cell": 1, "edits": 7}', problem: 'No.' }
    const call = buildMessages([ask('x'), broken], 'tools').at(-2)
    expect(call).toMatchObject({ tool_calls: [{ function: { name: 'run' } }] })
  })
})

describe('The model is told', () => {
  const restored: Event = { type: 'restored', cells: 4, files: 6, ms: 812, missing: [] }

  test('of a restore in the result of the cell that brought it about', () => {
    const journal = [ask('x'), cell(1, '1'), restored, result(1)]
    expect(last(journal)).toBe(
      'cell 1, status: ok (nothing printed, no file made)\nnote: The sandbox was restored: 4 cells, 6 files in 0.8 s.',
    )
  })

  test('of what a restore could not bring back, bounded', () => {
    const missing = Array.from({ length: 7 }, (_, n) => `Cell ${n + 1} cannot be replayed: ${'x'.repeat(500)}`)
    const journal = [...done, { ...restored, cells: 1, files: 1, ms: 40, missing }, ask('go on')]
    const text = String(last(journal))
    expect(text).toMatch(
      /^go on\n\nNote: The sandbox was restored: 1 cell, 1 file in 40 ms\. Cell 1 cannot be replayed: x+… Cell 2 /,
    )
    expect(text).toMatch(/ And 2 more could not be restored exactly\.$/)
    expect(text.length).toBeLessThan(1200)
  })

  test('in a later cell of a restore that comes when a result has been read already', () => {
    const journal = [ask('x'), cell(1, '1'), result(1), restored, cell(2, '2'), result(2)]
    const contents = buildMessages(journal, 'tools').map((message) => message.content)
    expect(contents.filter((content) => JSON.stringify(content).includes('restored'))).toEqual([contents.at(-1)])
  })

  test('which files and variables went with an expired session', () => {
    const gone: Event = { type: 'gone', id: 'x', files: ['a.png', 'b "2".csv'], variables: ['photo', 'rows'] }
    expect(last([gone, ask('make it gray')])).toBe(
      'make it gray\n\nNote: The earlier session has expired. Gone: files "a.png", "b \\"2\\".csv"; variables photo, rows. Do not try to use them: ask the person to send the files again if you need them.',
    )
    expect(last([{ ...gone, files: [], variables: [] }, ask('hi')])).toBe(
      'hi\n\nNote: The earlier session has expired, and nothing of it is left.',
    )
    const names = Array.from({ length: 500 }, (_, n) => `${n}${'n'.repeat(100)}`)
    const text = String(last([{ ...gone, files: names, variables: names }, ask('hi')]))
    expect(text.length).toBeLessThan(4500)
    expect(text).toContain(' and 470 more; variables ')
  })

  test('what an undo brought back, and whose work it is', () => {
    const upload: Event = { type: 'upload', name: 'x.png', card: picture }
    const undo = (version: number): Event => ({ type: 'undo', name: 'x.png', version })
    const start = [upload, ask('a'), cell(1, '1'), made(1, 'x.png'), result(1), ...done]
    const text = (...events: Event[]) => last([...start, ...events, ask('and now')])
    expect(text(undo(1))).toBe('and now\n\nNote: The user reverted "x.png" to an earlier version, the uploaded one.')
    const second = [ask('b'), cell(2, '2'), made(2, 'x.png'), result(2), ...done]
    expect(text(...second, undo(2))).toBe(
      'and now\n\nNote: The user reverted "x.png" to an earlier version, the one that cell 1 made.',
    )
    expect(last([undo(0), ask('b')])).toBe('b\n\nNote: The user undid "x.png": the file no longer exists.')
  })
})

describe('Cells that a person runs', () => {
  const own = [cell(1, '1 + 1', { callId: undefined }), print(1, '2', 'value'), result(1)]

  test('stand in the history as such, and roles alternate as strict endpoints want it', () => {
    expect(buildMessages([...own, ask('and three?')], 'tools').slice(1)).toEqual([
      { role: 'user', content: 'I run this cell myself.' },
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'cell00001', type: 'function', function: { name: 'run', arguments: '{"code":"1 + 1"}' } }],
      },
      { role: 'tool', tool_call_id: 'cell00001', content: 'cell 1, status: ok\nvalue: 2' },
      { role: 'assistant', content: '(The person ran it.)' },
      { role: 'user', content: 'and three?' },
    ])
    const roles = buildMessages([...own, { type: 'end', status: 'ok' }, ...own, ask('x')], 'fenced').map(
      ({ role }) => role,
    )
    expect(roles.slice(1)).toEqual(['user', 'assistant', 'user', 'assistant', 'user', 'assistant', 'user'])
  })

  test('and a turn that broke off leave the person the next word', () => {
    expect(buildMessages([ask('x'), ask('y')], 'tools').slice(1)).toEqual([
      { role: 'user', content: 'x' },
      { role: 'assistant', content: '(No answer: interrupted.)' },
      { role: 'user', content: 'y' },
    ])
  })
})

test('Each request begins with the one before it, whatever happens between them', () => {
  const between: Event[] = [
    { type: 'undo', name: 'a.png', version: 0 },
    { type: 'restored', cells: 1, files: 1, ms: 5, missing: [] },
  ]
  const journal: Event[] = [
    { type: 'gone', id: 'x', files: ['old.png'], variables: [] },
    ...session,
    ...between,
    cell(4, 'let late = 1'),
    ...between,
    result(4),
    ...done,
    ...between,
    cell(5, '5'),
    result(5),
    ...between,
    ask('next'),
  ]
  // The model is called after each request and each result.
  const asked = journal.flatMap((event, at) => (/^(?:ask|result|unreadable)$/.test(event.type) ? [at + 1] : []))
  for (const protocol of ['tools', 'fenced'] as const) {
    let former: unknown[] = []
    for (const length of asked) {
      const messages = buildMessages(journal.slice(0, length), protocol)
      expect(messages.slice(0, former.length)).toEqual(former)
      former = messages
    }
  }
})
