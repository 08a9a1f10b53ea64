// Files after a reset: for the snippet as they are now, for each replayed cell as they were then.
import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { openScene, type Scene } from './scene.ts'

let scene: Scene
afterEach(() => scene.close())

const HEAD = "import { readFileSync, writeFileSync, readdirSync, mkdirSync, existsSync } from 'node:fs'\n"

function inSandbox(): Record<string, string> {
  const files = scene.sandbox().files()
  return Object.fromEntries(files.map(({ name, path }) => [name, readFileSync(path, 'utf8')] as const).toSorted())
}

describe('files of a session that was reset', () => {
  it('are there again, and replay reads them as they were then', async () => {
    scene = await openScene({}, 'used')
    await scene.upload('data.txt', 'one')
    await scene.run(`${HEAD}const first = [readFileSync('data.txt', 'utf8'), ...readdirSync('.')]`)
    await scene.run("writeFileSync('data.txt', 'two'); writeFileSync('late.txt', 'late')")
    await scene.rest()
    await scene.variables().files()
    expect(inSandbox()).toEqual({ 'data.txt': 'two', 'late.txt': 'late' })
    const { text, restored } = await scene.run("[first, readFileSync('data.txt', 'utf8')]")
    expect(text).toBe("[ [ 'one', 'data.txt' ], 'two' ]\n")
    expect(restored).toMatchObject({ cells: 1, files: 2, missing: [] })
    expect(inSandbox()).toEqual({ 'data.txt': 'two', 'late.txt': 'late' })
    expect(scene.stored.events.filter(({ type }) => type === 'removed')).toEqual([])
  })

  it('follow what the person undid and removed', async () => {
    scene = await openScene({}, 'used')
    await scene.run(`${HEAD}writeFileSync('a.txt', '1'); writeFileSync('gone.txt', 'x'); const a = 1`)
    await scene.run("import { rmSync } from 'node:fs'\nwriteFileSync('a.txt', '2'); rmSync('gone.txt'); const b = 2")
    await scene.undo('a.txt')
    expect(inSandbox()).toEqual({ 'a.txt': '1' })
    await scene.rest()
    expect((await scene.run('[a, b]')).restored).toMatchObject({ cells: 2, files: 1, missing: [] })
    expect(inSandbox()).toEqual({ 'a.txt': '1' })
    expect((await scene.run("readFileSync('a.txt', 'utf8')")).text).toBe('1\n')
  })

  it('that replay makes differently are said, and the kept ones stay', async () => {
    scene = await openScene({}, 'used')
    await scene.run(
      `${HEAD}writeFileSync('same.txt', String(Math.random()))\nwriteFileSync('stat.txt', 'x'); const s = 1`,
    )
    const at = scene.stored.events.findIndex((event) => event.type === 'file' && event.name === 'stat.txt')
    const { hash } = await scene.stored.putFile('stat.txt', Buffer.from('y'))
    // As if the cell had made other bytes at the time.
    await scene.stored.append({
      ...(scene.stored.events[at] as Extract<(typeof scene.stored.events)[number], { type: 'file' }>),
      hash,
    })
    Object.assign(scene.stored.events[at]!, { hash })
    await scene.rest()
    expect((await scene.run('s')).restored).toMatchObject({
      cells: 1,
      files: 2,
      missing: ['Cell 1 made "stat.txt" differently when it was run again.'],
    })
    expect(inSandbox()['stat.txt']).toBe('y')
  })

  it('whose old bytes were dropped are named where a cell needs them', async () => {
    scene = await openScene({}, 'used')
    await scene.run(`${HEAD}writeFileSync('step.txt', 'one')`)
    await scene.run("const had = existsSync('step.txt') ? 'yes' : 'no'")
    await scene.run("writeFileSync('step.txt', 'two')")
    await scene.stored.dropOldVersions()
    await scene.rest()
    expect(await scene.run('had')).toMatchObject({
      text: 'no\n',
      restored: {
        cells: 1,
        files: 1,
        missing: ['Cell 2 was run again without "step.txt" as it was then: its content is no longer stored.'],
      },
    })
    expect(inSandbox()).toEqual({ 'step.txt': 'two' })
  })

  it('without hashes, of an old journal, are named', async () => {
    scene = await openScene({}, 'used')
    const card = { kind: 'text', mime: 'text/plain', bytes: 3 } as const
    await scene.stored.append({ type: 'upload', name: 'old.txt', card })
    await scene.rest()
    expect((await scene.run('1')).restored).toMatchObject({
      cells: 0,
      files: 0,
      missing: ['The file "old.txt" is gone: its content was never stored.'],
    })
    expect((await scene.run('1')).restored).toBeUndefined()
  })

  it('find the folders in which they lay', async () => {
    scene = await openScene({}, 'used')
    await scene.run(`${HEAD}mkdirSync('out')`)
    await scene.run("writeFileSync('out/a.txt', 'a'); const a = 1")
    await scene.rest()
    expect((await scene.run('a')).restored).toMatchObject({ cells: 1, missing: [] })
    await scene.run("import { rmSync } from 'node:fs'\nrmSync('out/a.txt')")
    await scene.rest()
    expect((await scene.run("writeFileSync('out/b.txt', 'b')")).status).toBe('ok')
    await scene.rest()
    // Not recursive, so it fails if the folder already exists.
    expect((await scene.run("import { mkdirSync } from 'node:fs'\nconst made = [mkdirSync('other')]")).status).toBe(
      'ok',
    )
    await scene.run("writeFileSync('other/c.txt', 'c')")
    await scene.rest()
    expect((await scene.run('made')).restored).toMatchObject({ cells: 1, missing: [] })
    expect(inSandbox()).toEqual({ 'out/b.txt': 'b', 'other/c.txt': 'c' })
  })
})
