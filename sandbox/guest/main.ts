// The guest's entry: what the host may call inside the isolate. Bundled into dist/guest.js.
export { begin, close, ended, fire, settle } from './core/cell-lifecycle.ts'
