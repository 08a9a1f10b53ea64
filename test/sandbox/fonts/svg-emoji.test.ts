// Emoji in SVG text: drawn in colour where the letters leave space for them.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { cpuMsOf } from '../../measures.ts'
import { replaceEmoji } from '../../../sandbox/svg/emoji.ts'

const folder = mkdtempSync(join(tmpdir(), 'easel-emoji-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const svg = (inner: string, attributes = ''): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="100" ${attributes}>${inner}</svg>`

/** The layout: the start point of each chunk, and the offset and size of each emoji from there. */
function places(inner: string): string[] {
  const made = replaceEmoji(Buffer.from(svg(inner))).svg?.toString('utf8') ?? ''
  const found = made.matchAll(/<svg x="([^"]*)" y="([^"]*)" style[^>]*>(.*?)<\/svg>/g)
  return Array.from(found, ([, x, y, uses = '']) => {
    const moved = Array.from(
      uses.matchAll(/translate\(([-\d.]+) ([-\d.]+)\) scale\(([\d.]+)\)/g),
      ([, right, down, size]) => [right, down].map((one) => Math.round(Number(one))).join(' ') + ` @${size}`,
    )
    return `${x},${y}: ${moved.join(', ')}`
  })
}

describe('an emoji is placed', () => {
  // One emoji is 1.245 em wide, "ab" of Cousine 1.2 em.
  it.each([
    ['after letters', '<text x="10" y="50" font-family="Courier New" font-size="20">ab😀</text>', ['10,50: 24 0 @20']],
    ['in the middle', '<text x="50%" y="50" text-anchor="middle" font-size="20">😀</text>', ['50%,50: -12 0 @20']],
    ['at the end', '<text x="9" y="5" text-anchor="end" font-size="20">😀😀</text>', ['9,5: -50 0 @20, -25 0 @20']],
    [
      'by a style sheet',
      '<style>.a, text.b { font: bold 20px/2 Menlo, serif }</style><text class="x b">ab😀</text>',
      ['0,0: 24 0 @20'],
    ],
    ['after a weight in numbers', '<text style="font: 700 20px/1.2 monospace">ab😀</text>', ['0,0: 24 0 @20']],
    [
      'by the style before the attribute',
      '<g font-size="20"><text font-size="9" style="font: italic 3em serif">😀</text></g>',
      ['0,0: 0 0 @60'],
    ],
    [
      'not by an attribute that there is not',
      '<text font="700 60px Impact" font-size="20">😀</text>',
      ['0,0: 0 0 @20'],
    ],
    [
      'by what it inherits',
      '<g font-size="20" style="font-family: monospace"><text>ab😀</text></g>',
      ['0,0: 24 0 @20'],
    ],
    [
      'in a size of its own',
      '<text font-family="mono" font-size="10">ab<tspan font-size="2em">😀</tspan></text>',
      ['0,0: 12 0 @20'],
    ],
    [
      'in lines',
      '<text font-size="20"><tspan x="1" y="2">😀</tspan><tspan x="1" dy="1.5em">😀</tspan></text>',
      ['1,2: 0 0 @20', '1,2: 0 30 @20'],
    ],
    ['moved', '<text y="7" dx="5" dy="1em" font-size="20">😀</text>', ['0,7: 5 20 @20']],
    [
      'with room between letters',
      '<text font-family="mono" font-size="20" letter-spacing="3">ab😀</text>',
      ['0,0: 30 0 @20'],
    ],
    ['at half its height', '<text y="7" dominant-baseline="central" font-size="100">😀</text>', ['0,7: 0 34 @100']],
    ['as a reference', '<text font-size="20">&#x1F680;&#128640;</text>', ['0,0: 0 0 @20, 25 0 @20']],
    ['in white space', '<text font-family="mono" font-size="20">\n  a   b\n  😀 </text>', ['0,0: 48 0 @20']],
  ])('%s', (_what, inner, expected) => {
    expect(places(inner)).toEqual(expected)
  })

  it('once for a cluster: flags, families, skin, keys, and signs that no other font has', () => {
    expect(places('<text font-size="20">🇫🇷👩‍👩‍👧👍🏽1️⃣☀️❤</text>')).toEqual([
      '0,0: 0 0 @20, 25 0 @20, 50 0 @20, 75 0 @20, 100 0 @20, 125 0 @20',
    ])
    expect(places('<text>1 # ☀ ★ ✓ © → é 国</text>')).toEqual([])
  })

  it.each([
    [
      '<text id="a" x="1" fill="red" opacity=".5" transform="rotate(9)">😀</text>',
      '<g transform="rotate(9)" opacity=".5"><svg x="1" y="0"',
    ],
    [
      '<style>#a { opacity: .2 } .b { fill-opacity: .3 }</style><text id="a" class="b">😀</text>',
      '<g opacity=".2"><g opacity=".3"><svg x="0" y="0"',
    ],
  ])('turned and faded as its text is: %s', (inner, expected) => {
    expect(replaceEmoji(Buffer.from(svg(inner))).svg?.toString()).toContain(`</text>${expected}`)
  })

  it.each([
    ['by em', '<text x="1em" y="2em" font-size="20">😀</text>', ['20,40: 0 0 @20']],
    [
      'by a rule for what is within',
      '<style>.card .t { font-size: 20px }</style><g class="card"><g><text class="t">😀</text></g></g>',
      ['0,0: 0 0 @20'],
    ],
    [
      'without what the rule for others says',
      '<style>.card .t { font-size: 20px } @import url(https://fonts.example/a.css);\n@font-face { font-family: A }</style><text class="t" font-size="30">😀</text>',
      ['0,0: 0 0 @30'],
    ],
    [
      'not where the text is hidden',
      '<text font-size="20"><tspan visibility="hidden">😀</tspan><tspan fill="red">😀</tspan></text>',
      ['0,0: 25 0 @20'],
    ],
  ])('%s', (_what, inner, expected) => {
    expect(places(inner)).toEqual(expected)
  })

  it('and pictures come last, so that what is counted from the beginning stays', () => {
    const made = replaceEmoji(Buffer.from(svg('<text>😀</text><circle r="9"/>'))).svg?.toString() ?? ''
    expect(made.indexOf('<defs>')).toBeGreaterThan(made.indexOf('<circle'))
    expect(made.endsWith('</defs></svg>')).toBe(true)
  })
})

describe('an SVG stays as it is', () => {
  it.each([
    ['without emoji', svg('<text>a &amp; b ©</text>')],
    ['with emoji in no text', svg('<title>😀</title><desc>😀</desc><clipPath id="c"><text>😀</text></clipPath>')],
    ['that is not well-formed', '<svg><text>😀</svg>'],
    ['that is nested without end', `<svg>${'<g>'.repeat(50_000)}<text>😀</text>${'</g>'.repeat(50_000)}</svg>`],
    ['that is too long', svg(`<text>😀</text><!--${'x'.repeat(1_000_000)}-->`)],
    ['that is a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47]).toString('latin1')],
    ['that is HTML', '<html><svg><text>😀</text></svg></html>'],
    ['in another encoding', `<?xml version="1.0" encoding="ISO-8859-1"?>${svg('<text>&#128512;</text>')}`],
    [
      'whose text nobody sees',
      svg('<style>#t { display: none }</style><text id="t">😀</text><text fill="none">😀</text>'),
    ],
  ])('%s', (_what, text) => {
    expect(replaceEmoji(Buffer.from(text))).toEqual({ svg: undefined, hasBlank: false })
  })

  it.each([
    ['with letters that are stretched', svg('<text textLength="50">😀</text>')],
    ['with letters one by one or turned', svg('<text x="1 2">😀</text><text rotate="9">😀</text>')],
    ['with text along a path', svg('<text><textPath href="#p">😀</textPath></text>')],
    ['written downwards', svg('<g style="writing-mode: tb"><text>😀</text></g>')],
    ['with text that stands by an unusual line', svg('<text dominant-baseline="text-before-edge">😀</text>')],
    [
      'with text that is used elsewhere or chosen',
      svg('<defs><text id="a">😀</text></defs><switch><text>😀</text></switch>'),
    ],
    ['with a style sheet of more than names', svg('<style>g > text { font-size: 9px }</style><text>😀</text>')],
    ['with a style sheet for all', svg('<style>* { opacity: .5 }</style><text>😀</text>')],
    ['with too many emoji', svg(`<text>${'😀'.repeat(501)}</text>`)],
    ['with much text', svg(`<text>😀${'x'.repeat(20_000)}</text>`)],
  ])('%s, which is told', (_what, text) => {
    expect(replaceEmoji(Buffer.from(text))).toEqual({ svg: undefined, hasBlank: true })
  })

  it('in part, which is told too', () => {
    const { svg: made, hasBlank } = replaceEmoji(Buffer.from(svg('<text>😀</text><text rotate="9">😀</text>')))
    expect([made?.toString().split('<use').length, hasBlank]).toEqual([2, true])
  })

  // Each of them took seconds or a gigabyte with careless regular expressions.
  it.each([
    ['a style sheet without braces', svg(`<style>${'a'.repeat(900_000)}</style><text>😀</text>`)],
    ['a long font', svg(`<text font="${'1'.repeat(900_000)}">😀</text>`)],
    ['a font of spaces', svg(`<text font="${' '.repeat(400)}1${' '.repeat(90)}">😀</text>`)],
    ['signs without end', svg(`<text>${'☺'.repeat(330_000)}</text>`)],
    ['one sign of many marks', svg(`<text>😀${'\u0301'.repeat(19_000)}</text>`)],
    [
      'rules for elements without end',
      svg(
        `<style>${'.a .b .c { fill: red }'.repeat(299)}</style>${'<g class="a">'.repeat(40)}${'<text class="c">😀</text>'.repeat(400)}${'</g>'.repeat(40)}`,
      ),
    ],
  ])('soon: %s', (_what, text) => {
    expect(cpuMsOf(() => replaceEmoji(Buffer.from(text)))).toBeLessThan(3000)
  })
})

describe('what sharp draws', () => {
  const drawn = JSON.parse(
    execFileSync(process.execPath, [fileURLToPath(new URL('svg-emoji-drawn.ts', import.meta.url)), folder], {
      encoding: 'utf8',
    }),
  ) as Record<string, { readonly svg: readonly number[]; readonly canvas: readonly number[] }>

  it.each(Object.entries(drawn))('of %s is where a canvas draws it', (_what, { svg: found, canvas }) => {
    expect(canvas[2]! - canvas[0]!).toBeGreaterThan(20)
    found.forEach((edge, at) => expect(Math.abs(edge - canvas[at]!)).toBeLessThanOrEqual(2))
  })
})
