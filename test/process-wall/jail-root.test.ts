// A jail's root lies in the temporary folder, which other programs clean, fill and lock while a server runs for weeks.
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { NoSpaceForJail, OLD_ROOT, prepareRoot } from '../../src/process-wall/jail-root.ts'

afterEach(() => {
  vi.unstubAllEnvs()
  vi.useRealTimers()
})

/** A file to see in a jail of this test's own, so that no other test has the same. */
function oneFile(): string {
  const path = join(mkdtempSync(join(tmpdir(), 'seen-')), 'file')
  writeFileSync(path, 'x')
  return path
}

describe.runIf(process.platform === 'linux')('the root of a jail', () => {
  test('is made once', () => {
    const file = oneFile()
    expect(prepareRoot([file], process.execPath)).toBe(prepareRoot([file], process.execPath))
  })

  test.each([
    ['all of it', (folder: string) => dirname(folder)],
    ['a file on which one is mounted', (folder: string, file: string) => join(folder, file)],
    ['its list of users', (folder: string) => join(folder, 'etc/passwd')],
    ['its way to the old root', (folder: string) => join(folder, OLD_ROOT)],
    ['a link', (folder: string) => join(folder, 'proc/self/mountinfo')],
    ['the list of mounts', (folder: string) => join(folder, '../mounts')],
  ])('is made anew when a cleaner took %s', (_, taken) => {
    const file = oneFile()
    const before = prepareRoot([file], process.execPath)
    rmSync(taken(before.folder, file), { recursive: true })
    const { folder, mounts } = prepareRoot([file], process.execPath)
    expect(folder).not.toBe(before.folder)
    expect(existsSync(join(folder, file)) && existsSync(join(folder, OLD_ROOT))).toBe(true)
    expect(readFileSync(mounts, 'utf8')).toContain(`${folder}${file} none bind,ro`)
  })

  test('has a copy of what the kernel says of huge pages, and nothing else of /sys', () => {
    const { folder } = prepareRoot([oneFile()], process.execPath)
    const of = '/sys/kernel/mm/transparent_hugepage'
    const names = ['enabled', 'hpage_pmd_size'].filter((name) => existsSync(join(of, name)))
    const copies = names.map((name) => readFileSync(join(folder, of, name), 'utf8'))
    expect(copies).toEqual(names.map((name) => readFileSync(join(of, name), 'utf8')))
    const all = existsSync(join(folder, 'sys')) ? readdirSync(join(folder, 'sys'), { recursive: true }) : []
    expect(all.filter((path) => statSync(join(folder, 'sys', String(path))).isFile())).toHaveLength(names.length)
  })

  test('is touched now and then, as cleaners take what is old', () => {
    const file = oneFile()
    const { folder, mounts } = prepareRoot([file], process.execPath)
    for (const path of [mounts, join(folder, file)]) utimesSync(path, 1, 1)
    prepareRoot([file], process.execPath)
    expect(statSync(mounts).mtimeMs).toBe(1000)
    const later = Date.now() + 3_700_000
    vi.useFakeTimers({ now: later, toFake: ['Date'] })
    prepareRoot([file], process.execPath)
    for (const path of [mounts, join(folder, file)])
      expect(Math.round(statSync(path).mtimeMs / 1000)).toBe(Math.round(later / 1000))
  })

  test('says what to do where the temporary folder takes nothing', () => {
    const folder = join(mkdtempSync(join(tmpdir(), 'full-')), 'gone')
    const file = oneFile()
    vi.stubEnv('TMPDIR', folder)
    const build = (): unknown => prepareRoot([file], process.execPath)
    expect(build).toThrow(NoSpaceForJail)
    expect(build).toThrow(
      new RegExp(
        `^The walls of a sandbox cannot be built in ${folder} \\(ENOENT: .*\\)\\. Free some space there, or choose another folder with TMPDIR\\.$`,
      ),
    )
  })

  test('does without what is to be seen and is not there: who asks for it misses it', () => {
    const { mounts } = prepareRoot(['/nowhere/at/all'], process.execPath)
    expect(readFileSync(mounts, 'utf8')).not.toContain('/nowhere/at/all')
  })
})
