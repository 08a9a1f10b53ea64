// Easel's own sources that a project includes, so that it does not need Easel: the helpers that its cells use, the code
// that sets up plain Node like the sandbox, and all their imports. `sandbox/` is called `easel/` there; the layout is
// the same.
import { readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { fontPackages } from '../../sandbox/fonts/families.ts'
import { productFolder } from '../../sandbox/product.ts'

export interface Carried {
  /** Paths relative to the project, with their text. */
  readonly files: ReadonlyMap<string, string>
  /** Packages that they import. */
  readonly packages: ReadonlySet<string>
}

const HELPERS = 'helpers/index.ts'
const ALWAYS = ['node-setup/notebook.ts', 'node-setup/start.js']
const CANVAS = ['canvas/index.js', 'canvas/index.d.ts', 'canvas/package.json']

/** Packages of charts that are loaded only for configurations with these words. */
const OPTIONAL: Readonly<Record<string, RegExp>> = {
  echarts: /\bseries\b/,
  '@sgratzl/chartjs-chart-boxplot': /\b(?:boxplot|violin)\b/,
  'chartjs-chart-error-bars': /WithErrorBars\b/,
  'chartjs-chart-matrix': /\bmatrix\b/,
  'chartjs-chart-sankey': /\bsankey\b/,
  'chartjs-chart-treemap': /\btreemap\b/,
  'chartjs-plugin-annotation': /\bannotation/,
  'chartjs-plugin-trendline': /\btrendline/,
}

/**
 * The sources for cells that import `helpers` from 'easel' (`*`: all; undefined: none), with or without `canvas`. `code`
 * is that of the cells: packages and scripts for what it does not name are left out.
 */
export function carriedSources(helpers: readonly string[] | undefined, canvas: boolean, code: string): Carried {
  const files = new Map<string, string>()
  const packages = new Set(fontPackages())
  const waiting = [...ALWAYS]
  const isNeeded = (name: string): boolean => OPTIONAL[name]?.test(code) ?? true
  const take = (path: string, text: string): void => {
    files.set(`easel/${path}`, text)
    for (const name of importsOf(text)) {
      if (name.startsWith('.')) waiting.push(posix.join(posix.dirname(path), name))
      else if (!name.startsWith('node:') && isNeeded(packageOf(name))) packages.add(packageOf(name))
    }
  }
  if (helpers) {
    const index = helpersIndex(sourceOf(HELPERS), helpers)
    take('index.ts', index)
  }
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop())
    if (!files.has(`easel/${path}`)) take(path, sourceOf(path))
  if (canvas) for (const path of CANVAS) files.set(`easel/${path}`, sourceOf(path))
  if (files.has('easel/helpers/chart/page/library.ts') && /\bhtml\b/.test(code))
    for (const name of ['chart-js', ...(isNeeded('echarts') ? ['echarts'] : [])]) {
      const path = `dist/chart-page/${name}.js`
      files.set(path, readFileSync(join(productFolder(), path), 'utf8'))
    }
  files.set('easel/LICENSE', readFileSync(join(productFolder(), 'LICENSE'), 'utf8'))
  return { files, packages }
}

/** The package name in a module specifier. */
export function packageOf(name: string): string {
  return name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/')
}

function sourceOf(path: string): string {
  return readFileSync(join(productFolder(), 'sandbox', path), 'utf8')
}

/** The helpers' index reduced to the wanted exports, with paths for its new location. */
function helpersIndex(text: string, wanted: readonly string[]): string {
  const all = wanted.includes('*') || wanted.includes('default')
  const folder = `./${dirname(HELPERS)}/`
  const lines = text.split('\n').filter((line) => {
    const list = /^export (?:type )?\{([^}]*)\}/.exec(line)?.[1]
    if (list === undefined || all) return true
    return list.split(',').some((name) => wanted.includes(name.trim().replace(/^type /, '')))
  })
  return lines
    .join('\n')
    .replaceAll(`from './`, `from '${folder}`)
    .replace(/\n{3,}/g, '\n\n')
}

/** Specifiers of static and dynamic imports, re-exports, `require` and worker modules. Only for our own sources. */
function importsOf(text: string): string[] {
  const patterns = [
    /^(?:import|export)\b[^'"`;]*?from '([^']+)'/gm,
    /^import '([^']+)'/gm,
    /\bimport\('([^']+)'(?: as string)?\)/g,
    /\brequire(?:\.resolve|\(import\.meta\.url\))?\('([^']+)'\)/g,
    /createRequire\(import\.meta\.url\)\('([^']+)'\)/g,
    /new URL\('(\.[^']+\.ts)', import\.meta\.url\)/g,
  ]
  return patterns.flatMap((pattern) => [...text.matchAll(pattern)].map(([, name = '']) => name))
}
