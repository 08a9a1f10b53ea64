// chart.js plugins and echarts imported by a snippet, with a Chart of its own
import { createCanvas } from '@napi-rs/canvas'
import Chart from 'chart.js/auto'
import { getRelativePosition, isNullOrUndef } from 'chart.js/helpers'
import 'chartjs-adapter-date-fns'
import ChartDataLabels from 'chartjs-plugin-datalabels/dist/chartjs-plugin-datalabels.esm.js'
import annotationPlugin from 'chartjs-plugin-annotation'
import { BoxAndWiskers, BoxPlotController } from '@sgratzl/chartjs-chart-boxplot'
import { MatrixController, MatrixElement } from 'chartjs-chart-matrix'
import * as echarts from 'echarts'
import { writeFileSync } from 'node:fs'

Chart.register(annotationPlugin, BoxPlotController, BoxAndWiskers, MatrixController, MatrixElement)
const draw = (config: object): Buffer => {
  const canvas = createCanvas(400, 260)
  new Chart(canvas as never, { ...config, options: { animation: false, responsive: false, devicePixelRatio: 1, ...(config as { options?: object }).options } } as never)
  return canvas.toBuffer('image/png')
}
writeFileSync('labels.png', draw({ type: 'bar', data: { labels: ['a', 'b'], datasets: [{ data: [3, 5] }] }, plugins: [ChartDataLabels], options: { plugins: { datalabels: { anchor: 'end', align: 'top' }, annotation: { annotations: { l: { type: 'line', yMin: 4, yMax: 4 } } } } } }))
writeFileSync('box.png', draw({ type: 'boxplot', data: { labels: ['a'], datasets: [{ data: [[1, 2, 3, 9]] }] } }))
writeFileSync('time.png', draw({ type: 'line', data: { datasets: [{ data: [{ x: '2024-01-01', y: 1 }, { x: '2024-03-01', y: 2 }] }] }, options: { scales: { x: { type: 'time', time: { unit: 'month' } } } } }))
const svg = echarts.init(null, undefined, { renderer: 'svg', ssr: true, width: 400, height: 260 })
svg.setOption({ animation: false, xAxis: { data: ['甲', '乙'] }, yAxis: {}, series: [{ type: 'bar', data: [1, 2] }] })
writeFileSync('ssr.svg', svg.renderToSVGString())
// It is not disposed of, and the cell ends all the same.
console.log(ChartDataLabels.id, isNullOrUndef(null), typeof getRelativePosition, echarts.version)
