// chartjs-node-canvas: buffers, data URLs, streams, JPEG, two instances that do not disturb each other
import { ChartJSNodeCanvas } from 'chartjs-node-canvas'
import { writeFileSync } from 'node:fs'

const config = { type: 'line' as const, data: { labels: [1, 2, 3, 4], datasets: [{ label: 'n', data: [1, 4, 9, 16] }] } }
const red = new ChartJSNodeCanvas({ width: 300, height: 200, backgroundColour: '#fee' })
const plain = new ChartJSNodeCanvas({ width: 300, height: 200 })
writeFileSync('red.png', await red.renderToBuffer(config))
writeFileSync('plain.png', await plain.renderToBuffer(config))
writeFileSync('sync.png', plain.renderToBufferSync(config))
writeFileSync('red.jpg', await red.renderToBuffer(config, 'image/jpeg'))
writeFileSync('url.txt', await plain.renderToDataURL(config))
