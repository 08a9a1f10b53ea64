// Attacks on time, memory, disk and threads, as cells. Each must end with a typed status in time.
import type { CellStatus } from '../../sandbox/protocol.ts'

const SHARP = "const sharp = (await import('sharp')).default; "
const FS = "const fs = await import('fs'); "
const ZLIB = "const zlib = (await import('zlib')).default, util = await import('util'); "
const CANVAS = "const canvas = await import('canvas'); "
const RED = "{ create: { width: 8, height: 8, channels: 3, background: 'red' } }"
const svg = (inside: string, size = 2000): string =>
  `Buffer.from(\`<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${size}" height="${size}">${inside}</svg>\`)`

type Attack = readonly [title: string, code: string, statuses: readonly CellStatus[]]
/** Memory and time race on a busy machine. */
const ENDED: readonly CellStatus[] = ['memory', 'timeout']
const ANY: readonly CellStatus[] = ['ok', 'threw', 'limit', 'memory', 'timeout']

const TIME: readonly Attack[] = [
  ['an empty loop', 'for (;;);', ['timeout']],
  ['a loop after an await', 'await 1; for (;;);', ['timeout']],
  ['a loop in a timer', 'setTimeout(() => { for (;;); }); await new Promise(() => 0)', ['timeout']],
  [
    'a loop in a getter of the value',
    '({ get x() { for (;;); }, [Symbol.toPrimitive]() { for (;;); }, [Symbol.for("nodejs.util.inspect.custom")]() { for (;;); } })',
    ['timeout'],
  ],
  ['a loop in an async generator', 'async function* g() { for (;;) yield 1 } for await (const x of g());', ['timeout']],
  [
    'a loop in a sort',
    'const a = Array.from({ length: 1e6 }, (_, i) => i); for (;;) a.sort(() => Math.random() - 0.5)',
    ['timeout'],
  ],
  ['a loop in JSON.stringify', 'const o = { toJSON() { for (;;); } }; JSON.stringify(o)', ['timeout']],
  [
    'a loop in a Proxy given to console',
    'console.log(new Proxy({}, { getOwnPropertyDescriptor() { for (;;); }, get() { for (;;); }, ownKeys() { for (;;); } }), new (class { get [Symbol.toStringTag]() { for (;;); } })())',
    ['timeout'],
  ],
  [
    'a loop in a Map iterator',
    'const m = new Map([[1, 1]]); for (const [k] of m) { m.delete(k); m.set(k + 1, 1) }',
    ['timeout'],
  ],
  ['a loop of intervals', 'setInterval(() => 0, 1); await new Promise(() => 0)', ['timeout']],
  ['a loop of immediates', 'const f = () => setImmediate(f); f(); await new Promise(() => 0)', ['timeout']],
  ['a loop of queueMicrotask', 'const f = () => queueMicrotask(f); f()', ['timeout']],
  ['a loop of rejections', 'for (;;) { Promise.reject(new Error("x")); await 1 }', ['timeout', 'threw', 'memory']],
  ['a loop of synchronous questions', `${FS} for (;;) fs.existsSync('a')`, ['timeout']],
  ['a loop of small pictures', `${SHARP} for (;;) await sharp(${RED}).png().toBuffer()`, ['timeout']],
  ['a BigInt', '2n ** (2n ** 28n) * 3n ** (2n ** 26n)', ['timeout', 'threw', 'memory']],
  ['a BigInt as text', '(7n ** 3000000n).toString()', ['timeout', 'threw', 'memory', 'ok']],
  ['a regex with lookahead', "/(?=(\\w+\\s?)*$)(x|x\\w)+$/.test('a '.repeat(40) + '!')", ['timeout', 'ok']],
  ['a split by a slow regex', "'a'.repeat(50000).split(/(a+)+b/)", ['timeout']],
  ['a normalisation', "for (;;) '\\u0344'.repeat(1e6).normalize('NFC')", ENDED],
  ['a localeCompare', "const s = 'ä'.repeat(1e6); for (;;) s.localeCompare(s + 1)", ENDED],
  ['an Array of a huge length, joined', 'new Array(2 ** 32 - 1).join()', [...ENDED, 'threw']],
  ['a fill of an array-like', 'Array.prototype.fill.call({ length: 2 ** 53 - 1 }, 0)', [...ENDED, 'threw']],
  ['lastIndexOf over a huge length', 'Array.prototype.lastIndexOf.call({ length: 2 ** 53 - 1 }, 1)', ['timeout']],
  ['a reverse over a huge length', 'Array.prototype.reverse.call({ length: 2 ** 53 - 1 })', ['timeout', 'threw']],
  [
    'a compile of much code',
    "for (let i = 0; ; i++) new Function('return ' + Array(20000).fill('(() => ' + i + ')()').join('+'))()",
    ENDED,
  ],
]

const MEMORY: readonly Attack[] = [
  ['objects', 'const a = []; for (;;) a.push({ a: 1, b: [2] })', ENDED],
  ['closures', 'let f = () => 0; for (;;) { const g = f; f = () => g }', ENDED],
  ['byte arrays', 'const a = []; for (;;) a.push(new Uint8Array(1e7).fill(1))', [...ENDED, 'threw']],
  ['byte arrays that are not touched', 'const a = []; for (;;) a.push(new Uint8Array(1e7))', [...ENDED, 'threw']],
  ['one byte array', 'new Uint8Array(2e9).fill(1)', [...ENDED, 'threw']],
  ['Buffers', 'const a = []; for (;;) a.push(Buffer.alloc(1e7, 1))', [...ENDED, 'threw']],
  ['DataViews over one buffer', 'const a = [], b = new ArrayBuffer(8); for (;;) a.push(new DataView(b))', ENDED],
  [
    'strings',
    "let s = 'x'; const a = []; for (;;) { s += s.length < 1e7 ? s : 'y'; a.push(s.slice(0, -1) + a.length) }",
    [...ENDED, 'threw'],
  ],
  ['a repeat of strings', "const a = []; for (;;) a.push(('x' + a.length).repeat(1e6).split(''))", [...ENDED, 'threw']],
  ['Maps', 'const m = new Map(); for (let i = 0; ; i++) m.set(i, {})', [...ENDED, 'threw']],
  ['Sets of symbols', 'const m = new Set(); for (;;) m.add(Symbol("x".repeat(100)))', [...ENDED, 'threw']],
  ['promises', 'const a = []; for (;;) a.push(new Promise(() => 0))', ENDED],
  ['promises that wait for one another', 'let p = new Promise(() => 0); for (;;) p = p.then(() => p)', ENDED],
  ['timers', 'for (;;) setTimeout(() => 0, 1e9)', [...ENDED, 'threw']],
  [
    'regexes',
    'const a = []; for (let i = 0; ; i++) { const r = new RegExp("(a|b" + i + "){1,500}"); r.test("ab"); a.push(r) }',
    [...ENDED, 'threw'],
  ],
  [
    'errors with stacks',
    'const a = []; Error.stackTraceLimit = 200; const f = (n) => n ? f(n - 1) : a.push(new Error("x")); for (;;) f(150)',
    ENDED,
  ],
  ['properties of the global object', 'for (let i = 0; ; i++) globalThis["g" + i] = new Array(100).fill(i)', ENDED],
  ['recursion', 'const f = (x) => [f([x])]; f()', ['threw']],
  ['recursion through a Proxy', 'const p = new Proxy({}, { get: (t, k, r) => r[k] }); p.x', ['threw']],
  ['recursion through toString', 'const o = { toString() { return "" + o } }; "" + o', ['threw']],
  ['a spread of a huge array', 'Math.max(...new Array(1e7).fill(1))', ['threw', 'memory']],
  ['a concat of itself', 'let a = [1]; for (;;) a = a.concat(a)', [...ENDED, 'threw']],
  [
    'structuredClone of a big object',
    'const a = new Array(1e6).fill({ a: 1 }).map((x) => ({ ...x })); const b = []; for (;;) b.push(structuredClone(a))',
    ENDED,
  ],
  [
    'what was counted in another cell',
    'globalThis.kept ??= []; for (;;) kept.push(new Float64Array(1e5).fill(1))',
    [...ENDED, 'threw'],
  ],
]

const OUTPUT: readonly Attack[] = [
  ['a flood of lines', "for (;;) console.log('x')", ['timeout']],
  ['a flood of empty lines on both streams', 'for (;;) { console.log(); console.error() }', ['timeout']],
  ['one line of 100 MB', "console.log('x'.repeat(1e8))", [...ANY]],
  [
    'a very deep object',
    'let o = {}; for (let i = 0; i < 1e6; i++) o = { o }; console.log(o); console.dir(o, { depth: Infinity }); o',
    ANY,
  ],
  ['a very wide object', 'const o = {}; for (let i = 0; i < 5e5; i++) o["k" + i] = i; console.log(o); o', ANY],
  ['an array of a million in a table', 'console.table(Array.from({ length: 1e5 }, (_, i) => [i, i]))', ANY],
  ['a message of 50 MB', "throw new Error('x'.repeat(5e7))", ['threw', 'memory']],
  [
    'a name and a stack of 10 MB',
    "const e = new Error(); e.name = 'n'.repeat(1e7); e.stack = 's'.repeat(1e7); e.code = 'c'.repeat(1e7); throw e",
    ['threw'],
  ],
  [
    'a cause a million deep',
    "let e = new Error('0'); for (let i = 0; i < 1e5; i++) e = new Error('x', { cause: e }); console.log(e); throw e",
    ANY,
  ],
  ['names by the thousand', Array.from({ length: 20_000 }, (_, i) => `var n${i}`).join(';'), ['ok', 'timeout']],
  ['a name of 100,000 characters', `let ${'n'.repeat(100_000)} = 1`, ['ok']],
  ['a snippet of a million brackets', '['.repeat(1e6), ['rejected']],
  ['a snippet of 200,000 signs', `${'!'.repeat(200_000)}1`, ['rejected', 'threw', 'ok', 'crashed']],
  ['a snippet of 100,000 arrows', `${'a=>'.repeat(100_000)}1`, ['rejected', 'threw', 'ok', 'crashed']],
  ['a snippet of 100,000 ternaries', `${'1?2:'.repeat(100_000)}1`, ['rejected', 'threw', 'ok', 'crashed']],
  ['a snippet of 200,000 sums', `1${'+1'.repeat(200_000)}`, ['rejected', 'threw', 'ok', 'crashed']],
  ['a snippet of 50,000 ifs', `${'if(1)'.repeat(50_000)};`, ['rejected', 'threw', 'ok', 'crashed']],
  ['a snippet of two million characters', ' '.repeat(2e6), ['rejected']],
  ['a snippet of control characters', `'${'\u0001'.repeat(900_000)}'.length`, ['ok', 'rejected', 'crashed']],
]

const FILES: readonly Attack[] = [
  ['files by the thousand', `${FS} for (let i = 0; ; i++) fs.writeFileSync('f' + i, 'x')`, ['limit']],
  [
    'files that come and go',
    `${FS} for (let i = 0; i < 3000; i++) { fs.writeFileSync('f' + i, 'x'); fs.rmSync('f' + i) }`,
    ['ok', 'timeout'],
  ],
  ['folders by the thousand', `${FS} for (let i = 0; ; i++) fs.mkdirSync('d' + i)`, ['threw']],
  ['a folder 2,000 deep', `${FS} fs.mkdirSync('d/'.repeat(2000), { recursive: true })`, ['threw']],
  ['a file above its limit', `${FS} fs.writeFileSync('a', new Uint8Array(2e7))`, ['limit']],
  ['a file that grows', `${FS} for (;;) fs.appendFileSync('a', new Uint8Array(1e6))`, ['limit', 'timeout']],
  [
    'files above the limit of all',
    `${FS} for (let i = 0; ; i++) fs.writeFileSync('b' + i, new Uint8Array(9e6))`,
    ['limit', 'timeout'],
  ],
  ['a file written again and again', `${FS} for (;;) fs.writeFileSync('a', new Uint8Array(5e6))`, ENDED],
  ['a name of 100,000 characters', `${FS} fs.writeFileSync('n'.repeat(1e5), 'x')`, ['threw']],
  [
    '10,000 writes at once',
    `${FS} await Promise.all(Array.from({ length: 10000 }, (_, i) => fs.promises.writeFile('p' + (i % 50), 'x'.repeat(1000))))`,
    ANY,
  ],
]

const NATIVE: readonly Attack[] = [
  ['a resize to 30,000 x 30,000', `${SHARP} await sharp(${RED}).resize(30000, 30000).png().toBuffer()`, ['limit']],
  [
    'a created picture of 60,000 x 60,000',
    `${SHARP} await sharp({ create: { width: 60000, height: 60000, channels: 3, background: 'red' } }).png().toBuffer()`,
    ['limit'],
  ],
  ['an extension of a picture', `${SHARP} await sharp(${RED}).extend(30000).png().toBuffer()`, ['limit']],
  [
    '10,000 pictures at once',
    `${SHARP} await Promise.all(Array.from({ length: 10000 }, () => sharp(${RED}).resize(500, 500).png().toBuffer()))`,
    ENDED,
  ],
  [
    'large pictures at once',
    `${SHARP} await Promise.all(Array.from({ length: 100 }, () => sharp(${RED}).resize(4000, 4000).blur(50).raw().toBuffer()))`,
    [...ENDED, 'threw', 'limit'],
  ],
  [
    'results that are kept',
    `${SHARP} const a = []; for (;;) a.push(await sharp(${RED}).resize(2000, 2000).raw().toBuffer())`,
    [...ENDED, 'limit'],
  ],
  [
    'an SVG filter',
    `${SHARP} await sharp(${svg('<filter id="f"><feTurbulence baseFrequency="0.5" numOctaves="20"/><feGaussianBlur stdDeviation="300"/><feMorphology radius="200"/></filter><rect width="2000" height="2000" filter="url(#f)"/>')}).png().toBuffer()`,
    [...ANY],
  ],
  [
    'an SVG that uses itself',
    `${SHARP} await sharp(${svg('<g id="a"><use xlink:href="#a"/></g>')}).png().toBuffer()`,
    [...ANY],
  ],
  [
    'an SVG of a billion shapes',
    `${SHARP} await sharp(${svg(`<defs><g id="l0"><rect width="1" height="1"/></g>${Array.from({ length: 9 }, (_, i) => `<g id="l${i + 1}">${`<use xlink:href="#l${i}"/>`.repeat(10)}</g>`).join('')}</defs><use xlink:href="#l9"/>`)}).png().toBuffer()`,
    [...ANY],
  ],
  [
    'an SVG of a billion laughs',
    `${SHARP} await sharp(Buffer.from('<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "ha">' + 'bcdefghij'.split('').map((c, i) => '<!ENTITY ' + c + ' "' + ('&' + 'abcdefghi'[i] + ';').repeat(10) + '">').join('') + ']><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>&j;</text></svg>')).png().toBuffer()`,
    [...ANY],
  ],
  [
    'an SVG of 100,000 x 100,000',
    `${SHARP} await sharp(${svg('<rect width="9" height="9"/>', 100_000)}).png().toBuffer()`,
    ['limit', 'threw'],
  ],
  [
    'an SVG of emoji without end, nested without end',
    `${SHARP} for (const n of [500, 1e5]) await sharp(${svg("${'<g>'.repeat(n)}<text>${'😀'.repeat(n)}${'&#x1F6'.repeat(n)}</text>${'</g>'.repeat(n)}")}).png().toBuffer()`,
    [...ANY],
  ],
  [
    'a text of a million letters',
    `${SHARP} await sharp({ text: { text: 'x '.repeat(5e5), width: 9000, dpi: 2000 } }).png().toBuffer()`,
    [...ANY],
  ],
  [
    'a huge convolution',
    `${SHARP} await sharp(${RED}).resize(3000, 3000).convolve({ width: 999, height: 999, kernel: new Array(999 * 999).fill(1) }).png().toBuffer()`,
    [...ANY],
  ],
  ['a huge median', `${SHARP} await sharp(${RED}).resize(5000, 5000).median(500).png().toBuffer()`, [...ANY]],
  [
    'AVIF at full effort',
    `${SHARP} await sharp({ create: { width: 6000, height: 6000, channels: 3, noise: { type: 'gaussian', mean: 128, sigma: 60 } } }).avif({ effort: 9 }).toBuffer()`,
    [...ANY],
  ],
  [
    '10,000 composites',
    `${SHARP} await sharp(${RED}).composite(Array.from({ length: 10000 }, () => ({ input: ${RED} }))).png().toBuffer()`,
    [...ANY],
  ],
  [
    'a gzip bomb',
    `${ZLIB} zlib.gunzipSync(zlib.gzipSync(new Uint8Array(9e6)).subarray(0)); const b = Buffer.concat(Array(9).fill(zlib.gzipSync(new Uint8Array(9e6)))); zlib.gunzipSync(b)`,
    ['limit'],
  ],
  [
    'a Brotli bomb, later',
    `${ZLIB} const b = zlib.brotliCompressSync(new Uint8Array(9e6)); await util.promisify(zlib.brotliDecompress)(b, { maxOutputLength: 2e9 }); const c = zlib.zstdCompressSync(new Uint8Array(2e7)); await util.promisify(zlib.zstdDecompress)(c)`,
    ['limit'],
  ],
  [
    '1,000 compressions with large windows',
    `${ZLIB} const d = new Uint8Array(5e6).map((_, i) => i * i >> 3); await Promise.all(Array.from({ length: 1000 }, () => util.promisify(zlib.brotliCompress)(d, { params: { [zlib.constants.BROTLI_PARAM_LARGE_WINDOW]: true, [zlib.constants.BROTLI_PARAM_LGWIN]: 30 } })))`,
    [...ENDED, 'threw', 'limit'],
  ],
  [
    'a compression and its opposite with the largest tables',
    `${ZLIB} const c = zlib.constants, e = []; for (const [m, params] of [['brotliCompress', { 6: true, 2: 30 }], ['brotliDecompress', { 1: true }], ['zstdCompress', { 100: 22 }], ['zstdCompress', { 102: 30 }], ['zstdCompress', { 160: 1, 161: 27 }], ['zstdDecompress', { 100: 31 }]]) for (const run of [zlib[m + 'Sync'], util.promisify(zlib[m])]) try { await run('x', { params }) } catch (error) { e.push(error.code) } if (e.some((code) => code !== 'EASEL_LIMIT_COMPRESSION') || e.length < 12) console.log('ESCAPED', e); throw new Error('x')`,
    ['threw'],
  ],
  [
    'compressions that are not awaited',
    `${ZLIB} for (;;) zlib.deflate(Buffer.alloc(1e6, 'x'), { level: 9 }, () => 0)`,
    [...ENDED, 'threw', 'limit'],
  ],
  [
    'hashes without end',
    "const { createHash } = await import('crypto'); const b = Buffer.alloc(1e8); for (;;) createHash('sha512').update(b).update(b).digest()",
    [...ENDED, 'threw', 'limit'],
  ],
  [
    'random bytes',
    "const c = await import('crypto'); const a = []; for (;;) a.push(c.randomBytes(1e8))",
    [...ENDED, 'threw', 'limit'],
  ],
  ['a canvas of 60,000 x 60,000', `${CANVAS} canvas.createCanvas(60000, 60000)`, ['limit']],
  [
    '10,000 canvases',
    `${CANVAS} const a = []; for (let i = 0; i < 10000; i++) { const c = canvas.createCanvas(1000, 1000); c.getContext('2d').fillRect(0, 0, 9, 9); c.toBuffer('raw'); a.push(c) }`,
    ['limit', ...ENDED],
  ],
  [
    'a million strokes',
    `${CANVAS} const x = canvas.createCanvas(3000, 3000).getContext('2d'); for (let i = 0; i < 1e6; i++) { x.beginPath(); x.arc(1500, 1500, 1400, 0, 7); x.shadowBlur = 200; x.shadowColor = 'red'; x.stroke() } x.canvas.toBuffer('image/png')`,
    [...ANY],
  ],
  [
    'a path of a million dashes',
    `${CANVAS} const x = canvas.createCanvas(900, 900).getContext('2d'); x.setLineDash([0.0001, 0.0001]); x.lineWidth = 100; x.beginPath(); x.moveTo(0, 0); x.lineTo(1e6, 1e6); x.stroke(); x.canvas.toBuffer('image/png')`,
    [...ANY],
  ],
  [
    'a flood of toBuffer',
    `${CANVAS} const c = canvas.createCanvas(2000, 2000); for (;;) c.toBuffer('image/png')`,
    [...ENDED],
  ],
  [
    'a flood of getImageData',
    `${CANVAS} const x = canvas.createCanvas(3000, 3000).getContext('2d'), a = []; for (;;) a.push(x.getImageData(0, 0, 3000, 3000))`,
    [...ENDED, 'threw', 'limit'],
  ],
  [
    'a text drawn of 10 MB',
    `${CANVAS} const x = canvas.createCanvas(900, 900).getContext('2d'); x.fillText('字'.repeat(3e6), 0, 99); x.measureText('x'.repeat(1e7)); x.canvas.toBuffer('image/png')`,
    [...ANY],
  ],
  [
    'a GIF of too many pixels',
    `const { animate } = await import('easel'); ${SHARP} const f = await sharp(${RED}).resize(3000, 3000).png().toBuffer(); await animate(Array.from({ length: 60 }, () => f), {})`,
    [...ANY],
  ],
  [
    'a GIF by gifenc of a huge size',
    `const { GIFEncoder } = (await import('gifenc')).default; const g = GIFEncoder(); for (;;) g.writeFrame(new Uint8Array(65535 * 100), 65535, 100, { palette: [[0, 0, 0], [1, 1, 1]] })`,
    [...ENDED, 'threw'],
  ],
  [
    'a chart of a million points',
    `const { ChartJSNodeCanvas } = await import('chartjs-node-canvas'); await new ChartJSNodeCanvas({ width: 900, height: 900 }).renderToBuffer({ type: 'line', data: { labels: Array.from({ length: 1e6 }, (_, i) => i), datasets: [{ data: Array.from({ length: 1e6 }, (_, i) => i % 7) }] } })`,
    [...ANY],
  ],
  [
    'a chart of 30,000 x 30,000',
    `const { ChartJSNodeCanvas } = await import('chartjs-node-canvas'); await new ChartJSNodeCanvas({ width: 30000, height: 30000 }).renderToBuffer({ type: 'line', data: { datasets: [] } })`,
    ['limit'],
  ],
  [
    'a CSV of nothing but quotes',
    `const Papa = (await import('papaparse')).default; Papa.parse('"'.repeat(3e6) + ','.repeat(3e6))`,
    [...ANY],
  ],
  ['a URL of 10 MB', "new URL('http://a/' + 'x'.repeat(1e7))", ['threw']],
  [
    'a pending native call left behind',
    `${SHARP} void sharp(${RED}).resize(5000, 5000).median(99).png().toBuffer(); throw new Error('left')`,
    ['threw', ...ENDED],
  ],
]

/** Every attack: title, code, the allowed statuses. */
export const ATTACKS: readonly Attack[] = [...TIME, ...MEMORY, ...OUTPUT, ...FILES, ...NATIVE]
