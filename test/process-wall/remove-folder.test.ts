// A folder that a hostile process wrote to is removed, whatever it contains, and nothing beside it.
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { removeFolder } from '../../src/process-wall/remove-folder.ts'

/** Nested folders, the innermost with a path longer than the kernel accepts. */
function makeDeep(folder: string): void {
  const name = 'd'.repeat(250)
  const chain = (at: string): string => join(at, ...Array.from({ length: 12 }, () => name))
  let top = join(folder, 'innermost')
  mkdirSync(top)
  for (let n = 0; n < 3; n++) {
    const next = join(folder, `n${n}`)
    mkdirSync(chain(next), { recursive: true })
    renameSync(top, join(chain(next), 'more'))
    top = next
  }
}

test('a folder that is deeper than a path can be long is removed', async () => {
  const base = mkdtempSync(join(tmpdir(), 'remove-'))
  const folder = join(base, 'scratch')
  mkdirSync(folder)
  makeDeep(folder)
  await removeFolder(folder)
  expect(existsSync(folder)).toBe(false)
})

test('one that is closed to its owner is removed, and what a link in it leads to is not', async () => {
  const base = mkdtempSync(join(tmpdir(), 'remove-'))
  const [folder, other] = [join(base, 'scratch'), join(base, 'other')]
  for (const path of [folder, join(folder, 'inner'), other]) mkdirSync(path)
  writeFileSync(join(other, 'file'), 'kept')
  writeFileSync(join(folder, 'inner/file'), '')
  symlinkSync(other, join(folder, 'link'))
  symlinkSync(other, join(folder, 'inner/link'))
  makeDeep(folder)
  for (const path of [join(folder, 'inner'), folder]) chmodSync(path, 0)
  await removeFolder(folder)
  expect(existsSync(folder)).toBe(false)
  expect(readFileSync(join(other, 'file'), 'utf8')).toBe('kept')
})

test('one with names that are no text, and many, far down, is removed', async () => {
  const base = mkdtempSync(join(tmpdir(), 'remove-'))
  const folder = join(base, 'scratch')
  mkdirSync(folder)
  makeDeep(folder)
  const odd = Buffer.from(`${folder}/${'\xff'.repeat(255)}`, 'latin1')
  mkdirSync(odd)
  renameSync(join(folder, 'n2'), Buffer.concat([odd, Buffer.from('/more')]))
  for (let n = 0; n < 500; n++) writeFileSync(Buffer.from(`${folder}/\xfe${n}`, 'latin1'), '')
  await removeFolder(folder)
  expect(existsSync(folder)).toBe(false)
})

test('of a link only the link goes', async () => {
  const base = mkdtempSync(join(tmpdir(), 'remove-'))
  mkdirSync(join(base, 'other'))
  writeFileSync(join(base, 'other/file'), 'kept')
  symlinkSync(join(base, 'other'), join(base, 'link'))
  await removeFolder(join(base, 'link'))
  expect(existsSync(join(base, 'link'))).toBe(false)
  expect(readFileSync(join(base, 'other/file'), 'utf8')).toBe('kept')
})

test('one that is not there any more is no error', async () => {
  await expect(removeFolder(join(tmpdir(), 'never-was'))).resolves.toBeUndefined()
})
