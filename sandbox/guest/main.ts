// The guest's entry point: the functions that the host may call inside the isolate. Bundled into dist/guest.js.
export { begin, close, ended, fire, settle } from './core/cell-lifecycle.ts'
export { addBundle } from './core/lazy-bundles.ts'
