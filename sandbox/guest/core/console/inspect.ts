// Node's inspect and format, loaded when the first value needs them (plain strings do not).
import type * as Inspecting from 'node-inspect-extracted'
import { cut } from '../primordials.ts'

declare const require: (name: string) => typeof Inspecting

let loaded: typeof Inspecting | undefined

/** The formatting functions of Node's util. */
export function inspecting(): typeof Inspecting {
  return (loaded ??= load())
}

/** The package looks at every built-in when it loads, also at those that snippets do not have. */
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
 * A value as Node shows it, or its kind alone where that fails: Node looks behind proxies, here their traps are asked, and
 * those of chart.js's options answer what no object would.
 */
export function shown(value: unknown, options: Parameters<typeof Inspecting.inspect>[1] = {}): string {
  try {
    return inspecting().inspect(value, options)
  } catch {
    return kindOf(value)
  }
}

function kindOf(value: unknown): string {
  try {
    const name: unknown = (value as object).constructor.name
    if (typeof name === 'string' && name !== '') return `[${cut(name, 100)}]`
  } catch {
    // Then it has no name.
  }
  return typeof value === 'function' ? '[Function]' : '[object Object]'
}

/** What console.log prints for its arguments. */
export function format(args: readonly unknown[]): string {
  const plain = args.every((arg) => typeof arg === 'string') && !(args.length > 1 && (args[0] as string).includes('%'))
  if (plain) return args.join(' ')
  try {
    return inspecting().format(...args)
  } catch {
    return args.map((arg) => (typeof arg === 'string' ? arg : shown(arg))).join(' ')
  }
}
