// Sales a year for each region, as lines: easel run examples/trend.ts examples/sales.csv
import { readTable } from 'easel'
import { writeFile } from 'node:fs/promises'
import { ChartJSNodeCanvas } from 'chartjs-node-canvas'

const { rows } = await readTable('sales.csv')
const years = [...new Set(rows.map((row) => Number(row['year'])))].toSorted((a, b) => a - b)
const regions = [...new Set(rows.map((row) => String(row['region'])))]
const total = (region: string, year: number): number =>
  rows
    .filter((row) => row['region'] === region && row['year'] === year)
    .reduce((sum, row) => sum + Number(row['sales']), 0)

const canvas = new ChartJSNodeCanvas({ width: 900, height: 540, backgroundColour: 'white' })
const png = await canvas.renderToBuffer({
  type: 'line',
  data: { labels: years, datasets: regions.map((label) => ({ label, data: years.map((year) => total(label, year)) })) },
  options: { plugins: { title: { display: true, text: 'Sales by region 各地区销售额', font: { size: 22 } } } },
})
await writeFile('trend.png', png)
console.log(regions.map((region) => ({ region, last: total(region, years.at(-1) ?? 0) })))
