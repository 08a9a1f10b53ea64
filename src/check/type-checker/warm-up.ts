// A snippet that is checked when the process starts, so that the first real one finds every type loaded.

/** Uses of the largest types: sharp's options, chart.js's configuration, the canvas, Node's files. */
export const WARM_UP = `import sharp from 'sharp'
import { Chart } from 'chart.js/auto'
import { ChartJSNodeCanvas } from 'chartjs-node-canvas'
import { createCanvas } from '@napi-rs/canvas'
import * as easel from 'easel'
import Papa from 'papaparse'
import { readFile, writeFile } from 'node:fs/promises'
const { data, info } = await sharp(await readFile('a')).resize({ width: 1 }).raw().toBuffer({ resolveWithObject: true })
const canvas = new ChartJSNodeCanvas({ width: 1, height: 1 })
await writeFile('b', await canvas.renderToBuffer({ type: 'bar', data: { labels: ['a'], datasets: [{ data: [1] }] } }))
console.log(createCanvas(1, 1).getContext('2d'), Chart, easel, Papa.parse('a').data, data, info)
`
