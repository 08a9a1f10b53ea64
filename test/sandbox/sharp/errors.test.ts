// Wrong arguments throw at the call, and impossible pipelines reject, with sharp's own messages.
import type { Sharp, SharpConstructor } from 'sharp'
import real from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { loadGuest } from './guest.ts'
import { drawnPictures } from './pictures.ts'

let guest: SharpConstructor
let pictures: Map<string, Buffer>

beforeAll(async () => {
  pictures = await drawnPictures()
  guest = await loadGuest(new Map())
})

type Loose = ((...args: unknown[]) => Chain) & { [name: string]: unknown }
type Chain = { [name in keyof Sharp]: (...args: unknown[]) => Chain }

const thrown: Record<string, (sharp: Loose, of: (name: string) => Buffer) => unknown> = {
  'no input': (sharp) => sharp(undefined),
  'a number as input': (sharp) => sharp(7),
  'an empty buffer': (sharp) => sharp(Buffer.alloc(0)),
  'one picture to join': (sharp, of) => sharp([of('one.png')]),
  'a join without pictures': (sharp, of) => sharp(of('one.png'), { join: { across: 2 } }),
  'a raw input without size': (sharp) => sharp(Buffer.alloc(9), { raw: { width: 3 } }),
  'a creation without colour': (sharp) => sharp({ create: { width: 3, height: 3, channels: 3 } }),
  'text that is not a string': (sharp) => sharp({ text: { text: 7 } }),
  'options that are null': (sharp, of) => sharp(of('one.png'), null),
  'a width of zero': (sharp, of) => sharp(of('one.png')).resize(0),
  'a fit that is not': (sharp, of) => sharp(of('one.png')).resize(3, 3, { fit: 'cower' }),
  'a colour that is not': (sharp, of) => sharp(of('one.png')).tint('notacolour'),
  'a blur too small': (sharp, of) => sharp(of('one.png')).blur(0.1),
  'an angle in words': (sharp, of) => sharp(of('one.png')).rotate('left'),
  'an extract without top': (sharp, of) => sharp(of('one.png')).extract({ left: 1, width: 2, height: 2 }),
  'an extend below zero': (sharp, of) => sharp(of('one.png')).extend({ top: -1 }),
  'a kernel that does not fit': (sharp, of) => sharp(of('one.png')).convolve({ width: 3, height: 3, kernel: [1] }),
  'lines of unequal length': (sharp, of) => sharp(of('one.png')).linear([1, 2], [1]),
  'a matrix of words': (sharp, of) =>
    sharp(of('one.png')).recomb([
      ['a', 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ]),
  'a composite that is no list': (sharp, of) => sharp(of('one.png')).composite({ input: of('one.png') }),
  'a layer with left and no top': (sharp, of) => sharp(of('one.png')).composite([{ input: of('one.png'), left: 1 }]),
  'a blend that is not': (sharp, of) => sharp(of('one.png')).composite([{ input: of('one.png'), blend: 'blur' }]),
  'an operator that is not': (sharp, of) => sharp(of('one.png')).boolean(of('one.png'), 'nand'),
  'a quality of 101': (sharp, of) => sharp(of('one.png')).jpeg({ quality: 101 }),
  'HEIF without compression': (sharp, of) => sharp(of('one.png')).heif({}),
  'JPEG 2000': (sharp, of) => sharp(of('one.png')).jp2(),
  'a format that is not': (sharp, of) => sharp(of('one.png')).toFormat('bmp'),
  'EXIF that is a number': (sharp, of) => sharp(of('one.png')).withExif({ IFD0: { Copyright: 7 } }),
  'a timeout in words': (sharp, of) => sharp(of('one.png')).timeout({ seconds: 'ten' }),
  'resolveWithObject in words': (sharp, of) => sharp(of('one.png')).toBuffer({ resolveWithObject: 'yes' }),
  'a cache below zero': (sharp) => (sharp.cache as (options: object) => void)({ items: -1 }),
  'a block without names': (sharp) => (sharp.block as (options: object) => void)({ operation: 'VipsForeignLoad' }),
}

describe('a wrong argument throws at once what plain Node throws:', () => {
  test.each(Object.entries(thrown))('%s', (_, act) => {
    const message = (sharp: unknown): string => {
      try {
        act(sharp as Loose, (name) => pictures.get(name)!)
      } catch (error) {
        return (error as Error).message
      }
      return 'nothing was thrown'
    }
    const there = message(real)
    expect(there).not.toBe('nothing was thrown')
    expect(message(guest)).toBe(there)
  })
})

const rejected: Record<string, (sharp: SharpConstructor, of: (name: string) => Buffer) => Sharp> = {
  'an extract outside the picture': (sharp, of) =>
    sharp(of('photo.png')).extract({ left: 150, top: 0, width: 50, height: 10 }),
  'a layer that is too large': (sharp, of) => sharp(of('one.png')).composite([{ input: of('photo.png') }]),
  'a turned animation': (sharp, of) => sharp(of('anim.gif'), { animated: true }).rotate(45),
  'a channel that is not there': (sharp, of) => sharp(of('photo.png')).extractChannel(3),
  'an operand that is no picture': (sharp, of) => sharp(of('photo.png')).boolean(Buffer.from('no picture'), 'and'),
  'raw pixels that are too few': (sharp) =>
    sharp(Buffer.alloc(10), { raw: { width: 100, height: 100, channels: 3 } }).png(),
  HEVC: (sharp, of) => sharp(of('photo.png')).heif({ compression: 'hevc' }),
  'JPEG XL': (sharp, of) => sharp(of('photo.png')).jxl(),
  'a page that is not there': (sharp, of) => sharp(of('anim.gif'), { page: 9 }),
  "the snippet's own pixel limit": (sharp, of) => sharp(of('photo.png'), { limitInputPixels: 100 }),
  'a trim of almost nothing': (sharp, of) => sharp(of('one.png')).trim(),
  'a window larger than the picture': (sharp, of) => sharp(of('one.png')).clahe({ width: 50, height: 50 }),
  'SVG output by the format of the input': (sharp, of) =>
    sharp(of('photo.png')).webp().resize(20000, 1, { fit: 'fill' }),
}

describe('an impossible pipeline rejects with what plain Node rejects with:', () => {
  test.each(Object.entries(rejected))('%s', async (_, make) => {
    const message = (sharp: SharpConstructor) =>
      make(sharp, (name) => pictures.get(name)!)
        .toBuffer()
        .then(
          () => 'no error',
          (error: Error) => `${error.name}: ${error.message}`,
        )
    const there = await message(real)
    expect(there).toMatch(/^Error: /)
    expect(await message(guest)).toBe(there)
  })
})

test('an error carries the line of the snippet that ran the pipeline', async () => {
  const error = await guest(Buffer.from('no picture'))
    .toBuffer()
    .catch((reason: Error) => reason)
  expect((error as Error).stack).toContain('sandbox/sharp/errors.test.ts')
})

test('a call that threw leaves nothing behind in the native half', async () => {
  const image = guest(pictures.get('photo.png'))
  expect(() => image.resize({ width: 20, height: -1 })).toThrow(
    'Expected positive integer between 1 and 100000000 for height but received -1',
  )
  expect((await image.toBuffer({ resolveWithObject: true })).info.width).toBe(160)
})
