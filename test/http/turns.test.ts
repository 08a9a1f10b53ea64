// Work over HTTP: turns, reruns, cancelling, undo, replacing requests.
import { expect, test } from 'vitest'
import type { Event } from '../../sessions/event.ts'
import type { Planner } from '../../src/planner/planner.ts'
import { createScriptedPlanner } from '../doubles/scripted-planner.ts'
import { openScene } from './scene.ts'
import { problemOf, readAll, readSome, typesOf, type Told } from './client.ts'

const write = (name: string, text: string): string =>
  `import { writeFileSync } from 'node:fs'\nwriteFileSync(${JSON.stringify(name)}, ${JSON.stringify(text)})\n`
const LONG = `await new Promise((resolve) => setTimeout(resolve, 50_000))\nwhile (true) await null\n`

const ask = (told: readonly Told[]) => told.find(({ event }) => event.type === 'ask')
const endOf = (told: readonly Told[]) => told.at(-1)?.event

test('a message answers with the events of its turn, numbered as in the journal, to its end', async () => {
  const planner = createScriptedPlanner([
    {
      events: [
        { type: 'delta', of: 'text', text: 'I will ' },
        { type: 'delta', of: 'text', text: 'write' },
      ],
      step: write('a.txt', 'hello'),
    },
    { type: 'answer', text: 'Here it is.' },
  ])
  const { client, store } = await openScene({ planner })
  const one = client()
  const id = await one.session()
  const told = await one.ask(id, 'Write a greeting\nplease')
  expect(typesOf(told)).toEqual(
    ['ask', 'delta', 'delta', 'cell', 'print', 'file', 'result', 'message', 'end'].filter((type) => type !== 'print'),
  )
  const journal = (await (await store.read(id))!.whole()).events
  for (const { seq, event } of told) {
    if (event.type === 'delta') expect(seq).toBeUndefined()
    else expect(journal[seq!]).toMatchObject({ type: event.type })
  }
  const file = told.find(({ event }) => event.type === 'file')!.event
  expect(await (await one.fetch(`/api/sessions/${id}/files/${file.fileId}`)).text()).toBe('hello')
  expect(endOf(told)).toEqual({ type: 'end', status: 'ok' })
  expect(await one.get(`/api/sessions/${id}`)).toMatchObject({ title: 'Write a greeting', busy: false, files: 1 })
})

test('without files it is about what came since the last message; files that are not there are refused', async () => {
  const { client } = await openScene({ planner: createScriptedPlanner(() => ({ type: 'answer', text: 'Yes.' })) })
  const one = client()
  const id = await one.session()
  await one.upload(id, { 'a.txt': 'a', 'b.txt': 'b' })
  expect(ask(await one.ask(id, 'first'))?.event).toMatchObject({ files: ['a.txt', 'b.txt'] })
  expect(ask(await one.ask(id, 'second'))?.event).toMatchObject({ files: [] })
  await one.upload(id, { 'c.txt': 'c' })
  expect(ask(await one.ask(id, 'third', { files: ['a.txt', 'a.txt'] }))?.event).toMatchObject({ files: ['a.txt'] })
  expect(await problemOf(one.post(`/api/sessions/${id}/messages`, { text: 'x', files: ['no.txt'] }))).toMatchObject({
    status: 422,
    code: 'unknown_file',
    detail: 'The session has no file "no.txt".',
  })
  for (const text of ['', '  \n']) expect((await one.post(`/api/sessions/${id}/messages`, { text })).status).toBe(422)
})

test('the phrasebook carries a request out on an upload, then on its result', async () => {
  const { client } = await openScene()
  const one = client()
  const id = await one.session()
  await one.upload(id, { 't.csv': 'name,value\na,1\nb,2\n' })
  const told = await one.ask(id, '用这个表格画一个柱状图')
  expect(endOf(told)).toMatchObject({ type: 'end', status: 'ok' })
  const again = await one.ask(id, 'make it grayscale')
  expect(again.find(({ event }) => event.type === 'cell')?.event).toMatchObject({
    code: expect.stringContaining('grayscale'),
  })
})

test('during a turn another one, a rerun, an undo and a removal are 409 busy, in time for whoever asks twice at once', async () => {
  const { client } = await openScene({ planner: createScriptedPlanner([LONG]) })
  const one = client()
  const id = await one.session()
  await one.upload(id, { 'a.txt': 'a' })
  const both = await Promise.all([
    one.post(`/api/sessions/${id}/messages`, { text: 'x' }),
    one.post(`/api/sessions/${id}/messages`, { text: 'y' }),
  ])
  expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409])
  const busy = {
    status: 409,
    code: 'busy',
    detail: 'This session is at work; wait for the end of the turn, or stop it.',
  }
  expect(await problemOf(both.find(({ status }) => status === 409)!)).toMatchObject(busy)
  expect(await one.get(`/api/sessions/${id}`)).toMatchObject({ busy: true })
  const { files } = await one.get<{ files: { id: string }[] }>(`/api/sessions/${id}/files`)
  expect(await problemOf(one.post(`/api/sessions/${id}/cells/1/run`, {}))).toMatchObject(busy)
  expect(await problemOf(one.post(`/api/sessions/${id}/undo`, {}))).toMatchObject(busy)
  expect(await problemOf(one.fetch(`/api/sessions/${id}/files/${files[0]!.id}`, { method: 'DELETE' }))).toMatchObject(
    busy,
  )
  expect(await (await one.post(`/api/sessions/${id}/cancel`)).json()).toEqual({ cancelled: true })
  expect(await one.get(`/api/sessions/${id}`)).toMatchObject({ busy: false })
  expect(await (await one.post(`/api/sessions/${id}/cancel`)).json()).toEqual({ cancelled: false })
})

test('a cancelled turn ends at once, says so to its viewers, and leaves a session that goes on', async () => {
  const { client } = await openScene({ planner: createScriptedPlanner([LONG, write('a.txt', 'after')]) })
  const one = client()
  const id = await one.session()
  const stream = await one.post(`/api/sessions/${id}/messages`, { text: 'x' })
  const begun = Promise.withResolvers<void>()
  const reading = readSome(stream, (told) => {
    if (typesOf(told).includes('cell')) begun.resolve()
    return false
  })
  await begun.promise
  await one.post(`/api/sessions/${id}/cancel`)
  const told = await reading
  // At once; the cell would have used all of its time.
  expect(told.map(({ event }) => event).filter(({ type }) => type === 'result' || type === 'end')).toEqual([
    expect.objectContaining({ type: 'result', status: 'cancelled' }),
    { type: 'end', status: 'cancelled', code: 'EASEL_CANCELLED', message: 'Cancelled.' },
  ])
  expect(endOf(await one.ask(id, 'again'))).toEqual({ type: 'end', status: 'ok' })
})

test('a turn goes on when its viewer leaves, and loses nothing', async () => {
  const planner = createScriptedPlanner([
    `await new Promise((resolve) => setTimeout(resolve, 600))\nconsole.log('late')\n`,
  ])
  const { client } = await openScene({ planner })
  const one = client()
  const id = await one.session()
  const seen = await readSome(await one.post(`/api/sessions/${id}/messages`, { text: 'x' }), (told) => told.length >= 1)
  expect(typesOf(seen)).toContain('ask')
  const events = await one.fetch(`/api/sessions/${id}/events`, {
    headers: { 'last-event-id': String(seen.at(-1)!.seq) },
  })
  const rest = await readSome(events, (told) => told.at(-1)?.event.type === 'end')
  const kept = [...seen, ...rest].filter(({ seq }) => seq !== undefined)
  expect(kept.map(({ seq }) => seq)).toEqual(kept.map((_, n) => n))
  expect(kept.some(({ event }) => event.type === 'print' && event.text === 'late\n')).toBe(true)
})

test('a cell runs again as it was, with edits, and with new code, without a planner', async () => {
  const { client, store } = await openScene({ planner: createScriptedPlanner([write('a.txt', 'one')]) })
  const one = client()
  const id = await one.session()
  await one.ask(id, 'x')
  const run = async (n: number, body: unknown): Promise<Told[]> =>
    readAll(await one.post(`/api/sessions/${id}/cells/${n}/run`, body))
  const current = async (): Promise<string> => {
    const { files } = await one.get<{ files: { id: string }[] }>(`/api/sessions/${id}/files`)
    return (await one.fetch(`/api/sessions/${id}/files/${files[0]!.id}`)).text()
  }
  const same = await run(1, {})
  expect(typesOf(same)).toEqual(expect.arrayContaining(['cell', 'result', 'end']))
  // The end of a single cell is published but not journaled.
  expect(same.at(-1)).toEqual({ seq: undefined, event: { type: 'end', status: 'ok' } })
  await run(1, { edits: [{ find: '"one"', replace: '"two"' }] })
  expect(await current()).toBe('two')
  const failed = await run(1, { code: 'nothing.there()' })
  expect(endOf(failed)).toMatchObject({ type: 'end', status: 'rejected', message: expect.stringContaining('nothing') })
  const fresh = await run(1, { code: write('a.txt', 'three') })
  expect(fresh.find(({ event }) => event.type === 'cell')?.event).toMatchObject({ cell: 5, from: { cell: 1 } })
  expect(await current()).toBe('three')
  const cells = (await (await store.read(id))!.whole()).events.filter((event) => event.type === 'cell')
  expect(cells.map(({ from }) => from?.cell)).toEqual([undefined, 1, 1, 1, 1])
  expect(await problemOf(one.post(`/api/sessions/${id}/cells/9/run`, {}))).toMatchObject({
    status: 422,
    code: 'bad_edit',
    detail: 'There is no cell 9: the last one is cell 5.',
  })
  expect((await one.post(`/api/sessions/${id}/cells/x/run`, {})).status).toBe(422)
})

test('a request is asked again, or otherwise: its files and variables are as before it, and the planner never heard of it', async () => {
  const heard: Event[][] = []
  const script = createScriptedPlanner((journal) => {
    const asked = journal.findLast((event) => event.type === 'ask')!.text
    const isDone = journal.findLast(({ type }) => type === 'ask' || type === 'result')?.type === 'result'
    if (isDone) return { type: 'answer', text: `Did ${asked}.` }
    if (asked === 'count')
      return `import { writeFileSync } from 'node:fs'\nlet n = 1\nwriteFileSync('n.txt', String(n))\n`
    return `import { writeFileSync } from 'node:fs'\nn += 10\nwriteFileSync('n.txt', String(n))\nwriteFileSync('${asked}.txt', '')\n`
  })
  const planner: Planner = {
    ...script,
    next: (journal, signal) => (heard.push([...journal]), script.next(journal, signal)),
  }
  const { client } = await openScene({ planner })
  const one = client()
  const id = await one.session()
  await one.ask(id, 'count')
  const second = await one.ask(id, 'wrong')
  const { seq } = ask(second)!
  const again = await one.ask(id, 'right', { replaces: seq })
  expect(again[0]!.event).toEqual({
    type: 'replaced',
    seq,
    files: [
      { name: 'n.txt', version: 1 },
      { name: 'wrong.txt', version: 0 },
    ],
  })
  expect(endOf(again)).toEqual({ type: 'end', status: 'ok' })
  const { files } = await one.get<{ files: { id: string; name: string }[] }>(`/api/sessions/${id}/files`)
  expect(files.map(({ name }) => name).toSorted()).toEqual(['n.txt', 'right.txt'])
  const number = files.find(({ name }) => name === 'n.txt')!
  expect(await (await one.fetch(`/api/sessions/${id}/files/${number.id}`)).text()).toBe('11')
  expect(JSON.stringify(heard.at(-1))).not.toContain('wrong')
  expect(await problemOf(one.post(`/api/sessions/${id}/messages`, { text: 'x', replaces: seq }))).toMatchObject({
    status: 422,
    code: 'not_replaceable',
    detail: `Event ${seq} is not a current request, so it cannot be replaced.`,
  })
  // The cell of the request that was replaced is no more, here as in a chat.
  const rerun = await problemOf(one.post(`/api/sessions/${id}/cells/2/run`, {}))
  expect(rerun).toMatchObject({ status: 422, detail: expect.stringContaining('There is no cell 2') })
})

test('a retry is about the files that the request was about', async () => {
  const { client } = await openScene({ planner: createScriptedPlanner(() => ({ type: 'answer', text: 'Yes.' })) })
  const one = client()
  const id = await one.session()
  await one.upload(id, { 'a.txt': 'a' })
  const { seq } = ask(await one.ask(id, 'first'))!
  const again = await one.ask(id, 'first', { replaces: seq })
  expect(again.slice(0, 2).map(({ event }) => event)).toEqual([
    { type: 'replaced', seq, files: [] },
    { type: 'ask', text: 'first', files: ['a.txt'] },
  ])
})

test('a planner that breaks ends the turn with a kept end that says nothing of the inside', async () => {
  const { client, logged, store } = await openScene({
    planner: createScriptedPlanner(() => Promise.reject(new Error('inside'))),
  })
  const one = client()
  const id = await one.session()
  const told = await one.ask(id, 'x')
  const end = {
    type: 'end',
    status: 'failed',
    code: 'internal',
    message: 'Something went wrong in the server; its log says more.',
  }
  expect(endOf(told)).toEqual(end)
  expect((await (await store.read(id))!.whole()).events.at(-1)).toEqual(end)
  expect(logged).toEqual([expect.stringContaining('inside')])
})
