// Which origins may send requests to the server, and what a browser may do with its responses.
import { hasUnsafeCharacters } from '../../sandbox/untrusted-text.ts'
import { expect, test } from 'vitest'
import { openScene } from './scene.ts'
import { problemOf } from './client.ts'

const KEY = 'sk-very-secret-0123456789'

test('a request under a foreign name is refused, as after DNS rebinding', async () => {
  const { app } = await openScene()
  for (const host of [
    'evil.example',
    'evil.example:3000',
    '10.0.0.1:3000',
    '127.0.0.1.evil.example',
    'localhost.evil.example',
    '[::2]',
    '%',
    '',
  ]) {
    const answer = await app.request('http://127.0.0.1:3000/api/info', { headers: { host } })
    expect([host, answer.status]).toEqual([host, 403])
  }
  const problem = await problemOf(app.request('http://127.0.0.1:3000/', { headers: { host: 'evil.example' } }))
  expect(problem).toEqual({
    type: 'about:blank',
    title: 'Forbidden',
    status: 403,
    code: 'foreign_host',
    detail:
      'This server does not answer under that name. Open it under the address that "easel serve" printed; other names are allowed with EASEL_HOSTS.',
  })
  expect((await app.request('http://evil.example/api/info', { headers: { host: '127.0.0.1' } })).status).toBe(403)
})

test('the names of this machine, at any port, are answered', async () => {
  const { app } = await openScene({ names: ['easel.lan'] })
  for (const host of [
    '127.0.0.1:3000',
    'localhost',
    'LOCALHOST:8080',
    '[::1]:3000',
    'easel.localhost:1',
    'easel.lan:3000',
    '127.0.0.2',
  ]) {
    const answer = await app.request('http://127.0.0.1:3000/api/info', { headers: { host } })
    expect([host, answer.status]).toEqual([host, 200])
  }
})

test('a server that is open to others is answered by any address, and only by its names', async () => {
  const token = 'a-token-of-many-characters'
  const { app } = await openScene({ addresses: true, names: ['0.0.0.0', 'box.lan'], token })
  const status = async (host: string): Promise<number> =>
    (await app.request('http://127.0.0.1:3000/healthz', { headers: { host } })).status
  expect(await status('192.168.1.7:3000')).toBe(200)
  expect(await status('[fe80::1]:3000')).toBe(200)
  expect(await status('box.lan')).toBe(200)
  expect(await status('evil.example')).toBe(403)
})

test('no Origin is allowed, our own too, a foreign one is not', async () => {
  const { app } = await openScene()
  const status = async (headers: Record<string, string>): Promise<number> =>
    (
      await app.request('http://127.0.0.1:3000/api/sessions', {
        method: 'POST',
        headers: { host: '127.0.0.1:3000', ...headers },
      })
    ).status
  expect(await status({})).toBe(201)
  expect(await status({ origin: 'http://127.0.0.1:3000' })).toBe(201)
  for (const origin of [
    'http://evil.example',
    'null',
    'http://127.0.0.1:3001',
    'http://localhost:3000',
    'https://127.0.0.1',
    'nonsense',
    '',
  ]) {
    expect([origin, await status({ origin })]).toEqual([origin, 403])
  }
})

test('what a browser says comes from another site is refused, but for a visit to the page', async () => {
  const { app } = await openScene()
  const ask = (path: string, headers: Record<string, string>) =>
    app.request(`http://127.0.0.1:3000${path}`, { headers: { accept: 'text/html', ...headers } })
  for (const site of ['cross-site', 'same-site']) {
    expect(await problemOf(ask('/api/info', { 'sec-fetch-site': site }))).toMatchObject({
      status: 403,
      code: 'foreign_origin',
    })
    expect((await ask('/api/info', { 'sec-fetch-site': site, 'sec-fetch-mode': 'navigate' })).status).toBe(403)
    expect((await ask('/', { 'sec-fetch-site': site })).status).toBe(403)
    expect((await ask('/', { 'sec-fetch-site': site, 'sec-fetch-mode': 'navigate' })).status).toBe(503)
  }
  for (const site of ['same-origin', 'none'])
    expect((await ask('/api/info', { 'sec-fetch-site': site })).status).toBe(200)
})

test('the cookie is random, for this server alone, out of reach of scripts, and given only to who begins a session', async () => {
  const { app, client } = await openScene()
  for (const path of ['/', '/api/info', '/api/sessions']) {
    expect((await app.request(`http://127.0.0.1:3000${path}`)).headers.get('set-cookie')).toBeNull()
  }
  const cookies = new Set<string>()
  for (let n = 0; n < 3; n++) {
    const answer = await client().post('/api/sessions')
    const cookie = answer.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/^easel-3000=[\w-]{32}; Path=\/; Max-Age=31536000; HttpOnly; SameSite=Strict$/)
    cookies.add(cookie)
  }
  expect(cookies.size).toBe(3)
  const one = client()
  await one.session()
  expect((await one.post('/api/sessions')).headers.get('set-cookie')).toBeNull()
})

test('the cookie is called after the port, so that servers side by side leave each other theirs, and is found after a move', async () => {
  const { app, client } = await openScene()
  const begin = (headers: Record<string, string>, url = 'http://127.0.0.1:3000') =>
    app.request(`${url}/api/sessions`, { method: 'POST', headers })
  const list = async (cookie: string) => {
    const answer = await app.request('http://127.0.0.1:3000/api/sessions', { headers: { cookie } })
    return ((await answer.json()) as { sessions: unknown[] }).sessions.length
  }
  const one = client()
  await one.session()
  const secret = one.cookie.split('=')[1]!
  const other = 'o'.repeat(32)
  expect(await list(`easel-8080=${other}; easel-3000=${secret}`)).toBe(1)
  expect(await list(`easel-8080=${secret}`)).toBe(1)
  expect(await list(`easel=${secret}`)).toBe(1)
  expect(await list(`easel-3000=${other}; easel-8080=${secret}`)).toBe(0)
  expect((await begin({ cookie: `easel=${secret}` })).headers.get('set-cookie')).toBeNull()
  const behind = await begin({ host: 'localhost', 'x-forwarded-proto': 'https', cookie: `easel=${secret}` })
  expect(behind.headers.get('set-cookie')).toMatch(
    /^__Host-easel=[\w-]{32}; Path=\/; Max-Age=31536000; HttpOnly; SameSite=Strict; Secure$/,
  )
  expect(behind.headers.get('set-cookie')).not.toContain(secret)
})

test('a body must be JSON that says so: a form of a foreign page cannot', async () => {
  const { client } = await openScene()
  const one = client()
  const id = await one.session()
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', '']) {
    const init = { method: 'POST', body: '{"text":"hello"}', headers: { 'content-type': type } }
    expect(await problemOf(one.fetch(`/api/sessions/${id}/messages`, init))).toMatchObject({
      status: 415,
      code: 'unsupported_media_type',
    })
  }
  const broken = { method: 'POST', body: '{"text":', headers: { 'content-type': 'application/json' } }
  expect(await problemOf(one.fetch(`/api/sessions/${id}/messages`, broken))).toMatchObject({
    status: 400,
    code: 'bad_json',
  })
  expect(await problemOf(one.post(`/api/sessions/${id}/messages`, { text: 7 }))).toMatchObject({
    status: 422,
    code: 'bad_request',
    detail: expect.stringContaining('"text" is not as it should be'),
  })
  const large = JSON.stringify({ text: 'x'.repeat(2_100_000) })
  const init = { method: 'POST', body: large, headers: { 'content-type': 'application/json' } }
  expect(await problemOf(one.fetch(`/api/sessions/${id}/messages`, init))).toMatchObject({
    status: 413,
    code: 'too_large',
    detail: 'The body has more than 2,000,000 bytes, the limit.',
  })
  const many = { ...init, body: `{"text":[${'[],'.repeat(100_000)}[]]}` }
  expect(await problemOf(one.fetch(`/api/sessions/${id}/messages`, many))).toMatchObject({
    status: 413,
    code: 'too_large',
    detail: 'The body is too much to read. It has more than 30,000 values.',
  })
})

test('every answer, an error too, tells browsers to do nothing with it but what it is for', async () => {
  const { app } = await openScene()
  for (const path of ['/', '/api/info', '/api/nothing', '/nothing.js', '/healthz']) {
    const { headers } = await app.request(`http://127.0.0.1:3000${path}`)
    expect([path, Object.fromEntries(headers)]).toEqual([
      path,
      expect.objectContaining({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'x-frame-options': 'DENY',
        'content-security-policy': expect.stringMatching(/^default-src 'none'.*frame-ancestors 'none'/),
        'cache-control': 'no-store',
      }),
    ])
    expect(headers.get('access-control-allow-origin')).toBeNull()
  }
})

test('an unexpected error says nothing to the client, and the log has neither key nor token', async () => {
  const token = 'a-token-of-many-characters'
  const { app, store, logged, client } = await openScene({ token })
  const one = client({ authorization: `Bearer ${token}` })
  Object.assign(store, {
    list: () => Promise.reject(new Error(`connect failed for ${token}\neasel: forged\u001b]0;x\u0007`)),
  })
  const problem = await problemOf(one.fetch('/api/sessions'))
  expect(problem).toMatchObject({
    status: 500,
    code: 'internal',
    detail: 'Something went wrong in the server; its log says more.',
  })
  expect(logged).toHaveLength(1)
  expect(logged[0]).toContain('GET /api/sessions failed: Error: connect failed for ***')
  expect(logged[0]).not.toContain(token)
  expect(hasUnsafeCharacters(logged[0]!)).toBe(false)
  expect(await (await app.request(`http://127.0.0.1:3000/api/info?key=${KEY}`)).text()).not.toContain(KEY)
})
