// The whole path of someone without Easel: unzip, `npm install`, `npm start`, with every package that a snippet can
// import.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openScene, runIn, sha256, unpacked } from './scene.ts'

const EVERYTHING = `import sharp from 'sharp'
import { ChartJSNodeCanvas } from 'chartjs-node-canvas'
import { Chart } from 'chart.js/auto'
import { createCanvas } from 'canvas'
import { createCanvas as skia } from '@napi-rs/canvas'
import { GIFEncoder, quantize, applyPalette } from 'gifenc'
import { unparse } from 'papaparse'
import { from, op } from 'arquero'
import { mean, shuffle } from 'd3-array'
import { format } from 'date-fns'
import { zhCN } from 'date-fns/locale'
import dayjs from 'dayjs'
import utc from 'dayjs/plugin/utc'
import 'dayjs/locale/zh-cn'
import { SLR } from 'ml-regression'
import { median } from 'simple-statistics'
import { writeFile } from 'node:fs/promises'
import path from 'path'
import { animate, chart, label } from 'easel'

const data = { labels: ['一月', 'Feb'], datasets: [{ label: '销售', data: [3, Math.random()] }] }
const node = new ChartJSNodeCanvas({ width: 300, height: 200, backgroundColour: 'white' })
await writeFile('chart.png', await node.renderToBuffer({ type: 'bar', data }))
const canvas = createCanvas(60, 40)
canvas.getContext('2d').fillText('été', 5, 20)
await writeFile(path.join('/mnt/data', 'canvas.png'), canvas.toBuffer('image/png'))
const own = skia(64, 48)
new Chart(own.getContext('2d') as any, { type: 'line', data, options: { animation: false, responsive: false } })
await writeFile('skia.png', await own.encode('png'))
const gif = GIFEncoder()
const pixels = new Uint8Array(await sharp('portrait.png').resize(32, 32).ensureAlpha().raw().toBuffer())
const palette = quantize(pixels, 16)
gif.writeFrame(applyPalette(pixels, palette), 32, 32, { palette })
gif.finish()
await writeFile('still.gif', gif.bytes())
dayjs.extend(utc)
const sums = from([{ k: 'a', v: 1 }, { k: 'a', v: Math.random() }, { k: 'b', v: 3 }]).groupby('k').rollup({ sum: (d) => op.sum(d.v) })
const drawn = [shuffle([1, 2, 3, 4, 5]), sums.sample(1).array('k'), sums.derive({ r: () => op.random() }).array('r')]
const dates = [dayjs.utc(0).locale('zh-cn').format('MMMM'), format(0, 'PPPP', { locale: zhCN }), Date.now()]
await writeFile('sums.json', JSON.stringify([sums.objects(), drawn, dates, mean([1, 2]), median([1, 5, 9]), new SLR([1, 2, 3], [2, 4, 7]).toString(4)]))
await writeFile('table.csv', unparse([{ a: Date.now(), b: 'x,y' }]))
await writeFile('moving.gif', await animate([0, 1].map((n) => sharp('portrait.png').resize(40).rotate(n * 90)), { delay: 100 }))
await (await label('portrait.png', '文字')).resize(100).toFile('label.png')
await writeFile('helper.png', await chart({ type: 'bar', data }))`

it('after npm install and npm start the same files are there, with nothing of Easel installed', async () => {
  const { scene, close } = await openScene()
  try {
    await scene.upload('portrait.png', readFileSync(new URL('../../examples/portrait.png', import.meta.url)))
    await scene.ask('make this grayscale and stack it', 'portrait.png')
    expect(await scene.run(EVERYTHING)).toMatchObject({ status: 'ok' })
    const { zip } = await scene.export()
    const project = unpacked(zip, false)
    const installed = await runIn(project, 'npm', ['install', '--no-audit', '--no-fund'])
    expect(installed).toMatchObject({ code: 0 })
    expect(existsSync(join(project, 'node_modules/easel'))).toBe(false)
    expect(await runIn(project, 'npm', ['start', '--silent'])).toMatchObject({ code: 0, stderr: '' })
    for (const [name, hash] of Object.entries(scene.files()))
      expect([name, sha256(join(project, 'work', name))]).toEqual([name, hash])
    const { dependencies } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>
    }
    for (const version of Object.values(dependencies)) expect(version).toMatch(/^(?:\d+\.\d+\.\d+|file:easel\/canvas)$/)
  } finally {
    await close()
  }
}, 300_000)
