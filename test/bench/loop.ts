// Measures how late the server's event loop gets under stress: a message beside 190 tables of 500 odd column names;
// each way to read a journal of 100 MB, in use and idle; many requests at once; slow subscribers. Figures are processor
// time, so that a busy machine does not change them.
// Run: node test/bench/loop.ts [--journal 100000000] [--tables 190]
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Event } from '../../sessions/event.ts'
import { openStore } from '../../sessions/sqlite/store.ts'
import { startLoadServer, type LoadServer } from './load-server.ts'

const { values } = parseArgs({
  options: { journal: { type: 'string', default: '95000000' }, tables: { type: 'string', default: '190' } },
})
const [JOURNAL, TABLES] = [Number(values.journal), Number(values.tables)]
const JSON_BODY = { 'content-type': 'application/json' }
const HEADERS = { authorization: 'Bearer loop-bench-aaaaaaaaaaaaaaaaaaaaaa' }

const folder = await mkdtemp(join(tmpdir(), 'easel-loop-'))
console.log('| what | answer ms | between turns of the loop: p99 ms | worst ms | server MB |')
console.log('| --- | --: | --: | --: | --: |')
try {
  const ids = await made()
  const server = await startLoadServer(folder, {})
  await tables(server)
  for (const [kind, id] of Object.entries(ids)) await journal(server, kind, id)
  await server.close()
} finally {
  await rm(folder, { recursive: true, force: true })
}

/** Two sessions with long journals: of many small prints and of few large ones. */
async function made(): Promise<Record<string, string>> {
  const server = await startLoadServer(folder, {})
  const ids = { small: await newSession(server), large: await newSession(server) }
  await server.close()
  const store = await openStore({ folder })
  await fill(store, ids.small, (n) => `${n}\n`, 20_000)
  await fill(store, ids.large, () => '\u0001'.repeat(60_000), 16)
  await store.close()
  return ids
}

async function fill(
  store: Awaited<ReturnType<typeof openStore>>,
  id: string,
  text: (n: number) => string,
  each: number,
): Promise<void> {
  const opened = await store.open(id)
  if (opened.status !== 'open') throw new Error('The session is gone.')
  let bytes = 0
  for (let cell = 1; bytes < JOURNAL; cell++) {
    const events: Event[] = [{ type: 'cell', cell, code: 'print()', seed: 1, clock: 0 }]
    for (let n = 0; n < each; n++)
      events.push({ type: 'print', cell, stream: n % 2 === 0 ? 'stdout' : 'stderr', text: text(n) })
    events.push({ type: 'result', cell, status: 'ok', ms: 1, names: [] })
    bytes += JSON.stringify(events).length
    if (bytes < JOURNAL) await opened.session.append(events)
  }
  await opened.session.release()
}

async function tables(server: LoadServer): Promise<void> {
  const id = await newSession(server)
  const name = (n: number): string => String(n).padStart(200, '(')
  const csv = (n: number): string =>
    `${Array.from({ length: 500 }, (_, i) => name(n * 500 + i)).join(',')}\n${'1,'.repeat(499)}1\n`
  for (let at = 0; at < TABLES; at += 38) {
    const form = new FormData()
    for (let n = at; n < Math.min(TABLES, at + 38); n++) form.append('files', new Blob([csv(n)]), `t${n}.csv`)
    const init = { method: 'POST', headers: HEADERS, body: form }
    await measured(server, `upload of 38 tables`, () => fetch(`${server.url}/api/sessions/${id}/files`, init))
  }
  const say = (text: string) => () => message(server, id, text)
  await measured(server, 'first message', say('hello 7 frobnicate'))
  await measured(server, 'second message', say('hello 7 frobnicate'))
  await measured(server, 'message of brackets', say('('.repeat(2000)))
  await measured(server, 'GET files', () => get(server, `/api/sessions/${id}/files`))
}

async function journal(server: LoadServer, kind: string, id: string): Promise<void> {
  const path = `/api/sessions/${id}`
  const read = (below: string) => () => get(server, path + below)
  const look = async (state: string): Promise<void> => {
    const of = `${kind} prints, ${state}`
    await measured(server, `${of}: GET session`, read(''))
    await measured(server, `${of}: GET session again`, read(''))
    await measured(server, `${of}: GET files`, read('/files'))
    await measured(server, `${of}: 8 x GET session`, () => Promise.all(Array.from({ length: 8 }, read(''))))
    await measured(server, `${of}: export`, read('/export'))
    await measured(server, `${of}: events from 0, 4 s`, () => events(server, path, 4000))
    await measured(server, `${of}: 20 slow viewers, 4 s`, () =>
      Promise.all(Array.from({ length: 20 }, () => slow(server, path, 4000))),
    )
  }
  await look('at rest')
  await measured(server, `${kind} prints: first message, which opens it`, () => message(server, id, 'hello'))
  await measured(server, `${kind} prints, in use: message`, () => message(server, id, 'hello'))
  await measured(server, `${kind} prints, in use: undo`, () =>
    fetch(`${server.url}${path}/undo`, { method: 'POST', headers: { ...HEADERS, ...JSON_BODY }, body: '{}' }),
  )
  await look('in use')
}

async function newSession(server: LoadServer): Promise<string> {
  const init = { method: 'POST', headers: { ...HEADERS, ...JSON_BODY }, body: '{}' }
  const answer = await fetch(`${server.url}/api/sessions`, init)
  return ((await answer.json()) as { id: string }).id
}

async function message(server: LoadServer, id: string, text: string): Promise<void> {
  const init = { method: 'POST', headers: { ...HEADERS, ...JSON_BODY }, body: JSON.stringify({ text }) }
  await (await fetch(`${server.url}/api/sessions/${id}/messages`, init)).text()
}

async function get(server: LoadServer, path: string): Promise<void> {
  await (await fetch(server.url + path, { headers: HEADERS })).arrayBuffer()
}

/** As fast as they come. */
async function events(server: LoadServer, path: string, ms: number): Promise<void> {
  const signal = AbortSignal.timeout(ms)
  const answer = await fetch(`${server.url}${path}/events`, { headers: HEADERS, signal })
  try {
    for await (const _ of answer.body ?? []) continue
  } catch {
    // It has expired.
  }
}

/** Reads once, then stops reading. */
async function slow(server: LoadServer, path: string, ms: number): Promise<void> {
  const stop = new AbortController()
  const answer = await fetch(`${server.url}${path}/events`, { headers: HEADERS, signal: stop.signal })
  await answer.body?.getReader().read()
  await new Promise((resolve) => setTimeout(resolve, ms))
  stop.abort()
}

async function measured(server: LoadServer, what: string, work: () => Promise<unknown>): Promise<void> {
  await server.stalls()
  const began = performance.now()
  await work()
  const took = performance.now() - began
  const { p99, worst } = await server.stalls()
  console.log(`| ${what} | ${[took, p99, worst, server.memoryMB()].map((figure) => figure.toFixed(0)).join(' | ')} |`)
}
