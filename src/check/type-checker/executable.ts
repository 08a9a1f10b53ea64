// Finds the native TypeScript compiler and the folder of the snippets' types, wherever Easel is installed.
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { CHART_PLUGINS } from '../../../sandbox/module-names.ts'
import { productFolder } from '../../../sandbox/product.ts'
import { packageFolders } from '../../process-wall/packages.ts'

/** The product's folder, symlinks resolved. */
export const PRODUCT_FOLDER = productFolder()
/** The folder of the language server's virtual documents; its tsconfig.json applies to them. */
export const TYPES_FOLDER = path.join(PRODUCT_FOLDER, 'sandbox/types')

/** The path of the native `tsc` for a platform as Node names it. Throws if its package is not installed. */
export function findCompiler(platform = `${process.platform}-${process.arch}`): string {
  const name = `@typescript/typescript-${platform}`
  // The platform's package is a dependency of `typescript`, so it is resolved from there.
  const typescript = createRequire(import.meta.url).resolve('typescript/package.json')
  const folders = createRequire(typescript).resolve.paths(name) ?? []
  const compiler = folders.map((folder) => path.join(folder, name, 'lib/tsc')).find((file) => existsSync(file))
  if (!compiler) throw new Error(`${name} has no compiler; install Easel again.`)
  return compiler
}

/** Packages whose types a snippet may use, and their dependencies. */
const TYPED = [
  '@types/node',
  'undici-types',
  '@types/papaparse',
  '@types/d3-array',
  'd3-array',
  'simple-statistics',
  'dayjs',
  'arquero',
  '@uwdata/flechette',
  'date-fns',
  'sharp',
  'chart.js',
  '@kurkle/color',
  'chartjs-node-canvas',
  ...CHART_PLUGINS,
  '@sgratzl/boxplots',
  'echarts',
  'zrender',
  'canvas',
  '@napi-rs/canvas',
]

/** All that the compiler reads: its own folder with the libraries, the product's types, and those of the packages. */
export function typeFiles(compiler: string): string[] {
  return [path.dirname(compiler), path.join(PRODUCT_FOLDER, 'sandbox'), ...packageFolders(TYPED)]
}
