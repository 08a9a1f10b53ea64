// What every store does with a journal: keeps it as it was written, in order, each append whole or not at all.
import { expect, test } from 'vitest'
import type { Event } from '../../sessions/event.ts'
import type { StoreScene } from './conformance.ts'
import { DURATIONS, mustOpen, printOf, resultOf } from './scene.ts'

/** Tests for `describeStore`. */
export function describeJournal({ openStore }: StoreScene): void {
  test('a journal is found again by another store as it was written, in order', async () => {
    const first = await openStore()
    const session = await first.create(DURATIONS)
    const events: Event[] = [
      { type: 'ask', text: 'grau, 灰度 \0 \u{1F600} \ud800', files: ['a b.png'] },
      { type: 'cell', cell: 1, code: 'const a = 1', seed: 2 ** 32 - 1, clock: 1.5 },
      resultOf(1, ['a']),
      { type: 'end', status: 'ok' },
    ]
    await session.append(events[0]!)
    await session.append(events.slice(1))
    expect(session.events).toEqual(events)
    await first.close()
    const again = await mustOpen(await openStore(), session.id)
    expect(again.events).toEqual(events)
    expect(again.info().events).toBe(4)
  })

  test('a journal is read piece by piece, from any event on and only of some types', async () => {
    const [one, two] = [await openStore(), await openStore()]
    const session = await one.create(DURATIONS)
    const events: Event[] = Array.from({ length: 5000 }, (_, n) => (n % 1000 === 7 ? resultOf(n, []) : printOf(`${n}`)))
    await session.append(events)
    const view = await two.read(session.id)
    const read = async (options?: Parameters<NonNullable<typeof view>['slices']>[0]) => {
      const slices = []
      for await (const slice of view!.slices(options)) slices.push(slice)
      return slices
    }
    const all = await read()
    expect(all.length).toBeGreaterThan(2)
    expect(all.flat().map(({ event }) => event)).toEqual(events)
    expect(all.flat().map(({ seq }) => seq)).toEqual(events.map((_, seq) => seq))
    expect((await read({ from: 4990 })).flat().map(({ seq }) => seq)).toEqual([
      4990, 4991, 4992, 4993, 4994, 4995, 4996, 4997, 4998, 4999,
    ])
    const results = (await read({ from: 8, only: ['result'] })).flat()
    expect(results.map(({ seq, event }) => [seq, event.type])).toEqual([
      [1007, 'result'],
      [2007, 'result'],
      [3007, 'result'],
      [4007, 'result'],
    ])
    expect(await read({ from: 5000 })).toEqual([])
  })

  test('appends that nobody waited for keep their order', async () => {
    const session = await (await openStore()).create(DURATIONS)
    const texts = Array.from({ length: 200 }, (_, i) => `line ${i}`)
    await Promise.all(texts.map((text) => session.append(printOf(text))))
    expect(session.events.map((event) => event.type === 'print' && event.text)).toEqual(texts)
  })

  test('each event is published once, with its number, when it is in the journal; a refused append publishes nothing', async () => {
    const session = await (await openStore()).create(DURATIONS)
    const heard: unknown[] = []
    const unsubscribe = session.subscribe(({ event, seq }) => heard.push([seq, session.events[seq] === event]))
    const lines = ['a', 'b', 'c'].map(printOf)
    await Promise.all([
      session.append(lines[0]!),
      session.append([lines[1]!, { type: 'delta', of: 'text', text: 'x' }]),
    ])
    const unknown = { type: 'look', model: 'm', detail: 'auto', pictures: [{ hash: 'f'.repeat(64) }], problems: [] }
    await session.append(unknown as unknown as Event).catch(() => undefined)
    await session.append(lines[2]!)
    expect(heard).toEqual([0, 1, 2].map((seq) => [seq, true]))
    unsubscribe()
    await session.append(printOf('d'))
    expect(heard).toHaveLength(3)
  })

  test('passing events are not kept', async () => {
    const session = await (await openStore()).create(DURATIONS)
    await session.append([
      { type: 'delta', of: 'text', text: 'a' },
      { type: 'progress', cell: 1, done: 1, total: 2, label: '' },
      { type: 'session', id: session.id, expiresAt: new Date().toISOString() },
      { type: 'message', text: 'kept' },
    ])
    expect(session.events).toEqual([{ type: 'message', text: 'kept' }])
  })

  test('an event that could not be read again is refused, and nothing of its append stays', async () => {
    const session = await (await openStore()).create(DURATIONS)
    const broken = session.append([printOf('a'), { type: 'usage', input: Number.NaN, output: 1 }])
    await expect(broken).rejects.toThrow('An event "usage" cannot be stored: input: ')
    expect(session.events).toEqual([])
  })

  test('a journal of thousands of events comes back whole', async () => {
    const first = await openStore()
    const session = await first.create(DURATIONS)
    await session.append(Array.from({ length: 2345 }, (_, i) => printOf(String(i))))
    await session.release()
    const { events } = await mustOpen(first, session.id)
    expect(events.map((event) => event.type === 'print' && Number(event.text))).toEqual(
      Array.from({ length: 2345 }, (_, i) => i),
    )
  })

  test('ids are long, random and safe in a URL', async () => {
    const store = await openStore()
    const ids = new Set<string>()
    for (let i = 0; i < 20; i++) ids.add((await store.create(DURATIONS)).id)
    expect(ids.size).toBe(20)
    for (const id of ids) expect(id).toMatch(/^[0-9A-Za-z][\w-]{21,}$/)
  })
}
