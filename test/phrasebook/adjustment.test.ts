// "A bit more", "too bright", 再强一点: changes the strength of the last operation from its current value, on the same
// files.
import { describe, expect, it } from 'vitest'
import { conversation } from './dialogue.ts'
import { picture, scene } from './scene.ts'
import { understand } from '../../src/phrasebook/understand.ts'

const one = { 'portrait.png': picture }

/** The note of what was changed in the last turn. */
async function noteOf(...asks: readonly string[]): Promise<string> {
  return (await conversation(one, ...asks)).at(-1)!.text.split('\n').at(-1)!
}

describe('more and less of the last operation', () => {
  it.each([
    ['blur it', 'a bit more', 'Blur sigma 5 → 7; made again from portrait.png.'],
    ['blur it', 'more', 'Blur sigma 5 → 8.8; made again from portrait.png.'],
    ['blur it', "that's much too much", 'Blur sigma 5 → 2; made again from portrait.png.'],
    ['blur it', "that's not enough", 'Blur sigma 5 → 8.8; made again from portrait.png.'],
    ['blur it', 'blur it a little more', 'Blur sigma 5 → 7; made again from portrait.png.'],
    ['blur it', 'make it a touch less blurry', 'Blur sigma 5 → 3.6; made again from portrait.png.'],
    ['blur it', 'a bit sharper', 'Blur sigma 5 → 3.6; made again from portrait.png.'],
    ['sharpen it', 'stronger please', 'Sharpen sigma 1.5 → 2.6; made again from portrait.png.'],
    ['sharpen it', 'it is too sharp', 'Sharpen sigma 1.5 → 0.86; made again from portrait.png.'],
    ['brighten it', 'a little less', 'Brightness 1.3 → 1.15; made again from portrait.png.'],
    ['brighten it', 'still too dark', 'Brightness 1.3 → 1.5; made again from portrait.png.'],
    ['brighten it', 'now it looks a bit too bright', 'Brightness 1.3 → 1.15; made again from portrait.png.'],
    ['brighten by 20%', 'a bit brighter', 'Brightness 1.2 → 1.35; made again from portrait.png.'],
    ['darken it', 'more', 'Brightness 0.75 → 0.55; made again from portrait.png.'],
    ['darken it', 'too dark', 'Brightness 0.75 → 0.95; made again from portrait.png.'],
    ['increase the contrast', 'tone it down a bit', 'Contrast 1.3 → 1.15; made again from portrait.png.'],
    ['increase the contrast', 'too much contrast', 'Contrast 1.3 → 1.1; made again from portrait.png.'],
    ['more saturated', 'turn it up a notch', 'Saturation 1.4 → 1.55; made again from portrait.png.'],
    ['rotate 40 degrees', 'rotate it a bit more', 'Rotate degrees 40 → 50; made again from portrait.png.'],
    ['resize to 400px', 'a bit smaller', 'Resize width 400 → 320; made again from portrait.png.'],
    ['sharpen it and turn it gray', 'a bit more', 'Sharpen sigma 1.5 → 2.1; made again from portrait.png.'],
    ['sharpen it', 'reduce the sharpening a bit', 'Sharpen sigma 1.5 → 1.1; made again from portrait.png.'],
    ['increase the contrast', 'increase it further', 'Contrast 1.3 → 1.5; made again from portrait.png.'],
    ['increase the contrast', 'dial it back', 'Contrast 1.3 → 1.1; made again from portrait.png.'],
    ['less saturated', 'a bit lower', 'Saturation 0.5 → 0.35; made again from portrait.png.'],
    ['darken it', 'not so dark', 'Brightness 0.75 → 0.95; made again from portrait.png.'],
    ['模糊', '太多了，少一点', '模糊 sigma 5 → 3.6；从 portrait.png 重新制作。'],
    ['模糊', '半径再大一点', '模糊 sigma 5 → 7；从 portrait.png 重新制作。'],
    ['降低饱和度', '再低一点', '饱和度 0.5 → 0.35；从 portrait.png 重新制作。'],
    ['调亮', '效果不明显', '亮度 1.3 → 1.5；从 portrait.png 重新制作。'],
    ['缩小一半', '再小一点', '缩放 比例 0.5 → 0.4；从 portrait.png 重新制作。'],
    ['模糊', '再模糊一点', '模糊 sigma 5 → 7；从 portrait.png 重新制作。'],
    ['模糊', '太模糊了', '模糊 sigma 5 → 2.9；从 portrait.png 重新制作。'],
    ['模糊', '清晰一点', '模糊 sigma 5 → 3.6；从 portrait.png 重新制作。'],
    ['锐化', '再强一点', '锐化 sigma 1.5 → 2.1；从 portrait.png 重新制作。'],
    ['锐化', '弱一点', '锐化 sigma 1.5 → 1.1；从 portrait.png 重新制作。'],
    ['锐化', '还不够', '锐化 sigma 1.5 → 2.6；从 portrait.png 重新制作。'],
    ['调亮', '再亮一点', '亮度 1.3 → 1.45；从 portrait.png 重新制作。'],
    ['调亮', '再亮点', '亮度 1.3 → 1.45；从 portrait.png 重新制作。'],
    ['调亮', '还是太暗了', '亮度 1.3 → 1.5；从 portrait.png 重新制作。'],
    ['调亮', '有点太亮了', '亮度 1.3 → 1.1；从 portrait.png 重新制作。'],
    ['调暗', '太暗了', '亮度 0.75 → 0.95；从 portrait.png 重新制作。'],
    ['增强对比度', '对比度太高了', '对比度 1.3 → 1.1；从 portrait.png 重新制作。'],
    ['提高饱和度', '过头了', '饱和度 1.4 → 1.2；从 portrait.png 重新制作。'],
    ['旋转40度', '再多一点', '旋转 角度 40 → 50；从 portrait.png 重新制作。'],
    ['缩小到200像素', '太小了', '缩放 宽度 200 → 250；从 portrait.png 重新制作。'],
  ])('after "%s", "%s" says %s', async (first, then, note) => {
    expect(await noteOf(first, then)).toBe(note)
  })

  // The last figure of each conversation.
  it.each([
    [['make it a bit darker', 'too dark'], 'Brightness 0.875 → 0.938'],
    [['a bit brighter', 'a bit more', 'too much'], 'Brightness 1.3 → 1.225'],
    [['a bit brighter', 'a bit more', 'too much', 'still too bright'], 'Brightness 1.225 → 1.188'],
    [['a bit brighter', 'a bit more', 'too much', 'not enough'], 'Brightness 1.225 → 1.263'],
    [['a bit brighter', 'too bright'], 'Brightness 1.15 → 1.075'],
    [['blur it', 'a bit more', 'too blurry'], 'Blur sigma 7 → 6'],
    [['blur it', 'a bit more', 'weaker'], 'Blur sigma 7 → 4'],
    [['blur it', 'weaker', 'too weak'], 'Blur sigma 2.9 → 3.95'],
    [['sharpen it', 'a bit more', 'overdone'], 'Sharpen sigma 2.1 → 1.8'],
    [['increase the contrast', 'a bit more', 'too much contrast'], 'Contrast 1.45 → 1.375'],
    [['rotate 40 degrees', 'rotate it a bit more', 'too much'], 'Rotate degrees 50 → 45'],
    [['resize to 400px', 'a bit smaller', 'too small'], 'Resize width 320 → 360'],
    [['spin it in 12 frames', 'a bit faster', 'too fast'], 'Milliseconds a frame 80 → 90'],
    [['暗一点', '太暗了'], '亮度 0.875 → 0.938'],
    [['亮一点', '再亮一点', '太亮了'], '亮度 1.3 → 1.225'],
    [['亮一点', '再亮一点', '太过了'], '亮度 1.3 → 1.225'],
    [['模糊', '再模糊一点', '太糊了'], '模糊 sigma 7 → 6'],
    [['模糊', '再模糊一点', '弱一点'], '模糊 sigma 7 → 5'],
    [['提高饱和度', '再高一点', '颜色太深了'], '饱和度 1.55 → 1.475'],
    [['旋转一圈的动图，12帧', '快一点', '太快了'], '每帧毫秒 80 → 90'],
  ])('%j ends between the last two figures, unless an order goes further: %s', async (asks, note) => {
    expect(await noteOf(...asks)).toContain(note)
  })

  it('go on in a chain, always from the file that came in, and go back with undo', async () => {
    const turns = await conversation(
      one,
      'blur it',
      'a bit more',
      'a bit more',
      'undo',
      'weaker',
      'undo',
      'undo',
      '再强一点',
    )
    expect(turns.map(({ code }) => /SIGMA = (\S+)/.exec(code)?.[1])).toEqual(['5', '7', '9.8', '4', '7'])
    for (const { code } of turns) expect(code).toContain("sharp('portrait.png').autoOrient().blur(SIGMA)")
  })

  it('never turn a brightening into a darkening, however often "less" is said', async () => {
    const turns = await conversation(one, 'brighten it', 'less', 'a bit less', 'a bit less')
    expect(turns.map(({ code }) => /BRIGHTNESS = (\S+)/.exec(code)?.[1])).toEqual(['1.3', '1.1', '1.05', '1.025'])
  })

  it('go on from what a complaint made: a picture that was too blurry is sharpened more', async () => {
    const turns = await conversation(one, 'make it gray', 'too blurry', 'still too blurry', 'a bit less')
    expect(turns.map(({ code }) => /SHARPNESS = (\S+)/.exec(code)?.[1])).toEqual([undefined, '1.5', '2.6', '1.9'])
    const dark = await conversation(one, 'make it gray', 'less bright', 'a bit more')
    expect(dark.map(({ code }) => /BRIGHTNESS = (\S+)/.exec(code)?.[1])).toEqual([undefined, '0.75', '0.6'])
  })

  it('make an animation faster and slower', async () => {
    const turns = await conversation(one, 'spin it in 12 frames', 'too fast', 'a bit faster', '慢一点')
    expect(turns.map(({ code }) => /DELAY = (\S+)/.exec(code)?.[1])).toEqual(['100', '150', '120', '150'])
    expect(turns[1]!.text.split('\n').at(-1)).toBe('Milliseconds a frame 100 → 150; made again from portrait.png.')
    expect(turns[3]!.text.split('\n').at(-1)).toBe('每帧毫秒 120 → 150；从 portrait.png 重新制作。')
  })

  it('change a step of a panel, and both of two that are named', async () => {
    const stacked = await conversation(one, 'blur it and stack it with the original', 'a bit more')
    expect(stacked[1]!.code).toContain('const SIGMA = 7')
    expect(stacked[1]!.code).toContain("stack([original, blurred], { labels: ['Original', 'Gaussian blur'] })")
    const both = await noteOf('brighten it, then more contrast', 'a bit darker and a bit more contrast')
    expect(both).toBe('Brightness 1.3 → 1.15, contrast 1.3 → 1.45; made again from portrait.png.')
  })
})

describe('a quality that the last operation did not touch', () => {
  it.each([
    ['make it gray', 'too bright', "sharp('portrait-gray.png').autoOrient().modulate({ brightness: BRIGHTNESS })"],
    ['转成灰度', '太暗了', "sharp('portrait-gray.png').autoOrient().modulate({ brightness: BRIGHTNESS })"],
    ['make it gray', 'too blurry', "sharp('portrait-gray.png').autoOrient().sharpen({ sigma: SHARPNESS })"],
    ['转成灰度', '对比度太低', "sharp('portrait-gray.png').autoOrient().linear(CONTRAST, 128 * (1 - CONTRAST))"],
  ])('after "%s", "%s" is changed in the result', async (first, then, code) => {
    expect((await conversation(one, first, then))[1]!.code.replaceAll('\n  ', '')).toContain(code)
  })

  it('is refused by name when nothing has a strength, or it is at its limit', async () => {
    const [, gray] = await conversation(one, 'make it gray', 'a bit more')
    expect(gray!.text).toBe(
      'What was done last (grayscale) has no strength to change. Say what should change, for example: brighter, more contrast, blur it.',
    )
    const nothing = understand('再强一点', { ...scene(one), asked: [] })
    expect(nothing).toEqual({
      code: 'nothing_to_adjust',
      message: '还没有做过可以调节强度的操作。请说出要改变什么，例如：亮一点、对比度高一点、模糊一点。',
    })
    const [, limit] = await conversation(one, 'sharpen with sigma 10', 'more')
    expect(limit!.text).toBe('The sigma of sharpen is already 10, which is the limit.')
  })
})
