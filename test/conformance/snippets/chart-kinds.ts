// easel: the types of plugins, formats, themes, dates, ECharts
import { chart } from 'easel'
import { writeFileSync } from 'node:fs'

const size = { width: 400, height: 260 }
const bars = { type: 'bar' as const, data: { labels: ['北京', '上海', '广东'], datasets: [{ label: 'GDP（亿元）', data: [41541, 44809, 129514] }] }, options: { plugins: { title: { display: true, text: '各地区 <GDP> & 其他' } } } }
for (const format of ['png', 'svg', 'pdf', 'html'] as const) writeFileSync(`bars.${format}`, await chart(bars, { ...size, format, theme: 'dark' }))
writeFileSync('box.png', await chart({ type: 'boxplot', data: { labels: ['a', 'b'], datasets: [{ label: 'n', data: [[1, 2, 3, 4, 9], [2, 3, 3, 5]] }] } }, size))
writeFileSync('matrix.svg', await chart({ type: 'matrix', data: { datasets: [{ data: [{ x: 'a', y: 'c', v: 1 }, { x: 'b', y: 'c', v: -2 }] }] } }, { ...size, format: 'svg' }))
writeFileSync('tree.png', await chart({ type: 'treemap', data: { datasets: [{ tree: [{ n: 'a', v: 3 }, { n: 'b', v: 2 }], key: 'v', groups: ['n'] }] } as never }, size))
writeFileSync('flow.png', await chart({ type: 'sankey', data: { datasets: [{ data: [{ from: 'a', to: 'b', flow: 3 }] }] } }, size))
writeFileSync('errors.png', await chart({ type: 'barWithErrorBars', data: { labels: ['a'], datasets: [{ data: [{ y: 3, yMin: 2, yMax: 4 }] }] } }, size))
writeFileSync('trend.png', await chart({ type: 'scatter', data: { datasets: [{ data: [{ x: 1, y: 2 }, { x: 2, y: 3 }, { x: 3, y: 5 }], trendlineLinear: {} }] } }, size))
writeFileSync('mean.png', await chart({ ...bars, options: { plugins: { annotation: { annotations: { mean: { type: 'line', yMin: 7e4, yMax: 7e4, label: { display: true, content: '平均' } } } } } } }, size))
writeFileSync('time.png', await chart({ type: 'line', data: { datasets: [{ label: 't', data: Array.from({ length: 20 }, (_, i) => ({ x: new Date(Date.UTC(2024, i, 1)), y: i % 5 })) as never }] } }, size))
const option = { title: { text: '折线' }, xAxis: { type: 'category', data: ['甲', '乙'] }, yAxis: {}, series: [{ type: 'line', name: 'a', data: [1, 2], endLabel: { show: true } }, { type: 'bar', data: [2, 1], label: { show: true, formatter: (p: { value: number }) => `${p.value} 个` } }] }
for (const format of ['png', 'svg', 'pdf', 'html'] as const) writeFileSync(`option.${format}`, await chart(option, { ...size, format }))
writeFileSync('pie.png', await chart({ type: 'pie', data: { labels: Array.from({ length: 14 }, (_, i) => `n${i}`), datasets: [{ data: Array.from({ length: 14 }, (_, i) => (i < 4 ? 100 : 3)) }] } }, size))
