// V8's code cache of the guest bundle: made at build time, used for exactly that bundle, and worth its size.
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { readGuest } from '../../../sandbox/child/guest-files.ts'
import { productFolder } from '../../../sandbox/product.ts'

const dist = join(productFolder(), 'dist')
const folder = mkdtempSync(join(tmpdir(), 'easel-guest-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('the build writes it beside the bundle, and without it or with that of another bundle there is none', () => {
  expect(readGuest(dist).compiled?.length).toBeGreaterThan(100_000)
  const { source } = readGuest(dist)
  writeFileSync(join(folder, 'guest.js'), source)
  expect(readGuest(folder)).toEqual({ source })
  copyFileSync(join(dist, 'guest.cache'), join(folder, 'guest.cache'))
  expect(readGuest(folder).compiled?.length).toBeGreaterThan(100_000)
  // The same length as before, so V8 itself would accept it.
  const other = source.replace('easel', 'lease')
  writeFileSync(join(folder, 'guest.js'), other)
  expect(readGuest(folder)).toEqual({ source: other })
  writeFileSync(join(folder, 'guest.cache'), '')
  expect(readGuest(folder)).toEqual({ source: other })
})

test('with it an isolate takes less processor time to make', () => {
  const program = fileURLToPath(new URL('guest-start.ts', import.meta.url))
  const { output } = spawnSync(process.execPath, ['--no-node-snapshot', program], {
    stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
  })
  const took = JSON.parse(String(output[3])) as Record<'compiled' | 'plain', number[]>
  const median = (all: readonly number[]): number => all.toSorted((a, b) => a - b)[all.length >> 1]!
  expect(median(took.compiled)).toBeLessThan(median(took.plain) * 0.8)
})
