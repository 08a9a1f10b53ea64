// What every store does with the labels that interfaces put on a session: its owner and its title.
import { expect, test } from 'vitest'
import type { StoreScene } from './conformance.ts'
import { bring, DURATIONS, HOUR } from './scene.ts'

/** Tests for `describeStore`. */
export function describeLabels({ openStore, clock }: StoreScene): void {
  test('a session keeps its owner and its title in other stores, and has neither if none was said', async () => {
    const [one, two] = [await openStore(), await openStore()]
    const session = await one.create(DURATIONS, { owner: 'ada', title: 'Portraits' })
    const nobodys = await one.create(DURATIONS)
    expect(await two.find(session.id)).toMatchObject({ id: session.id, owner: 'ada', title: 'Portraits', inUse: true })
    const plain = await two.find(nobodys.id)
    expect([plain?.owner, plain?.title]).toEqual([undefined, undefined])
    expect(await two.find('unknown')).toBeUndefined()
  })

  test("the sessions of one owner are listed, and nobody else's", async () => {
    const store = await openStore()
    const first = await store.create(DURATIONS, { owner: 'ada' })
    clock().move(1)
    const second = await store.create(DURATIONS, { owner: 'ada' })
    await store.create(DURATIONS, { owner: 'bob' })
    await store.create(DURATIONS)
    expect((await store.list('ada')).map(({ id }) => id)).toEqual([second.id, first.id])
    expect(await store.list('eve')).toEqual([])
    expect(await store.list()).toHaveLength(4)
  })

  test('a session is renamed while another uses it, and that is no activity', async () => {
    const [one, two] = [await openStore(), await openStore()]
    const session = await one.create(DURATIONS, { title: 'old' })
    const { activeAt } = session.info()
    clock().move(HOUR / 2)
    expect(await two.rename(session.id, '新名')).toBe(true)
    expect(await one.find(session.id)).toMatchObject({ title: '新名', activeAt })
    expect((await one.list()).map(({ title }) => title)).toEqual(['新名'])
    expect((await two.read(session.id))?.info.title).toBe('新名')
    expect(await two.rename('unknown', 'x')).toBe(false)
  })

  test('what is found of a session has its figures', async () => {
    const store = await openStore()
    const session = await store.create(DURATIONS)
    await bring(session, 'a', 'abc')
    expect(await store.find(session.id)).toMatchObject({ files: 1, bytes: 3, events: 1, state: 'living' })
    await session.release()
    clock().move(26 * HOUR)
    expect(await store.find(session.id)).toBeUndefined()
  })

  test('a tombstone remembers the owner', async () => {
    const store = await openStore()
    const session = await store.create(DURATIONS, { owner: 'ada' })
    await bring(session, 'a', 'abc')
    await session.release()
    clock().move(26 * HOUR)
    expect(await store.open(session.id)).toMatchObject({ status: 'gone', tombstone: { owner: 'ada', files: ['a'] } })
  })
}
