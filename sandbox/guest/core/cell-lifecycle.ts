// Cells of a session: names that persist between them, what a cell imports, how it ends.
// What the host calls here returns strings, booleans or nothing, and never throws: a thrown value of the snippet's would be copied.
import { print, resetConsole } from './console/console.ts'
import { Exit } from './exit.ts'
import { flatten } from './failure.ts'
import { shown } from './console/inspect.ts'
import { clock, timers, transport } from './install.ts'
import { installLazyGlobals, moduleNamed } from './modules.ts'
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

/** What the first line of a cell's script may use; see sandbox/child/cell/script.ts. */
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
/** Names that cells before have left. */
const left = { __proto__: null } as unknown as Record<string, true>

// A variable of the bundle; see guest/library-realm.ts.
declare const $cells: { bind(name: string): boolean }
$cells.bind = (name) => name in left || getOwnPropertyDescriptor(bound, name) !== undefined

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
  module(name) {
    const found = moduleNamed(name)
    if (!found) throw new Error(`Cannot find module '${name}'`)
    return found
  },
  member(name, member) {
    const found = tools.module(name)
    if (member in found) return found[member]
    throw new SyntaxError(`The requested module '${name}' does not provide an export named '${member}'`)
  },
  load: async (name) => tools.module(String(name)),
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
  // `process.exit` ends the cell where it stands; without a fault it ended well.
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

/** Hands the answer of a native operation to the snippet. */
export function settle(...args: Parameters<typeof transport.settle>): void {
  guarded(() => apply(transport.settle, undefined, args))
}

function show(value: unknown): void {
  const plain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
  const whole = plain ? cut(textOf(value), 10_000) : shown(value, SHOWN)
  // The insides of a picture that is not made yet tell nobody anything.
  const text = whole.startsWith('Sharp {\n') ? 'Sharp {…}' : whole.startsWith('<Buffer ') ? sayBytes(value) : whole
  print(
    'value',
    `${text}
`,
  )
}

/** What bytes are tells nobody anything either. */
function sayBytes(value: unknown): string {
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

/** How the cell's body ended: '' fine, JSON of what it threw, undefined while it still runs. */
export const ended = (): string | undefined => outcome

/**
 * Closes the cell: names that were never initialised go back to what they were, constants become plain properties
 * (an accessor costs ten times as much in a hot loop). Of a cell that did not end well no name stays: what replay,
 * checker and export know is the cells that did. Gives the names that stay, with a space between them.
 */
export function close(isWell: boolean): string {
  guarded(() => {
    timers.clear()
    transport.forget()
  })
  let stay = ''
  const names = ownKeys(bound) as string[]
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as string
    if (isWell && stays(name, bound[name] as Accessor)) {
      stay += stay === '' ? name : ` ${name}`
      left[name] = true
    } else putBack(name)
  }
  bound = {}
  return stay
}

/** Whether the name has a value, which stays. */
function stays(name: string, [kind, get]: Accessor): boolean {
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

/** The name is what it was before the cell; one that the snippet itself fixed for good stays as it is. */
function putBack(name: string): void {
  const old = before[name]
  try {
    if (old) defineProperty(globalThis, name, plain(old))
    else delete (globalThis as Record<string, unknown>)[name]
  } catch {
    // Not configurable: nobody can change it any more.
  }
}

/** A descriptor that inherits nothing from the snippet's Object.prototype. */
function plain(descriptor: PropertyDescriptor): PropertyDescriptor {
  return { __proto__: null, ...descriptor } as PropertyDescriptor
}

/** Fires the next timer, by its due time. */
export function fire(last: boolean): boolean {
  try {
    return timers.fireNext(last)
  } catch (error) {
    fail(error)
    return false
  }
}

Object.defineProperty(globalThis, '__easel', { value: enter, writable: false, configurable: false, enumerable: false })
