// The guest's entry: what the host may call inside the isolate. Bundled into dist/guest.js.
import { transport } from './core/install.ts'
import { begin, close, ended, fire } from './core/session.ts'

export const settle = transport.settle
export { begin, close, ended, fire }
