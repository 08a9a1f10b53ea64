// Fetching a file from a server that is slow, silent, breaks off or has the wrong identity.
import { readdirSync, statSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { openFetchScene, pngLike, refusal, sends, type Answer } from './server.ts'
import { AT_ONCE, turnsUntil } from '../measures.ts'

afterEach(() => void vi.useRealTimers())

describe('a server that keeps one waiting', () => {
  const drips: Answer = (_, response) => {
    response.writeHead(200).write(pngLike(2000))
    const timer = setInterval(() => response.write('x'), 20)
    response.on('close', () => clearInterval(timer))
  }

  it('by a drip is given up, and so is one that falls silent', async () => {
    const scene = await openFetchScene({
      '/drip.png': drips,
      '/still.png': (_, response) => void response.writeHead(200).write(pngLike(2000)),
    })
    for (const path of ['/drip.png', '/still.png'])
      expect(await refusal(scene.fetch(path, { slow: { bytes: 500, ms: 150 } }))).toEqual({
        code: 'fetch_slow',
        message: `example.org:${scene.port}${path} arrives too slowly (less than 500 bytes in 0.15 s), so the fetch was stopped.`,
      })
    await expect.poll(() => scene.open()).toBe(0)
  })

  it('without an answer, or in one after another redirect, is given up when the time for all is over', async () => {
    const scene = await openFetchScene({
      '/never.png': () => undefined,
      '/0': (_, response) => void setTimeout(() => response.writeHead(302, { location: '/1' }).end(), 250),
      '/1': (_, response) => void setTimeout(() => response.writeHead(302, { location: '/2' }).end(), 250),
      '/drip.png': drips,
    })
    for (const path of ['/never.png', '/0', '/drip.png']) {
      const lost = refusal(scene.fetch(path, { timeoutMs: 400 }))
      expect(await lost).toEqual({
        code: 'fetch_timeout',
        message: 'example.org took longer than 0.4 s, so the fetch was stopped.',
      })
    }
    // The time limit is for the whole fetch: the second redirect never led anywhere.
    expect(scene.asked).not.toContain('/2')
    const lost = { resolve: () => new Promise<never>(() => undefined), timeoutMs: 50 }
    expect(await refusal(scene.fetch('/never.png', lost))).toMatchObject({ code: 'fetch_timeout' })
    await expect.poll(() => scene.open()).toBe(0)
  })

  it('is given up by the clock after 20 s in all, or 5 s with less than 5,000 bytes', async () => {
    const scene = await openFetchScene({
      '/still.png': (_, response) => void response.writeHead(200).write(pngLike(4999)),
    })
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] })
    let told: unknown
    const passes = (ms: number): Promise<unknown> => {
      vi.advanceTimersByTime(ms)
      return new Promise((resolve) => setImmediate(() => resolve(told)))
    }
    const work = refusal(scene.fetch('/still.png')).then((refused) => (told = refused))
    while (!readdirSync(scene.folder).some((name) => statSync(`${scene.folder}/${name}`).size > 0)) await passes(0)
    expect(await passes(4999)).toBeUndefined()
    await passes(1)
    expect(await work).toEqual({
      code: 'fetch_slow',
      message: `example.org:${scene.port}/still.png arrives too slowly (less than 5,000 bytes in 5 s), so the fetch was stopped.`,
    })
    told = undefined
    const lost = refusal(scene.fetch('/', { resolve: () => new Promise<never>(() => undefined) }))
    void lost.then((refused) => (told = refused))
    expect(await passes(19_999)).toBeUndefined()
    await passes(1)
    expect(await lost).toEqual({
      code: 'fetch_timeout',
      message: 'example.org took longer than 20 s, so the fetch was stopped.',
    })
    expect(vi.getTimerCount()).toBe(0)
  })

  it('and never shakes hands is given up too, and left when the person cancels', async () => {
    const scene = await openFetchScene({})
    const silent = createServer((socket) => socket.on('error', () => undefined).resume())
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const { port } = silent.address() as AddressInfo
    const cancel = new AbortController()
    const url = `https://example.org:${port}/`
    expect(await refusal(scene.fetch(url, { timeoutMs: 100 }))).toMatchObject({ code: 'fetch_timeout' })
    const work = refusal(scene.fetch(url, { signal: cancel.signal }))
    silent.once('connection', () => setImmediate(() => cancel.abort()))
    expect(await work).toMatchObject({ code: 'fetch_cancelled' })
    const left = Promise.withResolvers<void>()
    silent.close(() => left.resolve())
    await left.promise
  })

  it('is left at once when the person cancels, also before anything was asked', async () => {
    const scene = await openFetchScene({ '/never.png': () => undefined, '/drip.png': drips })
    for (const path of ['/never.png', '/drip.png']) {
      const cancel = new AbortController()
      const work = refusal(scene.fetch(path, { signal: cancel.signal }))
      await expect.poll(() => scene.asked).toContain(path)
      cancel.abort()
      expect(await turnsUntil(work)).toBeLessThan(AT_ONCE)
      expect(await work).toEqual({
        code: 'fetch_cancelled',
        message: `example.org:${scene.port}${path} was not fetched: cancelled.`,
      })
    }
    const before = scene.connections()
    expect(await refusal(scene.fetch('/drip.png', { signal: AbortSignal.abort() }))).toMatchObject({
      code: 'fetch_cancelled',
    })
    expect(scene.connections()).toBe(before)
    await expect.poll(() => scene.open()).toBe(0)
  })

  it('or breaks off in the middle is told of so', async () => {
    const scene = await openFetchScene({
      '/length.png': (_, response) => {
        response.writeHead(200, { 'content-length': '9000' }).write(pngLike(2000))
        setTimeout(() => response.destroy(), 50)
      },
      '/chunks.png': (_, response) => {
        response.writeHead(200).write(pngLike(2000))
        setTimeout(() => response.destroy(), 50)
      },
      '/head.png': (request) => void request.socket.destroy(),
    })
    for (const path of ['/length.png', '/chunks.png', '/head.png'])
      expect(await refusal(scene.fetch(path))).toEqual({
        code: 'fetch_failed',
        message: 'example.org closed the connection before the file was complete.',
      })
  })
})

describe('a certificate', () => {
  it('that is unknown, or of another name, ends the fetch before anything is asked', async () => {
    const scene = await openFetchScene({ '/a.png': sends(pngLike(10)) })
    expect(await refusal(scene.fetch('/a.png', { ca: undefined }))).toEqual({
      code: 'fetch_certificate',
      message: 'The certificate of example.org is not valid (DEPTH_ZERO_SELF_SIGNED_CERT).',
    })
    expect(await refusal(scene.fetch(`https://example.com:${scene.port}/a.png`))).toEqual({
      code: 'fetch_certificate',
      message: 'The certificate of example.com is not valid (ERR_TLS_CERT_ALTNAME_INVALID).',
    })
    expect(await refusal(scene.fetch(`https://127.0.0.1:${scene.port}/`))).toEqual({
      code: 'fetch_certificate',
      message: 'The certificate of 127.0.0.1 is not valid (ERR_TLS_CERT_ALTNAME_INVALID).',
    })
    expect(await scene.fetch(`https://pictures.example.org.:${scene.port}/a.png`)).toMatchObject({ bytes: 10 })
    expect(scene.asked).toEqual(['/a.png'])
  })

  it('is asked for whatever the environment says', async () => {
    const scene = await openFetchScene({ '/a.png': sends(pngLike(10)) })
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0'
    try {
      expect(await refusal(scene.fetch('/a.png', { ca: undefined }))).toMatchObject({ code: 'fetch_certificate' })
    } finally {
      delete process.env['NODE_TLS_REJECT_UNAUTHORIZED']
    }
    expect(scene.asked).toEqual([])
  })
})
