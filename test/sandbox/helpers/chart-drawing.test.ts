// Whether charts show what their configuration says, checked in the pixels, as Chart.js does not report what it hides.
import { beforeAll, describe, expect, it } from 'vitest'
import { chart } from '../../../sandbox/helpers/chart.ts'
import { PALETTE, paletteColour } from '../../../sandbox/helpers/palette.ts'
import { coloursOf } from '../../../sandbox/helpers/race/ranks.ts'
import { seriesOf } from '../../../sandbox/helpers/race/series.ts'
import { drawn } from './chart-pixels.ts'
import { registerFonts } from './fixtures.ts'

beforeAll(registerFonts)

const BARE = { plugins: { legend: { display: false } } }
const names = (n: number) => Array.from({ length: n }, (_, i) => `name ${String.fromCharCode(97 + i)}`)

describe('bars and lines together', () => {
  const line = { type: 'line', data: [5, 5, 5], borderColor: '#ff0000', pointRadius: 0 }
  const bars = { type: 'bar', data: [9, 9, 9], backgroundColor: '#0000ff', barPercentage: 1, categoryPercentage: 1 }
  const reds = async (datasets: object[]) =>
    (await drawn({ type: 'bar', data: { labels: ['a', 'b', 'c'], datasets }, options: BARE })).count('#ff0000')

  it('show the lines, in whichever order they come, unless an order is given', async () => {
    const first = await reds([line, bars])
    expect(first).toBeGreaterThan(200)
    expect(await reds([bars, line])).toBe(first)
    expect(await reds([{ ...bars, order: 0 }, line])).toBe(0)
    const points = { ...line, type: 'scatter', data: [{ x: 'b', y: 5 }], pointRadius: 9, backgroundColor: '#ff0000' }
    expect(await reds([bars, points])).toBeGreaterThan(100)
  })

  it('are in the order of the datasets in the legend, bars as squares and lines with their dashes', async () => {
    const config = {
      type: 'bar',
      data: {
        labels: ['a'],
        datasets: [
          { label: 'b', data: [0], backgroundColor: '#0000ff' },
          { type: 'line', label: 'l', data: [null], borderColor: '#ff0000', borderWidth: 4, borderDash: [4, 4] },
        ],
      },
    }
    const picture = await drawn(config, { width: 1000, height: 300 })
    const columns = (colour: string) =>
      Array.from({ length: 1000 }, (_, x) => x).filter((x) => picture.count(colour, { x }) > 1)
    const [blue, red] = [columns('#0000ff'), columns('#ff0000')]
    expect(Math.max(...blue)).toBeLessThan(Math.min(...red))
    expect(picture.count('#0000ff', { x: blue[3]! })).toBeGreaterThan(6)
    expect(picture.count('#ff0000', { x: red[1]! })).toBeLessThan(6)
    const gaps = red.slice(1).filter((x, i) => x - red[i]! > 1)
    expect(gaps.length).toBeGreaterThanOrEqual(1)
  })

  it('have no legend of what has no name', async () => {
    const bare = { type: 'bar', data: { labels: ['a'], datasets: [{ data: [1] }, { data: [2] }] } }
    const hidden = await chart({ ...bare, options: BARE } as never)
    expect((await chart(bare as never)).equals(hidden)).toBe(true)
    expect((await chart({ ...bare, options: { plugins: { legend: false } } } as never)).equals(hidden)).toBe(true)
  })
})

it('areas on one another begin at zero, so that the lowest is not cut off', async () => {
  const areas = ['#ff0000', '#0000ff'].map((backgroundColor) => ({ data: [20, 21], fill: true, backgroundColor }))
  const picture = await drawn({
    type: 'line',
    data: { labels: ['a', 'b'], datasets: areas },
    options: { ...BARE, scales: { y: { stacked: true } } },
  })
  expect(picture.count('#ff0000') / picture.count('#0000ff')).toBeGreaterThan(0.8)
})

describe('points that are more than dots', () => {
  const data = [
    { x: 1, y: 1 },
    { x: 3, y: 3 },
  ]
  const reds = async (type: string, dataset: object) =>
    (
      await drawn({ type, data: { datasets: [{ data, ...dataset }] }, options: BARE }, { width: 2000, height: 1200 })
    ).count('#ff0000')

  it.each([
    ['a line through them', 'scatter', { borderColor: '#ff0000', showLine: true, pointRadius: 0 }, 500],
    ['crosses', 'scatter', { borderColor: '#ff0000', pointStyle: 'cross', pointRadius: 20 }, 60],
    ['rings', 'scatter', { borderColor: '#ff0000', backgroundColor: 'transparent', pointRadius: 20 }, 60],
    ['rims', 'scatter', { pointBorderColor: '#ff0000', pointBackgroundColor: 'white', pointRadius: 20 }, 60],
    [
      'hollow bubbles',
      'bubble',
      { borderColor: '#ff0000', backgroundColor: 'transparent', data: [{ x: 1, y: 1, r: 30 }] },
      60,
    ],
  ])('are seen: %s', async (_what, type, dataset, least) => {
    expect(await reds(type, dataset)).toBeGreaterThan(least)
  })
})

describe('bars along numbers', () => {
  const data = Array.from({ length: 15 }, (_, i) => ({ x: 17 + 2 * i, y: 10 }))
  const widest = async (x: object, more: object = {}) => {
    const bars = { data, backgroundColor: '#0000ff', barPercentage: 1, categoryPercentage: 1, ...more }
    const config = { type: 'bar', data: { datasets: [bars] }, options: { scales: { x, y: { max: 20 } } } }
    return (await drawn(config, { width: 1000, height: 300 })).count('#0000ff', { y: 200 })
  }

  it('are as wide as their bins, whatever the ticks are', async () => {
    for (const x of [
      { type: 'linear', min: 16, max: 46 },
      { min: 16, max: 46 },
      { type: 'linear', min: 16, max: 46, ticks: { stepSize: 1 } },
      { type: 'linear', min: 15.3, max: 46.9, ticks: { includeBounds: true } },
    ])
      expect(await widest(x)).toBeGreaterThan(850)
    expect(await widest({ type: 'linear', min: 16, max: 46 }, { barThickness: 4 })).toBeLessThan(70)
  })
})

describe('stacked areas', () => {
  const area = (colour: string, more: object = {}) => ({
    data: [5, 5],
    fill: true,
    borderWidth: 0,
    pointRadius: 0,
    backgroundColor: colour,
    ...more,
  })
  const column = async (datasets: object[], scales: object) => {
    const config = {
      type: 'line',
      data: { labels: ['a', 'b'], datasets },
      options: { ...BARE, scales: { x: { display: false }, ...scales } },
    }
    const picture = await drawn(config, { width: 400, height: 400 })
    return new Set(Array.from({ length: 400 }, (_, y) => picture.at(200, y)))
  }
  const y = { display: false, min: 0, stacked: true, grid: { display: false } }

  it('are painted once each, down to the one below', async () => {
    const colours = await column([area('#ff000080'), area('#00ff0080'), area('#0000ff80')], { y })
    for (const colour of ['#ff7f7f', '#7fff7f', '#7f7fff']) expect(colours).toContain(colour)
  })

  it('lie on those of their own axis and stack, and stay where they are told to end', async () => {
    const two = [
      area('#ff000080'),
      area('#00000000', { yAxisID: 'y2' }),
      area('#0000ff80'),
      area('#00000000', { stack: 'other' }),
    ]
    const y2 = { ...y, position: 'right' }
    expect(await column(two, { y, y2 })).toContain('#7f7fff')
    const told = await column([area('#ff000080'), area('#0000ff80', { fill: 'origin' })], { y })
    expect(told).toContain('#bf3f7f')
  })
})

describe('colours', () => {
  it('go on after twelve, in lines, slices and races, and can be told apart', async () => {
    const all = Array.from({ length: 36 }, (_, i) => paletteColour(i))
    expect(all.slice(0, 12)).toEqual([...PALETTE])
    const parts = (colour: string) => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
    const apart = all.flatMap((one, i) =>
      all.slice(0, i).map((other) => Math.hypot(...parts(one).map((part, k) => part - parts(other)[k]!))),
    )
    expect(Math.min(...apart)).toBeGreaterThan(32)
    const pie = { type: 'pie', data: { labels: names(20), datasets: [{ data: names(20).map(() => 1) }] } }
    const picture = await drawn(pie, {})
    for (const colour of all.slice(0, 20)) expect(picture.count(colour)).toBeGreaterThan(500)
    const rows = names(13).map((name, i) => ({ name, '2001': 20 + i, '2002': 40 - i }))
    expect(new Set(coloursOf(seriesOf(rows, {}), 13).values()).size).toBe(13)
  })
})
