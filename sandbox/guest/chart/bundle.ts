// How chart.js and chartjs-node-canvas are bundled for the guest.
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import type { Plugin } from 'rolldown'
import { replaceTexts } from '../canvas/package/bundle.ts'

const require = createRequire(import.meta.url)
const chartFolder = join(dirname(require.resolve('chart.js')), '..')
const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

/** chart.js as Node imports it, and the CommonJS build of chartjs-node-canvas. */
const MODULES: Readonly<Record<string, string>> = {
  'chart.js': join(chartFolder, 'dist', 'chart.js'),
  'chart.js/helpers': join(chartFolder, 'helpers', 'helpers.js'),
  'chart.js/auto': join(chartFolder, 'auto', 'auto.js'),
  'chartjs-node-canvas': require.resolve('chartjs-node-canvas'),
}
const FRESH = 'easel:fresh-chart'

/**
 * In Node every ChartJSNodeCanvas loads its own chart.js by clearing the `require` cache. The globals that it sets must
 * not collide with names declared by cells; see guest/library-realm.ts.
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

/** The rolldown plugin for the files in this folder; requires `canvasPlugin` and `libraryRealm`. */
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
      const code = await bundleChart()
      return `export function freshChart() { const module = { exports: {} }; (function (module, exports) {\n${code}\n})(module, module.exports); return module.exports }`
    },
    transform(code, id) {
      return isPackage(id) ? replaceTexts(code, id, CHANGES[id.slice(id.lastIndexOf('/') + 1)] ?? []) : undefined
    },
  }
}

// Bundles chart.js/auto as `require` returns it into one script that can run repeatedly.
async function bundleChart(): Promise<string> {
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
