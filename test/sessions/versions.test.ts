// A data folder made by an older Easel still opens.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStore } from '../../sessions/sqlite/store.ts'
import { bring, DURATIONS, mustOpen } from './scene.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'easel-versions-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** The first version of the tables knew neither owners nor titles. */
function makeFirst(): void {
  const database = new DatabaseSync(join(folder, 'easel.db'))
  database.exec(
    'DROP INDEX session_owner; ALTER TABLE session DROP COLUMN owner; ALTER TABLE session DROP COLUMN title',
  )
  database.exec('ALTER TABLE tombstone DROP COLUMN owner; PRAGMA user_version = 1')
  database.close()
}

test('a store of the first version opens with its sessions, which then take a title', async () => {
  const store = await openStore({ folder })
  const session = await store.create(DURATIONS)
  await bring(session, 'a', 'abc')
  await store.close()
  makeFirst()
  const later = await openStore({ folder })
  const found = await later.find(session.id)
  expect(found).toMatchObject({ id: session.id, files: 1, bytes: 3 })
  expect([found?.owner, found?.title]).toEqual([undefined, undefined])
  expect(await later.rename(session.id, 'Old one')).toBe(true)
  expect((await mustOpen(later, session.id)).events).toHaveLength(1)
  expect(await later.list()).toMatchObject([{ title: 'Old one' }])
  await later.close()
})
