// Notes on code that runs but gives another picture than it seems to: the order of sharp's steps, pictures that end up
// invisible, frames of different sizes, edits that changed nothing, fonts of an SVG's shorthand.
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openNotesScene, type NotesScene } from './notes-scene.ts'
import { photo } from '../native/image-input-scene.ts'

let scene: NotesScene
beforeAll(async () => {
  scene = openNotesScene()
  await scene.upload('photo.png', await photo(60, 40).png().toBuffer())
  await scene.upload(
    'clear.png',
    await sharp(await photo(60, 40).png().toBuffer())
      .ensureAlpha()
      .png()
      .toBuffer(),
  )
  await scene.notesOf("import sharp from 'sharp'; import { animate, grid, label, stack } from 'easel'")
})
afterAll(() => scene.close())

const DOT = "{ input: { create: { width: 4, height: 4, channels: 4, background: 'red' } }, left: 1, top: 1 }"
const chain = (calls: string): Promise<string[]> => scene.notesOf(`await sharp('photo.png')${calls}.png().toBuffer()`)

describe('of a chain of sharp', () => {
  it.each([
    ['.resize(6).resize(60)', /^sharp: resize was called 2 times in one pipeline, and only the last counts/],
    [
      `.composite([${DOT}]).composite([${DOT.replace('red', 'blue')}])`,
      /composite was called 2 times .* pass all layers to one call/,
    ],
    ['.rotate(90).rotate(45)', /rotate was called 2 times/],
    [
      '.resize(20).extract({ left: 0, top: 0, width: 9, height: 9 }).extract({ left: 1, top: 1, width: 3, height: 3 })',
      /extract was called several times/,
    ],
    [
      `.composite([${DOT}]).resize(30).grayscale()`,
      /^sharp: resize, grayscale after composite in one pipeline runs before it/,
    ],
    ['.extend({ top: 5 }).resize(30)', /resize after extend in one pipeline runs before it/],
    ['.grayscale().tint("#704214")', /the colour of tint is lost/],
  ])('%s', async (calls, words) => {
    const notes = await chain(calls)
    expect(notes).toHaveLength(1)
    expect(notes[0]).toMatch(words)
  })

  it.each([
    `.rotate().resize(30).rotate(90).blur(1).composite([${DOT}, ${DOT}]).negate()`,
    '.extract({ left: 0, top: 0, width: 30, height: 30 }).resize(20).extract({ left: 0, top: 0, width: 9, height: 9 })',
    '.resize(30).resize(30)',
    `.composite([${DOT}]).flatten({ background: 'white' })`,
    '.resize(30).extend({ top: 5 }).tint("red").modulate({ brightness: 1.1 })',
  ])('nothing of %s', async (calls) => {
    expect(await chain(calls)).toEqual([])
  })

  it('nothing of one that gives several sizes', async () => {
    const code = `const one = sharp('photo.png')
for (const width of [10, 20]) await one.resize(width).png().toBuffer()
const base = sharp('photo.png').resize(40); await base.clone().resize(10).png().toBuffer()`
    expect(await scene.notesOf(code)).toEqual([])
  })

  it('nothing of steps that end with bytes in between', async () => {
    const code = `const once = await sharp('photo.png').composite([${DOT}]).png().toBuffer()
await sharp(once).resize(30).png().toBuffer()
const base = sharp('photo.png').resize(30); await base.clone().grayscale().png().toBuffer(); await base.metadata()`
    expect(await scene.notesOf(code)).toEqual([])
  })
})

describe('of an edit', () => {
  it('that changed no pixel', async () => {
    const code = `const mask = await sharp({ create: { width: 60, height: 40, channels: 3, background: 'gray' } }).extractChannel(0).raw().toBuffer()
await sharp('photo.png').removeAlpha().joinChannel(mask, { raw: { width: 60, height: 40, channels: 1 } }).removeAlpha().png({ compressionLevel: 1 }).toFile('edited.png')`
    expect(await scene.notesOf(code)).toEqual(['"edited.png" has exactly the pixels of "photo.png".'])
  })

  it('nothing where there is none', async () => {
    expect(await scene.notesOf("await sharp('photo.png').png({ compressionLevel: 2 }).toFile('same.png')")).toEqual([])
  })

  it('nothing where it changed some', async () => {
    expect(await scene.notesOf("await sharp('photo.png').linear(1, 1).toFile('lighter.png')")).toEqual([])
    const one = `const { data, info } = await sharp('photo.png').raw().toBuffer({ resolveWithObject: true })
data[4000] ^= 1; await sharp(data, { raw: info }).png().toFile('one-pixel.png')`
    expect(await scene.notesOf(one)).toEqual([])
  })
})

describe('of pictures laid together', () => {
  it('that one is see-through all over', async () => {
    const code = "await grid(['photo.png', sharp('clear.png').negate()], { labels: ['Photo', 'Inverted'] })"
    expect(await scene.notesOf(code)).toEqual([
      expect.stringMatching(/^grid: picture 2 "Inverted" is fully transparent/),
    ])
    expect(
      await scene.notesOf("await stack(['photo.png', 'clear.png', sharp('clear.png').negate({ alpha: false })])"),
    ).toEqual([])
  })

  it('that an option of the cell, or of another function, is none', async () => {
    expect(
      await scene.notesOf("await grid(['photo.png'], { cell: { width: 9, height: 9, fit: 'cover' } as never })"),
    ).toEqual(["grid's cell has no option 'fit'; it was ignored. Its options: width, height."])
    expect(
      await scene.notesOf("await stack(['photo.png'], { labels: ['a'], labelPosition: 'above' } as never)"),
    ).toEqual([
      "stack has no option 'labelPosition'; it was ignored. stack draws labels on the pictures; grid can put them above or below: labelPosition 'above'.",
    ])
  })

  it('that frames of a GIF had several sizes', async () => {
    expect(
      await scene.notesOf(
        "await animate(['photo.png', sharp('photo.png').resize(30), sharp('photo.png').resize(60, 40)])",
      ),
    ).toEqual([expect.stringMatching(/^animate: 1 of 3 frames differ in size from the first \(60 x 40\)/)])
  })
})

it('of an SVG, that the font of a shorthand is not there', async () => {
  const svg = `<svg width="90" height="20"><style>.a { font: bold 9px Kabel, serif }</style><text class="a" y="9">a</text><text y="19" style="font: 700 9px Impact">b</text></svg>`
  expect(await scene.notesOf(`await sharp(Buffer.from(${JSON.stringify(svg)})).png().toBuffer()`)).toEqual([
    expect.stringMatching(/^The font "Kabel" is not available; Gelasio was used/),
  ])
})

it('an SVG with fonts of endless numbers is read at once', async () => {
  const code = `const long = '1'.repeat(6000)
const svg = '<svg width="90" height="20"><style>text { font: ' + long + '}</style>' + ('<text y="9" style="font: ' + long.slice(0, 290) + '">a 😀</text>').repeat(300) + '<!-- -->'.repeat(50_000) + '</svg>'
await sharp(Buffer.from(svg)).png().toBuffer()`
  expect(await scene.notesOf(code)).toEqual([])
})

it('of an SVG, that a picture of it is another file', async () => {
  const image = (href: string): string =>
    `<svg width="9" height="9" xmlns:xlink="x"><image width="9" height="9" ${href}/></svg>`
  const draw = (svg: string): Promise<string[]> =>
    scene.notesOf(`await sharp(Buffer.from(${JSON.stringify(svg)})).png().toBuffer()`)
  expect(await draw(image('xlink:href="photo.png"'))).toEqual([
    expect.stringMatching(/^SVG: the picture "photo.png" of an <image>/),
  ])
  expect(await draw(image('href="data:image/png;base64," data-href="photo.png"'))).toEqual([])
  expect(
    await draw(`<svg width="9" height="9"><!-- <image href="photo.png"/> --><rect width="9" height="9"/></svg>`),
  ).toEqual([])
})
