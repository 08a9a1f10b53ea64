// Watching a session: from its start or a known position, in two tabs, through idle reset and restore.
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createScriptedPlanner } from '../doubles/scripted-planner.ts'
import { HOUR, openScene } from './scene.ts'
import { problemOf, readAll, readSome, typesOf, type Told, type Client } from './client.ts'

const answering = createScriptedPlanner(() => ({ type: 'answer', text: 'Yes.' }))
const ended = (told: readonly Told[]): boolean => told.some(({ event }) => event.type === 'end')

function watch(client: Client, id: string, headers: Record<string, string> = {}): Promise<Response> {
  return client.fetch(`/api/sessions/${id}/events`, { headers })
}

test('a viewer is first told which session it is, then the journal, then what follows; another tab is told the same', async () => {
  const planner = createScriptedPlanner([
    { events: [{ type: 'delta', of: 'text', text: 'Hm' }], step: `console.log('hello')` },
    { type: 'answer', text: 'Done.' },
  ])
  const { client } = await openScene({ planner })
  const one = client()
  const id = await one.session()
  await one.upload(id, { 'a.txt': 'a' })
  const tabs = await Promise.all([watch(one, id), watch(one, id)])
  const reading = tabs.map((tab) => readSome(tab, ended))
  const turn = await one.ask(id, 'x')
  const [first, second] = await Promise.all(reading)
  expect(first![0]).toEqual({
    seq: undefined,
    event: expect.objectContaining({
      type: 'session',
      id,
      state: 'living',
      busy: false,
      expiresAt: expect.stringMatching(/Z$/),
      idleAt: expect.any(String),
    }),
  })
  const kept = (told: readonly Told[]) => told.filter(({ seq }) => seq !== undefined)
  expect(kept(first!).map(({ seq }) => seq)).toEqual(kept(first!).map((_, n) => n))
  expect(kept(second!)).toEqual(kept(first!))
  expect(kept(first!).slice(1)).toEqual(kept(turn))
  expect(kept(first!)[0]!.event).toMatchObject({
    type: 'upload',
    name: 'a.txt',
    fileId: expect.stringMatching(/^[\w-]{22}$/),
  })
  expect(typesOf(first!)).toContain('delta')
})

test('a viewer goes on after the event it had last', async () => {
  const { client } = await openScene({ planner: answering })
  const one = client()
  const id = await one.session()
  const turn = await one.ask(id, 'first')
  const last = turn.at(-1)!.seq!
  const told = await readSome(await watch(one, id, { 'last-event-id': String(last - 1) }), ended)
  expect(told.filter(({ seq }) => seq !== undefined)).toEqual([turn.at(-1)])
  for (const odd of ['-5', 'x', '1e9', '']) {
    expect(
      (await readSome(await watch(one, id, { 'last-event-id': odd }), ended)).filter(({ seq }) => seq !== undefined),
    ).toEqual(turn)
  }
  // A number that has not been reached: nothing is repeated, and what follows is delivered.
  const reading = readSome(await watch(one, id, { 'last-event-id': '999' }), ended)
  await one.ask(id, 'second')
  expect((await reading).find(({ seq }) => seq !== undefined)?.event).toMatchObject({ type: 'ask', text: 'second' })
})

test('who comes in the middle of a turn is told what streams from its beginning', async () => {
  const [streamed, watching] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const planner = createScriptedPlanner(async (_, turn) => {
    if (turn === 0)
      return {
        events: ['One ', 'two ', 'three'].map((text) => ({ type: 'delta', of: 'text', text }) as const),
        step: '1',
      }
    return { type: 'answer', text: 'Done.' }
  })
  const slow = {
    ...planner,
    async *next(...given: Parameters<typeof planner.next>) {
      const step = yield* planner.next(...given)
      streamed.resolve()
      await watching.promise
      return step
    },
  }
  const { client } = await openScene({ planner: slow })
  const one = client()
  const id = await one.session()
  const turn = one.ask(id, 'x')
  await streamed.promise
  const stream = await watch(one, id)
  watching.resolve()
  const told = await readSome(stream, (some) => some.some(({ event }) => event.type === 'cell'))
  const deltas = told.flatMap(({ event }) => (event.type === 'delta' ? [event.text] : []))
  expect(deltas.join('')).toBe('One two three')
  expect(told.find(({ event }) => event.type === 'session')?.event).toMatchObject({ busy: true })
  await turn
})

test('viewers are told when a session falls idle and when it is back, and keep their place; looking keeps nothing awake', async () => {
  const { client } = await openScene({ planner: answering, durations: { idleMs: 700, retentionMs: HOUR } })
  const one = client()
  const id = await one.session()
  await one.ask(id, 'first')
  const states: string[] = []
  const reading = readSome(await watch(one, id), (told) => {
    states.splice(
      0,
      states.length,
      ...told.flatMap(({ event }) => (event.type === 'session' ? [(event as unknown as { state: string }).state] : [])),
    )
    return told.filter(({ event }) => event.type === 'end').length === 2
  })
  await expect.poll(() => states.at(-1)).toBe('idle')
  expect(await one.get(`/api/sessions/${id}`)).toMatchObject({ state: 'idle' })
  const restored = await one.post(`/api/sessions/${id}/restore`)
  expect(await restored.json()).toMatchObject({ id, state: 'living' })
  await expect.poll(() => states.join(' ')).toMatch(/idle living/)
  await one.ask(id, 'second')
  const told = (await reading).filter(({ seq }) => seq !== undefined)
  expect(told.map(({ seq }) => seq)).toEqual(told.map((_, n) => n))
})

test('variables come back after an idle reset, and the turn says so', async () => {
  const planner = createScriptedPlanner([`const n = 41`, { type: 'answer', text: 'Set.' }, `console.log(n + 1)`])
  const { client } = await openScene({ planner, durations: { idleMs: 500, retentionMs: HOUR }, fresh: true })
  const one = client()
  const id = await one.session()
  await one.ask(id, 'set')
  await expect.poll(async () => (await one.get(`/api/sessions/${id}`))['state']).toBe('idle')
  const told = await one.ask(id, 'show')
  expect(told.find(({ event }) => event.type === 'restored')?.event).toMatchObject({ cells: 1, missing: [] })
  expect(told.find(({ event }) => event.type === 'print')?.event).toMatchObject({ text: '42\n' })
})

test('the streams of a deleted session end, and asking again says that it is gone', async () => {
  const { client } = await openScene({ planner: answering })
  const one = client()
  const id = await one.session()
  const reading = readSome(await watch(one, id), () => false)
  await sleep(100)
  await one.fetch(`/api/sessions/${id}`, { method: 'DELETE' })
  expect(typesOf(await reading)[0]).toBe('session')
  expect((await watch(one, id)).status).toBe(404)
})

test('a stream that has nothing to tell says that it lives', async () => {
  const { client } = await openScene()
  const one = client()
  const id = await one.session()
  const reader = (await watch(one, id)).body!.getReader()
  let text = ''
  while (!text.includes(': heartbeat')) text += new TextDecoder().decode((await reader.read()).value)
  expect(text).toMatch(/^retry: 1000\n\ndata: \{"type":"session".*\n\n: heartbeat\n\n$/)
  await reader.cancel()
})

test('more streams than there may be are refused with when to try again, and one that ends makes room', async () => {
  const { client } = await openScene({ streams: { most: 4, each: 2 } })
  const [one, other] = [client(), client()]
  const [mine, theirs] = [await one.session(), await other.session()]
  const open = [await watch(one, mine), await watch(one, mine)]
  const refused = await watch(one, mine)
  expect(refused.headers.get('retry-after')).toBe('5')
  expect(await problemOf(refused)).toMatchObject({
    status: 429,
    code: 'too_many_streams',
    detail: 'You have 2 event streams open; the limit is 2. Close a tab.',
  })
  const third = await watch(other, theirs)
  expect(third.status).toBe(200)
  expect(await problemOf(watch(other, theirs))).toMatchObject({
    status: 503,
    code: 'too_many_streams',
    detail:
      'This server has 3 event streams open, 1 of them yours; the last 1 of 4 are reserved for users who have none. Try again soon.',
  })
  // A HEAD request takes no place.
  await open[0]!.body!.cancel()
  for (let n = 0; n < 5; n++) await one.fetch(`/api/sessions/${mine}/events`, { method: 'HEAD' })
  expect((await watch(other, theirs)).status).toBe(200)
})

test('who has none gets an event stream from who has too many, whose stream ends where it can be gone on with', async () => {
  const { client } = await openScene({ streams: { most: 3, each: 3 } })
  const [one, other, third] = [client(), client(), client()]
  const [mine, theirs, last] = [await one.session(), await other.session(), await third.session()]
  const oldest = await watch(one, mine)
  const kept = [await watch(one, mine), await watch(other, theirs)]
  expect((await watch(third, last)).status).toBe(200)
  // The stream ends by itself; a browser reconnects after a second with the last number it had.
  expect((await readAll(oldest)).at(-1)?.event).toMatchObject({ type: 'session' })
  for (const stream of kept) await stream.body?.cancel()
})

test('what another program does in a session is seen by who looks', async () => {
  const scene = await openScene({ planner: answering })
  const one = scene.client()
  const id = await one.session()
  await scene.service.deactivate(id)
  scene.app.sessions.handleDeactivated(id)
  const reading = readSome(await watch(one, id), (told) => told.some(({ event }) => event.type === 'notice'))
  const opened = await scene.store.open(id)
  if (opened.status !== 'open') throw new Error('gone')
  await sleep(50)
  await opened.session.append({ type: 'notice', text: 'from elsewhere' })
  await opened.session.release()
  expect((await reading).at(-1)).toEqual({ seq: 0, event: { type: 'notice', text: 'from elsewhere' } })
})
