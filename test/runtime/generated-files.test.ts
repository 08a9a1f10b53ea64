// A generated picture is a file like any other: after a restart, in undo, export and recipes, over HTTP, for the
// phrasebook.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { defaultLimits } from '../../sandbox/limits.ts'
import { createMemoryDisk, openMemoryStore } from '../doubles/memory-store.ts'
import { replacementOf, effectiveEvents } from '../../sessions/journal/effective-events.ts'
import { exportProject } from '../../src/export/project.ts'
import { readFileIndex } from '../../src/http/files/file-index.ts'
import type { Action } from '../../src/planner/planner.ts'
import { runBatch } from '../../src/recipe/batch.ts'
import { makeRecipe } from '../../src/recipe/saving.ts'
import { openRecipeSandboxPool } from '../../src/recipe/recipe-sandbox-pool.ts'
import { fill, fox, openDrawingScene, told, type DrawingScene } from './image-generation-scene.ts'
import { newFolder, sha256, start, unpacked } from '../export/scene.ts'

const red = await fill('red')
const green = await fill('green')
const limits = defaultLimits()
const never = new AbortController().signal

/** Reads the fox into a variable and makes a spinning GIF of it. */
const spin: Action = {
  code: `import sharp from 'sharp'
import { readFileSync, writeFileSync } from 'node:fs'
const drawn = readFileSync('/mnt/data/fox.png')
const turned = await Promise.all([0, 90, 180, 270].map((angle) =>
  sharp(drawn).rotate(angle).resize(30, 30, { fit: 'fill' }).png().toBuffer()))
writeFileSync('/mnt/data/spin.gif', await sharp(turned, { join: { animated: true } }).gif().toBuffer())`,
}

async function spun(): Promise<DrawingScene> {
  const scene = await openDrawingScene()
  const events = await scene.turn([fox(), spin], red, 'draw a fox, then make it spin as a GIF')
  expect(told(events)).toEqual([
    'ask',
    'drawing fox.png',
    'file 0 fox.png',
    'drawn ok',
    'cell',
    'file 1 spin.gif',
    'result ok',
    'message',
    'end ok',
  ])
  return scene
}

const names = (scene: DrawingScene): string[] =>
  scene
    .session()
    .currentFiles()
    .map(({ name, version }) => `${name} ${version}`)

/** What a snippet prints. */
async function printed(scene: DrawingScene, code: string): Promise<string> {
  const events = await scene.turn([{ code }])
  const problem = events.find((event) => event.type === 'result' && event.status !== 'ok')
  expect(problem).toBeUndefined()
  return events.flatMap((event) => (event.type === 'print' ? event.text : [])).join('')
}

describe('a drawn file', () => {
  it('is there after a restart, with the variables of cells that read it', async () => {
    const scene = await spun()
    await scene.rest()
    const events = await scene.turn([{ code: 'console.log(drawn.length)' }])
    expect(events.find(({ type }) => type === 'restored')).toMatchObject({ cells: 1, files: 2, missing: [] })
    expect(events.find(({ type }) => type === 'print')).toMatchObject({ text: `${red.length}\n` })
  })

  it('is what it was when a cell that read it runs again, and then what it is now', async () => {
    const scene = await spun()
    await scene.turn([fox()], green)
    await scene.rest()
    const code = `console.log(drawn.length, (await import('node:fs')).readFileSync('/mnt/data/fox.png').length)`
    expect(await printed(scene, code)).toBe(`${red.length} ${green.length}\n`)
    expect(red.length).not.toBe(green.length)
  })

  it('can be undone, version by version, until it is gone', async () => {
    const scene = await openDrawingScene()
    await scene.turn([fox()], red)
    await scene.turn([fox()], green)
    expect(names(scene)).toEqual(['fox.png 2'])
    expect(told(await scene.turn([], red, 'undo'))).toEqual(['ask', 'undo', 'message', 'end ok'])
    expect(names(scene)).toEqual(['fox.png 1'])
    expect(await printed(scene, `console.log((await import('node:fs')).readFileSync('fox.png').length)`)).toBe(
      `${red.length}\n`,
    )
    await scene.session().undo('fox.png')
    expect(names(scene)).toEqual([])
    expect(await scene.session().undo('fox.png')).toEqual([])
  })

  it('goes with the request that it was drawn for', async () => {
    const scene = await spun()
    const { events } = scene.session()
    expect(replacementOf(events, 0)).toEqual({
      type: 'replaced',
      seq: 0,
      files: [
        { name: 'fox.png', version: 0 },
        { name: 'spin.gif', version: 0 },
      ],
    })
    expect(effectiveEvents([...events, { type: 'replaced', seq: 0, files: [] }])).toEqual([])
  })

  it('is an output for the page, made by no cell, with all its versions', async () => {
    const scene = await spun()
    await scene.upload('brought.png', red)
    await scene.turn([fox()], green)
    const files = (await readFileIndex('s', scene.session().events)).files()
    expect(
      files.map(({ name, kind, cell, version, versions }) => [name, kind, cell, version, versions.length]),
    ).toEqual([
      ['fox.png', 'output', undefined, 2, 2],
      ['spin.gif', 'output', 1, 1, 1],
      ['brought.png', 'upload', undefined, 1, 1],
    ])
  })

  it('is the last result for the phrasebook', async () => {
    const scene = await openDrawingScene()
    await scene.upload('other.png', green)
    await scene.turn([fox()], red, 'draw a fox')
    const events = await scene.ask('now blur it')
    const cell = events.find((event) => event.type === 'cell')
    expect(cell?.code).toContain('fox.png')
    expect(cell?.code).not.toContain('other.png')
    expect(events.at(-1)).toMatchObject({ type: 'end', status: 'ok' })
  })
})

describe('a session with a drawn file', () => {
  it('is exported with it, and makes the same files from it', async () => {
    const scene = await spun()
    await scene.turn([fox({ name: 'alone.png', prompt: 'a *lone* fox', inputs: ['fox.png'] })], green)
    await scene.turn([fox({ name: 'no.png' })], { ok: false, code: 'images_filter', message: 'No foxes.' })
    const view = await (await scene.store).read(scene.session().id)
    const zip = join(newFolder(), 'out.zip')
    expect(await exportProject(await view!.whole(), zip)).toMatchObject({ cells: 1, files: 1, notes: [] })
    const folder = unpacked(zip)
    const text = (name: string): string => readFileSync(join(folder, name), 'utf8')
    expect(text('TRANSCRIPT.md')).toContain(`### Drawn by a model: fox.png

> a fox

![fox.png](inputs/fox.png)

[fox.png](inputs/fox.png) (40 × 30 px, ${red.length} bytes)`)
    expect(text('TRANSCRIPT.md')).toContain('### Drawn by a model: alone.png from fox.png\n\n> a \\*lone\\* fox\n')
    expect(text('TRANSCRIPT.md')).toContain('**Nothing was drawn.** No foxes.')
    expect(text('README.md')).toContain(`| [fox.png](inputs/fox.png) | ${red.length} bytes | drawn by a model |`)
    const ran = await start(folder)
    expect([ran.code, ran.stderr]).toEqual([0, ''])
    const { hash } = scene
      .session()
      .currentFiles()
      .find(({ name }) => name === 'spin.gif')!
    expect(sha256(join(folder, 'work/spin.gif'))).toBe(hash)
    expect(readFileSync(join(folder, 'work/alone.png')).equals(green)).toBe(true)
  })

  it('gives a recipe that takes another picture in its place', async () => {
    const scene = await spun()
    const { session } = scene
    const sandboxes = openRecipeSandboxPool({ limits, requireSandbox: false, attempts: 3, checksCells: false })
    const processes = {
      sandboxes: { ...sandboxes, cellChecker: { check: async () => ({ ok: true }) as const, ran: () => undefined } },
      limits,
    }
    const source = { events: session().events, pathOf: (hash: string) => session().pathOfHash(hash) }
    const save = (file?: string) => makeRecipe(source, { name: 'spin', file }, processes, never)
    const { recipe, isSame } = await save()
    expect([isSame, recipe.inputs.map(({ name }) => name), recipe.result]).toEqual([true, ['fox.png'], 'spin.gif'])
    await expect(save('fox.png')).rejects.toThrow(
      '"fox.png" was drawn by a model, not made by a snippet. It made: "spin.gif".',
    )
    await scene.upload('cat.png', green)
    const cat = (await session().pathOf('cat.png'))!
    const plan = async (paths: readonly string[]) => paths.map((path) => ({ name: 'cat.png', path }))
    const steps = []
    for await (const step of runBatch({ ...processes, recipe, sets: [[cat]], plan }, never)) steps.push(step)
    expect(steps.map(({ type }) => type)).not.toContain('failed')
    await sandboxes.close()
  })
})

describe('a journal with a drawn file', () => {
  it('keeps its older versions when room is made: no cell can make them again', async () => {
    const stored = await openMemoryStore({ disk: createMemoryDisk() }).create({ idleMs: 60_000, retentionMs: 60_000 })
    const card = { kind: 'picture', mime: 'image/png', bytes: 1 } as const
    for (const [cell, name, bytes] of [
      [0, 'drawn.png', 'a'],
      [0, 'drawn.png', 'b'],
      [1, 'made.png', 'c'],
      [1, 'made.png', 'd'],
    ] as const) {
      const { hash } = await stored.putFile(name, Buffer.from(bytes))
      await stored.append({ type: 'file', cell, name, mime: 'image/png', bytes: 1, card, hash })
    }
    expect(await stored.dropOldVersions()).toMatchObject({ versions: 1 })
    const [first, second] = stored.versions('drawn.png')
    expect([first, second].map((one) => [one?.version, one?.cell, one?.drawn])).toEqual([
      [1, undefined, true],
      [2, undefined, true],
    ])
    await expect(stored.pathOf(first?.hash ?? '')).resolves.toBeTypeOf('string')
    await expect(stored.pathOf(stored.versions('made.png')[0]?.hash ?? '')).rejects.toThrow()
  })
})
