// Delivery of events to subscribers: each from its own position, none delayed by another, in bounded memory.
import { expect, test } from 'vitest'
import type { Event } from '../../sessions/event.ts'
import { createChannel } from '../../src/http/events/channel.ts'
import { streamResponse } from '../../src/http/events/sse.ts'
import { createSubscriber } from '../../src/http/events/subscriber.ts'
import type { Published } from '../../src/runtime/session-work.ts'

const print = (text: string): Event => ({ type: 'print', cell: 1, stream: 'stdout', text })
const delta = (text: string): Event => ({ type: 'delta', of: 'text', text })
const END: Event = { type: 'end', status: 'ok' }

function scene() {
  const events: Event[] = []
  const channel = createChannel()
  let listener: (published: Published) => void = () => undefined
  channel.attach({
    events,
    subscribe(given) {
      listener = given
      return () => (listener = () => undefined)
    },
  })
  const view = (from = 0, until?: () => number | undefined) =>
    createSubscriber({
      channel,
      from,
      until,
      load: async (place) => events.slice(place, place + 150).map((event, at) => ({ event, seq: place + at })),
      show: (event) => event,
    })
  const kept = (event: Event): void => {
    events.push(event)
    listener({ event, seq: events.length - 1 })
  }
  const pass = (event: Event): void => listener({ event })
  return { events, channel, view, kept, pass }
}

async function tell(viewer: ReturnType<ReturnType<typeof scene>['view']>): Promise<unknown[]> {
  const told: unknown[] = []
  for (;;) {
    const batch = await viewer.next()
    if (batch.length === 0) return told
    told.push(...batch.map(({ seq, event }) => [seq, (event as { text?: string }).text ?? event['type']]))
  }
}

test('an end that the journal does not keep takes no number from what comes after it', async () => {
  const { view, kept, pass } = scene()
  kept(print('a'))
  const viewer = view()
  pass(END)
  expect(await tell(viewer)).toEqual([
    [0, 'a'],
    [undefined, 'end'],
  ])
  kept({ type: 'undo', name: 'a.png', version: 1 })
  expect(await tell(viewer)).toEqual([[1, 'undo']])
  kept({ type: 'ask', text: 'x', files: [] })
  expect(await tell(viewer)).toEqual([[2, 'x']])
})

test('an event that is on the disk before it is published is told once, and so are those after it', async () => {
  const { channel, view, kept } = scene()
  const viewer = view()
  // Another subscriber arrived and asked the store for the number of events.
  channel.growTo(1)
  expect(await tell(viewer)).toEqual([])
  kept({ type: 'ask', text: 'x', files: [] })
  expect(channel.length).toBe(1)
  kept(print('a'))
  kept(print('b'))
  channel.growTo(3)
  expect(await tell(viewer)).toEqual([
    [0, 'x'],
    [1, 'a'],
    [2, 'b'],
  ])
  expect(channel.length).toBe(3)
})

test('events that others appended while the session was not in use here are told as soon as they are known', async () => {
  const { channel, view, kept, events } = scene()
  kept(print('a'))
  channel.detach()
  const viewer = view()
  expect(await tell(viewer)).toEqual([[0, 'a']])
  events.push(print('b'))
  channel.growTo(2)
  expect(await tell(viewer)).toEqual([[1, 'b']])
})

test('what streams comes after all before it, is told to late viewers too, and ends with its kept event', async () => {
  const { view, kept, pass } = scene()
  const early = view()
  kept(print('p'))
  pass(delta('a'))
  expect(await tell(early)).toEqual([
    [0, 'p'],
    [undefined, 'a'],
  ])
  pass(delta('b'))
  kept(print('between'))
  expect(await tell(early)).toEqual([
    [1, 'between'],
    [undefined, 'b'],
  ])
  expect(await tell(view())).toEqual([
    [0, 'p'],
    [1, 'between'],
    [undefined, 'a'],
    [undefined, 'b'],
  ])
  kept({ type: 'message', text: 'ab' })
  expect(await tell(view(2))).toEqual([[2, 'ab']])
  pass(delta('c'))
  expect(await tell(early)).toEqual([
    [2, 'ab'],
    [undefined, 'c'],
  ])
})

test('a flood of what passes is bounded: the oldest is forgotten, and a viewer that keeps up misses nothing', async () => {
  const { channel, view, pass } = scene()
  const [fast, slow] = [view(), view()]
  let told = 0
  for (let n = 0; n < 3000; n++) {
    pass(delta('x'.repeat(1000)))
    if (n % 100 === 99) told += (await tell(fast)).length
  }
  expect(told).toBe(3000)
  expect(channel.passing.events.length).toBeLessThan(500)
  expect((await tell(slow)).length).toBe(channel.passing.events.length)
})

test('a viewer with an end is told nothing beyond it', async () => {
  const { view, kept, pass } = scene()
  kept(print('a'))
  kept(END)
  kept(print('next'))
  pass(delta('passing'))
  expect(await tell(view(0, () => 2))).toEqual([
    [0, 'a'],
    [1, 'end'],
  ])
})

test('a session that goes out of use is read from the disk, and a viewer keeps its place through it', async () => {
  const { channel, view, kept, events } = scene()
  const viewer = view()
  kept(print('a'))
  expect(await tell(viewer)).toEqual([[0, 'a']])
  kept(print('b'))
  channel.detach()
  expect(await tell(viewer)).toEqual([[1, 'b']])
  channel.attach({ events: [...events, print('c')], subscribe: () => () => undefined })
  expect(await tell(viewer)).toEqual([[2, 'c']])
})

test('a viewer that takes nothing holds nothing, and gets it all when it does', async () => {
  const { channel, view, kept } = scene()
  const viewer = view()
  let asked = 0
  const counting = {
    next: () => (asked++, viewer.next()),
    get position() {
      return viewer.position
    },
  }
  const response = streamResponse({
    channel,
    viewer: counting,
    closing: new AbortController().signal,
    isOver: () => viewer.position >= 1000,
  })
  for (let n = 0; n < 1000; n++) kept(print(`line ${n}`))
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(asked).toBe(0)
  const text = await response.text()
  expect(text.match(/^id: /gm)).toHaveLength(1000)
  expect(asked).toBeLessThan(20)
})

test('a stream that is read as fast as it comes lets others go on between its pieces', async () => {
  const { channel, view, kept } = scene()
  const viewer = view()
  const isOver = (): boolean => viewer.position >= 40
  const response = streamResponse({ channel, viewer, closing: new AbortController().signal, isOver })
  for (let n = 0; n < 40; n++) kept(print('x'.repeat(70_000)))
  let turns = 0
  const tick = (): void => void (turns++, (next = setImmediate(tick)))
  let next = setImmediate(tick)
  expect((await response.text()).length).toBeGreaterThan(40 * 70_000)
  clearImmediate(next)
  // Each event is written in two pieces.
  expect(turns).toBeGreaterThan(70)
})

test('a stream ends with the server, and when its client leaves', async () => {
  const { channel, view } = scene()
  const closing = new AbortController()
  const ended: string[] = []
  const open = (name: string): Response =>
    streamResponse({ channel, viewer: view(), closing: closing.signal, onEnd: () => ended.push(name) })
  const left = open('left').body!.getReader()
  await left.read()
  const waiting = left.read()
  await left.cancel()
  expect((await waiting).done).toBe(true)
  expect(ended).toEqual(['left'])
  const text = open('closed').text()
  closing.abort()
  expect(await text).toBe('retry: 1000\n\n')
  expect(ended).toEqual(['left', 'closed'])
})
