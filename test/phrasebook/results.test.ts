// What "it" and "the original" mean: the current result after an undo, and the upload that a result came from.
import { describe, expect, it } from 'vitest'
import type { Event } from '../../sessions/event.ts'
import { conversation, next } from './dialogue.ts'
import { picture } from './scene.ts'
import { codeOf } from '../planner/step-code.ts'

const one = { 'portrait.png': picture }
const two = { 'coffee.png': picture, 'cat.png': { ...picture } }

/** The code of the last turn. */
async function lastOf(files: typeof two | typeof one, ...asks: readonly string[]): Promise<string> {
  return (await conversation(files, ...asks)).at(-1)!.code
}

describe('"it" after an undo', () => {
  it.each([
    [['make it gray', 'blur it', 'undo', 'now sharpen it'], 'portrait-gray.png'],
    [['转成灰度', '模糊一下', '撤销', '再锐化一下'], 'portrait-gray.png'],
    [['make it gray', 'blur it', 'flip it', 'undo', 'undo', 'now sharpen it'], 'portrait-gray.png'],
    [['blur it', 'how big is it?', 'flip it', 'undo', 'now sharpen it'], 'portrait-blur.png'],
    [['blur it', 'undo', 'now sharpen it'], 'portrait.png'],
    [['模糊', '撤销', '再锐化一下'], 'portrait.png'],
  ])('%j acts on %s', async (asks, name) => {
    expect((await lastOf(one, ...asks)).replaceAll('\n  ', '')).toContain(`sharp('${name}').autoOrient().sharpen(`)
  })

  it('is what the undone request was about when no result is left, not every upload', async () => {
    const code = await lastOf(two, 'blur cat.png', 'undo', 'sharpen it')
    expect(code).toContain("sharp('cat.png').autoOrient().sharpen(")
    expect(code).not.toContain('coffee')
  })

  it('lets what was undone be asked for again with another figure', async () => {
    const turned = await lastOf(one, 'make it gray', 'rotate 45 degrees', 'undo', 'make it 60 degrees instead')
    expect(turned).toContain('const DEGREES = 60')
    expect(turned).toContain("sharp('portrait-gray.png')")
    expect(await lastOf(one, '模糊', '撤销', '弱一点')).toContain('const SIGMA = 3.6')
  })

  it('goes back to an earlier version of a name that a cell wrote twice', async () => {
    const file = (cell: number): Event => ({
      type: 'file',
      cell,
      name: 'a.png',
      mime: 'image/png',
      bytes: 1,
      card: { ...picture },
    })
    const turn = (cell: number, text: string): Event[] => [
      { type: 'ask', text, files: [] },
      { type: 'cell', cell, code: "sharp('cat.png')", seed: 1, clock: 0 },
      file(cell),
      { type: 'result', cell, status: 'ok', ms: 1, names: [] },
    ]
    const step = await next([
      ...Object.entries(two).map(([name, card]): Event => ({ type: 'upload', name, card })),
      ...turn(1, 'do something that only a model knows'),
      ...turn(2, 'and more of it'),
      { type: 'undo', name: 'a.png', version: 1 },
      { type: 'ask', text: 'stack it with the original', files: [] },
    ])
    expect(codeOf(step as Extract<typeof step, { type: 'run' }>)).toContain("stack(['cat.png', 'a.png']")
  })
})

describe('"the original"', () => {
  it.each([
    [['blur cat.png', 'put the original next to it'], "stack(['cat.png', 'cat-blur.png'], { direction: 'right'"],
    [['blur cat.png', 'put it beside the original'], "stack(['cat.png', 'cat-blur.png'], { direction: 'right'"],
    [['blur cat.png', 'place the original above it'], "stack(['cat.png', 'cat-blur.png'], { labels"],
    [['blur cat.png', 'flip it', 'a grid of the original and the result'], "grid(['cat.png', 'cat-blur-mirror.png']"],
    [
      ['blur cat.png', 'make coffee.png gray', 'stack cat-blur.png with the original'],
      "stack(['cat.png', 'cat-blur.png']",
    ],
    [
      ['blur cat.png', 'undo', 'make cat.png gray', 'compare it with the original'],
      "stack(['cat.png', 'cat-gray.png']",
    ],
    [['blur cat.png', 'combine it with the original'], "stack(['cat.png', 'cat-blur.png']"],
    [
      ['blur cat.png', 'original on the left, result on the right'],
      "stack(['cat.png', 'cat-blur.png'], { direction: 'right'",
    ],
    [['模糊 cat.png', '左边原图,右边结果'], "stack(['cat.png', 'cat-blur.png'], { direction: 'right'"],
    [['模糊 cat.png', '原图和结果拼在一起'], "stack(['cat.png', 'cat-blur.png']"],
    [['模糊 cat.png', '把原图放在旁边'], "stack(['cat.png', 'cat-blur.png'], { direction: 'right'"],
    [['模糊 cat.png', '和原来那张图左右对比'], "stack(['cat.png', 'cat-blur.png'], { direction: 'right'"],
  ])('%j is the upload the result came from', async (asks, code) => {
    const last = await lastOf(two, ...asks)
    expect(last).toContain(code)
    expect(last).not.toContain('coffee')
  })

  it('is each result its own when there are several', async () => {
    const [turn] = await conversation(two, 'make them gray and stack them with the originals')
    expect(turn!.step).toMatchObject({
      text: 'coffee.png, coffee.png · Grayscale, cat.png, cat.png · Grayscale: one above the other → coffee-gray-stack.png',
    })
  })
})
