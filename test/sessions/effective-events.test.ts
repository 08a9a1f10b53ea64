// The effective events of a journal after a request was taken back.
import { expect, test } from 'vitest'
import type { Event } from '../../sessions/event.ts'
import { createFileHistory } from '../../sessions/journal/file-history.ts'
import { replacementOf, effectiveEvents } from '../../sessions/journal/effective-events.ts'
import { cardOf } from './scene.ts'

const upload = (name: string): Event => ({ type: 'upload', name, card: cardOf(1) })
const ask = (text: string): Event => ({ type: 'ask', text, files: [] })
const cell = (n: number): Event => ({ type: 'cell', cell: n, code: `cell ${n}`, seed: 1, clock: 1 })
const file = (name: string, n: number): Event => ({
  type: 'file',
  cell: n,
  name,
  mime: 'text/plain',
  bytes: 1,
  card: cardOf(1),
})
const answer = (text: string): Event => ({ type: 'message', text })
const END: Event = { type: 'end', status: 'ok' }
const turn = (text: string, n: number, ...files: string[]): Event[] => [
  ask(text),
  cell(n),
  ...files.map((name) => file(name, n)),
  answer(`did ${text}`),
  END,
]

function replace(events: Event[], seq: number): Event[] {
  const event = replacementOf(events, seq)
  if (!event) throw new Error('nothing to replace')
  return [...events, event]
}
function current(events: readonly Event[]): Record<string, number> {
  const history = createFileHistory()
  for (const event of events) history.take(event)
  return Object.fromEntries(history.currentFiles().map(({ name, version }) => [name, version]))
}
const texts = (events: readonly Event[]): string[] =>
  events.flatMap((event) => (event.type === 'ask' || event.type === 'message' ? [event.text] : []))

test('a journal without replacements is what it is', () => {
  const events = [upload('a'), ...turn('one', 1, 'b')]
  expect(effectiveEvents(events)).toBe(events)
})

test('a request that was taken back is gone with its cells, files and answer; its files are as before it', () => {
  const before = [upload('a'), ...turn('one', 1, 'b')]
  const events = replace([...before, ...turn('two', 2, 'b', 'c', 'a')], before.length)
  expect(events.at(-1)).toEqual({
    type: 'replaced',
    seq: before.length,
    files: [
      { name: 'a', version: 1 },
      { name: 'b', version: 1 },
      { name: 'c', version: 0 },
    ],
  })
  expect(effectiveEvents(events)).toEqual(before)
  expect(current(events)).toEqual({ a: 1, b: 1 })
  expect(effectiveEvents([...events, ...turn('three', 3, 'b')])).toEqual([...before, ...turn('three', 3, 'b')])
})

test('taking an earlier request back takes the later ones with it, but not what the person brought or removed', () => {
  const first = [upload('a'), upload('x')]
  const removed: Event = { type: 'removed', cell: 0, name: 'x' }
  const journal = [...first, ...turn('one', 1, 'a'), upload('late'), ...turn('two', 2, 'late'), removed]
  const events = replace(journal, first.length)
  expect(texts(effectiveEvents(events))).toEqual([])
  expect(effectiveEvents(events)).toEqual([...first, upload('late'), removed])
  expect(current(events)).toEqual({ a: 1, late: 1 })
})

test('versions that an undo names are those that stand', () => {
  const before = [upload('a')]
  let events = replace([...before, ...turn('one', 1, 'a')], 1)
  events = [...events, ...turn('again', 2, 'a')]
  expect(current(events)).toEqual({ a: 3 })
  const undo: Event = { type: 'undo', name: 'a', version: 3 }
  const later = [...events, ...turn('more', 3, 'a'), undo]
  expect(effectiveEvents(later)).toEqual([
    ...before,
    ...turn('again', 2, 'a'),
    ...turn('more', 3, 'a'),
    { ...undo, version: 2 },
  ])
})

test('only a request that stands can be taken back, and it can be taken back again after it was asked again', () => {
  const events = replace([upload('a'), ...turn('one', 1, 'b')], 1)
  expect(replacementOf(events, 1)).toBeUndefined()
  expect(replacementOf(events, 0)).toBeUndefined()
  expect(replacementOf(events, 99)).toBeUndefined()
  const again = [...events, ...turn('one', 2, 'b')]
  const twice = replace(again, events.length)
  expect(effectiveEvents(twice)).toEqual([upload('a')])
  expect(current(twice)).toEqual({ a: 1 })
})
