// The shipped fonts: a name gives a face of its kind, Chinese in every family, bold where asked, the same in canvas, SVG
// and sharp's text, with the host's fonts or without them.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { fontConfig, writeFontConfig } from '../sandbox/fonts/fontconfig.ts'
import { BLACK_ALIASES, FONT_FAMILIES } from '../sandbox/fonts/families.ts'
import { registerFonts } from '../sandbox/fonts/register.ts'

// Loaded after fonts.ts, which keeps it from listing the host's fonts.
const { createCanvas, GlobalFonts } = await import('@napi-rs/canvas')
registerFonts()

const folder = mkdtempSync(join(tmpdir(), 'easel-fonts-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

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

interface Drawn {
  readonly families: Readonly<Record<string, { readonly canvas: string; readonly svg: string; readonly text: string }>>
  readonly styles: Readonly<Record<string, { readonly canvas: string; readonly svg: string }>>
  readonly same: Readonly<Record<string, string>>
  readonly coloured: boolean
}

const DRAW = [process.execPath, fileURLToPath(new URL('fonts-drawn.ts', import.meta.url)), join(folder, 'own')]

function run([command = '', ...args]: readonly string[]): Drawn {
  const printed = execFileSync(command, args, { encoding: 'utf8', env: { PATH: process.env['PATH'] } })
  return JSON.parse(printed) as Drawn
}

/** The name of the picture that differs least. */
function nearest(shape: string, among: Readonly<Record<string, { readonly canvas: string }>>): string {
  const differences = Object.entries(among).map(([name, { canvas }]) => {
    const difference = Array.from(shape).reduce(
      (sum, digit, at) => sum + Math.abs(parseInt(digit, 16) - parseInt(canvas[at]!, 16)),
      0,
    )
    return { name, difference }
  })
  return differences.toSorted((a, b) => a.difference - b.difference)[0]!.name
}

function canHide(): boolean {
  try {
    execFileSync('unshare', ['-rm', 'true'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

const everyName = FONT_FAMILIES.flatMap(({ name, aliases }) => [name, ...aliases])
const box = ink('40px sans-serif', '\u{10FFFF}')

describe('canvas', () => {
  test('only the shipped families and their aliases are listed, in small letters too', () => {
    const families = GlobalFonts.families.map(({ family }) => family)
    const styles = FONT_FAMILIES.flatMap(({ name, bold, italic, boldItalic }) =>
      [bold && 'Bold', italic && 'Italic', boldItalic && 'Bold Italic'].flatMap((style) =>
        style === undefined ? [] : [`${name} ${style}`],
      ),
    )
    const shipped = [...everyName, ...BLACK_ALIASES]
    expect(new Set(families)).toEqual(
      new Set(['Noto Sans S Chinese', ...styles, ...shipped, ...shipped.map((name) => name.toLowerCase())]),
    )
    expect(new Set(everyName).size).toBe(everyName.length)
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
        for (const written of [alias, alias.toLowerCase()])
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

describe('fontconfig', () => {
  test('the file is written once, beside its cache', () => {
    const path = writeFontConfig(join(folder, 'a & b'))
    expect(path).toBe(join(folder, 'a & b/fonts.conf'))
    expect(readFileSync(path, 'utf8')).toBe(fontConfig(join(folder, 'a & b/fontconfig-cache')))
    expect(readFileSync(path, 'utf8')).toContain(`<cachedir>${folder}/a &amp; b/fontconfig-cache</cachedir>`)
    const { ino } = statSync(path)
    expect(writeFontConfig(join(folder, 'a & b'))).toBe(path)
    expect(statSync(path).ino).toBe(ino)
  })

  const seen = run(DRAW)

  // Another engine draws other edges: what it drew is nearer to the same family's than to any other's.
  test.each(Object.entries(seen.families))('%s looks in SVG and in text as on a canvas', (family, { svg, text }) => {
    expect([nearest(svg, seen.families), nearest(text, seen.families)]).toEqual([family, family])
  })

  test.each(Object.entries(seen.styles))('%s Georgia in SVG is that of a canvas', (style, { svg }) => {
    expect(nearest(svg, seen.styles)).toBe(style)
  })

  test('a name that there is not is the fallback; Chinese and Polish are drawn, emoji in colour', () => {
    const { none, nowhere, arial, georgia, list, chinese, polish, box: missing } = seen.same
    expect(nowhere).toBe(arial)
    // Without a family SVG is in Times New Roman.
    expect([list, none]).toEqual([georgia, georgia])
    expect(new Set([arial, georgia, chinese, polish, missing]).size).toBe(5)
    expect(seen.coloured).toBe(true)
  })

  test.skipIf(!canHide())('nothing changes when the host has no fonts and no fontconfig at all', () => {
    const hide =
      'for d in /usr/share/fonts /usr/share/fontconfig /etc/fonts /usr/local/share/fonts /var/cache/fontconfig; do [ -d $d ] && mount -t tmpfs none $d; done; exec "$@"'
    expect(run(['unshare', '-rm', 'sh', '-c', hide, 'sh', ...DRAW])).toEqual(seen)
  })
})
