// Values that a canvas ignores silently are reported; they stay ignored as in the real package.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PROPERTIES } from '../../../sandbox/guest/canvas/command-table.ts'
import { makeGuest, plain, runOutside } from './fixture.ts'
import { openNotesScene, type NotesScene } from '../child/notes-scene.ts'

let scene: NotesScene
beforeAll(() => {
  scene = openNotesScene()
})
afterAll(() => scene.close())

function notesOf(code: string): Promise<string[]> {
  return scene.notesOf(`import { createCanvas } from '@napi-rs/canvas'
const x: any = createCanvas(200, 100).getContext('2d')
${code}
x.getImageData(0, 0, 1, 1)`)
}

const ORDER = '(style, weight, size with its unit, then the family).'

describe('a value that is passed over', () => {
  it.each([
    ["x.fillStyle = 'tealish'", "canvas: fillStyle 'tealish' is not a colour; #000000 was kept."],
    ["x.strokeStyle = 'red'; x.strokeStyle = '#12'", "canvas: strokeStyle '#12' is not a colour; red was kept."],
    ['x.fillStyle = 0xff0000', 'canvas: fillStyle 16711680 is not a colour as text; #000000 was kept.'],
    [
      "x.fillStyle = x.createLinearGradient(0, 0, 9, 9); x.fillStyle = 'oklch(0.7 0.1 200)'",
      "canvas: fillStyle 'oklch(0.7 0.1 200)' is not a colour that this canvas knows (names, #rrggbb, rgb(), hsl()); the gradient or pattern was kept.",
    ],
    ["x.lineCap = 'rounded'", "canvas: lineCap 'rounded' is not one of butt, round, square; butt was kept."],
    ["x.lineJoin = 'arcs'", "canvas: lineJoin 'arcs' is not one of miter, round, bevel; miter was kept."],
    ["x.lineWidth = '3'", "canvas: lineWidth '3' is text, not a number; 1 was kept."],
    ["x.imageSmoothingEnabled = 'no'", "canvas: imageSmoothingEnabled 'no' is neither true nor false; true was kept."],
    [
      "x.filter = 'blurr(2px)'",
      "canvas: filter 'blurr(2px)' cannot be read ('none', or such as 'blur(4px) brightness(120%)'); none was kept.",
    ],
    ["x.letterSpacing = '3'", "canvas: letterSpacing '3' is not a length (such as '2px'); 0px was kept."],
  ])('%s', async (code, note) => {
    expect(await notesOf(code)).toEqual([note])
  })

  it('is told of a way of blending, with those that there are', async () => {
    expect(await notesOf("x.globalCompositeOperation = 'add'")).toEqual([
      expect.stringMatching(
        /^canvas: globalCompositeOperation 'add' is not one of source-over, lighter .*; source-over was kept\.$/,
      ),
    ])
  })

  it('is told once a cell and anew in the next, six at most, and bounded', async () => {
    const again =
      "for (let i = 0; i < 500; i++) { x.fillStyle = 'tealish'; x.fillStyle = 'red'; x.fillStyle = '#000000' }"
    expect(await notesOf(again)).toHaveLength(1)
    expect(await notesOf(again)).toHaveLength(1)
    expect(await notesOf("for (let i = 0; i < 50; i++) x.fillStyle = 'shade' + i")).toHaveLength(6)
    const [long] = await notesOf("x.fillStyle = '\\u202Ered\\n'.repeat(100000)")
    expect(long!.length).toBeLessThan(120)
    expect(long).not.toMatch(/[\n\u202E]/)
  })

  it('is told of a chart, too', async () => {
    const chart = `import { chart } from 'easel'
await chart({ type: 'bar', data: { labels: ['a'], datasets: [{ data: [1], backgroundColor: 'tealish' }] } })`
    expect(await notesOf(chart)).toContainEqual(expect.stringContaining("fillStyle 'tealish' is not a colour;"))
  })
})

describe('a font whose parts stand in a wrong order', () => {
  it.each([
    ['serif 40px', '40px serif', '40px sans-serif'],
    ['40 serif', '40px serif', '40px sans-serif'],
    ['bold Arial, serif 40px', 'bold 40px Arial, serif', '40px sans-serif'],
    ['48 px bold Arial', 'bold 48px Arial', '48px sans-serif'],
    ['40px,serif', '40px serif', '40px sans-serif'],
    ['24pt"Georgia"', '24pt "Georgia"', '24pt sans-serif'],
  ])('%s', async (font, meant, taken) => {
    const set = `x.font = ${JSON.stringify(font)}`
    const note = `canvas: font '${font}' is not read as written: ${taken} was used. Write '${meant}' ${ORDER}`
    expect(await notesOf(`${set}; ${set}`)).toEqual([note])
    expect(await notesOf(set)).toEqual([note])
    // The note is true.
    const widths = `const w = (font: string) => { x.font = font; return x.measureText('Wig 1').width }
if (w(${JSON.stringify(font)}) !== w('${taken}')) throw new Error('another font')`
    expect(await notesOf(widths)).toEqual([note])
  })

  it('is told where only the weight is lost, not as a family', async () => {
    expect(await notesOf("x.font = '40px bold serif'; x.font = '20px italic Georgia'")).toEqual([
      `canvas: font '40px bold serif' is not read as written. Write 'bold 40px serif' ${ORDER}`,
      `canvas: font '20px italic Georgia' is not read as written. Write 'italic 20px Georgia' ${ORDER}`,
    ])
  })

  it('is not told of a font in order, in any dress', async () => {
    const fonts = [
      'italic bold 12px/30px Georgia, serif',
      'oblique 10deg 900 40PX Arial',
      'normal normal 12.5px "Noto Sans SC", sans-serif',
      '12px 微软雅黑',
      '.5em serif',
      '12pt Arial Black',
      'bold 40px',
      '40px',
      '20px "Arial", -apple-system',
      'bold italic small-caps 9px / 2 Arial',
      '40px Arial bold',
    ]
    expect(await notesOf(fonts.map((font) => `x.font = ${JSON.stringify(font)}`).join('\n'))).toEqual([])
  })
})

describe('what is taken, refused or means nothing', () => {
  it('is not told', async () => {
    expect(
      await notesOf(`
for (const colour of ['red', ' RED ', '#abc', '#abcdef80', 'rgb(1 2 3 / 50%)', 'hsl(20deg 50% 50%)', 'transparent']) x.fillStyle = x.strokeStyle = x.shadowColor = colour
for (const [name, value] of [['shadowColor', 'tealish'], ['textAlign', 'centre'], ['textBaseline', 'center'], ['font', 'banana']]) try { x[name] = value } catch {}
x.fillStyle = undefined; x.fillStyle = null; x.lineWidth = NaN; x.globalAlpha = 1.01; x.direction = 'inherit'; x.letterSpacing = 'normal'
x.lineDashOffset = undefined`),
    ).toEqual([])
  })

  it('reads and fails as in the real package', async () => {
    const values = `['x', '', '3', 'red', 'a\\0b', 3, -1, NaN, true, undefined, null, 'inherit', 'round', 'lighter', '2px', 'blur(2px)']`
    const body = `const x = m('@napi-rs/canvas').createCanvas(9, 9).getContext('2d')
const seen = []
for (const name of ${JSON.stringify(Object.keys(PROPERTIES).filter((name) => name !== 'fontVariationSettings'))})
  for (const value of ${values}) {
    try { x[name] = value } catch (error) { seen.push(error.message) }
    seen.push([name, String(value), x[name]])
  }
return seen`
    const guest = await makeGuest()
    expect(plain(await guest.run(body))).toEqual(plain(await runOutside(body)))
  })
})
