// Whole conversations about pictures: a session with its sandbox and store, the model's planner, and real HTTP to a
// local server. The assertions are about what went over the wire.
import { copyFileSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { defaultLimits } from '../../sandbox/limits.ts'
import type { Event } from '../../sessions/event.ts'
import { createMemoryDisk, openMemoryStore } from '../doubles/memory-store.ts'
import { FetchError } from '../../src/fetch/fetch-error.ts'
import type { Fetch } from '../../src/fetch/fetch-file.ts'
import type { Planner } from '../../src/planner/planner.ts'
import { createSessionService, type SessionService } from '../../src/runtime/session-service.ts'
import type { Session } from '../../src/runtime/session.ts'
import { newFolder, portrait } from '../cli/program.ts'
import { startProcesses } from '../shared-processes.ts'
import { callChunks, textAnswer } from '../doubles/model-server/chunks.ts'
import { decoded, picturesIn, partsIn, textOf, type WireMessage } from '../doubles/model-server/parts.ts'
import { plannerOn } from '../doubles/model-server/planning.ts'
import {
  answerError,
  answerStream,
  startWireServer,
  type WireAnswer,
  type WireServer,
} from '../doubles/model-server/server.ts'

const HOUR = 3_600_000

let server: WireServer
let session: Session
let planner: Planner
let service: SessionService
beforeEach(async () => {
  server = await startWireServer()
  planner = plannerOn(server, { model: 'gpt-4o', timeoutMs: 20_000 })
  const store = Promise.resolve(openMemoryStore({ disk: createMemoryDisk() }))
  service = createSessionService({ store, limits: defaultLimits(), fetch, startProcesses })
  session = await service.create({ idleMs: HOUR, retentionMs: HOUR })
})
afterEach(async () => {
  await service.close()
  await server.close()
})

const says = (text: string): WireAnswer => answerStream(textAnswer(text))
const calls = (name: string, args: object, id = `${name}-1`): WireAnswer =>
  answerStream(callChunks([{ id, name, arguments: JSON.stringify(args) }]))

async function talk(text: string, files: readonly string[], ...answers: WireAnswer[]): Promise<Event[]> {
  server.reply(...answers)
  const events: Event[] = []
  for await (const event of session.turn(planner, { text, files }, new AbortController().signal)) events.push(event)
  return events
}

async function bring(name: string, bytes: Buffer): Promise<string> {
  const path = join(newFolder(), name)
  writeFileSync(path, bytes)
  await session.upload({ name, path })
  return name
}

/** The web as far as these conversations need it: one picture and nothing else. */
const fetch: Fetch = (url, { folder }) => {
  if (url !== 'https://example.org/portrait.png')
    return Promise.reject(new FetchError('fetch_status', 'example.org/gone.png answered 404 (Not Found).'))
  const path = join(folder, 'fetched')
  copyFileSync(portrait, path)
  return Promise.resolve({ name: 'portrait.png', path, bytes: statSync(path).size })
}

/** The messages of a request after the system prompt. */
const sent = (request: number): WireMessage[] =>
  (server.requests[request]?.body.messages.slice(1) ?? []) as unknown as WireMessage[]
const svg = (body: string, width: number, height: number): Promise<Buffer> =>
  sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#fff"/>${body}</svg>`,
    ),
  )
    .png()
    .toBuffer()

describe('A conversation about pictures', { timeout: 60_000 }, () => {
  test('a local picture is described: the words and the picture go in one message, and nothing runs', async () => {
    await bring('portrait.png', readFileSync(portrait))
    const events = await talk('介绍下这幅图', ['portrait.png'], says('一幅**肖像**。'))
    expect(server.requests).toHaveLength(1)
    const [message, ...more] = sent(0)
    expect(more).toEqual([])
    expect(message?.role).toBe('user')
    expect(partsIn(message).map(({ type }) => type)).toEqual(['text', 'image_url'])
    expect(textOf(message)).toMatch(
      /^介绍下这幅图\n\nFiles, now in \/mnt\/data:\n- "portrait\.png": PNG picture, 640x640.*\n\nShown below, in this order: "portrait\.png", 640x640 as shown\.$/s,
    )
    const [picture] = picturesIn(message)
    expect(picture?.detail).toBe('auto')
    expect(await decoded(picture!)).toMatchObject({ width: 640, height: 640 })
    expect(events.map(({ type }) => type)).toEqual(expect.arrayContaining(['ask', 'look', 'message', 'end']))
    expect(events.at(-1)).toEqual({ type: 'end', status: 'ok' })
    expect(events.find((event) => event.type === 'look')).toMatchObject({
      // 640x640 is four tiles of 512: 85 + 4 x 170.
      pictures: [{ names: ['portrait.png'], detail: 'auto', width: 640, height: 640, tokens: 765 }],
      problems: [],
    })
  })

  test('two pictures are compared: both come in one message, in order, and at low detail they are small', async () => {
    const noise = { create: { width: 1600, height: 900, channels: 3 as const, background: '#347' } }
    await bring('before.jpg', await sharp(noise).jpeg().toBuffer())
    await bring('after.jpg', await sharp(noise).negate().jpeg().toBuffer())
    server.reply(says('The colours are turned around.'))
    const request = { text: 'What changed?', files: ['before.jpg', 'after.jpg'], detail: 'low' as const }
    for await (const _ of session.turn(planner, request, new AbortController().signal));
    const pictures = picturesIn(sent(0)[0])
    expect(pictures.map(({ detail }) => detail)).toEqual(['low', 'low'])
    for (const picture of pictures) {
      const { width, height, bytes } = await decoded(picture)
      expect(Math.max(width, height)).toBe(512)
      expect(bytes).toBeLessThanOrEqual(200_000)
    }
    expect(textOf(sent(0)[0])).toMatch(
      /in this order: "before\.jpg", 512x288 as shown; "after\.jpg", 512x288 as shown\.$/,
    )
  })

  test('a follow-up begins with the whole former request, byte by byte, and shows nothing twice', async () => {
    await bring('portrait.png', readFileSync(portrait))
    await talk('What is this?', ['portrait.png'], says('A portrait.'))
    await talk('And what is in the background?', [], says('A wall.'))
    const [first, second] = server.requests.map(({ body }) => JSON.stringify(body.messages).slice(0, -1))
    expect(second?.startsWith(first ?? '?')).toBe(true)
    expect(sent(1).slice(1)).toEqual([
      { role: 'assistant', content: 'A portrait.' },
      { role: 'user', content: 'And what is in the background?' },
    ])
  })

  test('a picture named by its address goes like an attached one; one that does not come is told of, and nothing is lost', async () => {
    const events = await talk(
      'Compare https://example.org/portrait.png with https://example.org/gone.png',
      [],
      says('One of them is missing.'),
    )
    expect(events.at(-1)).toEqual({ type: 'end', status: 'ok' })
    const [message, ...more] = sent(0)
    expect(more).toEqual([])
    expect(textOf(message)).toBe(
      [
        'Compare https://example.org/portrait.png with https://example.org/gone.png',
        'Files, now in /mnt/data:\n- "portrait.png": PNG picture, 640x640, 4 channels with alpha, 281,474 bytes',
        'Note: Not fetched: example.org/gone.png answered 404 (Not Found).',
        'Shown below, in this order: "portrait.png", 640x640 as shown.',
      ].join('\n\n'),
    )
    expect(picturesIn(message)).toHaveLength(1)
    await talk('And https://example.org/portrait.png again?', [], says('The same.'))
    const [first, second] = server.requests.map(({ body }) => JSON.stringify(body.messages).slice(0, -1))
    expect(second?.startsWith(first ?? '?')).toBe(true)
    expect(picturesIn(sent(1).at(-1))).toEqual([])
  })

  test('a chart is read, and then drawn again from its numbers by a cell', async () => {
    const bars = [70, 130].map(
      (height, n) => `<rect x="${60 + 120 * n}" y="${180 - height}" width="60" height="${height}"/>`,
    )
    await bring('chart.png', await svg(bars.join(''), 300, 200))
    await talk('What does this chart say about China and Japan?', ['chart.png'], says('China 13, Japan 7.'))
    const code = `import { chart } from 'easel'
import { writeFile } from 'node:fs/promises'
await writeFile('again.png', await chart({ type: 'bar', data: { labels: ['China', 'Japan'], datasets: [{ label: 'GDP', data: [13, 7] }] } }, { width: 600, height: 400 }))`
    const look = calls('view_images', { names: ['again.png'] })
    const events = await talk('Draw it again from these numbers', [], calls('run', { code }), look, says('again.png.'))
    expect(events.at(-1)).toEqual({ type: 'end', status: 'ok' })
    expect(events.find(({ type }) => type === 'file')).toMatchObject({ name: 'again.png', width: 1200, height: 800 })
    const last = sent(3)
    expect(last.map(({ role }) => role)).toEqual([
      'user',
      'assistant',
      'user',
      'assistant',
      'tool',
      'assistant',
      'tool',
      'user',
    ])
    const [call, result, shown] = last.slice(-3)
    expect(call?.tool_calls).toMatchObject([{ id: 'view_images-1', function: { name: 'view_images' } }])
    expect(result).toEqual({
      role: 'tool',
      tool_call_id: 'view_images-1',
      content: 'status: ok, 1 to see. They are in the next message.',
    })
    expect(await decoded(picturesIn(shown)[0]!)).toMatchObject({ width: 1152, height: 768 })
    expect(JSON.stringify(last.filter(({ role }) => role === 'tool'))).not.toContain('data:image')
  })

  test('handwriting becomes Markdown, which the answer is as the model wrote it', async () => {
    const text = '<text x="20" y="60" font-size="36" font-style="italic">Milk, bread, 2 eggs</text>'
    await bring('note.png', await svg(text, 400, 100))
    const markdown = '# List\n\n- Milk\n- bread\n- 2 eggs'
    const events = await talk('Read this handwriting', ['note.png'], says(markdown))
    expect(events.find(({ type }) => type === 'message')).toEqual({ type: 'message', text: markdown })
    expect(picturesIn(sent(0)[0])).toHaveLength(1)
  })

  test('an endpoint that refuses pictures is asked again without them, once, and told what it does not see', async () => {
    await bring('portrait.png', readFileSync(portrait))
    const refusal = answerError(400, { error: { message: 'This model does not support image input.' } })
    const events = await talk('What is this?', ['portrait.png'], refusal, says('I cannot see it.'))
    expect(events.at(-1)).toEqual({ type: 'end', status: 'ok' })
    expect(picturesIn(sent(0)[0])).toHaveLength(1)
    expect(sent(1)[0]?.content).toMatch(
      /You cannot see pictures: measure them with code, or say what you cannot know\.$/,
    )
    expect(events.filter(({ type }) => type === 'notice')).toHaveLength(1)
    await talk('And now?', [], says('Still not.'))
    expect(server.requests).toHaveLength(3)
    expect(JSON.stringify(server.requests[2]?.body)).not.toContain('data:image')
  })

  test('what is shown outlives the program: the next one sends the same bytes', async () => {
    await bring('portrait.png', readFileSync(portrait))
    await talk('What is this?', ['portrait.png'], says('A portrait.'))
    const { id } = session
    await service.deactivate(id)
    const found = await service.open(id)
    if (found.status !== 'open') throw new Error(found.status)
    session = found.session
    planner = plannerOn(server, { model: 'gpt-4o' })
    await talk('And its colours?', [], says('Brown.'))
    const [first, second] = server.requests.map(({ body }) => JSON.stringify(body.messages).slice(0, -1))
    expect(second?.startsWith(first ?? '?')).toBe(true)
  })
})
