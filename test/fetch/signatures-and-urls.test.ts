// File formats recognised by their first bytes, and where a URL in a text ends, character by character.
import { describe, expect, it } from 'vitest'
import { detectExtension, HEAD_BYTES } from '../../sandbox/file-signature.ts'
import { urlsIn } from '../../src/fetch/urls-in.ts'

const ending = (bytes: string): string | undefined => detectExtension(Buffer.from(bytes, 'latin1'))
const ftyp = (brand: string): string => `\0\0\0\x1cftyp${brand}`

const STARTS: readonly (readonly [string, readonly string[]])[] = [
  ['png', ['\x89PNG\r\n']],
  ['jpg', ['\xff\xd8\xff']],
  ['gif', ['GIF87a', 'GIF89a']],
  ['webp', ['RIFF\n\0\0\0WEBP']],
  ['tif', ['II*\0', 'MM\0*']],
  ['avif', ['avif', 'avis', 'mif1avif', 'msf1avif', `mif1${'x'.repeat(24)}avif`].map(ftyp)],
  ['heic', ['heic', 'heim', 'heis', 'heix', 'hevc', 'hevx', 'mif1', 'msf1', `mif1${'x'.repeat(25)}avif`].map(ftyp)],
  ['jxl', ['\xff\n', '\0\0\0\fJXL ']],
  ['bmp', ['BMabcd\0\0\0\0']],
  ['pdf', ['%PDF-']],
  ['zip', ['PK\x03\x04', 'PK\x05\x06']],
  ['svg', ['<svg>', '<SVG ', '<!DOCTYPE svg PUBLIC "a">\n<svg\n', '<?xml?><!-- a - -- b --> <!--c--><svg ']],
  ['svg', ['\xef\xbb\xbf \n<svg ', '<!doctype\tSVG><svg>', '<?XML version="1.0"?>\n<svg ']],
  ['html', '!doctype html|html|head|body|title|script|meta'.split('|').map((tag) => `<${tag}>`)],
  ['html', ['\xef\xbb\xbf<!-- a --> <!DOCTYPE\n HTML ', '<?xml?>\n<!--a--><html ']],
]

describe('the first bytes', () => {
  it.each(STARTS)('of %s are known, and known nowhere but at the start', (format, starts) => {
    for (const start of starts) {
      expect([start, ending(start)]).toEqual([start, format])
      expect([start, ending(`x${start}`)]).toEqual([start, undefined])
    }
  })

  it.each([
    ['pictures', ['GIF88a', 'GIF89b', '\x89PNG\n', 'RIFF\0\0WEBP', 'II\0*', 'MM*\0', 'BMF\0\0\0\0', 'BMa\0\0\0\0b']],
    ['pictures in boxes', [...['isom', 'heia', 'heva'].map(ftyp), 'ftypavif', '\0\0\0 JXL ', '\0\0\0~JXL ']],
    ['archives', ['PK\x03A', 'PKab']],
    [
      'markup',
      ['<svgx', '<svg', '<htmls>', '<titles>', '<!doctypehtml>', '<!-- <svg>', '<!-- --x> <svg>', '<xml><svg>'],
    ],
  ])('that are nearly those of %s say nothing', (_, starts) => {
    for (const start of starts) expect([start, ending(start)]).toEqual([start, undefined])
  })

  it(`are the first ${HEAD_BYTES}`, () => {
    const within = `${' '.repeat(1019)}<svg>`
    expect(HEAD_BYTES).toBe(1024)
    expect(ending(`${within}<html>`)).toBe('svg')
    expect(ending(` ${within}`)).toBeUndefined()
  })
})

describe('an address in a message', () => {
  const A = 'https://example.org/a.png'
  const found = (text: string): readonly string[] => urlsIn(text).urls

  it.each([...'<>"`|\\^{}\u0007\u007f，。、；：！？…～｡､「」『』（）【】《》〈〉〔〕［］｛｝“”‘’«»‹›\u00a0\u3000'])(
    'ends at %j',
    (sign) => expect(found(`${A}${sign}x ${sign}${A}?b`)).toEqual([A, `${A}?b`]),
  )

  it.each([...".,;:!?'*_~"])('does not end in %j, which may stand within it', (sign) => {
    expect(found(`${A}${sign}${sign} and ${A}/b${sign}c`)).toEqual([A, `${A}/b${sign}c`])
  })

  it.each<readonly [string, readonly (string | undefined)[]]>([
    [
      `${A},http://example.org/b.png;HTTP://example.org/c.png`,
      [A, 'http://example.org/b.png', 'http://example.org/c.png'],
    ],
    [`${A},b;c`, [`${A},b;c`]],
    ['https://example.org/[a](b)c](d', ['https://example.org/[a](b)c']],
    ['https://example.org/(a]b', ['https://example.org/(a']],
    ['https://example.org/[a)b', ['https://example.org/[a']],
    ['https://example.org/a)b(c', ['https://example.org/a']],
    ['https://example.org/a]b', ['https://example.org/a']],
    ['以https://开头的链接', []],
    ['https://example.org/a#b https://example.org/a#c', ['https://example.org/a']],
    ...['猫', 'ねこ', 'ネコ', '고양이'].map((word) => [`${A}${word} ${A}b${word}`, [A, `${A}b`]] as const),
    ...['/', '=', '.', '#', '?', '&', '%', '_', '-'].map(
      (sign) =>
        [`https://example.org/a${sign}猫b`, [new URL(`https://example.org/a${sign}猫b`).href.split('#')[0]]] as const,
    ),
  ])('%j', (text, urls) => expect(found(text)).toEqual(urls))

  it('without https is taken if it names a file', () => {
    const named = 'png jpg jpeg gif webp avif tif tiff svg bmp heic csv tsv json txt pdf xlsx PNG'.split(' ')
    for (const one of named) {
      const url = `http://example.org/a.${one}`
      expect(found(url)).toEqual([url])
      for (const other of [`${url}x`, `http://example.org/a${one}`, `http://example.org/?a.${one}`, `${url}/`])
        expect(found(other)).toEqual([])
    }
  })

  it('of more than 4096 characters is none', () => {
    const long = `https://example.org/${'a'.repeat(4096 - 20)}`
    expect(found(`${long} ${A}`)).toEqual([long, A])
    expect(found(`${long}a ${A}`)).toEqual([A])
    expect(found(`${long}${'a'.repeat(904)}${A}`)).toEqual([])
  })

  it('is one of at most five, and it is told whether there are more', () => {
    const five = [1, 2, 3, 4, 5].map((n) => `https://example.org/${n}`)
    expect(urlsIn(five.join(' '))).toEqual({ urls: five, more: false })
    expect(urlsIn([...five, A, A].join(' '))).toEqual({ urls: five, more: true })
  })
})
