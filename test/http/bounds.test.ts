// How much one request may demand of the server: past each bound it gets an answer instead of a wait.
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createScriptedPlanner } from '../doubles/scripted-planner.ts'
import { openScene } from './scene.ts'
import { problemOf, readAll } from './client.ts'

const part = (name: string): string =>
  `--x\r\nContent-Disposition: form-data; name="files"; filename="${name}"\r\n\r\nx\r\n`
const FORM = { 'content-type': 'multipart/form-data; boundary=x' }

test('a form with more files than one may bring is refused at once, however it arrives', async () => {
  const { client } = await openScene()
  const one = client()
  const id = await one.session()
  const names = Array.from({ length: 150 }, (_, n) => `${n}.txt`)
  const inOne = { method: 'POST', headers: FORM, body: `${names.map(part).join('')}--x--\r\n` }
  const refusal = {
    status: 413,
    code: 'EASEL_LIMIT_FILES',
    detail: 'The form has too many parts; at most 100 files are taken at once.',
  }
  expect(await problemOf(one.fetch(`/api/sessions/${id}/files`, inOne))).toMatchObject(refusal)
  const inMany = Object.fromEntries(names.map((name) => [name, 'x']))
  expect(await problemOf(one.upload(id, inMany))).toMatchObject(refusal)
  expect((await one.upload(id, { 'a.txt': 'a' })).status).toBe(200)
})

test('a form is refused when what is no file in it passes the bytes that the session has room for', async () => {
  const { client } = await openScene({ limits: { sessionBytes: 100_000 } })
  const one = client()
  const id = await one.session()
  let sent = 0
  const body = new ReadableStream({
    pull(controller) {
      sent += 100_000
      if (sent > 20_000_000) return controller.close()
      controller.enqueue(Buffer.alloc(100_000, 'a'))
    },
  })
  const endless = { method: 'POST', headers: FORM, body, duplex: 'half' } as RequestInit
  expect(await problemOf(one.fetch(`/api/sessions/${id}/files`, endless))).toMatchObject({
    status: 413,
    code: 'EASEL_LIMIT_SESSION',
  })
})

test('a snippet of a person has a bound, also as edits leave it', async () => {
  const { client } = await openScene({
    planner: createScriptedPlanner([`let a = 1\n`, { type: 'answer', text: 'x' }]),
  })
  const one = client()
  const id = await one.session()
  await one.ask(id, 'x')
  const run = (body: unknown): Promise<Response> => one.post(`/api/sessions/${id}/cells/1/run`, body)
  expect(await problemOf(run({ code: `let a = 1 //${'x'.repeat(100_000)}` }))).toMatchObject({ status: 422 })
  const edits = [
    { find: '1', replace: `1 //${'x'.repeat(90_000)}` },
    { find: '1 //', replace: `1 //${'y'.repeat(90_000)}` },
  ]
  expect(await problemOf(run({ edits }))).toMatchObject({
    status: 422,
    code: 'bad_edit',
    detail: 'After these edits the cell has 180,013 characters; the limit is 100,000.',
  })
  expect((await readAll(await run({ code: `let a = 1 //${'x'.repeat(90_000)}` }))).at(-1)?.event).toEqual({
    type: 'end',
    status: 'ok',
  })
})

test('a zip is called by the whole title, and by the session where that is empty', async () => {
  const { client } = await openScene()
  const one = client()
  const id = await one.session()
  const titled = async (title: string): Promise<string | null> => {
    const body = JSON.stringify({ title })
    await one.fetch(`/api/sessions/${id}`, { method: 'PATCH', body, headers: { 'content-type': 'application/json' } })
    return (await one.fetch(`/api/sessions/${id}/export`)).headers.get('content-disposition')
  }
  expect(await titled('a/b\r\nSet-Cookie: "c"')).toBe(
    `attachment; filename="a-b--Set-Cookie- -c-.zip"; filename*=UTF-8''a-b--Set-Cookie-%20-c-.zip`,
  )
  expect(await titled('')).toMatch(new RegExp(`filename="easel-${id.slice(0, 6)}.zip"`))
})

test('who watches and reads nothing holds a piece of what there is to tell, not all of it', async () => {
  const code = `'${'😀'.repeat(40_000)}'`
  const { client } = await openScene({ planner: createScriptedPlanner([code, { type: 'answer', text: 'x' }]) })
  const one = client()
  const id = await one.session()
  await one.ask(id, 'x')
  for (const more of ['1', '22', '333'])
    await readAll(await one.post(`/api/sessions/${id}/cells/1/run`, { code: `${more};${code}` }))
  const reader = (await one.fetch(`/api/sessions/${id}/events`)).body!.getReader()
  const parts: Uint8Array[] = []
  for (let all = 0; all < 1_000_000; all += parts.at(-1)!.length) parts.push((await reader.read()).value)
  await reader.cancel()
  expect(Math.max(...parts.map(({ length }) => length))).toBeLessThan(200_000)
  const text = Buffer.concat(parts).toString()
  expect(text).toContain(`'${'😀'.repeat(40_000)}'`)
  expect(text).not.toContain('\ufffd')
})

test('a data folder that fails says so, and not where it is', async () => {
  const { client, data } = await openScene()
  const one = client()
  const id = await one.session()
  await rm(join(data, 'temp'), { recursive: true })
  const failed = await problemOf(one.upload(id, { 'a.txt': 'a' }))
  expect(failed).toMatchObject({ status: 500, code: 'EASEL_STORE_FAILED' })
  expect(failed.detail).toBe('The data folder failed: ENOENT: no such file or directory, mkdtemp a file.')
})
