// What chart.js works out: scales, elements, hit tests
import { Chart, registerables } from 'chart.js'
import { createCanvas } from '@napi-rs/canvas'

Chart.register(...registerables)
const canvas = createCanvas(400, 200)
const chart = new Chart(canvas as unknown as HTMLCanvasElement, {
  type: 'bar',
  data: { labels: ['a', 'b', 'c'], datasets: [{ label: 'x', data: [4, -2, 8] }] },
  options: { responsive: false, animation: false, scales: { y: { grace: '10%' } } },
})
console.log(chart.scales.y.ticks.map(({ label }) => label), chart.chartArea)
console.log(chart.getDatasetMeta(0).data.map((bar) => bar.getProps(['x', 'y'], true)))
console.log(chart.isDatasetVisible(0), Chart.version)
chart.data.datasets[0].data.push(3)
chart.data.labels.push('d')
chart.update()
console.log(chart.scales.x.getLabels(), chart.scales.y.max)
