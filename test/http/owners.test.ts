// Sessions belong to their creator: for anyone else they do not exist, on every route, also after a restart.
import { expect, test } from 'vitest'
import { OPERATIONS } from '../../src/http/app.ts'
import { createScriptedPlanner } from '../doubles/scripted-planner.ts'
import { HOUR, newFolder, openScene } from './scene.ts'
import { problemOf, type Client } from './client.ts'
import { DURATIONS } from '../sessions/scene.ts'

const NOT_FOUND = {
  type: 'about:blank',
  title: 'Not Found',
  status: 404,
  code: 'not_found',
  detail: 'There is no such session.',
}

const below = OPERATIONS.filter(({ path }) => path.startsWith('/api/sessions/:id'))

/** The answers of every route below a session to this client. */
async function walk(client: Client, id: string, routes = below): Promise<Map<string, unknown>> {
  const said = new Map<string, unknown>()
  for (const { method, path, body } of routes) {
    const url = path.replace(':id', encodeURIComponent(id)).replace(':fileId', 'x'.repeat(22)).replace(':n', '1')
    const init: RequestInit = { method: method.toUpperCase() }
    if (body === 'multipart') init.body = new FormData()
    else if (body)
      Object.assign(init, { body: '{"text":"x","title":"x"}', headers: { 'content-type': 'application/json' } })
    const answer = await client.fetch(url, init)
    said.set(`${method} ${path}`, answer.status === 404 ? await answer.json() : answer.status)
    if (!answer.bodyUsed) await answer.body?.cancel()
  }
  return said
}

test('a foreign id, an unknown one and a malformed one are the same 404 on every route', async () => {
  const { client, store } = await openScene()
  const [owner, other, nobody] = [client(), client(), client()]
  const id = await owner.session()
  await other.session()
  expect(below.length).toBeGreaterThanOrEqual(14)
  const ids = [id, 'A'.repeat(24), 'x', '../../etc/passwd', `${id}'--`, `${id}\0`, 'x'.repeat(3000)]
  for (const who of [other, nobody]) {
    for (const asked of ids) {
      for (const [route, said] of await walk(who, asked)) {
        // A path with ".." leads to another route, which finds nothing either.
        expect([asked, route, said]).toEqual([asked, route, asked.includes('..') ? expect.anything() : NOT_FOUND])
      }
    }
  }
  // None of that has touched it.
  expect(await store.find(id)).toMatchObject({ events: 0, title: undefined })
  expect((await owner.fetch(`/api/sessions/${id}`)).status).toBe(200)
}, 120_000)

test('the owner meets every route on the same walk', async () => {
  const { client } = await openScene()
  const owner = client()
  const id = await owner.session()
  const routes = below.filter(({ method, path }) => method !== 'delete' || path !== '/api/sessions/:id')
  const said = await walk(owner, id, routes)
  expect(said.size).toBe(below.length - 1)
  for (const [route, answer] of said) expect([route, answer]).not.toEqual([route, NOT_FOUND])
})

test('only the own sessions are listed, and those that no browser made belong to nobody', async () => {
  const { client, store } = await openScene()
  const nobodys = await store.create(DURATIONS)
  await nobodys.release()
  const [one, other] = [client(), client()]
  const first = await one.session()
  const second = await one.session()
  await other.session()
  const { sessions } = await one.get<{ sessions: { id: string }[] }>('/api/sessions')
  expect(sessions.map(({ id }) => id)).toEqual([second, first])
  expect(await client().get('/api/sessions')).toEqual({ sessions: [] })
  expect((await one.fetch(`/api/sessions/${nobodys.id}`)).status).toBe(404)
})

test('an empty title takes the title away, and the next request gives another', async () => {
  const { client } = await openScene({ planner: createScriptedPlanner(() => ({ type: 'answer', text: 'Yes.' })) })
  const one = client()
  const { id } = (await (await one.post('/api/sessions', { title: 'Mine' })).json()) as { id: string }
  const init = { method: 'PATCH', body: '{"title":"  "}', headers: { 'content-type': 'application/json' } }
  const answer = await one.fetch(`/api/sessions/${id}`, init)
  expect([answer.status, 'title' in ((await answer.json()) as object)]).toEqual([200, false])
  expect(await one.get(`/api/sessions/${id}`)).not.toHaveProperty('title')
  await one.ask(id, 'Count the cats')
  expect(await one.get(`/api/sessions/${id}`)).toMatchObject({ title: 'Count the cats' })
})

test("a session is its owner's after a restart, with its title", async () => {
  const data = await newFolder()
  const before = await openScene({ data })
  const one = before.client()
  const id = await one.session()
  await one.fetch(`/api/sessions/${id}`, {
    method: 'PATCH',
    body: '{"title":" Cats 猫 "}',
    headers: { 'content-type': 'application/json' },
  })
  await before.close()
  const after = await openScene({ data })
  const same = after.client()
  same.cookie = one.cookie
  expect(await same.get(`/api/sessions/${id}`)).toMatchObject({
    id,
    title: 'Cats 猫',
    state: 'idle',
    busy: false,
    files: 0,
  })
  expect(await same.get<{ sessions: unknown[] }>('/api/sessions')).toMatchObject({
    sessions: [{ id, title: 'Cats 猫' }],
  })
  expect((await after.client().fetch(`/api/sessions/${id}`)).status).toBe(404)
})

test('a session says its times, and is deleted without a trace', async () => {
  const { client } = await openScene({ durations: { idleMs: HOUR, retentionMs: 2 * HOUR } })
  const one = client()
  const created = await one.post('/api/sessions', { title: 'Mine' })
  const session = (await created.json()) as Record<string, string>
  expect(created.status).toBe(201)
  expect(session).toMatchObject({ title: 'Mine', state: 'living', busy: false, files: 0, bytes: 0 })
  const at = (name: string): number => Date.parse(session[name] ?? '')
  expect(at('idleAt') - at('activeAt')).toBe(HOUR)
  expect(at('expiresAt') - at('idleAt')).toBe(2 * HOUR)
  expect(session['createdAt']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  const gone = await one.fetch(`/api/sessions/${session['id']}`, { method: 'DELETE' })
  expect([gone.status, await gone.json()]).toEqual([200, { removed: true }])
  expect(await problemOf(one.fetch(`/api/sessions/${session['id']}`))).toEqual(NOT_FOUND)
})

test('of an expired session its owner is told what is gone, and nobody else', async () => {
  const data = await newFolder()
  const before = await openScene({ data })
  const [one, other] = [before.client(), before.client()]
  const id = await one.session()
  await one.upload(id, { 'notes.txt': 'hello' })
  await other.session()
  await before.service.active(id)!.setDurations({ idleMs: 1, retentionMs: 1 })
  await before.close()
  await new Promise((resolve) => setTimeout(resolve, 10))
  const after = await openScene({ data })
  const [same, foreign] = [after.client(), after.client()]
  same.cookie = one.cookie
  foreign.cookie = other.cookie
  expect(await problemOf(foreign.fetch(`/api/sessions/${id}`))).toEqual(NOT_FOUND)
  expect(await problemOf(same.fetch(`/api/sessions/${id}/files`))).toMatchObject({
    status: 410,
    code: 'session_expired',
    detail: 'This session has expired, and its files are gone. Start a new one.',
    files: ['notes.txt'],
    expiredAt: expect.stringMatching(/^\d{4}-/),
  })
})

test('a session that another program uses can be looked at and not worked in', async () => {
  const data = await newFolder()
  const [one, two] = [await openScene({ data }), await openScene({ data })]
  const here = one.client()
  const id = await here.session()
  const there = two.client()
  there.cookie = here.cookie
  expect(await there.get(`/api/sessions/${id}`)).toMatchObject({ id, state: 'idle' })
  expect((await there.fetch(`/api/sessions/${id}/files`)).status).toBe(200)
  for (const path of ['restore', 'undo']) {
    expect(await problemOf(there.post(`/api/sessions/${id}/${path}`))).toMatchObject({
      status: 409,
      code: 'EASEL_SESSION_IN_USE',
    })
  }
  expect(await problemOf(there.fetch(`/api/sessions/${id}`, { method: 'DELETE' }))).toMatchObject({
    status: 409,
    code: 'EASEL_SESSION_IN_USE',
  })
})
