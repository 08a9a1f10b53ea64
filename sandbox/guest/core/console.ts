// console: formats as Node does and hands the text to the host, until the cell's output limit is reached.
import { ask } from '../bridge.ts'
import { renderTable } from './console-table.ts'
import { format, inspecting } from './inspect.ts'

export type Stream = 'stdout' | 'stderr' | 'value'

let full = false

/** Text longer than this is cut before it crosses; the limit of a cell's whole output is the host's. */
const LONGEST = 2_000_000

/** Prints text as the cell's output. */
export function print(stream: Stream, text: string): void {
  if (full) return
  const [more] = ask('console.print', { stream, text: text.length > LONGEST ? text.slice(0, LONGEST) : text })
  full = more === false
}

/** A new cell prints again. */
export function resetConsole(): void {
  full = false
}

/** Installs `console`; `time` and friends read the cell's clock. */
export function installConsole(realm: typeof globalThis): void {
  let indent = ''
  const counts = new Map<string, number>()
  const times = new Map<string, number>()
  const line = (stream: Stream, text: string): void =>
    print(stream, `${indent ? text.replace(/^/gm, indent) : text}\n`)
  const out = (...args: unknown[]): void => line('stdout', format(args))
  const err = (...args: unknown[]): void => line('stderr', format(args))
  const elapsed = (label: string): string | undefined => {
    const start = times.get(label)
    return start === undefined ? undefined : `${label}: ${realm.performance.now() - start}ms`
  }
  const group = (...args: unknown[]): void => {
    if (args.length > 0) out(...args)
    indent += '  '
  }

  realm.console = {
    log: out,
    info: out,
    debug: out,
    error: err,
    warn: err,
    trace: (...args: unknown[]) => err(`Trace: ${format(args)}`),
    dir: (value: unknown, options?: object) => line('stdout', inspecting().inspect(value, { customInspect: false, ...options })),
    dirxml: out,
    table: (rows: unknown, columns?: string[]) => {
      const text = renderTable(rows, columns)
      if (text === undefined) out(rows)
      else line('stdout', text)
    },
    assert: (ok?: unknown, ...args: unknown[]) => {
      if (!ok) err(args.length > 0 ? `Assertion failed: ${format(args)}` : 'Assertion failed')
    },
    count: (label = 'default') => {
      counts.set(label, (counts.get(label) ?? 0) + 1)
      out(`${label}: ${counts.get(label)}`)
    },
    countReset: (label = 'default') => void counts.delete(label),
    group,
    groupCollapsed: group,
    groupEnd: () => {
      indent = indent.slice(0, -2)
    },
    time: (label = 'default') => void times.set(label, realm.performance.now()),
    timeLog: (label = 'default', ...args: unknown[]) => {
      const text = elapsed(label)
      if (text) out(text, ...args)
    },
    timeEnd: (label = 'default') => {
      const text = elapsed(label)
      times.delete(label)
      if (text) out(text)
    },
    clear: () => undefined,
  } as unknown as Console
}

/** What `node:util` exports here. */
export const utilModule = {
  get format() {
    return inspecting().format
  },
  get formatWithOptions() {
    return inspecting().formatWithOptions
  },
  get inspect() {
    return inspecting().inspect
  },
  promisify,
  callbackify,
  isDeepStrictEqual,
  stripVTControlCharacters: (text: string) => text.replace(/\u001b\[[0-9;]*[A-Za-z]/g, ''),
  types: {
    isDate: (x: unknown) => Object.prototype.toString.call(x) === '[object Date]',
    isRegExp: (x: unknown) => x instanceof RegExp,
    isPromise: (x: unknown) => x instanceof Promise,
    isTypedArray: (x: unknown) => ArrayBuffer.isView(x) && !(x instanceof DataView),
    isUint8Array: (x: unknown) => x instanceof Uint8Array,
    isArrayBuffer: (x: unknown) => x instanceof ArrayBuffer,
    isAnyArrayBuffer: (x: unknown) => x instanceof ArrayBuffer,
    isMap: (x: unknown) => x instanceof Map,
    isSet: (x: unknown) => x instanceof Set,
    isNativeError: (x: unknown) => x instanceof Error,
  },
  get TextEncoder() {
    return globalThis.TextEncoder
  },
  get TextDecoder() {
    return globalThis.TextDecoder
  },
}

type Callback = (error: unknown, value?: unknown) => void

function promisify(run: (...args: unknown[]) => unknown): (...args: unknown[]) => Promise<unknown> {
  return function promisified(this: unknown, ...args) {
    return new Promise((resolve, reject) => {
      Reflect.apply(run, this, [...args, (error: unknown, value: unknown) => (error ? reject(error) : resolve(value))])
    })
  }
}

function callbackify(run: (...args: unknown[]) => Promise<unknown>): (...args: unknown[]) => void {
  return function callbackified(this: unknown, ...args) {
    const done = args.pop() as Callback
    Reflect.apply(run, this, args).then(
      (value: unknown) => queueMicrotask(() => done(null, value)),
      (error: unknown) => queueMicrotask(() => done(error)),
    )
  }
}

function isDeepStrictEqual(a: unknown, b: unknown): boolean {
  const deep = { depth: Infinity, maxArrayLength: null, maxStringLength: null, sorted: true, showHidden: false } as const
  return Object.is(a, b) || (typeof a === 'object' && typeof b === 'object' && inspecting().inspect(a, deep) === inspecting().inspect(b, deep))
}
