// Files over HTTP: uploaded, listed, downloaded whole and in ranges, deleted.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { newFolder, openScene, portraitPath } from './scene.ts'
import { bring, filesOf, problemOf } from './client.ts'
import { createScriptedPlanner } from '../doubles/scripted-planner.ts'
import { entriesOf } from '../unzip.ts'

test('several files come in at once, and are there whole when the answer comes', async () => {
  const { client, store } = await openScene()
  const one = client()
  const id = await one.session()
  const portrait = await readFile(portraitPath)
  const files = await bring(one, id, { 'portrait.png': portrait, '销售.csv': 'a,b\n1,2\n' })
  expect(files).toEqual([
    {
      id: expect.stringMatching(/^[\w-]{22}$/),
      name: 'portrait.png',
      kind: 'upload',
      mime: 'image/png',
      bytes: portrait.length,
      width: 640,
      height: 640,
      frames: 1,
      version: 1,
      versions: [{ id: files[0]!.id, version: 1, bytes: portrait.length }],
    },
    expect.objectContaining({ name: '销售.csv', mime: 'text/csv', bytes: 8, kind: 'upload' }),
  ])
  expect(await filesOf(one, id)).toEqual(files)
  expect((await (await store.read(id))!.whole()).events.map(({ type }) => type)).toEqual(['upload', 'upload'])
  const bytes = await (await one.fetch(`/api/sessions/${id}/files/${files[0]!.id}`)).arrayBuffer()
  expect(Buffer.from(bytes).equals(portrait)).toBe(true)
})

test('the id of a file is the same after a restart', async () => {
  const data = await newFolder()
  const before = await openScene({ data })
  const one = before.client()
  const id = await one.session()
  const [file] = await bring(one, id, { 'a.txt': 'kept' })
  await before.close()
  const same = (await openScene({ data })).client()
  same.cookie = one.cookie
  expect(await filesOf(same, id)).toEqual([file])
  expect(await (await same.fetch(`/api/sessions/${id}/files/${file!.id}`)).text()).toBe('kept')
})

test('a file can be had in parts, once, and by name', async () => {
  const { client } = await openScene()
  const one = client()
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
    'content-disposition': `attachment; filename="na_ve -x-.txt"; filename*=UTF-8''na%C3%AFve%20-x-.txt`,
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
    expect([range, answer.status, await answer.text(), answer.headers.get('content-range')]).toEqual([
      range,
      status,
      text,
      told,
    ])
  }
  const outside = await get({ range: 'bytes=10-' })
  expect([outside.status, outside.headers.get('content-range')]).toEqual([416, 'bytes */10'])
  expect((await get({ range: 'bytes=0-0', 'if-range': etag })).status).toBe(206)
  expect((await get({ range: 'bytes=0-0', 'if-range': '"old"' })).status).toBe(200)
  const head = await one.fetch(`/api/sessions/${id}/files/${file!.id}`, { method: 'HEAD' })
  expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '10', ''])
})

test('a picture is shown in place, whatever a browser could run is an attachment in a box of its own', async () => {
  const { client } = await openScene()
  const one = client()
  const id = await one.session()
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'
  const html = '<!doctype html><script>alert(1)</script>'
  const files = await bring(one, id, {
    'p.png': await readFile(portraitPath),
    'x.svg': svg,
    'x.html': html,
    'x.xml': '<x/>',
    'x.js': 'alert(1)',
    'x.css': 'a{}',
    'x.pdf': '%PDF-1.7',
    'svg.png': svg,
    'page.csv': html,
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
    'x.js': ['text/plain; charset=utf-8', 'attachment'],
    'x.css': ['text/plain; charset=utf-8', 'attachment'],
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
  const { client } = await openScene({ planner })
  const one = client()
  const id = await one.session()
  const [first] = await bring(one, id, { 'a.txt': 'first' })
  await one.ask(id, 'change it')
  const [changed] = await filesOf(one, id)
  expect(changed).toMatchObject({
    name: 'a.txt',
    version: 2,
    kind: 'output',
    cell: 1,
    versions: [{ id: first!.id }, { version: 2, cell: 1 }],
  })
  const textOf = async (file: string): Promise<string> => (await one.fetch(`/api/sessions/${id}/files/${file}`)).text()
  expect([await textOf(first!.id), await textOf(changed!.id)]).toEqual(['first', 'changed'])
  const remove = (file: string) => one.fetch(`/api/sessions/${id}/files/${file}`, { method: 'DELETE' })
  expect((await remove(first!.id)).status).toBe(404)
  expect(await (await remove(changed!.id)).json()).toEqual({ removed: true })
  expect(await filesOf(one, id)).toEqual([])
  const undone = await one.post(`/api/sessions/${id}/undo`, { name: 'a.txt' })
  expect(await undone.json()).toMatchObject({ undone: [{ name: 'a.txt', version: 2 }], files: [{ id: changed!.id }] })
  expect(await (await one.post(`/api/sessions/${id}/undo`)).json()).toMatchObject({
    undone: [{ name: 'a.txt', version: 1 }],
    files: [{ id: first!.id }],
  })
  expect(await problemOf(one.post(`/api/sessions/${id}/undo`))).toMatchObject({
    status: 409,
    code: 'nothing_to_undo',
    detail: 'There is nothing to undo: no file has an earlier version.',
  })
})

test('all outputs come as one zip, and the session as a project', async () => {
  const code = `import { writeFileSync, mkdirSync } from 'node:fs'\nmkdirSync('out')\nwriteFileSync('out/图.txt', 'made')\nwriteFileSync('b.txt', 'b')`
  const { client } = await openScene({ planner: createScriptedPlanner([code]) })
  const one = client()
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

test('whatever names a snippet chose, the zip and the project can be had, under names that every system takes', async () => {
  const names = ['a: b.png', 'A', 'a', 'con', '-rf', '..\\..\\evil.txt', 'C:\\evil.txt', '__proto__', 'd/nul.txt']
  const code = `import { writeFileSync, mkdirSync } from 'node:fs'\nmkdirSync('d')\nfor (const n of ${JSON.stringify(names)}) writeFileSync(n, n)`
  const { client, logged } = await openScene({ planner: createScriptedPlanner([code]) })
  const one = client()
  const id = await one.session()
  await one.ask(id, 'make files')
  const entries = await entriesIn(await one.fetch(`/api/sessions/${id}/files.zip`))
  const portable = ['a- b.png', 'A', 'a-2', '_con', '_-rf', '_-..-evil.txt', 'C--evil.txt', '__proto__', 'd/_nul.txt']
  expect(Object.fromEntries(entries.map(({ name, bytes }) => [bytes.toString(), name]))).toEqual(
    Object.fromEntries(names.map((name, at) => [name, portable[at]])),
  )
  expect((await one.fetch(`/api/sessions/${id}/export`)).status).toBe(200)
  expect(logged).toEqual([])
})

test('a project has nothing of a request that was taken back', async () => {
  const planner = createScriptedPlanner((journal) => {
    const asked = journal.findLast((event) => event.type === 'ask')!.text
    const isDone = journal.at(-1)?.type === 'result'
    return isDone
      ? { type: 'answer', text: 'Done.' }
      : `import { writeFileSync } from 'node:fs'\nwriteFileSync('${asked}.txt', '')`
  })
  const { client } = await openScene({ planner })
  const one = client()
  const { id } = (await (await one.post('/api/sessions', { title: 'Mine' })).json()) as { id: string }
  const told = await one.ask(id, 'mistaken7')
  await one.ask(id, 'right', { replaces: told[0]!.seq })
  const entries = await entriesIn(await one.fetch(`/api/sessions/${id}/export`))
  const text = entries.map(({ name, bytes }) => name + bytes.toString()).join('\n')
  expect(text).toContain('right.txt')
  expect(text).not.toContain('mistaken7')
})

async function entriesIn(response: Response) {
  const path = join(await newFolder(), 'x.zip')
  await writeFile(path, Buffer.from(await response.arrayBuffer()))
  return entriesOf(path)
}
