// Node's inspect and format, loaded when a value first needs them (plain strings do not).
import type * as Inspecting from 'node-inspect-extracted'
import { cut } from '../primordials.ts'

declare const require: (name: string) => typeof Inspecting

let loaded: typeof Inspecting | undefined

/** The formatting functions of Node's util. */
export function getInspect(): typeof Inspecting {
  return (loaded ??= load())
}

/** While loading, the package accesses every built-in, including those removed from the guest. */
function load(): typeof Inspecting {
  const realm = globalThis as Record<string, unknown>
  const missing = ['Atomics', 'SharedArrayBuffer', 'WebAssembly'].filter((name) => !(name in realm))
  for (const name of missing) realm[name] = function absent(): void {}
  try {
    return require('node-inspect-extracted')
  } finally {
    for (const name of missing) delete realm[name]
  }
}

/**
 * Formats a value like Node, or only its kind if that fails. Node sees through proxies; here inspection triggers their
 * traps, and chart.js's option proxies return values that inspect cannot handle.
 */
export function inspectSafely(value: unknown, options: Parameters<typeof Inspecting.inspect>[1] = {}): string {
  try {
    return getInspect().inspect(value, options)
  } catch {
    return kindOf(value)
  }
}

function kindOf(value: unknown): string {
  try {
    const name: unknown = (value as object).constructor.name
    if (typeof name === 'string' && name !== '') return `[${cut(name, 100)}]`
  } catch {
    // The value has no readable name.
  }
  return typeof value === 'function' ? '[Function]' : '[object Object]'
}

/** What console.log prints for its arguments. */
export function format(args: readonly unknown[]): string {
  const plain = args.every((arg) => typeof arg === 'string') && !(args.length > 1 && (args[0] as string).includes('%'))
  if (plain) return args.join(' ')
  try {
    return getInspect().format(...args)
  } catch {
    return args.map((arg) => (typeof arg === 'string' ? arg : inspectSafely(arg))).join(' ')
  }
}
