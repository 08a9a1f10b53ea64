// Runs cells in this process with the sandbox's naming rules but without its walls: fast enough for many random
// programs.
import { createContext, runInContext, type Context } from 'node:vm'
import { writeScript } from '../../../sandbox/child/cell/script.ts'
import type { PastCell } from '../../../sessions/replay/bindings.ts'
import { planReplay } from '../../../sessions/replay/plan.ts'
import { analyzeSnippet } from '../../../src/snippet/analysis.ts'

type Accessor = readonly [kind: 'const' | 'let', get: () => unknown, set?: (value: unknown) => void]

const MODULES: Readonly<Record<string, Record<string, unknown>>> = {
  'node:path': {
    default: {},
    join: (...parts: string[]) => parts.join('/'),
    basename: (path: string) => `base ${path}`,
  },
  'node:util': {
    default: {},
    format: (...parts: unknown[]) => parts.join(' '),
    inspect: (value: unknown) => `<${String(value)}>`,
  },
}

export interface Realm {
  /** Runs a cell and returns the names that it declared; throws what it throws. */
  run(code: string, cell: number): Promise<readonly string[]>
  /** The value of an expression. */
  value(expression: string): unknown
  readonly global: object
}

/** An empty realm. */
export function createRealm(): Realm {
  const context: Context = createContext({ JSON })
  const global = runInContext('globalThis', context) as object
  return {
    global,
    value: (expression) => runInContext(expression, context),
    async run(code, cell) {
      const { source } = writeScript(code, cell, new Set(Object.keys(MODULES)))
      let bound: Record<string, Accessor> = {}
      const tools = {
        bind(bindings: Record<string, Accessor>) {
          bound = bindings
          for (const [name, [kind, get, set]] of Object.entries(bindings)) {
            const setter = kind === 'let' ? { set: set as (value: unknown) => void } : {}
            Object.defineProperty(global, name, { get, ...setter, configurable: true, enumerable: true })
          }
        },
        module: (name: string) => MODULES[name],
        member: (name: string, member: string) => MODULES[name]?.[member],
      }
      let ended: Promise<unknown> = Promise.resolve()
      Object.defineProperty(global, '__easel', {
        value: (body: (given: typeof tools) => Promise<unknown>) => (ended = body(tools)),
        configurable: true,
      })
      runInContext(source, context)
      await ended
      for (const [name, [kind, get]] of Object.entries(bound)) {
        if (kind === 'const')
          Object.defineProperty(global, name, { value: get(), configurable: true, enumerable: true })
      }
      return Object.keys(bound)
    },
  }
}

export interface Program {
  readonly cells: readonly PastCell[]
  readonly codes: ReadonlyMap<number, string>
}

/** A realm that is emptied and refilled as planned, for one snippet after the other. */
export function createReplayed() {
  let realm = createRealm()
  let living = new Set<number>()
  let bound = new Map<string, number>()
  const bind = (names: readonly string[], cell: number): void => names.forEach((name) => bound.set(name, cell))
  const clear = (): void => {
    realm = createRealm()
    living = new Set()
    bound = new Map()
  }
  return {
    realm: () => realm,
    clear,
    /**
     * Prepares the realm for the code; returns how many cells ran. Throws if the plan itself says that is not enough.
     */
    async prepare(program: Program, code: string): Promise<number> {
      const plan = planReplay(program.cells, analyzeSnippet(code), { cells: living, bound })
      if (plan.fresh) clear()
      const kept = plan.keep.map(
        (name) => [name, Object.getOwnPropertyDescriptor(realm.global, name), bound.get(name)] as const,
      )
      for (const { cell, imports } of plan.steps) {
        const text = imports?.map((one) => one.text).join('\n') ?? program.codes.get(cell) ?? ''
        bind(await realm.run(text, cell), cell)
        if (!imports) living.add(cell)
      }
      for (const [name, to, cell] of kept) {
        if (to) Object.defineProperty(realm.global, name, to)
        if (cell !== undefined) bound.set(name, cell)
      }
      const { steps } = planReplay(program.cells, analyzeSnippet(code), { cells: living, bound })
      if (steps.length > 0) throw new Error(`not done after all steps: ${JSON.stringify(steps)}`)
      return plan.steps.filter((step) => !step.imports).length
    },
    ran(names: readonly string[], cell: number) {
      living.add(cell)
      bind(names, cell)
    },
  }
}
