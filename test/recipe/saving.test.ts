// Recipes from real sessions: which snippets are kept, that they make the file again, and what they make of other
// files.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import sharp from 'sharp'
import { afterAll, expect, it } from 'vitest'
import { defaultLimits } from '../../sandbox/limits.ts'
import type { Event, EventOf } from '../../sessions/event.ts'
import { runBatch } from '../../src/recipe/batch.ts'
import type { Recipe } from '../../src/recipe/recipe.ts'
import { makeRecipe } from '../../src/recipe/saving.ts'
import { openRecipeSandboxPool, type RecipeSandboxPool } from '../../src/recipe/recipe-sandbox-pool.ts'
import { newFolder } from '../cli/program.ts'
import { startProcesses } from '../shared-processes.ts'

const limits = defaultLimits()
const signal = new AbortController().signal
/** Each `next` is a sandbox of its own; cells are not checked. */
const shop = openRecipeSandboxPool({ limits, requireSandbox: false, attempts: 2, checksCells: false })
const sandboxes: RecipeSandboxPool = {
  ...shop,
  cellChecker: { check: async () => ({ ok: true }), ran: () => undefined },
}
afterAll(() => shop.close())

interface Scene {
  readonly uploads?: Readonly<Record<string, string | Buffer>>
  /** The request with the files. */
  readonly ask?: boolean
  readonly cells: readonly string[]
}

/** The journal of a session in which the cells ran. */
async function sessionOf({ uploads = {}, ask = false, cells }: Scene) {
  const processes = await startProcesses({ limits, requireSandbox: false })
  const { sandbox } = processes
  const bytes = new Map<string, string>()
  const events: Event[] = []
  const keep = (name: string): string => {
    const content = readFileSync(sandbox.file(name)?.path ?? '')
    const hash = createHash('sha256').update(content).digest('hex')
    bytes.set(hash, fileOf('kept', content))
    return hash
  }
  for (const [name, content] of Object.entries(uploads)) {
    const card = await sandbox.upload(name, fileOf(name, content))
    events.push({ type: 'upload', name, card, hash: keep(name) })
  }
  if (ask) events.push({ type: 'ask', text: 'go', files: Object.keys(uploads) })
  for (const [i, code] of cells.entries()) {
    const request = { cell: i + 1, code, seed: 100 + i, clock: 1e12 }
    events.push({ type: 'cell', ...request })
    const made: EventOf<'file'>[] = []
    const end = await sandbox.run({ ...request, timeoutMs: 10_000 }, (report) => {
      if (report.type === 'file') made.push({ ...report, mime: report.card.mime })
    })
    for (const file of made) events.push({ ...file, hash: keep(file.name) })
    const { lost: _, names, ...result } = end
    events.push({ type: 'result', ...result, names: [...names] })
    expect([code, end.message]).toEqual([code, code.includes('throw') ? expect.stringContaining('stop') : undefined])
  }
  await processes.close()
  return { events, pathOf: async (hash: string) => bytes.get(hash) ?? '' }
}

function fileOf(name: string, bytes: string | Buffer): string {
  const path = join(newFolder(), name)
  writeFileSync(path, bytes)
  return path
}

async function saved(scene: Scene, file?: string) {
  return makeRecipe(await sessionOf(scene), { name: 'test', file }, { sandboxes, limits }, signal)
}

function namesOf({ inputs }: Recipe): string[] {
  return inputs.map(({ name }) => name)
}

/** The recipe's results for sets of paths: text by name, or the reason of the failure. */
async function results(recipe: Recipe, sets: readonly (readonly string[])[]): Promise<unknown[]> {
  const plan = async (paths: readonly string[]) => paths.map((path) => ({ name: basename(path), path }))
  const found: unknown[] = []
  for await (const step of runBatch({ recipe, sets, plan, sandboxes, limits }, signal)) {
    if (step.type === 'failed') found.push(step.message)
    if (step.type === 'done')
      found.push(Object.fromEntries(step.results.map(({ name, path }) => [name, readFileSync(path, 'utf8')])))
  }
  return found
}

const FS = "import { readFileSync, writeFileSync } from 'node:fs'\n"

it('keeps the snippets whose variables, imports and files it needs, and no others', async () => {
  const { recipe, isSame } = await saved(
    {
      uploads: { 'a.txt': 'alpha', 'b.txt': 'beta' },
      cells: [
        `${FS}const unused = readFileSync('b.txt', 'utf8')`,
        "const words = readFileSync('a.txt', 'utf8'); let times = 2",
        'times++',
        "writeFileSync('a-many.txt', words.repeat(times))",
        "writeFileSync('unrelated.txt', 'no')",
        "const more = 'of ' + readFileSync('a-many.txt', 'utf8'); writeFileSync('a-more.txt', more + Math.random())",
        "writeFileSync('last.txt', more)",
      ],
    },
    'a-more.txt',
  )
  expect(isSame).toBe(true)
  expect(recipe).toMatchObject({ inputs: [{ name: 'a.txt' }], result: 'a-more.txt', renames: 'code' })
  expect(recipe.cells.map(({ code }) => code.split('\n')[0])).toEqual([
    "import { readFileSync } from 'node:fs'",
    expect.stringMatching(/^const words/),
    'times++',
    expect.stringMatching(/^writeFileSync\('a-many/),
    expect.stringMatching(/^const more/),
  ])
  const found = await results(recipe, [[fileOf('x.csv', 'X')], [fileOf('y.txt', 'Y')]])
  expect(found).toEqual([
    { 'x-more.txt': expect.stringMatching(/^of XXX0\.\d+$/) },
    { 'y-more.txt': expect.stringMatching(/^of YYY0\.\d+$/) },
  ])
})

it('keeps only the last of several tries that wrote the same file, unless it built on it', async () => {
  const upload = { 'a.txt': 'alpha' }
  const alone = await saved({
    uploads: upload,
    cells: [1, 2, 3].map((n) => `${FS}writeFileSync('out.txt', readFileSync('a.txt', 'utf8').repeat(${n}))`),
  })
  expect(alone.recipe.cells.map(({ code }) => code)).toEqual([expect.stringContaining('repeat(3)')])
  const built = await saved({
    uploads: upload,
    cells: [
      `${FS}writeFileSync('out.txt', readFileSync('a.txt', 'utf8'))`,
      `${FS}writeFileSync('out.txt', readFileSync('out.txt', 'utf8') + '!')`,
    ],
  })
  expect(built.recipe.cells).toHaveLength(2)
  expect(await results(built.recipe, [[fileOf('b.txt', 'B')]])).toEqual([{ 'out.txt': 'B!' }])
})

it('finds the files of a snippet that lists its folder', async () => {
  const scene = {
    uploads: { 'a.txt': 'one', 'b.txt': 'two' },
    cells: [
      `${FS}import { readdirSync } from 'node:fs'; writeFileSync('all.md', readdirSync('.').map((f) => readFileSync(f, 'utf8')).join())`,
    ],
  }
  const { recipe, isSame } = await saved({ ...scene, ask: true })
  expect([namesOf(recipe), isSame]).toEqual([['a.txt', 'b.txt'], true])
  expect(await results(recipe, [[fileOf('x.txt', 'X'), fileOf('y.txt', 'Y')]])).toEqual([{ 'all.md': 'X,Y' }])
  expect((await saved(scene)).recipe).toEqual({ ...recipe, savedAt: expect.any(String) })
})

it('gives other files the old names where the snippets put names together', async () => {
  const { recipe, isSame } = await saved({
    uploads: { 'notes.txt': 'abc' },
    cells: [
      `${FS}const base = 'notes'; writeFileSync(base + '-one.txt', readFileSync(base + '.txt', 'utf8') + readFileSync('notes.txt', 'utf8'))`,
      `${FS}writeFileSync('notes-two.txt', readFileSync('notes-one.txt', 'utf8') + '2')`,
    ],
  })
  expect([recipe.renames, isSame]).toEqual(['files', true])
  expect(await results(recipe, [[fileOf('x.txt', 'X')]])).toEqual([{ 'x-two.txt': 'XX2' }])
})

it('names the other file in texts, and says nothing of a difference that is only the name', async () => {
  const { recipe, isSame } = await saved({
    uploads: { 'notes.txt': 'abc' },
    cells: [
      `${FS}writeFileSync('notes-size.txt', \`notes.txt has \${readFileSync('notes.txt').length} bytes of notes\`)`,
    ],
  })
  expect([recipe.renames, isSame]).toEqual(['code', true])
  expect(await results(recipe, [[fileOf("it's `${x}`.txt", 'four')]])).toEqual([
    { "it's `${x}`-size.txt": "it's `${x}`.txt has 4 bytes of notes" },
  ])
})

it('takes as many files as it reads, in the order they were brought', async () => {
  const { recipe } = await saved({
    uploads: { 'z.txt': 'Z', 'a.txt': 'A' },
    cells: [`${FS}writeFileSync('both.txt', readFileSync('a.txt', 'utf8') + readFileSync('z.txt', 'utf8'))`],
  })
  expect(namesOf(recipe)).toEqual(['z.txt', 'a.txt'])
  const sets = [
    [fileOf('1.txt', 'one'), fileOf('2.txt', 'two')],
    [fileOf('a.txt', 'first'), fileOf('z.txt', 'second')],
  ]
  expect(await results(recipe, sets)).toEqual([{ 'both.txt': 'twoone' }, { 'both.txt': 'secondfirst' }])
})

it('runs without files where it reads none', async () => {
  const { recipe } = await saved({ cells: [`${FS}writeFileSync('random.txt', String(Math.random()))`] })
  expect(recipe.inputs).toEqual([])
  const [one, other] = await results(recipe, [[], []])
  expect(one).toEqual(other)
})

it('starts every file anew, and goes on after one that fails', async () => {
  const { recipe } = await saved({
    uploads: { 'a.png': await picture('red') },
    cells: [
      "import sharp from 'sharp'\nconst seen = globalThis as { n?: number }; seen.n = (seen.n ?? 0) + 1",
      `${FS}const { width } = await sharp('a.png').metadata(); writeFileSync('a.txt', \`\${seen.n} \${width}\`)`,
    ],
  })
  const folder = newFolder()
  mkdirSync(join(folder, 'folder'))
  const sets = [
    [fileOf('b.jpg', await picture('blue', 'jpeg'))],
    [fileOf('bad.png', 'no picture')],
    [join(folder, 'none.png')],
    [fileOf('c.png', await picture('green'))],
  ]
  expect(await results(recipe, sets)).toEqual([
    { 'b.txt': '1 8' },
    'Its name says image/png, but its content is not a picture. Save it again, or attach another copy.',
    `ENOENT: no such file or directory, open '${join(folder, 'none.png')}'`,
    { 'c.txt': '1 8' },
  ])
})

it('refuses files that no snippet made, and snippets that do not make the file again', async () => {
  const brought = { uploads: { 'a.txt': 'x' }, cells: ['1'] }
  await expect(saved(brought)).rejects.toThrow(
    'This session has no file to make again. None of the files that it made still exists.',
  )
  await expect(saved(brought, 'a.txt')).rejects.toThrow(
    '"a.txt" was uploaded, not made by a snippet. None of the files that it made still exists.',
  )
  const failed = {
    cells: [`${FS}writeFileSync('a.txt', 'x'); throw new Error('stop')`, `${FS}writeFileSync('b.txt', 'x')`],
  }
  await expect(saved(failed, 'c.txt')).rejects.toThrow('This session has no file "c.txt". It made: "a.txt", "b.txt".')
  await expect(saved(failed, 'a.txt')).rejects.toThrow(
    'The snippets that made "a.txt" do not make it again: one of them, or one that it needs, did not end well.',
  )
})

function picture(colour: string, format: 'png' | 'jpeg' = 'png'): Promise<Buffer> {
  return sharp({ create: { width: 8, height: 4, channels: 3, background: colour } })
    .toFormat(format)
    .toBuffer()
}
