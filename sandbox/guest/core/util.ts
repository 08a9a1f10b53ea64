// `node:util` of the sandbox. Loaded on import, so that inspect is only loaded when needed.
import { isDeepStrictEqual } from './deep-equal.ts'
import { getInspect } from './console/inspect.ts'
import { argumentTypeError } from './node-error.ts'
import { types } from './util-types.ts'

type Callback = (error: unknown, value?: unknown) => void
type Run = (...args: unknown[]) => unknown

const custom = Symbol.for('nodejs.util.promisify.custom')

function promisify(run: Run & { [custom]?: Run }): Run {
  if (typeof run !== 'function') throw argumentTypeError('original', 'of type function', run)
  if (run[custom]) return run[custom]
  const promisified = function promisified(this: unknown, ...args: unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      Reflect.apply(run, this, [...args, (error: unknown, value: unknown) => (error ? reject(error) : resolve(value))])
    })
  }
  Object.setPrototypeOf(promisified, Object.getPrototypeOf(run) as object)
  return Object.defineProperties(promisified, Object.getOwnPropertyDescriptors(run))
}
promisify.custom = custom

function callbackify(run: (...args: unknown[]) => Promise<unknown>): (...args: unknown[]) => void {
  if (typeof run !== 'function') throw argumentTypeError('original', 'of type function', run)
  return function callbackified(this: unknown, ...args) {
    const done = args.pop() as Callback
    if (typeof done !== 'function') throw argumentTypeError('last argument', 'of type function', done)
    Reflect.apply(run, this, args).then(
      (value: unknown) => queueMicrotask(() => done(null, value)),
      (error: unknown) => queueMicrotask(() => done(error)),
    )
  }
}

function inherits(child: { prototype: object; super_?: unknown }, parent: { prototype: object }): void {
  Object.defineProperty(child, 'super_', { value: parent, writable: true, configurable: true })
  Object.setPrototypeOf(child.prototype, parent.prototype)
}

/** Warns on stderr at the first call, as Node does, but without the process id. */
function deprecate(run: Run, message: string, code?: string): Run {
  let said = false
  return function deprecated(this: unknown, ...args) {
    if (!said) globalThis.console.error(`${code ? `[${code}] ` : ''}DeprecationWarning: ${message}`)
    said = true
    return Reflect.apply(run, this, args)
  }
}

/** Adds colours only if `validateStream` is false, because a cell's output is not a terminal. */
function styleText(format: string | string[], text: string, options: { validateStream?: boolean } = {}): string {
  if (options.validateStream !== false) return text
  const colours = getInspect().inspect.colors as unknown as Record<string, readonly [number, number]>
  return [format].flat().reduceRight((inner, name) => {
    const [on, off] = colours[name] ?? [0, 0]
    return `\u001b[${on}m${inner}\u001b[${off}m`
  }, text)
}

const debuglog = (): Run => Object.assign(() => undefined, { enabled: false })

const CONTROL = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*[A-Za-z]`, 'g')

export const utilModule = {
  get format() {
    return getInspect().format
  },
  get formatWithOptions() {
    return getInspect().formatWithOptions
  },
  get inspect() {
    return getInspect().inspect
  },
  get TextEncoder() {
    return globalThis.TextEncoder
  },
  get TextDecoder() {
    return globalThis.TextDecoder
  },
  promisify,
  callbackify,
  inherits,
  deprecate,
  styleText,
  debuglog,
  debug: debuglog,
  isDeepStrictEqual,
  types,
  stripVTControlCharacters: (text: string) => text.replace(CONTROL, ''),
  toUSVString: (text: unknown) => String(text).toWellFormed(),
  isArray: Array.isArray,
}
