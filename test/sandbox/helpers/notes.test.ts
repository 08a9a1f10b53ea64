// Unknown options of the helpers and missing fonts are reported, with what was used instead; and titles of a grid.
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { defaultLimits } from '../../../sandbox/limits.ts'
import { openSandbox, type Sandbox } from '../../../src/runner/sandbox.ts'
import { newFolder } from '../../cli/program.ts'

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
        "turn has no option 'wobble'; it was ignored. Its options: background, expand.",
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

describe('a font that there is not', () => {
  const text = (font: string, taken = 'Noto Sans SC', place = `${taken} was used instead`): string =>
    `The font "${font}" is not available; ${place}. There are sans-serif, serif, monospace, Impact, cursive (handwriting) ` +
    'and emoji, each under its common names, and for Chinese one face, Noto Sans SC; a font file is added to canvas with GlobalFonts.registerFromPath(name, family).'

  it('is noted on a canvas, in SVG and in text, each cell anew, with what was taken', async () => {
    const code = `
import { createCanvas } from '@napi-rs/canvas'
const context = createCanvas(50, 20).getContext('2d')
for (let i = 0; i < 3; i++) { context.font = 'bold 12px "Pump Triline", Georgia'; context.fillText('a', 0, 10) }
context.font = '12px Frutiger'
context.canvas.toBuffer('image/png')
const svg = '<svg width="50" height="20"><style>.a { font: 3px Arial; font-family: Vag Rounded, Impact }</style><text class="a" y="9">a</text><text y="19" font-family="&apos;Kabel&apos;">b</text></svg>'
await sharp(Buffer.from(svg)).composite([{ input: { text: { text: '<span face="Peignot">a</span>', font: 'Bookman Bold Italic 12' } } }]).png().toBuffer()
`
    const notes = [
      text('Pump Triline', 'Gelasio'),
      text('Frutiger'),
      text('Vag Rounded', 'Anton'),
      text('Kabel'),
      text('Bookman'),
      text('Peignot'),
    ]
    expect(await run(code)).toMatchObject({ status: 'ok', notes })
    expect(await run(code)).toMatchObject({ status: 'ok', notes })
  })

  it('is noted for a Chinese face with what Chinese and what other letters are drawn in', async () => {
    const gothic = 'Chinese is drawn in Noto Sans SC, a gothic face (there is no Song or Kai)'
    const code = `
import { createCanvas } from '@napi-rs/canvas'
const context = createCanvas(50, 20).getContext('2d')
context.font = '20px 宋体, serif'
context.font = '20px KaiTi'
context.font = '20px "Songbird Kaizen"'
context.canvas.toBuffer('image/png')
await sharp(Buffer.from('<svg width="50" height="20"><text y="19" font-family="SimSun, Georgia">字</text></svg>')).png().toBuffer()
await sharp({ text: { text: '字', font: 'Noto Serif CJK SC 12' } }).png().toBuffer()`
    expect(await run(code)).toMatchObject({
      status: 'ok',
      notes: [
        text('宋体', '', `${gothic}, other letters in Gelasio`),
        text('KaiTi', '', gothic),
        text('Songbird Kaizen'),
        text('SimSun', '', `${gothic}, other letters in Gelasio`),
        text('Noto Serif CJK SC', '', gothic),
      ],
    })
  })

  it('is not noted for names that lead somewhere, in any letters, nor for a font of the session', async () => {
    const code = `
import { createCanvas, GlobalFonts } from '@napi-rs/canvas'
import { readFileSync } from 'node:fs'
const context = createCanvas(50, 20).getContext('2d')
for (const font of ['12px arial', 'italic 12px "Courier New", monospace', '12px -apple-system, BlinkMacSystemFont', '12px 微软雅黑', '10px GEORGIA', 'bold 12px'])
  context.font = font
context.canvas.toBuffer('image/png')
await sharp(Buffer.from('<svg width="50" height="20" font-family="times new roman, Nowhere"><text y="9" style="font-family: inherit">a</text></svg>')).png().toBuffer()
await sharp({ text: { text: 'a', font: 'Comic Sans MS Semi-Bold Italic 12' } }).png().toBuffer()
await sharp({ text: { text: 'a' } }).png().toBuffer()
await chart({ type: 'bar', data: { labels: ['a'], datasets: [{ data: [1] }] } })
await label(red, 'a')`
    expect(await run(code)).toMatchObject({ status: 'ok', notes: [] })
  })
})

describe('a chart of which nothing can be drawn', () => {
  it('is said, dataset by dataset', async () => {
    const code = `await chart({ type: 'bar', data: { labels: ['a', 'b'], datasets: [{ label: 's', data: [NaN, undefined] }, { data: [1, NaN] }, { data: ['x', 'y'] }, { data: [] }] } })`
    expect(await run(code)).toMatchObject({
      status: 'ok',
      notes: [
        "chart: dataset 's' has no value that can be drawn (2 values, none is a number); it is missing from the bar chart.",
        'chart: dataset 3 has no value that can be drawn (2 values, none is a number); it is missing from the bar chart.',
      ],
    })
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
