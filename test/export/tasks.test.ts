// The four tasks, exported: the project makes the same bytes on a machine without Easel, however often it is started.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openScene, sha256, start, unpacked, type Scene } from './scene.ts'

let scene: Scene
let close: () => Promise<void>
let project: string

const portrait = readFileSync(new URL('../../examples/portrait.png', import.meta.url))
const table = [
  '地区,2011年,2012年,2013年',
  '北京,10,12,11',
  '上海,9,14,20',
  '广州,8,8,9',
  '成都,7,9,12',
  'Lyon,3,20,1',
].join('\n')

beforeAll(async () => {
  ;({ scene, close } = await openScene())
  await scene.upload('portrait.png', portrait)
  await scene.ask('make this grayscale and stack it', 'portrait.png')
  await scene.ask('原图、Sobel 边缘、Otsu 阈值、旋转45度、对比度拉伸、高斯模糊,排成3x2网格,加文字标签', 'portrait.png')
  await scene.upload('small.png', await sharp(portrait).resize(120).png().toBuffer())
  await scene.ask(
    'Make a GIF that turns the picture a full circle in 30 frames of 12 degrees while cycling colour channels',
    'small.png',
  )
  await scene.ask('compress it')
  await scene.upload('地区.csv', table)
  await scene.ask('帮我画出随着时间变化,销售额最高的4个地区的动态变化图,从2011年开始,把年份放大放到标题中', '地区.csv')
  const { zip } = await scene.export()
  project = unpacked(zip)
})
afterAll(() => close())

describe('the project of the four tasks', () => {
  it('makes every file of the session again, to the last byte, and twice', async () => {
    for (const _ of ['once', 'again']) {
      const ran = await start(project)
      expect(ran).toMatchObject({ code: 0, stderr: '' })
      const files = scene.files()
      expect(
        Object.fromEntries(
          readdirSync(join(project, 'work')).map((name) => [name, sha256(join(project, 'work', name))]),
        ),
      ).toEqual(files)
      expect(ran.stdout).toMatch(/5 of 5 files are the same as in the session/)
    }
  })
})
