// The guest sharp makes the same bytes and the same info as sharp in plain Node.
import type { Sharp, SharpConstructor } from 'sharp'
import real from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { loadGuest } from './guest.ts'
import { comparable, drawnPictures, pixels } from './pictures.ts'

type Make = (sharp: SharpConstructor, picture: (name: string) => Buffer) => Sharp
let guest: SharpConstructor
let pictures: Map<string, Buffer>

beforeAll(async () => {
  pictures = await drawnPictures()
  guest = await loadGuest(new Map())
})

const red = { r: 255, g: 0, b: 0, alpha: 0.4 }
const raw3 = { width: 16, height: 9, channels: 3 as const }
const text = { text: '<span foreground="red">Hello</span> wörld', font: 'sans 20', rgba: true, dpi: 100 }
const noBlue = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 0],
] as [[number, number, number], [number, number, number], [number, number, number]]

const pipelines: Record<string, Make> = {
  'keeps the format of the input': (sharp, of) => sharp(of('photo.jpg')),
  'resizes to a width': (sharp, of) => sharp(of('photo.jpg')).resize(50),
  'resizes to a height': (sharp, of) => sharp(of('photo.jpg')).resize(undefined, 50),
  'resizes with null for the width': (sharp, of) => sharp(of('photo.jpg')).resize(null, 50),
  'resizes by an object': (sharp, of) =>
    sharp(of('photo.png')).resize({ width: 50, height: 70, fit: 'contain', background: red }),
  'resizes inside': (sharp, of) => sharp(of('photo.png')).resize(50, 50, { fit: 'inside', kernel: 'mitchell' }),
  'resizes outside': (sharp, of) => sharp(of('photo.png')).resize(50, 50, { fit: 'outside', withoutEnlargement: true }),
  fills: (sharp, of) => sharp(of('photo.png')).resize(300, 20, { fit: 'fill' }),
  'crops by entropy': (sharp, of) => sharp(of('photo.png')).resize(50, 100, { position: sharp.strategy.entropy }),
  'crops by attention': (sharp, of) => sharp(of('photo.jpg')).resize(50, 100, { position: 'attention' }),
  'does not enlarge': (sharp, of) => sharp(of('photo.png')).resize(500, 500, { withoutEnlargement: true }),
  'keeps the last of two resizes': (sharp, of) => sharp(of('photo.png')).resize(500).resize(40, 20),
  'turns by quarters': (sharp, of) => sharp(of('photo.png')).rotate(-270),
  'turns by degrees over a colour': (sharp, of) => sharp(of('photo.png')).rotate(33, { background: '#ff000080' }),
  'turns, then resizes': (sharp, of) => sharp(of('photo.png')).rotate(33).resize(60),
  'resizes, then turns': (sharp, of) => sharp(of('photo.png')).resize(60).rotate(45),
  'turns by EXIF': (sharp, of) => sharp(of('turned.jpg')).rotate().resize(30),
  'turns by EXIF as an option': (sharp, of) =>
    sharp(of('turned.jpg'), { autoOrient: true }).extract({ left: 3, top: 4, width: 50, height: 60 }),
  'flips and flops': (sharp, of) => sharp(of('photo.png')).flip().flop(true),
  shears: (sharp, of) =>
    sharp(of('photo.png')).affine(
      [
        [1, 0.3],
        [0.1, 0.7],
      ],
      { background: 'white', interpolator: sharp.interpolators.nohalo },
    ),
  'extends on all sides': (sharp, of) => sharp(of('photo.png')).extend(7),
  'extends by mirroring': (sharp, of) => sharp(of('photo.png')).extend({ top: 10, left: 30, extendWith: 'mirror' }),
  'extracts before and after a resize': (sharp, of) =>
    sharp(of('photo.png'))
      .extract({ left: 10, top: 10, width: 100, height: 80 })
      .resize(50)
      .extract({ left: 1, top: 2, width: 30, height: 20 }),
  trims: (sharp, of) => sharp(of('framed.png')).trim(),
  'trims with a margin': (sharp, of) => sharp(of('framed.png')).trim({ background: 'white', threshold: 5, margin: 2 }),
  'sharpens mildly': (sharp, of) => sharp(of('photo.png')).sharpen(),
  'sharpens by numbers': (sharp, of) =>
    sharp(of('photo.png')).sharpen({ sigma: 2, m1: 0, m2: 3, x1: 3, y2: 15, y3: 15 }),
  'blurs mildly': (sharp, of) => sharp(of('photo.png')).blur(),
  'blurs by sigma': (sharp, of) => sharp(of('photo.png')).blur({ sigma: 3.5, precision: 'float', minAmplitude: 0.1 }),
  'takes the median': (sharp, of) => sharp(of('photo.png')).median(5),
  'dilates and erodes': (sharp, of) => sharp(of('photo.png')).threshold(90).dilate(2).erode(),
  flattens: (sharp, of) => sharp(of('alpha.png')).flatten({ background: '#F0A703' }),
  unflattens: (sharp, of) => sharp(of('framed.png')).unflatten(),
  'corrects gamma': (sharp, of) => sharp(of('photo.png')).gamma(2.2, 1.5),
  'negates without alpha': (sharp, of) => sharp(of('alpha.png')).negate({ alpha: false }),
  normalises: (sharp, of) => sharp(of('photo.png')).normalise({ lower: 5, upper: 95 }),
  'equalises locally': (sharp, of) => sharp(of('photo.png')).clahe({ width: 20, height: 20, maxSlope: 4 }),
  convolves: (sharp, of) =>
    sharp(of('gray.png')).convolve({ width: 3, height: 3, kernel: [-1, 0, 1, -2, 0, 2, -1, 0, 1] }),
  'sets a threshold in colour': (sharp, of) => sharp(of('photo.png')).threshold(100, { grayscale: false }),
  'applies a line to each channel': (sharp, of) => sharp(of('photo.png')).linear([0.5, 1.2, 1], [10, -5, 0]),
  'applies one line': (sharp, of) => sharp(of('photo.png')).linear(1.5, -20),
  recombines: (sharp, of) => sharp(of('photo.png')).recomb(noBlue),
  modulates: (sharp, of) =>
    sharp(of('photo.png')).modulate({ brightness: 1.2, saturation: 0.5, hue: 90, lightness: 5 }),
  tints: (sharp, of) => sharp(of('photo.png')).tint({ r: 255, g: 240, b: 16 }),
  'turns gray': (sharp, of) => sharp(of('photo.jpg')).grayscale(),
  'turns CMYK to sRGB': (sharp, of) => sharp(of('cmyk.jpg')).png(),
  'keeps CMYK': (sharp, of) => sharp(of('photo.png')).toColourspace('cmyk').jpeg(),
  'keeps 16 bits': (sharp, of) => sharp(of('deep.png')).toColorspace('rgb16').resize(20),
  'keeps a pipeline in 16 bits': (sharp, of) =>
    sharp(of('deep.png')).pipelineColourspace('rgb16').blur(2).toColourspace('srgb'),
  'removes alpha': (sharp, of) => sharp(of('alpha.png')).removeAlpha(),
  'adds alpha': (sharp, of) => sharp(of('photo.png')).ensureAlpha(0.25),
  'extracts a channel': (sharp, of) => sharp(of('photo.png')).extractChannel('green'),
  'joins channels': (sharp, of) => sharp(of('gray.png')).joinChannel([of('gray.png'), of('gray.png')]),
  'joins raw channels': (sharp, of) =>
    sharp(of('photo.png')).joinChannel(Buffer.alloc(160 * 120, 99), { raw: { width: 160, height: 120, channels: 1 } }),
  'combines bands': (sharp, of) => sharp(of('photo.png')).bandbool('eor'),
  'combines with an operand': (sharp, of) => sharp(of('photo.png')).boolean(of('photo.jpg'), 'and'),
  'composites in order': (sharp, of) =>
    sharp(of('photo.png')).composite([
      { input: of('square.png'), left: 10, top: -4, blend: 'multiply' },
      { input: { create: { width: 10, height: 10, channels: 4, background: red } }, gravity: 'southeast' },
      { input: { text: { text: 'label', font: 'sans', dpi: 100, rgba: true } }, left: 5, top: 60 },
      { input: Buffer.alloc(48, 200), raw: { width: 4, height: 4, channels: 3 }, top: 0, left: 0 },
    ]),
  'composites tiles': (sharp, of) =>
    sharp(of('photo.png')).composite([{ input: of('square.png'), tile: true, blend: 'dest-out' }]),
  'joins pictures to a grid': (sharp, of) =>
    sharp([of('photo.png'), of('photo.jpg'), of('square.png')], {
      join: { across: 2, shim: 4, background: 'green', halign: 'right' },
    }).png(),
  'joins pictures to an animation': (sharp, of) =>
    sharp([of('square.png'), of('square.png')], { join: { animated: true } }).gif({ delay: 20 }),
  'creates a colour': (sharp) =>
    sharp({ create: { width: 30, height: 20, channels: 4, background: 'hsl(120, 60%, 50%)' } }).png(),
  'draws text': (sharp) => sharp({ text }).png(),
  'fits text to a box': (sharp) => sharp({ text: { text: 'Fit me', width: 200, height: 50, align: 'right' } }).png(),
  'draws SVG at a density': (sharp, of) => sharp(of('drawing.svg'), { density: 144 }).resize(200),
  'styles SVG': (sharp, of) => sharp(of('drawing.svg'), { svg: { stylesheet: 'circle { fill: red }' } }),
  'reads raw pixels': (sharp) => sharp(pixels(16, 9), { raw: raw3 }).png(),
  'reads clamped raw pixels': (sharp) =>
    sharp(new Uint8ClampedArray(pixels(16, 9)), { raw: raw3 }).webp({ lossless: true }),
  'reads raw 16-bit pixels': (sharp) =>
    sharp(
      Uint16Array.from(pixels(16, 9), (value) => value * 257),
      { raw: raw3 },
    )
      .toColourspace('rgb16')
      .png(),
  'reads raw floats from within a buffer': (sharp) =>
    sharp(new Float32Array(pixels(16, 9)).subarray(0, 16 * 9), { raw: { width: 16, height: 9, channels: 1 } }).raw({
      depth: 'float',
    }),
  'reads an ArrayBuffer': (sharp, of) => sharp(new Uint8Array(of('photo.png')).buffer).resize(20),
  'reads a pooled buffer': (sharp, of) => sharp(Buffer.concat([Buffer.of(1, 2), of('one.png')]).subarray(2)).png(),
  'gives raw pixels': (sharp, of) => sharp(of('photo.jpg')).raw(),
  'gives raw pixels of another depth': (sharp, of) => sharp(of('one.png')).raw({ depth: 'ushort' }),
  'gives one raw channel for gray': (sharp, of) => sharp(of('photo.jpg')).greyscale().raw(),
  'writes JPEG with options': (sharp, of) =>
    sharp(of('photo.png')).jpeg({ quality: 60, mozjpeg: true, chromaSubsampling: '4:4:4' }),
  'writes PNG with a palette': (sharp, of) =>
    sharp(of('photo.png')).png({ colours: 16, dither: 0.5, progressive: true }),
  'writes WebP with options': (sharp, of) =>
    sharp(of('alpha.png')).webp({ quality: 40, alphaQuality: 30, effort: 1, smartSubsample: true }),
  'writes AVIF': (sharp, of) => sharp(of('photo.png')).resize(32).avif({ effort: 0, quality: 30 }),
  'writes TIFF': (sharp, of) =>
    sharp(of('photo.png')).tiff({ compression: 'deflate', predictor: 'horizontal', xres: 10, tile: true }),
  'writes a format by name': (sharp, of) => sharp(of('photo.png')).toFormat('jpeg', { quality: 33 }),
  'writes a format by description': (sharp, of) =>
    sharp(of('photo.png')).toFormat(sharp.format.webp, { lossless: true }),
  'keeps a format by force: false': (sharp, of) => sharp(of('photo.jpg')).png({ force: false }).webp({ force: false }),
  'keeps metadata': (sharp, of) => sharp(of('turned.jpg')).keepMetadata().resize(40),
  'sets metadata': (sharp, of) =>
    sharp(of('turned.jpg'))
      .withMetadata({ orientation: 3, density: 96 })
      .withExifMerge({ IFD0: { Artist: 'Me' } }),
  'sets EXIF, XMP and density': (sharp, of) =>
    sharp(of('photo.jpg'))
      .withExif({ IFD0: { Copyright: 'C' } })
      .withXmp('<x/>')
      .withDensity(150),
  'keeps and sets profiles': (sharp, of) => sharp(of('wide.jpg')).keepIccProfile().keepXmp().png(),
  'converts to a profile': (sharp, of) => sharp(of('photo.jpg')).withIccProfile('p3', { attach: false }),
  'reads all frames': (sharp, of) => sharp(of('anim.gif'), { animated: true }).resize(20).gif({ effort: 1 }),
  'reads some frames': (sharp, of) => sharp(of('anim.gif'), { page: 1, pages: 2 }).extend(3).webp({ loop: 1 }),
  'turns an animation around': (sharp, of) => sharp(of('anim.webp'), { pages: -1 }).flip().rotate(180).gif(),
  'crops an animation': (sharp, of) =>
    sharp(of('anim.gif'), { animated: true })
      .extract({ left: 5, top: 5, width: 20, height: 15 })
      .resize(10, 10, { fit: 'contain' }),
  'stands a single pixel': (sharp, of) => sharp(of('one.png')).resize(3, 3).blur().png(),
  'tolerates timeout and failOn': (sharp, of) =>
    sharp(of('photo.jpg').subarray(0, 4000), { failOn: 'none' }).timeout({ seconds: 30 }).png(),
  'ignores arguments that sharp ignores': (sharp, of) =>
    (sharp(of('alpha.png')) as unknown as { removeAlpha(x: unknown): Sharp }).removeAlpha(() => 1).flip(undefined),
}

describe('a pipeline in the sandbox makes the bytes and info of plain Node:', () => {
  test.each(Object.entries(pipelines))('%s', async (_, make) => {
    const of = (name: string) => pictures.get(name)!
    const here = await make(guest, of).toBuffer({ resolveWithObject: true })
    const there = await make(real, of).toBuffer({ resolveWithObject: true })
    expect(JSON.stringify(here.info)).toBe(JSON.stringify(there.info))
    expect(Buffer.isBuffer(here.data)).toBe(true)
    expect(here.data.equals(there.data)).toBe(true)
  })
})

test('a pipeline of twenty operations makes the same bytes', async () => {
  const make: Make = (sharp, of) =>
    sharp(of('photo.jpg'))
      .rotate()
      .resize(120)
      .flip()
      .flop()
      .modulate({ brightness: 1.1 })
      .linear(1.1, 3)
      .gamma()
      .blur(1)
      .sharpen()
      .median(3)
      .normalise()
      .negate()
      .negate(false)
      .tint('gold')
      .ensureAlpha()
      .extend(4)
      .convolve({ width: 3, height: 3, kernel: [0, 1, 0, 1, 4, 1, 0, 1, 0] })
      .composite([{ input: of('square.png') }])
      .removeAlpha()
      .png({ compressionLevel: 2 })
  const of = (name: string) => pictures.get(name)!
  expect((await make(guest, of).toBuffer()).equals(await make(real, of).toBuffer())).toBe(true)
})

test('an object changed after a call does not change the call, and a buffer may be used often', async () => {
  const options = { width: 20 }
  const buffer = pictures.get('square.png')!
  const image = guest(buffer).resize(options)
  options.width = 7
  const layers = image.composite([
    { input: buffer, left: 0, top: 0 },
    { input: buffer, left: 1, top: 1 },
  ])
  await expect(layers.toBuffer()).rejects.toThrow('Image to composite must have same dimensions or smaller')
  expect((await image.composite([]).toBuffer({ resolveWithObject: true })).info.width).toBe(20)
})

test('the sharp function has the statics of the installed sharp', () => {
  const { queue: _, ...statics } = real
  expect(Object.keys(guest)).toEqual(Object.keys(real))
  for (const [name, value] of Object.entries(statics)) {
    if (typeof value === 'object') expect(comparable(guest[name as keyof SharpConstructor])).toBe(comparable(value))
  }
  expect([guest.cache({ items: 5 }).items.max, guest.concurrency(4), guest.simd(false)]).toEqual([5, 4, false])
  expect(guest.block({ operation: ['VipsForeignLoadPngBuffer'] })).toBeUndefined()
  expect(guest(pictures.get('one.png'))).toBeInstanceOf(guest)
})
