// The server on a real port: slow, rude and large clients, and how it shuts down.
import { readdir, readlink, stat } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { openStore } from '../../sessions/sqlite/store.ts'
import { listen, type Listen, type Listening } from '../../src/http/server.ts'
import { createScriptedPlanner } from '../doubles/scripted-planner.ts'
import { newFolder, openParts, type SceneOptions } from './scene.ts'
import { bring, createClient, problemOf, readSome, type Client } from './client.ts'

const servers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of servers.splice(0)) await close()
})

interface Running extends Listening {
  readonly port: number
  readonly data: string
  client(): Client
}

async function start(options: SceneOptions = {}, patience: Listen['patience'] = {}): Promise<Running> {
  const { data, logged: _, ...parts } = await openParts({ heartbeatMs: 100, ...options })
  const server = await listen({ ...parts, host: '127.0.0.1', port: 0, patience })
  let closed: Promise<void> | undefined
  const close = (graceMs: number): Promise<void> => (closed ??= server.close(graceMs))
  servers.push(() => close(0))
  const port = Number(new URL(server.url).port)
  return { ...server, close, port, data, client: () => createClient((request) => fetch(request), {}, server.url) }
}

/** Sends `text` on a raw connection and returns everything received until it is closed. */
function say(port: number, text: string | ((socket: Socket) => void)): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>()
  let answer = ''
  const socket = connect(port, '127.0.0.1', () => (typeof text === 'string' ? socket.write(text) : text(socket)))
  socket.on('data', (part) => (answer += part.toString()))
  socket.on('error', () => undefined)
  socket.on('close', () => resolve(answer))
  return promise
}

test('it listens on the loopback alone', async () => {
  const { url, port } = await start()
  expect(url).toBe(`http://127.0.0.1:${port}`)
  expect((await fetch(`${url}/healthz`)).status).toBe(200)
  const other = connect(port, '127.0.0.2')
  const outcome = await new Promise((resolve) => {
    other.on('connect', () => resolve('connected'))
    other.on('error', (error: NodeJS.ErrnoException) => resolve(error.code))
  })
  expect(outcome).toBe('ECONNREFUSED')
})

test('a client that trickles its headers, or its body, is hung up on', async () => {
  const { port } = await start({}, { headers: 300, request: 700, check: 100 })
  const trickle = (head: string) => (socket: Socket) => {
    socket.write(head)
    const timer = setInterval(() => socket.write('x'), 50)
    socket.on('close', () => clearInterval(timer))
  }
  const post =
    'POST /api/sessions HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 9999\r\n\r\n'
  const answers = await Promise.all([
    say(port, trickle('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ')),
    say(port, trickle(post)),
    say(port, () => undefined),
  ])
  // All three have ended, although only the server could have ended them.
  expect(answers).toHaveLength(3)
  expect(answers[0]).toMatch(/^HTTP\/1\.1 408 /)
})

test('requests that try to be two things at once are refused', async () => {
  const { port } = await start({}, { headers: 500, check: 100 })
  const first = async (text: string): Promise<string> =>
    (await say(port, `${text}Connection: close\r\n\r\n`)).split('\r\n')[0]!
  expect(await first('GET http://evil.example/api/info HTTP/1.1\r\nHost: 127.0.0.1\r\n')).toMatch(/ 403 /)
  expect(await first('GET http://127.0.0.1/api/info HTTP/1.1\r\nHost: evil.example\r\n')).toMatch(/ 403 /)
  expect(await first('GET /api/info HTTP/1.1\r\n')).toMatch(/ 400 /)
  expect(await first('GET /api/info HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n')).toMatch(/ 40[03] /)
  expect(await first('GET /../../etc/passwd HTTP/1.1\r\nHost: 127.0.0.1\r\n')).toMatch(/ 404 /)
  expect(await first('GET \\etc\\passwd HTTP/1.1\r\nHost: 127.0.0.1\r\n')).toMatch(/ 400 /)
  expect(await first(`GET /api/info HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ${'x'.repeat(20_000)}\r\n`)).toMatch(/ 431 /)
  const smuggled =
    'POST /api/sessions HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n'
  expect(await first(smuggled)).toMatch(/ 400 /)
})

test('a large upload goes to the disk as it comes, never into memory', async () => {
  const { client, data } = await start()
  const one = client()
  const id = await one.session()
  const part = Buffer.alloc(1_000_000, 7)
  let onDisk = 0
  let sent = 0
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      controller.enqueue(Buffer.from('--x\r\nContent-Disposition: form-data; name="files"; filename="big.bin"\r\n\r\n'))
    },
    async pull(controller) {
      if (sent === 60) onDisk = await uploading(data)
      if (sent++ < 80) return controller.enqueue(part)
      controller.enqueue(Buffer.from('\r\n--x--\r\n'))
      controller.close()
    },
  })
  const headers = { 'content-type': 'multipart/form-data; boundary=x' }
  const init: RequestInit = { method: 'POST', body, duplex: 'half', headers }
  const answer = await one.fetch(`/api/sessions/${id}/files`, init)
  expect(await answer.json()).toMatchObject({ files: [{ name: 'big.bin', bytes: 80_000_000 }] })
  expect(onDisk).toBeGreaterThan(20_000_000)
  expect(await uploading(data)).toBe(0)
})

/** Bytes of incoming files: they are on the disk on which they will be stored. */
async function uploading(data: string): Promise<number> {
  const names = await readdir(join(data, 'temp'), { recursive: true })
  const sizes = names.filter((name) => /[0-9a-f]{32}$/.test(name)).map((name) => stat(join(data, 'temp', name)))
  return (await Promise.all(sizes)).reduce((sum, { size }) => sum + size, 0)
}

test('who is still sending what is refused reads why', async () => {
  const { client } = await start({ limits: { fileBytes: 1_000_000, sessionBytes: 5_000_000 } })
  const one = client()
  const id = await one.session()
  for (let n = 0; n < 3; n++) {
    expect(await problemOf(one.upload(id, { 'big.bin': new Uint8Array(30_000_000) }))).toMatchObject({
      code: 'EASEL_LIMIT_SESSION',
    })
    expect(await problemOf(one.upload(id, { 'big.bin': new Uint8Array(3_000_000) }))).toMatchObject({
      code: 'EASEL_LIMIT_FILE_BYTES',
    })
  }
  expect((await one.upload(id, { 'ok.bin': new Uint8Array(900_000) })).status).toBe(200)
})

test('a download that is left, or only asked about, keeps no file open', async () => {
  const { client, data } = await start()
  const one = client()
  const id = await one.session()
  const [file] = await bring(one, id, { 'big.bin': new Uint8Array(40_000_000) })
  const url = `/api/sessions/${id}/files/${file!.id}`
  for (let n = 0; n < 5; n++) {
    const reader = (await one.fetch(url)).body!.getReader()
    await reader.read()
    await reader.cancel()
    await one.fetch(url, { method: 'HEAD' })
  }
  const open = async (): Promise<number> => {
    const links = (await readdir('/proc/self/fd')).map((name) => readlink(`/proc/self/fd/${name}`).catch(() => ''))
    return (await Promise.all(links)).filter((path) => path.startsWith(join(data, 'blobs'))).length
  }
  await expect.poll(open).toBe(0)
  expect((await (await one.fetch(url)).arrayBuffer()).byteLength).toBe(40_000_000)
})

test('a viewer that reads nothing costs the others nothing and is let go', async () => {
  const planner = createScriptedPlanner([`for (let i = 0; i < 9000; i++) console.log(i + 'x'.repeat(80))`])
  const { port, client, app } = await start({ planner }, { still: 1500 })
  const one = client()
  const id = await one.session()
  const deaf = connect(port, '127.0.0.1')
  deaf.on('error', () => undefined)
  deaf.pause()
  deaf.write(`GET /api/sessions/${id}/events HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nCookie: ${one.cookie}\r\n\r\n`)
  await sleep(200)
  const told = await one.ask(id, 'x')
  expect(told.at(-1)?.event).toMatchObject({ type: 'end', status: 'ok' })
  expect((await one.get(`/api/sessions/${id}`))['busy']).toBe(false)
  deaf.destroy()
  await expect.poll(() => app.sessions.figures.busy).toBe(0)
})

test('it ends: a short turn by itself, a long one journaled as interrupted, streams closed, nothing new taken', async () => {
  const ending = Promise.withResolvers<void>()
  const planner = createScriptedPlanner(async (journal) => {
    const asked = journal.findLast((event) => event.type === 'ask')?.text
    if (asked === 'long') return `while (true) await null`
    await ending.promise
    return { type: 'answer', text: 'Done.' }
  })
  const { client, close, data, url } = await start({ planner })
  const one = client()
  const [short, long] = [await one.session(), await one.session()]
  const watching = readSome(await one.fetch(`/api/sessions/${long}/events`), () => false)
  const turns = [one.ask(short, 'short'), one.ask(long, 'long')]
  for (const id of [short, long])
    await expect.poll(async () => (await one.get(`/api/sessions/${id}`))['busy'], { interval: 10 }).toBe(true)
  // The long cell would go on but is ended: its journal says so.
  const closing = close(1000)
  ending.resolve()
  await closing
  const [first, second] = await Promise.all(turns)
  expect(first!.at(-1)?.event).toEqual({ type: 'end', status: 'ok' })
  const interrupted = {
    type: 'end',
    status: 'cancelled',
    code: 'EASEL_INTERRUPTED',
    message: 'The program ended in the middle of this turn.',
  }
  expect(second!.at(-1)?.event).toEqual(interrupted)
  expect((await watching).some(({ event }) => event.type === 'ask')).toBe(true)
  await expect(fetch(`${url}/healthz`)).rejects.toThrow()
  const store = await openStore({ folder: data })
  expect((await (await store.read(long))!.whole()).events.at(-1)).toEqual(interrupted)
  expect((await store.list()).map(({ inUse }) => inUse)).toEqual([false, false])
  await store.close()
})

test('a port that is taken is an error, and nothing is left open', async () => {
  const { port } = await start()
  const data = await newFolder()
  const { logged: _, data: __, ...parts } = await openParts({ data })
  await expect(listen({ ...parts, host: '127.0.0.1', port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
})

test('while it ends nothing new is begun, and what runs can be watched and cancelled', async () => {
  const planner = createScriptedPlanner(() => `while (true) await null`)
  const { client, close } = await start({ planner })
  const one = client()
  const id = await one.session()
  const turn = one.ask(id, 'x')
  await expect.poll(async () => (await one.get(`/api/sessions/${id}`))['busy']).toBe(true)
  // Keep-alive connections still send requests.
  await Promise.all([1, 2, 3].map(() => one.fetch('/healthz')))
  const closing = close(3000)
  const refused = await one.post('/api/sessions').catch(() => undefined)
  if (refused)
    expect(await problemOf(refused)).toMatchObject({
      status: 503,
      code: 'closing',
      detail: 'The server is shutting down.',
    })
  await one.post(`/api/sessions/${id}/cancel`).catch(() => undefined)
  expect((await turn).at(-1)?.event).toMatchObject({ type: 'end', status: 'cancelled' })
  await closing
})
