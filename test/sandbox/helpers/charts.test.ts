// Charts from chart.js configurations, and pictures squeezed into a number of bytes.
import sharp from 'sharp'
import { beforeAll, expect, test } from 'vitest'
import { chart } from '../../../sandbox/helpers/chart.ts'
import { compressTo } from '../../../sandbox/helpers/compress.ts'
import { histogramChart } from '../../../sandbox/helpers/histogram-chart.ts'
import { painted, pixelAt, rawOf, registerFonts, scene } from './fixtures.ts'

beforeAll(registerFonts)

const BARS = { type: 'bar', data: { labels: ['一月', '二月'], datasets: [{ label: '销售额', data: [3, 5] }] } } as const

test('a chart is a PNG of the asked size on its background, in the palette', async () => {
  const drawn = await rawOf(sharp(await chart(structuredClone(BARS) as never, { width: 400, height: 240, scale: 2 })))
  expect([drawn.width, drawn.height]).toEqual([800, 480])
  expect(pixelAt(drawn, 1, 1).slice(0, 3)).toEqual([255, 255, 255])
  const blue = drawn.data.filter(
    (v, i) => i % drawn.channels === 0 && v === 0x44 && drawn.data[i + 1] === 0x77 && drawn.data[i + 2] === 0xaa,
  )
  expect(blue.length).toBeGreaterThan(20_000)
})

test('the same chart twice has the same bytes, and its configuration is not changed', async () => {
  const config = structuredClone(BARS)
  const first = await chart(config as never)
  expect(config).toEqual(BARS)
  expect((await chart(config as never)).equals(first)).toBe(true)
})

test('a see-through background stays see-through; callbacks and own colours are kept', async () => {
  const config = {
    type: 'bar' as const,
    data: { labels: ['a', 'b'], datasets: [{ data: [3, 5], backgroundColor: '#ff0000' }] },
    options: { scales: { y: { ticks: { callback: () => '' } } } },
  }
  const drawn = await rawOf(sharp(await chart(config, { width: 300, height: 200, background: 'transparent' })))
  expect(pixelAt(drawn, 0, 0)[3]).toBe(0)
  expect(
    drawn.data.some((v, i) => i % 4 === 0 && v === 255 && drawn.data[i + 1] === 0 && drawn.data[i + 3] === 255),
  ).toBe(true)
})

test('of border and fill one colour gives the other, and the legend tells lines apart', async () => {
  const config = {
    type: 'line' as const,
    data: {
      labels: ['a', 'b'],
      datasets: [
        { label: 'x', data: [3, 5], borderColor: 'rgb(200, 0, 0)' },
        { label: 'y', data: [5, 3], backgroundColor: '#00c800' },
      ],
    },
  }
  const drawn = await rawOf(sharp(await chart(config, { width: 300, height: 200 })).removeAlpha())
  const count = (red: number, green: number, blue: number): number =>
    drawn.data.filter((v, i) => i % 3 === 0 && v === red && drawn.data[i + 1] === green && drawn.data[i + 2] === blue)
      .length
  expect(count(200, 0, 0)).toBeGreaterThan(80)
  expect(count(0, 200, 0)).toBeGreaterThan(80)
  expect([count(0x44, 0x77, 0xaa), count(0xee, 0x66, 0x77)]).toEqual([0, 0])
})

test('a colour that cannot be seen is not followed, and bars keep the fill of the palette', async () => {
  const shapes = [
    ['line', { backgroundColor: 'rgba(0, 0, 0, 0)' }],
    ['line', { backgroundColor: 'white' }],
    ['bar', { borderColor: '#ffffff', borderWidth: 1 }],
    ['bar', { borderColor: '#000' }],
    ['pie', { data: new Float32Array([1, 2]) }],
  ] as const
  for (const [type, more] of shapes) {
    const config = { type, data: { labels: ['a', 'b'], datasets: [{ data: [3, 5], ...more }] } }
    const drawn = await rawOf(sharp(await chart(config as never, { width: 300, height: 200 })).removeAlpha())
    const blue = drawn.data.filter((v, i) => i % 3 === 0 && v === 0x44 && drawn.data[i + 2] === 0xaa).length
    expect([type, more, blue > 100]).toEqual([type, more, true])
  }
  const named = {
    type: 'line' as const,
    data: { labels: ['a', 'b'], datasets: [{ data: [3, 5], borderColor: 'red', fill: true }] },
  }
  const drawn = await rawOf(sharp(await chart(named, { width: 300, height: 200 })).removeAlpha())
  expect(drawn.data.some((v, i) => i % 3 === 0 && v === 0x44 && drawn.data[i + 2] === 0xaa)).toBe(false)
})

test('what is no configuration is refused', async () => {
  await expect(chart([1, 2] as never)).rejects.toThrow(
    'chart: expected a configuration of Chart.js (type and data) or of ECharts (series) for config, received an array of 2',
  )
})

test('a histogram chart is drawn for colour and for gray', async () => {
  for (const picture of [scene(), painted(4, 4, (x) => [x * 60])]) {
    const { width, height } = await sharp(
      await histogramChart(picture, { width: 500, height: 300, density: 1 }),
    ).metadata()
    expect([width, height]).toEqual([500, 300])
  }
})

const noise = () => painted(120, 90, (x, y) => [(x * x * 31 + y * 17) % 256, (x * 13 + y * y * 7) % 256, (x * y) % 256])

test('compressTo fits with the best quality that does, in every format', async () => {
  for (const format of ['jpeg', 'webp', 'png', 'avif'] as const) {
    const bytes = await compressTo(noise(), 6000, { format })
    const { width, format: made } = await sharp(bytes).metadata()
    expect(bytes.length).toBeLessThanOrEqual(6000)
    expect(bytes.length).toBeGreaterThan(format === 'png' ? 3000 : 4500)
    expect(made).toBe(format === 'avif' ? 'heif' : format)
    expect(width).toBeLessThanOrEqual(120)
  }
})

test('compressTo keeps the size while quality can give way, and PNG stays without loss if it fits', async () => {
  const kept = await sharp(await compressTo(scene(400, 300), 30_000)).metadata()
  expect([kept.width, kept.height]).toEqual([400, 300])
  const picture = scene()
  expect((await rawOf(sharp(await compressTo(picture, 50_000, { format: 'png' })))).data).toEqual([...picture.data])
})

test('compressTo shrinks when quality is not enough, keeping the shape, and says when nothing fits', async () => {
  const small = await compressTo(noise(), 1500)
  const { width, height } = await sharp(small).metadata()
  expect(small.length).toBeLessThanOrEqual(2000)
  expect(width).toBeLessThan(110)
  expect(Math.abs(width / height - 4 / 3)).toBeLessThan(0.1)
  await expect(compressTo(noise(), 100)).rejects.toThrow(
    /^compressTo: cannot make a jpeg of 100 bytes; even one pixel takes \d+; allow more bytes$/,
  )
  await expect(compressTo(noise(), 1.5)).rejects.toThrow(
    'compressTo: expected a whole number of at least 1 for bytes, received 1.5 (number)',
  )
})

test('a see-through picture as JPEG lies on white', async () => {
  const { data } = await rawOf(
    sharp(
      await compressTo(
        painted(16, 16, () => [0, 0, 0, 0]),
        5000,
      ),
    ),
  )
  expect(data[0]).toBeGreaterThan(250)
})
