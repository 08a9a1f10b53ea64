// Text that is cut off by the edge of its canvas is reported with true figures; text that is meant to be cut off is
// not.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CHARTS } from '../guest/chart-kinds.ts'
import { openNotesScene, type NotesScene } from '../child/notes-scene.ts'

let scene: NotesScene
beforeAll(() => {
  scene = openNotesScene()
})
afterAll(() => scene.close())

const notesOf = (code: string): Promise<string[]> => scene.notesOf(code)

const HEAD = `import { createCanvas } from '@napi-rs/canvas'
const canvas = createCanvas(512, 400), ctx = canvas.getContext('2d')
`
const drawn = (code: string): Promise<string[]> => notesOf(`${HEAD}${code}\ncanvas.toBuffer('image/png')`)

const LONG = 'ONE DOES NOT SIMPLY WALK'
const TAKE_SMALLER = 'measure it (measureText) and take a smaller font, or more lines.'
const MOVE_OR_MEASURE = 'move it, or measure it (measureText) and take a smaller font.'

describe('a text that is cut', () => {
  it('is told with the edges and by how much', async () => {
    const meme = `ctx.font = 'bold 72px Impact'; ctx.textAlign = 'center'; ctx.lineWidth = 8`
    expect(await drawn(`${meme}; ctx.strokeText('${LONG}', 256, 200); ctx.fillText('${LONG}', 256, 200)`)).toEqual([
      expect.stringMatching(
        /^canvas: the text "ONE DOES NOT SIMPLY WALK" runs over the left and right edges by up to \d+ pixels: it is \d+ wide, the canvas 512; /,
      ),
    ])
    expect(await drawn("ctx.font = '40px serif'; ctx.fillText('Heading', 450, 200)")).toEqual([
      expect.stringMatching(
        /^canvas: the text "Heading" runs over the right edge by 89 pixels; move it, or measure it \(measureText\)/,
      ),
    ])
    expect(await drawn("ctx.font = '40px serif'; ctx.fillText('Heading', 10, 10)")).toEqual([
      expect.stringMatching(
        /^canvas: the text "Heading" runs over the top edge by (?:19|2\d) pixels; move it: y is the position/,
      ),
    ])
    expect(await drawn("ctx.font = '80px serif'; ctx.rotate(1.2); ctx.fillText('TOO LARGE', 200, -50)")).toEqual([
      expect.stringMatching(/^canvas: the text "TOO LARGE" runs over .*: it is 4\d\d high, the canvas 400; measure/),
    ])
    expect(await drawn("ctx.fillText('Sun', 20, 450)")).toEqual([
      'canvas: the text "Sun" lies wholly outside the canvas of 512x400, beyond the bottom edge; its point is at 20, 450.',
    ])
  })

  // The note must say what the same text shows on a larger canvas.
  it.each([
    ['textAlign', `ctx.textAlign = 'right'`, `'Wide letters', 150, 100`],
    ['end', `ctx.textAlign = 'end'`, `'Wide letters', 150, 100`],
    ['centre', `ctx.textAlign = 'center'`, `'Wide letters', 50, 100`],
    ['maxWidth', '', `'Wide letters', 400, 100, 150`],
    ['a transform', 'ctx.translate(300, 100); ctx.scale(2, 2)', `'Wide letters', 0, 0`],
    ['a turn', 'ctx.translate(60, 300); ctx.rotate(-Math.PI / 2)', `'Wide letters', 130, 0`],
    ['blanks', '', `'  Wide letters  ', 380, 100`],
    ['centred blanks', `ctx.textAlign = 'center'`, `'  Wide letters', 480, 100`],
    ['emoji', '', `'Sun ☀️ and 😀', 380, 100`],
    ['several fonts', `ctx.textAlign = 'center'`, `'Of 中文 and 😀', 480, 100`],
    ['Chinese', '', `'中文标题文字', 380, 100`],
    ['a baseline', `ctx.textBaseline = 'bottom'`, `'Wide letters', 20, 30`],
  ])('is measured as it is drawn: %s', async (_name, state, args) => {
    const code = (draw: string, after: string): string =>
      `import { createCanvas } from '@napi-rs/canvas'
const box = (width, height, x, y, draw) => {
  const ctx = createCanvas(width, height).getContext('2d')
  ctx.translate(x, y)
  ctx.font = '50px serif'
  ${state}
  draw(ctx)
  return ctx
}
${draw}
${after}`.replaceAll('ctx => ', '(ctx) => ')
    const ink = code(
      `const { data } = box(1512, 1400, 500, 500, ctx => ctx.fillText(${args})).getImageData(0, 0, 1512, 1400)`,
      `let [l, r, t, b] = [1512, 0, 1400, 0]
for (let at = 3; at < data.length; at += 4) if (data[at] > 20) {
  const x = ((at - 3) / 4) % 1512, y = Math.floor(at / 4 / 1512)
  l = Math.min(l, x); r = Math.max(r, x + 1); t = Math.min(t, y); b = Math.max(b, y + 1)
}
console.log(Math.max(500 - l, r - 1012, 500 - t, b - 900))`,
    )
    const value = await scene.printedBy(ink)
    const [note] = await notesOf(code(`box(512, 400, 0, 0, ctx => ctx.fillText(${args})).getImageData(0, 0, 1, 1)`, ''))
    const told = Number(/by (?:up to )?(\d+) pixels/.exec(note ?? '')?.[1])
    expect(Math.abs(told - Number(value))).toBeLessThanOrEqual(3)
  })

  it('is told of each canvas by its size, of two texts, and of more in one sentence', async () => {
    const two = await drawn("ctx.fillText('left', -12, 50); ctx.fillText('right', 500, 50); ctx.fillText('in', 9, 50)")
    expect(two.map((note) => note.slice(0, 26))).toEqual(
      ['canvas: the text "left" run', 'canvas: the text "right" ru'].map((note) => note.slice(0, 26)),
    )
    expect(await drawn("for (let i = 0; i < 9; i++) ctx.fillText('row ' + i, 20, 390 + 20 * i)")).toEqual([
      expect.stringContaining('the text "row 1" lies wholly outside'),
      'canvas: 7 more texts are cut by an edge of their canvas, such as "row 2".',
    ])
    const banners = `for (const width of [800, 100]) { const c = createCanvas(width, 100).getContext('2d'); c.font = '30px serif'; c.fillText('Summer sale', 10, 50); c.canvas.toBuffer('image/png') }`
    expect(await drawn(banners)).toEqual([expect.stringContaining(`the canvas 100; ${TAKE_SMALLER}`)])
    expect(await drawn("ctx.fillText('right', 500, 50)")).toEqual([expect.stringContaining(MOVE_OR_MEASURE)])
  })

  it('is told where a picture is saved in several formats, and where it stands still in frames', async () => {
    const formats = "ctx.fillText('right', 500, 50); for (let i = 0; i < 12; i++) canvas.toBuffer('image/jpeg', i)"
    expect(await drawn(formats)).toHaveLength(1)
    const still = `for (let i = 0; i < 20; i++) { ctx.clearRect(0, 0, 512, 400); ctx.fillText('still', 500, 50); ctx.fillText('moves', i * 9 - 20, 90); ctx.fillText('n' + i, 502, 200); ctx.getImageData(0, 0, 9, 9) }`
    expect(await drawn(still)).toEqual([expect.stringContaining('"still"')])
  })
})

describe('a canvas that gets another size', () => {
  it('is looked at anew, and the text of the cell before is forgotten', async () => {
    const text = "ctx.font = '40px serif'; ctx.fillText('Heading', 20, 80);"
    expect(await drawn(`${text} canvas.width = 100; ${text}`)).toEqual([expect.stringContaining('the canvas 100')])
    expect(
      await drawn(`${text} canvas.toBuffer('image/png'); canvas.width = 100; ${text} canvas.height = 400; ${text}`),
    ).toEqual([expect.stringContaining('the canvas 100')])
    expect(await notesOf("canvas.toBuffer('image/png')")).toEqual([])
  })
})

describe('no note is made', () => {
  const quiet: Readonly<Record<string, string>> = {
    'of text inside, by a hair beyond, empty or unseen': `
ctx.font = '40px serif'
ctx.textBaseline = 'top'; ctx.fillText('Top', 0, 0); ctx.textBaseline = 'alphabetic'
ctx.fillText('Wj', -1, 100); ctx.fillText('   ', 600, 600); ctx.fillText('', -5, -5)
ctx.globalAlpha = 0; ctx.fillText('alpha', -20, 100); ctx.globalAlpha = 1
for (const none of ['transparent', '#0000', '#ff000000', 'rgba(1, 2, 3, 0)', 'rgb(1 2 3 / 0%)']) { ctx.fillStyle = none; ctx.fillText(none, -20, 100) }
ctx.fillStyle = 'rgb(255,0,0)'; ctx.fillText('bad', NaN, 100)
ctx.save(); ctx.rect(0, 0, 20, 20); ctx.clip(); ctx.fillText('clipped', 10, 30); ctx.restore()
ctx.shadowColor = 'red'; ctx.shadowOffsetX = 1000; ctx.fillText('shadow', -900, 100)`,
    'of tiles and turned marks all over the picture': `
ctx.rotate(-0.5); ctx.font = '60px sans-serif'; ctx.globalAlpha = 0.2
for (let y = 0; y < 900; y += 90) for (let x = -400; x < 600; x += 700) ctx.fillText('CONFIDENTIAL DRAFT COPY', x, y)`,
    'of what was also drawn wholly inside': `ctx.fillText('N/A', 505, 50); ctx.fillText('N/A', 50, 50)`,
    'of text that moves in and through, on one canvas and on many': `
for (let i = 0; i < 30; i++) {
  ctx.clearRect(0, 0, 512, 400); ctx.font = '30px serif'; ctx.fillText('Breaking news of an odd and very long kind, all day and night', 500 - 30 * i, 50); ctx.getImageData(0, 0, 2, 2)
  const frame = createCanvas(100, 50).getContext('2d'); frame.font = '20px serif'; frame.fillText('Another very long one', 90 - 12 * i, 20); frame.canvas.toBuffer('image/png')
}`,
  }
  it.each(Object.entries(quiet))('%s', async (_name, code) => {
    expect(await drawn(code)).toEqual([])
  })

  it.each(Object.entries(CHARTS))('of a chart: %s', async (_name, config) => {
    expect(
      await notesOf(`import { chart } from 'easel'
import { ChartJSNodeCanvas } from 'chartjs-node-canvas'
const config = ${config}
if (config.type) await chart(config)
if (config.type) await chart(config, { width: 300, height: 200 })
await new ChartJSNodeCanvas({ width: 640, height: 400 }).renderToBuffer(${config})`),
    ).toEqual([])
  })

  it('of what the helpers place', async () => {
    expect(
      await notesOf(`import { barRace, grid, label, stack } from 'easel'
const red = { data: new Uint8Array(30000).fill(200), info: { width: 100, height: 100, channels: 3 } }
const texts = ['a', 'a label that is far too long for a picture so small as this', '中文标签', '😀']
for (const text of texts) for (const position of ['top', 'bottom-right', 'center']) await label(red, text, { position })
await grid([red, red, red, red], { labels: texts })
await stack([red, red], { labels: texts.slice(0, 2) })
const rows = []
for (let year = 2000; year < 2012; year++) for (let i = 0; i < 14; i++) rows.push({ year, name: 'Country number ' + i, value: Math.round(((i * 7919 + year * (31 + i * 17)) % 1000) * 12345.6) })
await barRace(rows, { time: 'year', label: 'name', value: 'value', top: 8, steps: 9, width: 500, height: 300 })`),
    ).toEqual([])
  })
})
