// Axis labels and titles that Chart.js leaves out, cuts off or squeezes; and chart types that do not exist.
import { beforeAll, describe, expect, it } from 'vitest'
import { chart, type ChartOptions } from '../../../sandbox/helpers/chart.ts'
import { drawn } from './chart-pixels.ts'
import { registerFonts } from './fixtures.ts'

beforeAll(registerFonts)

const names = (n: number) => Array.from({ length: n }, (_, i) => `name ${String.fromCharCode(97 + i)}`)

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

  it('too long for half of the width stand in lines and are not cut off', async () => {
    const rows = async (label: string) => {
      const ticks = { color: '#ff0000', font: { size: 20, weight: 'bold' } }
      const picture = await drawn(
        {
          type: 'bar',
          data: { labels: [label], datasets: [{ data: [1] }] },
          options: { indexAxis: 'y', scales: { x: { display: false }, y: { ticks } } },
        },
        { width: 500 },
      )
      return Array.from({ length: picture.height }, (_, y) => y).filter((y) => picture.count('#ff0000', { y }) > 0)
    }
    expect((await rows('A committee of a remarkably long name')).length).toBeGreaterThan(
      (await rows('A committee')).length * 1.5,
    )
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
    await expect(chart({ type: 'wordCloud', data } as never)).rejects.toThrow('ECharts has more (series)')
    await expect(chart({ type: 'sankey', data } as never)).rejects.toThrow(
      "chart: expected objects { from, to, flow } for the values of type 'sankey', received 1",
    )
    await expect(chart({ type: 'boxplot', data } as never)).rejects.toThrow(
      "chart: expected a list of numbers for each label for the values of type 'boxplot', received 1",
    )
    await expect(chart({ type: 'treemap', data: { datasets: [{}] } } as never)).rejects.toThrow(
      'chart: expected an array of rows or numbers for tree of a treemap, received undefined',
    )
    await expect(chart({ type: 'bar', data: {} as never })).rejects.toThrow(
      'chart: expected an array of datasets for config.data.datasets, received undefined',
    )
  })
})
