// Uploads over HTTP: the names that files get, and the files that are refused.
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { openScene } from './scene.ts'
import { bring, filesOf, problemOf } from './client.ts'

test('the same name twice is two files, and what looks like a path is its last part', async () => {
  const { client } = await openScene()
  const one = client()
  const id = await one.session()
  await bring(one, id, { 'a.txt': 'one' })
  expect((await bring(one, id, { 'a.txt': 'two' }))[0]).toMatchObject({ name: 'a (2).txt', version: 1 })
  const hostile = [
    '../../etc/passwd',
    '..\\..\\windows\\system.ini',
    '/etc/shadow',
    'e\u0301.txt',
    '<img src=x onerror=alert(1)>.png',
  ]
  for (const name of hostile) await bring(one, id, { [name]: 'x' })
  expect((await filesOf(one, id)).map(({ name }) => name)).toEqual([
    'a.txt',
    'a (2).txt',
    'passwd',
    'system.ini',
    'shadow',
    'é.txt',
    '<img src=x onerror=alert(1)>.png',
  ])
})

test('files stand in the order of the parts of their form, and a request is about them in that order', async () => {
  const { client } = await openScene()
  const one = client()
  const id = await one.session()
  const names = ['z-large.txt', 'b.txt', 'a.txt']
  const brought = await bring(one, id, { 'z-large.txt': 'x'.repeat(5_000_000), 'b.txt': 'x', 'a.txt': 'x' })
  expect(brought.map(({ name }) => name)).toEqual(names)
  expect((await filesOf(one, id)).map(({ name }) => name)).toEqual(names)
  const events = await one.ask(id, 'which files are there?')
  expect(events.find(({ event }) => event.type === 'ask')?.event).toMatchObject({ files: names })
})

test('a name that cannot be used is refused in a sentence; the files around it are in, an empty one too', async () => {
  const { client } = await openScene()
  const one = client()
  const id = await one.session()
  const long = 'x'.repeat(2000)
  const answer = await one.upload(id, { 'good.txt': 'good', 'empty.txt': '', [long]: 'x', 'after.txt': 'x' })
  expect(answer.status).toBe(200)
  const problem = 'The file is empty (0 bytes). Attach one that has content.'
  expect(await answer.json()).toMatchObject({
    files: [{ name: 'good.txt' }, { name: 'empty.txt', bytes: 0, problem, cause: 'empty' }, { name: 'after.txt' }],
    problems: [{ name: long, status: 422, code: 'EASEL_FILE_NAME' }],
  })
  expect(await problemOf(one.upload(id, { [long]: 'x' }))).toMatchObject({
    status: 422,
    code: 'EASEL_FILE_NAME',
    files: [],
    problems: [{ name: long }],
  })
  expect(await problemOf(one.upload(id, { '..': 'x' }))).toMatchObject({ status: 400, code: 'no_files' })
  expect((await filesOf(one, id)).map(({ name }) => name)).toEqual(['good.txt', 'empty.txt', 'after.txt'])
})

test('what is taken and cannot be used says so in the answer, and in the list of files', async () => {
  const { client } = await openScene({ limits: { picturePixels: 1000 } })
  const one = client()
  const id = await one.session()
  const large = await sharp({ create: { width: 40, height: 30, channels: 3, background: 'red' } })
    .png()
    .toBuffer()
  const brought = await bring(one, id, { 'a.txt': 'text', 'large.png': large, 'b.pdf': '%PDF-1.7 ' })
  const said = [
    { name: 'a.txt' },
    {
      name: 'large.png',
      cause: 'pixels',
      problem: 'It has 1,200 pixels (40 x 30); the limit is 1,000. Make a smaller copy and attach that.',
    },
    {
      name: 'b.pdf',
      cause: 'pdf',
      problem: 'It is a PDF, which is not read here. Save its pages as PNG, or its table as CSV, and attach that.',
    },
  ]
  expect(brought).toMatchObject(said)
  expect(await filesOf(one, id)).toMatchObject(said)
  expect(brought[0]).not.toHaveProperty('problem')
})

test('what passes a limit is refused with the limit and its code', async () => {
  const { client } = await openScene({ limits: { fileBytes: 1000, sessionBytes: 2500, sessionFiles: 3 } })
  const one = client()
  const id = await one.session()
  expect(await problemOf(one.upload(id, { 'big.bin': 'x'.repeat(1001) }))).toMatchObject({
    status: 413,
    code: 'EASEL_LIMIT_FILE_BYTES',
    detail: 'The file "big.bin" has more than 1,000 bytes, the limit. Make it smaller.',
  })
  await bring(one, id, { a: 'x'.repeat(1000), b: 'y'.repeat(1000) })
  expect(await problemOf(one.upload(id, { c: 'z'.repeat(600) }))).toMatchObject({
    status: 413,
    code: 'EASEL_LIMIT_SESSION',
    detail:
      'With these files the session would have too many bytes; it has space for 500. Remove some files, or start a new session.',
  })
  await bring(one, id, { c: 'z' })
  expect(await problemOf(one.upload(id, { d: 'd' }))).toMatchObject({ status: 413, code: 'EASEL_LIMIT_FILES' })
  const many = Object.fromEntries(Array.from({ length: 4 }, (_, n) => [`f${n}`, 'x']))
  const fresh = await one.session()
  expect(await problemOf(one.upload(fresh, many))).toMatchObject({ status: 413, code: 'EASEL_LIMIT_FILES' })
  expect(await filesOf(one, fresh)).toEqual([])
})

test('what is no form of files is refused', async () => {
  const { client } = await openScene()
  const one = client()
  const id = await one.session()
  const post = (body: RequestInit['body'], type?: string) =>
    problemOf(
      one.fetch(`/api/sessions/${id}/files`, {
        method: 'POST',
        body,
        ...(type ? { headers: { 'content-type': type } } : {}),
      }),
    )
  expect(await post('{}', 'application/json')).toMatchObject({ status: 415, code: 'unsupported_media_type' })
  expect(await post(new FormData())).toMatchObject({ status: 400 })
  expect(await post('--x\r\ncut', 'multipart/form-data; boundary=x')).toMatchObject({ status: 400, code: 'bad_form' })
  expect(await post('x', 'multipart/form-data')).toMatchObject({ status: 415 })
  const form = new FormData()
  form.append('other', new Blob(['x']), 'x.txt')
  expect(await post(form)).toMatchObject({
    status: 400,
    code: 'no_files',
    detail: 'The form has no file in the field "files".',
  })
})

/** A form in one piece, or in several with a turn of the event loop between them. */
function pieces(parts: readonly string[], broken = false): RequestInit {
  const left = [...parts]
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      await new Promise((resolve) => setImmediate(resolve))
      const part = left.shift()
      if (part !== undefined) controller.enqueue(Buffer.from(part))
      else if (broken) controller.error(new Error('gone'))
      else controller.close()
    },
  })
  return {
    method: 'POST',
    headers: { 'content-type': 'multipart/form-data; boundary=x' },
    body,
    duplex: 'half',
  }
}

const headOf = (field: string) => `--x\r\nContent-Disposition: form-data; name="${field}"; filename="a"\r\n\r\n`

// An unhandled error fails a test run, as it ends a server.
test('a form that is cut, wherever and in whichever part, is an answer and no end of the server', async () => {
  const { client } = await openScene()
  const one = client()
  const id = await one.session()
  for (const field of ['files', 'other', '']) {
    for (const parts of [[headOf(field)], [`${headOf(field)}abc`], [headOf(field), 'abc', 'def']]) {
      for (const broken of [false, true]) {
        const answer = await problemOf(one.fetch(`/api/sessions/${id}/files`, pieces(parts, broken)))
        expect(answer).toMatchObject({ status: 400, code: 'bad_form' })
      }
    }
  }
  expect(await problemOf(one.fetch(`/api/sessions/${id}/files`, pieces([], true)))).toMatchObject({
    status: 400,
    code: 'bad_form',
    detail: 'The form could not be read: gone.',
  })
})

test('a large part without a header is refused, before and after a file, and is waited for no longer', async () => {
  const { client } = await openScene()
  const one = client()
  const id = await one.session()
  const bare = `--x\r\n\r\n\r\n${'b'.repeat(100_000)}\r\n`
  const file = `${headOf('files')}abc\r\n`
  for (const form of [bare, bare + file, file + bare]) {
    expect(await problemOf(one.fetch(`/api/sessions/${id}/files`, pieces([`${form}--x--\r\n`])))).toMatchObject({
      status: 400,
      code: 'bad_form',
      detail: 'The form could not be read: a part of it has no header that can be used.',
    })
  }
  expect(await filesOf(one, id)).toEqual([])
})
