// A fully compromised sandbox process that takes machine resources which no cell limit covers: each is ended with a
// code or fails, and its session and all others continue. The attacks are native code, with bounded use.
import { execFileSync } from 'node:child_process'
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { productFolder } from '../../sandbox/product.ts'
import { spawnChild } from '../../src/runner/spawn-child.ts'
import { hasCompiler } from './native-scene.ts'
import { openTarget, type Target } from './session.ts'

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'greed-')))
const addon = join(folder, 'greed.node')
const child = join(productFolder(), 'dist/child.cjs')
/** A cell that does not end by itself, and the time limit of one whose process is to be ended for its behaviour. */
const ENDLESS = 'for (;;);'
const LONG = [30_000, 100_000] as const

interface Greedy extends Target {
  /** Makes the first child do this, at most so many times. */
  begin(kind: string, most: number): void
  /** How often it was done. */
  done(): Promise<number>
}

/** A session whose first child has the addon in it. */
function openGreedy(): Greedy {
  let first: string | undefined
  const target = openTarget(
    { fileBytes: 60_000_000, sessionBytes: 100_000_000, writtenBytes: 600_000_000 },
    {
      spawn(scratch, limits, links) {
        if (first !== undefined) return spawnChild(scratch, limits, links)
        first = scratch
        const entry = join(scratch, 'entry.cjs')
        const load = `try { process.dlopen({ exports: {} }, ${JSON.stringify(addon)}) } catch {}`
        writeFileSync(entry, `require(${JSON.stringify(child)}); ${load}`)
        return spawnChild(scratch, limits, { ...links, entry, readable: [folder] })
      },
    },
  )
  const at = (name: string): string => join(first as string, name)
  return {
    ...target,
    begin(kind, most) {
      // It polls for the file and must find it complete.
      writeFileSync(at('asked'), `${kind} ${most}`)
      renameSync(at('asked'), at('greed'))
    },
    async done() {
      await expect.poll(() => existsSync(at('done'))).toBe(true)
      const done = Number(readFileSync(at('done'), 'utf8'))
      rmSync(at('done'))
      return done
    },
  }
}

describe.runIf(hasCompiler && process.platform === 'linux')('a process that is taken over', () => {
  beforeAll(() => {
    const flags = ['-shared', '-fPIC', '-O1', '-w', '-pthread', '-Wl,-z,nodelete']
    execFileSync('cc', [...flags, '-o', addon, join(import.meta.dirname, 'native-greed.c')])
  })

  test.each([
    ['page tables without end', 'tables', 800, /^EASEL_RSS$/, /^The sandbox reached \d+ MB of memory and was ended/],
    [
      'threads without end',
      'threads',
      2000,
      /^EASEL_THREADS$/,
      /^The sandbox reached [\d,]+ threads and was ended: the limit is 256\. Start fewer things at once\.$/,
    ],
    [
      'empty files without end',
      'files',
      20_000,
      /^EASEL_FOLDER$/,
      /^The sandbox's own folder reached more than 500 files and folders, and the sandbox was ended\. Keep fewer files\.$/,
    ],
    ['threads without their first one, whose memory nobody sees', 'headless', 1, /^EASEL_BROKEN$/, /./],
  ])('%s', async (_, kind, most, code, message) => {
    const target = openGreedy()
    await target.run('0', ...LONG)
    target.begin(kind, most)
    const end = await target.run(ENDLESS, ...LONG)
    expect(end.code).toMatch(code)
    expect(end.message).toMatch(message)
    await expectWell(target)
  })

  test.each([
    ['with a name', 'named'],
    ['in no folder any more', 'unnamed'],
  ])('files of which nobody was told, %s, cell after cell', async (_, kind) => {
    const target = openGreedy()
    await target.run('0', ...LONG)
    // Each is less than one cell may write; together they exceed what the folder may hold.
    target.begin(kind, 9)
    await target.done()
    await target.run('0', ...LONG)
    target.begin(kind, 6)
    const end = await target.run(ENDLESS, ...LONG)
    expect(end.code).toBe('EASEL_FOLDER')
    expect(end.message).toMatch(
      /^The sandbox's own folder reached \d+ MB; the limit is 700 MB, and the sandbox was ended\. Keep fewer files\.$/,
    )
    await target.sandbox.close()
  })

  test.each([
    ['memory that is shared with nobody', 'shared'],
    ['memory of a device', 'zero'],
  ])("%s, in nobody's resident memory, is not to be had", async (_, kind) => {
    const target = openGreedy()
    await target.run('0', ...LONG)
    target.begin(kind, 3)
    expect(await target.done()).toBe(0)
    await target.sandbox.close()
  })

  test('folders deeper than a path can be long are removed with their session, and end nobody', async () => {
    const target = openGreedy()
    await target.run('0', ...LONG)
    target.begin('deep', 60)
    // The report is in the last folder, where nobody sees it.
    await expect.poll(() => deepest(target.folder)).toBeGreaterThanOrEqual(15)
    await target.reset()
    await expectWell(target)
  })
})

/** Checks that the session works in another child and leaves nothing behind when it is closed. */
async function expectWell(target: Target): Promise<void> {
  expect((await target.run('6 * 7', ...LONG)).text.trim()).toBe('42')
  await target.sandbox.close()
  expect(existsSync(target.folder)).toBe(false)
}

/** The depth of the attack's folders, as far as a path reaches. */
function deepest(folder: string): number {
  const scratch = readdirSync(folder).find((name) => name.startsWith('scratch-')) ?? ''
  let depth = 0
  for (let at = join(folder, scratch); existsSync(join(at, 'd'.repeat(200))); at = join(at, 'd'.repeat(200))) depth++
  return depth
}
