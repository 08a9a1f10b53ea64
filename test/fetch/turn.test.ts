// A turn whose text contains file URLs: they are fetched first, and the turn goes on whether or not that succeeds.
import { once } from 'node:events'
import { existsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, describe, expect, it } from 'vitest'
import { defaultLimits } from '../../sandbox/limits.ts'
import type { Event, EventOf } from '../../sessions/event.ts'
import { createMemoryDisk, openMemoryStore } from '../doubles/memory-store.ts'
import { FetchError } from '../../src/fetch/fetch-error.ts'
import { fetchFile, type Fetch } from '../../src/fetch/fetch-file.ts'
import { createPhrasebookPlanner } from '../../src/phrasebook/planner.ts'
import { createScriptedPlanner, type ScriptedStep } from '../doubles/scripted-planner.ts'
import {
  createSessionService,
  type SessionService,
  type SessionServiceOptions,
} from '../../src/runtime/session-service.ts'
import type { Session } from '../../src/runtime/session.ts'
import { openFetchScene, sends } from './server.ts'
import { startProcesses } from '../shared-processes.ts'

const HOUR = 3_600_000
const A = 'https://example.org/a.png'
const B = 'https://example.org/b.png'
const picture = await sharp({ create: { width: 6, height: 4, channels: 3, background: 'red' } })
  .png()
  .toBuffer()

const services: SessionService[] = []
afterEach(async () => {
  for (const service of services.splice(0)) await service.close()
})

/** Returns this picture for every URL, named by the URL's last segment. */
function pictures(): { readonly fetch: Fetch; readonly asked: string[]; readonly folders: string[] } {
  const asked: string[] = []
  const folders: string[] = []
  const fetch: Fetch = (url, { folder }) => {
    asked.push(url)
    folders.push(folder)
    const path = join(folder, String(asked.length))
    writeFileSync(path, picture)
    return Promise.resolve({ name: url.split('/').at(-1) ?? '', path, bytes: picture.length })
  }
  return { fetch, asked, folders }
}

async function openSession(fetch: SessionServiceOptions['fetch'], limits = defaultLimits()): Promise<Session> {
  const service = createSessionService({
    store: Promise.resolve(openMemoryStore({ disk: createMemoryDisk(), limits })),
    limits,
    fetch,
    startProcesses,
  })
  services.push(service)
  return service.create({ idleMs: HOUR, retentionMs: HOUR })
}

interface Asked {
  readonly files?: readonly string[]
  readonly script?: readonly ScriptedStep[]
  readonly signal?: AbortSignal
  readonly seen?: (event: Event) => void
}

async function ask(session: Session, text: string, asked: Asked = {}): Promise<Event[]> {
  const { files = [], script = [], signal = new AbortController().signal, seen } = asked
  const events: Event[] = []
  for await (const event of session.turn(createScriptedPlanner(script), { text, files }, signal)) {
    events.push(event)
    seen?.(event)
  }
  return events
}

const notices = (events: readonly Event[]): string[] =>
  events.flatMap((event) => (event.type === 'notice' ? [event.text] : []))
const only = <T extends Event['type']>(events: readonly Event[], type: T): EventOf<T>[] =>
  events.filter((event): event is EventOf<T> => event.type === type)

describe('an address in a message', () => {
  it('becomes an upload of the turn, told before the request, and its temporary folder goes', async () => {
    const { fetch, folders } = pictures()
    const session = await openSession(fetch)
    const events = await ask(session, `describe ${A}, please`, {
      script: ["const m = await (await import('sharp')).default('a.png').metadata(); m.width"],
    })
    const [before, after] = [events.slice(0, 3), events.slice(3)].map((some) => some.map(({ type }) => type))
    expect(before).toEqual(['notice', 'upload', 'ask'])
    expect(after).toEqual(['cell', 'print', 'result', 'message', 'end'])
    expect(notices(events)).toEqual(['Fetching example.org/a.png.'])
    expect(only(events, 'upload')[0]).toMatchObject({ name: 'a.png', url: A, card: { kind: 'picture', width: 6 } })
    expect(only(events, 'ask')[0]).toEqual({ type: 'ask', text: `describe ${A}, please`, files: ['a.png'] })
    expect(only(events, 'print')[0]?.text.trim()).toBe('6')
    expect(session.events).toEqual(events)
    expect(folders.some((folder) => existsSync(folder))).toBe(false)
  })

  it('is joined to the files that came with the message; several come at once, each name once', async () => {
    const { fetch, asked } = pictures()
    const session = await openSession(fetch)
    const path = join(tmpdir(), `easel-test-${process.pid}.png`)
    writeFileSync(path, picture)
    await session.upload({ name: 'a.png', path })
    const events = await ask(session, `compare ${A}，${B} 和 ${A}`, { files: ['a.png'] })
    expect(asked).toEqual([A, B])
    expect(only(events, 'ask')[0]?.files).toEqual(['a.png', 'a (2).png', 'b.png'])
    expect(notices(events)).toEqual(['Fetching example.org/a.png, example.org/b.png.'])
  })

  it('is not fetched again while its file is as it came', async () => {
    const { fetch, asked } = pictures()
    const session = await openSession(fetch)
    await ask(session, `describe ${A}`)
    const again = await ask(session, `and now rotate ${A}#top`)
    expect(again.map(({ type }) => type)).toEqual(['ask', 'message', 'end'])
    expect(only(again, 'ask')[0]?.files).toEqual(['a.png'])
    expect(asked).toEqual([A])
    await session.remove('a.png')
    expect(only(await ask(session, A), 'ask')[0]?.files).toEqual(['a.png'])
    await ask(session, 'change it', { script: ["import fs from 'node:fs'\nfs.writeFileSync('a.png', 'other')"] })
    expect(only(await ask(session, A), 'ask')[0]?.files).toEqual(['a (2).png'])
    expect(asked).toEqual([A, A, A])
  })

  it('that fails is told of, and the turn goes on with what there is', async () => {
    const { fetch: good } = pictures()
    const fetch: Fetch = (url, request) =>
      url === B
        ? good(url, request)
        : Promise.reject(new FetchError('fetch_status', 'example.org/a.png answered 404 (Not Found).'))
    const session = await openSession(fetch)
    const events = await ask(session, `${A} ${B}`)
    expect(events.map(({ type }) => type)).toEqual(['notice', 'notice', 'upload', 'ask', 'message', 'end'])
    expect(notices(events)[1]).toBe('Not fetched: example.org/a.png answered 404 (Not Found).')
    expect(only(events, 'ask')[0]?.files).toEqual(['b.png'])
    expect(events.at(-1)).toEqual({ type: 'end', status: 'ok' })
  })

  it('of a file that the session has no room for is told of', async () => {
    const { fetch } = pictures()
    const session = await openSession(fetch, { ...defaultLimits(), fileBytes: 10 })
    const events = await ask(session, A)
    expect(notices(events)[1]).toMatch(
      /^Not fetched: The file "a\.png" has \d+ bytes; the limit is 10\. Make it smaller\.$/,
    )
    expect(only(events, 'ask')[0]?.files).toEqual([])
  })

  it('is refused by the real fetcher when it leads inside, in the middle of a turn that goes on', async () => {
    const session = await openSession(undefined)
    const events = await ask(session, 'https://169.254.169.254/latest/meta-data/ and http://example.org/a.png')
    expect(notices(events)).toEqual([
      'Fetching 169.254.169.254/latest/meta-data/, example.org/a.png.',
      'Not fetched: 169.254.169.254 is not on the public internet, so nothing is fetched from it.',
      'Not fetched: "http://example.org/a.png" is not an https:// URL; only those are fetched.',
    ])
    expect(events.at(-1)).toEqual({ type: 'end', status: 'ok' })
  })

  it('comes over https into a cell of the phrasebook, in English and Chinese', async () => {
    const answer = sends(picture, { 'content-type': 'image/png' })
    const scene = await openFetchScene({ '/a.png': answer, '/%E7%8C%AB.png': answer })
    const session = await openSession((url, request) => fetchFile(url, { ...scene.options, ...request }))
    for (const text of [
      `make ${scene.origin}/a.png grayscale`,
      `把${scene.origin}/a.png变成灰度图`,
      `把 ${scene.origin}/猫.png 变成灰度图`,
    ]) {
      const events: Event[] = []
      for await (const event of session.turn(
        createPhrasebookPlanner(),
        { text, files: [] },
        new AbortController().signal,
      ))
        events.push(event)
      expect(events.at(-1)).toEqual({ type: 'end', status: 'ok' })
      expect(only(events, 'file')).toHaveLength(1)
    }
    expect(scene.asked).toEqual(['/a.png', '/%E7%8C%AB.png'])
  })

  it('that did not come is no word of the request to the phrasebook: it asks for the file', async () => {
    const session = await openSession(false)
    const events: Event[] = []
    const request = { text: `make ${A} grayscale`, files: [] }
    for await (const event of session.turn(createPhrasebookPlanner(), request, new AbortController().signal))
      events.push(event)
    expect(notices(events)).toEqual([expect.stringMatching(/^Not fetched: .*Attach the file instead\.$/)])
    expect(only(events, 'message')[0]?.text).not.toContain('https')
    expect(events.at(-1)).toMatchObject({ status: 'failed', message: expect.stringMatching(/picture/i) })
  })
})

/** A fetch that ends only by a cancel, possibly one before its start. */
async function untilCancelled(signal: AbortSignal): Promise<never> {
  if (!signal.aborted) await once(signal, 'abort')
  throw new FetchError('fetch_cancelled', 'Cancelled.')
}

describe('cancelling', () => {
  it('stops the fetch at once, says nothing of it, and ends the turn', async () => {
    const cancel = new AbortController()
    const folders: string[] = []
    const fetch: Fetch = (_, { signal, folder }) => {
      folders.push(folder)
      return untilCancelled(signal)
    }
    const session = await openSession(fetch)
    const seen = (event: Event): void => void (event.type === 'notice' && setTimeout(() => cancel.abort(), 20))
    const events = await ask(session, A, { signal: cancel.signal, seen })
    expect(events.map(({ type }) => type)).toEqual(['notice', 'ask', 'end'])
    expect(events.at(-1)).toMatchObject({ status: 'cancelled', code: 'EASEL_CANCELLED' })
    expect(folders.some((folder) => existsSync(folder))).toBe(false)
    expect(await ask(session, 'still here?')).toHaveLength(3)
  })

  it('is done by the end of the session too', async () => {
    const started = Promise.withResolvers<void>()
    const fetch: Fetch = (_, { signal }) => {
      started.resolve()
      return untilCancelled(signal)
    }
    const session = await openSession(fetch)
    const fetching = session.fetch(A, new AbortController().signal)
    fetching.catch(() => undefined)
    await started.promise
    await services[0]?.deactivate(session.id)
    await expect(fetching).rejects.toMatchObject({ code: 'fetch_cancelled' })
  })
})

describe('a session that may not fetch', () => {
  it('says so, and goes on', async () => {
    const session = await openSession(false)
    const events = await ask(session, `${A} and ${B}`)
    expect(events.map(({ type }) => type)).toEqual(['notice', 'ask', 'message', 'end'])
    expect(notices(events)).toEqual([
      'Not fetched: example.org/a.png, example.org/b.png, as fetching is off (--no-fetch). Attach the files instead.',
    ])
    await expect(session.fetch(A, new AbortController().signal)).rejects.toMatchObject({
      code: 'fetch_off',
      message: 'Not fetched: example.org/a.png, as fetching is off (--no-fetch). Attach the file instead.',
    })
  })
})
