// Fetching a file from a well-behaved, careless or hostile server.
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import type { TLSSocket } from 'node:tls'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { leadsTo, openFetchScene, pngLike, refusal, sends, type Answer, type FetchScene } from './server.ts'

/** One file served in one way. */
const serving = (answer: Answer): Promise<FetchScene> => openFetchScene({ '/a.png': answer })

describe('a file', () => {
  it('is kept as it came, private, under a random name, and named after the URL', async () => {
    const bytes = pngLike(200_000)
    let headers: unknown
    let shaken: unknown[] = []
    const scene = await serving((request, response) => {
      headers = request.headers
      const { alpnProtocol, servername } = request.socket as TLSSocket
      shaken = [request.method, alpnProtocol, servername]
      response.writeHead(200, { 'content-type': 'image/png' }).end(bytes)
    })
    const fetched = await scene.fetch('/a.png?size=large#top')
    expect(fetched).toMatchObject({ name: 'a.png', bytes: 200_000 })
    expect(basename(fetched.path)).toMatch(/^[0-9a-f]{32}$/)
    expect(readFileSync(fetched.path).equals(bytes)).toBe(true)
    expect(statSync(fetched.path).mode & 0o777).toBe(0o600)
    expect(headers).toMatchObject({
      host: `example.org:${scene.port}`,
      accept: 'image/*, text/csv, application/json, text/plain, */*;q=0.5',
      'accept-encoding': 'identity',
      'user-agent': 'Easel (https fetch for a person)',
      connection: 'close',
    })
    expect(shaken).toEqual(['GET', 'http/1.1', 'example.org'])
    expect(headers).not.toHaveProperty('cookie')
    expect(headers).not.toHaveProperty('referer')
    await expect.poll(() => scene.open()).toBe(0)
  })

  it('may be redirected five times, to other hosts too, each on a connection of its own, and is named after the last', async () => {
    const hosts: string[] = []
    const noting = (answer: Answer): Answer => {
      return (request, response) => {
        hosts.push(request.headers.host ?? '')
        answer(request, response)
      }
    }
    const scene: FetchScene = await openFetchScene({
      '/1': noting(leadsTo('/2', 301)),
      '/2': noting(leadsTo(() => `//pictures.example.org:${scene.port}/3`, 302)),
      '/3': noting(leadsTo('4', 303)),
      '/4': noting(leadsTo(() => `${scene.origin}/5`, 307)),
      '/5': noting(leadsTo('/deep/b.png?x', 308)),
      '/deep/b.png': noting(sends(pngLike(10))),
    })
    const looked: string[] = []
    const resolve = (host: string) => {
      looked.push(host)
      return Promise.resolve([{ address: '127.0.0.1', family: 4 }])
    }
    expect(await scene.fetch('/1', { resolve })).toMatchObject({ name: 'b.png' })
    expect(scene.connections()).toBe(6)
    const [one, other] = ['example.org', 'pictures.example.org']
    expect(looked).toEqual([one, one, other, other, one, one])
    expect(hosts).toEqual(looked.map((host) => `${host}:${scene.port}`))
  })

  it('is named by its header, and ends as its first bytes or its type say', async () => {
    const scene = await openFetchScene({
      '/named': sends('a,b', { 'content-disposition': 'attachment; filename="c.csv"' }),
      '/typed': sends('a,b', { 'content-type': 'text/csv' }),
      '/picture': sends(pngLike(10)),
    })
    const names = ['/named', '/typed', '/picture'].map(async (path) => (await scene.fetch(path)).name)
    expect(await Promise.all(names)).toEqual(['c.csv', 'typed.csv', 'picture.png'])
  })

  it('is fetched when the connection of the redirect before it is closed, though that one did not end', async () => {
    const scene: FetchScene = await openFetchScene({
      '/1': (_, response) => void response.writeHead(302, { location: '/2' }).write('more'),
      '/2': async (request, response) => {
        await expect.poll(() => scene.open()).toBe(1)
        sends(pngLike(10))(request, response)
      },
    })
    expect(await scene.fetch('/1')).toMatchObject({ name: '2.png' })
  })

  it('is not there when a redirect leads to where nobody listens', async () => {
    const scene: FetchScene = await serving(leadsTo(() => `https://gone.example.org:${scene.port}/`))
    const refused = scene.fetch('/a.png', {
      resolve: (host) => Promise.resolve([{ address: host.startsWith('gone') ? '127.0.0.2' : '127.0.0.1', family: 4 }]),
      allows: (address) => address.startsWith('127.0.0.'),
    })
    const message = 'example.org refused the connection.'
    expect(await refusal(refused)).toEqual({ code: 'fetch_failed', message })
  })

  it('comes from the next address of its host when one does not answer', async () => {
    const scene = await serving(sends(pngLike(10)))
    const addresses = ['127.0.0.2', '127.0.0.1'].map((address) => ({ address, family: 4 }))
    const fetched = scene.fetch('/a.png', {
      resolve: () => Promise.resolve(addresses),
      allows: (address) => address.startsWith('127.0.0.'),
    })
    expect(await fetched).toMatchObject({ bytes: 10 })
  })

  it('is not followed further than five redirects, nor in a circle', async () => {
    const chain = Object.fromEntries([1, 2, 3, 4, 5, 6].map((n) => [`/${n}`, leadsTo(`/${n + 1}`)]))
    const scene = await openFetchScene({
      ...chain,
      '/7': sends(pngLike(10)),
      '/round': leadsTo('/and'),
      '/and': leadsTo('/round#again'),
      '/self': leadsTo(''),
    })
    expect(await scene.fetch('/2')).toMatchObject({ bytes: 10 })
    expect(await refusal(scene.fetch('/1'))).toEqual({
      code: 'fetch_redirects',
      message: 'example.org redirects more than 5 times.',
    })
    const circle = { code: 'fetch_redirects', message: 'example.org redirects in a circle.' }
    expect(await refusal(scene.fetch('/round'))).toEqual(circle)
    expect(await refusal(scene.fetch('/self'))).toEqual(circle)
  })

  it.each([
    ['http://example.org/a.png', 'fetch_scheme', 'not an https:// address'],
    ['file:///etc/passwd', 'fetch_scheme', 'not an https:// address'],
    ['data:image/png;base64,AAAA', 'fetch_scheme', 'not an https:// address'],
    ['https://u:p@example.org/', 'fetch_credentials', 'an address with a user name or a password in it'],
    ['https://10.0.0.1/', 'fetch_address', 'a place that is not on the public internet'],
    ['https://[::ffff:169.254.169.254]/latest', 'fetch_address', 'a place that is not on the public internet'],
    ['//2852039166/', 'fetch_address', 'a place that is not on the public internet'],
    ['https://metadata.google.internal/', 'fetch_address', 'a place that is not on the public internet'],
    ['https://1.2.3.999/', 'fetch_url', 'an invalid address'],
  ])('is not fetched from a redirect to %s', async (location, code, what) => {
    const scene = await serving(leadsTo(location))
    const message = `example.org redirects to ${what}, so nothing is fetched.`
    expect(await refusal(scene.fetch('/a.png'))).toEqual({ code, message })
    expect(scene.connections()).toBe(1)
  })

  it('is not fetched when a redirect leads to a name with an inner address, the same name a second time included', async () => {
    const inner = [{ address: '192.168.1.1', family: 4 }]
    const here = [{ address: '127.0.0.1', family: 4 }]
    const scene = await openFetchScene({ '/a': leadsTo('https://inner.example.org/'), '/b': leadsTo('/c') })
    const message = 'example.org redirects to a place that is not on the public internet, so nothing is fetched.'
    const byName = (host: string) => Promise.resolve(host.startsWith('inner') ? inner : here)
    expect(await refusal(scene.fetch('/a', { resolve: byName }))).toEqual({ code: 'fetch_address', message })
    let lookups = 0
    const rebinding = () => Promise.resolve(lookups++ === 0 ? here : inner)
    expect(await refusal(scene.fetch('/b', { resolve: rebinding }))).toEqual({ code: 'fetch_address', message })
    expect(lookups).toBe(2)
    expect(scene.asked).toEqual(['/a', '/b'])
  })

  it.each([404, 403, 500, 204, 206, 304])('is not there when the server answers %i', async (status) => {
    const scene = await serving((_, response) => void response.writeHead(status).end())
    expect(await refusal(scene.fetch('/a.png'))).toMatchObject({
      code: 'fetch_status',
      message: expect.stringMatching(
        new RegExp(`^example\\.org:${scene.port}/a\\.png answered ${status} \\([A-Z][\\w ]+\\)\\.$`),
      ),
    })
  })

  it('is refused as a web page by its type or its first bytes, unless these say that it is a picture', async () => {
    const page = '<!-- hello -->\n<!DOCTYPE html><html><body>A picture</body></html>'
    const scene = await openFetchScene({
      '/typed': sends('Sign in', { 'content-type': 'text/html; charset=utf-8' }),
      '/bytes.png': sends(page, { 'content-type': 'image/png' }),
      '/long': sends(page.padEnd(5000), { 'content-type': 'application/octet-stream' }),
      '/picture.png': sends(pngLike(3000), { 'content-type': 'text/html' }),
      '/drawing.svg': sends('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'),
    })
    for (const path of ['/typed', '/bytes.png', '/long'])
      expect(await refusal(scene.fetch(path))).toEqual({
        code: 'fetch_html',
        message: `example.org:${scene.port}${path} is a web page, not a picture or a table.`,
      })
    expect(await scene.fetch('/picture.png')).toMatchObject({ bytes: 3000 })
    expect(await scene.fetch('/drawing.svg')).toMatchObject({ name: 'drawing.svg' })
  })

  it('is refused when its head is not one that everybody reads alike', async () => {
    const head = 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n'
    const scene = await serving((request) => void request.socket.end(head))
    expect(await refusal(scene.fetch('/a.png'))).toEqual({
      code: 'fetch_failed',
      message: expect.stringMatching(/^example\.org could not be reached \(HPE_[A-Z_]+\)\.$/),
    })
  })

  it('is refused when it is empty', async () => {
    const scene = await serving(sends(''))
    expect(await refusal(scene.fetch('/a.png'))).toMatchObject({ code: 'fetch_empty' })
  })
})

describe('too much', () => {
  it('is refused by its header before any of it is written, and while it comes', async () => {
    const scene = await openFetchScene({
      '/header.png': (_, response) => void response.writeHead(200, { 'content-length': '5000000' }).write(pngLike(10)),
      '/body.png': (_, response) => {
        response.writeHead(200)
        const more = (): void => void (response.write(pngLike(60_000)) ? setImmediate(more) : 0)
        response.on('drain', more)
        more()
      },
    })
    expect(await refusal(scene.fetch('/header.png'))).toEqual({
      code: 'fetch_too_large',
      message: `example.org:${scene.port}/header.png has 5,000,000 bytes; the limit is 1,000,000.`,
    })
    expect(readdirSync(scene.folder)).toEqual([])
    expect(await refusal(scene.fetch('/body.png'))).toEqual({
      code: 'fetch_too_large',
      message: `example.org:${scene.port}/body.png has more than 1,000,000 bytes; the limit is 1,000,000.`,
    })
    for (const name of readdirSync(scene.folder))
      expect(statSync(`${scene.folder}/${name}`).size).toBeLessThanOrEqual(1_000_000)
    await expect.poll(() => scene.open()).toBe(0)
  })

  it('cannot hide in a compressed body: it is not unpacked', async () => {
    const bomb = gzipSync(new Uint8Array(50_000_000))
    const scene = await serving(sends(bomb, { 'content-encoding': 'gzip' }))
    expect(await refusal(scene.fetch('/a.png'))).toEqual({
      code: 'fetch_encoding',
      message: `example.org:${scene.port}/a.png was sent compressed although an uncompressed file was requested, so it was not fetched.`,
    })
    const kept = await openFetchScene({ '/b.gz': sends(bomb) })
    expect(await kept.fetch('/b.gz')).toMatchObject({ bytes: bomb.length })
  })

  it('of a header ends the fetch', async () => {
    const scene = await serving(sends(pngLike(10), { 'x-long': 'x'.repeat(15_000), 'x-more': 'x'.repeat(15_000) }))
    const message = 'example.org sent headers that are too long.'
    expect(await refusal(scene.fetch('/a.png'))).toEqual({ code: 'fetch_failed', message })
  })
})
