// An abandoned session: it becomes idle, expires, and tells its owner which files were deleted.
import { expect, test } from 'vitest'
import { createScriptedPlanner } from '../doubles/scripted-planner.ts'
import { openScene } from './scene.ts'
import { problemOf, readAll } from './client.ts'

test('a watched session expires while the server runs: its stream ends, and every route says what is gone', async () => {
  const planner = createScriptedPlanner([
    `import { writeFileSync } from 'node:fs'\nconst total = 7\nwriteFileSync('out.txt', 'made')`,
    { type: 'answer', text: 'Made.' },
  ])
  const { client, logged } = await openScene({ planner, durations: { idleMs: 2500, retentionMs: 700 } })
  const one = client()
  const id = await one.session()
  await one.upload(id, { 'notes.txt': 'hello' })
  await one.ask(id, 'make it')
  const told = await readAll(await one.fetch(`/api/sessions/${id}/events`))
  const states = told.flatMap(({ event }) => (event.type === 'session' ? [Reflect.get(event, 'state')] : []))
  expect(states).toContain('living')
  expect(states).toContain('idle')
  const gone = {
    status: 410,
    code: 'session_expired',
    detail: 'This session has expired, and its files are gone. Start a new one.',
    files: ['notes.txt', 'out.txt'],
    variables: expect.arrayContaining(['total']),
    expiredAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
  }
  const asked = [
    one.fetch(`/api/sessions/${id}`),
    one.fetch(`/api/sessions/${id}/events`),
    one.fetch(`/api/sessions/${id}/files`),
    one.post(`/api/sessions/${id}/messages`, { text: 'again' }),
    one.post(`/api/sessions/${id}/restore`),
  ]
  for (const answer of asked) expect(await problemOf(answer)).toMatchObject(gone)
  expect(await one.get('/api/sessions')).toEqual({ sessions: [] })
  expect(await problemOf(client().fetch(`/api/sessions/${id}`))).toMatchObject({ status: 404, code: 'not_found' })
  expect(logged).toEqual([])
})
