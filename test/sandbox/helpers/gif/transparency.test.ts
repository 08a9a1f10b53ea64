import { expect, test } from 'vitest'
import { encodeGif } from '../../../../sandbox/helpers/gif/encode.ts'
import type { RawFrame } from '../../../../sandbox/helpers/gif/frame.ts'
import { decode, painted, photo } from './drawings.ts'

const options = (width: number, height: number) => ({ width, height, delay: 100, loop: 0, quality: 'good' as const })
const EMPTY = [0, 0, 0, 0] as const

/** The expected result: transparent below alpha 128, otherwise opaque. */
function seen({ data }: RawFrame): number[] {
  const out: number[] = []
  for (let at = 0; at < data.length; at += 4)
    out.push(...(data[at + 3]! < 128 ? EMPTY : [data[at]!, data[at + 1]!, data[at + 2]!, 255]))
  return out
}

/** Transparent pixels have no colour. */
function cleaned(page: Uint8Array): number[] {
  return seen({ data: page, info: { width: page.length / 4, height: 1, channels: 4 } })
}

function disc(size: number, x0: number, colour: readonly number[]): RawFrame {
  return painted(size, size, (x, y) => (Math.hypot(x - x0, y - size / 2) < size / 5 ? [...colour, 255] : EMPTY))
}

test('a disc that moves over nothing leaves no trail', async () => {
  const frames = [8, 12, 16, 20, 24].map((x) => disc(32, x, [200, x, 30]))
  const { pages } = await decode(encodeGif(frames, options(32, 32)))
  expect(pages.map(cleaned)).toEqual(frames.map(seen))
})

test('things that come, stay, vanish all at once and come again are right', async () => {
  const nothing = painted(20, 20, () => EMPTY)
  const dot = disc(20, 8, [1, 2, 3])
  const frames = [nothing, dot, dot, nothing, nothing, disc(20, 12, [9, 9, 9]), dot]
  const { pages } = await decode(encodeGif(frames, options(20, 20)))
  expect(pages.map(cleaned)).toEqual(frames.map(seen))
})

test('what grows over nothing is added to what is there', async () => {
  const frames = [4, 8, 12, 16].map((to) => painted(17, 13, (x) => (x < to ? [x * 9, 80, 7, 255] : EMPTY)))
  const { pages } = await decode(encodeGif(frames, options(17, 13)))
  expect(pages.map(cleaned)).toEqual(frames.map(seen))
})

test('alpha of 127 is transparent and of 128 opaque', async () => {
  const frame = painted(2, 1, (x) => [50, 60, 70, 127 + x])
  const { pages } = await decode(encodeGif([frame], options(2, 1)))
  expect([...pages[0]!]).toEqual([0, 0, 0, 0, 50, 60, 70, 255])
})

test('a photograph with a hole keeps the hole', async () => {
  const frames = [0, 6].map((shift) => {
    const { data } = photo(160, 120, shift)
    return painted(160, 120, (x, y) => [
      ...data.subarray((y * 160 + x) * 3, (y * 160 + x) * 3 + 3),
      Math.hypot(x - 70 - shift, y - 60) < 30 ? 0 : 255,
    ])
  })
  const { pages } = await decode(encodeGif(frames, options(160, 120)))
  const alpha = (bytes: ArrayLike<number>) => Array.from(bytes).filter((_, k) => k % 4 === 3)
  expect(pages.map(alpha)).toEqual(frames.map(({ data }) => alpha(data)))
})
