// The embedded store's data folder: its permissions, its contents, and the error for an unusable folder.
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { defaultDataFolder } from '../../sessions/blobs/data-folder.ts'
import { openStore } from '../../sessions/sqlite/store.ts'
import { bring, createClock, DURATIONS, HOUR, mustOpen, printOf, resultOf } from './scene.ts'

let home: string
let folder: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'easel-folder-'))
  folder = join(home, 'deep', 'data')
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

const contents = (): string => {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return files.map((file) => `${file.name} ${readFileSync(join(file.parentPath, file.name), 'latin1')}`).join('\n')
}

test('only the owner can enter the folder and read what is in it', async () => {
  const store = await openStore({ folder })
  await bring(await store.create(DURATIONS), 'a', 'abc')
  const mode = (...path: string[]): string => (statSync(join(folder, ...path)).mode & 0o777).toString(8)
  expect([mode(), mode('blobs'), mode('temp'), mode('locks')]).toEqual(['700', '700', '700', '700'])
  expect([mode('easel.db'), mode('easel.db-wal'), mode('easel.db-shm')]).toEqual(['600', '600', '600'])
  expect(mode('blobs', readdirSync(join(folder, 'blobs'))[0]!)).toBe('400')
  await store.close()
})

test('a folder that cannot be made is said at once, also below /proc', async () => {
  writeFileSync(join(home, 'file'), '')
  const below = openStore({ folder: join(home, 'file', 'data') })
  await expect(below).rejects.toMatchObject({ code: 'EASEL_STORE_FOREIGN' })
  if (process.platform !== 'linux') return
  await expect(openStore({ folder: '/proc/nothing/here' })).rejects.toMatchObject({
    code: 'EASEL_STORE_FAILED',
    message:
      'The data folder /proc/nothing/here cannot be made or opened (ENOENT). Choose another with --data or EASEL_DATA.',
  })
})

test('a folder with other things in it keeps its mode and them', async () => {
  mkdirSync(folder, { recursive: true })
  chmodSync(folder, 0o755)
  writeFileSync(join(folder, 'mine.txt'), 'mine')
  await (await openStore({ folder })).close()
  expect((statSync(folder).mode & 0o777).toString(8)).toBe('755')
  expect(readFileSync(join(folder, 'mine.txt'), 'utf8')).toBe('mine')
})

test('no name of a file or of a session is a name on the disk', async () => {
  const store = await openStore({ folder })
  const session = await store.create(DURATIONS)
  await bring(session, '../../escape', 'abc')
  const names = readdirSync(home, { recursive: true }).map(String)
  for (const name of names)
    expect(name).toMatch(
      /^deep(\/data(\/(blobs(\/[0-9a-f]{64})?|temp|spare|locks(\/[0-9a-f]{16})?|easel\.db(-wal|-shm)?))?)?$/,
    )
  await store.close()
})

test('with retention 0 no byte of the session can be found in the folder after the sweep, even while it is open', async () => {
  const clock = createClock()
  const store = await openStore({ folder, now: clock.now })
  const session = await store.create({ idleMs: 1, retentionMs: 0 })
  await bring(session, 'secret-name', 'secret-content')
  await session.append([printOf(`secret-print ${'x'.repeat(9000)}`), resultOf(1, ['secretVariable'])])
  await session.release()
  expect(contents()).toContain('secret-name')
  clock.move(1)
  await store.sweep()
  expect(contents()).not.toContain('secret')
  expect(contents()).not.toContain(session.id)
  await store.close()
})

test('a database that is another program’s, or none, is left alone', async () => {
  mkdirSync(folder, { recursive: true })
  const message = `The file easel.db in the data folder ${folder} is not a database of Easel. Choose another folder with --data, or move that file away.`
  writeFileSync(join(folder, 'easel.db'), 'not a database, but long enough to have a header of one'.repeat(20))
  await expect(openStore({ folder })).rejects.toMatchObject({ code: 'EASEL_STORE_FOREIGN', message })
  rmSync(join(folder, 'easel.db'))
  const other = new DatabaseSync(join(folder, 'easel.db'))
  other.exec('CREATE TABLE theirs (a)')
  await expect(openStore({ folder })).rejects.toMatchObject({ code: 'EASEL_STORE_FOREIGN', message })
  expect(other.prepare('SELECT name FROM sqlite_schema').all()).toEqual([{ name: 'theirs' }])
  other.close()
})

test('a folder of a newer Easel says so', async () => {
  await (await openStore({ folder })).close()
  const database = new DatabaseSync(join(folder, 'easel.db'))
  database.exec('PRAGMA user_version = 99')
  database.close()
  await expect(openStore({ folder })).rejects.toMatchObject({
    code: 'EASEL_STORE_NEWER',
    message: `The data folder ${folder} was written by a newer Easel (version 99 of its tables; this one knows 2). Update Easel, or choose another folder with --data.`,
  })
})

test('a damaged database says so, and where the files are', async () => {
  const store = await openStore({ folder })
  const session = await store.create(DURATIONS)
  await session.append(Array.from({ length: 200 }, () => printOf('x'.repeat(500))))
  await store.close()
  const path = join(folder, 'easel.db')
  const bytes = readFileSync(path)
  bytes.fill(0xff, 4096 * 2, bytes.length)
  writeFileSync(path, bytes)
  const use = async (): Promise<void> => {
    const broken = await openStore({ folder })
    await mustOpen(broken, session.id).finally(() => broken.close())
  }
  await expect(use()).rejects.toMatchObject({
    code: 'EASEL_STORE_CORRUPT',
    message: expect.stringMatching(
      /^The database in the data folder .* is damaged \(.*\). Move the folder away, or choose another with --data; the files in its "blobs" folder are whole.$/,
    ),
  })
})

test('a write-ahead log cut in the middle of a transaction opens at the last whole one', async () => {
  const store = await openStore({ folder })
  const session = await store.create(DURATIONS)
  await session.append(printOf('whole'))
  const size = statSync(join(folder, 'easel.db-wal')).size
  await session.append(Array.from({ length: 50 }, (_, i) => printOf(`cut ${i} ${'x'.repeat(500)}`)))
  const copy = join(home, 'copy')
  mkdirSync(copy)
  for (const name of ['easel.db', 'easel.db-wal']) writeFileSync(join(copy, name), readFileSync(join(folder, name)))
  truncateSync(join(copy, 'easel.db-wal'), size + 9000)
  await store.close()
  const cut = await openStore({ folder: copy })
  expect((await mustOpen(cut, session.id)).events).toEqual([printOf('whole')])
  await cut.close()
})

test('a session held by a crashed program of another day is taken over at once', async () => {
  const store = await openStore({ folder })
  const { id } = await store.create(DURATIONS)
  await store.close()
  const database = new DatabaseSync(join(folder, 'easel.db'))
  database.exec(
    `INSERT INTO instance VALUES ('00112233445566aa', ${process.pid}, 0); UPDATE session SET lease = '00112233445566aa'`,
  )
  database.close()
  writeFileSync(join(folder, 'locks', '00112233445566aa'), '')
  writeFileSync(join(folder, 'temp', '00112233445566aa-left'), 'left')
  mkdirSync(join(folder, 'temp', '00112233445566aa-folder'))
  writeFileSync(join(folder, 'temp', '00112233445566aa-folder', 'left'), 'left')
  const next = await openStore({ folder })
  await mustOpen(next, id)
  await next.sweep()
  expect(readdirSync(join(folder, 'temp'))).toEqual([])
  await next.close()
})

test('bytes that no row knows are found once a day', async () => {
  const clock = createClock()
  const store = await openStore({ folder, now: clock.now })
  await store.sweep()
  const kept = await bring(await store.create({ idleMs: 100 * HOUR, retentionMs: 0 }), 'a', 'abc')
  writeFileSync(join(folder, 'blobs', 'ab'.repeat(32)), 'orphan')
  writeFileSync(join(folder, 'blobs', 'readme'), 'not ours')
  clock.move(24 * HOUR)
  expect(await store.sweep()).toMatchObject({ blobs: 1 })
  expect(readdirSync(join(folder, 'blobs')).sort()).toEqual([kept.hash, 'readme'].sort())
  await store.close()
})

test('a folder that is a file, or whose rooms are links, is refused with a sentence', async () => {
  writeFileSync(join(home, 'file'), '')
  const foreign = (code: string, path: string) => ({
    code: 'EASEL_STORE_FOREIGN',
    message: `The data folder ${path} cannot be used: the path of the folder or of one of its subfolders is taken by something else (${code}). Choose another with --data.`,
  })
  await expect(openStore({ folder: join(home, 'file') })).rejects.toMatchObject(foreign('EEXIST', join(home, 'file')))
  await expect(openStore({ folder: join(home, 'file', 'x') })).rejects.toMatchObject(
    foreign('ENOTDIR', join(home, 'file', 'x')),
  )
  mkdirSync(folder, { recursive: true })
  symlinkSync(home, join(folder, 'blobs'))
  await expect(openStore({ folder })).rejects.toMatchObject({ code: 'EASEL_STORE_FOREIGN' })
})

test('the default folder follows the platform', () => {
  expect(defaultDataFolder({ XDG_DATA_HOME: '/x' }, 'linux')).toBe('/x/easel')
  expect(defaultDataFolder({ XDG_DATA_HOME: 'relative' }, 'linux')).toMatch(/\/\.local\/share\/easel$/)
  expect(defaultDataFolder({}, 'darwin')).toMatch(/\/Library\/Application Support\/easel$/)
})
