// Help on the modules other than easel: the essentials that a model cannot know, or might not think of.

import type { Topic } from './topic.ts'

export const MODULE_TOPICS: readonly Topic[] = [
  {
    names: ['sharp', 'composite', 'text', 'watermark', 'transparent', 'mask', 'resize', 'rotate'],
    family: 'modules',
    text: `sharp 0.35 as in Node; names are files of /mnt/data; .autoOrient() turns photos upright. Overlay: .composite([{ input: Buffer | name | { text: {...} }, left, top, blend }]).
Text on pictures: label of easel, an SVG as input, or a canvas. A colour see-through: change alpha in .ensureAlpha().raw() pixels. grayscale().raw() has 1 channel: index by info.channels.
One chain keeps the last resize, rotate and composite only, and composites at the end: between steps .toBuffer(), then sharp(buffer). A mask: finish the RGB picture, then sharp(rgb).joinChannel(mask).`,
    example: `import sharp from 'sharp'
await sharp('photo.jpg').autoOrient().resize(200).modulate({ saturation: 1.5 }).toFile('bright.png')`,
  },
  {
    names: ['font', 'fonts', 'emoji', 'handwriting'],
    family: 'modules',
    text: `Families, on a canvas, in SVG and in sharp's text: sans-serif (Arial, Helvetica ...), serif (Georgia, Times New Roman ...), monospace (Courier New, Consolas ...), Impact (condensed, for memes), cursive (Comic Sans MS ..., handwriting). Bold and italic of all.
Chinese is one face, Noto Sans SC, in all of them; emoji are in colour. No Arabic, Korean, Thai. Another font: GlobalFonts.registerFromPath(name, family) for canvas. SVG keeps columns with xml:space="preserve", not with white-space.`,
    example: `import { createCanvas } from '@napi-rs/canvas'; import { writeFileSync } from 'node:fs'
const canvas = createCanvas(300, 80); const ctx = canvas.getContext('2d'); ctx.font = '40px Impact'; ctx.fillText('SHIP IT 🚀', 10, 55); writeFileSync('text.png', canvas.toBuffer('image/png'))`,
  },
  {
    names: ['canvas', 'createCanvas', 'loadImage', 'draw'],
    family: 'modules',
    text: "'@napi-rs/canvas' (also as 'canvas'): createCanvas(w, h), loadImage(name | Buffer), ctx as in a browser, canvas.toBuffer('image/png'). A canvas can be given to every function that takes a Pic.",
    example: `import { createCanvas, loadImage } from '@napi-rs/canvas'; import { writeFileSync } from 'node:fs'
const canvas = createCanvas(200, 100); canvas.getContext('2d').drawImage(await loadImage('photo.jpg'), 0, 0, 200, 100); writeFileSync('drawn.png', canvas.toBuffer('image/png'))`,
  },
  {
    names: ['gifenc', 'GIFEncoder'],
    family: 'modules',
    text: 'gifenc 1: GIFEncoder(), quantize(rgba, 256), applyPalette(rgba, palette), writeFrame(index, w, h, { palette, delay }), finish(), bytes(). animate of easel is faster, smaller and better.',
    example: `import { GIFEncoder, quantize, applyPalette } from 'gifenc'
const gif = GIFEncoder(); const rgba = new Uint8Array(16); const palette = quantize(rgba, 4); gif.writeFrame(applyPalette(rgba, palette), 2, 2, { palette }); gif.finish(); console.log(gif.bytes().length)`,
  },
  {
    names: ['papaparse', 'csv', 'Papa'],
    family: 'modules',
    text: 'papaparse 5: Papa.parse(text, { header: true, dynamicTyping: true }).data, Papa.unparse(rows). readTable of easel finds encoding and numbers by itself.',
    example: `import Papa from 'papaparse'; import { readFileSync, writeFileSync } from 'node:fs'
writeFileSync('copy.csv', Papa.unparse(Papa.parse(readFileSync('table.csv', 'utf8').trim(), { header: true }).data))`,
  },
  {
    names: ['arquero', 'aq', 'join', 'pivot', 'dataframe'],
    family: 'modules',
    text: `arquero 8: import * as aq from 'arquero'; const { op, desc } = aq. aq.from(rows) or aq.table({ column: array }), then filter, derive, groupby, rollup, orderby, join, pivot, fold, dedupe, select; .objects() gives rows, .array('column') a column.
Expressions are compiled from their text: no variables from outside, only op.sum(d.x) and the like; aq.escape(d => d.x * factor) may use them. Read files with readTable of easel, then aq.from(table.rows).`,
    example: `import * as aq from 'arquero'; import { readTable } from 'easel'
console.log(aq.from((await readTable('table.csv')).rows).count().objects(), aq.table({ k: ['a', 'b', 'a'], v: [1, 2, 3] }).groupby('k').rollup({ sum: (d) => aq.op.sum(d.v) }).objects())`,
  },
  {
    names: ['d3-array', 'd3', 'rollup', 'group', 'bin'],
    family: 'modules',
    text: "d3-array 3: import * as d3 from 'd3-array': d3.rollups(rows, (list) => d3.sum(list, (d) => d.x), (d) => d.key), group, bin, extent, mean, median, quantile, deviation, sort, ticks, cumsum.",
    example: `import * as d3 from 'd3-array'
console.log(d3.rollups([{ k: 'a', v: 1 }, { k: 'a', v: 3 }], (list) => d3.mean(list, (d) => d.v), (d) => d.k))`,
  },
  {
    names: ['simple-statistics', 'ml-regression', 'regression', 'fit'],
    family: 'modules',
    text: `simple-statistics 7: import * as ss from 'simple-statistics': ss.linearRegression([[x, y], ...]): { m, b }, ss.linearRegressionLine, ss.rSquared, ss.sampleCorrelation(xs, ys), ss.quantile, ss.ckmeans, ss.tTestTwoSample.
ml-regression 6: SimpleLinearRegression, PolynomialRegression(x, y, degree), ExponentialRegression, PowerRegression, TheilSenRegression, MultivariateLinearRegression(rows, rows): .predict(x), .score(x, y).r2, .toString(3).`,
    example: `import { PolynomialRegression } from 'ml-regression'; import * as ss from 'simple-statistics'
console.log(new PolynomialRegression([1, 2, 3, 4], [1, 4, 9, 16], 2).toString(3), ss.linearRegression([[0, 1], [1, 3]]))`,
  },
  {
    names: ['dayjs', 'date-fns', 'date', 'dates', 'timezone'],
    family: 'modules',
    text: `dayjs 1: dayjs('2024-02-29').add(1, 'month').format('YYYY-MM-DD'); plugins: import utc from 'dayjs/plugin/utc'; dayjs.extend(utc) (customParseFormat, relativeTime, quarterOfYear, isBetween ...); Chinese: import 'dayjs/locale/zh-cn'; dayjs.locale('zh-cn').
date-fns 4: format, parse, parseISO, addMonths, differenceInDays; import { zhCN } from 'date-fns/locale'. The time zone is UTC.`,
    example: `import dayjs from 'dayjs'; import customParseFormat from 'dayjs/plugin/customParseFormat'
dayjs.extend(customParseFormat); console.log(dayjs('31/01/2024', 'DD/MM/YYYY').format('YYYY-MM-DD'))`,
  },
  {
    names: ['node', 'fs', 'path', 'crypto', 'zlib', 'process', 'modules', 'limits'],
    family: 'modules',
    text: `Of Node: fs, fs/promises, path, buffer, util, crypto, zlib, url, events, stream, timers, assert, process (a stand-in: process.exit ends the cell). No network, processes, threads.
Limits of a cell: 60 s of processor time, 512 MB, 100 Mpx a picture, 400 Mpx a GIF. Random numbers and the clock repeat when a cell is run again.`,
    example: `import { createHash } from 'node:crypto'; import { readFileSync } from 'node:fs'
console.log(createHash('sha256').update(readFileSync('photo.jpg')).digest('hex'))`,
  },
]
