// Recipes on the command line: saved from a session, run on other files without a planner, listed and removed.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { easel } from './main.ts'
import { eventsOf, newFolder, onlyEvent, portrait, startEasel, type Ended } from './program.ts'

interface Kept {
  readonly data: string
  readonly id: string
}

/** A session in which a request was answered. */
async function asked(request: string, ...files: string[]): Promise<Kept> {
  const data = newFolder()
  const ended = await easel(['ask', request, ...files, '--json', '--data', data, '-o', newFolder()])
  expect(ended).toMatchObject({ code: 0, stderr: '' })
  return { data, id: onlyEvent(ended, 'session').id }
}

/** A session in which a snippet ran. */
async function ran(code: string, ...files: string[]): Promise<Kept> {
  const [data, snippet] = [newFolder(), join(newFolder(), 'snippet.ts')]
  writeFileSync(snippet, code)
  const ended = await easel(['run', snippet, ...files, '--json', '--data', data, '-o', newFolder()])
  expect(ended).toMatchObject({ code: 0, stderr: '' })
  return { data, id: onlyEvent(ended, 'session').id }
}

function recipe({ data }: Kept, ...args: string[]): Promise<Ended> {
  return easel(['recipe', ...args, '--data', data])
}

async function pictureFile(name: string, width: number, height: number): Promise<string> {
  const path = join(newFolder(), name)
  const create = { width, height, channels: 3, background: { r: 200, g: 40, b: 10 } } as const
  await sharp({ create }).toFile(path)
  return path
}

describe('easel recipe', () => {
  it('keeps what made a picture, and makes it of others; one that is broken stops nothing', async () => {
    const kept = await asked('make this grayscale, then half the size', portrait)
    const saved = await recipe(kept, 'save', 'gray half', '--session', kept.id)
    expect(saved).toMatchObject({ code: 0, stderr: '' })
    expect(saved.stdout).toMatch(
      /^Saved "gray half": takes 1 file \(portrait\.png\), runs 1 snippet, makes portrait-gray-50pct\.png\.\nRun it: easel recipe run "gray half" FILES\.\.\.\n$/,
    )
    const [cat, dog] = [await pictureFile('cat.jpg', 80, 40), await pictureFile('my "咖啡" `${x}` it\'s.webp', 60, 90)]
    const bad = join(newFolder(), 'bad.png')
    writeFileSync(bad, 'no picture')
    const out = newFolder()
    const ended = await recipe(kept, 'run', 'gray half', cat, bad, join(out, 'none.png'), dog, '-o', out)
    expect(ended).toMatchObject({
      code: 1,
      stderr: [
        'bad.png: Its name says image/png, but its content is not a picture. Save it again, or attach another copy.',
        `none.png: There is no file ${JSON.stringify(join(out, 'none.png'))}.`,
        'easel: 2 of 4 files done, 2 failed.\n',
      ].join('\n'),
    })
    expect(readdirSync(out).sort()).toEqual(['cat-gray-50pct.png', 'my "咖啡" `${x}` it\'s-gray-50pct.png'])
    const { data, info } = await sharp(join(out, 'cat-gray-50pct.png'))
      .removeAlpha()
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true })
    expect([info.width, info.height]).toEqual([40, 20])
    expect(data[0]).toBe(data[1])
    expect(data[1]).toBe(data[2])
    expect(data[0]).toBeGreaterThan(60)
    // Neither saving nor running leaves a session behind.
    expect((await easel(['sessions', '--json', '--data', kept.data])).stdout.trim().split('\n')).toHaveLength(1)
  })

  it('tells each step as an event with --json, one end at the very end', async () => {
    const kept = await asked('make this grayscale', portrait)
    const saved = await recipe(kept, 'save', 'gray', '--session', kept.id, '--json')
    expect(eventsOf(saved)).toMatchObject([
      {
        type: 'recipe',
        name: 'gray',
        inputs: ['portrait.png'],
        result: 'portrait-gray.png',
        cells: 1,
        renames: 'code',
        isSame: true,
      },
      { type: 'end', status: 'ok' },
    ])
    const out = newFolder()
    const cat = await pictureFile('cat.png', 8, 4)
    const ended = await recipe(kept, 'run', 'gray', cat, out, '--json', '-o', out)
    const path = join(out, 'cat-gray.png')
    const told = eventsOf(ended)
    expect(told).toMatchObject([
      { type: 'progress', cell: 0, done: 0, total: 2, label: 'cat.png' },
      { type: 'file', name: 'cat-gray.png', path, width: 8, height: 4, mime: 'image/png' },
      { type: 'progress', done: 1, total: 2, label: basename(out) },
      { type: 'notice', text: `${basename(out)}: ${JSON.stringify(out)} is a folder; name the files in it.` },
      { type: 'progress', done: 2, total: 2 },
      { type: 'end', status: 'failed', code: 'recipe_failures', message: '1 of 2 files done, 1 failed.' },
    ])
    expect(ended.code).toBe(1)
    expect(existsSync(path)).toBe(true)
  })

  it('makes charts of other tables, if they have the columns', async () => {
    const folder = newFolder()
    const table = (name: string, text: string): string => {
      writeFileSync(join(folder, name), text)
      return join(folder, name)
    }
    const kept = await asked('a bar chart of the table', table('a.csv', 'city,people\nUlm,4\nBonn,7\n'))
    expect(await recipe(kept, 'save', 'bars', '--session', kept.id)).toMatchObject({ code: 0, stderr: '' })
    const out = newFolder()
    const [towns, rain] = [
      table('towns.csv', 'people,city\n9,Köln\n3,成都\n'),
      table('rain.csv', 'month,city\n1,Ulm\n'),
    ]
    const ended = await recipe(kept, 'run', 'bars', rain, towns, '-o', out)
    const problem = 'It has no column "people", which the recipe reads; it has "month", "city".'
    expect(ended.stderr).toBe(`rain.csv: ${problem}\neasel: 1 of 2 files done, 1 failed.\n`)
    const [chart = '', ...others] = readdirSync(out)
    expect([chart, others]).toEqual([expect.stringMatching(/^towns-.*\.png$/), []])
    expect((await sharp(join(out, chart)).metadata()).width).toBeGreaterThan(300)
  })

  it('numbers results that would have the same name, and says so', async () => {
    const code =
      "import { readFileSync, writeFileSync } from 'node:fs'; writeFileSync('result.txt', readFileSync('in.txt'))"
    const folder = newFolder()
    for (const name of ['in', 'one', 'two']) writeFileSync(join(folder, `${name}.txt`), name)
    const kept = await ran(code, join(folder, 'in.txt'))
    await recipe(kept, 'save', 'copy', '--session', kept.id, 'result.txt')
    const out = newFolder()
    const ended = await recipe(kept, 'run', 'copy', join(folder, 'one.txt'), join(folder, 'two.txt'), '-o', out)
    expect(ended.code).toBe(0)
    expect(ended.stdout).toContain('result.txt already existed, so the result of two.txt is ')
    expect(readFileSync(join(out, 'result.txt'), 'utf8')).toBe('one')
    expect(readFileSync(join(out, 'result (2).txt'), 'utf8')).toBe('two')
  })

  it('stops at an interrupt, after telling how far it came', async () => {
    const code =
      "import { readFileSync, writeFileSync } from 'node:fs'; while (readFileSync('in.txt', 'utf8') === 'slow') await null; writeFileSync('in-x.txt', 'in.txt')"
    const folder = newFolder()
    const files = ['in', 'b', 'c', 'd'].map((name) => join(folder, `${name}.txt`))
    for (const [n, file] of files.entries()) writeFileSync(file, n === 0 ? 'text' : 'slow')
    const kept = await ran(code, files[0] ?? '')
    await recipe(kept, 'save', 'slow', '--session', kept.id)
    const running = startEasel(['recipe', 'run', 'slow', ...files, '--json', '--data', kept.data, '-o', newFolder()], {
      input: '',
    })
    await running.saw('"type":"file"')
    running.process.kill('SIGINT')
    const ended = await running.ended
    expect(ended.code).toBe(1)
    expect(onlyEvent(ended, 'end')).toEqual({
      type: 'end',
      status: 'cancelled',
      code: 'EASEL_CANCELLED',
      message: 'Cancelled: 1 of 4 done, 0 failed.',
    })
  })

  it('lists, and removes by name', async () => {
    const kept = await ran("import { writeFileSync } from 'node:fs'; writeFileSync('a.txt', 'a')")
    expect((await recipe(kept, 'list')).stdout).toBe(`No recipes in ${kept.data}.\n`)
    await recipe(kept, 'save', '一 two', '--session', kept.id)
    expect((await recipe(kept, 'list')).stdout).toMatch(
      /^NAME +AGE +CELLS +TAKES +MAKES\n一 two +\d+ s +1 +no file +a\.txt\n$/,
    )
    const [listed] = eventsOf(await recipe(kept, 'list', '--json'))
    expect(listed).toMatchObject({ type: 'recipe', name: '一 two', inputs: [], result: 'a.txt', cells: 1 })
    expect(await recipe(kept, 'save', '一 two', '--session', kept.id)).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'easel: There is a recipe "一 two" already. Choose another name, or remove it first: easel recipe rm "一 two"\n',
    })
    const out = newFolder()
    expect(await recipe(kept, 'run', '一 two', '-o', out)).toMatchObject({ code: 0, stderr: '' })
    expect(readFileSync(join(out, 'a.txt'), 'utf8')).toBe('a')
    expect(await recipe(kept, 'run', '一 two', portrait)).toEqual({
      code: 2,
      stdout: '',
      stderr: 'easel: The recipe "一 two" takes no files: easel recipe run "一 two".\n',
    })
    expect(await recipe(kept, 'rm', '一 two', 'none')).toEqual({
      code: 1,
      stdout: 'Removed 一 two.\n',
      stderr: 'easel: There is no recipe "none".\n',
    })
  })
})
