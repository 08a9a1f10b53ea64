// Evaluated before all other guest modules: connects the host's callbacks and installs the globals that snippets
// expect.
import { connect } from '../bridge.ts'
import './collector.ts'
import { installBuffer } from './buffer/buffer.ts'
import { installClock } from './clock.ts'
import { installConsole } from './console/console.ts'
import { structuredClone } from './structured-clone.ts'
import { installText } from './buffer/text-encoding.ts'
import { installTimers } from './timers.ts'
import { openTransport, type HostCallbacks } from './transport.ts'
import { installUrl } from './url.ts'

// Arguments of the closure in which the host evaluates this bundle; no other code can access them.
declare const $0: HostCallbacks['give']
declare const $1: HostCallbacks['take']
declare const $2: HostCallbacks['post']
declare const $3: HostCallbacks['ask']
declare const $4: number

removeDangerous(globalThis)

/** The guest's end of the isolate wall. */
export const transport = openTransport({ give: $0, take: $1, post: $2, ask: $3 }, $4)
connect(transport)

/** The cell's clock and random numbers. */
export const clock = installClock(globalThis)
/** The cell's timers. */
export const timers = installTimers(globalThis, clock)

installText(globalThis)
installBuffer(globalThis)
installUrl(globalThis)
installConsole(globalThis)
Object.assign(globalThis, {
  global: globalThis,
  structuredClone,
})
Object.defineProperty(globalThis, Symbol.toStringTag, { value: 'global', configurable: true })
Object.defineProperty(structuredClone, 'name', { value: 'structuredClone' })
for (const name of [
  'global',
  'structuredClone',
  'Buffer',
  'URL',
  'URLSearchParams',
  'TextEncoder',
  'TextDecoder',
  'console',
]) {
  Object.defineProperty(globalThis, name, { enumerable: false })
}

/** Removes threads and memory that isolated-vm does not count. The process's limits are the actual safeguard. */
function removeDangerous(realm: Record<string, unknown>): void {
  for (const name of ['WebAssembly', 'SharedArrayBuffer', 'Atomics']) delete realm[name]
  const prototype = ArrayBuffer.prototype as unknown as Record<string, unknown>
  for (const name of ['resize', 'transfer', 'transferToFixedLength']) delete prototype[name]
  const Plain = ArrayBuffer
  const guarded = new Proxy(Plain, {
    construct(target, args, newTarget) {
      const options: unknown = args[1]
      if (options !== null && typeof options === 'object' && 'maxByteLength' in options) {
        throw new RangeError('Resizable array buffers are not available in the sandbox')
      }
      return Reflect.construct(target, [args[0]], newTarget) as object
    },
  })
  Plain.prototype.constructor = guarded
  realm.ArrayBuffer = guarded
}
