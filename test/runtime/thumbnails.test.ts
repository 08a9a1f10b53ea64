// Thumbnails: made once each, by one session's process at a time, in fair order, and evicted at a bound.
import { expect, test } from 'vitest'
import { defaultLimits } from '../../sandbox/limits.ts'
import type { Prepared } from '../../src/runner/shown-picture.ts'
import { createThumbnailCache } from '../../src/runtime/pictures/thumbnail-cache.ts'
import { createThumbnails, type ThumbnailDeps } from '../../src/runtime/pictures/thumbnails.ts'

const picture = (bytes = 10): Prepared => ({ content: new Uint8Array(bytes), mime: 'image/webp', width: 8, height: 6 })

/** Processes that record what they do; `show` answers. */
function scene(
  show: (name: string) => Promise<Prepared> | Prepared = () => picture(),
  more: Partial<ThumbnailDeps> = {},
) {
  const said: string[] = []
  const open: ThumbnailDeps['open'] = async (session) => {
    said.push(`open ${session}`)
    return {
      placeFile: async (name) => void said.push(`place ${session}/${name}`),
      show: async ({ names: [name = ''] }) => show(name),
      removeFile: async () => undefined,
      close: async () => void said.push(`close ${session}`),
    }
  }
  const thumbnails = createThumbnails({ limits: defaultLimits(), open, ...more })
  const of = (session: string, name: string, owner = session) =>
    thumbnails.of({ owner, session, name, hash: name, path: `/${name}` })
  return { said, thumbnails, of }
}

test('each is made once, however often and by how many it is asked for', async () => {
  const { said, thumbnails, of } = scene()
  const [one, same] = await Promise.all([of('s', 'a'), of('s', 'a')])
  expect(await of('s', 'a')).toBe(one)
  expect(same).toBe(one)
  await of('t', 'a')
  thumbnails.forget('s')
  await of('s', 'a')
  await thumbnails.close()
  expect(said.filter((what) => what.startsWith('place'))).toEqual(['place s/a', 'place t/a', 'place s/a'])
})

test('what has none is remembered too, but not what was only for want of time', async () => {
  let answers: Prepared[] = [{ problem: 'It is busy.', isTransient: true }, { problem: 'It is damaged.' }, picture()]
  const { thumbnails, of } = scene(() => answers.shift()!)
  await expect(of('s', 'a')).rejects.toMatchObject({ code: 'EASEL_THUMBNAILS_BUSY' })
  expect(await of('s', 'a')).toEqual({ problem: 'It is damaged.' })
  expect(await of('s', 'a')).toEqual({ problem: 'It is damaged.' })
  answers = []
  await thumbnails.close()
})

test('two sessions are served at once, each by a process of its own, and one with much to do lets others in', async () => {
  const { said, thumbnails, of } = scene()
  const many = ['one', 'two'].flatMap((session) => Array.from({ length: 30 }, (_, n) => of(session, `${n}`)))
  const others = ['a', 'b'].map((session) => of(session, 'x'))
  await Promise.all([...many, ...others])
  await thumbnails.close()
  const opened = said.filter((what) => what.startsWith('open'))
  expect(opened).toEqual(['open one', 'open two', 'open a', 'open b', 'open one', 'open two'])
  // A process is closed before the next one replaces it.
  let alive = 0
  for (const what of said) {
    alive += what.startsWith('open') ? 1 : what.startsWith('close') ? -1 : 0
    expect(alive).toBeLessThanOrEqual(2)
  }
  const before = said.slice(0, said.indexOf('open a')).filter((what) => what.startsWith('place one'))
  expect(before).toHaveLength(12)
})

test('an answer is not waited for without end, and then it is there', async () => {
  const done = Promise.withResolvers<Prepared>()
  const { thumbnails, of } = scene(() => done.promise, { waitMs: 1 })
  await expect(of('s', 'a')).rejects.toThrow('This server has many thumbnails to make. Ask again in a few seconds.')
  done.resolve(picture())
  await expect.poll(() => of('s', 'a').catch(() => undefined)).toEqual(picture())
  await thumbnails.close()
})

test('more than a session can have files are refused, and at the end nothing is left waiting', async () => {
  const never = Promise.withResolvers<Prepared>()
  const { said, thumbnails, of } = scene(() => never.promise)
  const asked = Array.from({ length: 302 }, (_, n) => of('s', `${n}`).catch(({ code }: { code: string }) => code))
  expect(await asked[301]).toBe('EASEL_THUMBNAILS_BUSY')
  const closed = thumbnails.close()
  expect(await Promise.all(asked.slice(1))).toEqual(Array.from({ length: 301 }, () => 'EASEL_THUMBNAILS_BUSY'))
  never.resolve(picture())
  await closed
  expect(said).toContain('close s')
  await expect(of('s', 'late')).rejects.toMatchObject({ code: 'EASEL_THUMBNAILS_BUSY' })
})

test('a process that cannot be started fails what it was for, and the next one is tried anew', async () => {
  let tries = 0
  const open = () => Promise.reject(new Error(`No process ${++tries}.`))
  const { thumbnails, of } = scene(undefined, { open, idleMs: 1 })
  await expect(of('s', 'a')).rejects.toThrow('No process 1.')
  await expect.poll(() => of('s', 'a').catch((error: Error) => error.message)).toBe('No process 2.')
  await thumbnails.close()
})

test('what expired just now is gone, and no fault of the server', async () => {
  const missing = Object.assign(new Error('no such file'), { code: 'ENOENT' })
  const maker = { placeFile: () => Promise.reject(missing), removeFile: async () => {}, close: async () => {} }
  const { thumbnails, of } = scene(undefined, { open: async () => ({ ...maker, show: async () => picture() }) })
  await expect(of('s', 'a')).rejects.toMatchObject({
    code: 'EASEL_STORE_NO_FILE',
    message: 'The content of this version is no longer stored.',
  })
  await thumbnails.close()
})

test('of those that are kept the one that was asked for longest ago goes first', () => {
  const cache = createThumbnailCache(4000)
  for (const key of ['s/a', 's/b', 's/c']) cache.set(key, picture(500))
  expect(cache.get('s/a')).toBeDefined()
  cache.set('t/d', picture(1000))
  expect(['s/a', 's/b', 's/c', 't/d'].map((key) => cache.get(key) !== undefined)).toEqual([true, false, true, true])
  cache.forget('s/')
  expect(['s/a', 's/c', 't/d'].map((key) => cache.get(key) !== undefined)).toEqual([false, false, true])
})

test('owners take turns, however many sessions one has, and who has all processes gives one up to who comes', async () => {
  const going = new Map<string, PromiseWithResolvers<void>>()
  const { said, of } = scene(async (name) => {
    const gate = Promise.withResolvers<void>()
    going.set(name, gate)
    await gate.promise
    return picture()
  })
  const end = async (name: string): Promise<void> => {
    await expect.poll(() => going.has(name)).toBe(true)
    going.get(name)!.resolve()
  }
  const greedy = ['a', 'b', 'c'].flatMap((session) => [1, 2, 3].map((n) => of(session, `${session}${n}`, 'greedy')))
  await expect.poll(() => going.size).toBe(2)
  const late = of('z', 'z1', 'newcomer')
  // One picture of one of the two is made; then the newcomer is served before the rest of that session's or any
  // other's.
  await end('a1')
  await end('z1')
  await late
  expect(said.filter((line) => line.startsWith('open'))).toEqual(['open a', 'open b', 'open z'])
  const others = ['b1', 'b2', 'b3', 'c1', 'c2', 'c3', 'a2', 'a3']
  await Promise.all([...others.map(end), ...greedy])
})
