// chart() in its formats, languages and themes: the same labels and values in each, and clear words for bad input.
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { chart, type ChartOptions } from '../../../sandbox/helpers/chart.ts'
import { recordTexts } from '../../charts/measured-text.ts'
import { registerFonts } from './fixtures.ts'

beforeAll(registerFonts)

const bars = {
  type: 'bar',
  data: { labels: ['北京', '上海', '广东'], datasets: [{ label: 'GDP（亿元）', data: [41541, 44809, 129514] }] },
  options: { plugins: { title: { display: true, text: '各地区 <GDP> & 其他' } } },
}
const option = {
  title: { text: 'Two series' },
  legend: {},
  xAxis: { type: 'category', data: ['a', 'b'] },
  yAxis: {},
  series: [
    { type: 'bar', name: 'one', data: [3, 5], label: { show: true } },
    { type: 'line', name: 'two', data: [4, 2] },
  ],
}

const textsOf = async (config: object, options: ChartOptions): Promise<string[]> =>
  (await recordTexts(() => chart(config as never, options))).map(({ text }) => text).toSorted()

describe('every format', () => {
  it('has the same labels and values', async () => {
    const png = await textsOf(bars, {})
    expect(png).toEqual(expect.arrayContaining(['北京', '广东', '129,514', 'GDP（亿元）', '各地区 <GDP> & 其他']))
    for (const options of [{ density: 1 }, { format: 'svg' }, { theme: 'dark' }] as const)
      expect(await textsOf(bars, options)).toEqual(png)
    const own = await textsOf(option, {})
    expect(own).toEqual(expect.arrayContaining(['Two series', 'a', 'b', 'one', 'two', '3', '5']))
    expect(await textsOf(option, { format: 'svg' })).toEqual(own)
  })

  it.each([
    ['Chart.js', bars],
    ['ECharts', option],
  ])('of %s looks the same as SVG and as PNG', async (_library, config) => {
    const pixels = async (format: 'png' | 'svg'): Promise<Buffer> =>
      sharp(await chart(config as never, { format, density: 1, width: 500, height: 300 }))
        .flatten({ background: 'white' })
        .grayscale()
        .raw()
        .toBuffer()
    const [png, svg] = [await pixels('png'), await pixels('svg')]
    expect(png.length).toBe(500 * 300)
    const apart = png.filter((value, i) => Math.abs(value - svg[i]!) > 100).length
    expect(apart / png.length).toBeLessThan(0.01)
  })

  it('is twice as dense as its size unless told, as a picture', async () => {
    const sizeOf = async (options: ChartOptions): Promise<unknown[]> => {
      const { width, height, format } = await sharp(await chart(bars as never, options)).metadata()
      return [width, height, format]
    }
    expect(await sizeOf({})).toEqual([2000, 1200, 'png'])
    expect(await sizeOf({ density: 1 })).toEqual([1000, 600, 'png'])
    expect(await sizeOf({ scale: 1.5, width: 400, height: 200 })).toEqual([600, 300, 'png'])
    expect(await sizeOf({ format: 'svg' })).toEqual([1000, 600, 'svg'])
  })

  it('SVG says in words what it shows, and has no text that needs a font', async () => {
    const svg = String(await chart(bars as never, { format: 'svg' }))
    expect(svg).toContain('<title>各地区 &lt;GDP&gt; &amp; 其他</title>')
    expect(svg).toContain('北京 41541; 上海 44809; 广东 129514')
    expect(svg).not.toContain('<text')
    expect(svg).toMatch(/<svg [^>]*viewBox="0 0 1000 600" role="img">/)
  })

  it('PDF is one page in points, with a title', async () => {
    const pdf = (await chart(bars as never, { format: 'pdf' })).toString('latin1')
    expect(pdf.startsWith('%PDF-1.')).toBe(true)
    expect(pdf).toMatch(/\/MediaBox \[0 0 750 450\]/)
    expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(1)
  })

  it('HTML is one file without addresses, whose texts cannot end its scripts', async () => {
    const config = structuredClone(bars)
    config.data.labels[0] = '</script><script>alert(1)</script>'
    const html = String(await chart(config as never, { format: 'html' }))
    expect(html).toContain(`default-src 'none'`)
    expect(html).not.toMatch(/(?:src|href)\s*=\s*["']?https?:/)
    expect(html.match(/<\/script>/g)).toHaveLength(2)
    expect(html).toContain('aria-label="各地区 &lt;GDP&gt; &amp; 其他.')
  })
})

describe('numbers', () => {
  const values = (data: readonly number[], label: string): object => ({
    type: 'bar',
    data: { labels: data.map((_, i) => `n${i}`), datasets: [{ label, data }] },
  })

  it.each([
    ['large, in English', values([1_234_567, 2_345_678], 'n'), {}, ['1.23M', '2.35M', '2M', '2.5M']],
    ['large, in Chinese', values([1_234_567, 2_345_678], '数量'), {}, ['123万', '235万', '200万']],
    ['in German', values([1234.5, 2345.25], 'n'), { locale: 'de-DE' }, ['1.235', '2.345', '2.500']],
    ['with a unit in a title', values([12, 34], 'Share (%)'), {}, ['12%', '34%', '20%']],
    ['with a currency', values([1200, 3400], 'Price ($)'), {}, ['$1,200', '$3,400', '$1,000']],
    ['with a unit that is given', values([12, 34], 'n'), { unit: 'kg' }, ['12\u00a0kg', '34\u00a0kg']],
    ['that are counted in 万 already', values([1_234_567, 2_345_678], '人口（万人）'), {}, ['1,234,567', '2,000,000']],
    ['that are tiny', values([1e-7, 2e-7], 'n'), {}, ['1E-7', '2E-7']],
  ])('%s', async (_what, config, options, texts) => {
    expect(await textsOf(config, options)).toEqual(expect.arrayContaining(texts))
  })

  it('of years have no separators, and dates are on a time axis', async () => {
    const points = (x: (i: number) => unknown): object => ({
      type: 'line',
      data: { datasets: [{ label: 's', data: Array.from({ length: 20 }, (_, i) => ({ x: x(i), y: i % 7 })) }] },
    })
    expect(
      await textsOf(
        points((i) => 2001 + i),
        {},
      ),
    ).toEqual(expect.arrayContaining(['2002', '2020']))
    const months = points((i) => new Date(Date.UTC(2023, i, 1)))
    expect(await textsOf(months, {})).toEqual(expect.arrayContaining(['Jan 2023', 'Jul 2024']))
    expect(await textsOf(months, { locale: 'zh-CN' })).toEqual(expect.arrayContaining(['2023年1月', '2024年7月']))
    const text = points((i) => new Date(Date.UTC(2023, i, 1)).toISOString().slice(0, 10))
    expect(await textsOf({ ...text, type: 'scatter' }, {})).toEqual(expect.arrayContaining(['Jan 2023', 'Jul 2024']))
  })
})

describe('unusual data', () => {
  it('of a million points is thinned out in a moment', async () => {
    const line = {
      type: 'line',
      data: {
        labels: Array.from({ length: 1e6 }, (_, i) => i),
        datasets: [{ data: Float64Array.from({ length: 1e6 }, (_, i) => (i === 777_777 ? 99 : Math.sin(i / 1e5))) }],
      },
    }
    // The one value that stands out is still there.
    expect(await textsOf(line, { density: 1 })).toEqual(expect.arrayContaining(['100', '80']))
    const points = {
      type: 'scatter',
      data: { datasets: [{ data: Array.from({ length: 1e6 }, (_, i) => ({ x: i % 1000, y: (i * 7919) % 997 })) }] },
    }
    expect((await chart(points as never, { density: 1 })).length).toBeGreaterThan(1000)
  }, 30_000)

  it('that is empty, or no number, is drawn without an error, and says so', async () => {
    for (const data of [[], [NaN, NaN], [null, undefined], [Infinity, 1]])
      expect(
        (await chart({ type: 'bar', data: { labels: ['a', 'b'], datasets: [{ data }] } } as never)).length,
      ).toBeGreaterThan(1000)
    expect(await textsOf({ type: 'bar', data: { labels: [], datasets: [] } }, {})).toContain('No data')
    expect(await textsOf({ type: 'bar', data: { labels: ['无'], datasets: [{ data: [] }] } }, {})).toContain('没有数据')
  })

  it('of many small slices has one for them all', async () => {
    const data = Array.from({ length: 30 }, (_, i) => (i < 5 ? 100 : 2))
    const pie = { type: 'pie', data: { labels: data.map((_, i) => `n${i}`), datasets: [{ data }] } }
    const texts = await textsOf(pie, {})
    expect(texts).toEqual(expect.arrayContaining(['n0', 'n4', 'Other', '18%', '9%']))
    expect(texts).not.toContain('n5')
  })
})

it('what is no option is refused with what there is', async () => {
  const draw = (options: object): Promise<Buffer> => chart(bars as never, options)
  await expect(draw({ format: 'jpg' })).rejects.toThrow(
    `chart: expected 'png', 'svg', 'pdf', 'html' for format, received "jpg"`,
  )
  await expect(draw({ theme: 'blue' })).rejects.toThrow(`chart: expected 'light' or 'dark' for theme, received "blue"`)
  await expect(draw({ locale: 'x' })).rejects.toThrow("chart: expected a language tag such as 'de-DE' for locale")
  await expect(chart({ series: 3 } as never)).rejects.toThrow(
    'a configuration of Chart.js (type and data) or of ECharts',
  )
})
