// What every store does as time passes: idle, expired, swept, remembered by a tombstone.
import { expect, test } from 'vitest'
import type { StoreScene } from './conformance.ts'
import { bring, DURATIONS, fileOf, HOUR, mustOpen, printOf, resultOf } from './scene.ts'

/** Tests for `describeStore`. */
export function describeTime({ openStore, clock }: StoreScene): void {
  test('a session falls idle, then expires; activity renews it, opening alone does not', async () => {
    const store = await openStore()
    const session = await store.create({ idleMs: 1000, retentionMs: 5000 })
    expect(session.info()).toMatchObject({ state: 'living', leftMs: 6000, expiresAt: clock().now() + 6000 })
    clock().move(1000)
    expect(session.info()).toMatchObject({ state: 'idle', leftMs: 5000 })
    await session.append(printOf('active'))
    expect(session.info()).toMatchObject({ state: 'living', leftMs: 6000 })
    clock().move(5999)
    await session.release()
    const again = await mustOpen(store, session.id)
    expect(again.info()).toMatchObject({ state: 'idle', leftMs: 1 })
    await again.touch()
    expect(again.info()).toMatchObject({ state: 'living', leftMs: 6000 })
    await again.release()
    expect(await store.list()).toMatchObject([{ state: 'living', leftMs: 6000 }])
    clock().move(6000)
    expect(await store.list()).toEqual([])
    expect(await store.read(session.id)).toBeUndefined()
  })

  test('what has expired is swept, and a tombstone names its files and variables for 30 days', async () => {
    const store = await openStore()
    const session = await store.create(DURATIONS)
    await bring(session, 'in.png', 'in')
    await session.append([
      fileOf('out.gif', await session.putFile('out.gif', Buffer.from('out'))),
      resultOf(1, ['photo', 'frames']),
    ])
    await session.append([resultOf(2, ['never'], 'threw'), resultOf(3, ['frames', 'late'])])
    await session.release()
    clock().move(25 * HOUR)
    expect(await store.sweep()).toMatchObject({ sessions: 1, blobs: 2 })
    const tombstone = {
      id: session.id,
      expiredAt: clock().now(),
      files: ['in.png', 'out.gif'],
      variables: ['photo', 'frames', 'late'],
    }
    expect(await store.open(session.id)).toEqual({ status: 'gone', tombstone })
    clock().move(30 * 24 * HOUR - 1)
    expect((await store.open(session.id)).status).toBe('gone')
    clock().move(1)
    expect(await store.sweep()).toEqual({ sessions: 0, tombstones: 1, blobs: 0 })
    expect(await store.open(session.id)).toEqual({ status: 'unknown' })
  })

  test('an expired session is gone for who opens it, swept or not', async () => {
    const store = await openStore()
    const session = await store.create(DURATIONS)
    await bring(session, 'a', 'abc')
    await session.release()
    clock().move(25 * HOUR)
    expect(await store.open(session.id)).toMatchObject({ status: 'gone', tombstone: { files: ['a'] } })
    expect((await store.size()).bytes).toBeLessThan(1_000_000)
  })

  test('with retention 0 nothing outlives the reset, not even a tombstone', async () => {
    const store = await openStore()
    const session = await store.create({ idleMs: 1000, retentionMs: 0 })
    await bring(session, 'a', 'abc')
    await session.release()
    clock().move(1000)
    expect(await store.sweep()).toMatchObject({ sessions: 1, blobs: 1 })
    expect(await store.open(session.id)).toEqual({ status: 'unknown' })
  })

  test('a session in use is never swept', async () => {
    const [one, two] = [await openStore(), await openStore()]
    const session = await one.create({ idleMs: 1, retentionMs: 0 })
    clock().move(40 * 24 * HOUR)
    expect(await two.sweep()).toMatchObject({ sessions: 0 })
    await bring(session, 'a', 'alive')
    expect(session.info().leftMs).toBe(1)
    expect(await two.list()).toMatchObject([{ id: session.id, files: 1 }])
  })

  test('durations are the session’s own, and can be changed', async () => {
    const store = await openStore()
    const session = await store.create({ idleMs: 1000, retentionMs: 1000 })
    await session.setDurations({ retentionMs: 9000 })
    await session.release()
    clock().move(9999)
    const again = await mustOpen(store, session.id)
    expect(again.info()).toMatchObject({ idleMs: 1000, retentionMs: 9000, leftMs: 1 })
    await expect(again.setDurations({ idleMs: -1 })).rejects.toThrow(
      'idleMs must be whole milliseconds from 0 to ten years, not -1.',
    )
    await expect(store.create({ idleMs: 0.5, retentionMs: 0 })).rejects.toThrow(RangeError)
  })

  test('another start sweeps what has expired by itself', async () => {
    const first = await openStore()
    const session = await first.create({ idleMs: 1, retentionMs: 1 })
    await bring(session, 'a', 'abc')
    await first.close()
    clock().move(2)
    const second = await openStore()
    await second.close()
    const third = await openStore()
    expect(await third.sweep()).toEqual({ sessions: 0, tombstones: 0, blobs: 0 })
    expect((await third.open(session.id)).status).toBe('gone')
  })
}
