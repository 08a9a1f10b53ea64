// Charts as they are meant: looked at in their pixels, as Chart.js says nothing of what it hides.
import { beforeAll, describe, expect, it } from 'vitest'
import sharp from 'sharp'
import { chart, type ChartOptions } from '../sandbox/guest/easel/chart.ts'
import { PALETTE, paletteColour } from '../sandbox/guest/easel/palette.ts'
import { coloursOf } from '../sandbox/guest/easel/race/standings.ts'
import { seriesOf } from '../sandbox/guest/easel/race/series.ts'
import { registerFonts } from './easel-fixtures.ts'

beforeAll(registerFonts)

interface Drawn {
  readonly width: number
  readonly height: number
  /** `#rrggbb` at a place. */
  readonly at: (x: number, y: number) => string
  /** How many pixels have the colour, in a row, a column or anywhere. */
  readonly count: (colour: string, where?: { readonly x?: number; readonly y?: number }) => number
}

/** A drawn chart; its configuration, which is left as it was. */
async function drawn(config: unknown, options: ChartOptions = { width: 500, height: 300 }): Promise<Drawn> {
  const { data, info } = await sharp(await chart(config as never, options))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const { width, height } = info
  const at = (x: number, y: number) => `#${data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3).toString('hex')}`
  const count: Drawn['count'] = (colour, { x, y } = {}) => {
    let n = 0
    for (let row = y ?? 0; row < (y === undefined ? height : y + 1); row++)
      for (let column = x ?? 0; column < (x === undefined ? width : x + 1); column++)
        if (at(column, row) === colour) n++
    return n
  }
  return { width, height, at, count }
}

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

describe('names on an axis', () => {
  it('give horizontal bars the height that they need, unless it is given', async () => {
    const config = (n: number) => ({
      type: 'bar',
      data: { labels: names(n), datasets: [{ data: names(n).map(() => 1) }] },
      options: { indexAxis: 'y' },
    })
    const height = async (n: number, options?: ChartOptions) => (await drawn(config(n), options ?? {})).height
    expect(await height(8)).toBe(600)
    expect(await height(31)).toBeGreaterThan(31 * 24)
    expect(await height(31, { height: 500 })).toBe(500)
    expect(await height(500)).toBe(4000)
    expect(await height(31, { width: 500 })).toBeLessThan(await height(31))
  })

  it('written by a callback at whole numbers are there when the axis starts between them', async () => {
    const config = (min: number, step: number) => ({
      type: 'scatter',
      data: { datasets: [{ data: [{ x: 0, y: 1 }] }] },
      options: {
        scales: {
          y: { display: false },
          x: {
            min,
            max: 3.5,
            grid: { display: false },
            ticks: {
              stepSize: step,
              color: '#ff0000',
              font: { size: 18, weight: 'bold' },
              callback: (v: number) => (Number.isInteger(v) ? ['one', 'two', 'three', 'four'][v] : ''),
            },
          },
        },
      },
    })
    const [idiom, plain] = [await drawn(config(-0.5, 1)), await drawn(config(-0.5, 0.5))]
    expect(idiom.count('#ff0000')).toBeGreaterThan(20)
    expect(idiom.count('#ff0000')).toBe(plain.count('#ff0000'))
  })

  it('are not made of numbers: points at numbers stand along a line of numbers', async () => {
    for (const type of ['line', 'bar']) {
      const at = [1, 5, 40].map((x) => ({ x, y: 5 }))
      const set = { data: at, backgroundColor: '#ff0000', borderColor: '#ff0000', barThickness: 6 }
      const picture = await drawn({ type, data: { datasets: [set] } })
      const columns = Array.from({ length: 500 }, (_, x) => x).filter((x) => picture.count('#ff0000', { x }) > 1)
      expect(Math.max(...columns) - Math.min(...columns)).toBeGreaterThan(350)
    }
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

describe('titles', () => {
  it('that are too long stand in lines', async () => {
    const text = 'Monthly rainfall in millimetres at the station of the university, corrected for drift '.repeat(2)
    const config = (title: unknown) => ({
      type: 'bar',
      data: { labels: ['a'], datasets: [{ data: [1] }] },
      options: { plugins: { title: { display: true, text: title, color: '#ff0000' } } },
    })
    const rows = async (title: unknown) => {
      const picture = await drawn(config(title), {})
      return Array.from({ length: 600 }, (_, y) => y).filter((y) => picture.count('#ff0000', { y }) > 0).length
    }
    const one = await rows('Monthly gauge')
    expect(await rows(text)).toBeGreaterThan(one * 2.5)
    expect(await rows(['Monthly', 'gauge'])).toBeLessThan(one * 2.5)
    expect(await rows('Monthly\ngauge')).toBe(await rows(['Monthly', 'gauge']))
  })
})

describe('types that there are not', () => {
  it('are refused with the way', async () => {
    const data = { labels: ['a'], datasets: [{ data: [1] }] }
    await expect(chart({ type: 'horizontalBar', data } as never)).rejects.toThrow(
      `chart: Chart.js has no type "horizontalBar"; take type 'bar' with options.indexAxis 'y'`,
    )
    await expect(
      chart({ type: 'bar', data: { labels: ['a'], datasets: [{ type: 'area' as never, data: [1] }] } }),
    ).rejects.toThrow(`Chart.js has no type "area"; take type 'line' with fill: true in its datasets`)
    await expect(chart({ type: 'sankey', data } as never)).rejects.toThrow('others can be drawn on a canvas')
    await expect(chart({ type: 'bar', data: {} as never })).rejects.toThrow(
      'chart: expected an array of datasets for config.data.datasets, received undefined',
    )
  })
})
