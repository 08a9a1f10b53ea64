// Sobel, Otsu, percentiles and histograms against known results.
import { expect, test } from 'vitest'
import { contrastStretch, histogram, otsu, otsuThreshold, percentile } from '../../../sandbox/helpers/gray-levels.ts'
import { sobel } from '../../../sandbox/helpers/sobel.ts'
import { painted, rawOf, scene } from './fixtures.ts'

test('Otsu parts two spikes at the lower one, as OpenCV does', async () => {
  const picture = painted(10, 10, (x) => [x < 4 ? 50 : 200])
  expect(await otsuThreshold(picture)).toBe(50)
  expect((await rawOf(await otsu(picture))).data.slice(0, 10)).toEqual([0, 0, 0, 0, 255, 255, 255, 255, 255, 255])
})

test('Otsu finds the threshold with the largest variance between the classes on a bimodal picture', async () => {
  const levels = [10, 20, 20, 30, 30, 30, 40, 40, 50, 160, 170, 170, 180, 180, 180, 190, 190, 200]
  const picture = painted(18, 1, (x) => [levels[x]!])
  const variance = (t: number) => {
    const low = levels.filter((v) => v <= t)
    const high = levels.filter((v) => v > t)
    if (low.length === 0 || high.length === 0) return 0
    const mean = (list: number[]) => list.reduce((a, b) => a + b, 0) / list.length
    return low.length * high.length * (mean(low) - mean(high)) ** 2
  }
  const best = Array.from({ length: 256 }, (_, t) => t).reduce((a, t) => (variance(t) > variance(a) + 1e-6 ? t : a), 0)
  expect(await otsuThreshold(picture)).toBe(best)
  expect(best).toBe(50)
})

test('Otsu of a flat picture is all white or all black, not an error', async () => {
  const { data } = await rawOf(await otsu(painted(3, 3, () => [77])))
  expect(new Set(data).size).toBe(1)
})

test('Sobel of a step edge is 255 on both sides of the step and 0 elsewhere', async () => {
  const { data, channels } = await rawOf(await sobel(painted(8, 4, (x) => [x < 4 ? 0 : 200])))
  expect(channels).toBe(1)
  expect(data).toEqual(Array.from({ length: 4 }, () => [0, 0, 0, 255, 255, 0, 0, 0]).flat())
})

test('Sobel agrees with the 3x3 kernels applied pixel by pixel', async () => {
  const picture = painted(9, 7, (x, y) => [(x * x * 5 + y * 31 + x * y * 3) % 256])
  const at = (x: number, y: number) =>
    picture.data[(y < 0 ? -y : y > 6 ? 12 - y : y) * 9 + (x < 0 ? -x : x > 8 ? 16 - x : x)]!
  const magnitudes = Array.from({ length: 63 }, (_, i) => {
    const [x, y] = [i % 9, Math.floor(i / 9)]
    const column = (dx: number) => at(x + dx, y - 1) + 2 * at(x + dx, y) + at(x + dx, y + 1)
    const row = (dy: number) => at(x - 1, y + dy) + 2 * at(x, y + dy) + at(x + 1, y + dy)
    return Math.hypot(column(1) - column(-1), row(1) - row(-1))
  })
  const strongest = Math.max(...magnitudes)
  const { data } = await rawOf(await sobel(picture))
  expect(data).toEqual(magnitudes.map((m) => Math.round((m / strongest) * 255)))
})

test('Sobel of a flat, a one-pixel and a one-column picture is black', async () => {
  for (const [width, height] of [
    [5, 5],
    [1, 1],
    [1, 6],
  ] as const) {
    const { data } = await rawOf(await sobel(painted(width, height, () => [9, 9, 9])))
    expect(data).toEqual(Array.from({ length: width * height }, () => 0))
  }
})

test('luma is that of Rec. 601, as OpenCV rounds it', async () => {
  const { luminance } = await histogram(
    painted(
      3,
      1,
      (x) =>
        [
          [255, 0, 0],
          [0, 255, 0],
          [0, 0, 255],
        ][x]!,
    ),
  )
  expect([76, 150, 29].map((level) => luminance[level])).toEqual([1, 1, 1])
})

test('a histogram counts every pixel of each channel', async () => {
  const { red, green, blue, luminance } = await histogram(painted(4, 2, (x) => [x, 10, 20 + x]))
  expect(red.slice(0, 5)).toEqual([2, 2, 2, 2, 0])
  expect(green[10]).toBe(8)
  expect(blue.slice(20, 24)).toEqual([2, 2, 2, 2])
  expect(luminance.reduce((a, b) => a + b)).toBe(8)
})

test("percentiles are NumPy's, linear between neighbours", () => {
  const counts = new Uint32Array(256)
  for (const level of [1, 2, 3, 10]) counts[level]!++
  expect([0, 25, 50, 98, 100].map((p) => percentile(counts, p))).toEqual(
    [1, 1.75, 2.5, 9.58, 10].map((v) => expect.closeTo(v, 10)),
  )
})

test('contrast stretch maps the percentiles to 0 and 255 and clips beyond them', async () => {
  const picture = painted(256, 1, (x) => [x >> 1, x >> 1, x >> 1])
  const { data } = await rawOf(await contrastStretch(picture, { low: 0, high: 100 }))
  expect(data.filter((_, i) => i % 3 === 0)).toEqual(
    Array.from({ length: 256 }, (_, x) => Math.round(((x >> 1) / 127) * 255)),
  )
  const clipped = await rawOf(await contrastStretch(picture))
  expect(clipped.data.slice(0, 12)).toEqual(Array.from({ length: 12 }, () => 0))
  expect(clipped.data.slice(-12)).toEqual(Array.from({ length: 12 }, () => 255))
})

test('contrast stretch leaves flat pictures and alpha as they are', async () => {
  expect((await rawOf(await contrastStretch(painted(2, 2, () => [7, 7, 7])))).data).toEqual(
    Array.from({ length: 12 }, () => 7),
  )
  const { data } = await rawOf(
    await contrastStretch(
      painted(2, 1, (x) => [x * 100, 50, 50, 60 + x]),
      { low: 0, high: 100 },
    ),
  )
  expect([data[3], data[7]]).toEqual([60, 61])
})

test('a wrong percentile is named with what was expected and what came', async () => {
  await expect(contrastStretch(scene(), { low: 200 })).rejects.toThrow(
    'contrastStretch: expected a number of percent from 0 to 100 for low, received 200 (number)',
  )
})
