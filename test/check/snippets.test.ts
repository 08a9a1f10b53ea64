// Snippets as models write them pass the check as they are.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createChecker, type Checker } from '../../src/check/checker.ts'

let checker: Checker
beforeAll(() => {
  checker = createChecker()
})
afterAll(() => checker.close())

test.each([
  [
    'sharp: composite, raw pixels and a histogram',
    `import sharp from 'sharp'
import type { OverlayOptions } from 'sharp'
const { width, height } = await sharp('portrait.png').metadata()
const gray = await sharp('portrait.png').grayscale().png().toBuffer()
const label = (text: string) => Buffer.from(\`<svg width="\${width}" height="40"><text x="8" y="28">\${text}</text></svg>\`)
const layers: OverlayOptions[] = [{ input: 'portrait.png', top: 0, left: 0 }, { input: gray, top: height, left: 0 }]
layers.push({ input: label('original'), top: 0, left: 0 })
await sharp({ create: { width, height: height * 2, channels: 3, background: '#fff' } }).composite(layers).png().toFile('stacked.png')
const { data, info } = await sharp(gray).raw().toBuffer({ resolveWithObject: true })
const histogram = new Array(256).fill(0)
for (let i = 0; i < data.length; i += info.channels) histogram[data[i]]++
const total = histogram.reduce((a, b) => a + b, 0)
const out = Buffer.alloc(info.width * info.height)
for (let i = 0; i < out.length; i++) out[i] = data[i * info.channels] > total / 2 / 256 ? 255 : 0
await sharp(out, { raw: { width: info.width, height: info.height, channels: 1 } }).toFile('threshold.png')
const edges = await sharp('portrait.png').convolve({ width: 3, height: 3, kernel: [-1, 0, 1, -2, 0, 2, -1, 0, 1] }).toBuffer()
edges.length`,
  ],
  [
    'chartjs-node-canvas: a bar chart of a table',
    `import { ChartJSNodeCanvas } from 'chartjs-node-canvas'
import type { ChartConfiguration } from 'chart.js'
import { readFile, writeFile } from 'node:fs/promises'
import Papa from 'papaparse'
const { data: rows, meta } = Papa.parse(await readFile('gdp.csv', 'utf8'), { header: true, dynamicTyping: true, skipEmptyLines: true })
const years = meta.fields.filter((name) => /^\\d{4}$/.test(name))
const top = rows.map((row) => ({ name: row['地区'], value: Number(row[years.at(-1)]) })).sort((a, b) => b.value - a.value).slice(0, 10)
const config: ChartConfiguration = {
  type: 'bar',
  data: { labels: top.map((r) => r.name), datasets: [{ label: 'GDP', data: top.map((r) => r.value), backgroundColor: 'steelblue' }] },
  options: { indexAxis: 'y', responsive: false, plugins: { title: { display: true, text: years.at(-1), font: { size: 32 } } }, scales: { x: { beginAtZero: true, ticks: { callback: (v) => \`\${Number(v) / 1e4} 万亿\` } } } },
  plugins: [{ id: 'paper', beforeDraw: (chart) => { chart.ctx.save(); chart.ctx.fillStyle = 'white'; chart.ctx.fillRect(0, 0, chart.width, chart.height); chart.ctx.restore() } }],
}
const canvas = new ChartJSNodeCanvas({ width: 1000, height: 600, backgroundColour: 'white', chartCallback: (Chart) => { Chart.defaults.font.size = 14 } })
await writeFile('gdp.png', await canvas.renderToBuffer(config))`,
  ],
  [
    'gifenc: a turning picture',
    `import sharp from 'sharp'
import { GIFEncoder, quantize, applyPalette } from 'gifenc'
import gifenc from 'gifenc'
import fs from 'fs'
const gif = GIFEncoder()
for (let i = 0; i < 30; i++) {
  const { data, info } = await sharp('a.png').rotate(i * 12, { background: '#000' }).resize(256, 256, { fit: 'cover' }).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  const palette = quantize(data, 256, { format: 'rgb444' })
  gif.writeFrame(applyPalette(data, palette, 'rgb444'), info.width, info.height, { palette, delay: 50, repeat: 0 })
}
gif.finish()
fs.writeFileSync('turn.gif', gif.bytes())
console.log(gifenc.quantize === quantize, fs.statSync('turn.gif').size)`,
  ],
  [
    'papaparse in both forms, files in every form',
    `import Papa, { parse, unparse } from 'papaparse'
import * as papa from 'papaparse'
import { readFileSync, writeFileSync, readdirSync, existsSync } from 'node:fs'
import { readdir, mkdir } from 'fs/promises'
import path from 'node:path'
import { inspect } from 'util'
const text = readFileSync('a.csv', 'utf-8')
interface Row { name: string; value: number }
const typed = parse<Row>(text, { header: true }).data
const groups = Papa.parse(text, { header: true }).data.reduce((acc, row) => { (acc[row.kind] ||= []).push(row); return acc }, {})
for (const [kind, rows] of Object.entries<any[]>(groups)) console.log(kind, rows.length)
if (!existsSync('out')) await mkdir('out', { recursive: true })
writeFileSync(path.join('out', 'b.csv'), unparse(typed.filter((row) => row.value > 1).map(({ name }) => ({ name }))))
console.log(inspect(papa.parse(text).errors, { depth: 3 }), (await readdir('.')).filter((n) => path.extname(n) === '.csv'), readdirSync('out'))`,
  ],
  [
    'canvas and chart.js with the casts that browsers need',
    `import { createCanvas, loadImage, ImageData } from '@napi-rs/canvas'
import { createCanvas as other } from 'canvas'
import { Chart } from 'chart.js/auto'
import { writeFile } from 'node:fs/promises'
const canvas = createCanvas(400, 300)
const ctx = canvas.getContext('2d')
ctx.drawImage(await loadImage('a.png'), 0, 0)
ctx.font = 'bold 20px sans-serif'; ctx.fillStyle = 'rgba(0, 0, 0, 0.5)'; ctx.textAlign = 'center'
ctx.fillText('文字', 200, 150, ctx.measureText('文字').width)
const pixels = ctx.getImageData(0, 0, 400, 300)
for (let i = 0; i < pixels.data.length; i += 4) pixels.data[i] = 255 - pixels.data[i]
ctx.putImageData(pixels, 0, 0); ctx.putImageData(new ImageData(new Uint8ClampedArray(16), 2, 2), 0, 0)
new Chart(canvas as unknown as HTMLCanvasElement, { type: 'line', data: { labels: ['a'], datasets: [{ data: [1], borderColor: 'red' }] }, options: { animation: false } })
new Chart(ctx as unknown as CanvasRenderingContext2D, { type: 'scatter', data: { datasets: [{ data: [{ x: 1, y: 2 }] }] } })
await writeFile('c.png', canvas.toBuffer('image/png')); await writeFile('d.jpg', await canvas.encode('jpeg', 90)); other(1, 1).toBuffer()`,
  ],
])('%s', async (_what, code) => {
  expect(await checker.check(code)).toEqual({ ok: true })
})
