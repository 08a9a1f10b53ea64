// The four sample tasks, from an empty page to a downloaded file, judged by its pixels.
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, it } from 'vitest'
import { zh } from '../../src/web/i18n/zh.ts'
import { portrait, product } from '../cli/program.ts'
import { inBrowser } from './chromium.ts'
import { ask, bring, download, downloadsIn } from './user.ts'
import { openScene } from './scene.ts'

const SIDE = 640

inBrowser('a person with a file and a sentence', () => {
  const scene = openScene()

  it('has a picture stacked on its gray self', async () => {
    const page = await scene.open()
    await bring(page, portrait)
    const turn = await ask(page, 'make this grayscale and stack it')
    const { path } = await download(page, downloadsIn(turn).last())
    expect(await sharp(path).metadata()).toMatchObject({ format: 'png', width: SIDE, height: 2 * SIDE })
    expect(await grayness(path, { left: 0, top: SIDE, width: SIDE, height: SIDE })).toBe(0)
    expect(await grayness(path, { left: 0, top: 0, width: SIDE, height: SIDE })).toBeGreaterThan(40)
  })

  it('has six operations in a grid, asked for in Chinese', async () => {
    const page = await scene.open({ language: 'zh-CN' })
    await bring(page, portrait)
    const request = '原图、Sobel 边缘、Otsu 阈值、旋转45度、对比度拉伸、高斯模糊,排成3x2网格,加文字标签'
    const turn = await ask(page, request, zh)
    const { path } = await download(page, downloadsIn(turn).last())
    const { width, height } = await sharp(path).metadata()
    expect(width / height).toBeGreaterThan(1.35)
    expect(width / height).toBeLessThan(1.65)
    const cells = [0, 1, 2, 3, 4, 5].map((n) => ({
      left: Math.round((width / 3) * ((n % 3) + 0.35)),
      top: Math.round((height / 2) * (Math.floor(n / 3) + 0.35)),
      width: Math.round(width / 10),
      height: Math.round(height / 7),
    }))
    const grays = await Promise.all(cells.map((cell) => grayness(path, cell)))
    expect(grays.map((gray) => gray === 0)).toEqual([false, true, true, false, false, false])
    expect(new Set(await bytesOf(path, cells[2]!))).toEqual(new Set([0, 255]))
  })

  it('has a GIF that turns in 30 frames, shown moving', async () => {
    const page = await scene.open()
    const small = await sharp(portrait).resize(160, 120, { fit: 'fill' }).png().toBuffer()
    await bring(page, { name: 'small.png', mimeType: 'image/png', buffer: small })
    const request =
      'Make a GIF that turns the picture a full circle in 30 frames of 12 degrees while cycling colour channels'
    const turn = await ask(page, request)
    const shown = turn.getByRole('figure').getByRole('img')
    await expect
      .poll(() => shown.evaluate((img: HTMLImageElement) => [img.complete, img.naturalWidth]))
      .toEqual([true, 160])
    const { name, path } = await download(page, downloadsIn(turn).last())
    expect(name).toMatch(/\.gif$/)
    const { format, width, pageHeight, pages, loop } = await sharp(path, { pages: -1 }).metadata()
    expect({ format, width, pageHeight, pages, loop }).toEqual({
      format: 'gif',
      width: 160,
      pageHeight: 120,
      pages: 30,
      loop: 0,
    })
    // Halfway round it is upside down.
    const middle = { left: 60, top: 40, width: 40, height: 40 }
    const upside = await sharp(await sharp(path, { page: 15 }).png().toBuffer())
      .rotate(180)
      .png()
      .toBuffer()
    expect(await difference(upside, path, middle)).toBeLessThan(25)
  })

  it('has a race of bars from a table', async () => {
    const page = await scene.open()
    await bring(page, join(product, 'examples/regions.csv'))
    const turn = await ask(page, 'an animated bar chart race of the top 4 regions by year')
    const { path } = await download(page, downloadsIn(turn).last())
    const { format, pages = 0, width, pageHeight = 0, delay = [] } = await sharp(path, { pages: -1 }).metadata()
    expect({ format, pages }).toEqual({ format: 'gif', pages: 15 })
    expect(Math.min(...delay)).toBeGreaterThanOrEqual(300)
    const last = await sharp(path, { page: pages - 1 })
      .png()
      .toBuffer()
    expect(await difference(path, last, { left: 0, top: 0, width, height: pageHeight })).toBeGreaterThan(1)
  })
})

interface Region {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

function bytesOf(source: string | Buffer, region: Region): Promise<Buffer> {
  return sharp(source).removeAlpha().toColourspace('srgb').extract(region).raw().toBuffer()
}

/** The largest difference between the channels of a pixel: 0 for gray. */
async function grayness(source: string | Buffer, region: Region): Promise<number> {
  const bytes = await bytesOf(source, region)
  let most = 0
  for (let at = 0; at < bytes.length; at += 3) {
    const [r = 0, g = 0, b = 0] = bytes.subarray(at, at + 3)
    most = Math.max(most, Math.abs(r - g), Math.abs(g - b))
  }
  return most
}

/** Mean difference of a region of two pictures, 0-255. */
async function difference(one: string | Buffer, other: string | Buffer, region: Region): Promise<number> {
  const [first, second] = await Promise.all([bytesOf(one, region), bytesOf(other, region)])
  return first.reduce((sum, value, at) => sum + Math.abs(value - (second[at] ?? 0)), 0) / first.length
}
