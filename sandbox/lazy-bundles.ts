// The only list of packages that are no part of the guest bundle: each is a bundle of its own in dist/guest/, which an
// isolate reads when a cell or a helper first imports it, so that the start of a sandbox costs nothing for them.
import { DAYJS_PARTS } from './module-names.ts'

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

/** Parts of dayjs have two names. */
function named(module: string, bundle: string): [string, string][] {
  return module.includes('dayjs/')
    ? [
        [module, bundle],
        [`${module}.js`, bundle],
      ]
    : [[module, bundle]]
}
