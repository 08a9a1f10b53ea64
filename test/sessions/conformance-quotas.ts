// What every store refuses, naming the limit and the actual figure.
import { expect, test } from 'vitest'
import type { Event } from '../../sessions/event.ts'
import type { StoreLimits } from '../../sessions/quota.ts'
import type { StoreScene } from './conformance.ts'
import { bring, cardOf, DURATIONS, fileOf, printOf } from './scene.ts'

/** Tests for `describeStore`. */
export function describeQuotas({ openStore }: StoreScene): void {
  const quota = async (limits: Partial<StoreLimits>) => (await openStore(limits)).create(DURATIONS)

  test('a file over the limit is refused, and names limit and actual', async () => {
    const session = await quota({ fileBytes: 1000 })
    await bring(session, 'fits', 'x'.repeat(1000))
    await expect(session.putFile('too large', Buffer.alloc(1001))).rejects.toMatchObject({
      code: 'EASEL_LIMIT_FILE_BYTES',
      message: 'The file "too large" has 1,001 bytes; the limit is 1,000. Make it smaller.',
    })
    expect(session.info().bytes).toBe(1000)
  })

  test('a session has so many bytes, older versions included, and can make room', async () => {
    const session = await quota({ sessionBytes: 1000 })
    await bring(session, 'in', 'x'.repeat(400))
    await session.append(fileOf('out', await session.putFile('out', Buffer.alloc(300, 'a'))))
    await session.append(fileOf('out', await session.putFile('out', Buffer.alloc(300, 'b'))))
    expect((await session.putFile('twin', Buffer.alloc(300, 'b'))).bytes).toBe(300)
    await expect(session.putFile('more', Buffer.alloc(1))).rejects.toMatchObject({
      code: 'EASEL_LIMIT_SESSION',
      message:
        'With "more" the session would have 1,001 bytes; the limit is 1,000. 300 bytes of it are older versions of files.',
    })
    await session.dropOldVersions()
    await session.putFile('more', Buffer.alloc(300, 'c'))
    await expect(session.putFile('pending counts', Buffer.alloc(1))).rejects.toMatchObject({
      code: 'EASEL_LIMIT_SESSION',
    })
  })

  test('a session has so many files; a new version is no new file', async () => {
    const session = await quota({ sessionFiles: 2 })
    await bring(session, 'a', '1')
    await bring(session, 'b', '2')
    const refused = {
      code: 'EASEL_LIMIT_FILES',
      message: 'With "c" the session would have 3 files; the limit is 2. Remove one, or start a new session.',
    }
    await expect(session.putFile('c', Buffer.from('3'))).rejects.toMatchObject(refused)
    await bring(session, 'a', '3')
    const twin = session.versions('a')[1]!
    const third: Event = { type: 'upload', name: 'c', hash: twin.hash, card: cardOf(1) }
    await expect(session.append(third)).rejects.toMatchObject(refused)
    await session.append([{ type: 'removed', cell: 1, name: 'b' }, third])
    expect(session.currentFiles().map((file) => file.name)).toEqual(['a', 'c'])
  })

  test('a journal has so many bytes', async () => {
    const session = await quota({ journalBytes: 200 })
    await session.append(printOf('x'.repeat(100)))
    await expect(session.append(printOf('x'.repeat(100)))).rejects.toMatchObject({
      code: 'EASEL_LIMIT_JOURNAL',
      message: 'The journal of the session would have 306 bytes; the limit is 200. Start a new session.',
    })
    expect(session.events).toHaveLength(1)
  })

  test('the whole store has so many bytes, and takes more when some are gone', async () => {
    const store = await openStore({ folderBytes: 1_000_000 })
    const [one, two] = [await store.create(DURATIONS), await store.create(DURATIONS)]
    await bring(one, 'a', 'x'.repeat(700_000))
    expect((await bring(two, 'twin', 'x'.repeat(700_000))).bytes).toBe(700_000)
    const more = Buffer.alloc(400_000, 'y')
    await expect(two.putFile('b', more)).rejects.toMatchObject({
      code: 'EASEL_LIMIT_FOLDER',
      message: expect.stringMatching(
        /^With "b" the data folder would have 1,\d\d\d,\d\d\d bytes; the limit is 1,000,000. Remove sessions with "easel sessions rm ID".$/,
      ),
    })
    for (const session of [one, two]) await session.release()
    for (const session of [one, two]) await store.remove(session.id)
    await (await store.create(DURATIONS)).putFile('b', more)
    expect((await store.size()).bytes).toBeGreaterThanOrEqual(400_000)
  })
}
