// Node's inspect and format, loaded when the first value needs them (plain strings do not).
import type * as Inspecting from 'node-inspect-extracted'

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

/** What console.log prints for its arguments. */
export function format(args: readonly unknown[]): string {
  const plain = args.every((arg) => typeof arg === 'string') && !(args.length > 1 && (args[0] as string).includes('%'))
  return plain ? args.join(' ') : inspecting().format(...args)
}
