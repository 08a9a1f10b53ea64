// easel: charts and histograms
import { chart, histogramChart, PALETTE } from 'easel'
import { writeFileSync } from 'node:fs'

writeFileSync('bar.png', await chart({ type: 'bar', data: { labels: ['北京', '上海'], datasets: [{ label: '人口', data: [2189, 2487] }] } }, { width: 500, height: 300 }))
writeFileSync('line.png', await chart({ type: 'line', data: { labels: ['a', 'b', 'c'], datasets: [{ label: 'x', data: [1, 3, 2] }, { label: 'y', data: [2, 1, 4] }] }, options: { plugins: { title: { display: true, text: 'Two lines' } } } }, { width: 300, height: 200, scale: 2, background: 'transparent' }))
writeFileSync('histogram.png', await histogramChart('photo.png', { width: 400, height: 240, title: '直方图' }))
console.log(PALETTE)
