// The cost of a long journal: derived state is cached, and a repeated query pays only for new events.
import { expect, test } from 'vitest'
import { findLastEvent, nonPrintEvents, nonPrintEventsSince } from '../../sessions/journal/derived.ts'
import type { Event } from '../../sessions/event.ts'
import { createMemoryDisk, openMemoryStore } from '../doubles/memory-store.ts'
import { effectiveEvents } from '../../sessions/journal/effective-events.ts'
import type { SessionStore } from '../../sessions/store.ts'
import { filesOf, usageOf } from '../../src/http/events/session-journal.ts'
import { readFileIndex } from '../../src/http/files/file-index.ts'
import { readBoundedJournal } from '../../src/runtime/session-service.ts'
import { spentIn } from '../../src/spending/budget.ts'
import { cardOf, DURATIONS, printOf } from './scene.ts'

const usage: Event = { type: 'usage', input: 10, output: 1 }
const upload = (name: string): Event => ({ type: 'upload', name, card: cardOf(1) })

/** An array that counts how many of its elements are read. */
function counted(events: readonly Event[]) {
  const count = { looks: 0 }
  const proxy = new Proxy([...events], {
    get(target, key, receiver) {
      if (typeof key === 'string' && /^\d+$/.test(key)) count.looks++
      return Reflect.get(target, key, receiver) as unknown
    },
  })
  return { events: proxy, count }
}

test('what follows from a journal is worked out again from its new events only', async () => {
  const { events, count } = counted([usage, upload('a'), ...Array.from({ length: 5000 }, () => printOf('x')), usage])
  expect(nonPrintEvents(events).map(({ seq }) => seq)).toEqual([0, 1, 5002])
  expect(spentIn(events).input).toBe(20)
  const index = await readFileIndex('s', events)
  expect(index.files()).toHaveLength(1)
  const before = count.looks
  events.push(upload('b'), usage)
  expect(spentIn(events).input).toBe(30)
  expect((await readFileIndex('s', events)).files().map(({ name }) => name)).toEqual(['a', 'b'])
  expect(findLastEvent(events, ({ type }) => type === 'upload')?.seq).toBe(5003)
  expect(nonPrintEventsSince(events, 5002).map(({ seq }) => seq)).toEqual([5002, 5003, 5004])
  expect(effectiveEvents(events)).toBe(events)
  expect(count.looks - before).toBe(2)
})

test('a journal without what was taken back is one array that grows', () => {
  const { events, count } = counted([
    upload('a'),
    { type: 'ask', text: 'one', files: [] },
    ...Array.from({ length: 5000 }, () => printOf('x')),
    { type: 'replaced', seq: 1, files: [] },
    { type: 'ask', text: 'two', files: [] },
  ])
  const left = effectiveEvents(events)
  expect(left.map(({ type }) => type)).toEqual(['upload', 'ask'])
  const before = count.looks
  events.push({ type: 'message', text: 'done' })
  expect(effectiveEvents(events)).toBe(left)
  expect(left.map(({ type }) => type)).toEqual(['upload', 'ask', 'message'])
  expect(count.looks - before).toBe(2)
})

/** A store whose sessions are closed, and what was read of them. */
async function atRest(...events: readonly Event[]) {
  const store = openMemoryStore({ disk: createMemoryDisk() })
  const session = await store.create(DURATIONS)
  await session.append(events)
  const read: number[] = []
  const counting: SessionStore = {
    ...store,
    async read(id) {
      const view = await store.read(id)
      return (
        view && {
          ...view,
          async *slices(options) {
            for await (const slice of view.slices(options)) {
              read.push(slice.length)
              yield slice
            }
          },
        }
      )
    },
  }
  const known = { store: counting, sessions: { active: () => undefined } as never }
  return { session, known, read }
}

test('eight who ask for a session at rest at once read its journal once, and none of what it printed', async () => {
  const { session, known, read } = await atRest(upload('a'), ...Array.from({ length: 3000 }, () => printOf('x')), usage)
  const all = await Promise.all(Array.from({ length: 8 }, () => usageOf(known, session)))
  expect(all.map(({ input }) => input)).toEqual(Array.from({ length: 8 }, () => 10))
  expect(read.reduce((sum, n) => sum + n, 0)).toBe(2)
  expect((await filesOf(known, session.id))?.index.files().map(({ name }) => name)).toEqual(['a'])
  expect(read.reduce((sum, n) => sum + n, 0)).toBe(2)
  await session.append([usage, upload('a')])
  expect((await usageOf(known, session)).input).toBe(20)
  expect((await filesOf(known, session.id))?.index.files()[0]?.versions).toHaveLength(2)
  expect(read.reduce((sum, n) => sum + n, 0)).toBe(4)
})

test('of a file the last hundred versions are listed, and each is found', async () => {
  const events = Array.from({ length: 130 }, () => upload('a'))
  const index = await readFileIndex('s', events)
  const [file] = index.files()
  expect([file?.version, file?.versions.length, file?.versions[0]?.version]).toEqual([130, 100, 31])
  expect(index.find(file!.versions[5]!.id)?.version).toBe(36)
  expect(index.find('of nobody')).toBeUndefined()
})

test('for an export what was printed at length is blank after its beginning, as long and in its place', async () => {
  const texts = ['a'.repeat(30), 'b'.repeat(30), 'c'.repeat(30)]
  const { session, known } = await atRest(...texts.map(printOf), usage, printOf('d'))
  const told = await readBoundedJournal(known.store, session.id, 50)
  expect(told?.events.map((event) => (event.type === 'print' ? event.text : event.type))).toEqual([
    texts[0],
    texts[1],
    ' '.repeat(30),
    'usage',
    'd',
  ])
})
