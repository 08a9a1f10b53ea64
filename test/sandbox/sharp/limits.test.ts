// Pictures over the limits, read or made, are refused before sharp spends time on them.
import type { Sharp, SharpConstructor } from 'sharp'
import real from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { contextOf, loadGuest, transportTo } from './guest.ts'
import { drawnPictures } from './pictures.ts'

const LIMITS = { picturePixels: 1_000_000, gifPixels: 2_000_000, fileBytes: 200_000 }
let sharp: SharpConstructor
let small: SharpConstructor
let pictures: Map<string, Buffer>
let large: Buffer
let strip: Buffer

beforeAll(async () => {
  pictures = await drawnPictures()
  sharp = await loadGuest(new Map(pictures))
  small = await loadGuest(new Map(pictures), LIMITS)
  const colour = (width: number, height: number) => ({
    create: { width, height, channels: 3 as const, background: 'red' },
  })
  large = await real(colour(1200, 1000)).png().toBuffer()
  strip = await real(colour(2, 1000)).png().toBuffer()
})

const refusal = (image: Sharp) =>
  image.toBuffer().then(
    () => 'made',
    (error: Error & { code: string }) => `${error.name} ${error.code}: ${error.message}`,
  )
const pixels = (verb: string, count: string, box: string) =>
  `LimitError EASEL_LIMIT_PIXELS: The picture ${verb} ${count} pixels (${box}); the limit is 1,000,000. Make it smaller.`

test('a picture of 900 megapixels is refused before any of it is made, with its figures', async () => {
  // Counts all threads, libvips' too; making the picture takes some ten seconds of their time.
  const start = process.cpuUsage()
  expect(await refusal(sharp('photo.png').resize(30000, 30000))).toBe(
    'LimitError EASEL_LIMIT_PIXELS: The picture would have 900,000,000 pixels (30000 x 30000); the limit is 100,000,000. Make it smaller.',
  )
  const { user, system } = process.cpuUsage(start)
  expect(user + system).toBeLessThan(2_000_000)
})

const of = (name: string) => pictures.get(name)!
const create = (width: number, height: number) => ({
  create: { width, height, channels: 3 as const, background: 'red' },
})
const growing: Record<string, [(sharp: SharpConstructor) => Sharp, string]> = {
  'a large input': [(sharp) => sharp(large), pixels('has', '1,200,000', '1200 x 1000')],
  'a large input without its own limit': [
    (sharp) => sharp(large, { limitInputPixels: false, unlimited: true }).resize(10),
    pixels('has', '1,200,000', '1200 x 1000'),
  ],
  'a large layer': [
    (sharp) => sharp(of('photo.png')).composite([{ input: large }]),
    pixels('has', '1,200,000', '1200 x 1000'),
  ],
  'a large operand': [
    (sharp) => sharp(of('photo.png')).boolean(large, 'or'),
    pixels('has', '1,200,000', '1200 x 1000'),
  ],
  'a large channel': [(sharp) => sharp(of('photo.png')).joinChannel(large), pixels('has', '1,200,000', '1200 x 1000')],
  'a creation': [(sharp) => sharp(create(10_000, 10_000)), pixels('has', '100,000,000', '10000 x 10000')],
  'a created layer': [
    (sharp) => sharp(of('photo.png')).composite([{ input: create(5000, 5000) }]),
    pixels('has', '25,000,000', '5000 x 5000'),
  ],
  'a width alone': [(sharp) => sharp(of('photo.png')).resize(2000), pixels('would have', '3,000,000', '2000 x 1500')],
  'a height alone': [
    (sharp) => sharp(of('photo.png')).resize({ height: 1500 }),
    pixels('would have', '3,000,000', '2000 x 1500'),
  ],
  'a stretch': [
    (sharp) => sharp(of('photo.png')).resize(1001, 1000, { fit: 'fill' }),
    pixels('would have', '1,001,000', '1001 x 1000'),
  ],
  'bars around': [
    (sharp) => sharp(of('photo.png')).resize(1001, 1000, { fit: 'contain' }),
    pixels('would have', '1,001,000', '1001 x 1000'),
  ],
  outside: [
    (sharp) => sharp(of('photo.png')).resize(1000, 900, { fit: 'outside' }),
    pixels('would have', '1,080,000', '1200 x 900'),
  ],
  'a step on the way': [
    (sharp) => sharp(strip).resize(100, 100),
    pixels('would have', '5,000,000', '100 x 50000').replace(');', ') on the way;'),
  ],
  'an edge': [(sharp) => sharp(of('photo.png')).extend(1000), pixels('would have', '4,579,200', '2160 x 2120')],
  'an edge of a hundred million': [
    (sharp) => sharp(of('photo.png')).extend({ left: 100_000_000 }),
    pixels('would have', '12,000,019,200', '100000160 x 120'),
  ],
  'a turn': [
    (sharp) => sharp(of('photo.png')).resize(1150, 850).rotate(45),
    pixels('would have', '2,002,225', '1415 x 1415'),
  ],
  'a turn before': [
    (sharp) =>
      sharp(of('photo.png'))
        .extend(0 + 1)
        .rotate(45)
        .resize(1100, 1000),
    pixels('would have', '1,104,204', '1102 x 1002'),
  ],
  'a shear': [
    (sharp) => sharp(of('photo.png')).affine([100, 0, 0, 100]),
    pixels('would have', '192,000,000', '16000 x 12000'),
  ],
  'pictures side by side': [
    (sharp) => sharp([of('photo.png'), of('one.png')], { join: { across: 2, shim: 1_000_000 } }),
    pixels('would have', '120,038,400', '1000320 x 120'),
  ],
  'SVG at a density': [
    (sharp) => sharp(of('drawing.svg'), { density: 72 * 50 }),
    pixels('has', '6,000,000', '3000 x 2000'),
  ],
  'text of a hundred thousand dots an inch': [
    (sharp) => sharp({ text: { text: 'A', dpi: 100_000 } }),
    pixels('would have', '416,675,000', '16667 x 25000'),
  ],
  'text with a size in its markup': [
    (sharp) => sharp({ text: { text: '<span size="2000pt">ABCD</span>' } }),
    pixels('would have', '24,000,000', '8000 x 3000'),
  ],
  'an animation': [
    (sharp) =>
      sharp(
        [large, large, large].map(() => of('photo.png')),
        { join: { animated: true } },
      ).resize(1000),
    'LimitError EASEL_LIMIT_GIF_PIXELS: The animation would have 2,250,000 pixels (3 frames of 1000 x 750); the limit is 2,000,000. Make it smaller or use fewer frames.',
  ],
  'raw pixels': [
    (sharp) => sharp(create(1000, 100)).raw(),
    'LimitError EASEL_LIMIT_FILE_BYTES: The result would have 300,000 bytes; the limit is 200,000. Make it smaller.',
  ],
  'deep raw pixels': [
    (sharp) => sharp(create(100, 100)).raw({ depth: 'dpcomplex' }),
    'LimitError EASEL_LIMIT_FILE_BYTES: The result would have 480,000 bytes; the limit is 200,000. Make it smaller.',
  ],
  'an encoded result': [
    (sharp) => sharp(create(1000, 1000)).tiff({ compression: 'none' }),
    'LimitError EASEL_LIMIT_FILE_BYTES: The result has 3,000,254 bytes; the limit is 200,000. Make it smaller.',
  ],
}

describe('over the limit is', () => {
  test.each(Object.entries(growing))('%s', async (_, [make, expected]) => {
    expect(await refusal(make(small))).toBe(expected)
  })
})

describe('within the limit is', () => {
  const fitting: Record<string, [(sharp: SharpConstructor) => Sharp, number, number]> = {
    'exactly the limit': [(sharp) => sharp(of('photo.png')).resize(1000, 1000, { fit: 'contain' }), 1000, 1000],
    'a large size that is not to be enlarged to': [
      (sharp) => sharp(of('photo.png')).resize(5000, 5000, { withoutEnlargement: true }),
      160,
      120,
    ],
    'an animation of several pictures': [(sharp) => sharp(of('anim.gif'), { animated: true }).resize(900), 900, 2025],
    'a box that the picture fills in part': [
      (sharp) => sharp(of('photo.png')).resize(100, 100_000, { fit: 'inside' }),
      100,
      75,
    ],
    'a small part of a large text box': [(sharp) => sharp({ text: { text: 'small', width: 900, height: 900 } }), 0, 0],
  }
  test.each(Object.entries(fitting))('%s', async (_, [make, width, height]) => {
    const { info } = await make(small).webp({ quality: 1, effort: 0 }).toBuffer({ resolveWithObject: true })
    if (width > 0) expect([info.width, info.height]).toEqual([width, height])
  })
})

test('many pictures that are large only together are refused', async () => {
  const layers = Array.from({ length: 3 }, () => ({ input: create(1000, 900) }))
  const image = small(create(1000, 900)).composite(layers)
  expect(await refusal(image)).toBe(
    'LimitError EASEL_LIMIT_GIF_PIXELS: The 4 pictures of this pipeline have 3,600,000 pixels together; the limit is 2,000,000. Use fewer at a time.',
  )
})

test('stats of a large picture are refused, its metadata is not', async () => {
  await expect(small(large).stats()).rejects.toMatchObject({ code: 'EASEL_LIMIT_PIXELS' })
  expect((await small(large).metadata()).width).toBe(1200)
})

test('a refused file is not written', async () => {
  const files = new Map<string, Uint8Array>(pictures)
  const transport = transportTo(contextOf(files, LIMITS))
  const request = { input: 'photo.png', calls: [['resize', [5000]]], end: 'file', name: 'out.png' }
  await expect(transport.call('sharp.run', request, [])).rejects.toMatchObject({
    name: 'LimitError',
    code: 'EASEL_LIMIT_PIXELS',
  })
  expect(files.has('out.png')).toBe(false)
})
