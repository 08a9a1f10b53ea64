// The packages that have bundles of their own (sandbox/lazy-bundles.ts). The host compiles such a bundle and hands its
// function over: before a cell that imports it statically, or when `import()` asks for it by name. The snippet gains
// nothing by it: the function never leaves this module, and bundles run in strict mode in the global scope.
import { LAZY_MODULES } from '../../lazy-bundles.ts'
import { call } from '../bridge.ts'
import { clock } from './install.ts'

type Namespace = Record<string, unknown>
type Find = (name: string) => Namespace
/** What a bundle evaluates to; see guest/lazy/bundle.ts. */
type Bundle = (find: Find, realm: object) => Readonly<Record<string, () => Namespace>>

// Declared in the bundle's intro; see guest/library-realm.ts.
declare const $realm: object

const bundleOf: Readonly<Record<string, string>> = Object.assign(Object.create(null), Object.fromEntries(LAZY_MODULES))
const bundles = { __proto__: null } as unknown as Record<string, Bundle>
const evaluated = { __proto__: null } as unknown as Record<string, ReturnType<Bundle>>

/** Called by the host. */
export function addBundle(name: string, bundle: Bundle): void {
  bundles[name] ??= bundle
}

/** Whether `requestBundle` must come before `makeLazyModule`. */
export function lacksBundle(module: string): boolean {
  const name = bundleOf[module]
  return name !== undefined && !bundles[name]
}

/** Asks the host for the bundle of a module. */
export async function requestBundle(module: string): Promise<void> {
  await call('bundle.load', bundleOf[module])
}

/**
 * What `import` of a module of a lazy bundle sees; undefined for other modules. `find` returns the guest's own modules.
 * Evaluation does not change the cell's clock or random numbers: in an export it comes before the first cell.
 */
export function makeLazyModule(module: string, find: Find): Namespace | undefined {
  const name = bundleOf[module]
  if (name === undefined) return undefined
  return clock.undisturbed(() => {
    evaluated[name] ??= (bundles[name] as Bundle)(find, $realm)
    return evaluated[name][module]?.()
  })
}
