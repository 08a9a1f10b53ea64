// The help that a model can look up: each function of the easel module, and the essentials of the other modules.
// test/planner/help.test.ts checks that no function is missing and that the examples run.
import { MODULE_TOPICS } from './module-topics.ts'
import { STATISTICS_TOPICS } from './statistics-topics.ts'
import { TABLE_TOPICS } from './table-topics.ts'
import type { Topic } from './topic.ts'

const PICTURE = 'Pic = file name | Buffer | Sharp | canvas | { data, info: { width, height, channels } }.'

export const TOPICS: readonly Topic[] = [
  {
    names: ['label'],
    family: 'layout',
    text: `label(pic, text, { position: 'top-left', size, color: 'white', background: 'rgba(0,0,0,0.75)', margin, padding, bold }): Promise<Sharp>
position: top-left | top | top-right | left | center | right | bottom-left | bottom | bottom-right. ${PICTURE}`,
    example: `import { label } from 'easel'
await (await label('photo.jpg', 'Hello', { position: 'bottom', size: 40 })).toFile('labelled.png')`,
  },
  {
    names: ['stack'],
    family: 'layout',
    text: `stack(pics, { direction: 'down' | 'right', gap: 0, background: 'white', labels: ['a', 'b'], label: { position, size, color, background }, align: 'stretch' | 'start' | 'center' }): Promise<Sharp>
stretch makes all as wide (or high) as the first. Labels stand in a box on the pictures; for labels above or below use grid.`,
    example: `import { stack } from 'easel'
await (await stack(['photo.jpg', 'photo.jpg'], { direction: 'right', labels: ['Before', 'After'] })).toFile('both.png')`,
  },
  {
    names: ['grid'],
    family: 'layout',
    text: `grid(pics, { columns, labels: [...], labelPosition: 'above' | 'below' | 'inside', cell: { width, height }, gap, background: 'white', color, size }): Promise<Sharp>
Each picture is scaled to fit its cell, by default as large as the first. labelPosition 'top' is above, 'bottom' below.`,
    example: `import { grid, sobel } from 'easel'
await (await grid(['photo.jpg', await sobel('photo.jpg')], { columns: 2, labels: ['Photo', 'Edges'], labelPosition: 'below' })).toFile('grid.png')`,
  },
  {
    names: ['sobel'],
    family: 'edges and levels',
    text: 'sobel(pic): Promise<Sharp> // edges by the Sobel operator, one gray channel, the strongest is 255',
    example: `import { sobel } from 'easel'
await (await sobel('photo.jpg')).toFile('edges.png')`,
  },
  {
    names: ['otsu', 'otsuThreshold'],
    family: 'edges and levels',
    text: "otsu(pic): Promise<Sharp> // black and white at Otsu's threshold\notsuThreshold(pic): Promise<number> // 0 to 255",
    example: `import { otsu, otsuThreshold } from 'easel'
await (await otsu('photo.jpg')).toFile('black-and-white.png'); console.log(await otsuThreshold('photo.jpg'))`,
  },
  {
    names: ['contrastStretch'],
    family: 'edges and levels',
    text: 'contrastStretch(pic, { low: 2, high: 98 }): Promise<Sharp> // percentiles that become 0 and 255',
    example: `import { contrastStretch } from 'easel'
await (await contrastStretch('photo.jpg', { low: 1, high: 99 })).toFile('stretched.png')`,
  },
  {
    names: ['histogram', 'histogramChart'],
    family: 'edges and levels',
    text: `histogram(pic): Promise<{ red, green, blue, luminance }> // 256 counts each
histogramChart(pic, { title: 'Histogram', width: 1000, height: 600 }): Promise<Buffer> // PNG; of a picture, for a column of a table use chart`,
    example: `import { histogramChart } from 'easel'; import { writeFile } from 'node:fs/promises'
await writeFile('histogram.png', await histogramChart('photo.jpg', { title: 'Light' }))`,
  },
  {
    names: ['pixels'],
    family: 'pictures',
    text: 'pixels(pic): Promise<{ data: Buffer, info: { width, height, channels } }> // 8 bits a channel, upright, sRGB; what you change can be given to any function that takes a Pic',
    example: `import { pixels, label } from 'easel'
const { data, info } = await pixels('photo.jpg'); console.log(info.width, data[0]); await (await label({ data, info }, 'raw')).toFile('raw.png')`,
  },
  {
    names: ['turn'],
    family: 'pictures',
    text: "turn(pic, degrees, { background: 'black', expand: false }): Promise<Sharp> // counter-clockwise; keeps the size and cuts corners off unless expand; 'transparent' makes the corners see-through",
    example: `import { turn } from 'easel'
await (await turn('photo.jpg', 30, { background: 'transparent' })).toFile('turned.png')`,
  },
  {
    names: ['cycleChannels'],
    family: 'pictures',
    text: 'cycleChannels(pic, steps): Promise<Sharp> // 1: RGB becomes GBR, 2: BRG',
    example: `import { cycleChannels } from 'easel'
await (await cycleChannels('photo.jpg', 1)).toFile('cycled.png')`,
  },
  {
    names: ['compressTo'],
    family: 'pictures',
    text: "compressTo(pic, bytes, { format: 'jpeg' | 'webp' | 'png' | 'avif' }): Promise<Buffer> // the best quality that fits, smaller if it must be",
    example: `import { compressTo } from 'easel'; import { writeFile } from 'node:fs/promises'
await writeFile('small.jpg', await compressTo('photo.jpg', 20_000))`,
  },
  {
    names: ['animate'],
    family: 'animation',
    text: `animate(pics, { delay: 100, loop: 0, quality: 'good' | 'fast' | 'best', background: 'black', onProgress }): Promise<Buffer> // GIF
pics: an array or an (async) generator, which needs less memory. delay: ms, one or one a frame. loop 0: for ever.`,
    example: `import { animate, turn } from 'easel'; import { writeFile } from 'node:fs/promises'
await writeFile('turning.gif', await animate((async function* () { for (let a = 0; a < 360; a += 90) yield await turn('photo.jpg', a) })(), { delay: 80 }))`,
  },
  {
    names: ['frames'],
    family: 'animation',
    text: 'frames(name | Buffer): Promise<{ frames: { data, info }[], delays, loop, width, height }> // of a GIF or an animated WebP',
    example: `import { frames } from 'easel'
const { frames: all, delays } = await frames('spin.gif'); console.log(all.length, delays[0])`,
  },
  {
    names: ['shrinkGif'],
    family: 'animation',
    text: "shrinkGif(name | Buffer, { scale: 1, every: 1, bytes, quality: 'good' }): Promise<Buffer> // every 2 keeps each second frame, the time stays; bytes: at most so many",
    example: `import { shrinkGif } from 'easel'; import { writeFile } from 'node:fs/promises'
await writeFile('smaller.gif', await shrinkGif('spin.gif', { scale: 0.5, every: 2 }))`,
  },
  ...TABLE_TOPICS,
  ...STATISTICS_TOPICS,
  {
    names: ['chart', 'chart types', 'plugins', 'svg', 'html', 'interactive', 'dark'],
    family: 'charts',
    text: `chart(config, { format: 'png' | 'svg' | 'pdf' | 'html', width: 1000, height: 600, density: 2, theme: 'light' | 'dark', background, locale, unit }): Promise<Buffer> // config of Chart.js 4 (type, data) or ECharts 6 (series); html: one interactive file; density 1 for frames
type: bar | bubble | doughnut | line | pie | polarArea | radar | scatter; see also: boxplot, matrix, annotation. Horizontal bars: options.indexAxis 'y'. Histogram: count into bins, then 'bar'.
By itself: values on bars, percent on slices, colours, number and date formats, time axis for dates, unit from a title such as 'Share (%)'. Title: options.plugins.title { display: true, text }. Axes: options.scales.x.title.`,
    example: `import { chart } from 'easel'; import { writeFile } from 'node:fs/promises'
await writeFile('chart.png', await chart({ type: 'bar', data: { labels: ['a', 'b'], datasets: [{ label: 'n', data: [3, 5] }] } }))`,
  },
  {
    names: ['datalabels', 'annotation', 'trendline', 'error bars', 'time axis', 'date axis'],
    family: 'charts',
    text: `In chart(): options.plugins.datalabels { formatter, color, display: false for none }; options.plugins.annotation.annotations { mean: { type: 'line', yMin: 5, yMax: 5, label: { display: true, content: 'mean' } } }; dataset.trendlineLinear {}; scales.x.type 'time'; type barWithErrorBars | lineWithErrorBars | scatterWithErrorBars with values { y, yMin, yMax }.
With new Chart() the plugin is imported and registered: chartjs-plugin-datalabels, chartjs-plugin-annotation, chartjs-plugin-trendline, chartjs-adapter-date-fns, chartjs-chart-error-bars.`,
    example: `import { chart } from 'easel'; import { writeFile } from 'node:fs/promises'
await writeFile('mean.png', await chart({ type: 'bar', data: { labels: ['a', 'b'], datasets: [{ label: 'n', data: [3, 5] }] }, options: { plugins: { annotation: { annotations: { mean: { type: 'line', yMin: 4, yMax: 4 } } } } } }))`,
  },
  {
    names: ['heatmap', 'heat map', 'matrix', 'treemap', 'tree map', 'sankey', 'violin'],
    family: 'charts',
    text: `chart() types: matrix with data [{ x, y, v }]; treemap with dataset { tree: rows, key: 'size', groups: ['region', 'name'] }; sankey with data [{ from, to, flow }]; boxplot, violin with data: a list of numbers for each label.`,
    example: `import { chart } from 'easel'; import { writeFile } from 'node:fs/promises'
await writeFile('heat.png', await chart({ type: 'matrix', data: { datasets: [{ data: [{ x: 'Jan', y: 'north', v: 3 }, { x: 'Jan', y: 'south', v: 5 }] }] } }))`,
  },
  {
    names: ['boxPlot', 'boxplot', 'box plot', 'box and whisker'],
    family: 'charts',
    text: 'boxPlot({ name: values, … }, { title, x, y, width: 1000, height: 600 }): Promise<Buffer> // PNG; quartiles, median, whiskers to 1.5 box heights, outliers',
    example: `import { boxPlot } from 'easel'; import { writeFile } from 'node:fs/promises'
await writeFile('box.png', await boxPlot({ north: [3, 5, 8, 13], south: [2, 4, 9, 30] }, { title: 'Spread', y: 'n' }))`,
  },
  {
    names: ['barRace'],
    family: 'charts',
    text: `barRace(table | rows, { label, time, value, top: 10, title: 'GDP {time}', unit, width: 1000, height: 600, delay: 500, hold, steps: 1, from, to, loop: 0, quality }): Promise<Buffer> // GIF
A wide table (a column a year) needs no label, time, value. steps 10 moves smoothly. {time} in the title stands large.`,
    example: `import { barRace, readTable } from 'easel'; import { writeFile } from 'node:fs/promises'
await writeFile('race.gif', await barRace(await readTable('table.csv'), { top: 3, title: 'Sales {time}' }))`,
  },
  {
    names: ['paletteColour', 'PALETTE', 'colours', 'colors'],
    family: 'charts',
    text: 'PALETTE: string[]; paletteColour(n): string // the colours of charts, told apart by colour-blind people too',
    example: `import { paletteColour } from 'easel'
console.log([0, 1, 2].map(paletteColour))`,
  },
  ...MODULE_TOPICS,
]
