// How files are shown to a model: one by one, as a sheet of frames, or together if that takes fewer tokens.
import { expect, test } from 'vitest'
import type { FileInfo } from '../../sandbox/protocol.ts'
import { planShots } from '../../src/vision/plan.ts'
import { boxFor, tokens } from '../../src/vision/tokens.ts'

const card = (width: number, height: number, more: Partial<FileInfo> = {}): FileInfo => ({
  kind: 'picture',
  mime: 'image/png',
  bytes: 1000,
  width,
  height,
  ...more,
})
const photos = (count: number, given = card(1600, 1200)) =>
  Array.from({ length: count }, (_, i) => ({ name: `${i + 1}.png`, card: given }))

test('up to four pictures are shown one by one, each as large as the model sees it', () => {
  const { shots, left } = planShots(photos(4), 'high', 'gpt-4o')
  expect(shots).toHaveLength(4)
  expect(shots[0]).toEqual({ names: ['1.png'], box: { width: 1024, height: 768 }, most: 20_000_000, tokens: 765 })
  expect(left).toEqual([])
})

test('a picture that EXIF turns by a quarter is measured upright', () => {
  const [shot] = planShots([{ name: 'a.jpg', card: card(4000, 3000, { orientation: 6 }) }], 'high', 'gpt-4o').shots
  expect(shot!.box).toEqual({ width: 768, height: 1024 })
})

test('at low a picture has at most 512 pixels on a side and 200 kB', () => {
  const [shot] = planShots(photos(1), 'low', 'gpt-4o').shots
  expect(shot).toEqual({ names: ['1.png'], box: { width: 512, height: 384 }, most: 200_000, tokens: 85 })
})

test('more than four come on a sheet where that is cheaper, as large as the model sees it', () => {
  for (const model of ['gpt-4o', 'gpt-5.4', 'claude-sonnet-4-6', 'gemini-2.5-pro', 'qwen3-vl']) {
    const { shots } = planShots(photos(6), 'high', model)
    expect(shots).toHaveLength(1)
    const { names, box, sheet } = shots[0]!
    expect(names).toEqual(['1.png', '2.png', '3.png', '4.png', '5.png', '6.png'])
    expect(boxFor(model, 'high', box.width, box.height)).toEqual(box)
    expect(shots[0]!.tokens).toBe(tokens(box.width, box.height, 'high', model))
    expect(shots[0]!.tokens).toBeLessThan(6 * tokens(1600, 1200, 'high', model))
    const rows = Math.ceil(6 / sheet!.columns)
    expect(box.width).toBe(sheet!.columns * (sheet!.width + sheet!.gap) + sheet!.gap)
    expect(box.height).toBe(rows * (sheet!.label + sheet!.height + sheet!.gap) + sheet!.gap)
  }
})

test('small pictures that cost less one by one stay so', () => {
  expect(planShots(photos(5, card(28, 28)), 'high', 'claude-sonnet-4-6').shots).toHaveLength(5)
})

test('a sheet has at most sixteen pictures, and sheets are even', () => {
  const { shots } = planShots(photos(40), 'low', 'gpt-4o')
  expect(shots.map(({ names }) => names.length)).toEqual([14, 14, 12])
})

test('an animation is a sheet of at most sixteen frames, spread from the first to the last, and no panorama', () => {
  const { shots } = planShots([{ name: 'a.gif', card: card(400, 300, { frames: 100 }) }], 'high', 'gpt-4o')
  const { sheet, box } = shots[0]!
  expect(sheet!.frames).toEqual([0, 7, 13, 20, 26, 33, 40, 46, 53, 59, 66, 73, 79, 86, 92, 99])
  expect(Math.max(box.width, box.height) / Math.min(box.width, box.height)).toBeLessThanOrEqual(2)
  const short = planShots([{ name: 'a.gif', card: card(400, 300, { frames: 3 }) }], 'high', 'gpt-4o')
  expect(short.shots[0]!.sheet!.frames).toEqual([0, 1, 2])
})

test('of an animation with more pixels than can be read in time the beginning is shown', () => {
  const { shots } = planShots([{ name: 'a.gif', card: card(1000, 1000, { frames: 400 }) }], 'high', 'gpt-4o')
  expect(shots[0]!.sheet!.frames!.at(-1)).toBe(59)
})

test('stills and animations keep their order; what finds no room is named', () => {
  const files = [
    ...photos(2),
    { name: 'a.gif', card: card(40, 30, { frames: 2 }) },
    { name: 'z.png', card: card(9, 9) },
  ]
  const plan = planShots(files, 'high', 'gpt-4o', 3)
  expect(plan.shots.map(({ names }) => names)).toEqual([['1.png'], ['2.png'], ['a.gif']])
  expect(plan.left).toEqual(['z.png'])
})

test('a small drawing of lines is enlarged to be seen, a small photograph is not', () => {
  const boxOf = (format: string) =>
    planShots([{ name: 'a', card: card(24, 12, { format }) }], 'high', 'gpt-4o').shots[0]!.box
  expect(boxOf('svg')).toEqual({ width: 512, height: 256 })
  expect(boxOf('png')).toEqual({ width: 24, height: 12 })
})
