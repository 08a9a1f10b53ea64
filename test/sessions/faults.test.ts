// A disk that fails at any step: a clear error, nothing acknowledged is lost, nothing is left over, the session
// continues.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { StoreStep } from '../../sessions/blobs/blobs.ts'
import { openStore } from '../../sessions/sqlite/store.ts'
import { bring, DURATIONS, mustOpen, printOf, uploadOf } from './scene.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'easel-faults-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const fault = (code: string): Error => Object.assign(new Error(`${code}: as the disk says it`), { code })

const STEPS: readonly StoreStep[] = [
  'temp-made',
  'temp-written',
  'temp-synced',
  'held',
  'renamed',
  'folder-synced',
  'row-written',
]

for (const [step, isFinal] of STEPS.flatMap((each) => [[each, false] as const, [each, true] as const])) {
  const what = isFinal ? ' of a linked file' : ''
  test(`a disk that is full at the step ${step}${what} is said, and the session goes on`, async () => {
    const path = join(folder, '..', `${basename(folder)}-final`)
    writeFileSync(path, 'lost')
    const put = async (): Promise<void> => {
      if (!isFinal) return void (await bring(session, 'a', 'lost'))
      await session.append(uploadOf('a', await session.putFile('a', { path, follow: false, isFinal })))
    }
    let failing = false
    const store = await openStore({
      folder,
      onStep(each) {
        if (failing && each === step) throw fault('ENOSPC')
      },
    })
    const session = await store.create(DURATIONS)
    await bring(session, 'before', 'kept')
    failing = true
    await expect(put()).rejects.toMatchObject({
      code: 'EASEL_STORE_FULL',
      message: `The disk of the data folder ${folder} is full. Nothing that was acknowledged is lost; free some space, for example with "easel sessions rm ID".`,
    })
    expect(session.events).toHaveLength(1)
    expect(readdirSync(join(folder, 'temp'))).toEqual([])
    failing = false
    await put()
    rmSync(path)
    await session.release()
    expect((await mustOpen(store, session.id)).currentFiles().map((file) => file.name)).toEqual(['before', 'a'])
    await store.close()
  })
}

test('a folder that may not be written any more, and a disk that fails, have their own errors', async () => {
  let code = ''
  const store = await openStore({
    folder,
    onStep() {
      if (code) throw fault(code)
    },
  })
  const session = await store.create(DURATIONS)
  code = 'EROFS'
  await expect(session.append(printOf('a'))).rejects.toMatchObject({
    code: 'EASEL_STORE_READ_ONLY',
    message: `The data folder ${folder} cannot be written (EROFS). Choose another with --data or EASEL_DATA.`,
  })
  code = 'EIO'
  await expect(session.putFile('a', Buffer.from('a'))).rejects.toMatchObject({ code: 'EASEL_STORE_FAILED' })
  code = ''
  await session.append(printOf('a'))
  await store.close()
})

// A small file system of its own, where the system allows mounting one.
const canMount = spawnSync('unshare', ['-rm', 'true']).status === 0

test.skipIf(!canMount)(
  'on a disk that really is full nothing acknowledged is lost, and removing a session makes room',
  () => {
    const script = fileURLToPath(new URL('full-disk.ts', import.meta.url))
    const mount = 'mount -t tmpfs -o size=3m tmpfs "$1" && shift && exec "$@"'
    const child = spawnSync('unshare', ['-rm', 'sh', '-c', mount, 'sh', folder, process.execPath, script, folder], {
      encoding: 'utf8',
    })
    expect(child.stderr).toBe('')
    expect(JSON.parse(child.stdout)).toEqual({
      files: 'EASEL_STORE_FULL',
      messages: 'EASEL_STORE_FULL',
      lost: 0,
      afterwards: 'stored',
    })
  },
  60_000,
)
