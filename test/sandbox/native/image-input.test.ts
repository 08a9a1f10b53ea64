// Pictures as a model receives them: every kind, upright and small enough, through a real sandbox.
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { phonePhoto } from '../../browser/phone-photo.ts'
import { bitmap, colourAt, openShownScene, photo, type ShownScene } from './image-input-scene.ts'

let scene: ShownScene
beforeAll(() => {
  scene = openShownScene()
})
afterAll(() => scene.close())

const square = (width: number, height: number, background: string) =>
  sharp({ create: { width, height, channels: 3, background } })
const halves = (left: string, right: string) =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40"><rect width="40" height="40" fill="${left}"/><rect x="40" width="40" height="40" fill="${right}"/></svg>`,
  )
const near = (colour: readonly number[], wanted: readonly number[]) => {
  for (const [i, value] of wanted.entries()) expect(Math.abs(colour[i]! - value)).toBeLessThanOrEqual(12)
}

describe('what an endpoint takes and what fits goes as it is:', () => {
  test.each([
    ['png', square(200, 150, 'navy')],
    ['jpeg', photo(200, 150)],
    ['webp', photo(200, 150)],
    ['gif', square(200, 150, 'navy')],
  ] as const)('%s', async (format, picture) => {
    const bytes = await picture.clone().toFormat(format).toBuffer()
    const seen = await scene.one(await scene.bring(`same.${format}`, bytes))
    expect(seen).toMatchObject({ mime: `image/${format}`, width: 200, height: 150 })
    expect(seen.content.equals(bytes)).toBe(true)
  })
})

test.each(['png', 'gif'] as const)('a photo as %s that fits goes as JPEG, which is smaller', async (format) => {
  const bytes = await photo(200, 150).toFormat(format).toBuffer()
  const seen = await scene.one(await scene.bring(`photo.${format}`, bytes))
  expect(seen).toMatchObject({ mime: 'image/jpeg', width: 200, height: 150 })
  expect(seen.content.length).toBeLessThan(bytes.length)
})

test('where and by whom a photo was taken is not told: it is written anew without that', async () => {
  const place = { IFD0: { Artist: 'Somebody' }, IFD3: { GPSLatitude: '51/1 30/1 0/1', GPSLatitudeRef: 'N' } }
  const bytes = await photo(200, 150).withExif(place).jpeg().toBuffer()
  expect((await sharp(bytes).metadata()).exif).toBeDefined()
  const seen = await scene.one(await scene.bring('place.jpg', bytes))
  expect(seen).toMatchObject({ mime: 'image/jpeg', width: 200, height: 150 })
  expect((await sharp(seen.content).metadata()).exif).toBeUndefined()
  expect(seen.content.includes('Somebody')).toBe(false)
})

test('a JPEG that EXIF turns is shown upright', async () => {
  const turned = await sharp(halves('red', 'blue')).withMetadata({ orientation: 6 }).jpeg({ quality: 95 }).toBuffer()
  const seen = await scene.one(await scene.bring('turned.jpg', turned))
  expect(seen).toMatchObject({ width: 40, height: 80 })
  const facts = await sharp(seen.content).metadata()
  expect([facts.width, facts.height, facts.orientation ?? 1]).toEqual([40, 80, 1])
  near(await colourAt(seen.content, 20, 10), [255, 0, 0])
  near(await colourAt(seen.content, 20, 70), [0, 0, 255])
})

describe('what an endpoint does not take is made PNG or JPEG:', () => {
  test.each([
    ['a.avif', () => square(60, 30, 'teal').avif({ effort: 0 }).toBuffer(), [60, 30], [0, 128, 128, 255]],
    ['a.tif', () => square(60, 30, 'teal').tiff().toBuffer(), [60, 30], [0, 128, 128, 255]],
    ['a.bmp', async () => bitmap(61, 30, [0, 128, 128]), [61, 30], [0, 128, 128, 255]],
    ['a.svg', async () => halves('teal', 'teal'), [512, 256], [0, 128, 128, 255]],
    ['deep.png', () => square(60, 30, 'teal').toColourspace('rgb16').png().toBuffer(), [60, 30], [0, 128, 128, 255]],
    ['ink.jpg', () => square(60, 30, 'white').toColourspace('cmyk').jpeg().toBuffer(), [60, 30], [255, 255, 255, 255]],
  ] as const)('%s', async (name, make, [width, height], colour) => {
    const seen = await scene.one(await scene.bring(name, await make()))
    const facts = await sharp(seen.content).metadata()
    expect(['image/png', 'image/jpeg']).toContain(seen.mime)
    expect(seen).toMatchObject({ width, height })
    expect(facts).toMatchObject({ width, height, depth: 'uchar', format: seen.mime.slice(6) })
    expect(['srgb', 'b-w']).toContain(facts.space)
    near(await colourAt(seen.content, 20, 20), colour)
  })
})

test('a HEIC photo is a sentence that says what to do', async () => {
  const file = await scene.bring('IMG_0001.HEIC', phonePhoto(4032, 3024))
  expect(await scene.show([file])).toEqual([
    '"IMG_0001.HEIC" is a HEIC photo, whose compression cannot be read here. Save it as JPEG or PNG, or let the phone send JPEG.',
  ])
})

test('a big photograph comes down to what the model would see, as JPEG', async () => {
  const seen = await scene.one(await scene.bring('big.png', await photo(3000, 2000).png().toBuffer()))
  expect(seen).toMatchObject({ mime: 'image/jpeg', width: 1152, height: 768 })
  expect(seen.shot.tokens).toBe(85 + 170 * 6)
})

test('what is see-through stays PNG, and a drawing of few colours is smaller as one', async () => {
  const alpha = await photo(2000, 1000).ensureAlpha(0.5).png().toBuffer()
  const seen = await scene.one(await scene.bring('alpha.png', alpha))
  expect(seen).toMatchObject({ mime: 'image/png', width: 1536, height: 768 })
  near([(await colourAt(seen.content, 9, 9))[3]!], [128])
  const flat = await scene.one(await scene.bring('flat.tiff', await square(900, 700, 'navy').tiff().toBuffer()))
  expect(flat.mime).toBe('image/png')
})

test('at low nothing has more than 512 pixels on a side or 200 kB, see-through or not', async () => {
  const noise = Buffer.alloc(1200 * 900 * 4)
  for (let at = 0, n = 7; at < noise.length; at++) noise[at] = (n = (n * 48_271) % 2_147_483_647) & 255
  const grain = sharp(noise, { raw: { width: 1200, height: 900, channels: 4 } })
  const files = [
    await scene.bring('grain.png', await grain.clone().png().toBuffer()),
    await scene.bring('solid.png', await grain.clone().removeAlpha().png().toBuffer()),
    await scene.bring('small-solid.png', await grain.clone().removeAlpha().resize(500, 400).png().toBuffer()),
  ]
  const [seeThrough, solid, small] = await scene.show(files, 'low')
  expect(seeThrough).toMatchObject({ mime: 'image/png' })
  expect(solid).toMatchObject({ mime: 'image/jpeg', width: 512, height: 384 })
  expect(small).toMatchObject({ mime: 'image/jpeg', width: 500, height: 400 })
  for (const seen of [seeThrough, solid, small]) {
    if (typeof seen !== 'object') throw new Error(seen)
    expect(seen.content.length).toBeLessThanOrEqual(200_000)
    expect(Math.max(seen.width, seen.height)).toBeLessThanOrEqual(512)
  }
})

test('an animation is a numbered sheet of its frames', async () => {
  const colours = ['red', 'lime', 'blue', 'white', 'black']
  const frames = await Promise.all(colours.map((colour) => square(90, 60, colour).png().toBuffer()))
  const gif = await sharp(frames, { join: { animated: true } })
    .gif({ delay: [100, 100, 100, 100, 100] })
    .toBuffer()
  const seen = await scene.one(await scene.bring('五色.gif', gif))
  const { sheet } = seen.shot
  expect(sheet!.frames).toEqual([0, 1, 2, 3, 4])
  expect([seen.width, seen.height]).toEqual([seen.shot.box.width, seen.shot.box.height])
  const { columns, width, height, label, gap } = sheet!
  for (const [i, wanted] of [
    [255, 0, 0],
    [0, 255, 0],
    [0, 0, 255],
    [255, 255, 255],
    [0, 0, 0],
  ].entries()) {
    const x = gap + (i % columns) * (width + gap) + Math.floor(width / 2)
    const y = gap + Math.floor(i / columns) * (label + height + gap) + label + Math.floor(height / 2)
    near(await colourAt(seen.content, x, y), wanted)
  }
  const animated = await sharp(frames, { join: { animated: true } })
    .webp({ delay: 80 })
    .toBuffer()
  expect((await scene.one(await scene.bring('a.webp', animated))).shot.sheet!.frames).toHaveLength(5)
})

test('the pages of a TIFF are a sheet too, whatever their sizes', async () => {
  const pages = await sharp(
    [await square(40, 40, 'red').png().toBuffer(), await square(40, 40, 'blue').png().toBuffer()],
    {
      join: { animated: true },
    },
  )
    .tiff()
    .toBuffer()
  const seen = await scene.one(await scene.bring('pages.tif', pages))
  expect(seen.shot.sheet!.frames).toEqual([0, 1])
})

test('six pictures are one sheet with their names above them, Chinese ones too', async () => {
  const names = ['猫.png', '咖啡.png', 'c.png', 'd.png', 'e.png', '第六张照片.png']
  const files = []
  for (const name of names) files.push(await scene.bring(name, await square(300, 200, 'teal').png().toBuffer()))
  const [seen] = await scene.show(files)
  if (typeof seen !== 'object') throw new Error(seen)
  expect(seen.shot.names).toEqual(names)
  const { columns, width, label, gap, height } = seen.shot.sheet!
  const inkIn = async (i: number) => {
    const left = gap + (i % columns) * (width + gap)
    const top = gap + Math.floor(i / columns) * (label + height + gap)
    const strip = sharp(seen.content)
      .extract({ left, top, width, height: label - 2 })
      .greyscale()
      .raw()
    return (await strip.toBuffer()).filter((value) => value < 100).length
  }
  // Missing-character boxes would have the same width for 猫 and 咖; six strokes do not.
  expect(await inkIn(0)).toBeGreaterThan(60)
  expect(await inkIn(5)).toBeGreaterThan(1.5 * (await inkIn(0)))
})

describe('what cannot be shown is a sentence:', () => {
  test('a picture that is cut', async () => {
    const whole = await photo(300, 200).jpeg().toBuffer()
    const cut = whole.subarray(0, whole.length / 2)
    const [said] = await scene.show([await scene.bring('cut.jpg', cut)])
    expect(said).toBe('"cut.jpg" cannot be read as image/jpeg: the file ends early.')
  })

  test('a picture in name only', async () => {
    expect(await scene.show([await scene.bring('text.png', Buffer.from('hello'))])).toEqual([
      'The name of "text.png" says image/png, but its content is not a picture.',
    ])
  })

  test('a bomb of pixels', async () => {
    const bomb = await sharp({ create: { width: 12_000, height: 12_000, channels: 3, background: 'red' } })
      .png()
      .toBuffer()
    expect(await scene.show([await scene.bring('bomb.png', bomb)])).toEqual([
      '"bomb.png" has 144,000,000 pixels (12000 x 12000); the limit is 100,000,000. Make it smaller.',
    ])
  })
})

test('a picture that stops its reader is a sentence, and the session goes on in another child', async () => {
  const hasty = openShownScene({ timeoutMs: 700 })
  try {
    // Takes seconds at any size, as each layer of noise is computed anew.
    const noise = '<feTurbulence numOctaves="9" baseFrequency="0.9"/>'.repeat(200)
    const heavy = `<svg xmlns="http://www.w3.org/2000/svg" width="3000" height="3000"><filter id="f">${noise}</filter><rect width="3000" height="3000" filter="url(#f)"/></svg>`
    await hasty.sandbox.run({ cell: 1, code: '0', seed: 1, clock: 1, timeoutMs: 20_000 }, () => undefined)
    await hasty.bring('heavy.svg', Buffer.from(heavy))
    const card = { kind: 'picture', mime: 'image/svg+xml', bytes: heavy.length, width: 3000, height: 3000 } as const
    const { generation } = hasty.sandbox
    expect(await hasty.show([{ name: 'heavy.svg', card }])).toEqual([
      '"heavy.svg" could not be prepared for the model: the reader ran out of time. Make a smaller copy and look at that.',
    ])
    expect(hasty.sandbox.generation).toBeGreaterThan(generation)
    const ran = await hasty.sandbox.run({ cell: 2, code: '0', seed: 1, clock: 1, timeoutMs: 20_000 }, () => undefined)
    expect(ran.status).toBe('ok')
  } finally {
    await hasty.close()
  }
})
