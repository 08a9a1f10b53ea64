// Finds which importable module declares a symbol, from the path of the file with the declaration.
import { fileURLToPath } from 'node:url'
import { TYPES_FOLDER } from '../type-checker/executable.ts'

/** A module of `MODULE_NAMES`; all of Node's built-in modules count as one. */
export type DeclaringModule =
  | 'sharp'
  | 'easel'
  | 'gifenc'
  | 'papaparse'
  | 'chart.js'
  | 'chartjs-node-canvas'
  | 'canvas'
  | 'echarts'
  | 'd3-array'
  | 'simple-statistics'
  | 'dayjs'
  | 'arquero'
  | 'date-fns'
  | 'ml-regression'
  | 'node'

const FILES: readonly (readonly [string, DeclaringModule])[] = [
  [`${TYPES_FOLDER}/easel.d.ts`, 'easel'],
  [`${TYPES_FOLDER}/gifenc.d.ts`, 'gifenc'],
  [`${TYPES_FOLDER}/papaparse.d.ts`, 'papaparse'],
  [`${TYPES_FOLDER}/ml-regression.d.ts`, 'ml-regression'],
  [`${TYPES_FOLDER}/node/`, 'node'],
  ['/node_modules/@types/node/', 'node'],
  ['/sandbox/helpers/', 'easel'],
  ['/sandbox/canvas/', 'canvas'],
  ['/node_modules/canvas/', 'canvas'],
  ['/node_modules/@napi-rs/canvas/', 'canvas'],
  ['/node_modules/sharp/', 'sharp'],
  ['/node_modules/chart.js/', 'chart.js'],
  ['/node_modules/chartjs-node-canvas/', 'chartjs-node-canvas'],
  ['/node_modules/chartjs-', 'chart.js'],
  ['/node_modules/@sgratzl/', 'chart.js'],
  ['/node_modules/echarts/', 'echarts'],
  ['/node_modules/zrender/', 'echarts'],
  ['/node_modules/@types/d3-array/', 'd3-array'],
  ['/node_modules/simple-statistics/', 'simple-statistics'],
  ['/node_modules/dayjs/', 'dayjs'],
  ['/node_modules/arquero/', 'arquero'],
  ['/node_modules/date-fns/', 'date-fns'],
]

/** The module of the first URI that belongs to one; undefined for built-in libraries and the snippet itself. */
export function moduleOf(addresses: readonly string[]): DeclaringModule | undefined {
  for (const address of addresses) {
    // The compiler's bundled libraries have no file path.
    const path = address.startsWith('file:') ? fileURLToPath(address) : ''
    const found = FILES.find(([part]) => path.includes(part))
    if (found) return found[1]
  }
  return undefined
}
