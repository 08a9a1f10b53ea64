// Conversations longer than the model's context: older requests are summarized, the journal stays unchanged.
import { describe, expect, it } from 'vitest'
import type { Event } from '../../sessions/event.ts'
import { replacementOf, effectiveEvents } from '../../sessions/journal/effective-events.ts'
import { boundariesOf, compactionAfterRefusal, dueCompaction, sizeOf } from '../../src/planner/compaction/compaction.ts'
import { contextOf } from '../../src/planner/compaction/context.ts'
import { writeDigest } from '../../src/planner/compaction/digest.ts'
import { buildMessages } from '../../src/planner/messages/messages.ts'
import { estimateTokens, withinTokens } from '../../src/planner/compaction/token-estimate.ts'
import { ask, cell, made, picture, print, result } from '../doubles/model-server/journal.ts'

const END: Event = { type: 'end', status: 'ok' }
const upload = (name: string): Event => ({ type: 'upload', name, card: picture })
const say = (text: string): Event => ({ type: 'message', text })
const usage = (input: number): Event => ({ type: 'usage', input, output: 10 })

/** A request with one cell that makes a file, and an answer. */
function request(n: number, more: readonly Event[] = []): Event[] {
  const code = `const width${n} = ${n}00\nawait draw('out${n}.png', width${n})`
  const words = ask(`Request ${n}: make it ${n}00 wide`)
  const end = [made(n, `out${n}.png`), result(n, { names: [`width${n}`] }), say(`out${n}.png is there.`), END]
  return [words, ...more, cell(n, code, { callId: 'call_1', purpose: `draw ${n}` }), print(n, 'x'.repeat(400)), ...end]
}
const requests = (from: number, to: number): Event[] =>
  Array.from({ length: to - from + 1 }, (_, i) => request(from + i)).flat()

/** Fails where a strict endpoint would. */
function checkForm(messages: ReturnType<typeof buildMessages>): void {
  const ids = new Set<string>()
  let owed: string[] = []
  let before = ''
  for (const message of messages) {
    if (message.role === 'tool') {
      expect(owed).toContain(message.tool_call_id)
      owed = owed.filter((id) => id !== message.tool_call_id)
    } else {
      expect(owed).toEqual([])
      expect(message.role === 'system').toBe(before === '')
      if (message.role === 'user') expect(before).not.toBe('user')
      const calls = message.role === 'assistant' ? (message.tool_calls ?? []) : []
      for (const { id } of calls) {
        expect(ids).not.toContain(id)
        ids.add(id)
        owed.push(id)
      }
    }
    before = message.role
  }
  expect(owed).toEqual([])
}

describe('a compacted journal', () => {
  const kinds: readonly Event[][] = [
    request(1),
    [ask('what is it?'), say('A picture.'), END],
    [ask('broken'), cell(2, 'x', { callId: 'call_1' }), result(2, { status: 'threw', message: 'no' }), END],
    [ask('interrupted'), cell(3, 'y'), result(3)],
    [cell(4, 'mine'), result(4)],
    [upload('b.png'), ask('with a file', ['b.png']), { type: 'plan', text: 'I look.' }, say('Seen.'), END],
    [{ type: 'undo', name: 'out1.png', version: 0 }, ask('undone'), say('Yes.'), END],
    [
      ask('unreadable'),
      { type: 'unreadable', callId: 'call_1', arguments: '{', problem: 'No JSON.' },
      { type: 'end', status: 'failed' },
    ],
  ]

  it('has the form that strict endpoints want, wherever it is compacted, with tools and without', () => {
    // Every kind of request after every other, compacted before each request.
    for (const first of kinds) {
      for (const second of kinds) {
        const journal = [upload('a.png'), ...first, ...second, ...request(9), ask('now')]
        for (const seq of boundariesOf(journal)) {
          for (const protocol of ['tools', 'fenced'] as const) {
            const messages = buildMessages([...journal, { type: 'compacted', seq, tokens: 800 }], protocol)
            checkForm(messages)
            expect(messages.at(-1)).toEqual({ role: 'user', content: 'now' })
          }
        }
      }
    }
  })

  it('begins every later request with the same messages', () => {
    const old = [upload('a.png'), ...requests(1, 6)]
    const journal: Event[] = [...old, ask('go on')]
    journal.push({ type: 'compacted', seq: boundariesOf(journal)[4] ?? 0, tokens: 600 })
    let before = buildMessages(journal, 'tools')
    for (const event of [...request(7).slice(1), ...requests(8, 12), ask('more')]) {
      journal.push(event)
      const now = buildMessages(journal, 'tools')
      if (event.type !== 'end' && event.type !== 'message' && event.type !== 'ask') continue
      expect(now.slice(0, before.length)).toEqual(before)
      before = now
    }
  })

  it('says what an edit changed in a cell that is told in short', () => {
    const journal = [...requests(1, 2), ask('wider')]
    const edited = cell(3, "const width1 = 900\nawait draw('out1.png', width1)", {
      from: { cell: 1, edits: [{ find: '= 100', replace: '= 900' }] },
    })
    journal.push({ type: 'compacted', seq: journal.length - 1 }, edited, result(3))
    expect(buildMessages(journal, 'tools').at(-1)?.content).toContain('changed in it:\n  1 | const width1 = 900')
  })

  it('keeps its place when a later request is taken back, and goes when the one is that it came in', () => {
    const journal = [...requests(1, 4), ask('five')]
    const seq = boundariesOf(journal)[3] ?? 0
    journal.push({ type: 'compacted', seq, tokens: 500 }, ...request(5).slice(1))
    const before = buildMessages(journal, 'tools')
    const at = journal.length
    journal.push(...request(6))
    const back = replacementOf(journal, at)
    expect(back).toBeDefined()
    if (back) journal.push(back)
    expect(buildMessages(effectiveEvents(journal), 'tools')).toEqual(before)
    // Ineffective events do not count: a later compaction gives its position among the effective ones.
    journal.push(...request(7), ask('eight'))
    const told = effectiveEvents(journal)
    const due = dueCompaction(told, sizeOf(told, 'tools') + 1, 'tools')
    expect(due).toBeDefined()
    if (!due) return
    expect(told[due.seq]?.type).toBe('ask')
    journal.push(due)
    checkForm(buildMessages(effectiveEvents(journal), 'tools'))
    const fifth = journal.findIndex((event) => event.type === 'ask' && event.text === 'five')
    const all = replacementOf(journal, fifth)
    if (all) journal.push(all)
    expect(effectiveEvents(journal).some(({ type }) => type === 'compacted')).toBe(false)
  })
})

describe('a digest', () => {
  it('tells words, cells, answers, files with facts, and the code that made them', () => {
    const edits = { from: { cell: 2, edits: [{ find: '200', replace: '250' }] } }
    const again = [
      ask('a bit wider'),
      cell(3, 'await draw(250)', edits),
      made(3, 'out2.png'),
      result(3),
      say('Done.'),
      END,
    ]
    const text = writeDigest([upload('a.png'), ...requests(1, 2), ...again], 2000)
    for (const part of [
      '1. "Request 1: make it 100 wide"',
      'cell 1 ok (draw 1) made "out1.png" left width1',
      '  answer: out1.png is there.',
      '3. "a bit wider"',
      '- "a.png": PNG picture, 1200x800',
      '(uploaded)',
      '(made by cell 3)',
      'cell 3:\n```ts\nawait draw(250)\n```',
      'cell 1:\n```ts\nconst width1 = 100',
    ]) {
      expect(text).toContain(part)
    }
    expect(text).not.toContain('cell 2:\n')
  })

  it.each([200, 500, 1000, 4000])('of %i tokens is never longer, and keeps the first words and the last', (tokens) => {
    const text = writeDigest(requests(1, 120), tokens)
    expect(estimateTokens(text)).toBeLessThanOrEqual(tokens)
    expect(text).toContain('Request 1: make')
    expect(text).toContain('Request 120: make')
    if (tokens < 4000) expect(text).toMatch(/\[… \d+ requests are left out …\]/)
  })

  it('holds nothing of base64, and is bounded for words and names of any length', () => {
    const long = [
      ask(`看 ${'A1b2'.repeat(9000)} ${'长'.repeat(9000)}`),
      cell(1, 'x'.repeat(90_000)),
      made(1, `${'n'.repeat(900)}.png`),
    ]
    const text = writeDigest([...long, result(1, { names: ['a'.repeat(5000)] }), END], 700)
    expect(estimateTokens(text)).toBeLessThanOrEqual(700)
    expect(text).not.toContain('A1b2A1b2')
    expect(text).toContain('Code not repeated here: cell 1.')
  })
})

describe('a compaction', () => {
  it('is due at 80 % of the context, goes down to half, and keeps the newest requests whole', () => {
    const journal = [...requests(1, 60), ask('now')]
    const size = sizeOf(journal, 'tools')
    expect(dueCompaction(journal, size / 0.79, 'tools')).toBeUndefined()
    const context = Math.floor(size / 0.81)
    const due = dueCompaction(journal, context, 'tools')
    expect(due?.tokens).toBe(Math.floor(context * 0.25))
    const after = [...journal, ...(due ? [due] : [])]
    expect(sizeOf(after, 'tools')).toBeLessThanOrEqual(context * 0.5)
    expect(JSON.stringify(buildMessages(after, 'tools'))).toContain("draw('out60.png', width60)")
    expect(dueCompaction(after, context, 'tools')).toBeUndefined()
  })

  it('believes what the endpoint counted more than its own estimate', () => {
    const journal = [...requests(1, 10), usage(50_000), ask('now')]
    expect(sizeOf(journal, 'tools')).toBeGreaterThanOrEqual(50_000)
    expect(sizeOf([...requests(1, 10), usage(3), ask('now')], 'tools')).toBeGreaterThan(1500)
    const drawn: Event[] = [{ type: 'drawing', prompt: 'fox', name: 'f.png', inputs: [] }, usage(90_000)]
    const last: Event = { type: 'drawn', status: 'ok', ms: 1 }
    expect(sizeOf([...requests(1, 10), ask('a fox'), ...drawn, last], 'tools')).toBeLessThan(50_000)
  })

  it('counts pictures by what they were estimated at', () => {
    const look = (tokens: number): Event => {
      const shown = { names: ['a.png'], detail: 'high', mime: 'image/png', bytes: 9, width: 9, height: 9 } as const
      return {
        type: 'look',
        pictures: [{ ...shown, names: [...shown.names], hash: 'a'.repeat(64), tokens }],
        problems: [],
      }
    }
    expect(sizeOf([ask('x'), look(5000)], 'tools') - sizeOf([ask('x'), look(0)], 'tools')).toBe(5000)
  })

  it('after a refusal halves what is told, and once nothing old is left there is none', () => {
    let journal: Event[] = [...requests(1, 40), ask('now')]
    const always = sizeOf([], 'tools')
    const sizes = [sizeOf(journal, 'tools')]
    for (let n = 0; n < 2; n++) {
      const smaller = compactionAfterRefusal(journal, undefined, 'tools')
      if (smaller) journal = [...journal, smaller]
      sizes.push(sizeOf(journal, 'tools'))
    }
    expect((sizes[1] ?? 0) - always).toBeLessThanOrEqual(((sizes[0] ?? 0) - always) / 2)
    expect(sizes[2]).toBeLessThan(sizes[1] ?? 0)
    expect(compactionAfterRefusal([upload('a.png'), ask('the first')], undefined, 'tools')).toBeUndefined()
  })
})

it('knows contexts by published names', () => {
  expect(contextOf('gpt-6.1-terra')).toBe(922_000)
  expect(contextOf('openai/gpt-4o-2024-08-06')).toBe(128_000)
  expect(contextOf('gpt-5.2')).toBe(272_000)
  expect(contextOf('some-model')).toBeUndefined()
})

it('estimates tokens by script, and cuts where they end', () => {
  expect([estimateTokens('abcdefgh'), estimateTokens('把图片变灰'), estimateTokens('éé'), estimateTokens('')]).toEqual([
    2, 5, 1, 0,
  ])
  expect(withinTokens('short', 100)).toBe('short')
  const cut = withinTokens('长'.repeat(500), 60)
  expect(estimateTokens(cut)).toBeLessThanOrEqual(60)
  expect(cut).toMatch(/^长{50,}\n\[… cut …\]$/)
})
