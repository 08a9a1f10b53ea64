// Concurrent requests to one session: each is answered, and the session continues.
import { expect, test } from 'vitest'
import { createMemoryDisk, openMemoryStore } from '../doubles/memory-store.ts'
import { defaultLimits } from '../../sandbox/limits.ts'
import { createScriptedPlanner } from '../doubles/scripted-planner.ts'
import { startProcesses } from '../../src/runtime/processes.ts'
import { createSession } from '../../src/runtime/session.ts'
import { openScene } from './scene.ts'
import { filesOf, readAll } from './client.ts'

const writing = (): ReturnType<typeof createScriptedPlanner> =>
  createScriptedPlanner((journal) => {
    const isDone = journal.findLast(({ type }) => type === 'ask' || type === 'result')?.type === 'result'
    if (isDone) return { type: 'answer', text: 'Done.' }
    return `import { writeFileSync } from 'node:fs'\nwriteFileSync('n.txt', 'n')\n`
  })

test('uploads that come while a request is asked again are in, and the request is answered', async () => {
  const { client, logged } = await openScene({ planner: writing() })
  const one = client()
  const id = await one.session()
  let seq = (await one.ask(id, 'first'))[0]!.seq!
  for (let round = 0; round < 5; round++) {
    const asked = one.post(`/api/sessions/${id}/messages`, { text: 'again', replaces: seq })
    const uploads = [0, 1, 2, 3].map((n) => one.upload(id, { [`${round}-${n}.txt`]: 'x' }))
    const told = await readAll(await asked)
    expect(told.at(-1)?.event).toEqual({ type: 'end', status: 'ok' })
    for (const upload of uploads) expect((await upload).status).toBe(200)
    seq = told.find(({ event }) => event.type === 'ask')!.seq!
  }
  expect(await filesOf(one, id)).toHaveLength(21)
  expect(logged).toEqual([])
})

test('a session that is deleted while much is asked of it is gone, and nothing of it is an error of the server', async () => {
  const { client, logged, store } = await openScene({ planner: writing() })
  const one = client()
  for (let round = 0; round < 4; round++) {
    const id = await one.session()
    await one.ask(id, 'first')
    const path = `/api/sessions/${id}`
    const others = [0, 1, 2].flatMap((n) => [
      one.upload(id, { [`${n}.txt`]: 'x' }),
      one.post(`${path}/messages`, { text: 'x' }),
      one.post(`${path}/undo`, {}),
    ])
    const removed = await one.fetch(path, { method: 'DELETE' })
    expect(removed.status).toBe(200)
    for (const other of others) expect([200, 404, 409]).toContain((await other).status)
    expect((await one.fetch(path)).status).toBe(404)
    expect(await store.read(id)).toBeUndefined()
  }
  expect(logged).toEqual([])
})

test('a sandbox that cannot be cleared away keeps no session for ever', async () => {
  const store = openMemoryStore({ disk: createMemoryDisk() })
  const stored = await store.create({ idleMs: 60_000, retentionMs: 60_000 })
  const limits = defaultLimits()
  const session = createSession({
    stored,
    limits,
    startProcesses: async () => {
      const processes = await startProcesses({ limits, requireSandbox: false })
      return { ...processes, close: () => processes.close().then(() => Promise.reject(new Error('ENOTEMPTY'))) }
    },
  })
  session.wake()
  await expect(session.close()).rejects.toThrow('ENOTEMPTY')
  expect((await store.open(stored.id)).status).toBe('open')
})
