// As many sandboxes as the machine can carry: the longest idle one gives way, and if none is idle, the answer says when
// to retry.
import { expect, test } from 'vitest'
import { createScriptedPlanner } from '../doubles/scripted-planner.ts'
import { openScene } from './scene.ts'
import { problemOf, readAll } from './client.ts'

const LONG = `await new Promise((resolve) => setTimeout(resolve, 50_000))\nwhile (true) await null\n`

test('the session that was idle longest goes to rest for a new one, and comes back with all it had', async () => {
  const planner = createScriptedPlanner([`const n = 7`, { type: 'answer', text: 'Set.' }, `console.log(n)`])
  const { client, app } = await openScene({ sandboxes: 2, planner, fresh: true })
  const one = client()
  const first = await one.session()
  await one.ask(first, 'set')
  await one.upload(first, { 'a.txt': 'a' })
  const second = await one.session()
  await one.upload(second, { 'b.txt': 'b' })
  const state = async (id: string): Promise<unknown> => (await one.get(`/api/sessions/${id}`))['state']
  expect(await state(first)).toBe('living')
  const third = await one.session()
  expect([await state(first), await state(second), await state(third)]).toEqual(['idle', 'living', 'living'])
  expect(app.sessions.figures).toEqual({ living: 2, busy: 0 })
  const told = await one.ask(first, 'show')
  expect(told.find(({ event }) => event.type === 'print')?.event).toMatchObject({ text: '7\n' })
  expect(await one.get(`/api/sessions/${first}/files`)).toMatchObject({ files: [{ name: 'a.txt' }] })
  expect([await state(first), await state(second), await state(third)]).toEqual(['living', 'idle', 'living'])
})

test('past that a new session, an upload and a turn are refused at once, with when to try again; looking is not', async () => {
  const { client } = await openScene({ sandboxes: 1, planner: createScriptedPlanner(() => LONG) })
  const one = client()
  const idle = await one.session()
  const busy = await one.session()
  const stream = await one.post(`/api/sessions/${busy}/messages`, { text: 'x' })
  const refusals = [
    one.post('/api/sessions'),
    one.upload(idle, { 'a.txt': 'a' }),
    one.post(`/api/sessions/${idle}/messages`, { text: 'x' }),
    one.post(`/api/sessions/${idle}/restore`),
  ]
  for (const answer of await Promise.all(refusals)) {
    expect(answer.headers.get('retry-after')).toBe('5')
    expect(await problemOf(answer)).toMatchObject({
      status: 503,
      code: 'capacity',
      detail: 'All 1 sandboxes of this server are in use, 1 of them by you. Try again in 5 s.',
    })
  }
  // At once, without waiting for the turn that holds the sandbox.
  expect(await one.get(`/api/sessions/${busy}`)).toMatchObject({ busy: true })
  expect((await one.fetch(`/api/sessions/${idle}/files`)).status).toBe(200)
  expect((await one.fetch(`/api/sessions/${idle}/events`)).status).toBe(200)
  await one.post(`/api/sessions/${busy}/cancel`)
  await stream.body?.cancel()
  expect((await one.post(`/api/sessions/${idle}/restore`)).status).toBe(200)
})

test('many requests at once for one session at rest open it once', async () => {
  const { client, app, service } = await openScene({ sandboxes: 3 })
  const one = client()
  const id = await one.session()
  const resting = service.deactivate(id)
  const answers = await Promise.all([1, 2, 3, 4].map((n) => one.upload(id, { [`${n}.txt`]: String(n) })))
  await resting
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
  expect(app.sessions.figures.living).toBe(1)
  expect((await one.get<{ files: unknown[] }>(`/api/sessions/${id}/files`)).files).toHaveLength(4)
})

const END = { type: 'end', status: 'cancelled', code: 'EASEL_GAVE_WAY' }

test('one owner with endless turns keeps no newcomer out: he has all but one, and the last turn over his share gives way', async () => {
  const { client, app } = await openScene({ sandboxes: 4, planner: createScriptedPlanner(() => LONG) })
  const greedy = client()
  const ids = [await greedy.session(), await greedy.session(), await greedy.session(), await greedy.session()]
  const begin = (who: typeof greedy, id: string) => who.post(`/api/sessions/${id}/messages`, { text: 'x' })
  const streams = [await begin(greedy, ids[0]!), await begin(greedy, ids[1]!), await begin(greedy, ids[2]!)]
  expect(await problemOf(begin(greedy, ids[3]!))).toMatchObject({
    status: 503,
    code: 'capacity',
    detail:
      'You have 3 of the 4 sandboxes of this server at work, and the last free one is reserved for others. Try again in 5 s.',
  })
  const working = (): number => app.sessions.figures.busy
  // The reserved place: only an idle sandbox gives way.
  const first = client()
  const mine = await first.session()
  streams.push(await begin(first, mine))
  expect([app.sessions.figures.living, working()]).toEqual([4, 4])
  // All are busy. Three owners have a share of one each, and the youngest turn of the one with more gives way.
  const second = client()
  const theirs = await second.session()
  const told = await readAll(streams[2]!)
  expect(told.at(-1)?.event).toMatchObject({
    ...END,
    message:
      'You had 3 of the 4 sandboxes of this server. This one was stopped for a user who had none. Run it again when the server is less busy.',
  })
  streams.push(await begin(second, theirs))
  const third = client()
  const last = await third.session()
  expect((await readAll(streams[1]!)).at(-1)?.event).toMatchObject(END)
  streams.push(await begin(third, last))
  // Now each is within their share, and no turn is ended for one more.
  expect(await problemOf(client().post('/api/sessions'))).toMatchObject({
    status: 503,
    code: 'capacity',
    detail: 'All 4 sandboxes of this server are in use, 0 of them by you. Try again in 5 s.',
  })
  expect(working()).toBe(4)
  for (const [who, id] of [
    [greedy, ids[0]!],
    [first, mine],
    [second, theirs],
    [third, last],
  ] as const)
    await who.post(`/api/sessions/${id}/cancel`)
  for (const stream of streams) if (!stream.bodyUsed) await stream.body?.cancel()
})

test('a client that takes a new name for each session counts as one by its address, where the address is known', async () => {
  const planner = createScriptedPlanner(() => LONG)
  const { client, app } = await openScene({ sandboxes: 3, planner, proxies: 1 })
  const from = (address: string) => client({ 'x-forwarded-for': `10.9.9.9, ${address}` })
  const work = async (who: ReturnType<typeof from>) => {
    const id = await who.session()
    return { who, id, stream: await who.post(`/api/sessions/${id}/messages`, { text: 'x' }) }
  }
  const many = [await work(from('1.1.1.1')), await work(from('1.1.1.1')), await work(from('1.1.1.1'))]
  expect(app.sessions.figures).toEqual({ living: 3, busy: 3 })
  // One more from the same address is too many; from another address it is a newcomer with a share of its own.
  expect(await problemOf(from('1.1.1.1').post('/api/sessions'))).toMatchObject({ status: 503, code: 'capacity' })
  const other = await work(from('2.2.2.2'))
  expect(other.stream.status).toBe(200)
  const ends = many.map(async ({ stream }) => (await readAll(stream)).at(-1)?.event)
  expect(await Promise.race(ends)).toMatchObject(END)
  for (const { who, id } of [...many, other]) await who.post(`/api/sessions/${id}/cancel`)
  await Promise.all(ends)
  await other.stream.body?.cancel()
})

test('who asks for more gives up a sandbox of his own, not that of somebody with fewer', async () => {
  const { client, app } = await openScene({ sandboxes: 3 })
  const [one, other] = [client(), client()]
  const quiet = await other.session()
  const mine = [await one.session(), await one.session(), await one.session()]
  const isLiving = (id: string): boolean => app.sessions.active(id) !== undefined
  expect([quiet, ...mine].map(isLiving)).toEqual([true, false, true, true])
})
