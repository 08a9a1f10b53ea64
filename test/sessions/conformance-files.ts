// What every store does with files: stores them by hash under any name; lists, undoes and deletes versions.
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { StoreScene } from './conformance.ts'
import { bring, DURATIONS, fileOf, mustOpen, uploadOf } from './scene.ts'

/** Tests for `describeStore`. */
export function describeFiles({ openStore }: StoreScene): void {
  test('a file is found again by its hash with the same bytes, whatever its name is', async () => {
    const first = await openStore()
    const session = await first.create(DURATIONS)
    const names = ['../../etc/passwd', 'a\0b', '/abs', 'CON', '名 "字".png', 'x'.repeat(1000), '.', '\u00e9', 'e\u0301']
    for (const name of names) await bring(session, name, `bytes of ${name}`)
    await first.close()
    const again = await mustOpen(await openStore(), session.id)
    expect(again.currentFiles().map((file) => file.name)).toEqual(names)
    for (const { name, hash } of again.currentFiles()) {
      expect(await readFile(await again.pathOf(hash!), 'utf8')).toBe(`bytes of ${name}`)
    }
  })

  test('a file may be empty, and twins are kept once', async () => {
    const session = await (await openStore()).create(DURATIONS)
    const empty = await bring(session, 'empty', '')
    expect(empty).toEqual({ hash: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', bytes: 0 })
    const [one, two] = [await bring(session, 'one', 'same'), await bring(session, 'two', 'same')]
    expect(one).toEqual(two)
    expect(session.info()).toMatchObject({ files: 3, bytes: 4 })
  })

  test('a file is taken from a path; links, folders and missing ones are refused', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'easel-source-'))
    const path = join(folder, 'a')
    const bytes = Buffer.alloc(700_001, 'ab')
    await writeFile(path, bytes)
    await symlink(path, join(folder, 'link'))
    const session = await (await openStore()).create(DURATIONS)
    const file = await session.putFile('a', { path, follow: false })
    expect(file.bytes).toBe(700_001)
    expect((await readFile(await session.pathOf(file.hash))).equals(bytes)).toBe(true)
    expect(await session.putFile('b', { path: join(folder, 'link'), follow: true })).toEqual(file)
    const refused = { code: 'EASEL_FILE_SOURCE' }
    await expect(session.putFile('b', { path: join(folder, 'link'), follow: false })).rejects.toMatchObject(refused)
    await expect(session.putFile('b', { path: join(folder, 'none'), follow: true })).rejects.toMatchObject(refused)
    const noFile = { ...refused, message: '"my folder" is not a regular file.' }
    await expect(session.putFile('my folder', { path: folder, follow: true })).rejects.toMatchObject(noFile)
    await rm(folder, { recursive: true })
  })

  test('a file that nobody writes any more may be given twice, and its path stays the caller’s', async () => {
    const store = await openStore()
    const session = await store.create(DURATIONS)
    const folder = await store.temporaryFolder()
    const [path, link] = [join(folder, 'a'), join(folder, 'link')]
    await writeFile(path, 'as it is')
    await symlink(path, link)
    const final = { path, follow: false, isFinal: true }
    const file = await session.putFile('a', final)
    expect(await session.putFile('b', final)).toEqual(file)
    expect(await session.putFile('c', { ...final, path: link, follow: true })).toEqual(file)
    await expect(session.putFile('d', { ...final, path: link })).rejects.toMatchObject({ code: 'EASEL_FILE_SOURCE' })
    expect(await readFile(path, 'utf8')).toBe('as it is')
    await rm(folder, { recursive: true })
    expect(await readFile(await session.pathOf(file.hash), 'utf8')).toBe('as it is')
    for (const _ of 'abc') await session.discard(file.hash)
    await expect(session.pathOf(file.hash)).rejects.toMatchObject({ code: 'EASEL_STORE_NO_FILE' })
  })

  test('bytes are another session’s only if it put them itself', async () => {
    const store = await openStore()
    const { hash, bytes } = await bring(await store.create(DURATIONS), 'a', 'secret')
    const other = await store.create(DURATIONS)
    const missing = { code: 'EASEL_STORE_NO_FILE', message: `The session holds no file with the hash "${hash}".` }
    await expect(other.pathOf(hash)).rejects.toMatchObject(missing)
    await expect(other.append(uploadOf('a', { hash, bytes }))).rejects.toMatchObject(missing)
    await expect(other.pathOf('../../easel.db')).rejects.toMatchObject({ code: 'EASEL_STORE_NO_FILE' })
    expect(other.events).toEqual([])
  })

  test('bytes that no event named are gone after release or discard', async () => {
    const store = await openStore()
    const session = await store.create(DURATIONS)
    const { hash } = await session.putFile('a', Buffer.from('left'))
    const other = await session.putFile('b', Buffer.from('discarded'))
    await session.discard(other.hash)
    await expect(session.append(uploadOf('b', other))).rejects.toMatchObject({ code: 'EASEL_STORE_NO_FILE' })
    await session.release()
    const again = await mustOpen(store, session.id)
    await expect(again.pathOf(hash)).rejects.toMatchObject({ code: 'EASEL_STORE_NO_FILE' })
    expect(again.info().bytes).toBe(0)
  })
}

/** Tests for `describeStore`. */
export function describeVersions({ openStore }: StoreScene): void {
  test('every version of a file is listed, undo brings the previous one back, and again', async () => {
    const store = await openStore()
    const session = await store.create(DURATIONS)
    await bring(session, 'a.txt', 'one')
    for (const text of ['two', 'three']) {
      await session.append(fileOf('a.txt', await session.putFile('a.txt', Buffer.from(text))))
    }
    const currentText = async (): Promise<string> => {
      const [file] = session.currentFiles()
      return file ? readFile(await session.pathOf(file.hash!), 'utf8') : 'none'
    }
    expect(session.versions('a.txt').map(({ version, cell, current }) => [version, cell, current])).toEqual([
      [1, undefined, false],
      [2, 1, false],
      [3, 1, true],
    ])
    await session.append(session.undoOf('a.txt')!)
    expect(await currentText()).toBe('two')
    await session.append(fileOf('a.txt', await session.putFile('a.txt', Buffer.from('four')), 2))
    expect(session.undoOf('a.txt')).toEqual({ type: 'undo', name: 'a.txt', version: 2 })
    await session.append(session.undoOf('a.txt')!)
    await session.append(session.undoOf('a.txt')!)
    expect(await currentText()).toBe('one')
    expect(session.undoOf('a.txt')).toBeUndefined()
    await session.release()
    expect((await mustOpen(store, session.id)).currentFiles()).toMatchObject([{ version: 1 }])
  })

  test('undo takes a made file away, and brings a removed one back', async () => {
    const session = await (await openStore()).create(DURATIONS)
    await session.append(fileOf('a', await session.putFile('a', Buffer.from('a'))))
    expect(session.undoOf('a')).toEqual({ type: 'undo', name: 'a', version: 0 })
    await session.append({ type: 'removed', cell: 2, name: 'a' })
    expect(session.currentFiles()).toEqual([])
    await session.append(session.undoOf('a')!)
    expect(session.currentFiles()).toMatchObject([{ name: 'a', version: 1 }])
    expect(session.undoOf('never')).toBeUndefined()
  })

  test('old versions can be given up: uploads and what is current stay', async () => {
    const session = await (await openStore()).create(DURATIONS)
    await bring(session, 'in', 'upload')
    for (const text of ['first out', 'second out', 'upload', 'last']) {
      await session.append(fileOf('out', await session.putFile('out', Buffer.from(text))))
    }
    expect(await session.dropOldVersions()).toEqual({ versions: 2, bytes: 19 })
    expect(session.info().bytes).toBe('upload'.length + 'last'.length)
    const [first] = session.versions('out')
    await expect(session.pathOf(first!.hash!)).rejects.toMatchObject({ code: 'EASEL_STORE_NO_FILE' })
    await session.append(session.undoOf('out')!)
    expect(session.undoOf('out')).toBeUndefined()
  })
  test('what a model was shown is kept: with the session, not with the versions of a file', async () => {
    const store = await openStore()
    const session = await store.create(DURATIONS)
    await session.append(fileOf('out', await session.putFile('out', Buffer.from('shown as it is'))))
    const [small, same] = [await session.putFile('out', Buffer.from('small')), session.versions('out')[0]!]
    const facts = { detail: 'low', mime: 'image/png', width: 1, height: 1, tokens: 85 } as const
    const shown = { ...facts, names: ['out'] }
    const pictures = [small, { hash: same.hash!, bytes: same.bytes }].map((file) => ({ ...shown, ...file }))
    await session.append({ type: 'look', pictures, problems: [] })
    await session.append(fileOf('out', await session.putFile('out', Buffer.from('other'))))
    expect(await session.dropOldVersions()).toEqual({ versions: 0, bytes: 0 })
    expect(session.info().bytes).toBe('shown as it is'.length + 'small'.length + 'other'.length)
    await session.release()
    await store.sweep()
    const again = await mustOpen(store, session.id)
    expect(await again.dropOldVersions()).toEqual({ versions: 0, bytes: 0 })
    for (const [i, text] of ['small', 'shown as it is'].entries())
      expect(await readFile(await again.pathOf(pictures[i]!.hash), 'utf8')).toBe(text)
    const unknown = { ...shown, hash: 'f'.repeat(64), bytes: 1 }
    await expect(again.append({ type: 'look', pictures: [unknown], problems: [] })).rejects.toMatchObject({
      code: 'EASEL_STORE_NO_FILE',
    })
  })
}
