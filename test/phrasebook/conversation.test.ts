// Follow-ups with the phrasebook: they act on the last result; corrections redo the last request, in any order.
import { describe, expect, it } from 'vitest'
import { conversation } from './dialogue.ts'
import { animation, picture, wide } from './scene.ts'

const one = { 'portrait.png': picture }

describe('the phrasebook in a conversation', () => {
  it('stacks the original above the gray picture and says what it made', async () => {
    const [turn] = await conversation(one, 'make this grayscale and stack it')
    expect(turn!.code).toBe(`import sharp from 'sharp'
import { stack } from 'easel'

const original = sharp('portrait.png').autoOrient()
const gray = original.clone().grayscale()

const stacked = await stack([original, gray], { labels: ['Original', 'Grayscale'] })
await stacked.toFile('portrait-gray-stack.png')
`)
    expect(turn!.text).toBe(
      'Made portrait-gray-stack.png: 451 × 600, 12 KB\nLabels were added; say "without labels" to leave them out.',
    )
  })

  it('labels in the language of the request', async () => {
    const [turn] = await conversation(one, '把这张图转成灰度,和原图上下拼接,左上角加文字说明')
    expect(turn!.code).toContain("stack([original, gray], { labels: ['原图', '灰度'] })")
    expect(turn!.step).toMatchObject({
      type: 'run',
      text: '原图、灰度: 上下拼接，左上角文字标签 → portrait-gray-stack.png',
    })
    expect(turn!.text).toBe('已生成 portrait-gray-stack.png：451 × 600，12 KB')
  })

  it('acts on the last result, and on the upload when "the original" is named', async () => {
    const turns = await conversation(
      one,
      'make it gray',
      'now blur it',
      'rotate the original by 10 degrees',
      '再压缩一下',
    )
    expect(turns[1]!.code).toContain(
      "sharp('portrait-gray.png').autoOrient().blur(SIGMA).toFile('portrait-gray-blur.png')",
    )
    expect(turns[2]!.code).toContain("sharp('portrait.png')")
    expect(turns[3]!.code).toContain("compressTo('portrait-rotate10.png', BYTES, { format: 'png' })")
    expect(turns[3]!.text).toContain('没有指定大小，因此压缩到原文件的一半以内')
  })

  it('stacks the last result with the original', async () => {
    const turns = await conversation(one, 'make it gray', 'stack it with the original')
    expect(turns[1]!.code).toContain(
      "stack(['portrait.png', 'portrait-gray.png'], { labels: ['Original', 'Grayscale'] })",
    )
  })

  it('makes a turning GIF again from the picture: half as wide and high, half the frames, still a full circle', async () => {
    const turns = await conversation(
      one,
      'a gif that turns the picture a full circle in 30 frames of 12 degrees while cycling colour channels',
      'compress it',
      'compress it',
    )
    for (const line of [
      'const FRAMES = 30',
      'const DEGREES = 12',
      'yield turn(await cycleChannels(picture, frame), frame * DEGREES)',
    ])
      expect(turns[0]!.code).toContain(line)
    for (const line of [
      'const FRAMES = 15',
      'const DEGREES = 24',
      'const DELAY = 200',
      'const WIDTH = 226',
      "sharp('portrait.png')",
    ])
      expect(turns[1]!.code).toContain(line)
    for (const line of ['const FRAMES = 8', 'const DEGREES = 45', 'const WIDTH = 113'])
      expect(turns[2]!.code).toContain(line)
  })

  it('changes a number of the last request', async () => {
    const turned = await conversation(one, 'rotate 45 degrees', 'make it 60 degrees instead')
    expect(turned[1]!.code).toContain('const DEGREES = 60')
    expect(turned[1]!.code).toContain("sharp('portrait.png')")
    const spun = await conversation(one, '旋转一圈的动图，30帧', '改成20帧', 'make it 10 frames')
    expect(spun[1]!.code).toContain('const FRAMES = 20\nconst DEGREES = 18')
    expect(spun[2]!.code).toContain('const FRAMES = 10\nconst DEGREES = 36')
    const stacked = await conversation(one, '转成灰度和原图上下拼接', '换成横着拼', '不要文字')
    expect(stacked[1]!.code).toContain("{ direction: 'right', labels: ['原图', '灰度'] }")
    expect(stacked[2]!.code).toContain("stack([original, gray], { direction: 'right' })")
  })

  it('animates a wide table with one frame a year, and redraws it', async () => {
    const turns = await conversation(
      { 'gdp.csv': wide },
      '帮我画出随着时间变化,GDP最高的10个地区的动态变化图,从2003年开始,把年份放大放到标题中',
      '前5',
      '画成折线图',
      '压缩一下',
    )
    for (const line of ['const TOP_BARS = 10', "label: '地区',", 'title: (time) => `${time} GDP最高的10个地区`,'])
      expect(turns[0]!.code).toContain(line)
    expect(turns[1]!.code).toContain('const TOP_BARS = 5')
    expect(turns[2]!.code).toContain("type: 'line'")
  })

  it('shrinks an uploaded GIF', async () => {
    const [turn] = await conversation({ 'anim.gif': animation }, 'make the gif smaller')
    expect(turn!.code).toContain("shrinkGif('anim.gif', { scale: SCALE, every: EVERY })")
    expect(turn!.text).toContain('width, height and frames were halved')
  })
})

describe('operations in any order', () => {
  const WORDS = {
    grayscale: '灰度',
    invert: '反色',
    'rotate 30 degrees': '旋转30度',
    'blur with sigma 3': '模糊3',
    sharpen: '锐化',
    'flip vertically': '上下翻转',
    sepia: '怀旧',
    'contrast stretch': '对比度拉伸',
  }
  it('are all carried out, in the order in which they are said', async () => {
    let seed = 11
    const random = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below
    for (let n = 0; n < 60; n++) {
      const pairs = Object.entries(WORDS)
        .toSorted(() => random(3) - 1)
        .slice(0, 2 + random(6))
      const calls = {
        grayscale: 'gray',
        invert: 'invert',
        'rotate 30 degrees': 'rotate30',
        'blur with sigma 3': 'blur',
        sharpen: 'sharp',
        'flip vertically': 'flip',
        sepia: 'sepia',
        'contrast stretch': 'stretch',
      }
      const slugs = pairs.map(([english]) => calls[english as keyof typeof calls])
      const name = slugs.length > 4 ? 'portrait-edited.png' : `portrait-${slugs.join('-')}.png`
      for (const text of [
        pairs.map(([english]) => english).join(n % 2 ? ', then ' : ', '),
        pairs.map(([, chinese]) => chinese).join(n % 2 ? '，再' : '、'),
      ]) {
        const [turn] = await conversation(one, text)
        expect({ text, file: /toFile\('(.*)'\)/.exec(turn!.code)?.[1] }).toEqual({ text, file: name })
      }
    }
  })
})
