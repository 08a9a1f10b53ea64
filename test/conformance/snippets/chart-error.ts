// A chart of a kind that is not registered: the error of chart.js
import { Chart } from 'chart.js'
import { createCanvas } from '@napi-rs/canvas'

const canvas = createCanvas(100, 100)
new Chart(canvas as unknown as HTMLCanvasElement, { type: 'bar', data: { labels: [], datasets: [{ data: [] }] } })
