// Files over HTTP: brought in, listed, downloaded whole and in parts, taken away.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { newFolder, openScene, portraitPath, problemOf, type Visitor } from './http-scene.ts'
import { createScriptedPlanner } from '../src/planner/scripted.ts'
import { entriesOf } from './unzip.ts'

interface Shown {
  readonly id: string
  readonly name: string
  readonly version: number
  readonly versions: readonly { readonly id: string; readonly version: number }[]
}

async function filesOf(visitor: Visitor, id: string): Promise<Shown[]> {
  return (await visitor.get<{ files: Shown[] }>(`/api/sessions/${id}/files`)).files
}

async function bring(visitor: Visitor, id: string, files: Readonly<Record<string, Uint8Array | string>>): Promise<Shown[]> {
  const answer = await visitor.upload(id, files)
  if (answer.status !== 200) throw new Error(await answer.text())
  return ((await answer.json()) as { files: Shown[] }).files
}

test('several files come in at once, and are there whole when the answer comes', async () => {
  const { visitor, store } = await openScene()
  const one = visitor()
  const id = await one.session()
  const portrait = await readFile(portraitPath)
  const files = await bring(one, id, { 'portrait.png': portrait, '销售.csv': 'a,b\n1,2\n' })
  expect(files).toEqual([
    {
      ...{ id: expect.stringMatching(/^[\w-]{22}$/), name: 'portrait.png', kind: 'upload', mime: 'image/png' },
      ...{ bytes: portrait.length, width: 640, height: 640, frames: 1, version: 1 },
      versions: [{ id: files[0]!.id, version: 1, bytes: portrait.length }],
    },
    expect.objectContaining({ name: '销售.csv', mime: 'text/csv', bytes: 8, kind: 'upload' }),
  ])
  expect(await filesOf(one, id)).toEqual(files)
  expect((await store.read(id))?.events.map(({ type }) => type)).toEqual(['upload', 'upload'])
  const bytes = await (await one.fetch(`/api/sessions/${id}/files/${files[0]!.id}`)).arrayBuffer()
  expect(Buffer.from(bytes).equals(portrait)).toBe(true)
})

test('the id of a file is the same after a restart', async () => {
  const data = await newFolder()
  const before = await openScene({ data })
  const one = before.visitor()
  const id = await one.session()
  const [file] = await bring(one, id, { 'a.txt': 'kept' })
  await before.close()
  const same = (await openScene({ data })).visitor()
  same.cookie = one.cookie
  expect(await filesOf(same, id)).toEqual([file])
  expect(await (await same.fetch(`/api/sessions/${id}/files/${file!.id}`)).text()).toBe('kept')
})

test('the same name twice is two files, and what looks like a path is its last part', async () => {
  const { visitor } = await openScene()
  const one = visitor()
  const id = await one.session()
  await bring(one, id, { 'a.txt': 'one' })
  expect((await bring(one, id, { 'a.txt': 'two' }))[0]).toMatchObject({ name: 'a (2).txt', version: 1 })
  const hostile = ['../../etc/passwd', '..\\..\\windows\\system.ini', '/etc/shadow', 'e\u0301.txt', '<img src=x onerror=alert(1)>.png']
  for (const name of hostile) await bring(one, id, { [name]: 'x' })
  expect((await filesOf(one, id)).map(({ name }) => name)).toEqual([
    ...['a.txt', 'a (2).txt', 'passwd', 'system.ini', 'shadow', 'é.txt', '<img src=x onerror=alert(1)>.png'],
  ])
})

test('a name that cannot be used, and an empty file, are refused in a sentence; the files before them are in', async () => {
  const { visitor } = await openScene()
  const one = visitor()
  const id = await one.session()
  const answer = await one.upload(id, { 'good.txt': 'good', 'empty.txt': '', 'never.txt': 'x' })
  expect(answer.status).toBe(422)
  expect(await answer.json()).toMatchObject({
    code: 'EASEL_UPLOAD',
    detail: '"empty.txt" is empty (0 bytes).',
    files: [{ name: 'good.txt' }],
  })
  expect(await problemOf(one.upload(id, { ['x'.repeat(2000)]: 'x' }))).toMatchObject({ status: 422, code: 'EASEL_FILE_NAME' })
  expect(await problemOf(one.upload(id, { '..': 'x' }))).toMatchObject({ status: 400, code: 'no_files' })
  expect((await filesOf(one, id)).map(({ name }) => name)).toEqual(['good.txt'])
})

test('what passes a limit is refused with the limit and its code', async () => {
  const { visitor } = await openScene({ limits: { fileBytes: 1000, sessionBytes: 2500, sessionFiles: 3 } })
  const one = visitor()
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
    detail: 'With these files the session would have too many bytes; it has room for 500. Remove some files, or start a new session.',
  })
  await bring(one, id, { c: 'z' })
  expect(await problemOf(one.upload(id, { d: 'd' }))).toMatchObject({ status: 413, code: 'EASEL_LIMIT_FILES' })
  const many = Object.fromEntries(Array.from({ length: 4 }, (_, n) => [`f${n}`, 'x']))
  const fresh = await one.session()
  expect(await problemOf(one.upload(fresh, many))).toMatchObject({ status: 413, code: 'EASEL_LIMIT_FILES' })
  expect(await filesOf(one, fresh)).toEqual([])
})

test('what is no form of files is refused', async () => {
  const { visitor } = await openScene()
  const one = visitor()
  const id = await one.session()
  const post = (body: RequestInit['body'], type?: string) =>
    problemOf(one.fetch(`/api/sessions/${id}/files`, { method: 'POST', body, ...(type ? { headers: { 'content-type': type } } : {}) }))
  expect(await post('{}', 'application/json')).toMatchObject({ status: 415, code: 'unsupported_media_type' })
  expect(await post(new FormData())).toMatchObject({ status: 400 })
  expect(await post('--x\r\ncut', 'multipart/form-data; boundary=x')).toMatchObject({ status: 400, code: 'bad_form' })
  expect(await post('x', 'multipart/form-data')).toMatchObject({ status: 415 })
  const form = new FormData()
  form.append('other', new Blob(['x']), 'x.txt')
  expect(await post(form)).toMatchObject({ status: 400, code: 'no_files', detail: 'The form has no file in the field "files".' })
})

test('a file can be had in parts, once, and by name', async () => {
  const { visitor } = await openScene()
  const one = visitor()
  const id = await one.session()
  const [file] = await bring(one, id, { 'naïve "x".txt': '0123456789' })
  const get = (headers: Record<string, string> = {}, more = '') =>
    one.fetch(`/api/sessions/${id}/files/${file!.id}${more}`, { headers })
  const whole = await get()
  const etag = whole.headers.get('etag')!
  expect(Object.fromEntries(whole.headers)).toMatchObject({
    'content-type': 'text/plain; charset=utf-8',
    'content-length': '10',
    'accept-ranges': 'bytes',
    'cache-control': 'private, no-cache',
    'content-disposition': `attachment; filename="na_ve _x_.txt"; filename*=UTF-8''na%C3%AFve%20%22x%22.txt`,
  })
  expect(etag).toMatch(/^"[0-9a-f]{64}"$/)
  expect((await get({ 'if-none-match': etag })).status).toBe(304)
  expect((await get({ 'if-none-match': `W/${etag}, "x"` })).status).toBe(304)
  expect((await get({ 'if-none-match': '"x"' })).status).toBe(200)
  const parts: [string, number, string, string | null][] = [
    ['bytes=0-3', 206, '0123', 'bytes 0-3/10'],
    ['bytes=7-', 206, '789', 'bytes 7-9/10'],
    ['bytes=-2', 206, '89', 'bytes 8-9/10'],
    ['bytes=5-500', 206, '56789', 'bytes 5-9/10'],
    ['bytes=0-1,3-4', 200, '0123456789', null],
    ['lines=1-2', 200, '0123456789', null],
    ['bytes=3-2', 200, '0123456789', null],
  ]
  for (const [range, status, text, told] of parts) {
    const answer = await get({ range })
    expect([range, answer.status, await answer.text(), answer.headers.get('content-range')]).toEqual([range, status, text, told])
  }
  const outside = await get({ range: 'bytes=10-' })
  expect([outside.status, outside.headers.get('content-range')]).toEqual([416, 'bytes */10'])
  expect((await get({ range: 'bytes=0-0', 'if-range': etag })).status).toBe(206)
  expect((await get({ range: 'bytes=0-0', 'if-range': '"old"' })).status).toBe(200)
  const head = await one.fetch(`/api/sessions/${id}/files/${file!.id}`, { method: 'HEAD' })
  expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '10', ''])
})

test('a picture is shown in place, whatever a browser could run is an attachment in a box of its own', async () => {
  const { visitor } = await openScene()
  const one = visitor()
  const id = await one.session()
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'
  const html = '<!doctype html><script>alert(1)</script>'
  const files = await bring(one, id, {
    ...{ 'p.png': await readFile(portraitPath), 'x.svg': svg, 'x.html': html, 'x.xml': '<x/>', 'x.js': 'alert(1)', 'x.pdf': '%PDF-1.7' },
    ...{ 'svg.png': svg, 'page.csv': html },
  })
  const kinds = new Map<string, (string | null)[]>()
  for (const file of files) {
    const { headers } = await one.fetch(`/api/sessions/${id}/files/${file.id}`)
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox",
    )
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
    kinds.set(file.name, [headers.get('content-type'), headers.get('content-disposition')!.split(';')[0]!])
  }
  expect(Object.fromEntries(kinds)).toMatchObject({
    'p.png': ['image/png', 'inline'],
    'x.svg': ['image/svg+xml', 'attachment'],
    'x.html': ['text/html; charset=utf-8', 'attachment'],
    'x.xml': ['application/xml', 'attachment'],
    'x.js': ['text/javascript; charset=utf-8', 'attachment'],
    'x.pdf': ['application/pdf', 'attachment'],
    'svg.png': [expect.any(String), 'attachment'],
    'page.csv': ['text/csv; charset=utf-8', 'attachment'],
  })
  const png = files.find(({ name }) => name === 'p.png')!
  const download = await one.fetch(`/api/sessions/${id}/files/${png.id}?download=1`)
  expect(download.headers.get('content-disposition')).toMatch(/^attachment; filename="p.png"/)
})

test('a file that is taken away can be brought back, and its older versions stay reachable', async () => {
  const planner = createScriptedPlanner([`import { writeFileSync } from 'node:fs'\nwriteFileSync('a.txt', 'changed')`])
  const { visitor } = await openScene({ planner })
  const one = visitor()
  const id = await one.session()
  const [first] = await bring(one, id, { 'a.txt': 'first' })
  await one.ask(id, 'change it')
  const [changed] = await filesOf(one, id)
  expect(changed).toMatchObject({ name: 'a.txt', version: 2, kind: 'output', cell: 1, versions: [{ id: first!.id }, { version: 2, cell: 1 }] })
  const textOf = async (file: string): Promise<string> => (await one.fetch(`/api/sessions/${id}/files/${file}`)).text()
  expect([await textOf(first!.id), await textOf(changed!.id)]).toEqual(['first', 'changed'])
  const remove = (file: string) => one.fetch(`/api/sessions/${id}/files/${file}`, { method: 'DELETE' })
  expect((await remove(first!.id)).status).toBe(404)
  expect(await (await remove(changed!.id)).json()).toEqual({ removed: true })
  expect(await filesOf(one, id)).toEqual([])
  const undone = await one.post(`/api/sessions/${id}/undo`, { name: 'a.txt' })
  expect(await undone.json()).toMatchObject({ name: 'a.txt', version: 2, files: [{ id: changed!.id }] })
  expect(await (await one.post(`/api/sessions/${id}/undo`)).json()).toMatchObject({ name: 'a.txt', version: 1, files: [{ id: first!.id }] })
  expect(await problemOf(one.post(`/api/sessions/${id}/undo`))).toMatchObject({
    status: 409,
    code: 'nothing_to_undo',
    detail: 'There is nothing to undo: no file has an earlier version.',
  })
})

test('all outputs come as one zip, and the session as a project', async () => {
  const code = `import { writeFileSync, mkdirSync } from 'node:fs'\nmkdirSync('out')\nwriteFileSync('out/图.txt', 'made')\nwriteFileSync('b.txt', 'b')`
  const { visitor } = await openScene({ planner: createScriptedPlanner([code]) })
  const one = visitor()
  const id = await one.session()
  await bring(one, id, { 'in.txt': 'in' })
  expect(await problemOf(one.fetch(`/api/sessions/${id}/files.zip`))).toMatchObject({ status: 404, code: 'no_files' })
  await one.ask(id, 'make files')
  const zip = await one.fetch(`/api/sessions/${id}/files.zip`)
  expect(Object.fromEntries(zip.headers)).toMatchObject({
    'content-type': 'application/zip',
    'content-disposition': `attachment; filename="make files.zip"; filename*=UTF-8''make%20files.zip`,
  })
  const entries = await entriesIn(zip)
  expect(entries.map(({ name, bytes }) => [name, bytes.toString()]).toSorted()).toEqual([
    ['b.txt', 'b'],
    ['out/图.txt', 'made'],
  ])
  const project = await one.fetch(`/api/sessions/${id}/export`)
  const names = (await entriesIn(project)).map(({ name }) => name)
  expect(names).toEqual(expect.arrayContaining(['README.md', 'cells.ts', 'package.json', 'outputs.json']))
})

async function entriesIn(response: Response) {
  const path = join(await newFolder(), 'x.zip')
  await writeFile(path, Buffer.from(await response.arrayBuffer()))
  return entriesOf(path)
}
