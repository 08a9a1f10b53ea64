// The shipped fonts on a canvas: each name gives a face of its kind, Chinese in every family, bold where requested,
// emoji in colour. Loaded after fonts/register.ts, which prevents it from listing the host's fonts.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { BLACK_ALIASES, FONT_FAMILIES } from '../../../sandbox/fonts/families.ts'
import { fontFile, registerFonts } from '../../../sandbox/fonts/register.ts'

// Loaded after fonts/register.ts, which keeps it from listing the host's fonts.
const { createCanvas, GlobalFonts } = await import('@napi-rs/canvas')
registerFonts()

function ink(font: string, text: string): { hash: string; sum: number; coloured: boolean } {
  const context = createCanvas(60, 60).getContext('2d')
  context.font = font
  context.fillText(text, 5, 45)
  const { data } = context.getImageData(0, 0, 60, 60)
  const coloured = data.some((value, at) => at % 4 === 0 && Math.abs(value - data[at + 2]!) > 40)
  const sum = data.reduce((total, value) => total + value, 0)
  return { hash: createHash('sha256').update(data).digest('hex'), sum, coloured }
}

function widthOf(font: string, text: string): number {
  const context = createCanvas(1, 1).getContext('2d')
  context.font = font
  return context.measureText(text).width
}

const everyName = FONT_FAMILIES.flatMap(({ name, aliases }) => [name, ...aliases])
const box = ink('40px sans-serif', '\u{10FFFF}')

describe('canvas', () => {
  test('only the shipped families are listed, and a name leads to one of them only', () => {
    const families = GlobalFonts.families.map(({ family }) => family)
    expect(new Set(families)).toEqual(
      new Set(['Noto Sans S Chinese', 'Noto Sans SC Bold', ...FONT_FAMILIES.map(({ name }) => name)]),
    )
    const all = [...everyName, ...BLACK_ALIASES].map((name) => name.toLowerCase())
    expect(new Set(all).size).toBe(all.length)
  })

  test.each([...FONT_FAMILIES.map(({ name }) => name), 'Georgia', 'courier new', 'cursive', 'Nowhere'])(
    '%s draws Chinese in Noto Sans SC, and bold is bolder',
    (family) => {
      const regular = ink(`40px "${family}"`, '国')
      expect(regular.hash).toBe(ink('40px "Noto Sans SC"', '国').hash)
      expect(regular.hash).not.toBe(box.hash)
      const bold = ink(`bold 40px "${family}"`, '国')
      expect(bold.hash).toBe(ink('bold 40px "Noto Sans SC"', '国').hash)
      expect(bold.sum).toBeGreaterThan(regular.sum * 1.2)
    },
  )

  test.each(FONT_FAMILIES.flatMap(({ name, aliases }) => aliases.slice(0, 12).map((alias) => [alias, name] as const)))(
    '%s is %s in every style',
    (alias, family) => {
      for (const style of ['', 'bold ', 'italic ', 'italic bold '])
        for (const written of [alias, alias.toLowerCase(), alias.toUpperCase()])
          expect(ink(`${style}40px "${written}"`, 'Wg').hash).toBe(ink(`${style}40px "${family}"`, 'Wg').hash)
    },
  )

  test('monospace has one width, Impact is narrow and black, Arial Black is bold', () => {
    for (const name of ['Courier New', 'Consolas', 'Menlo', 'monospace'])
      for (const text of ['iiii', '|..:', '░▒▓█', '┌─┐│'])
        expect(widthOf(`20px ${name}`, text)).toBe(widthOf(`20px ${name}`, 'WWWW'))
    expect(widthOf('40px Impact', 'ONE DOES NOT')).toBeLessThan(widthOf('40px Arial', 'ONE DOES NOT') * 0.8)
    expect(ink('40px Impact', 'I').sum).toBeGreaterThan(ink('40px Arial', 'I').sum * 1.5)
    expect(ink('40px "Arial Black"', 'W').hash).toBe(ink('bold 40px Arial', 'W').hash)
  })

  test('the first family of a list that there is, is taken', () => {
    expect(ink('40px Nowhere, Georgia, Arial', 'W').hash).toBe(ink('40px Georgia', 'W').hash)
  })

  test('a font reads as it was set, and a wrong one fails in its own words', () => {
    const context = createCanvas(1, 1).getContext('2d')
    for (const font of ['bold 20px Georgia', '20px/1.5 "A, B", serif', '12pt foo', 'bold 20px']) {
      context.font = font
      expect(context.font).toBe(font)
    }
    context.save()
    context.font = 'italic 9px Impact'
    context.restore()
    expect(context.font).toBe('bold 20px')
    expect(() => (context.font = 'banana')).toThrow('[`banana`] is not valid font style')
    // An unbalanced quote before the appended families used to end the process.
    for (const font of [`20px "Georgia`, `20px 'Georgia`, `20px Georgia"`, `20px "a" b'`, `20px ${'x'.repeat(600)}`]) {
      context.font = font
      expect(context.font).toBe(font)
      context.fillText('a', 0, 0)
    }
  })

  test.each(
    Array.from(
      '中国繁體东京éèüñçÅßæø°²³±×÷→←↑↓%‰¥€£$–—…•·“”‘’「」《》、。,:;!?①②③★●■▲√∑≤≥≠≈∞∫πΩμαβЖя♥☀✓あア™©®½¼⅓ŁłőşıřžťůİțăĐ₹№א',
    ),
  )('%s is drawn in every family', (character) => {
    for (const { name } of FONT_FAMILIES.slice(0, -1)) expect(ink(`40px "${name}"`, character).hash).not.toBe(box.hash)
  })

  test.each(['😀', '🎉', '❤️', '🇫🇷', '👍🏽', '1️⃣'])('%s is drawn in colour', (emoji) => {
    for (const name of ['Arial', 'Impact', 'emoji']) {
      expect(ink(`30px ${name}`, emoji).coloured).toBe(true)
      expect(widthOf(`30px ${name}`, emoji)).toBeLessThan(40)
    }
  })

  test.each(['☀️', '▶️', '⚠️', '©️'])(
    '%s, which is text without its mark, is drawn in colour where it is marked',
    (sign) => {
      const [own, plain] = ['30px Georgia', sign.replace('\uFE0F', '')]
      expect(ink(own, sign).hash).toBe(ink('30px emoji', sign).hash)
      expect(ink(own, plain).coloured).toBe(false)
      const [before, after] = ['Sun ', ' and 国']
      const parts = [widthOf(own, before), widthOf('30px emoji', sign), widthOf(own, after)]
      expect(widthOf(own, `${before}${sign}${after}`)).toBeCloseTo(
        parts.reduce((sum, width) => sum + width, 0),
        3,
      )
    },
  )

  test('a context on which no font was set draws what its font lacks, also after a reset', () => {
    const context = createCanvas(40, 20).getContext('2d')
    for (const times of [1, 2]) {
      context.fillText('😀', 5, 15)
      const { data } = context.getImageData(0, 0, 40, 20)
      expect([times, data.some((value, i) => i % 4 === 0 && value - data[i + 2]! > 40)]).toEqual([times, true])
      expect(context.font).toBe('10px sans-serif')
      context.reset()
    }
  })

  test('a font of the snippet is the one that its name means, until it is taken back', () => {
    const bytes = readFileSync(fontFile(FONT_FAMILIES.find(({ name }) => name === 'Anton')!.regular))
    const before = ink('30px Montserrat', 'Rg').hash
    const key = GlobalFonts.register(bytes, 'Montserrat')
    expect(ink('30px Montserrat', 'Rg').hash).toBe(ink('30px Impact', 'Rg').hash)
    expect(ink('30px Lato', 'Rg').hash).toBe(before)
    GlobalFonts.remove(key!)
    expect(ink('30px Montserrat', 'Rg').hash).toBe(before)
    expect(ink('bold 30px Arial', 'Rg').hash).not.toBe(ink('30px Arial', 'Rg').hash)
  })

  test('a line with a marked sign that is too wide is made narrower, and its box goes by its alignment', () => {
    const context = createCanvas(400, 60).getContext('2d')
    context.font = '30px Georgia'
    context.fillText('Wide ☀️ line', 5, 40, 80)
    const { data } = context.getImageData(0, 0, 400, 60)
    const columns = Array.from({ length: 400 * 60 }, (_, i) => i).filter((i) => data[i * 4 + 3]! > 0)
    expect(Math.max(...columns.map((i) => i % 400))).toBeLessThan(88)
    expect(data.some((value, i) => i % 4 === 0 && value - data[i + 2]! > 40)).toBe(true)
    const left = context.measureText('Wide ☀️ line')
    context.textAlign = 'right'
    const right = context.measureText('Wide ☀️ line')
    expect(right.width).toBe(left.width)
    expect(right.actualBoundingBoxLeft).toBeCloseTo(left.actualBoundingBoxLeft + left.width, 3)
  })

  test('a line with a marked sign stands as its alignment says, and leaves the context as it was', () => {
    const edges = (['left', 'center', 'right'] as const).map((align) => {
      const context = createCanvas(300, 40).getContext('2d')
      context.font = '20px Georgia'
      context.textAlign = align
      context.fillText('Ab ☀️ cd', 150, 25)
      expect([context.font, context.textAlign]).toEqual(['20px Georgia', align])
      const { data } = context.getImageData(0, 0, 300, 40)
      const columns = Array.from({ length: 300 * 40 }, (_, i) => i).filter((i) => data[i * 4 + 3]! > 0)
      return Math.min(...columns.map((i) => i % 300))
    })
    const width = widthOf('20px Georgia', 'Ab ☀️ cd')
    expect(Math.abs(edges[0]! - edges[1]! - width / 2)).toBeLessThan(1.5)
    expect(Math.abs(edges[0]! - edges[2]! - width)).toBeLessThan(1.5)
  })

  test.each(Array.from('بก한𠮷'))('%s is not, and shows as a box', (character) => {
    expect(ink('40px Arial', character).hash).toBe(box.hash)
  })
})
