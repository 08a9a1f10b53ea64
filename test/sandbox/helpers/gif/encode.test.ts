import sharp from 'sharp'
import { expect, test } from 'vitest'
import { encodeGif } from '../../../../sandbox/helpers/gif/encode.ts'
import type { GifOptions, Quality, RawFrame } from '../../../../sandbox/helpers/gif/frame.ts'
import { decode, painted, photo, psnr, random } from './drawings.ts'

const plain = { delay: 100, loop: 0, quality: 'good' } as const
const options = (width: number, height: number, more: Partial<GifOptions> = {}): GifOptions => ({
  width,
  height,
  ...plain,
  ...more,
})
const QUALITIES: readonly Quality[] = ['fast', 'good', 'best']

/** Two frames of noise over `count` colours. */
function noise(width: number, height: number, count: number, seed = 1): RawFrame[] {
  const next = random(seed)
  const colours = Array.from({ length: count }, (_, k) => [(k * 37) & 255, (k * 91 + 5) & 255, k & 255] as const)
  const frame = (shift: number) =>
    painted(width, height, (x, y) => colours[Math.floor(next() * 7 + (x + y * width) * 3 + shift) % count]!)
  return [frame(0), frame(1)]
}

test.each(QUALITIES)('at %s, up to 256 colours in all come back exactly', async (quality) => {
  for (const count of [1, 2, 3, 16, 17, 255, 256]) {
    const frames = noise(37, 29, count)
    const { pages } = await decode(encodeGif(frames, options(37, 29, { quality })))
    expect(pages.map((page) => psnr(page, frames[pages.indexOf(page)]!))).toEqual([Infinity, Infinity])
  }
})

test('a few changed pixels cost a few bytes', () => {
  const base = noise(200, 150, 40)[0]!
  const moved = painted(200, 150, (x, y) => (x > 90 && x < 99 && y === 70 ? [255, 0, 0] : colourAt(base, x, y)))
  const still = encodeGif([base], options(200, 150)).length
  const both = encodeGif([base, moved], options(200, 150)).length
  expect(both - still).toBeLessThan(80)
})

function colourAt({ data, info }: RawFrame, x: number, y: number): [number, number, number] {
  const at = (y * info.width + x) * 3
  return [data[at]!, data[at + 1]!, data[at + 2]!]
}

test('identical frames stay as many frames, and cost 30 bytes each', async () => {
  const frame = noise(50, 40, 20)[0]!
  const one = encodeGif([frame], options(50, 40))
  const many = encodeGif(
    Array.from({ length: 5 }, () => frame),
    options(50, 40),
  )
  expect(many.length - one.length).toBeLessThan(4 * 30 + 20)
  const { pages } = await decode(many)
  expect(pages.map((page) => psnr(page, frame))).toEqual([Infinity, Infinity, Infinity, Infinity, Infinity])
})

test('more than 256 colours that are nearly alike share one palette, and white stays white', async () => {
  const ramp = (shift: number) =>
    painted(120, 90, (x, y) => (y < 40 ? [255, 255, 255] : [(x * 2 + shift) & 255, 100 + (y & 63), 40 + (x >> 3)]))
  const frames = [ramp(0), ramp(1), ramp(2)]
  const { pages } = await decode(encodeGif(frames, options(120, 90)))
  for (const [n, page] of pages.entries()) {
    expect([page[0], page[1], page[2], page[3]]).toEqual([255, 255, 255, 255])
    expect(psnr(page, frames[n]!)).toBeGreaterThan(33)
  }
})

test('a photograph keeps its bounds at every level, and thrift makes it smaller', async () => {
  const frames = [photo(256, 256, 0), photo(256, 256, 8)]
  const figures: Record<string, number> = {}
  for (const quality of QUALITIES) {
    const gif = encodeGif(frames, options(256, 256, { quality }))
    const { pages } = await decode(gif)
    figures[quality] = gif.length
    figures[`${quality} dB`] = Math.min(...pages.map((page, n) => psnr(page, frames[n]!)))
  }
  expect(figures['good']!).toBeLessThan(figures['fast']! * 0.95)
  expect(figures['best dB']!).toBeGreaterThan(figures['good dB']!)
  // A drawing of every hue with grain: 256 colours hold it to about 30 dB.
  expect(figures['fast dB']!).toBeGreaterThan(29)
  expect(figures['good dB']!).toBeGreaterThan(29)
})

test('an unchanged part of a photograph is not coded again', () => {
  const base = photo(200, 200, 0)
  const patched = painted(200, 200, (x, y) => (x > 150 && y > 150 ? [x, y, 9 * x] : colourAt(base, x, y)))
  const one = encodeGif([base], options(200, 200)).length
  expect(encodeGif([base, patched], options(200, 200)).length - one).toBeLessThan(one / 6)
})

test('grey and grey with alpha frames are taken', async () => {
  const grey: RawFrame = { data: Uint8Array.of(0, 90, 200, 255), info: { width: 2, height: 2, channels: 1 } }
  const alpha: RawFrame = {
    data: Uint8Array.of(9, 255, 90, 127, 200, 128, 255, 0),
    info: { width: 2, height: 2, channels: 2 },
  }
  const first = await decode(encodeGif([grey], options(2, 2)))
  expect([...first.pages[0]!]).toEqual([0, 0, 0, 255, 90, 90, 90, 255, 200, 200, 200, 255, 255, 255, 255, 255])
  const second = await decode(encodeGif([alpha], options(2, 2)))
  expect([...second.pages[0]!].filter((_, k) => k % 4 === 3)).toEqual([255, 0, 255, 0])
})

test('1x1, one row and one column work', async () => {
  for (const [width, height] of [
    [1, 1],
    [301, 1],
    [1, 301],
  ] as const) {
    const frames = noise(width, height, 5)
    const { pages, info } = await decode(encodeGif(frames, options(width, height)))
    expect([info.width, pages.length]).toEqual([width, 2])
    expect(pages.map((page, n) => psnr(page, frames[n]!))).toEqual([Infinity, Infinity])
  }
})

test('delays are rounded to 10 ms, at least 20, and the last is repeated', async () => {
  const frames = Array.from({ length: 5 }, (_, k) => noise(9, 9, 30, k)[0]!)
  const meta = await sharp(encodeGif(frames, options(9, 9, { delay: [3, 104, 106] })), { animated: true }).metadata()
  expect(meta.delay).toEqual([20, 100, 110, 110, 110])
})

test('loop says how often it plays, 0 for ever; one frame has no loop', async () => {
  const frames = noise(9, 9, 30)
  const loops = [0, 1, 2, 7].map(
    async (loop) => (await sharp(encodeGif(frames, options(9, 9, { loop })), { animated: true }).metadata()).loop,
  )
  expect(await Promise.all(loops)).toEqual([0, 1, 2, 7])
  expect(Buffer.from(encodeGif([frames[0]!], options(9, 9))).includes('NETSCAPE')).toBe(false)
})

test('what a GIF cannot hold is refused with the figures', () => {
  const frame = noise(9, 9, 3)[0]!
  expect(() => encodeGif([frame], options(9, 70_000))).toThrow(
    'the height of a GIF must be a whole number from 1 to 65535; got 70000',
  )
  expect(() => encodeGif([frame], options(9, 8))).toThrow('frame 1 is 9x9, but the GIF is 9x8; resize it first')
  expect(() => encodeGif([frame], options(9, 9, { delay: -1 }))).toThrow("a GIF's delay must be 0 to 655350 ms; got -1")
  expect(() => encodeGif([frame], options(9, 9, { delay: [] }))).toThrow(
    'the list of delays is empty; give at least one',
  )
  expect(() => encodeGif([], options(9, 9))).toThrow('a GIF needs at least one frame')
  const short = { data: new Uint8Array(10), info: { width: 9, height: 9, channels: 3 as const } }
  expect(() => encodeGif([short], options(9, 9))).toThrow('frame 1 has 10 bytes, but 9x9 pixels of 3 channels are 243')
})
