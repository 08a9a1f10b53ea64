// Snippets as written by language models that know Node and not our types: all run. `photo.png` and `people.csv` exist.

/** What each demonstrates, and its code. */
export const RUNS: readonly (readonly [string, string])[] = [
  [
    'conditions of a cache of promises, and of what its comment calls a promise',
    "const cache = new Map<string, Promise<number>>()\nif (!cache.get('a')) cache.set('a', Promise.resolve(1))\n/** Like () => Promise<boolean> */\nfunction ready(): boolean { return true }\nif (ready()) console.log(await cache.get('a'))\nconst queue = [Promise.resolve()]\nwhile (queue.pop()) console.log(queue.length)",
  ],
  [
    'a condition of a function that only may give a promise',
    "const ask: ((n: number) => boolean | Promise<boolean>) | undefined = (n) => n > 1\nif (ask?.(2)) console.log('yes')\nconst all = (): Promise<number>[] => [Promise.resolve(1)]\nif (all()) console.log('all')",
  ],
  [
    'dates that are subtracted',
    "const days = (new Date('2024-03-01') - new Date('2024-01-01')) / 864e5\nconsole.log(days)",
  ],
  [
    'dates that are sorted',
    "console.log(['2024-02-01', '2024-01-01'].map((d) => new Date(d)).sort((a, b) => a - b)[0].getMonth())",
  ],
  [
    'bytes that are parsed',
    "import fs from 'fs'\nfs.writeFileSync('a.json', '{\"a\": 1}')\nconsole.log(JSON.parse(fs.readFileSync('a.json')).a)",
  ],
  [
    'entries of an empty object',
    'const seen = {}\nseen.b = 2\nfor (const [k, v] of Object.entries(seen)) console.log(k, v.toFixed(1))',
  ],
  [
    'values that are summed',
    'const by = {}\nfor (const n of [1, 2, 3]) by[n % 2] = (by[n % 2] || 0) + n\nconsole.log(Object.values(by).reduce((a, b) => a + b, 0))',
  ],
  ['a field that comes later', 'const o = { a: 1 }\no.b = 2\nconsole.log(o.a + o.b)'],
  ['a field that is deleted', 'const o = { a: 1, b: 2 }\ndelete o.a\nconsole.log(o)'],
  ['a variable of several types', "let x = 'a'\nx = 5\nx = { y: 1 }\nconsole.log(x.y)"],
  ['an array of several types', "const list = [1, 2]\nlist.push('three')\nconsole.log(list.join())"],
  ['a comparison of a text and a number', "const n = 5\nif (n == '5') console.log('same')"],
  ['a sum of a text and a number', "const t = '5' * 2 + '3' / 1\nconsole.log(t)"],
  ['too many arguments', 'const f = (a) => a * 2\nconsole.log([1, 2].map(f), f(1, 2, 3))'],
  ['missing arguments', 'function f(a, b, c) { return [a, b, c] }\nconsole.log(f(1), f())'],
  [
    'a class without field declarations',
    "class Box { constructor(w, h) { this.w = w; this.h = h }\n  get area() { return this.w * this.h } }\nconst b = new Box(2, 3)\nb.colour = 'red'\nconsole.log(b.area, b.colour)",
  ],
  [
    'a class that extends another',
    'class A { constructor() { this.n = 1 } }\nclass B extends A { constructor() { super(); this.m = this.n + 1 } }\nconsole.log(new B().m)',
  ],
  [
    'a function with properties',
    'function counter() { return ++counter.n }\ncounter.n = 0\nconsole.log(counter(), counter())',
  ],
  ['arguments', 'function sum() { return [...arguments].reduce((a, b) => a + b) }\nconsole.log(sum(1, 2, 3))'],
  ['a key twice', 'const o = { a: 1, b: 2, a: 3 }\nconsole.log(o)'],
  ['an object without a prototype', 'const m = Object.create(null)\nm.a = 1\nconsole.log(m.a)'],
  [
    'a regular expression with groups',
    "const m = 'a1b22'.match(/(?<n>\\d+)/)\nconsole.log(m.groups.n, m[1].length, m.index)",
  ],
  ['a spread of what may be missing', 'const extra = false\nconsole.log({ a: 1, ...(extra && { b: 2 }) })'],
  ['an optional chain on a number', 'const o = { a: 5 }\nconsole.log(o.b?.c, o.a?.d)'],
  [
    'a type that does not exist',
    'const rows: Row[] = [{ n: 1 }]\nfunction f(a: Thing): Result { return a }\nconsole.log(f(rows).length)',
  ],
  ['a type that is wrong', "const n: number = 'five'\nconst s: string = 5 as string\nconsole.log(n, s)"],
  ['a global that is looked for', "if (typeof window !== 'undefined') window.alert('x')\nconsole.log(typeof document)"],
  ['a global that is made', 'globalThis.shared = 5\nconsole.log(shared + 1)'],
  ['a promise kept for later', 'let result = 0\nresult = Promise.resolve(5)\nconsole.log(await result)'],
  ['many promises', 'const all = await Promise.all([1, 2].map(async (n) => n * 2))\nconsole.log(all)'],
  [
    'a method that borrows',
    "console.log(Array.prototype.slice.call('abc'), [].concat([1], 2), Math.max.apply(null, [1, 2]))",
  ],
  [
    'an array by its length',
    'const zeros = Array(3)\nzeros.fill(0)\nconst grid = Array.from({ length: 2 }, () => Array(2).fill())\ngrid[0][1] = 5\nconsole.log(zeros, grid)',
  ],
  [
    'a Map of arrays',
    "const m = new Map()\nfor (const [k, v] of [['a', 1], ['a', 2]]) { if (!m.has(k)) m.set(k, []); m.get(k).push(v) }\nconsole.log(m)",
  ],
  [
    'an error with more',
    "const e = new Error('no')\ne.code = 'E1'\ntry { throw e } catch (err) { console.log(err.code, err.message) }",
  ],
  [
    'a number from a text',
    "console.log(Math.round('5.6'), isNaN('x'), Number.isInteger('5'), parseInt(5.7), (5).toFixed('2'))",
  ],
  [
    'a table read and grouped',
    "import { readTable } from 'easel'\nconst { rows } = await readTable('people.csv')\nconst by = {}\nrows.forEach((r) => { if (!by[r.city]) by[r.city] = { n: 0, sum: 0 }; by[r.city].n++; by[r.city].sum += +r.age })\nfor (const city in by) by[city].mean = by[city].sum / by[city].n\nconsole.log(by)",
  ],
  [
    'a table by papaparse',
    "import Papa from 'papaparse'\nimport { readFileSync } from 'fs'\nconst rows = Papa.parse(readFileSync('people.csv', 'utf-8').trim(), { header: true, skipEmptyLines: true }).data\nrows.sort((a, b) => b.age - a.age)\nconsole.log(rows[0].name, Object.keys(rows[0]))",
  ],
  [
    'sharp with options in a variable',
    "import sharp from 'sharp'\nconst settings = { kernel: 'nearest', fit: 'fill' }\nawait sharp('photo.png').resize(20, 20, settings).png({ compressionLevel: 9 }).toFile('o.png')",
  ],
  [
    'sharp with raw pixels',
    "import sharp from 'sharp'\nconst { data, info } = await sharp('photo.png').raw().toBuffer({ resolveWithObject: true })\nconst out = Buffer.alloc(data.length)\nfor (let i = 0; i < data.length; i++) out[i] = 255 - data[i]\nconst raw = { width: info.width, height: info.height, channels: info.channels }\nawait sharp(out, { raw }).toFile('o.png')",
  ],
  [
    'sharp that composites a list',
    "import sharp from 'sharp'\nconst layers = []\nfor (let i = 0; i < 2; i++) layers.push({ input: await sharp('photo.png').resize(10).toBuffer(), left: i * 10, top: 0, blend: 'over' })\nawait sharp({ create: { width: 30, height: 10, channels: 4, background: '#fff' } }).composite(layers).png().toFile('o.png')",
  ],
  [
    'a format by its name',
    "import sharp from 'sharp'\nfor (const format of ['png', 'webp', 'jpeg']) await sharp('photo.png').toFormat(format, { quality: 80 }).toFile('o.' + format)",
  ],
  [
    'types of sharp by its name',
    "import sharp from 'sharp'\nconst layer: sharp.OverlayOptions = { input: 'photo.png', top: 0, left: 0 }\nfunction small(p: sharp.Sharp): sharp.Sharp { return p.resize(8) }\nawait small(sharp('photo.png').composite([{ ...layer, left: 1, top: 1, input: await sharp('photo.png').resize(4).toBuffer() }])).toFile('o.png')",
  ],
  [
    'types imported beside values',
    "import sharp, { Sharp, OverlayOptions } from 'sharp'\nimport { createCanvas, SKRSContext2D } from '@napi-rs/canvas'\nconst p: Sharp = sharp('photo.png')\nconst layers: OverlayOptions[] = []\nconst dot = (c: SKRSContext2D) => c.fillRect(0, 0, 1, 1)\ndot(createCanvas(2, 2).getContext('2d'))\nawait p.composite(layers).toFile('o.png')",
  ],
  [
    'types of chart.js and papaparse',
    "import { Chart, ChartConfiguration } from 'chart.js/auto'\nimport Papa, { ParseResult } from 'papaparse'\nconst c: ChartConfiguration = { type: 'bar', data: { labels: [], datasets: [] } }\nconst r: ParseResult<any> = Papa.parse('a,b')\nconsole.log(c.type, r.data, typeof Chart)",
  ],
  [
    'a canvas with numbers as texts',
    "import { createCanvas } from 'canvas'\nimport fs from 'fs'\nconst c = createCanvas(60, 30)\nconst ctx = c.getContext('2d')\nctx.font = 'bold 12px Arial'\nctx.fillText(42, 5, 15)\nctx.lineWidth = '2'\nctx.strokeRect(1, 1, 20, 10)\nconst join = ['round', 'bevel'][0]\nctx.lineJoin = join\nfs.writeFileSync('o.png', c.toBuffer())",
  ],
  [
    'a chart with its configuration in a variable',
    "import { chart } from 'easel'\nimport fs from 'fs'\nconst config = { type: 'bar', data: { labels: ['a', 'b'], datasets: [{ label: 'n', data: ['1', '2'], backgroundColor: ['red', 'blue'] }] }, options: { indexAxis: 'y', plugins: { legend: { position: 'bottom' }, title: { display: true, text: 'T', font: { weight: 'bold' } } }, scales: { x: { type: 'linear', beginAtZero: true } } } }\nfs.writeFileSync('o.png', await chart(config))",
  ],
  [
    'a chart whose options are set later',
    "import { ChartJSNodeCanvas } from 'chartjs-node-canvas'\nimport { writeFile } from 'fs/promises'\nconst config: any = { type: 'line', data: { labels: [1, 2], datasets: [{ data: [3, 4], tension: 0.3 }] } }\nconfig.options = {}\nconfig.options.plugins = { legend: { display: false } }\nawait writeFile('o.png', await new ChartJSNodeCanvas({ width: 200, height: 100, backgroundColour: 'white' }).renderToBuffer(config))",
  ],
  [
    'a chart with callbacks',
    "import { chart } from 'easel'\nimport fs from 'fs'\nfs.writeFileSync('o.png', await chart({ type: 'line', data: { labels: ['a'], datasets: [{ data: [1], label: 'x' }] }, options: { scales: { y: { ticks: { callback: (v) => v + ' %' } } }, plugins: { tooltip: { callbacks: { label: (c) => c.parsed.y } } } } }))",
  ],
  [
    'a chart of points in rows',
    "import { chart } from 'easel'\nimport fs from 'fs'\nconst points = [[1, 2], [3, 4]].map(([x, y]) => ({ x, y }))\nfs.writeFileSync('o.png', await chart({ type: 'scatter', data: { datasets: [{ label: 'p', data: points, pointRadius: 3, showLine: false }] } }))",
  ],
  [
    'a GIF by gifenc',
    "import { GIFEncoder, quantize, applyPalette } from 'gifenc'\nimport { createCanvas } from 'canvas'\nimport fs from 'fs'\nconst c = createCanvas(16, 16), ctx = c.getContext('2d')\nconst gif = new GIFEncoder()\nfor (let i = 0; i < 2; i++) { ctx.fillStyle = `hsl(${i * 90} 80% 50%)`; ctx.fillRect(0, 0, 16, 16); const { data } = ctx.getImageData(0, 0, 16, 16); const palette = quantize(data, 16); gif.writeFrame(applyPalette(data, palette), 16, 16, { palette, delay: 50 }) }\ngif.finish()\nfs.writeFileSync('o.gif', Buffer.from(gif.bytesView()))",
  ],
  [
    'an option that easel calls otherwise',
    "import { label, grid, animate } from 'easel'\nawait (await label('photo.png', 'hello', { pos: 'bottom', fontSize: 12 })).toFile('o.png')\nawait (await grid(['photo.png', 'photo.png'], { cols: 1, padding: 4 })).toFile('g.png')",
  ],
  [
    'an option of sharp that is not there',
    "import sharp from 'sharp'\nawait sharp('photo.png').webp({ quality: 80, compression: 'best' }).toFile('o.webp')",
  ],
  [
    'work that nobody waits for',
    "import sharp from 'sharp'\nsharp('photo.png').negate().toFile('o.png').then((i) => console.log(i.width))",
  ],
  ['a main function', "import fs from 'fs'\nasync function main() { fs.writeFileSync('o.txt', 'x') }\nmain()"],
  ['a template of anything', 'const f = () => 1\nconsole.log(`${{}} ${[1, 2]} ${f} ${null}`)'],
  [
    'a sort without numbers',
    'const m = { b: 2, a: 1 }\nconsole.log(Object.fromEntries(Object.entries(m).sort(([, a], [, b]) => b - a)))',
  ],
  ['a union that is not narrowed', "const r = Math.random() > 2 ? { a: 1 } : { b: 'x' }\nconsole.log(r.b.length)"],
  [
    'an index by a text',
    "const colours = { red: '#f00', blue: '#00f' }\nfor (const name of ['red', 'blue']) console.log(colours[name])",
  ],
  ['an iterator of entries', "for (const [i, c] of [...'ab'].entries()) console.log(i + 1, c.toUpperCase())"],
  [
    'a getter by a computed name',
    "const key = 'n'\nconst o = { [key]: 1, get twice() { return this.n * 2 } }\nconsole.log(o.twice)",
  ],
  [
    'an array as a table',
    'console.table([{ a: 1 }, { a: 2, b: 3 }])\nconsole.log([3, 1, 2].toSorted().with(0, 9).findLast((n) => n > 1))',
  ],
  [
    'JSON with a replacer',
    "console.log(JSON.stringify({ a: 1, b: [1, 2] }, null, 2).length, JSON.parse('[1]', (k, v) => v))",
  ],
]
