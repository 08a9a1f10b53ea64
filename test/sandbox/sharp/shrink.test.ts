// JPEGs over the limit that are resized at once are decoded at a reduced size: the same bytes as plain sharp, and never
// more pixels than the limit.
import type { Sharp, SharpConstructor } from 'sharp'
import real from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { hasSingleScan, largestReadableSize, shrinkFactor } from '../../../sandbox/native/jpeg-shrink.ts'
import { loadGuest } from './guest.ts'
import { photo } from '../native/image-input-scene.ts'

const [width, height] = [1800, 1200]
let files: Map<string, Buffer>
let sharp: SharpConstructor

beforeAll(async () => {
  const large = () => photo(width, height)
  files = new Map([
    ['large.jpg', await large().jpeg().toBuffer()],
    ['turned.jpg', await large().withMetadata({ orientation: 6 }).jpeg().toBuffer()],
    ['scans.jpg', await large().jpeg({ progressive: true }).toBuffer()],
    ['large.png', await large().png({ compressionLevel: 1 }).toBuffer()],
    ['large.webp', await large().webp({ effort: 0 }).toBuffer()],
    ['small.png', await photo(30, 20).png().toBuffer()],
  ])
  sharp = await loadGuest(files, { picturePixels: 1_000_000, gifPixels: 4_000_000, fileBytes: 10_000_000 })
})

type Pipeline = (open: SharpConstructor, name: (name: string) => never) => Sharp
const one =
  (name: string, more: (image: Sharp) => Sharp): Pipeline =>
  (open, of) =>
    more(open(of(name)))
const resized = (more: (image: Sharp) => Sharp): Pipeline => one('large.jpg', more)

describe('made as plain sharp makes it is', () => {
  const made: Record<string, Pipeline> = {
    'a width': resized((image) => image.resize(200)),
    'the largest width that is read': resized((image) => image.resize(600)),
    'a width that is a whole divisor of a quarter': resized((image) => image.resize(450)),
    'a box that is cut to': resized((image) => image.resize(300, 300)),
    'a box that is fitted into, in gray, turned after it': resized((image) =>
      image.resize(300, 300, { fit: 'inside' }).greyscale().rotate(90),
    ),
    'a stretch': resized((image) => image.resize(500, 100, { fit: 'fill' })),
    'a part of the result': resized((image) => image.resize(400).extract({ left: 9, top: 9, width: 99, height: 99 })),
    'one that is turned upright': one('turned.jpg', (image) => image.autoOrient().resize({ width: 300 })),
    'one with a layer on it': resized((image) =>
      image.resize(300).composite([{ input: Buffer.alloc(48), raw: { width: 4, height: 4, channels: 3 } }]),
    ),
  }
  test.each(Object.entries(made))('%s', async (_, pipeline) => {
    const inside = await pipeline(sharp, (name) => name as never)
      .png()
      .toBuffer()
    const outside = await pipeline(real, (name) => files.get(name) as never)
      .png()
      .toBuffer()
    expect(inside.equals(outside)).toBe(true)
  })
})

describe('refused, with the way on, is', () => {
  const refused: Record<string, Pipeline> = {
    'no resize': resized((image) => image.png()),
    'a larger width': resized((image) => image.resize(601)),
    'a width without a reduction': resized((image) => image.resize({ width: 200, withoutReduction: true })),
    'a stretch of one side': resized((image) => image.resize({ width: 200, fit: 'fill' })),
    'a box whose cut needs more': resized((image) => image.resize(600, 100, { fit: 'outside' }).resize(700, 10)),
    'a part of it first': resized((image) => image.extract({ left: 0, top: 0, width: 900, height: 900 }).resize(100)),
    'a turn first': resized((image) => image.rotate(90).resize(100)),
    'a tilt first': resized((image) => image.rotate(10).resize(100)),
    'a mirror first': resized((image) => image.flip().rotate(90).resize(100)),
    'trimmed edges': resized((image) => image.trim().resize(100)),
    gamma: resized((image) => image.gamma().resize(100)),
    'a space of colours to work in': resized((image) => image.pipelineColourspace('rgb16').resize(100)),
    'its gain map': resized((image) => (image as Sharp & { withGainMap(): Sharp }).withGainMap().resize(100)),
    'half as much by choice': resized((image) => image.resize({ width: 500, fastShrinkOnLoad: false })),
    'upright first': one('turned.jpg', (image) =>
      image.autoOrient().extract({ left: 0, top: 0, width: 900, height: 900 }).resize(100),
    ),
  }
  test.each(Object.entries(refused))('%s', async (_, pipeline) => {
    const error = await pipeline(sharp, (name) => name as never)
      .toBuffer()
      .then(
        () => new Error('made'),
        (error: Error) => error,
      )
    expect(error.message).toBe(
      'The picture has 2,160,000 pixels (1800 x 1200); the limit is 1,000,000. Make it smaller. This JPEG can be read if it is first resized to at most 600 x 400.',
    )
  })
})

test('what is not decoded small is refused as before: several scans, other formats, another input, all of its pixels', async () => {
  const message = 'The picture has 2,160,000 pixels (1800 x 1200); the limit is 1,000,000. Make it smaller.'
  for (const name of ['scans.jpg', 'large.png', 'large.webp']) {
    await expect(sharp(name).resize(100).toBuffer()).rejects.toMatchObject({ message })
  }
  const layered = sharp('small.png')
    .resize(20)
    .composite([{ input: 'large.jpg' }])
  await expect(layered.toBuffer()).rejects.toMatchObject({ message })
  const joined = sharp(['large.jpg', 'small.png'], { join: { across: 2 } }).resize(20)
  await expect(joined.toBuffer()).rejects.toMatchObject({ message })
  await expect(sharp('large.jpg').resize(20).stats()).rejects.toThrow(`${message} This JPEG can be read`)
})

test('the factor is the one that sharp takes, which avoids whole shrinks', () => {
  const shrinks = [1.9, 2, 2.9, 3, 4.5, 5, 8, 8.9, 9, 40]
  expect(shrinks.map((shrink) => shrinkFactor(shrink))).toEqual([1, 1, 1, 2, 2, 4, 4, 4, 8, 8])
  expect([3, 4, 5, 9, 17].map((shrink) => shrinkFactor(shrink, false))).toEqual([1, 2, 2, 4, 8])
})

test('what a JPEG says of itself is believed only where there is one way to read it', () => {
  const jpeg = files.get('large.jpg')!
  const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]))
  const scan = jpeg.indexOf(Buffer.from([0xff, 0xda]))
  const changed = (at: number, ...bytes: readonly number[]): Buffer => {
    const copy = Buffer.from(jpeg)
    copy.set(bytes, at)
    return copy
  }
  const size = { width, height }
  const frames = jpeg.subarray(frame, frame + 2 + jpeg.readUInt16BE(frame + 2))
  const cases: Readonly<Record<string, Buffer>> = {
    whole: jpeg,
    'filled between markers': Buffer.concat([jpeg.subarray(0, frame), Buffer.of(0xff), jpeg.subarray(frame)]),
    'rubbish between markers': Buffer.concat([jpeg.subarray(0, frame), Buffer.of(7), jpeg.subarray(frame)]),
    'two frames': Buffer.concat([jpeg.subarray(0, frame), frames, jpeg.subarray(frame)]),
    'one component in its first scan': changed(scan + 4, 1),
    progressive: changed(frame, 0xff, 0xc2),
    arithmetic: changed(frame, 0xff, 0xc9),
    'cut before its scan': jpeg.subarray(0, scan),
    'no frame': changed(frame, 0xff, 0xe7),
    'a length of nothing': changed(frame + 2, 0, 0),
  }
  const read = Object.entries(cases).filter(([, bytes]) => hasSingleScan(bytes, size))
  expect(read.map(([name]) => name)).toEqual(['whole', 'filled between markers'])
  expect(hasSingleScan(jpeg, { width: height, height: width })).toBe(false)
  // What plain sharp itself would refuse as too large is not read in any way.
  const huge = changed(frame + 5, 0x40, 0x00, 0x40, 0x00)
  expect(largestReadableSize(huge, { width: 0x4000, height: 0x4000 }, { picturePixels: 100_000_000 })).toBeUndefined()
})
