// Reads a picture's size in pixels before Skia, which would allocate them: the size that Skia will decode, not a decoy.
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { declaredPixels } from '../../../sandbox/native/canvas/picture-size.ts'

const of = (text: string): number => declaredPixels(Buffer.from(text))
const SVG = "xmlns='http://www.w3.org/2000/svg'"
const BIG = `<svg ${SVG} width='5000' height='4000'/>`
const PIXELS = 20_000_000

describe('of an SVG', () => {
  it.each([
    ['a comment before it', `<!-- <svg width='1' height='1'> -->${BIG}`],
    ['comments and instructions', `<?xml version='1.0'?><?x <svg width='1' height='1'> ?><!--a-->\n<!-- > -->${BIG}`],
    ['a byte order mark', `\ufeff${BIG}`],
    ['a declaration of its type', `<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' "http://x/<svg width='1'>">${BIG}`],
    ['entities with a decoy', `<!DOCTYPE svg [<!ENTITY x "<svg width='1' height='1'>"><!-- ]> -->]>${BIG}`],
    [
      'sides that only a declaration has',
      `<!DOCTYPE svg [<!ATTLIST svg width CDATA '5000' height CDATA #FIXED "4000">]><svg ${SVG}/>`,
    ],
    ['a long comment', `<!--${' '.repeat(1_100_000)}-->${BIG}`],
    ['references for its figures', `<svg ${SVG} width='&#53;000' height='&#x34;000'/>`],
    ['a sign that seems to end its tag', `<svg ${SVG} data-x='>' width='5000' height='4000'/>`],
    ['a decoy in an attribute', `<svg ${SVG} data-x=" width='1' height='1'" width='5000' height='4000'/>`],
    ['a decoy in CDATA', `<svg ${SVG} width='5000' height='4000'><![CDATA[<svg width='1' height='1'>]]></svg>`],
    ['another one in it', `<svg ${SVG} width='5000' height='4000'><svg width='1' height='1'/></svg>`],
    ['a view box alone', `<svg ${SVG} viewBox='0 0 5000 4000'/>`],
    ['a view box with commas', `<svg ${SVG} viewBox='0,0,5000,4000'/>`],
    ['sides in per cent', `<svg ${SVG} width='100%' height='100%' viewBox='0 0 5000 4000'/>`],
    ['one side in per cent', `<svg ${SVG} width='100%' height='1' viewBox='0 0 5000 4000'/>`],
    ['one side', `<svg ${SVG} width='1' viewBox='0 0 5000 4000'/>`],
    ['a side of no size', `<svg ${SVG} width='0' height='0' viewBox='0 0 5000 4000'/>`],
    ['a side that is none', `<svg ${SVG} width='junk' height='1' viewBox='0 0 5000 4000'/>`],
    ['a unit that Skia does not know', `<svg ${SVG} width='1IN' height='1em' viewBox='0 0 5000 4000'/>`],
    ['a style', `<svg ${SVG} width='1' height='1' style='fill:red; width : 5000px;height:4000px'/>`],
    ['white space', `<svg ${SVG}\twidth = '  5000  ' height\n=\n'4e3'/>`],
    ['something before it', `hello ${BIG}`],
  ])('with %s', (_, text) => {
    expect(of(text)).toBe(PIXELS)
  })

  it('a large view box of a small picture is no size', () => {
    expect(of(`<svg ${SVG} width='24' height='24' viewBox='0 0 50000 50000'/>`)).toBe(576)
    expect(of(`<svg ${SVG} width='24' height='24'><svg width='50000' height='50000'/></svg>`)).toBe(576)
  })

  it('a side below zero, at which Skia ends the process, and a hidden declaration are refused', () => {
    const negative = 'An SVG with a width or height below 0 cannot be drawn.'
    expect(() => of(`<svg ${SVG} width='-1' height='1'/>`)).toThrow(negative)
    expect(() => of(`<svg ${SVG} style='height:-1px'/>`)).toThrow(negative)
    expect(() => of(`<svg ${SVG} viewBox='0 0 -5 5'/>`)).toThrow(negative)
    const hidden = `<!DOCTYPE svg [<!ENTITY % p "&#60;!ATTLIST svg width CDATA '9'>">%p;]><svg ${SVG}/>`
    expect(() => of(hidden)).toThrow(
      'The size of this SVG cannot be determined before it is drawn: remove the declarations in its <!DOCTYPE …>.',
    )
  })

  it('what is none has no pixels', () => {
    for (const text of ['', '<html>', '<x><y/></x>', '<svg', '<!--', '<?', '<!DOCTYPE svg', '<svgx width="9"/>'])
      expect(of(text)).toBe(0)
  })
})

describe('of other formats', () => {
  it('a GIF whose first frame is larger than its screen has that frame', async () => {
    const gif = await sharp({ create: { width: 300, height: 200, channels: 3, background: 'red' } })
      .gif()
      .toBuffer()
    expect(declaredPixels(gif)).toBe(60_000)
    gif.writeUInt16LE(1, 6)
    gif.writeUInt16LE(1, 8)
    expect(declaredPixels(gif)).toBe(60_000)
  })

  it('an icon has its largest picture, whatever its list says', async () => {
    const png = await sharp({ create: { width: 300, height: 200, channels: 3, background: 'red' } })
      .png()
      .toBuffer()
    const head = Buffer.from([0, 0, 1, 0, 1, 0, 1, 1, 0, 0, 1, 0, 32, 0, 0, 0, 0, 0, 22, 0, 0, 0])
    head.writeUInt32LE(png.length, 14)
    expect(declaredPixels(Buffer.concat([head, png]))).toBe(60_000)
    const bitmap = Buffer.alloc(40)
    bitmap.writeInt32LE(300, 4)
    bitmap.writeInt32LE(400, 8)
    expect(declaredPixels(Buffer.concat([head, bitmap]))).toBe(60_000)
    expect(declaredPixels(head)).toBe(0)
  })
})
