// Bearer tokens: those that a client chooses, and the one that a public server requires.
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readConfig, UsageError } from '../../src/config/config.ts'
import { readServerSettings, sandboxesFor } from '../../src/http/settings.ts'
import { newFolder, openScene } from './scene.ts'
import { problemOf } from './client.ts'

const TOKEN = 'a-token-of-many-characters'
const OTHER = 'another-token-as-long-as-it'

test('a program without cookies brings a bearer token of its own, and only that reaches its sessions', async () => {
  const { client } = await openScene()
  const [one, other] = [client({ authorization: `Bearer ${TOKEN}` }), client({ authorization: `bearer ${OTHER}` })]
  const id = await one.session()
  expect(one.cookie).toBe('')
  expect((await one.fetch(`/api/sessions/${id}`)).status).toBe(200)
  expect((await other.fetch(`/api/sessions/${id}`)).status).toBe(404)
  expect(await problemOf(client({ authorization: 'Bearer short' }).fetch('/api/sessions'))).toMatchObject({
    status: 401,
    code: 'token_short',
    detail: 'A bearer token needs at least 22 characters, so that it cannot be guessed.',
  })
})

describe('a server that demands a token', () => {
  test('answers nobody without it but how it is', async () => {
    const { client } = await openScene({ token: TOKEN })
    for (const headers of [
      {},
      { authorization: `Bearer ${OTHER}` },
      { authorization: 'Basic eDp5' },
      { cookie: `easel=${'x'.repeat(32)}` },
    ]) {
      for (const path of [
        '/api/info',
        '/api/sessions',
        '/metrics',
        '/api/samples/portrait.png',
        '/api/sessions/x',
        '/api/sessions/x/events',
      ]) {
        const answer = await client(headers as Record<string, string>).fetch(path)
        expect([path, answer.status, answer.headers.get('www-authenticate')]).toEqual([
          path,
          401,
          'Bearer realm="easel"',
        ])
      }
    }
    expect((await client().post('/api/sessions')).status).toBe(401)
    expect((await client().fetch('/healthz')).status).toBe(200)
    expect((await client({ authorization: `Bearer ${TOKEN}` }).fetch('/api/info')).status).toBe(200)
  })

  test('gives a browser that shows it once a cookie that stands for it, and takes it out of the address', async () => {
    const { client } = await openScene({ token: TOKEN })
    const one = client()
    const refused = await one.fetch('/')
    expect([refused.status, await refused.text()]).toEqual([401, expect.stringContaining('requires a token')])
    expect((await one.fetch(`/?token=${OTHER}`)).status).toBe(401)
    expect(one.cookie).toBe('')
    const admitted = await one.fetch(`/?token=${TOKEN}`)
    expect([admitted.status, admitted.headers.get('location')]).toEqual([303, '/'])
    const { cookie } = one
    expect(cookie).not.toContain(TOKEN)
    const id = await one.session()
    expect((await one.fetch('/')).status).toBe(503)
    await one.fetch(`/?token=${TOKEN}`)
    expect(one.cookie).toBe(cookie)
    const two = client()
    await two.fetch(`/?token=${TOKEN}`)
    expect((await two.fetch(`/api/sessions/${id}`)).status).toBe(404)
  })

  test('does not take the cookie of another token', async () => {
    const first = await openScene({ token: TOKEN })
    const one = first.client()
    await one.fetch(`/?token=${TOKEN}`)
    const { cookie } = one
    const second = await openScene({ token: OTHER })
    expect((await second.client({ cookie }).fetch('/api/sessions')).status).toBe(401)
    const forged = `easel=${'A'.repeat(32)}.${cookie.split('.')[1]}`
    expect((await first.client({ cookie: forged }).fetch('/api/sessions')).status).toBe(401)
  })
})

describe('the settings', () => {
  const config = readConfig({}, { EASEL_CONFIG: '' })
  const read = (flags: object, env: Record<string, string> = {}) => readServerSettings(flags, env, config)

  test('keep to this machine unless told otherwise, and then demand a token', () => {
    expect(read({})).toMatchObject({ host: '127.0.0.1', port: 3000, addresses: false, token: undefined })
    expect(() => read({ host: '0.0.0.0' })).toThrow(
      new UsageError(
        '--host 0.0.0.0 accepts other machines, so it needs a token: set EASEL_TOKEN to at least 22 characters that cannot be guessed, or name a file with it: --token-file FILE.',
      ),
    )
    expect(() => read({ host: 'box.lan' }, { EASEL_TOKEN: 'short' })).toThrow(
      'The token has 5 characters; it needs at least 22, without spaces.',
    )
    expect(read({ host: '0.0.0.0' }, { EASEL_TOKEN: TOKEN, EASEL_HOSTS: 'box.lan, easel.example' })).toMatchObject({
      host: '0.0.0.0',
      addresses: true,
      token: TOKEN,
      names: ['0.0.0.0', 'box.lan', 'easel.example'],
    })
    expect(read({ host: '::1' })).toMatchObject({ addresses: false })
  })

  test('take the token from a file that nobody else can read, before the environment', async () => {
    const path = join(await newFolder(), 'token')
    const flags = { host: '0.0.0.0', tokenFile: path }
    const refused = (): string => {
      try {
        read(flags, { EASEL_TOKEN: OTHER })
      } catch (error) {
        expect(error).toBeInstanceOf(UsageError)
        return (error as Error).message
      }
      return ''
    }
    expect(refused()).toBe(`The token file ${path} cannot be read (ENOENT).`)
    writeFileSync(path, `${TOKEN}\n`, { mode: 0o600 })
    expect(read(flags, { EASEL_TOKEN: OTHER }).token).toBe(TOKEN)
    for (const [mode, shown] of [
      [0o640, '640'],
      [0o604, '604'],
      [0o602, '602'],
    ] as const) {
      chmodSync(path, mode)
      expect(refused()).toBe(
        `The token file ${path} may be read or written by others (its mode is ${shown}). Run: chmod 600 ${path}`,
      )
    }
    chmodSync(path, 0o600)
    writeFileSync(path, 'x'.repeat(5000))
    expect(refused()).toBe(`The token file ${path} has 5000 bytes; the limit is 4096. It must hold the token alone.`)
    writeFileSync(path, '')
    expect(refused()).toBe('The token has 0 characters; it needs at least 22, without spaces.')
    expect(() => read({ tokenFile: '/' })).toThrow('The token file / is not a regular file.')
  })

  test('name what is wrong', () => {
    expect(() => read({ port: '99999' })).toThrow('--port cannot be "99999"; it is a whole number from 0 to 65535.')
    expect(() => read({}, { EASEL_SANDBOXES: '0' })).toThrow(
      'EASEL_SANDBOXES cannot be "0"; it is a whole number from 1 to 10000.',
    )
    expect(read({ port: '0' }, { EASEL_SANDBOXES: '3', EASEL_STREAMS: '10' })).toMatchObject({
      port: 0,
      sandboxes: 3,
      streams: { most: 10, each: 10 },
    })
  })

  test('let as many sandboxes live as half the memory and the processors bear', () => {
    expect(sandboxesFor(2e9, 8)).toBe(4)
    expect(sandboxesFor(16e9, 8)).toBe(13)
    expect(sandboxesFor(64e9, 2)).toBe(16)
    expect(sandboxesFor(512e9, 64)).toBe(64)
  })
})
