// As many sandboxes as the machine bears: who has been idle longest makes room, and if nobody is, the answer says when to
// come again.
import { expect, test } from 'vitest'
import { createScriptedPlanner } from '../src/planner/scripted.ts'
import { openScene } from './http-scene.ts'
import { problemOf } from './http-visitor.ts'

const LONG = `await new Promise((resolve) => setTimeout(resolve, 50_000))\nwhile (true) await null\n`

test('the session that was idle longest goes to rest for a new one, and comes back with all it had', async () => {
  const planner = createScriptedPlanner([`const n = 7`, { type: 'answer', text: 'Set.' }, `console.log(n)`])
  const { visitor, app } = await openScene({ sandboxes: 2, planner, fresh: true })
  const one = visitor()
  const first = await one.session()
  await one.ask(first, 'set')
  await one.upload(first, { 'a.txt': 'a' })
  const second = await one.session()
  await one.upload(second, { 'b.txt': 'b' })
  const state = async (id: string): Promise<unknown> => (await one.get(`/api/sessions/${id}`))['state']
  expect(await state(first)).toBe('living')
  const third = await one.session()
  expect([await state(first), await state(second), await state(third)]).toEqual(['idle', 'living', 'living'])
  expect(app.desk.figures).toEqual({ living: 2, busy: 0 })
  const told = await one.ask(first, 'show')
  expect(told.find(({ event }) => event.type === 'print')?.event).toMatchObject({ text: '7\n' })
  expect(await one.get(`/api/sessions/${first}/files`)).toMatchObject({ files: [{ name: 'a.txt' }] })
  expect([await state(first), await state(second), await state(third)]).toEqual(['living', 'idle', 'living'])
})

test('past that a new session, an upload and a turn are refused at once, with when to try again; looking is not', async () => {
  const { visitor } = await openScene({ sandboxes: 1, planner: createScriptedPlanner(() => LONG) })
  const one = visitor()
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
      detail: 'All 1 sandboxes of this server are at work. Try again in 5 s.',
    })
  }
  // At once: nobody waited for the turn that holds the sandbox.
  expect(await one.get(`/api/sessions/${busy}`)).toMatchObject({ busy: true })
  expect((await one.fetch(`/api/sessions/${idle}/files`)).status).toBe(200)
  expect((await one.fetch(`/api/sessions/${idle}/events`)).status).toBe(200)
  await one.post(`/api/sessions/${busy}/cancel`)
  await stream.body?.cancel()
  expect((await one.post(`/api/sessions/${idle}/restore`)).status).toBe(200)
})

test('many requests at once for one session at rest open it once', async () => {
  const { visitor, app, keeper } = await openScene({ sandboxes: 3 })
  const one = visitor()
  const id = await one.session()
  const resting = keeper.rest(id)
  const answers = await Promise.all([1, 2, 3, 4].map((n) => one.upload(id, { [`${n}.txt`]: String(n) })))
  await resting
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
  expect(app.desk.figures.living).toBe(1)
  expect((await one.get<{ files: unknown[] }>(`/api/sessions/${id}/files`)).files).toHaveLength(4)
})
