// The page, and the server's description of itself.
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { OPERATIONS } from '../../src/http/app.ts'
import { newFolder, openScene } from './scene.ts'
import { problemOf } from './client.ts'

async function builtPage(): Promise<string> {
  const folder = join(await newFolder(), 'web')
  await mkdir(join(folder, 'assets'), { recursive: true })
  await writeFile(join(folder, '..', 'secret.txt'), 'secret')
  await symlink(join(folder, '..', 'secret.txt'), join(folder, 'link.txt'))
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Easel</title>')
  await writeFile(join(folder, 'assets/index-BwX3k9aQ.js'), `console.log(${JSON.stringify('x'.repeat(5000))})`)
  await writeFile(join(folder, 'assets/index-BwX3k9aQ.js.map'), '{}')
  return folder
}

test('the page is served with its policy, its assets for ever, itself never without asking', async () => {
  const { client } = await openScene({ pageFolder: await builtPage() })
  const one = client()
  const page = await one.fetch('/')
  expect([page.status, page.headers.get('content-type'), page.headers.get('cache-control')]).toEqual([
    200,
    'text/html; charset=utf-8',
    'no-cache',
  ])
  expect(page.headers.get('content-security-policy')).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; font-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'",
  )
  const script = await one.fetch('/assets/index-BwX3k9aQ.js', { headers: { 'accept-encoding': 'br, gzip' } })
  expect(Object.fromEntries(script.headers)).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
    'content-encoding': 'gzip',
    vary: 'accept-encoding',
  })
  expect(gunzipSync(Buffer.from(await script.arrayBuffer())).toString()).toContain('xxx')
  const plain = await one.fetch('/assets/index-BwX3k9aQ.js', { headers: { 'accept-encoding': 'identity' } })
  expect([plain.headers.get('content-encoding'), (await plain.text()).length]).toEqual([null, 5015])
  expect((await one.fetch('/', { headers: { 'if-none-match': page.headers.get('etag')! } })).status).toBe(304)
})

test('an address of the page that is no file is the page; a file that is not there is none', async () => {
  const { client } = await openScene({ pageFolder: await builtPage() })
  const one = client()
  const html = { headers: { accept: 'text/html,*/*' } }
  expect(await (await one.fetch('/s/abc', html)).text()).toContain('<title>Easel</title>')
  for (const path of ['/assets/other.js', '/favicon.ico', '/assets/index-BwX3k9aQ.js.map', '/link.txt'])
    expect([path, (await one.fetch(path, html)).status]).toEqual([path, 404])
  expect(await problemOf(one.fetch('/api/unknown', html))).toMatchObject({
    status: 404,
    code: 'not_found',
    detail: 'There is no such route.',
  })
})

test('no path leads out of the folder of the page', async () => {
  const { app } = await openScene({ pageFolder: await builtPage() })
  const paths = [
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/..%5c..%5csecret.txt',
    '//etc/passwd',
    '/assets/%00',
    '/%2fetc%2fpasswd',
    '/%E0%A4%A',
  ]
  for (const path of paths) {
    const answer = await app.request(`http://127.0.0.1:3000${path}`)
    expect([path, answer.status, await answer.text()]).toEqual([path, 404, expect.not.stringContaining('secret.txt')])
  }
})

test('where the page is not built it says how, and it is found once it is', async () => {
  const folder = join(await newFolder(), 'web')
  const { client } = await openScene({ pageFolder: folder })
  const before = await client().fetch('/')
  expect([before.status, await before.text()]).toEqual([503, expect.stringContaining('its page is not built')])
  await mkdir(folder)
  await writeFile(join(folder, 'index.html'), 'built')
  expect(await (await client().fetch('/')).text()).toBe('built')
})

test('the server says which planner answers and its limits, gives a sample, and tells its health and figures', async () => {
  const { client } = await openScene({ model: { name: 'gpt-x' } })
  const one = client()
  expect(await one.get('/api/info')).toMatchObject({
    version: '1.2.3',
    planner: { kind: 'model', model: 'gpt-x', description: expect.stringContaining('phrasebook') },
    limits: { fileBytes: 100_000_000, timeoutMs: 60_000 },
    idleMs: 3_600_000,
    retentionMs: 86_400_000,
  })
  const sample = await one.fetch('/api/samples/portrait.png')
  expect([sample.headers.get('content-type'), (await sample.arrayBuffer()).byteLength > 100_000]).toEqual([
    'image/png',
    true,
  ])
  const table = await one.fetch('/api/samples/seattle-weather-zh.csv')
  expect([table.headers.get('content-type'), (await table.text()).split('\n')[0]]).toEqual([
    'text/csv',
    '日期,降水量,最高气温,最低气温,风速,天气',
  ])
  expect((await one.fetch('/api/samples/sales.csv')).status).toBe(404)
  expect(await one.get('/healthz')).toEqual({ status: 'ok' })
  const id = await one.session()
  await one.fetch(`/api/sessions/${id}`)
  const figures = await (await one.fetch('/metrics')).text()
  expect(figures).toContain('# TYPE easel_sessions_living gauge\neasel_sessions_living 1\n')
  expect(figures).toContain('easel_http_requests_total{method="GET",route="/api/sessions/:id",status="200"} 1\n')
  expect(figures).toMatch(/easel_event_loop_lag_seconds\{quantile="0\.99"\} \d/)
  expect(figures).not.toContain(id)
  for (const line of figures.trim().split('\n'))
    expect(line).toMatch(/^(# TYPE \w+ (gauge|counter|histogram)|\w+(\{[^{}]*\})? [\d.e+-]+)$/)
})

test('the description names every route, its bodies and answers from the shapes that check them', async () => {
  const { client } = await openScene()
  const described = await client().get<{
    openapi: string
    paths: Record<
      string,
      Record<
        string,
        { requestBody?: { content: Record<string, { schema: { properties: object } }> }; responses: object }
      >
    >
    components: { schemas: Record<string, { properties?: object; oneOf?: unknown[] }> }
  }>('/api/openapi.json')
  expect(described.openapi).toBe('3.1.0')
  const routes = Object.entries(described.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  )
  expect(routes.toSorted()).toEqual(
    OPERATIONS.map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`).toSorted(),
  )
  const message = described.paths['/api/sessions/{id}/messages']!['post']!
  expect(Object.keys(message.requestBody!.content['application/json']!.schema.properties)).toEqual([
    'text',
    'files',
    'replaces',
    'detail',
  ])
  expect(Object.keys(message.responses)).toEqual(['200', 'default'])
  expect(Object.keys(described.components.schemas['Problem']!.properties!)).toEqual([
    'type',
    'title',
    'status',
    'detail',
    'code',
  ])
  expect(described.components.schemas['Event']!.oneOf!.length).toBeGreaterThan(15)
})
