// The only list of packages that are no part of the guest bundle: each is a bundle of its own in dist/guest/, which an
// isolate reads when a cell or a helper first imports it, so that the start of a sandbox costs nothing for them.
import { CHART_PLUGINS, DAYJS_PARTS, NODE_NAMES } from './module-names.ts'

/** Name of a bundle -> the modules in it. Modules whose identity matters to each other are in one bundle. */
export const LAZY_BUNDLES: Readonly<Record<string, readonly string[]>> = {
  // For snippets.
  'd3-array': ['d3-array'],
  'simple-statistics': ['simple-statistics'],
  dayjs: ['dayjs', ...DAYJS_PARTS],
  arquero: ['arquero'],
  'date-fns': ['date-fns'],
  'date-fns-locale': ['date-fns/locale'],
  'ml-regression': ['ml-regression'],
  ...Object.fromEntries(CHART_PLUGINS.map((name) => [name.replace('/', '-'), [name]])),
  echarts: ['echarts'],
  // For `await import()` in sandbox/helpers; snippets may not import them.
  hucre: ['hucre'],
  xlsx: ['@e965/xlsx'],
  jschardet: ['jschardet'],
  hyparquet: ['hyparquet'],
  'hyparquet-writer': ['hyparquet-writer'],
  fzstd: ['fzstd'],
  flechette: ['@uwdata/flechette'],
  fflate: ['fflate'],
}

/** Module -> the bundle that it is in. */
export const LAZY_MODULES: ReadonlyMap<string, string> = new Map(
  Object.entries(LAZY_BUNDLES).flatMap(([bundle, modules]) => modules.flatMap((name) => named(name, bundle))),
)

/** The module under both names, where it has two. */
function named(module: string, bundle: string): [string, string][] {
  return [module, NODE_NAMES.get(module) ?? module].map((name) => [name, bundle])
}
