// Reasons other than a cell's time to end a sandbox process: files in its folder, work while it is idle, output that
// nobody reads, and data that it makes the near side copy.
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { defaultLimits } from '../../sandbox/limits.ts'
import { removeFolder } from '../../src/process-wall/remove-folder.ts'
import { useOfFolder } from '../../src/process-watch/folder-watch.ts'
import type { KeptFiles } from '../../src/runner/kept-files.ts'
import { takeOutputs } from '../../src/runner/outputs.ts'
import { overuseEnd, watchIdleUse } from '../../src/runner/overuse.ts'
import type { CellReport } from '../../src/runner/run.ts'

afterEach(() => void vi.useRealTimers())

test('a folder is counted with all that is in it, whatever its names are, by what the disk keeps of it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'counted-'))
  mkdirSync(join(folder, 'a/b'), { recursive: true })
  writeFileSync(join(folder, 'a/b/file'), Buffer.alloc(100_000, 'x'))
  writeFileSync(Buffer.from(`${folder}/\xff\xfe`, 'latin1'), Buffer.alloc(100_000, 'x'))
  writeFileSync(join(folder, 'sparse'), '')
  truncateSync(join(folder, 'sparse'), 1e9)
  const { entries, bytes } = await useOfFolder(folder, 100)
  expect(entries).toBe(5)
  expect(bytes).toBeGreaterThanOrEqual(200_000)
  expect(bytes).toBeLessThan(1_000_000)
})

test('the count of a folder ends soon after there is too much in it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'counted-'))
  for (let i = 0; i < 300; i++) writeFileSync(join(folder, `f${i}`), '')
  expect((await useOfFolder(folder, 10)).entries).toBe(11)
  expect(await useOfFolder(join(folder, 'gone'), 10)).toEqual({ entries: 0, bytes: 0 })
})

test('a folder that lies deeper than a path can be long counts as too much, and throws nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'counted-'))
  const name = 'd'.repeat(200)
  // Each step is a short path from where the last one ended.
  execFileSync('/bin/sh', ['-c', `for i in $(seq 30); do mkdir ${name} && cd -P ${name} || exit 1; done`], {
    cwd: folder,
  })
  expect((await useOfFolder(folder, 100)).entries).toBeGreaterThan(100)
  await removeFolder(folder)
})

test('a folder that is closed, or closed in part, counts as too much and is removed, by a user without capabilities too', () => {
  const script = join(import.meta.dirname, 'unprivileged-folders.ts')
  for (const mode of [0, 0o400, 0o100]) {
    const folder = mkdtempSync(join(tmpdir(), 'closed-'))
    mkdirSync(join(folder, 'inner/more'), { recursive: true })
    writeFileSync(join(folder, 'inner/more/file'), '')
    chmodSync(join(folder, 'inner'), mode)
    const plain = process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-all', '--inh-caps=-all', '--'] : []
    const command = [...plain, process.execPath, script, folder]
    const said = JSON.parse(execFileSync('/usr/bin/env', command, { encoding: 'utf8' })) as {
      entries: number
      isThere: boolean
    }
    expect(said.entries).toBeGreaterThan(100)
    expect(said.isThere).toBe(false)
  }
})

test('a process that computes while nothing is asked of it may use as much as one cell', async () => {
  vi.useFakeTimers()
  let used = 0
  let asked: number | undefined = 1
  const over = vi.fn<() => void>()
  watchIdleUse({ measure: () => used }, () => asked, 10_000, over)
  const pass = async (ms: number): Promise<void> => {
    used += ms
    await vi.advanceTimersByTimeAsync(5000)
  }
  // Usage before the first sample is the baseline.
  await pass(20_000)
  await pass(6000)
  asked = undefined
  await pass(50_000)
  asked = 2
  await pass(50_000)
  await pass(6000)
  // A cell between two samples.
  asked = 3
  await pass(50_000)
  await pass(6000)
  expect(over).not.toHaveBeenCalled()
  await pass(6000)
  expect(over).toHaveBeenCalledOnce()
})

test('a child cannot have the near side copy more in a cell than it may write: holes cost it nothing', async () => {
  const kept = { takeBlob: async (name: string) => ({ name, path: '', bytes: 50_000_000, mtime: 0 }) }
  const said: string[] = []
  const emit = (event: CellReport): void => void said.push(event.type === 'print' ? event.text : event.type)
  const outputs = takeOutputs(kept as unknown as KeptFiles, '', { writtenBytes: 99_000_000 }, emit)
  const card = { kind: 'other', mime: 'text/plain', bytes: 1 } as const
  for (const name of ['a', 'b', 'c', 'd']) outputs.report({ type: 'file', cell: 1, name, blob: 'x', bytes: 1, card })
  await outputs.settled(false)
  const refused = (name: string): string =>
    `${name} was not kept: All versions of the files of this cell together exceed 99 MB, the limit. Write them less often.\n`
  expect(said).toEqual(['file', 'file', refused('c'), refused('d')])
})

test('each end has a code, and a sentence with the limit and what was found', () => {
  const limits = { ...defaultLimits(), sessionFiles: 10, sessionBytes: 2 ** 20, writtenBytes: 2 ** 20 }
  expect(overuseEnd({}, limits)).toBeUndefined()
  expect(overuseEnd({ overThreads: 1300 }, limits)).toEqual([
    'limit',
    'EASEL_THREADS',
    'The sandbox reached 1,300 threads and was ended: the limit is 256. Start fewer things at once.',
  ])
  expect(overuseEnd({ overFolder: { entries: 121, bytes: 0 } }, limits)?.[2]).toBe(
    "The sandbox's own folder reached more than 120 files and folders, and the sandbox was ended. Keep fewer files.",
  )
  expect(overuseEnd({ overFolder: { entries: 3, bytes: 3 * 2 ** 20 } }, limits)?.[2]).toBe(
    "The sandbox's own folder reached 3 MB; the limit is 2 MB, and the sandbox was ended. Keep fewer files.",
  )
})
