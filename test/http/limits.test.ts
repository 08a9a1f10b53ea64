// Many requests at once, and a data folder that fails or is full: each gets an answer that says what to do.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createRateLimit } from '../../src/http/auth/rate-limit.ts'
import { createScriptedPlanner } from '../doubles/scripted-planner.ts'
import { newFolder, openScene } from './scene.ts'
import { problemOf } from './client.ts'

const MANY = { each: { burst: 2, perSecond: 0.1 }, all: { burst: 3, perSecond: 0.1 } }

test('more new sessions at once than one may begin are refused, with when to try again', async () => {
  // The clock is stopped, so none of the waiting time passes.
  vi.useFakeTimers({ toFake: ['performance'] })
  onTestFinished(() => void vi.useRealTimers())
  const { client, app } = await openScene({ starts: MANY })
  const one = client({ authorization: `Bearer ${'y'.repeat(30)}` })
  await one.session()
  await one.session()
  const answer = await one.post('/api/sessions')
  expect(answer.headers.get('retry-after')).toBe('10')
  expect(await problemOf(answer)).toMatchObject({
    status: 429,
    code: 'too_many_requests',
    detail: 'Too many new sessions at once; 2 may be started together. Try again in 10 s.',
  })
  const other = client({ authorization: `Bearer ${'x'.repeat(30)}` })
  await other.session()
  expect(await problemOf(other.post('/api/sessions'))).toMatchObject({ status: 429 })
  expect(app.sessions.figures.living).toBe(3)
  expect(await one.get<{ sessions: unknown[] }>('/api/sessions')).toMatchObject({ sessions: [{}, {}] })
})

test('who has waited may begin again: one after another as fast as sandboxes start', () => {
  let now = 0
  const rateLimit = createRateLimit(MANY, () => now)
  const enter = (owner: string) => () => rateLimit.countStart({ owner, address: '' })
  enter('a')()
  enter('a')()
  expect(enter('a')).toThrow('Try again in 10 s.')
  enter('b')()
  expect(enter('c')).toThrow('Try again in 10 s.')
  now = 9000
  expect(enter('a')).toThrow('Try again in 1 s.')
  now = 10_000
  enter('a')()
  expect(enter('b')).toThrow('Try again in 10 s.')
})

test('uploads on their way count together toward the room of the data folder', async () => {
  const { client, store } = await openScene({ limits: { folderBytes: 3_000_000 } })
  const people = [client(), client(), client()]
  const ids = await Promise.all(people.map((one) => one.session()))
  const head = '--x\r\nContent-Disposition: form-data; name="files"; filename="a.bin"\r\n\r\n'
  const together = Promise.withResolvers<void>()
  let waiting = 0
  const answers = people.map((one, n) => {
    const parts = [head, 'a'.repeat(1_200_000), '\r\n--x--\r\n'].map((part) => Buffer.from(part))
    const body = new ReadableStream({
      async pull(controller) {
        // The last parts come when all large files have arrived.
        if (parts.length === 1 && ++waiting === people.length) together.resolve()
        if (parts.length === 1) await together.promise
        const part = parts.shift()
        if (part) controller.enqueue(part)
        else controller.close()
      },
    })
    const headers = { 'content-type': 'multipart/form-data; boundary=x' }
    return one.fetch(`/api/sessions/${ids[n]}/files`, { method: 'POST', headers, body, duplex: 'half' })
  })
  const statuses = (await Promise.all(answers)).map(({ status }) => status)
  expect(statuses).toContain(507)
  expect((await store.size()).bytes).toBeLessThan(3_000_000)
  // Uploads that were refused or stored no longer count as incoming.
  for (const id of ids) await store.find(id)
  const small = await people[0]!.upload(ids[0]!, { 'small.txt': 'a' })
  expect(small.status).toBe(200)
})

test('the last tenth of the data folder is for who has less than a tenth of it', async () => {
  const { client, store } = await openScene({ limits: { folderBytes: 10_000_000 } })
  const [greedy, other] = [client(), client()]
  const id = await greedy.session()
  const { bytes: empty } = await store.size()
  expect((await greedy.upload(id, { 'a.bin': 'a'.repeat(8_500_000 - empty) })).status).toBe(200)
  expect(await problemOf(greedy.upload(id, { 'b.bin': 'b'.repeat(900_000) }))).toMatchObject({
    status: 507,
    code: 'EASEL_LIMIT_FOLDER',
    detail: expect.stringMatching(
      /^Your sessions would have 9,[\d,]+ bytes, and of the 10,000,000 that all sessions together may have the last 1,000,000 are reserved for users who have less than that\. Delete sessions that you do not need\.$/,
    ),
  })
  const theirs = await other.session()
  expect((await other.upload(theirs, { 'c.bin': 'c'.repeat(900_000) })).status).toBe(200)
})

test('bytes that are missing from the data folder are gone, and no error of the server', async () => {
  const planner = createScriptedPlanner([
    `import { writeFileSync } from 'node:fs'\nwriteFileSync('out.txt', 'made')`,
    { type: 'answer', text: 'Made.' },
  ])
  const { client, data, logged } = await openScene({ planner })
  const one = client()
  const id = await one.session()
  await one.ask(id, 'make it')
  const { files } = await one.get<{ files: { id: string }[] }>(`/api/sessions/${id}/files`)
  for (const name of readdirSync(join(data, 'blobs'))) rmSync(join(data, 'blobs', name))
  const gone = {
    status: 410,
    code: 'gone',
    detail: 'The bytes of this file are missing from the data folder. Bring it in or make it again.',
  }
  expect(await problemOf(one.fetch(`/api/sessions/${id}/files/${files[0]!.id}`))).toMatchObject(gone)
  expect(await problemOf(one.fetch(`/api/sessions/${id}/files.zip`))).toMatchObject(gone)
  expect((await one.fetch(`/api/sessions/${id}/export`)).status).toBe(200)
  expect(logged).toEqual([])
})

test('a data folder that becomes read-only answers at once what to do, and looking still works', async ({ skip }) => {
  const folder = await newFolder()
  const mounted = join(folder, 'disk')
  mkdirSync(mounted)
  const system = (command: string, ...args: string[]) => execFileSync(command, args, { stdio: 'ignore' })
  try {
    system('truncate', '-s', '64M', join(folder, 'image'))
    system('mkfs.ext4', '-q', join(folder, 'image'))
    system('mount', '-o', 'loop', join(folder, 'image'), mounted)
  } catch {
    skip('No disk can be mounted here.')
  }
  const { client, close } = await openScene({ data: mounted })
  const one = client()
  const id = await one.session()
  expect((await one.upload(id, { 'a.txt': 'a' })).status).toBe(200)
  // As a kernel does on a damaged disk: from now on nothing can be written, open or not.
  system('mount', '-o', 'remount,abort', mounted)
  // Set before any request: a store that retried, as it does for a lock, would answer after it.
  let isLate = false
  const patience = setTimeout(() => (isLate = true), 10_000)
  const upload = await problemOf(one.upload(id, { 'b.txt': 'b' }))
  expect(upload).toMatchObject({ status: 503, code: 'EASEL_STORE_READ_ONLY' })
  expect(upload.detail).not.toContain(mounted)
  // SQLite says only that it could not write.
  expect((await problemOf(one.post('/api/sessions'))).code).toBe('EASEL_STORE_FAILED')
  expect((await one.fetch(`/api/sessions/${id}/files`)).status).toBe(200)
  expect(isLate).toBe(false)
  clearTimeout(patience)
  await close()
  system('umount', mounted)
})
