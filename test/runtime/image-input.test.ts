// The pictures that a session shows a model: those of the request and those it asks for, each once, all recorded.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { defaultLimits, type Limits } from '../../sandbox/limits.ts'
import type { Detail, Event, EventOf } from '../../sessions/event.ts'
import { openStore } from '../../sessions/sqlite/store.ts'
import { createScriptedPlanner, type ScriptedStep } from '../doubles/scripted-planner.ts'
import { createSessionService, type SessionService } from '../../src/runtime/session-service.ts'
import type { Session } from '../../src/runtime/session.ts'
import { startProcesses } from '../shared-processes.ts'

const HOUR = 3_600_000
let folder: string
let service: SessionService
let session: Session

const open = (limits: Partial<Limits> = {}): SessionService =>
  createSessionService({
    store: openStore({ folder: join(folder, 'data'), limits }),
    limits: { ...defaultLimits(), ...limits },
    startProcesses,
  })
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'easel-look-'))
  service = open()
  session = await service.create({ idleMs: HOUR, retentionMs: HOUR })
})
afterEach(async () => {
  await service.close()
  await rm(folder, { recursive: true, force: true })
})

const flat = (background: string, width = 60, height = 40) =>
  sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer()

/** Continues the session in a program with other limits. */
async function reopen(limits: Partial<Limits>): Promise<void> {
  const { id } = session
  await service.close()
  service = open(limits)
  const found = await service.open(id)
  if (found.status !== 'open') throw new Error(found.status)
  session = found.session
}

async function bring(name: string, bytes: Uint8Array | string): Promise<string> {
  await writeFile(join(folder, 'upload'), bytes)
  return (await session.upload({ name, path: join(folder, 'upload') })).name
}

/** A turn with a model that takes images; its `look` events. */
async function turn(
  files: readonly string[],
  script: readonly ScriptedStep[] = [],
  given: { detail?: Detail; sees?: boolean } = {},
): Promise<EventOf<'look'>[]> {
  const { detail = 'high', sees = true } = given
  const planner = { ...createScriptedPlanner(script), ...(sees ? { sight: { model: 'gpt-4o', detail } } : {}) }
  const events: Event[] = []
  for await (const event of session.turn(planner, { text: 'Look.', files }, new AbortController().signal))
    events.push(event)
  expect(events.at(-1)).toMatchObject({ type: 'end', status: 'ok' })
  return events.filter((event) => event.type === 'look')
}

const asks = (look: readonly string[], detail: Detail = 'high', callId = 'c1'): ScriptedStep => ({
  type: 'run',
  text: '',
  actions: [{ look, detail, callId }],
  unreadable: [],
})

test('pictures that came with a request are shown with it, tables and texts are not', async () => {
  await bring('猫.png', await flat('red'))
  await bring('a.csv', 'x,y\n1,2\n')
  const [look, ...more] = await turn(['猫.png', 'a.csv'])
  expect(more).toEqual([])
  expect(look).toEqual({
    type: 'look',
    pictures: [
      {
        names: ['猫.png'],
        detail: 'high',
        mime: 'image/png',
        bytes: expect.any(Number),
        width: 60,
        height: 40,
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        tokens: 255,
      },
    ],
    problems: [],
  })
  expect(session.events.filter(({ type }) => type === 'look')).toEqual([look])
})

test('without a picture, and to a model that sees none, nothing is shown', async () => {
  await bring('a.csv', 'x\n1\n')
  await bring('a.png', await flat('red'))
  expect(await turn(['a.csv'])).toEqual([])
  expect(await turn(['a.png'], [], { sees: false })).toEqual([])
})

test('a follow-up shows nothing twice; a changed file, and a closer look, are shown', async () => {
  await bring('a.png', await flat('red'))
  expect(await turn(['a.png'], [], { detail: 'low' })).toHaveLength(1)
  expect(await turn(['a.png'], [], { detail: 'low' })).toEqual([])
  expect(await turn(['a.png'], [], { detail: 'auto' })).toMatchObject([{ pictures: [{ detail: 'auto' }] }])
  expect(await turn(['a.png'], [], { detail: 'high' })).toEqual([])
  await bring('a.png', await flat('blue'))
  expect(await turn(['a.png'], [], { detail: 'low' })).toHaveLength(1)
})

test('what was shown in a request that was taken back, or that a model is told of in short, is shown again', async () => {
  await bring('a.png', await flat('red'))
  await turn(['a.png'])
  const seq = session.events.findIndex(({ type }) => type === 'ask')
  await session.append({ type: 'replaced', seq, files: [] })
  expect(await turn(['a.png'])).toHaveLength(1)
  await session.append({ type: 'compacted', seq: session.events.length })
  expect(await turn(['a.png'])).toHaveLength(1)
  expect(await turn(['a.png'])).toEqual([])
})

test('a model sees what a cell made when it asks, also again', async () => {
  const draw = `import sharp from 'sharp'
    await sharp({ create: { width: 90, height: 30, channels: 3, background: 'teal' } }).png().toFile('out.png')`
  const looks = await turn([], [draw, asks(['/mnt/data/out.png']), asks(['out.png'], 'low', 'c2')])
  expect(looks).toMatchObject([
    { callId: 'c1', pictures: [{ names: ['out.png'], width: 90, height: 30, detail: 'high' }], problems: [] },
    { callId: 'c2', pictures: [{ names: ['out.png'], detail: 'low', tokens: 85 }], problems: [] },
  ])
})

test('a call is always answered; each file that cannot be shown has a sentence', async () => {
  await bring('a.csv', 'x\n1\n')
  await bring('cut.png', (await flat('red')).subarray(0, 60))
  const [look] = await turn([], [asks(['a.csv', 'none.png', 'cut.png'])])
  expect(look).toEqual({
    type: 'look',
    callId: 'c1',
    asked: { names: ['a.csv', 'none.png', 'cut.png'], detail: 'high' },
    pictures: [],
    problems: [
      '"a.csv" cannot be shown. It is text/csv, not a picture: read it with code.',
      'There is no file "none.png".',
      expect.stringMatching(/^"cut\.png" cannot be read as image\/png: .+\.$/),
    ],
  })
  // With a request, its file info gives the reason, once.
  expect(await turn(['cut.png'])).toEqual([])
})

test('a turn has a budget of eight pictures that a model asks for; the next turn has it again', async () => {
  const names = []
  for (let i = 0; i < 5; i++) names.push(await bring(`${i}.gif`, await animation(i)))
  const looks = await turn([], [asks(names), asks(names, 'high', 'c2'), asks(['0.gif'], 'high', 'c3')])
  expect(looks.map(({ pictures }) => pictures.length)).toEqual([5, 3, 0])
  expect(looks[1]!.problems).toEqual([
    'Too many pictures for "3.gif", "4.gif" to be shown: a turn may look at 8 pictures, and 5 were shown. Measure with code instead.',
  ])
  expect(looks[2]!.problems).toEqual([
    'Too many pictures for "0.gif" to be shown: a turn may look at 8 pictures, and 8 were shown. Measure with code instead.',
  ])
  expect(looks[0]!.pictures[0]).toMatchObject({ names: ['0.gif'], frames: 2 })
  expect(await turn([], [asks(['0.gif'], 'high', 'c4')])).toMatchObject([{ pictures: [{ frames: 2 }] }])
})

async function animation(shade: number): Promise<Buffer> {
  const frames = [await flat(`rgb(${shade * 20}, 0, 0)`, 30, 20), await flat('white', 30, 20)]
  return sharp(frames, { join: { animated: true } })
    .gif()
    .toBuffer()
}

test('a broken picture is not put on the sheet of the others', async () => {
  const names = []
  for (let i = 0; i < 5; i++) names.push(await bring(`${i}.png`, await flat(`rgb(${i * 40}, 9, 9)`, 900, 700)))
  const cut = (await flat('red', 900, 700)).subarray(0, 100)
  const [look] = await turn([...names, await bring('broken.png', cut)])
  expect(look!.pictures.map((picture) => picture.names)).toEqual([names])
  expect(look!.problems).toEqual([])
})

test('where one picture spoils a sheet, the others are shown by themselves', async () => {
  const names = []
  for (let i = 0; i < 5; i++) names.push(await bring(`${i}.png`, await flat(`rgb(${i * 40}, 9, 9)`, 700, 700)))
  names.push(await bring('large.png', await flat('red', 900, 700)))
  await reopen({ picturePixels: 500_000 })
  const [look] = await turn(names)
  expect(look!.pictures.map((picture) => picture.names)).toEqual(names.slice(0, 5).map((name) => [name]))
  expect(look!.problems).toEqual(['"large.png" has 630,000 pixels (900 x 700); the limit is 500,000. Make it smaller.'])
})

test('what a model was shown outlives the program, the old versions of its file, and a sweep', async () => {
  const draw = (colour: string) => `import sharp from 'sharp'
    await sharp({ create: { width: 90, height: 30, channels: 3, background: '${colour}' } }).png().toFile('out.png')`
  const [look] = await turn([], [draw('red'), asks(['out.png']), draw('blue'), draw('green')])
  const { hash, bytes } = look!.pictures[0]!
  // The picture was sent unchanged, so its bytes are those of the first version.
  expect(session.versions('out.png')[0]!.hash).toBe(hash)
  const { id } = session
  await service.close()
  const store = await openStore({ folder: join(folder, 'data') })
  const opened = await store.open(id)
  if (opened.status !== 'open') throw new Error(opened.status)
  expect(await opened.session.dropOldVersions()).toMatchObject({ versions: 1 })
  await opened.session.release()
  await store.sweep()
  await store.close()
  await reopen({})
  const content = await sharp(await session.pathOfHash(hash)).metadata()
  expect(content).toMatchObject({ width: 90, height: 30, format: 'png' })
  expect(bytes).toBeGreaterThan(0)
  expect(session.events.filter(({ type }) => type === 'look')).toHaveLength(1)
})

test('pictures for a model count in the session; where there is no room it is told so', async () => {
  await service.close()
  await rm(join(folder, 'data'), { recursive: true })
  const big = await sharp({
    create: {
      width: 1400,
      height: 1000,
      channels: 3,
      background: 'red',
      noise: { type: 'gaussian', mean: 99, sigma: 50 },
    },
  })
    .png()
    .toBuffer()
  service = open({ sessionBytes: big.length + 250_000 })
  session = await service.create({ idleMs: HOUR, retentionMs: HOUR })
  await bring('big.png', big)
  const { bytes } = session.info()
  expect(await turn(['big.png'])).toMatchObject([
    {
      pictures: [],
      problems: [expect.stringMatching(/^"big\.png" cannot be shown\. With "big\.png" the session would have /)],
    },
  ])
  expect(session.info().bytes).toBe(bytes)
  const [look] = await turn(['big.png'], [], { detail: 'low' })
  expect(session.info().bytes).toBe(bytes + look!.pictures[0]!.bytes)
})
