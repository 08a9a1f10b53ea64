// Labels, stacks and grids: sizes, positions, and text that always fits.
import sharp from 'sharp'
import { beforeAll, expect, test } from 'vitest'
import { grid } from '../../../sandbox/helpers/layout/grid.ts'
import { label, type LabelPosition } from '../../../sandbox/helpers/layout/label.ts'
import { stack } from '../../../sandbox/helpers/layout/stack.ts'
import { fitText, createRuler } from '../../../sandbox/helpers/layout/text.ts'
import { painted, pixelAt, rawOf, registerFonts, scene } from './fixtures.ts'

beforeAll(registerFonts)

const gray = (width: number, height: number, level = 128) => painted(width, height, () => [level])
const red = (width: number, height: number) => painted(width, height, () => [255, 0, 0])

/** The bounding box of all pixels whose first channel differs from the level. */
function changed({ data, width, channels }: Awaited<ReturnType<typeof rawOf>>, level: number) {
  const box = { left: Infinity, right: -1, top: Infinity, bottom: -1 }
  for (let i = 0; i < data.length; i += channels) {
    if (data[i] === level) continue
    const [x, y] = [(i / channels) % width, Math.floor(i / channels / width)]
    box.left = Math.min(box.left, x)
    box.right = Math.max(box.right, x)
    box.top = Math.min(box.top, y)
    box.bottom = Math.max(box.bottom, y)
  }
  return box
}

test('a label keeps the size and stands where it was told, inside the picture', async () => {
  const places: [LabelPosition, 'near' | 'middle' | 'far', 'near' | 'middle' | 'far'][] = [
    ['top-left', 'near', 'near'],
    ['right', 'far', 'middle'],
    ['bottom', 'middle', 'far'],
  ]
  for (const [position, across, down] of places) {
    const labelled = await rawOf(await label(gray(400, 300), '原图 Original', { position }))
    expect([labelled.width, labelled.height, labelled.channels]).toEqual([400, 300, 3])
    const box = changed(labelled, 128)
    const slot = (low: number, high: number, side: number) =>
      low < side * 0.1 ? 'near' : high > side * 0.9 ? 'far' : 'middle'
    expect([slot(box.left, box.right, 400), slot(box.top, box.bottom, 300)]).toEqual([across, down])
  }
})

test('a label is light on a dark box, and Chinese letters are drawn, not left out', async () => {
  const inkOf = async (text: string) =>
    (await rawOf(await label(gray(400, 300), text))).data.filter((v) => v > 240).length
  expect(await inkOf('灰度图')).toBeGreaterThan(150)
  expect(await inkOf('灰度图')).not.toBe(await inkOf('原始图'))
})

test('text is larger on larger pictures, and stays inside small ones', async () => {
  const heightOn = async (side: number) => {
    const box = changed(await rawOf(await label(gray(side, side), 'Label')), 128)
    return box.bottom - box.top
  }
  expect(await heightOn(840)).toBeGreaterThan(1.7 * (await heightOn(400)))
  const tiny = changed(await rawOf(await label(gray(40, 30), 'A label too long for it')), 128)
  expect(tiny.left).toBeGreaterThanOrEqual(1)
  expect(tiny.right).toBeLessThanOrEqual(39)
  expect((await rawOf(await label(red(1, 1), 'hello'))).width).toBe(1)
})

test('long text wraps at words and Chinese letters, then shrinks, and loses nothing', () => {
  const widthOf = createRuler()
  const text = '这是一个很长的标签,需要换行。A long label that wraps at words'
  const fitted = fitText(text, 20, { width: 200, height: 200 })
  expect(fitted.size).toBe(20)
  expect(fitted.lines.length).toBeGreaterThan(2)
  expect(fitted.lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
  for (const line of fitted.lines) expect(widthOf(line) * fitted.size).toBeLessThanOrEqual(201)
  for (const line of fitted.lines) expect(line).not.toMatch(/^[，。,.]/)
  const small = fitText(text, 20, { width: 120, height: 60 })
  expect(small.size).toBeLessThan(20)
  expect(small.height).toBeLessThanOrEqual(60)
  expect(fitText('one\ntwo', 20, { width: 200, height: 200 }).lines).toEqual(['one', 'two'])
  expect(fitText('x'.repeat(500), 20, { width: 50, height: 10 }).lines[0]).toMatch(/^x+…$/)
})

test('a label on a see-through picture keeps it see-through', async () => {
  const labelled = await rawOf(
    await label(
      painted(200, 100, () => [0, 0, 255, 0]),
      'hi',
    ),
  )
  expect(labelled.channels).toBe(4)
  expect(pixelAt(labelled, 199, 99)[3]).toBe(0)
  expect(Math.max(...labelled.data.filter((_, i) => i % 4 === 3))).toBe(255)
})

test('a stack of colour above gray has the width of the first and both heights', async () => {
  const picture = scene(120, 80)
  const both = await rawOf(
    await stack([picture, sharp(picture.data, { raw: picture.info }).greyscale().toColourspace('b-w')]),
  )
  expect([both.width, both.height, both.channels]).toEqual([120, 160, 3])
  expect(both.data.slice(0, picture.data.length)).toEqual([...picture.data])
  const [r, g, b] = pixelAt(both, 60, 120)
  expect([g, b]).toEqual([r, r])
})

test('a stack resizes to one width or height, or keeps sizes', async () => {
  const sizeOf = async (options: Parameters<typeof stack>[1]) => {
    const { width, height } = await rawOf(await stack([red(40, 20), gray(80, 80)], options))
    return [width, height]
  }
  expect(await sizeOf({})).toEqual([40, 60])
  expect(await sizeOf({ direction: 'right', gap: 5 })).toEqual([65, 20])
  expect(await sizeOf({ align: 'center' })).toEqual([80, 100])
  const centred = await rawOf(await stack([red(40, 20), gray(80, 80)], { align: 'center', background: '#00f' }))
  expect([pixelAt(centred, 0, 0), pixelAt(centred, 20, 0)]).toEqual([
    [0, 0, 255],
    [255, 0, 0],
  ])
})

test('see-through pictures lie on the background', async () => {
  const glass = painted(10, 10, () => [0, 0, 0, 128])
  expect(pixelAt(await rawOf(await stack([glass])), 5, 5)).toEqual([127, 127, 127])
  expect(pixelAt(await rawOf(await stack([glass], { background: 'transparent' })), 5, 5)).toEqual([0, 0, 0, 128])
})

test('labels of a stack stand on their own pictures', async () => {
  const both = await rawOf(await stack([gray(300, 200), gray(300, 200)], { labels: [null, 'second'] }))
  const box = changed(both, 128)
  expect(box.top).toBeGreaterThan(200)
  expect(box.bottom).toBeLessThan(260)
})

test('a grid has titles above, rows and columns, and any number of pictures', async () => {
  const pictures = [red(100, 80), gray(100, 80), painted(50, 50, () => [0, 0, 255, 255])]
  const figure = await rawOf(await grid(pictures, { columns: 2, gap: 10, size: 20, labels: ['Red', '灰度', 'Blue'] }))
  expect([figure.width, figure.height]).toEqual([230, 10 + 2 * (32 + 80 + 10)])
  expect(pixelAt(figure, 10, 42)).toEqual([255, 0, 0])
  expect(pixelAt(figure, 120, 42)).toEqual([128, 128, 128])
  expect(pixelAt(figure, 60, 42 + 80 + 10 + 32 + 40)).toEqual([0, 0, 255])
  const titles = figure.data.slice(0, 41 * 230 * 3).filter((v) => v < 100)
  expect(titles.length).toBeGreaterThan(100)
  const plain = await rawOf(await grid(pictures, { columns: 3, gap: 0 }))
  expect([plain.width, plain.height]).toEqual([300, 80])
})

test('wrong arguments are named', async () => {
  await expect(stack([])).rejects.toThrow('stack: expected at least 1 in pictures, received 0')
  await expect(label(scene(), 'x', { position: 'middle' as 'center' })).rejects.toThrow(
    "label: expected one of 'top-left', 'top', 'top-right', 'left', 'center', 'right', 'bottom-left', 'bottom', 'bottom-right' for position, received \"middle\" (string)",
  )
  await expect(label(scene(), undefined as unknown as string)).rejects.toThrow(
    'label: expected a string for text, received undefined',
  )
  await expect(grid([scene()], { columns: 0 })).rejects.toThrow(
    'grid: expected a whole number from 1 to 1000 for columns, received 0 (number)',
  )
  await expect(stack('a.png')).rejects.toThrow('stack: expected an array for pictures, received "a.png" (string)')
})
