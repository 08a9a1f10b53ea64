import { describe, expect, test } from 'vitest'
import type { Event } from '../sessions/event.ts'
import { describeUpload } from '../src/planner/messages-card.ts'
import { buildMessages } from '../src/planner/messages.ts'
import { withoutBase64 } from '../src/planner/messages-text.ts'
import { systemPrompt } from '../src/planner/prompt.ts'

const picture = { kind: 'picture', mime: 'image/png', format: 'png', bytes: 245_120, width: 1200, height: 800, channels: 3, depth: 'uchar', space: 'srgb', hasAlpha: false, frames: 1 } as const
const cell = (n: number, code: string, more: object = {}): Event => ({ type: 'cell', cell: n, code, seed: 1, clock: 0, ...more })
const result = (n: number, more: object = {}): Event => ({ type: 'result', cell: n, status: 'ok', ms: 12, names: [], ...more })
const print = (n: number, text: string, stream: 'stdout' | 'stderr' | 'value' = 'stdout'): Event => ({ type: 'print', cell: n, stream, text })
const ask = (text: string, files: string[] = []): Event => ({ type: 'ask', text, files })
const made = (n: number, name: string, more: object = {}): Event => ({ type: 'file', cell: n, name, mime: 'image/png', bytes: 5000, card: picture, ...more })

/** Two turns: a rejected try, a good one, an unreadable call, an answer; then a crash and a cancelled turn. */
const session: Event[] = [
  { type: 'notice', text: 'The model m at host answers.' },
  { type: 'upload', name: 'portrait.png', card: picture },
  ask('make this gray', ['portrait.png']),
  { type: 'delta', of: 'text', text: 'Pl' },
  { type: 'plan', text: 'Plan: gray.' },
  cell(1, 'import sharp from "sharp"\nawait sharp("portrait.png").grayscal().toFile("g.png")', { callId: 'call_1', purpose: 'gray' }),
  { type: 'rejected', cell: 1, diagnostics: [{ line: 2, column: 29, code: 'TS2551', message: "Property 'grayscal' does not exist. Did you mean 'grayscale'?" }] },
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
    const call = (id: string, args: object) => [{ id, type: 'function', function: { name: 'run', arguments: JSON.stringify(args) } }]
    expect(buildMessages(session, 'tools')).toEqual([
      { role: 'system', content: systemPrompt('tools') },
      { role: 'user', content: 'make this gray\n\nFiles, now in /mnt/data:\n- "portrait.png": PNG picture, 1200x800, 3 channels, 245,120 bytes' },
      {
        role: 'assistant',
        content: 'Plan: gray.',
        tool_calls: call('call_1', { code: 'import sharp from "sharp"\nawait sharp("portrait.png").grayscal().toFile("g.png")', purpose: 'gray' }),
      },
      {
        role: 'tool',
        tool_call_id: 'call_1',
        content:
          "status: rejected (nothing ran)\nline 2, column 29: Property 'grayscal' does not exist. Did you mean 'grayscale'? (TS2551)\n  2 | await sharp(\"portrait.png\").grayscal().toFile(\"g.png\")",
      },
      { role: 'assistant', content: null, tool_calls: call('cell00002', { code: 'await sharp("portrait.png").grayscale().toFile("g.png")' }) },
      { role: 'tool', tool_call_id: 'cell00002', content: 'status: ok\nprinted:\nhello\nvalue: { width: 1200 }\nfiles made:\n- "g.png": image/png, 1200x800, 5,000 bytes' },
      { role: 'assistant', content: null, tool_calls: call('call_1-2', { unreadable: '{"code": "x' }) },
      { role: 'tool', tool_call_id: 'call_1-2', content: 'status: not run\nThe arguments are not JSON.' },
      { role: 'assistant', content: 'Here is g.png.' },
      { role: 'user', content: 'and now loop for ever\n\nAbout: "portrait.png"' },
      { role: 'assistant', content: null, tool_calls: call('call_1-3', { code: 'for (;;);' }) },
      { role: 'tool', tool_call_id: 'call_1-3', content: 'status: timeout\nThe cell ran longer than 60 s.\nnote: The sandbox was restarted; the variables were rebuilt.' },
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
    expect(messages[4]).toEqual({ role: 'assistant', content: '```ts\nawait sharp("portrait.png").grayscale().toFile("g.png")\n```' })
    expect(messages[5]).toMatchObject({ role: 'user', content: expect.stringMatching(/^Result of that block:\nstatus: ok\nprinted:\nhello/) })
  })

  test('tell where a snippet threw, with its own line', () => {
    const journal = [ask('x'), cell(1, 'const a = 1\n  boom(a)'), result(1, { status: 'threw', code: 'threw', message: 'ReferenceError: boom is not defined', line: 2, column: 3 })]
    expect(buildMessages(journal, 'tools').at(-1)?.content).toBe('status: threw\nline 2, column 3: ReferenceError: boom is not defined\n  2 | boom(a)')
  })

  test('say when a cell did nothing that shows, or its end was never recorded', () => {
    expect(buildMessages([ask('x'), cell(1, '1'), result(1)], 'tools').at(-1)?.content).toBe('status: ok (nothing printed, no file made)')
    expect(buildMessages([ask('x'), cell(1, '1')], 'tools').at(-1)?.content).toBe('status: unknown (the result was not recorded)')
  })

  test('tell the model that variables are gone, in the next request if the turn is over', () => {
    const lost: Event = { type: 'notice', text: 'The sandbox was restarted: its variables are gone.' }
    const done: Event[] = [ask('x'), { type: 'message', text: 'ok' }, { type: 'end', status: 'ok' }, lost, ask('y')]
    expect(buildMessages(done, 'tools').at(-1)?.content).toBe('y\n\nNote: The sandbox was restarted: its variables are gone.')
    expect(buildMessages([ask('x'), lost], 'tools').at(-1)?.content).toBe('x\n\nNote: The sandbox was restarted: its variables are gone.')
  })
})

describe('Bounds', () => {
  const base64 = Buffer.from(Array.from({ length: 3000 }, (_, i) => (i * 131) % 251)).toString('base64')
  const lastOf = (journal: Event[]) => String(buildMessages(journal, 'tools').at(-1)?.content)

  test('long output keeps its head and tail', () => {
    const lines = Array.from({ length: 20_000 }, (_, i) => `line ${i}`).join('\n')
    const text = lastOf([ask('x'), cell(1, '1'), print(1, lines), print(1, lines, 'value'), result(1)])
    expect(text.length).toBeLessThan(9000)
    expect(text).toMatch(/^status: ok\nprinted:\nline 0\n/)
    expect(text).toMatch(/\n\[… 202,889 characters cut …\]\n/)
    expect(text).toContain('line 19999\nvalue: line 0')
  })

  test('everything together stays below 24,000 characters', () => {
    const long = 'wörter und 😀 '.repeat(20_000)
    const diagnostics = Array.from({ length: 500 }, (_, i) => ({ line: 1, column: i, code: 'TS1', message: long }))
    const files = Array.from({ length: 200 }, (_, i) => made(1, `${'n'.repeat(60)}${i}.png`))
    const journal = [ask('x'), cell(1, long), print(1, long), print(1, long, 'value'), ...files, { type: 'rejected', cell: 1, diagnostics } as Event, result(1, { status: 'threw', message: long, line: 1 })]
    const text = lastOf(journal)
    expect(text.length).toBeLessThan(24_000)
    expect(text.isWellFormed()).toBe(true)
    expect(text).toContain('and 488 more problems')
    expect(text).toContain('- and 160 more')
  })

  test('no base64 and no data URL goes to the model, wherever it stood', () => {
    const wrapped = base64.replace(/.{76}/g, '$&\n')
    const texts = [`data:image/png;base64,${base64}`, base64, `<img src="data:image/svg+xml;charset=utf-8;base64,${base64}">`, wrapped]
    for (const text of texts) {
      const journal: Event[] = [
        { type: 'upload', name: 'a.txt', card: { kind: 'text', mime: 'text/plain', bytes: 9, head: [text] } },
        ask(text),
        cell(1, '1'),
        print(1, text),
        print(1, text, 'value'),
        result(1, { status: 'threw', message: text, line: 1 }),
        { type: 'unreadable', callId: 'u', arguments: text, problem: 'x' },
      ]
      const sent = JSON.stringify(buildMessages(journal, 'tools').slice(1))
      expect(sent).not.toMatch(/[A-Za-z0-9+/]{100}/)
      expect(sent).not.toContain(';base64,')
      expect(sent).toMatch(/\[(?:base64|data URL)/)
    }
    expect(withoutBase64(`data:image/png;base64,${base64}`)).toBe('[data URL of image/png, 4,022 characters]')
    expect(withoutBase64('-'.repeat(300))).toBe('-'.repeat(300))
  })
})

describe('The card of a file', () => {
  test('tells a table by its columns, rows and first lines', () => {
    const head = ['地区,2003年', '北京,5267.2']
    const columns = [{ name: '地区', type: 'text' }, { name: '2003年', type: 'number' }]
    expect(describeUpload('gdp.csv', { kind: 'table', mime: 'text/csv', bytes: 5120, encoding: 'gb18030', delimiter: ',', rows: 31, columns, head })).toBe(
      '- "gdp.csv": table, 31 rows, 2 columns, gb18030, delimiter ",", 5,120 bytes\n  columns: 地区 (text), 2003年 (number)\n  first lines:\n    地区,2003年\n    北京,5267.2',
    )
  })

  test('tells of frames, orientation, colour and depth where they are unusual', () => {
    const gif = { ...picture, format: 'gif', frames: 30, delay: [40, 100], bytes: 900 }
    expect(describeUpload('a.gif', gif)).toBe('- "a.gif": GIF picture, 1200x800, 3 channels, 30 frames of 40-100 ms, 900 bytes')
    const odd = { ...picture, format: 'tiff', channels: 4, space: 'cmyk', depth: 'ushort', orientation: 6 }
    expect(describeUpload('a.tif', odd)).toBe(
      '- "a.tif": TIFF picture, 1200x800, 4 channels, cmyk, depth ushort, EXIF orientation 6 (shown upright it is turned a quarter), 245,120 bytes',
    )
    expect(describeUpload('x"\n.png', { kind: 'broken', mime: 'image/png', bytes: 3, problem: 'It is text.' })).toBe(
      '- "x\\"\\n.png": cannot be read: It is text., 3 bytes',
    )
  })

  test('of a table with 500 columns is bounded', () => {
    const columns = Array.from({ length: 500 }, (_, i) => ({ name: `column ${i}`.repeat(20), type: 'number' }))
    const text = describeUpload('wide.csv', { kind: 'table', mime: 'text/csv', bytes: 1, rows: 1, columns, head: ['x'.repeat(400)] })
    expect(text.length).toBeLessThan(5000)
    expect(text).toContain(', and 440 more')
  })
})
