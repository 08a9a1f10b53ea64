// The file info of a broken picture has a sentence for users, not libvips' message for programmers.
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { defaultLimits } from '../../../sandbox/limits.ts'
import { describeFile } from '../../../sandbox/native/facts/file-info.ts'
import { describeDecodeError } from '../../../sandbox/native/facts/decode-error.ts'
import { unreadableError } from '../../../sandbox/native/image-input/decoding.ts'

describe('a picture that is cut in the middle', () => {
  const noise = Buffer.from(Array.from({ length: 90 * 70 * 3 }, (_, i) => (i * 131 + (i >> 7) * 57) % 251))
  const picture = () => sharp(noise, { raw: { width: 90, height: 70, channels: 3 } })

  it.each([
    ['jpeg', 'the file ends early'],
    ['gif', 'the file ends early'],
    ['avif', 'the file ends early'],
    ['png', 'the file is damaged or ends early'],
    ['webp', 'the file is damaged or ends early'],
    ['tiff', 'the file is damaged, ends early, or is of an unsupported kind'],
  ] as const)('as %s is said to be so, as far as its reader tells', async (format, said) => {
    const whole = await picture().toFormat(format).toBuffer()
    expect(await describeFile(`a.${format}`, whole, defaultLimits())).toMatchObject({
      kind: 'picture',
      mime: `image/${format}`,
    })
    const { problem } = await describeFile(`a.${format}`, whole.subarray(0, whole.length >> 1), defaultLimits())
    expect(problem).toBe(`It cannot be read as image/${format}: ${said}.`)
  })

  it('as SVG keeps where the fault is', async () => {
    const { problem } = await describeFile(
      'a.svg',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><g><rect/'),
      defaultLimits(),
    )
    expect(problem).toMatch(/^It cannot be read as image\/svg\+xml: XML parse error: .+ on line 1 column \d+ .*[^.]\.$/)
  })
})

describe('the words of a reader', () => {
  it.each([
    ['VipsJpeg: premature end of JPEG image', 'the file ends early'],
    ['Input buffer has corrupt header: VipsJpeg: Premature end of JPEG file', 'the file ends early'],
    ['Input buffer has corrupt header: pngload_buffer: out of order', 'its header is damaged'],
    ['Input buffer has corrupt header:', 'its header is damaged'],
    ['source: bad seek to 9\nsource: bad seek to 4\nheif: Invalid input: Corrupt frame (2.0)', 'the file is damaged'],
    ['VipsJpeg: Corrupt JPEG data: bad Huffman code', 'the file is damaged'],
    ['it contains no picture', 'it contains no picture'],
    ['vips2tiff: odd number of tiles.\nand more', 'odd number of tiles'],
    ['svgload_buffer: XML parse error: line 1.', 'XML parse error: line 1'],
    ['', 'the reason is unknown'],
  ])('%s', (words, said) => {
    expect(describeDecodeError(new Error(words))).toBe(said)
  })

  it('are the same wherever a file is read, with one full stop', () => {
    expect(unreadableError('a "b".png', 'image/png', new Error('VipsPng: odd rows.')).message).toBe(
      '"a \\"b\\".png" cannot be read as image/png: odd rows.',
    )
  })
})
