// Long cells on a busy machine: they give way while they run, in a program that many use at once, and in no other.
import { mkdtempSync, readFileSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { defaultLimits } from '../sandbox/limits.ts'
import { openSandbox, type Sandbox } from '../src/runner/sandbox.ts'

const opened: Sandbox[] = []
afterEach(async () => {
  for (const sandbox of opened.splice(0)) await sandbox.close()
})

/** Niceness of the session of processes whose working folder lies below `folder`; undefined where the kernel has no such. */
function nicenessBelow(folder: string): number | undefined {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      const group = words.includes(folder) ? readFileSync(`/proc/${pid}/autogroup`, 'utf8') : ''
      const found = /nice (-?\d+)/.exec(group)
      if (found) return Number(found[1])
    } catch {
      // It has just ended.
    }
  }
  return undefined
}

async function during(yields: boolean): Promise<{ before: unknown; long: unknown; after: unknown }> {
  const folder = mkdtempSync(join(tmpdir(), 'easel-share-'))
  const sandbox = openSandbox({ folder, limits: defaultLimits(), yields })
  opened.push(sandbox)
  const run = (cell: number, code: string) =>
    sandbox.run({ cell, code, seed: 1, clock: 0, timeoutMs: 60_000 }, () => undefined)
  await run(1, '1')
  const before = nicenessBelow(folder)
  const over = new AbortController()
  const long = run(2, 'for (let n = 0; n < 1.5e9; n++) if (n < 0) break').then(() => over.abort())
  let most = before ?? 0
  while (!over.signal.aborted) {
    most = Math.max(most, nicenessBelow(folder) ?? 0)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  await long
  return { before, long: most, after: nicenessBelow(folder) }
}

const hasGroups = process.platform === 'linux' && nicenessBelow('') !== undefined

test.runIf(hasGroups)(
  'a cell that takes long counts less until it ends',
  async () => {
    expect(await during(true)).toEqual({ before: 5, long: 15, after: 5 })
  },
  60_000,
)

test.runIf(hasGroups)(
  'at the command line it stays as it was',
  async () => {
    expect(await during(false)).toEqual({ before: 5, long: 5, after: 5 })
  },
  60_000,
)
