// An upload is stored, then placed in the sandbox, then journaled; one that fails on the way leaves nothing.
import { mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { FileInfo } from '../../sandbox/protocol.ts'
import { defaultLimits, type Limits } from '../../sandbox/limits.ts'
import { openStore } from '../../sessions/sqlite/store.ts'
import type { StoredSession, SessionStore } from '../../sessions/store.ts'
import type { Sandbox } from '../../src/runner/sandbox.ts'
import type { RuntimeHandle } from '../../src/runtime/lazy-runtime.ts'
import { createSessionFiles } from '../../src/runtime/session-files.ts'
import { cardOf, DURATIONS } from '../sessions/scene.ts'

let folder: string
let store: SessionStore
let stored: StoredSession
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'easel-uploads-'))
  store = await openStore({ folder: join(folder, 'data') })
  stored = await store.create(DURATIONS)
})
afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

/** The files of a session whose sandbox answers uploads like this, and what it was asked. */
function filesWith(
  upload: (path: string, stored?: { readonly mtime: number | undefined }) => Promise<FileInfo>,
  limits: Partial<Limits> = {},
) {
  const asked: string[] = []
  const sandbox: Pick<Sandbox, 'upload' | 'removeFile'> = {
    upload(name, path, where) {
      asked.push(`upload ${name}`)
      return upload(path, where)
    },
    removeFile: async (name) => void asked.push(`remove ${name}`),
  }
  const runtime = { get: async () => ({ sandbox, variables: { files: async () => {} } }), isClosed: false }
  const files = createSessionFiles(stored, runtime as unknown as RuntimeHandle, { ...defaultLimits(), ...limits })
  return { asked, upload: files.upload }
}

/** A file that nobody writes any more. */
function finalFile(text: string): { path: string; isFinal: true } {
  const path = join(folder, 'final')
  writeFileSync(path, text)
  return { path, isFinal: true }
}

test('the sandbox gets the stored bytes, which are the file itself where it is final', async () => {
  let placed = ''
  const { upload, asked } = filesWith(async (path) => {
    placed = path
    return cardOf(4)
  })
  const { path, isFinal } = finalFile('text')
  const event = await upload({ name: 'e\u0301.txt', path, isFinal })
  expect(event).toMatchObject({ type: 'upload', name: '\u00e9.txt' })
  expect(asked).toEqual(['upload \u00e9.txt'])
  expect(placed).toBe(await stored.pathOf(event.hash!))
  expect(statSync(placed).ino).toBe(statSync(path).ino)
  expect(stored.events).toEqual([event])
  await upload({ name: 'copy.txt', path })
  expect(statSync(placed).ino).not.toBe(statSync(path).ino)
})

test('a file keeps its time of change, and is known to be stored before it is inspected', async () => {
  let told = 0
  const { upload } = filesWith(async (_, where) => {
    expect(told).toBe(4)
    expect(where).toEqual({ mtime: 1_546_400_000_000 })
    return cardOf(4)
  })
  const { path } = finalFile('text')
  utimesSync(path, 1_546_400_000, 1_546_400_000)
  await upload({ name: 'a.txt', path, onStored: (bytes) => void (told = bytes) })
})

test('a name or a size that is refused is refused before anything is stored', async () => {
  const { upload, asked } = filesWith(async () => cardOf(4), { fileBytes: 3 })
  const file = finalFile('text')
  await expect(upload({ name: '../a', ...file })).rejects.toMatchObject({ code: 'EASEL_FILE_NAME' })
  await expect(upload({ name: 'a.txt', ...file })).rejects.toMatchObject({ code: 'EASEL_LIMIT_FILE_BYTES' })
  expect(asked).toEqual([])
  expect(stored.info()).toMatchObject({ files: 0, bytes: 0, events: 0 })
})

test('what the sandbox cannot take is not kept', async () => {
  const { upload, asked } = filesWith(() => Promise.reject(new Error('no space')))
  await expect(upload({ name: 'a.txt', ...finalFile('text') })).rejects.toThrow('no space')
  expect(asked).toEqual(['upload a.txt', 'remove a.txt'])
  expect(stored.info()).toMatchObject({ files: 0, bytes: 0, events: 0 })
  expect((await store.sweep()).blobs).toBe(0)
})
