// easel: charts and histograms
import { chart, histogramChart, PALETTE, paletteColour } from 'easel'
import { writeFileSync } from 'node:fs'

writeFileSync('bar.png', await chart({ type: 'bar', data: { labels: ['北京', '上海'], datasets: [{ label: '人口', data: [2189, 2487] }] } }, { width: 500, height: 300 }))
writeFileSync('line.png', await chart({ type: 'line', data: { labels: ['a', 'b', 'c'], datasets: [{ label: 'x', data: [1, 3, 2] }, { label: 'y', data: [2, 1, 4] }] }, options: { plugins: { title: { display: true, text: 'Two lines' } } } }, { width: 300, height: 200, scale: 2, background: 'transparent' }))
writeFileSync('histogram.png', await histogramChart('photo.png', { width: 400, height: 240, title: '直方图' }))
writeFileSync('mixed.png', await chart({ type: 'bar', data: { labels: ['a', 'b'], datasets: [{ label: 'x', data: [1, 3] }, { type: 'line', label: 'y', data: [2, 1], borderDash: [6, 4] }] }, options: { plugins: { title: { display: true, text: 'A title that is too long for such a small chart and stands in lines' } } } }, { width: 300, height: 200 }))
writeFileSync('bins.png', await chart({ type: 'bar', data: { datasets: [{ data: [{ x: 1, y: 2 }, { x: 3, y: 4 }, { x: 5, y: 1 }] as never }] }, options: { scales: { x: { min: 0, max: 6 } } } }, { width: 300, height: 200 }))
writeFileSync('stacked.png', await chart({ type: 'line', data: { labels: ['a', 'b'], datasets: [1, 2, 3].map((n) => ({ label: `s${n}`, data: [n, 4 - n], fill: true })) }, options: { scales: { y: { stacked: true } } } }, { width: 300, height: 200 }))
console.log(PALETTE, Array.from({ length: 24 }, (_, n) => paletteColour(n)))
