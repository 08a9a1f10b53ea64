// What the page shows of a session, computed from its events.
import { expect, test } from 'vitest'
import type { StreamMessage, StreamEvent } from '../../src/http/schemas.ts'
import { EMPTY_CONVERSATION, reconnect, applyEvents } from '../../src/web/model/conversation.ts'
import { galleryOf } from '../../src/web/model/gallery.ts'
import type { CellItem, Conversation, Turn } from '../../src/web/model/types.ts'

const card = { kind: 'picture', mime: 'image/png', bytes: 9, width: 4, height: 4 } as const
const upload = (name: string): StreamEvent => ({ type: 'upload', name, card, fileId: `id-of-${name}` })
const ask = (text: string, ...files: string[]): StreamEvent => ({ type: 'ask', text, files })
const cell = (n: number, more: object = {}): StreamEvent => ({
  type: 'cell',
  cell: n,
  code: `code ${n}`,
  seed: 1,
  clock: 1,
  ...more,
})
const made = (n: number, name: string, fileId: string): StreamEvent => ({
  type: 'file',
  cell: n,
  name,
  mime: 'image/png',
  bytes: 9,
  card,
  fileId,
})
const result = (n: number): StreamEvent => ({ type: 'result', cell: n, status: 'ok', ms: 5, names: [] })
const end: StreamEvent = { type: 'end', status: 'ok' }

const PASSING = new Set(['delta', 'progress', 'session'])
function numbered(events: readonly StreamEvent[], from = 0): StreamMessage[] {
  let seq = from
  return events.map((event) => (PASSING.has(event.type) ? { event } : { seq: seq++, event }))
}
const after = (...events: StreamEvent[]): Conversation => applyEvents(EMPTY_CONVERSATION, numbered(events))
const last = ({ turns }: Conversation): Turn => turns.at(-1)!
const cellsOf = (turn: Turn): CellItem[] => turn.items.filter((item) => item.type === 'cell')

test('a turn has its request, its files, its cells and what they made', () => {
  const at = after(upload('a.png'), ask('blur it', 'a.png'), cell(1), made(1, 'b.png', 'b1'), result(1), end)
  expect(last(at)).toMatchObject({ seq: 1, text: 'blur it', status: 'ok', files: [{ name: 'a.png' }] })
  expect(cellsOf(last(at))).toMatchObject([{ cell: 1, status: 'ok', ms: 5, files: [{ id: 'b1', version: 1 }] }])
  expect([...at.current.keys()]).toEqual(['a.png', 'b.png'])
})

test('a result can be compared with the picture that was asked about, or with the last one there was', () => {
  const at = after(upload('a.png'), ask('blur it', 'a.png'), cell(1), made(1, 'b.png', 'b1'), result(1), end)
  const more = applyEvents(at, numbered([ask('now invert it'), cell(2), made(2, 'c.png', 'c1'), result(2), end], 6))
  expect(galleryOf(more.turns).map(({ file, before }) => [file.name, before?.name])).toEqual([
    ['b.png', 'a.png'],
    ['c.png', 'b.png'],
  ])
})

test('what streams is shown until the whole of it is kept', () => {
  const at = after(
    ask('go'),
    { type: 'delta', of: 'text', text: 'I wi' },
    { type: 'delta', of: 'text', text: 'll' },
    { type: 'delta', of: 'code', text: 'const' },
  )
  expect(last(at).streaming).toEqual([
    { of: 'text', text: 'I will' },
    { of: 'code', text: 'const' },
  ])
  const planned = applyEvents(at, numbered([{ type: 'plan', text: 'I will' }], 1))
  expect(last(planned).streaming).toEqual([{ of: 'code', text: 'const' }])
  expect(last(applyEvents(planned, numbered([cell(1)], 2))).streaming).toEqual([])
})

test('a new connection tells again what passes, so the old pieces are dropped', () => {
  const at = after(ask('go'), { type: 'delta', of: 'text', text: 'Hel' })
  const again = applyEvents(reconnect(at), [{ event: { type: 'delta', of: 'text', text: 'Hello' } }])
  expect(last(again).streaming).toEqual([{ of: 'text', text: 'Hello' }])
})

test('a request that was taken back, and all after it, stands behind the one in its place', () => {
  const first = [upload('a.png'), ask('blur it', 'a.png'), cell(1), made(1, 'b.png', 'b1'), result(1), end]
  const at = after(
    ...first,
    { type: 'replaced', seq: 1, files: [{ name: 'b.png', version: 0 }] },
    ask('invert it', 'a.png'),
  )
  expect(at.turns.map(({ text }) => text)).toEqual(['invert it'])
  expect(last(at).takenBack.map(({ text }) => text)).toEqual(['blur it'])
  expect([...at.current.keys()]).toEqual(['a.png'])
})

test('a cell that a person runs again stands by itself and ends with its result', () => {
  const first = [upload('a.png'), ask('blur it', 'a.png'), cell(1), made(1, 'b.png', 'b1'), result(1), end]
  const at = after(...first, cell(2, { from: { cell: 1, edits: [] } }), made(2, 'b.png', 'b2'), result(2))
  expect(last(at)).toMatchObject({ text: undefined, status: 'ok', before: { name: 'a.png' } })
  expect(at.versions.get('b.png')?.map(({ id, version }) => [id, version])).toEqual([
    ['b1', 1],
    ['b2', 2],
  ])
})

test('an undo brings the earlier bytes back, or takes the file away', () => {
  const first = [ask('go'), cell(1), made(1, 'b.png', 'b1'), result(1), cell(2), made(2, 'b.png', 'b2'), result(2), end]
  const back = after(...first, { type: 'undo', name: 'b.png', version: 1 })
  expect(back.current.get('b.png')?.id).toBe('b1')
  expect(last(back).items.at(-1)).toMatchObject({ type: 'undone', version: 1 })
  expect(after(...first, { type: 'undo', name: 'b.png', version: 0 }).current.has('b.png')).toBe(false)
})

test('an undo that was asked for in words is said by the answer alone', () => {
  const first = [ask('go'), cell(1), made(1, 'b.png', 'b1'), result(1), end]
  const answer: StreamEvent = { type: 'message', text: 'Undone: b.png is gone again.' }
  const at = after(...first, ask('undo'), { type: 'undo', name: 'b.png', version: 0 }, answer, end)
  expect(at.current.has('b.png')).toBe(false)
  expect(last(at).items).toMatchObject([{ type: 'words', text: answer.text }])
})

test('files brought since the last request go with the next, until it is made or they are removed', () => {
  expect(after(upload('a.png'), upload('b.png')).fresh).toEqual(['a.png', 'b.png'])
  expect(after(upload('a.png'), { type: 'removed', cell: 0, name: 'a.png' }).fresh).toEqual([])
  expect(after(upload('a.png'), ask('go', 'a.png')).fresh).toEqual([])
})

test('a restore is told before the cell that needed it', () => {
  const restored: StreamEvent = { type: 'restored', cells: 1, files: 2, ms: 8, missing: [] }
  expect(last(after(ask('go'), cell(3), restored, result(3))).items.map(({ type }) => type)).toEqual([
    'restored',
    'cell',
  ])
})

test('printed pieces of one stream are one text, and tokens are summed', () => {
  const print = (stream: 'stdout' | 'stderr', text: string): StreamEvent => ({ type: 'print', cell: 1, stream, text })
  const usage: StreamEvent = { type: 'usage', input: 10, output: 3, cached: 4 }
  const at = after(ask('go'), usage, cell(1), print('stdout', 'a'), print('stdout', 'b'), print('stderr', 'c'), usage)
  expect(cellsOf(last(at))[0]?.output).toEqual([
    { stream: 'stdout', text: 'ab' },
    { stream: 'stderr', text: 'c' },
  ])
  expect(last(at).usage).toEqual({ input: 20, output: 6, cached: 8 })
})

test('turns that did not change stay the same objects, so that they are not drawn again', () => {
  const at = after(ask('one'), end, ask('two'))
  const more = applyEvents(at, [{ event: { type: 'delta', of: 'text', text: 'x' } }])
  expect(more.turns[0]).toBe(at.turns[0])
  expect(more.turns[1]).not.toBe(at.turns[1])
})
