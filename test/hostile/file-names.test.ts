// Hostile file names from the user and from snippets: nothing outside the root is read or written.
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasUnsafeCharacters } from '../../sandbox/untrusted-text.ts'
import { FileRefused } from '../../src/runner/file-rules.ts'
import { ODD, refusedNames, UNSEEN } from './name-attempts.ts'
import { openTarget, type Target } from './session.ts'

const folder = mkdtempSync(join(tmpdir(), 'names-'))
const upload = join(folder, 'upload.txt')
const secret = join(folder, 'secret.txt')

const REFUSED = refusedNames(secret)

let target: Target
beforeAll(async () => {
  writeFileSync(upload, 'HELLO')
  writeFileSync(secret, 'SECRET')
  target = openTarget()
  await target.run('0', 20_000)
})
afterAll(async () => {
  await target.sandbox.close()
})

test('at least 120 names are tried', () => {
  expect(REFUSED.length + UNSEEN.length + ODD.length).toBeGreaterThanOrEqual(120)
})

describe('as an upload', () => {
  test.each(REFUSED.map((name) => [name]))('%j is refused', async (name) => {
    const error = await target.sandbox.upload(name, upload).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(FileRefused)
    expect((error as FileRefused).code).toBe('EASEL_FILE_NAME')
    expect((error as FileRefused).message).toMatch(/^The file name .* cannot be used\.$/s)
  })

  test.each(UNSEEN.map((name) => [name]))('%j is refused, with what to do', async (name) => {
    const error = await target.sandbox.upload(name, upload).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'EASEL_FILE_NAME' })
    const { message } = error as FileRefused
    expect(message).toMatch(
      /^The file name "[^"]+" cannot be used: it has control characters or other invisible ones\. Remove them\.$/,
    )
    expect(hasUnsafeCharacters(message)).toBe(false)
  })

  test('odd names are only data', async () => {
    for (const name of ODD) await target.sandbox.upload(name, upload)
    expect(
      target.sandbox
        .files()
        .map(({ name }) => name)
        .sort(),
    ).toEqual([...ODD].sort())
    for (const { path } of target.sandbox.files()) expect(path).toMatch(/[/]kept[/][0-9a-f]{32}$/)
    const code = `const fs = await import('fs'), path = await import('path'); const names = ${JSON.stringify(ODD)};
      names.filter((n) => fs.readFileSync(path.join('/mnt/data', n).startsWith('/mnt/data/') ? '/mnt/data/' + n : n, 'utf8') === 'HELLO').length`
    expect((await target.run(code, 20_000)).text.trim()).toBe(String(ODD.length))
  })

  test('twins in NFC and NFD are one file', async () => {
    await target.sandbox.upload('caf\u00e9.txt', upload)
    await target.sandbox.upload('cafe\u0301.txt', upload)
    expect(target.sandbox.files().filter(({ name }) => name.startsWith('caf')).length).toBe(1)
    const said = await target.run(
      "const f = await import('fs'); [f.readFileSync('cafe\\u0301.txt', 'utf8'), f.readFileSync('caf\\u00e9.txt', 'utf8')].join()",
      20_000,
    )
    expect(said.text.trim()).toBe('HELLO,HELLO')
  })

  test('a file is not a folder at the same time', async () => {
    await target.sandbox.upload('place', upload)
    await expect(target.sandbox.upload('place/x', upload)).rejects.toThrow(
      'The file name "place/x" cannot be used: there is a file "place".',
    )
  })

  test('a folder, a device or a missing file is refused', async () => {
    await expect(target.sandbox.upload('a-folder', folder)).rejects.toThrow()
    await expect(target.sandbox.upload('a-device', '/dev/zero')).rejects.toThrow('"a-device" is not a regular file.')
    await expect(target.sandbox.upload('missing', join(folder, 'missing'))).rejects.toThrow()
  })
})

describe('in a snippet', () => {
  test('a name with something that is not seen is no file, and the error says why', async () => {
    const before = target.sandbox.files().length
    const code = `const fs = await import('fs'); const wrong = [];
      fs.writeFileSync('plain', 'x');
      for (const n of ${JSON.stringify(UNSEEN)}) for (const f of [() => fs.writeFileSync(n, 'W'), () => fs.appendFileSync(n, 'W'), () => fs.mkdirSync(n), () => fs.renameSync('plain', n), () => fs.copyFileSync('plain', n)])
        try { f(); wrong.push(n) } catch (e) { if (e.code !== 'EINVAL' || !e.message.includes('(a name cannot have control characters or invisible characters)')) wrong.push(e.message) }
      fs.rmSync('plain');
      JSON.stringify([wrong, ${JSON.stringify(UNSEEN)}.filter((n) => fs.existsSync(n))])`
    const end = await target.run(code, 20_000)
    expect([end.status, end.text.trim()]).toEqual(['ok', '[[],[]]'])
    expect(target.sandbox.files().length).toBe(before)
  })

  test('no name reads or writes outside the root', async () => {
    const before = readdirSync(folder).sort()
    const names = [
      ...REFUSED,
      ...UNSEEN,
      ...ODD,
      `file://${secret}`,
      '/proc/self/environ',
      '/dev/stdin',
      `/mnt/data/../..${secret}`,
    ]
    const code = `const fs = await import('fs'); let out = [];
      for (const n of ${JSON.stringify(names)}) for (const f of [() => fs.readFileSync(n, 'utf8'), () => fs.writeFileSync(n, 'W'), () => fs.appendFileSync(n, 'W'), () => fs.mkdirSync(n, { recursive: true }), () => fs.renameSync(n, n + 2), () => fs.readdirSync(n).join(), () => fs.rmSync(n, { recursive: true, force: true })])
        try { out.push(f()) } catch (e) { if (!/^E[A-Z]+$|^ERR_|^EASEL_/.test(e.code)) out.push('untyped ' + e.code + ' ' + e.message) }
      out.filter((x) => typeof x === 'string' && /SECRET|untyped|root:|FONTCONFIG/.test(x)).join('; ') || 'nothing'`
    const end = await target.run(code, 20_000)
    expect([end.status, end.text.trim()]).toEqual(['ok', 'nothing'])
    expect(readdirSync(folder).sort()).toEqual(before)
    for (const { name, path } of target.sandbox.files()) {
      expect(path).toMatch(/[/]kept[/][0-9a-f]{32}$/)
      expect(name).not.toMatch(/^[/]|(^|[/])[.][.]([/]|$)|\0/)
    }
  })
})
