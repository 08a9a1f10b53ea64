// The four sample tasks by the phrasebook, in English and Chinese, judged by the resulting pixels.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { easel } from './main.ts'
import { eventsOfType, newFolder, onlyEvent, portrait, type Ended } from './program.ts'

const SIDE = 640

async function asked(request: string, file: string, expected: { frames?: number } = {}): Promise<string> {
  const out = newFolder()
  const ended = await easel(['ask', request, file, '--json', '-o', out])
  expect(ended).toMatchObject({ code: 0, stderr: '' })
  return madeFile(ended, expected)
}

function madeFile(ended: Ended, expected: { frames?: number }): string {
  const file = onlyEvent(ended, 'file')
  expect(file).toMatchObject(expected)
  return file.path ?? ''
}

interface Raw {
  readonly data: Buffer
  readonly width: number
}

async function pixels(
  source: string | Buffer,
  left: number,
  top: number,
  width: number,
  height: number,
  page = 0,
): Promise<Raw> {
  const picture = sharp(source, { page }).removeAlpha().toColourspace('srgb')
  return { data: await picture.extract({ left, top, width, height }).raw().toBuffer(), width }
}

function grayness({ data }: Raw): number {
  let most = 0
  for (let at = 0; at < data.length; at += 3) {
    const [r = 0, g = 0, b = 0] = data.subarray(at, at + 3)
    most = Math.max(most, Math.abs(r - g), Math.abs(g - b))
  }
  return most
}

/** Mean difference of two pictures of the same size, 0-255. */
function difference(one: Raw, other: Raw): number {
  let sum = 0
  for (const [at, value] of one.data.entries()) sum += Math.abs(value - (other.data[at] ?? 0))
  return sum / one.data.length
}

describe('by easel ask and the phrasebook', () => {
  it.for(['make this grayscale and stack it', '把这张图转成灰度,和原图上下拼接,左上角加文字说明'])(
    'the original stands above its gray self, labelled top left: %s',
    async (request) => {
      const path = await asked(request, portrait)
      expect(await sharp(path).metadata()).toMatchObject({ width: SIDE, height: 2 * SIDE })
      const original = await sharp(portrait).flatten().png().toBuffer()
      expect(grayness(await pixels(path, 0, SIDE, SIDE, SIDE))).toBe(0)
      expect(grayness(await pixels(path, 0, 0, SIDE, SIDE))).toBeGreaterThan(40)
      const below = [200, 300, 400, 300] as const
      expect(difference(await pixels(path, ...below), await pixels(original, ...below))).toBe(0)
      const gray = await sharp(original).grayscale().png().toBuffer()
      for (const [top, source] of [
        [0, original],
        [SIDE, gray],
      ] as const) {
        const corner = await pixels(path, 0, top, SIDE / 4, SIDE / 10)
        expect(difference(corner, await pixels(source, 0, 0, SIDE / 4, SIDE / 10))).toBeGreaterThan(10)
      }
    },
  )

  it.for([
    'Original, Sobel, Otsu, rotated 45 degrees, contrast stretch, Gaussian blur, as a labelled 3x2 grid',
    '原图、Sobel 边缘、Otsu 阈值、旋转45度、对比度拉伸、高斯模糊,排成3x2网格,加文字标签',
  ])('six operations make a 3x2 grid: %s', async (request) => {
    const path = await asked(request, portrait)
    const { width, height } = await sharp(path).metadata()
    expect(width / height).toBeGreaterThan(1.35)
    expect(width / height).toBeLessThan(1.65)
    const cells = await Promise.all(
      [0, 1, 2, 3, 4, 5].map((n) => {
        const left = Math.round((width / 3) * ((n % 3) + 0.35))
        return pixels(
          path,
          left,
          Math.round((height / 2) * (Math.floor(n / 3) + 0.35)),
          Math.round(width / 10),
          Math.round(height / 7),
        )
      }),
    )
    for (const [n, cell] of cells.entries()) {
      for (const other of cells.slice(n + 1)) expect(difference(cell, other)).toBeGreaterThan(1)
    }
    expect([1, 2].map((n) => grayness(cells[n] as Raw))).toEqual([0, 0])
    expect(new Set(cells[2]?.data)).toEqual(new Set([0, 255]))
  })

  it.for([
    [
      'Make a GIF that turns the picture a full circle in 30 frames of 12 degrees while cycling colour channels',
      'compress it',
    ],
    ['做一个GIF,把图片旋转一整圈,共30帧,每帧12度,同时循环颜色通道', '压缩一下'],
  ])(
    'a GIF turns full circle for ever, then half as large with half the frames: %s',
    async ([first = '', then = '']) => {
      const small = join(newFolder(), 'small.png')
      await sharp(portrait).resize(160, 120, { fit: 'fill' }).png().toFile(small)
      const ended = await easel(['chat', small, '--json', '-o', newFolder()], { input: `${first}\n${then}\n` })
      expect(ended).toMatchObject({ code: 0, stderr: '' })
      const [large, half] = eventsOfType(ended, 'file')
      expect(eventsOfType(ended, 'progress').map(({ label }) => label)).toContain('GIF frames')
      expect(large).toMatchObject({ mime: 'image/gif', width: 160, height: 120, frames: 30 })
      expect(half).toMatchObject({ mime: 'image/gif', width: 80, height: 60, frames: 15 })
      expect((half?.bytes ?? 0) / (large?.bytes ?? 0)).toBeLessThan(0.4)
      const delays = await Promise.all(
        [large, half].map(async (file) => {
          const { loop, delay = [], pages = 0 } = await sharp(file?.path, { pages: -1 }).metadata()
          expect(loop).toBe(0)
          expect(delay).toHaveLength(pages)
          return delay.reduce((sum, ms) => sum + ms, 0)
        }),
      )
      expect(Math.abs((delays[0] ?? 0) - (delays[1] ?? 1))).toBeLessThanOrEqual(50)
      // Halfway round: frame 15 of 30 is upside down, as frame 7 or 8 of 15 nearly is.
      const upside = await sharp(await sharp(large?.path, { page: 15 }).png().toBuffer())
        .rotate(180)
        .removeAlpha()
        .png()
        .toBuffer()
      const middle = [60, 40, 40, 40] as const
      expect(difference(await pixels(upside, ...middle), await pixels(large?.path ?? '', ...middle))).toBeLessThan(25)
      expect(
        difference(await pixels(large?.path ?? '', ...middle, 10), await pixels(large?.path ?? '', ...middle)),
      ).toBeGreaterThan(5)
    },
  )

  it.for([
    ['an animated top 4 bar chart of sales by region by year', 'year,region,sales'],
    ['帮我画出随着时间变化,销售额最高的4个地区的动态变化图,从2011年开始,把年份放大放到标题中', '年份,地区,销售额'],
  ])('a race of bars has a frame a year: %s', async ([request = '', columns = '']) => {
    const path = await asked(request, races(columns), { frames: 5 })
    const { loop, pages = 0, delay = [] } = await sharp(path, { pages: -1 }).metadata()
    expect({ loop, pages }).toEqual({ loop: 0, pages: 5 })
    expect(Math.min(...delay)).toBeGreaterThanOrEqual(300)
    const { width, pageHeight = 0 } = await sharp(path, { pages: -1 }).metadata()
    const whole = [0, 0, width, pageHeight] as const
    expect(difference(await pixels(path, ...whole, 0), await pixels(path, ...whole, 4))).toBeGreaterThan(1)
  })
})

function races(columns: string): string {
  const file = join(newFolder(), '销售.csv')
  const rows = ['北京', '上海', 'Lyon', '广州', '成都'].flatMap((region, r) =>
    [2011, 2012, 2013, 2014, 2015].map((year, y) => `${year},${region},${100 + ((r * 37 + y * 53) % 90) + r * y}`),
  )
  writeFileSync(file, `${columns}\n${rows.join('\n')}\n`)
  return file
}
