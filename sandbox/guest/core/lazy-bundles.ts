// Brings a package's own bundle into the isolate when it is first imported. The bundle is text of the product, asked
// of the host by a name from a fixed list, and evaluated by an `eval` that was captured before any snippet ran. It runs
// in strict mode in the global scope: a snippet gains nothing by it, since it can evaluate any text itself.
import { LAZY_MODULES } from '../../lazy-bundles.ts'
import { ask } from '../bridge.ts'
import { clock } from './install.ts'

type Namespace = Record<string, unknown>
type Find = (name: string) => Namespace
/** What the text of a bundle evaluates to; see guest/lazy/bundle.ts. */
type Evaluated = (find: Find, realm: object) => Readonly<Record<string, () => Namespace>>

// Declared in the bundle's intro; see guest/library-realm.ts.
declare const $realm: object

const evaluate = eval
const bundleOf = { __proto__: null, ...Object.fromEntries(LAZY_MODULES) } as Readonly<Record<string, string>>
const loaded = { __proto__: null } as unknown as Record<string, ReturnType<Evaluated>>

/**
 * What `import` of a module of a lazy bundle sees; undefined for other modules. `find` returns the guest's own modules.
 * Loading does not change the cell's clock or random numbers: in an export, modules are loaded before the first cell.
 */
export function loadLazyModule(name: string, find: Find): Namespace | undefined {
  const bundle = bundleOf[name]
  if (bundle === undefined) return undefined
  return clock.undisturbed(() => {
    loaded[bundle] ??= (evaluate(ask('bundle.source', bundle)[0] as string) as Evaluated)(find, $realm)
    return loaded[bundle][name]?.()
  })
}
