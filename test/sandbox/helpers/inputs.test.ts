// Every kind of picture input becomes the same raw pixels; unreadable input is refused with a sentence.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCanvas } from '@napi-rs/canvas'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Picture } from '../../../sandbox/helpers/picture.ts'
import { pixels } from '../../../sandbox/helpers/pixels.ts'
import { sobel } from '../../../sandbox/helpers/sobel.ts'
import { painted, png, scene } from './fixtures.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'easel-'))
})
afterAll(() => rm(folder, { recursive: true }))

test('a name, bytes, a pipeline and raw pixels give the same', async () => {
  const picture = scene()
  const bytes = await png(picture)
  const file = join(folder, 'with spaces, 引号 "and" more.png')
  await writeFile(file, bytes)
  for (const kind of [file, bytes, new Uint8Array(bytes), sharp(bytes), picture]) {
    const { data, info } = await pixels(kind)
    expect(info).toEqual({ width: 64, height: 48, channels: 3 })
    expect([...data]).toEqual([...picture.data])
  }
})

test('a pipeline looks as what it would write: rough, or in few colours', async () => {
  const bytes = await png(scene())
  for (const written of [sharp(bytes).jpeg({ quality: 1 }), sharp(bytes).png({ palette: true, colours: 4 })]) {
    const { data } = await pixels(written)
    expect([...data]).toEqual([...(await pixels(await written.clone().toBuffer())).data])
    expect([...data]).not.toEqual([...scene().data])
  }
  expect([...(await pixels(sharp(bytes).png())).data]).toEqual([...scene().data])
})

test('what a helper gives is a PNG when it is asked for its bytes, and what it is told to be else', async () => {
  const edges = await sobel(scene())
  const formats = [edges, edges.clone(), edges.clone().resize(9), edges.clone().jpeg()].map(
    async (picture) => (await sharp(await picture.toBuffer()).metadata()).format,
  )
  expect(await Promise.all(formats)).toEqual(['png', 'png', 'png', 'jpeg'])
  const { data, info } = await edges.toBuffer({ resolveWithObject: true })
  expect([data.subarray(1, 4).toString(), info.format, info.width]).toEqual(['PNG', 'png', 64])
  expect((await edges.raw().toBuffer()).length).toBe(64 * 48)
  const written = join(folder, 'edges.webp')
  const other = await sobel(scene())
  await other.toBuffer()
  await other.toFile(written)
  expect((await sharp(written).metadata()).format).toBe('webp')
})

test('a canvas gives RGBA', async () => {
  const canvas = createCanvas(3, 2)
  const context = canvas.getContext('2d')
  context.fillStyle = '#102030'
  context.fillRect(0, 0, 3, 2)
  const { data, info } = await pixels(canvas)
  expect(info).toEqual({ width: 3, height: 2, channels: 4 })
  expect([...data.subarray(0, 4)]).toEqual([16, 32, 48, 255])
})

test('a pipeline that was handed in is not changed and keeps what it was told', async () => {
  const pipeline = sharp(await png(scene())).resize(10, 10)
  expect((await pixels(pipeline)).info).toEqual({ width: 10, height: 10, channels: 3 })
  expect((await pipeline.png().toBuffer()).subarray(1, 4).toString()).toBe('PNG')
})

test('EXIF orientation is applied', async () => {
  const turned = await sharp(await png(scene(40, 20)))
    .jpeg()
    .withMetadata({ orientation: 6 })
    .toBuffer()
  expect((await pixels(turned)).info).toEqual({ width: 20, height: 40, channels: 3 })
})

test('CMYK and 16-bit pictures become 8-bit sRGB', async () => {
  const base = sharp(await png(painted(8, 8, () => [200, 30, 40])))
  const cmyk = await pixels(await base.clone().toColourspace('cmyk').jpeg({ quality: 100 }).toBuffer())
  expect(cmyk.info.channels).toBe(3)
  expect(cmyk.data[0]).toBeGreaterThan(150)
  expect(cmyk.data[1]).toBeLessThan(90)
  const deep = await pixels(await base.clone().toColourspace('rgb16').png().toBuffer())
  expect([...deep.data.subarray(0, 3)]).toEqual([200, 30, 40])
  expect(deep.data.length).toBe(8 * 8 * 3)
})

test('gray with alpha, one pixel, and the first frame of an animation', async () => {
  expect((await pixels(painted(2, 2, () => [5, 100]))).info.channels).toBe(2)
  expect((await pixels(await png(painted(1, 1, () => [1, 2, 3])))).info).toEqual({ width: 1, height: 1, channels: 3 })
  const tall = painted(4, 12, (_, y) => (y < 4 ? [250, 0, 0] : [0, 0, 250]))
  const gif = await sharp(tall.data, { raw: { ...tall.info, pageHeight: 4 } })
    .gif({ delay: [50, 50, 50] })
    .toBuffer()
  const first = await pixels(sharp(gif, { animated: true }))
  expect([first.info.width, first.info.height, first.data.length]).toEqual([4, 4, 16 * first.info.channels])
  expect(first.data[0]).toBeGreaterThan(240)
})

test('what cannot be read is named, with the reason', async () => {
  const text = join(folder, 'notes.png')
  await writeFile(text, 'just some text')
  await expect(sobel(text)).rejects.toThrow(
    `sobel: cannot read '${text}': Input file contains unsupported image format`,
  )
  await expect(sobel('nothing.png')).rejects.toThrow(
    "sobel: cannot read 'nothing.png': Input file is missing: nothing.png",
  )
  await expect(sobel(new Uint8Array(0))).rejects.toThrow('sobel: cannot read the picture: it is empty (0 bytes)')
  const noise = painted(64, 64, (x, y) => [(x * 37) % 256, (y * 91) % 256, (x * y) % 256])
  const jpeg = await sharp(noise.data, { raw: noise.info }).jpeg().toBuffer()
  await expect(sobel(jpeg.subarray(0, jpeg.length >> 1))).rejects.toThrow(
    /^sobel: cannot read the picture: VipsJpeg: premature end/,
  )
})

test('what is no picture at all is a TypeError that says what is', async () => {
  const wanted = 'expected a picture (file name, bytes, sharp pipeline, raw pixels or canvas)'
  const sent = async (value: unknown) => sobel(value as Picture)
  await expect(sent(7)).rejects.toThrow(`sobel: ${wanted}, received 7 (number)`)
  await expect(sent(null)).rejects.toThrow(`sobel: ${wanted}, received null`)
  await expect(sent(Promise.resolve())).rejects.toThrow(`sobel: ${wanted}, received a Promise (await it first)`)
  await expect(sent({ data: new Uint8Array(5), info: { width: 2, height: 2, channels: 3 } })).rejects.toThrow(
    'sobel: raw pixels must have 2 x 2 x 3 = 12 bytes, received 5',
  )
})
