// The lifecycle of a cell: its bindings, which persist between cells, its imports and its outcome.
// Functions called by the host return strings, booleans or nothing and never throw: the host would copy a value thrown
// by the snippet.
import { endCell } from '../bridge.ts'
import { print, resetConsole } from './console/console.ts'
import { Exit } from './exit.ts'
import { flatten } from './failure.ts'
import { inspectSafely } from './console/inspect.ts'
import { clock, timers, transport } from './install.ts'
import { findModule, importModule, installLazyGlobals } from './modules.ts'
import {
  apply,
  cut,
  defineProperty,
  getOwnPropertyDescriptor,
  jsonStringify,
  ownKeys,
  textOf,
  whenSettled,
} from './primordials.ts'

type Accessor = readonly [kind: 'const' | 'let', get: () => unknown, set?: (value: unknown) => void]
type Bindings = Readonly<Record<string, Accessor>>

/** Tools available to the first line of a cell's script; see sandbox/child/cell/script.ts. */
interface CellTools {
  bind(bindings: Bindings): void
  module(name: string): Record<string, unknown>
  member(name: string, member: string): unknown
  load(name: string): Promise<Record<string, unknown>>
}

installLazyGlobals(globalThis)

let bound: Bindings = {}
let before: Record<string, PropertyDescriptor | undefined> = {}
let outcome: string | undefined
/** Names bound by earlier cells. */
const keptNames = { __proto__: null } as unknown as Record<string, true>

// Declared in the bundle's intro; see guest/library-realm.ts.
declare const $cells: { bind(name: string): boolean }
$cells.bind = (name) => name in keptNames || getOwnPropertyDescriptor(bound, name) !== undefined

const hidden = { __proto__: null } as unknown as Record<string, PropertyDescriptor | undefined>

const tools: CellTools = {
  bind(bindings) {
    bound = bindings
    before = { ...hidden }
    const names = ownKeys(bindings) as string[]
    for (let i = 0; i < names.length; i++) {
      const name = names[i] as string
      before[name] = getOwnPropertyDescriptor(globalThis, name)
      const [kind, get, set] = bindings[name] as Accessor
      const refuse = (): never => {
        throw new TypeError('Assignment to constant variable.')
      }
      defineProperty(
        globalThis,
        name,
        plain({ get, set: kind === 'let' ? set : refuse, configurable: true, enumerable: true }),
      )
    }
  },
  module: (name) => known(findModule(name), name),
  member(name, member) {
    const found = tools.module(name)
    if (member in found) return found[member]
    throw new SyntaxError(`The requested module '${name}' does not provide an export named '${member}'`)
  },
  async load(name) {
    const text = String(name)
    return known(await importModule(text), text)
  },
}

function known(module: Record<string, unknown> | undefined, name: string): Record<string, unknown> {
  if (!module) throw new Error(`Cannot find module '${name}'`)
  return module
}

/** Runs a cell; its script calls this once with the cell's body. */
function enter(body: (tools: CellTools) => Promise<unknown>): void {
  guarded(() =>
    whenSettled(
      body(tools),
      (value) =>
        guarded(() => {
          if (value !== undefined) show(value)
          outcome = ''
        }),
      fail,
    ),
  )
}

function fail(error: unknown): void {
  // `process.exit` ends the cell immediately; exit code 0 counts as success.
  const exitCode = Exit.codeOf(error)
  if (exitCode !== undefined) timers.clear()
  if (exitCode === 0) {
    outcome = ''
    return
  }
  outcome = jsonStringify(flatten(error))
}

function guarded(run: () => void): void {
  try {
    run()
  } catch (error) {
    fail(error)
  }
}

/** Delivers the result of a native operation to the snippet. */
export function settle(...args: Parameters<typeof transport.settle>): void {
  guarded(() => apply(transport.settle, undefined, args))
}

function show(value: unknown): void {
  const plain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
  const whole = plain ? cut(textOf(value), 10_000) : inspectSafely(value, SHOWN)
  // The internals of an unrendered sharp pipeline are not useful to print.
  const text = whole.startsWith('Sharp {\n') ? 'Sharp {…}' : whole.startsWith('<Buffer ') ? describeBytes(value) : whole
  print(
    'value',
    `${text}
`,
  )
}

/** Bytes are not useful to print either, so only their number is shown. */
function describeBytes(value: unknown): string {
  const { length } = value as { readonly length: unknown }
  return `<Buffer of ${typeof length === 'number' ? length : 'some'} bytes>`
}

const SHOWN = { depth: 4, maxArrayLength: 50, maxStringLength: 10_000, breakLength: 100 } as const

/** Starts a cell: clock, seed, console. */
export function begin(seed: number, clockAt: number): void {
  outcome = undefined
  bound = {}
  resetConsole()
  clock.start({ seed, clock: clockAt })
}

/** The outcome of the cell's body: '' on success, JSON of the thrown error, undefined while it is still running. */
export const ended = (): string | undefined => outcome

/**
 * Closes the cell: names that were never initialised are restored to their previous state, constants become plain
 * properties (an accessor is ten times slower in a hot loop). A failed cell leaves no names, because replay, checker
 * and export only take successful cells into account. Returns the names that remain, separated by spaces.
 */
export function close(isWell: boolean): string {
  guarded(() => {
    timers.clear()
    transport.forget()
    endCell()
  })
  let stay = ''
  const names = ownKeys(bound) as string[]
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as string
    if (isWell && keepBinding(name, bound[name] as Accessor)) {
      stay += stay === '' ? name : ` ${name}`
      keptNames[name] = true
    } else restoreBinding(name)
  }
  bound = {}
  return stay
}

/** Whether the name was initialised; if so, a constant becomes a plain property. */
function keepBinding(name: string, [kind, get]: Accessor): boolean {
  try {
    const value = get()
    if (kind === 'const') {
      defineProperty(globalThis, name, plain({ value, writable: false, configurable: true, enumerable: true }))
    }
    return true
  } catch {
    return false
  }
}

/** Restores the name's previous state; a property that the snippet made non-configurable stays. */
function restoreBinding(name: string): void {
  const old = before[name]
  try {
    if (old) defineProperty(globalThis, name, plain(old))
    else delete (globalThis as Record<string, unknown>)[name]
  } catch {
    // Not configurable: it cannot be changed any more.
  }
}

/** A descriptor without a prototype, so it inherits nothing from the snippet's Object.prototype. */
function plain(descriptor: PropertyDescriptor): PropertyDescriptor {
  return { __proto__: null, ...descriptor } as PropertyDescriptor
}

/** Fires the next timer in order of due time. */
export function fire(last: boolean): boolean {
  try {
    return timers.fireNext(last)
  } catch (error) {
    fail(error)
    return false
  }
}

Object.defineProperty(globalThis, '__easel', { value: enter, writable: false, configurable: false, enumerable: false })
