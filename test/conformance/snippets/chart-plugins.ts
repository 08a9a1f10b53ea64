// Plugins, callbacks and titles of chart.js run in the snippet
import { ChartJSNodeCanvas } from 'chartjs-node-canvas'
import { writeFile } from 'node:fs/promises'

const called: string[] = []
const canvas = new ChartJSNodeCanvas({ width: 480, height: 320, backgroundColour: 'white', chartCallback: (Chart) => { Chart.defaults.font.size = 15 } })
const png = await canvas.renderToBuffer({
  type: 'bar',
  data: { labels: ['甲', '乙', '丙'], datasets: [{ label: '产量', data: [12, 5, 9], borderRadius: 6, backgroundColor: ({ dataIndex }) => ['#59a14f', '#edc948', '#b07aa1'][dataIndex] }] },
  options: {
    indexAxis: 'y',
    plugins: { title: { display: true, text: ['两行', 'title'], font: { size: 24, weight: 'bold' } }, legend: { position: 'bottom' } },
    scales: { x: { ticks: { callback: (value) => { called.push(String(value)); return `${value} 万` } } } },
  },
  plugins: [{ id: 'mark', afterDraw: ({ ctx, chartArea }) => { ctx.save(); ctx.fillStyle = 'red'; ctx.fillText(`area ${Math.round(chartArea.width)}`, chartArea.left + 4, chartArea.top + 14); ctx.restore() } }],
})
await writeFile('plugin.png', png)
console.log([...new Set(called)])
