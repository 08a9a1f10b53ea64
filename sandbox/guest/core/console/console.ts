// console: formats like Node and sends text to the host until the cell's output limit is reached.
import { ask } from '../../bridge.ts'
import { renderTable } from './table.ts'
import { consoleTimes } from './times.ts'
import { format, inspectSafely } from './inspect.ts'

export type Stream = 'stdout' | 'stderr' | 'value'

let full = false

/** Longer text is cut before it crosses the wall; the host enforces the limit for a cell's whole output. */
const MAX_LENGTH = 2_000_000

/** Prints text as the cell's output. */
export function print(stream: Stream, text: string): void {
  if (full) return
  const [more] = ask('console.print', { stream, text: text.length > MAX_LENGTH ? text.slice(0, MAX_LENGTH) : text })
  full = more === false
}

/** Re-enables printing for a new cell. */
export function resetConsole(): void {
  full = false
}

/** Installs `console`; `time` and related methods use the cell's clock. */
export function installConsole(realm: typeof globalThis): void {
  let indent = ''
  const counts = new Map<string, number>()
  const line = (stream: Stream, text: string): void => print(stream, `${indent ? text.replace(/^/gm, indent) : text}\n`)
  const out = (...args: unknown[]): void => line('stdout', format(args))
  const err = (...args: unknown[]): void => line('stderr', format(args))
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
    dir: (value: unknown, options?: object) =>
      line('stdout', inspectSafely(value, { customInspect: false, ...options })),
    dirxml: out,
    table: (rows: unknown, columns?: string[]) => {
      const text = renderTable(rows, columns)
      if (text === undefined) out(rows)
      else line('stdout', text)
    },
    assert: (ok?: unknown, ...args: unknown[]) => {
      if (ok) return
      const [first, ...rest] = args
      if (typeof first === 'string') err(`Assertion failed: ${first}`, ...rest)
      else err('Assertion failed', ...args)
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
    ...consoleTimes(() => realm.performance.now(), out, err),
    clear: () => undefined,
    [Symbol.toStringTag]: 'console',
  } as unknown as Console
}
