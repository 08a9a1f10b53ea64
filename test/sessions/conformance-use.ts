// What every store does for concurrent programs: one at a time has a session open, the others may read.
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import type { StoreScene } from './conformance.ts'
import { bring, DURATIONS, HOUR, mustOpen, printOf } from './scene.ts'

/** Tests for `describeStore`. */
export function describeUse({ openStore, clock }: StoreScene): void {
  test('a session in use twice at once is a clear error, also in another store, until it is released', async () => {
    const [one, two] = [await openStore(), await openStore()]
    const session = await one.create(DURATIONS)
    for (const store of [one, two]) {
      const inUse = {
        code: 'EASEL_SESSION_IN_USE',
        message: expect.stringContaining(`The session ${session.id} is in use `),
      }
      await expect(store.open(session.id)).rejects.toMatchObject(inUse)
      await expect(store.remove(session.id)).rejects.toMatchObject(inUse)
    }
    expect(await two.list()).toMatchObject([{ id: session.id, inUse: true }])
    await session.release()
    const again = await mustOpen(two, session.id)
    await expect(one.open(session.id)).rejects.toMatchObject({ code: 'EASEL_SESSION_IN_USE' })
    await again.append(printOf('b'))
  })

  test('a released session takes nothing any more', async () => {
    const session = await (await openStore()).create(DURATIONS)
    const late = session.append(printOf('under way'))
    await session.release()
    await late
    const released = { code: 'EASEL_SESSION_RELEASED', message: `The session ${session.id} is no longer open here.` }
    await expect(session.append(printOf('x'))).rejects.toMatchObject(released)
    await expect(session.putFile('a', Buffer.from('a'))).rejects.toMatchObject(released)
    expect(session.info().inUse).toBe(false)
  })

  test('a session can be read while another uses it', async () => {
    const [one, two] = [await openStore(), await openStore()]
    const session = await one.create(DURATIONS)
    const { hash } = await bring(session, 'a', 'readable')
    const view = await two.read(session.id)
    expect((await view!.whole()).events).toEqual(session.events)
    expect(view?.info).toMatchObject({ inUse: true, files: 1, bytes: 8, events: 1 })
    expect(await readFile(await view!.pathOf(hash), 'utf8')).toBe('readable')
    expect(await two.read('unknown')).toBeUndefined()
  })

  test('sessions are listed with their figures, the last active first', async () => {
    const store = await openStore()
    const [one, two] = [await store.create(DURATIONS), await store.create({ idleMs: 5, retentionMs: 10 * HOUR })]
    clock().move(6)
    await bring(one, 'a', 'abc')
    expect(
      (await store.list()).map(({ id, state, files, bytes, leftMs }) => ({ id, state, files, bytes, leftMs })),
    ).toEqual([
      { id: one.id, state: 'living', files: 1, bytes: 3, leftMs: 25 * HOUR },
      { id: two.id, state: 'idle', files: 0, bytes: 0, leftMs: 10 * HOUR - 1 },
    ])
  })

  test('remove deletes a session without a trace, and a tombstone', async () => {
    const store = await openStore()
    const [one, two] = [await store.create(DURATIONS), await store.create(DURATIONS)]
    await bring(one, 'a', 'abc')
    await Promise.all([one.release(), two.release()])
    expect(await store.remove(one.id)).toBe(true)
    expect(await store.open(one.id)).toEqual({ status: 'unknown' })
    clock().move(26 * HOUR)
    expect((await store.open(two.id)).status).toBe('gone')
    expect(await store.remove(two.id)).toBe(true)
    expect(await store.open(two.id)).toEqual({ status: 'unknown' })
    expect(await store.remove(two.id)).toBe(false)
  })
}
