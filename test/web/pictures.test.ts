// How the page shows pictures that a model saw or generated, token usage, and URLs in a request.
import { expect, test } from 'vitest'
import type { StreamMessage, StreamEvent } from '../../src/http/schemas.ts'
import { EMPTY_CONVERSATION, applyEvents } from '../../src/web/model/conversation.ts'
import { galleryOf } from '../../src/web/model/gallery.ts'
import { filesMade } from '../../src/web/model/pictures.ts'
import type { Conversation, Turn } from '../../src/web/model/types.ts'

const card = { kind: 'picture', mime: 'image/png', bytes: 9, width: 4, height: 4 } as const
const upload = (name: string, url?: string): StreamEvent => ({
  type: 'upload',
  name,
  card,
  url,
  fileId: `id-of-${name}`,
})
const ask = (text: string, ...files: string[]): StreamEvent => ({ type: 'ask', text, files })
const picture = (names: string[], tokens: number) =>
  ({ names, detail: 'low', mime: 'image/png', bytes: 9, width: 4, height: 4, hash: 'a'.repeat(64), tokens }) as const
const drawing: StreamEvent = { type: 'drawing', name: 'fox.png', prompt: 'a red fox', inputs: [] }
const fox: StreamEvent = { type: 'file', cell: 0, name: 'fox.png', mime: 'image/png', bytes: 9, card, fileId: 'f1' }
const usage = (input: number, more: object = {}): StreamEvent => ({ type: 'usage', input, output: 1, ...more })
const end: StreamEvent = { type: 'end', status: 'ok' }

const after = (...events: StreamEvent[]): Conversation =>
  applyEvents(
    EMPTY_CONVERSATION,
    events.map((event, seq): StreamMessage => ({ seq, event })),
  )
const last = ({ turns }: Conversation): Turn => turns.at(-1)!

test('a look has the names of what was shown, and pictures of those that its turn does not show anyway', () => {
  const at = after(upload('a.png'), upload('b.png'), ask('compare', 'a.png'), drawing, fox, {
    type: 'look',
    pictures: [picture(['a.png'], 85), picture(['b.png', 'gone.png', 'fox.png'], 1020)],
    problems: ['c.heic cannot be decoded.'],
  })
  expect(last(at).items.slice(1)).toMatchObject([
    {
      type: 'look',
      names: ['a.png', 'b.png', 'gone.png', 'fox.png'],
      files: [{ id: 'id-of-b.png' }],
      pictures: 2,
      tokens: 1105,
      problems: ['c.heic cannot be decoded.'],
    },
  ])
})

test('a drawing runs until it is drawn, and has its file, which stands among the pictures', () => {
  const begun = after(upload('a.png'), ask('draw a fox'), drawing)
  expect(last(begun).items).toMatchObject([{ type: 'drawing', prompt: 'a red fox', status: 'running', files: [] }])
  const at = after(upload('a.png'), ask('draw a fox'), drawing, fox, { type: 'drawn', status: 'ok', ms: 9 }, end)
  expect(last(at).items).toMatchObject([{ status: 'ok', ms: 9, files: [{ id: 'f1', name: 'fox.png', version: 1 }] }])
  expect(filesMade(last(at)).map(({ name }) => name)).toEqual(['fox.png'])
  expect(galleryOf(at.turns).map(({ file, before }) => [file.id, before?.name])).toEqual([['f1', 'a.png']])
  expect([...at.current.keys()]).toEqual(['a.png', 'fox.png'])
})

test('each drawing ends by itself, and one that failed says why', () => {
  const failed: StreamEvent = { type: 'drawn', status: 'failed', code: 'refused', message: 'It refused.', ms: 3 }
  const at = after(ask('go'), drawing, failed, drawing, fox, { type: 'drawn', status: 'ok', ms: 4 }, end)
  expect(last(at).items).toMatchObject([
    { status: 'failed', message: 'It refused.', files: [] },
    { status: 'ok', message: undefined, files: [{ id: 'f1' }] },
  ])
})

test('money is summed for the turn and for all, requests that were taken back too', () => {
  const at = after(
    ask('one'),
    usage(10, { cost: 0.5 }),
    end,
    { type: 'replaced', seq: 0, files: [] },
    ask('two'),
    usage(20, { cost: 0.25, cached: 5 }),
    usage(30),
    end,
  )
  expect(last(at).usage).toEqual({ input: 50, output: 2, cached: 5, cost: 0.25 })
  expect(at.usage).toEqual({ input: 60, output: 3, cached: 5, cost: 0.75 })
  expect(last(after(ask('one'), usage(10), end)).usage?.cost).toBeUndefined()
})

test('what is told of addresses before their request stands with it, and files say their host', () => {
  const fetching: StreamEvent = { type: 'notice', text: 'Fetching https://a.example/p.png.' }
  const before = after(ask('first'), end, fetching, upload('p.png', 'https://a.example:444/p.png?q=1'))
  expect(before.ahead).toMatchObject([{ type: 'notice', text: 'Fetching https://a.example/p.png.' }])
  expect(last(before).items).toEqual([])
  const at = applyEvents(before, [{ seq: 9, event: ask('look at https://a.example/p.png', 'p.png') }])
  expect(at.ahead).toEqual([])
  expect(last(at)).toMatchObject({ items: [{ type: 'notice' }], files: [{ name: 'p.png', host: 'a.example:444' }] })
  expect(last(after(ask('go'), { type: 'notice', text: 'Now.' })).items).toMatchObject([{ text: 'Now.' }])
})

test('where the past is told in short is marked', () => {
  expect(last(after(ask('go'), { type: 'compacted', seq: 0 })).items).toMatchObject([{ type: 'compacted' }])
})
