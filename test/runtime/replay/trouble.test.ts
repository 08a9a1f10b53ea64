// Replays that fail: what is lost is named to the user, the model and the checker, and the session continues.
import { afterEach, describe, expect, it, vi } from 'vitest'
import { openScene, type Scene } from './scene.ts'

let scene: Scene
afterEach(() => scene.close())

/** Makes a cell fail when it is replayed: the file that it reads no longer exists anywhere. */
async function withLostFile(): Promise<void> {
  await scene.run("import { readFileSync, writeFileSync } from 'node:fs'\nwriteFileSync('seed.txt', '1')")
  await scene.run("const x = [readFileSync('seed.txt', 'utf8')], y = 2")
  await scene.run("writeFileSync('seed.txt', '2')")
  await scene.run('const z = [x]')
  await scene.run('const free = 5')
  await scene.stored.dropOldVersions()
  scene.told.splice(0)
}

describe('a replay', () => {
  it('names a cell that cannot run again, and those that use what it made', async () => {
    scene = await openScene({}, 'used')
    await withLostFile()
    await scene.rest()
    scene.told.splice(0)
    const { status, restored } = await scene.run('[z, free]')
    expect(status).toBe('threw')
    expect(restored).toMatchObject({
      cells: 1,
      missing: [
        'Cell 2 was run again without "seed.txt" as it was then: its content is no longer stored.',
        "Cell 2 could not be run again (threw: Error: ENOENT: no such file or directory, open 'seed.txt'): the variables x, y are gone.",
        'Cell 4 was not run again, as it uses x of cell 2: the variable z is gone.',
      ],
    })
    expect(scene.told).toEqual(['forget x y z'])
    expect(await scene.run('free')).toMatchObject({ text: '5\n', restored: undefined })
    await scene.run('const x = 7')
    await scene.kill()
    expect(await scene.run('x')).toMatchObject({ text: '7\n', restored: { cells: 1, missing: [] } })
  })

  it('starts over without a cell that takes the child with it', async () => {
    scene = await openScene({ timeoutMs: 1000 }, 'used')
    const first = scene.stored.events.length
    await scene.stored.append({ type: 'notice', text: 'To be another event.' })
    await scene.run('const a = [1]')
    await scene.run(
      "import { existsSync } from 'node:fs'\nconst b = a.concat(2); if (existsSync('once.txt')) for (;;) {}",
    )
    await scene.run('const c = [3, a]')
    await scene.rest()
    // The file now exists at the journal's first moment, as if the cell hung by chance.
    const card = { kind: 'text', mime: 'text/plain', bytes: 4 } as const
    const { hash } = await scene.stored.putFile('once.txt', Buffer.from('once'))
    Object.assign(scene.stored.events[first]!, { type: 'upload', name: 'once.txt', card, hash })
    await scene.stored.append({ type: 'upload', name: 'once.txt', card, hash })
    await scene.rest()
    const { text, restored } = await scene.run('[a, c]')
    expect(text).toBe('[ [ 1 ], [ 3, [ 1 ] ] ]\n')
    // Its limit is three times its original run time, if that is more.
    expect(restored?.missing).toEqual([
      expect.stringMatching(
        /^Cell 2 could not be run again \(timeout: The cell used up its limit of [\d.]+ s of processor time\. Do less in one cell\): the variable b is gone\.$/,
      ),
    ])
  })

  it('can be cancelled in its middle, and the next one finds everything', async () => {
    scene = await openScene({}, 'used')
    await scene.run('const list = []')
    await scene.run('let n = 0; for (let i = 0; i < 3e7; i++) n += i % 7')
    await scene.run('list.push(n)')
    await scene.rest()
    const stop = new AbortController()
    const events = scene.variables().prepare('list', stop.signal)
    const first = await events.next()
    expect(first.value).toEqual({ type: 'progress', cell: 3, done: 1, total: 3, label: 'restoring' })
    const run = vi.spyOn(scene.sandbox(), 'run')
    const going = events.next()
    going.catch(() => undefined)
    // The second cell is running.
    await vi.waitUntil(() => run.mock.calls.length > 0, { interval: 1, timeout: 30_000 })
    stop.abort(new Error('stopped'))
    await expect(going).rejects.toThrow('stopped')
    expect(await scene.run('list.length')).toMatchObject({ text: '1\n', restored: { cells: 3, missing: [] } })
    await scene.rest()
    const left = scene.variables().prepare('list', new AbortController().signal)
    await left.next()
    await left.return(undefined)
    expect(await scene.run('list.length')).toMatchObject({ text: '1\n', restored: { cells: 4, missing: [] } })
    await expect(
      scene
        .variables()
        .prepare('list', AbortSignal.abort(new Error('before')))
        .next(),
    ).rejects.toThrow('before')
  })
})
