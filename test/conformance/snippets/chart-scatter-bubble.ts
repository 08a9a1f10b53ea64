// Scatter, bubble and mixed charts with several axes
import { Chart } from 'chart.js/auto'
import { createCanvas } from 'canvas'
import { writeFileSync } from 'node:fs'

const draw = (name: string, config: ConstructorParameters<typeof Chart>[1]) => {
  const canvas = createCanvas(500, 300)
  new Chart(canvas as unknown as HTMLCanvasElement, config)
  writeFileSync(name, canvas.toBuffer('image/png'))
}
const options = { responsive: false, animation: false as const }
const points = Array.from({ length: 40 }, (_, i) => ({ x: i, y: Math.sin(i / 4) * 10, r: 2 + (i % 5) }))
draw('scatter.png', { type: 'scatter', data: { datasets: [{ label: 'sin', data: points, pointStyle: 'triangle' }] }, options })
draw('bubble.png', { type: 'bubble', data: { datasets: [{ label: 'b', data: points, backgroundColor: 'rgba(200, 0, 60, 0.4)' }] }, options })
draw('mixed.png', {
  type: 'bar',
  data: {
    labels: ['a', 'b', 'c'],
    datasets: [
      { type: 'bar', label: 'n', data: [5, 9, 2] },
      { type: 'line', label: '%', data: [10, 40, 30], yAxisID: 'right', tension: 0.4, fill: true },
    ],
  },
  options: { ...options, scales: { right: { position: 'right', min: 0, max: 100, ticks: { callback: (v) => `${v} %` } } } },
})
