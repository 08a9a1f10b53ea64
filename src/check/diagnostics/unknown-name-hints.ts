// Explains names that snippets expect but that the sandbox lacks or has only in a module.
import { isPythonName, NOT_PYTHON } from './other-languages.ts'

const NO_NETWORK = 'the sandbox has no network; work with the files in /mnt/data'
const NO_BROWSER = "there is no browser; draw with createCanvas of '@napi-rs/canvas'"
const NO_RUNTIME = 'cells run as in Node'
const NO_FILE = 'a snippet is not a file of a project; files are read by name from /mnt/data, the working directory'
const NO_THREADS = 'the sandbox has no threads, shared memory or WebAssembly'

const REASONS: Readonly<Record<string, string>> = {
  ...reasons(NO_NETWORK, [
    'fetch',
    'XMLHttpRequest',
    'WebSocket',
    'EventSource',
    'Request',
    'Response',
    'Headers',
    'FormData',
  ]),
  ...reasons(NO_BROWSER, ['document', 'window', 'navigator', 'localStorage', 'sessionStorage', 'alert', 'self']),
  ...reasons(NO_BROWSER, ['requestAnimationFrame', 'HTMLElement']),
  ...reasons(NO_RUNTIME, ['Deno', 'Bun']),
  ...reasons(NO_FILE, ['module', 'exports', '__dirname', '__filename']),
  ...reasons(NO_THREADS, [
    'Worker',
    'SharedArrayBuffer',
    'Atomics',
    'WebAssembly',
    'MessageChannel',
    'BroadcastChannel',
  ]),
  require: 'use import',
}

/** Names that are often used without their import. */
const IMPORTS: Readonly<Record<string, string>> = {
  sharp: "import sharp from 'sharp'",
  Chart: "import { Chart } from 'chart.js/auto'",
  ChartJSNodeCanvas: "import { ChartJSNodeCanvas } from 'chartjs-node-canvas'",
  ...named('@napi-rs/canvas', ['createCanvas', 'loadImage', 'Image', 'ImageData', 'Path2D', 'GlobalFonts']),
  ...named('gifenc', ['GIFEncoder', 'quantize', 'applyPalette']),
  ...named('node:fs/promises', ['readFile', 'writeFile', 'readdir']),
  ...named('node:fs', ['readFileSync', 'writeFileSync', 'readdirSync']),
  ...named('node:util', ['inspect', 'promisify']),
  ...named('node:crypto', ['createHash', 'randomUUID', 'randomBytes']),
  ...named('node:zlib', ['gzipSync', 'gunzipSync']),
  ...named('node:events', ['EventEmitter']),
  ...named('node:stream', ['Readable', 'Transform']),
  ...named('node:url', ['fileURLToPath']),
  ...named('easel', [
    'label',
    'stack',
    'grid',
    'sobel',
    'otsu',
    'animate',
    'barRace',
    'readTable',
    'writeTable',
    'markdownTable',
    'boxPlot',
    'sql',
    'chart',
    'summarize',
    'describe',
    'quantile',
    'pearson',
    'spearman',
    'linearFit',
    'tTest',
    'chiSquare',
    'anova',
    'shapiro',
    'histogramBins',
    'unzip',
    'listZip',
  ]),
  fs: "import fs from 'node:fs'",
  path: "import path from 'node:path'",
  util: "import util from 'node:util'",
  zlib: "import zlib from 'node:zlib'",
  assert: "import assert from 'node:assert'",
  Papa: "import Papa from 'papaparse'",
  dayjs: "import dayjs from 'dayjs'",
  aq: "import * as aq from 'arquero'",
  d3: "import * as d3 from 'd3-array'",
  ss: "import * as ss from 'simple-statistics'",
  ...named('arquero', ['op', 'desc']),
  ...named('d3-array', ['rollup', 'rollups', 'bin', 'extent']),
  ...named('date-fns', ['parseISO', 'differenceInDays', 'addDays', 'addMonths']),
  ...named('simple-statistics', ['linearRegression', 'linearRegressionLine', 'sampleCorrelation']),
  ...named('ml-regression', ['SimpleLinearRegression', 'PolynomialRegression', 'MultivariateLinearRegression']),
}

/** The explanation for a compiler message about an unknown name, if there is more to say than the compiler does. */
export function unknownNameHint(message: string): string | undefined {
  const [, name, rest = ''] = /^Cannot find (?:name|namespace) '([^']+)'\.(.*)/.exec(message) ?? []
  if (name === undefined)
    return message.startsWith("'Papa' refers to a UMD global") ? missingImportMessage('Papa') : undefined
  if (isPythonName(name, rest.startsWith(' Did you mean'))) return `Cannot find name '${name}'. ${NOT_PYTHON}`
  const reason = Object.hasOwn(REASONS, name) ? REASONS[name] : undefined
  if (reason) return `'${name}' does not exist in the sandbox: ${reason}.`
  if (Object.hasOwn(IMPORTS, name)) return missingImportMessage(name)
  // The compiler's other advice names libraries or packages, which a snippet cannot add.
  return rest.startsWith(' Did you mean')
    ? undefined
    : `Cannot find name '${name}'. It is neither declared nor a global of the sandbox.`
}

function missingImportMessage(name: string): string {
  return `Cannot find name '${name}'. Write: ${IMPORTS[name]}.`
}

function reasons(reason: string, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, reason]))
}

function named(from: string, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, `import { ${name} } from '${from}'`]))
}
