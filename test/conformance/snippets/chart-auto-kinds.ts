// chart.js/auto draws every kind of chart on a canvas
import { Chart, type ChartType } from 'chart.js/auto'
import { createCanvas } from '@napi-rs/canvas'
import { writeFileSync } from 'node:fs'

const kinds: ChartType[] = ['bar', 'line', 'pie', 'doughnut', 'polarArea', 'radar']
for (const type of kinds) {
  const canvas = createCanvas(400, 300)
  const chart = new Chart(canvas as unknown as HTMLCanvasElement, {
    type,
    data: { labels: ['一月', 'Feb', 'März'], datasets: [{ label: 'sold', data: [3, 7, 4], backgroundColor: ['#4e79a7', '#f28e2b', '#e15759'] }] },
    options: { responsive: false, animation: false, devicePixelRatio: 1 },
  })
  writeFileSync(`${type}.png`, canvas.toBuffer('image/png'))
  chart.destroy()
}
