// `easel serve` as a user starts it.
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { easel } from '../cli/main.ts'
import { startEasel, type Started } from '../cli/program.ts'
import { createClient } from './client.ts'

const data = mkdtempSync(join(tmpdir(), 'easel-serve-'))
afterAll(() => rmSync(data, { recursive: true, force: true }))

async function urlOf(started: Started): Promise<string> {
  let said = ''
  started.process.stdout?.on('data', (part: Buffer) => (said += part.toString()))
  await started.saw('Ctrl-C ends it.')
  return /Easel is at (\S+?)(?:\/\?token|\s)/.exec(said)![1]!
}

test('it prints where it is, answers there, and ends on an interrupt with a turn journaled as interrupted', async () => {
  const started = startEasel(['serve', '--port', '0', '--data', data])
  const url = await urlOf(started)
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  const one = createClient((request) => fetch(request), {}, url)
  expect(await one.get('/api/info')).toMatchObject({ planner: { kind: 'phrasebook' } })
  const id = await one.session()
  await one.upload(id, { 't.csv': 'name,value\na,1\nb,2\n' })
  expect((await one.ask(id, 'draw a bar chart of value by name')).at(-1)?.event).toEqual({ type: 'end', status: 'ok' })
  started.process.kill('SIGINT')
  const { code, stdout } = await started.ended
  expect([code, stdout]).toEqual([0, expect.stringContaining('Ending: running turns get a moment.')])
})

test('what cannot be is wrong usage: a port that is taken, others let in without a token', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => taken.once('listening', resolve))
  const { port } = taken.address() as AddressInfo
  const [first, second] = await Promise.all([
    easel(['serve', '--port', String(port), '--data', data]),
    easel(['serve', '--host', '0.0.0.0', '--data', data], { env: { EASEL_TOKEN: '' } }),
  ])
  taken.close()
  expect([first.code, first.stderr]).toEqual([
    2,
    `easel: The port ${port} is taken. Choose another: easel serve --port ${port + 1}.\n`,
  ])
  expect([second.code, second.stderr]).toEqual([
    2,
    expect.stringContaining('--host 0.0.0.0 accepts other machines, so it needs a token'),
  ])
})

test('open to others it names the token without saying it', async () => {
  const token = 'a-token-of-many-characters'
  const started = startEasel(['serve', '--port', '0', '--host', '0.0.0.0', '--data', data, '--model', 'a'], {
    env: { EASEL_TOKEN: token, OPENAI_BASE_URL: 'http://127.0.0.1:9/v1' },
  })
  const url = (await urlOf(started)).replace('0.0.0.0', '127.0.0.1')
  expect((await fetch(`${url}/api/info`)).status).toBe(401)
  expect((await fetch(`${url}/api/info`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(200)
  started.process.kill('SIGTERM')
  const { code, stdout, stderr } = await started.ended
  expect(code).toBe(0)
  expect(stdout + stderr).not.toContain(token)
  expect(stdout).toContain('/?token=… (your token)\nThe model a at http://127.0.0.1:9/v1 answers. Ctrl-C ends it.\n')
})
