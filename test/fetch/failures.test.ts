// Failed fetches: messages for users from the errors of the system and the server.
import { getEventListeners } from 'node:events'
import { describe, expect, it } from 'vitest'
import { fetchFile } from '../../src/fetch/fetch-file.ts'
import { leadsTo, openFetchScene, pngLike, refusal, sends } from './server.ts'

const A = '93.184.215.14'

describe('what the system says', () => {
  const said = (code: string | undefined): Promise<unknown> => {
    const resolve = () => Promise.resolve([{ address: A, family: 4 }])
    const connect = (): never => {
      throw Object.assign(new Error('connect 10.0.0.1 /tmp/x'), code === undefined ? {} : { code })
    }
    const signal = new AbortController().signal
    return refusal(fetchFile('https://a.org/', { signal, folder: '/none', maxBytes: 1, resolve, connect }))
  }

  it.each([
    'CERT_HAS_EXPIRED',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'SELF_SIGNED',
    'UNABLE_TO_GET_ISSUER',
    'UNABLE_TO_VERIFY',
  ])('of a certificate is told with its name: %s', async (code) =>
    expect(await said(code)).toEqual({
      code: 'fetch_certificate',
      message: `The certificate of a.org is not valid (${code}).`,
    }),
  )

  it.each([
    ['ENOSPC', 'The disk for temporary files is full. Choose another folder with TMPDIR.'],
    ['EDQUOT', 'The disk for temporary files is full. Choose another folder with TMPDIR.'],
    ['HPE_HEADER_OVERFLOW', 'a.org sent headers that are too long.'],
    ['ECONNREFUSED', 'a.org refused the connection.'],
    ['ECONNRESET', 'a.org closed the connection before the file was complete.'],
    ['EPIPE', 'a.org closed the connection before the file was complete.'],
    ['EHOSTUNREACH', 'a.org could not be reached (EHOSTUNREACH).'],
    ['ERR_X', 'a.org could not be reached (ERR_X).'],
    ['X/tmp', 'a.org could not be reached.'],
    ['/tmpX', 'a.org could not be reached.'],
    ['10.0.0.1', 'a.org could not be reached.'],
    ['', 'a.org could not be reached.'],
    [undefined, 'a.org could not be reached.'],
  ])('as %s is put in words without addresses or paths', async (code, message) =>
    expect(await said(code)).toEqual({ code: 'fetch_failed', message }),
  )
})

describe('what a server says', () => {
  it('is an answer of its own where a redirect has no address, and a file whatever address comes with it', async () => {
    const scene = await openFetchScene({
      '/none': (_, response) => void response.writeHead(302).end(),
      '/odd': (_, response) => void response.writeHead(299).end(),
      '/file.png': sends(pngLike(10), { location: '/none' }),
    })
    const at = `example.org:${scene.port}`
    expect(await refusal(scene.fetch('/none'))).toEqual({
      code: 'fetch_status',
      message: `${at}/none answered 302 (Found).`,
    })
    expect(await refusal(scene.fetch('/odd'))).toEqual({ code: 'fetch_status', message: `${at}/odd answered 299.` })
    expect(await scene.fetch('/file.png')).toMatchObject({ name: 'file.png', bytes: 10 })
  })

  it('is told as a redirect only where there was one', async () => {
    const scene = await openFetchScene({ '/a': leadsTo('https://other.example.org/') })
    const here = [{ address: '127.0.0.1', family: 4 }]
    const resolve = (host: string) => Promise.resolve(host.startsWith('other') ? [] : here)
    expect(await refusal(scene.fetch('/a', { resolve }))).toEqual({
      code: 'fetch_dns',
      message: 'example.org redirects to a host that was not found, so nothing is fetched.',
    })
    expect(await refusal(scene.fetch('https://other.example.org/', { resolve }))).toEqual({
      code: 'fetch_dns',
      message: 'There is no host other.example.org.',
    })
  })
})

it('holds on to nothing once it is over', async () => {
  const { signal } = new AbortController()
  const scene = await openFetchScene({ '/a.png': sends(pngLike(10)) })
  await scene.fetch('/a.png', { signal })
  await refusal(scene.fetch('/b.png', { signal }))
  expect(getEventListeners(signal, 'abort')).toEqual([])
})
