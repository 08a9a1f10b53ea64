// The phrasebook's snippets are real programs: they type-check, run in plain Node, and make the requested result.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import type { FileInfo } from '../../sandbox/protocol.ts'
import { snippetOf } from '../../src/phrasebook/code/snippet.ts'
import { picture, scene, shop, understood, wide, long } from './scene.ts'
import { ran, typeErrors, snippetFolder } from './snippet-folder.ts'

const files: Readonly<Record<string, FileInfo>> = {
  'portrait.png': { ...picture, width: 120, height: 80, bytes: 2000 },
  'b.jpg': { ...picture, format: 'jpeg', mime: 'image/jpeg', width: 60, height: 60 },
  'c.png': { ...picture, width: 90, height: 50, channels: 4, hasAlpha: true },
  'turned.jpg': { ...picture, format: 'jpeg', mime: 'image/jpeg', width: 80, height: 120, orientation: 6 },
  'anim.gif': { ...picture, format: 'gif', mime: 'image/gif', width: 48, height: 32, frames: 6 },
  'gdp.csv': { ...wide, rows: 14, columns: wide.columns!.slice(0, 5) },
  'world.csv': { ...long, rows: 9 },
  'shop.csv': shop,
}

const REQUESTS: Readonly<Record<string, readonly [string, string]>> = {
  stack: ['portrait.png', 'make this grayscale and stack it'],
  chinese: ['portrait.png', '把这张图转成灰度,和原图上下拼接,左上角加文字说明'],
  grid: [
    'portrait.png',
    'Original, Sobel, Otsu, rotated 45 degrees, contrast stretch, Gaussian blur, as a labelled 3x2 grid',
  ],
  spin: [
    'portrait.png',
    'a GIF that turns the picture a full circle in 30 frames of 12 degrees while cycling colour channels, loops forever',
  ],
  cycle: ['portrait.png', 'cycle the colour channels as a gif'],
  race: ['gdp.csv', '帮我画出随着时间变化,GDP最高的10个地区的动态变化图,从2003年开始,把年份放大放到标题中'],
  later: ['gdp.csv', 'bar race from 2004, top 3'],
  longRace: ['world.csv', 'bar chart race of population by country from 2001'],
  gray: ['portrait.png', '灰度，转成jpg'],
  everything: [
    'portrait.png',
    'blur, rotate 30 degrees, crop 60x40, invert, sepia, flip, resize 50%, sharpen, grayscale, contrast stretch, increase contrast',
  ],
  odd: [
    'c.png',
    'crop to 16:9, then sobel, blur, more saturated, brighten, hue 30, tint red, threshold 90, flip vertically, convert to jpg',
  ],
  square: ['turned.jpg', 'crop to a square and make it half the size'],
  corner: ['turned.jpg', 'crop 50x30 from the bottom right, then label it "A \'quoted\' `text` ${x}"'],
  upright: ['turned.jpg', 'otsu'],
  small: ['portrait.png', 'convert to jpg under 2 KB'],
  frames: ['anim.gif', 'blur and rotate 90 degrees and make it half the size'],
  sobelFrames: ['anim.gif', 'sobel'],
  webp: ['anim.gif', 'convert to webp'],
  shrink: ['anim.gif', 'half the size and half the frames'],
  shrinkBytes: ['anim.gif', 'compress the gif under 3 KB'],
  many: ['portrait.png b.jpg c.png', 'crop to a square and save as webp'],
  row: ['portrait.png b.jpg', 'put them side by side with labels'],
  slides: ['portrait.png b.jpg c.png', 'sepia slideshow with 2 seconds per picture'],
  histogram: ['portrait.png', 'grayscale and its histogram'],
  info: ['portrait.png', 'info'],
  summary: ['world.csv', 'summarize'],
  bars: ['gdp.csv', 'bar chart, top 5'],
  lines: ['gdp.csv', 'line chart'],
  pie: ['gdp.csv', '饼图'],
  scatter: ['world.csv', 'scatter plot of area and population'],
  groups: ['shop.csv', 'bar chart of qty and price by item'],
  share: ['shop.csv', '各门店销量占比的柱状图'],
  restOfPie: ['shop.csv', 'pie chart of qty by item'],
  months: ['shop.csv', 'average price per month'],
  daily: ['shop.csv', 'bar chart of qty over time'],
  split: ['shop.csv', 'monthly qty for each store'],
  splitBars: ['shop.csv', 'bar chart of qty by store and item'],
  counted: ['shop.csv', 'number of rows per store as a bar chart'],
  inYear: ['shop.csv', 'total qty by store in 2023 as csv'],
  topItems: ['shop.csv', '列出销量最高的3个商品,保存成csv'],
  twoGroups: ['shop.csv', 'average price by store and month as csv'],
  whole: ['shop.csv', 'total qty'],
  firstRows: ['shop.csv', 'show the first 2 rows as csv'],
  topWide: ['gdp.csv', 'top 3 in 2005 as csv'],
  yearTable: ['gdp.csv', 'average per year, save it as csv'],
  yearBars: ['gdp.csv', 'bar chart of the total by year'],
  bins: ['shop.csv', 'histogram of price'],
  texts: ['shop.csv', '门店的分布'],
  alongNumbers: ['shop.csv', 'qty by price'],
  alongBars: ['shop.csv', 'bar chart of price by qty'],
  alongTwo: ['shop.csv', 'line chart of qty by price and store'],
  alongTable: ['shop.csv', 'average qty by price'],
  cheapest: ['shop.csv', 'the 3 cheapest'],
  leastGroups: ['shop.csv', '价格最低的3个商品'],
  leastLines: ['gdp.csv', 'GDP最低的3个地区的折线图'],
  changed: ['world.csv', 'bar chart of population and area by country, then blur and make it grayscale'],
}

let folder = ''
let printed = ''
const outputs: Record<string, readonly string[]> = {}

function codeOf([names, text]: readonly [string, string]): { code: string; outputs: readonly string[] } {
  const request = understood(text, scene(Object.fromEntries(names.split(' ').map((name) => [name, files[name]!]))))
  const made = request.jobs.flatMap((job) =>
    'files' in job ? job.files.map(({ output }) => output) : ('output' in job && job.output) || [],
  )
  return { code: snippetOf(request.jobs), outputs: made }
}

beforeAll(async () => {
  folder = await snippetFolder()
  for (const [name, request] of Object.entries(REQUESTS)) {
    const { code, outputs: made } = codeOf(request)
    // Outputs of different requests may share a name; each gets its own.
    outputs[name] = made.map((output) => `${name}-${output}`)
    const own = made.reduce((text, output) => text.replaceAll(`'${output}'`, `'${name}-${output}'`), code)
    await writeFile(join(folder, `${name}.ts`), own)
  }
  printed = await ran(
    folder,
    Object.keys(REQUESTS).map((name) => `${name}.ts`),
  )
}, 120_000)

async function facts(name: string, at = 0) {
  return sharp(join(folder, outputs[name]![at]!)).metadata()
}

describe('the snippets of the phrasebook', () => {
  it('type-check against the real packages, strictly', async () => {
    expect(
      await typeErrors(
        folder,
        Object.keys(REQUESTS).map((name) => `${name}.ts`),
      ),
    ).toBe('')
  }, 60_000)

  it('stack the gray picture under the original at the same width', async () => {
    expect(await facts('stack')).toMatchObject({ width: 120, height: 160, format: 'png' })
    const means = async (top: number) => {
      const part = await sharp(join(folder, outputs.stack![0]!))
        .extract({ left: 0, top, width: 120, height: 30 })
        .png()
        .toBuffer()
      const { channels } = await sharp(part).stats()
      return new Set(channels.slice(0, 3).map(({ mean }) => Math.round(mean))).size
    }
    expect([await means(50), await means(130)]).toEqual([3, 1])
  })

  it('turn the picture a full circle in 30 frames that loop', async () => {
    expect(await facts('spin')).toMatchObject({ width: 120, height: 80, pages: 30, loop: 0, format: 'gif' })
    expect(await facts('cycle')).toMatchObject({ pages: 3 })
  })

  it('draw one frame a year', async () => {
    expect(await facts('race')).toMatchObject({ pages: 4, width: 1000, height: 600, loop: 0 })
    expect(await facts('later')).toMatchObject({ pages: 3 })
    expect(await facts('longRace')).toMatchObject({ pages: 2 })
  })

  it('turn photographs upright before anything else', async () => {
    expect(await facts('upright')).toMatchObject({ width: 120, height: 80 })
    expect(await facts('square')).toMatchObject({ width: 40, height: 40 })
    expect(await facts('corner')).toMatchObject({ width: 50, height: 30 })
  })

  it('keep every frame of an animation, and leave out as many as asked', async () => {
    expect(await facts('frames')).toMatchObject({ pages: 6, width: 16, height: 24, format: 'gif' })
    expect(await facts('sobelFrames')).toMatchObject({ pages: 6, width: 48 })
    expect(await facts('webp')).toMatchObject({ pages: 6, format: 'webp' })
    expect(await facts('shrink')).toMatchObject({ pages: 3, width: 24, height: 16 })
  })

  it('keep below a number of bytes', async () => {
    expect((await readFile(join(folder, outputs.small![0]!))).length).toBeLessThanOrEqual(2000)
    expect((await readFile(join(folder, outputs.shrinkBytes![0]!))).length).toBeLessThanOrEqual(3000)
  })

  it('make one file for each of several pictures', async () => {
    expect(await facts('many', 0)).toMatchObject({ width: 80, height: 80, format: 'webp' })
    expect(await facts('many', 1)).toMatchObject({ width: 60, height: 60 })
    expect(await facts('many', 2)).toMatchObject({ width: 50, height: 50 })
    expect(await facts('slides')).toMatchObject({ pages: 3, delay: [2000, 2000, 2000] })
  })

  it('print facts as Markdown', () => {
    expect(printed).toContain('- png, 120 x 80 px, 3 channels, srgb, uchar')
    expect(printed).toContain('9 rows, 4 columns')
    expect(printed).toContain('| population | number | 9 | 0 |')
  })

  it('draw charts of the usual size', async () => {
    for (const name of [
      'alongNumbers',
      'alongBars',
      'alongTwo',
      'leastGroups',
      'leastLines',
      'bars',
      'lines',
      'pie',
      'scatter',
      'changed',
      'splitBars',
      'yearBars',
      'bins',
      'texts',
    ])
      expect(await facts(name)).toMatchObject({ width: 2000, height: 1200, format: 'png' })
  })

  it('add up, average and count the rows of a group, and say so with what they leave out', async () => {
    for (const line of [
      'The rows were grouped by item: sum of qty, average of price.',
      'Left out: 30 of 50 bars, the smallest: item 29, item 28, item 27, item 26, item 25, item 24, item 23, item 22 …',
      'The 10 largest have slices of their own; the other 40 are one, Others.',
      'The rows were grouped by month of date: average of price.',
      'The rows were grouped by month of date and store: sum of qty.',
      'Left out: 40 of 50 values of item, the smallest: item 39, item 38, item 37, item 36, item 35, item 34, item 33, item 32 …',
      'The rows were grouped by store: number of rows.',
      '按"store"分组：qty 的总和。',
      'Each year is the sum of all rows.',
      'price: 99 values from 0.1 to 9.1, in ranges of 1.',
      '| store | total qty |\n| --- | ---: |\n| store 0 | 930 |\n| store 1 | 900 |',
      'Total qty: 4,950',
    ])
      expect(printed).toContain(line)
    expect(printed).toMatch(/Left out: 60 of 100 bars, the earliest: 2023-11-01, .* …/)
  })

  it('write tables that spreadsheets open', async () => {
    const csv = async (name: string) => (await readFile(join(folder, outputs[name]![0]!), 'utf8')).split('\r\n')
    expect(await csv('inYear')).toEqual(['\ufeffstore,total qty', 'store 0,930', 'store 1,900'])
    expect(await csv('topItems')).toEqual(['\ufeffitem,qty 总和', 'item 49,148', 'item 48,146', 'item 47,144'])
    expect((await csv('twoGroups')).slice(0, 2)).toEqual(['\ufeffmonth,store,average price', '2023-11,store 0,4.1'])
    expect((await csv('firstRows'))[2]).toBe('2023-11-02,store 1,item 1,1.1,1')
    expect(await csv('topWide')).toEqual(['\ufeff地区,2005年', '地区13,141', '地区12,132', '地区11,123'])
    expect((await csv('yearTable')).slice(0, 2)).toEqual(['\ufeffyear,average value', '2003年,82.9285714286'])
  })

  it('cannot be broken by the name of a file', async () => {
    const hostile = 'a"b\'`${process.exit()}`\n图.png'
    const request = understood('make this grayscale and stack it', scene({ [hostile]: picture }))
    const code = snippetOf(request.jobs)
    expect(code).toContain(`sharp(${JSON.stringify(hostile)}).autoOrient()`)
    expect(code).toContain(
      ".toFile('a-b-{process.exit()}-图-gray-stack.png')".replace(
        /^\.toFile\('(.*)'\)$/,
        (_, name) => `.toFile(${JSON.stringify(name)})`,
      ),
    )
  })
})
