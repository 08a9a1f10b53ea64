// How chart.js and chartjs-node-canvas are bundled for the guest.
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import type { Plugin } from 'rolldown'
import { changed } from '../canvas/package/bundle.ts'

const require = createRequire(import.meta.url)
const chartFolder = join(dirname(require.resolve('chart.js')), '..')
const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

/** chart.js as an import gives it in Node, and the CommonJS of chartjs-node-canvas. */
const MODULES: Readonly<Record<string, string>> = {
  'chart.js': join(chartFolder, 'dist', 'chart.js'),
  'chart.js/auto': join(chartFolder, 'auto', 'auto.js'),
  'chartjs-node-canvas': require.resolve('chartjs-node-canvas'),
}
const FRESH = 'easel:fresh-chart'

/**
 * In Node every ChartJSNodeCanvas gets a chart.js of its own, by emptying the cache of `require`. The globals that it sets
 * must not meet names of the cells: see guest/library-realm.ts.
 */
const CHANGES: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  'chartJSNodeCanvasBase.js': [
    ["require('chart.js/auto')", `require('${FRESH}').freshChart()`],
    [
      'require(plugin);\n                delete require.cache[require.resolve(plugin)];',
      '(0, freshRequire_1.freshRequire)(plugin);',
    ],
    ['Object.keys(require.cache)', '[]'],
    ['delete require.cache[key];', ''],
    ['global.', '$realm.'],
  ],
  'chartJSNodeCanvas.js': [['global.', '$realm.']],
  'animatedChartJSNodeCanvas.js': [['global.', '$realm.']],
}

/** A rolldown plugin for the bundle that holds the files beside this one; needs `canvasPlugin` and `libraryRealm` beside it. */
export function chartPlugin(): Plugin {
  return {
    name: 'easel-chart',
    resolveId(source, importer) {
      if (source === FRESH) return `\0${FRESH}`
      if (source === './freshRequire' && isPackage(importer)) return here('./fresh-require.ts')
      if (source === 'path' && isPackage(importer)) return require.resolve('path-browserify')
      return MODULES[source]
    },
    async load(id) {
      if (id !== `\0${FRESH}`) return undefined
      const code = await wholeChart()
      return `export function freshChart() { const module = { exports: {} }; (function (module, exports) {\n${code}\n})(module, module.exports); return module.exports }`
    },
    transform(code, id) {
      return isPackage(id) ? changed(code, id, CHANGES[id.slice(id.lastIndexOf('/') + 1)] ?? []) : undefined
    },
  }
}

// chart.js/auto as `require` gives it, in one script that can run again and again.
async function wholeChart(): Promise<string> {
  const bundle = await rolldown({
    input: join(chartFolder, 'auto', 'auto.cjs'),
    platform: 'neutral',
    resolve: { mainFields: ['main'] },
  })
  const { output } = await bundle.generate({ format: 'cjs', exports: 'auto', minify: 'dce-only' })
  await bundle.close()
  return output[0].code
}

function isPackage(file: string | undefined): boolean {
  return file?.includes('/node_modules/chartjs-node-canvas/') ?? false
}
