// Options that the helpers do not have are ignored and said, with the nearest that there is; and titles of a grid.
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { defaultLimits } from '../sandbox/limits.ts'
import { openSandbox, type Sandbox } from '../src/runner/sandbox.ts'
import { newFolder } from './cli-program.ts'

let sandbox: Sandbox
let cell = 0
beforeAll(() => {
  sandbox = openSandbox({ folder: newFolder(), limits: defaultLimits() })
})
afterAll(() => sandbox.close())

const HEAD = `import { animate, chart, grid, label, readTable, stack, turn } from 'easel'
import sharp from 'sharp'
const red = { data: new Uint8Array(300).fill(200), info: { width: 10, height: 10, channels: 3 } }
`
async function run(code: string): Promise<{ notes: string[]; files: Map<string, Buffer>; status: string }> {
  const notes: string[] = []
  const names: string[] = []
  const request = { cell: ++cell, code: HEAD + code, seed: 1, clock: 1e12, timeoutMs: 60_000 }
  const { status } = await sandbox.run(request, (report) => {
    if (report.type === 'note') notes.push(report.text)
    if (report.type === 'file') names.push(report.name)
  })
  const files = new Map<string, Buffer>()
  for (const name of names) files.set(name, await sharp(sandbox.file(name)!.path).raw().toBuffer())
  return { notes, files, status }
}

describe('an option that a helper does not have', () => {
  it('is noted with the nearest, once a cell, also from a variable', async () => {
    const { notes, status } = await run(`
const options = { cols: 1 }
await grid([red, red], options)
await grid([red, red], options)
await label(red, 'a', { colour: 'red', possition: 'top' })
await turn(red, 5, { wobble: 1 })`)
    expect({ notes, status }).toEqual({
      status: 'ok',
      notes: [
        "grid has no option 'cols'; it was ignored. Did you mean 'columns'?",
        "label has no option 'colour'; it was ignored. Did you mean 'color'?",
        "label has no option 'possition'; it was ignored. Did you mean 'position'?",
        "turn has no option 'wobble'; it was ignored. There are: background.",
      ],
    })
  })

  it('is not noted where it is one, and at most twenty are told', async () => {
    const all =
      "await stack([red, red], { direction: 'right', gap: 1, labels: ['a'], label: { size: 5 }, align: 'start' })"
    expect((await run(all)).notes).toEqual([])
    const many = `await turn(red, 5, Object.fromEntries(Array.from({ length: 50 }, (_, i) => ['x' + i, 1])))`
    expect((await run(many)).notes).toHaveLength(20)
  })
})

describe('titles of a grid', () => {
  it('stand above, below or inside, by either name', async () => {
    const positions = ['above', 'top', 'below', 'bottom', 'inside']
    const code = positions.map(
      (one) =>
        `await (await grid([red], { labels: ['WWW'], labelPosition: '${one}', cell: { width: 80, height: 60 }, size: 14 })).toFile('${one}.png')`,
    )
    const { files, notes } = await run(code.join('\n'))
    expect(notes).toEqual([])
    const [above, top, below, bottom, inside] = positions.map((one) => files.get(`${one}.png`)!)
    expect(above).toEqual(top)
    expect(below).toEqual(bottom)
    expect(above).not.toEqual(below)
    expect(above!.length).toBe(below!.length)
    expect(inside!.length).toBeLessThan(above!.length)
  })

  it('stand nowhere else', async () => {
    expect(await run("await grid([red], { labelPosition: 'left' as never })")).toMatchObject({ status: 'threw' })
  })
})
