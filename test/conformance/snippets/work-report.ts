// A whole job: read a table, draw a chart, put it beside a picture, write a report
import sharp from 'sharp'
import Papa from 'papaparse'
import { ChartJSNodeCanvas } from 'chartjs-node-canvas'
import { readFile, writeFile, mkdir } from 'node:fs/promises'
import path from 'node:path'

interface Row { 地区: string; [year: string]: string | number | null }
const { data, meta } = Papa.parse<Row>((await readFile('regions.csv', 'utf8')).replace(/^\ufeff/, ''), { header: true, dynamicTyping: true, skipEmptyLines: true })
const years = meta.fields.slice(1)
const totals = years.map((year) => data.reduce((sum, row) => sum + (Number(row[year]) || 0), 0))
const chart = new ChartJSNodeCanvas({ width: 420, height: 260, backgroundColour: 'white' })
const png = await chart.renderToBuffer({ type: 'line', data: { labels: years, datasets: data.map((row) => ({ label: row.地区, data: years.map((year) => Number(row[year])) })) } })
const photo = await sharp('photo.png').resize({ height: 260 }).toBuffer()
const { width } = await sharp(photo).metadata()
await mkdir('report', { recursive: true })
await sharp({ create: { width: width + 420, height: 260, channels: 3, background: 'white' } }).composite([{ input: photo, left: 0, top: 0 }, { input: png, left: width, top: 0 }]).jpeg({ quality: 90 }).toFile(path.join('report', 'overview.jpg'))
await writeFile('report/totals.json', JSON.stringify(Object.fromEntries(years.map((year, i) => [year, totals[i]])), null, 2))
console.table(data)
console.log(totals)
