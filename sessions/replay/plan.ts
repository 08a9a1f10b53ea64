// Plans which cells of a journal must run again so that a snippet finds everything as it was. Pure: journal facts in,
// steps out. A family of cells (see `bindings.ts`) is restored entirely or not at all; order matters only where two
// families declare the same name.
import { bindingsOf, type Binding, type Bindings, type Mentions, type PastCell } from './bindings.ts'

/** The current state of the sandbox. */
export interface LiveState {
  readonly cells: ReadonlySet<number>
  /** The cell that bound each global name. */
  readonly bound: ReadonlyMap<string, number>
}

/** One step: runs the whole cell, or only some of its imports. */
export type ReplayStep = { readonly cell: number; readonly imports?: readonly { name: string; text: string }[] }

export interface ReplayPlan {
  /** The live state conflicts with the steps: they are for a new child. */
  readonly fresh: boolean
  readonly steps: readonly ReplayStep[]
  /** Names that steps rebind although a newer binding is live: it must be restored after them. */
  readonly keep: readonly string[]
}

/** Plans for `code`; `lost` cells are left out (see `lostCells`). */
export function planReplay(
  cells: readonly PastCell[],
  code: Mentions,
  living: LiveState,
  lost: LostCells = new Map(),
): ReplayPlan {
  const bindings = bindingsOf(cells)
  const needed = computeClosure(bindings, cells, code)
  const { steps, hidden } = orderSteps(bindings, needed, living, lost)
  if (living.cells.size > 0 && (hidden || steps.some(createLateCheck(bindings, living)))) {
    const nothing: LiveState = { cells: new Set(), bound: new Map() }
    return { ...planReplay(cells, code, nothing, lost), fresh: true }
  }
  return { fresh: false, steps, keep: namesToRestore(bindings, steps, living) }
}

/** Cells that cannot be rerun; if that is because they use a name of another such cell, that name and cell. */
export type LostCells = ReadonlyMap<number, { readonly name: string; readonly cell: number } | undefined>

/** The failed cells and, transitively, those that use what they declared. */
export function lostCells(cells: readonly PastCell[], failed: ReadonlySet<number>): LostCells {
  const bindings = bindingsOf(cells)
  const lost = new Map<number, { name: string; cell: number } | undefined>()
  for (const { cell } of cells) {
    const cause = bindings.mentioned(cell).find((one) => lost.has(one.cell) && !one.import)
    if (failed.has(cell)) lost.set(cell, undefined)
    else if (cause) lost.set(cell, { name: cause.name, cell: cause.cell })
  }
  return lost
}

/** Variables whose newest declaration is in one of these cells. */
export function lostNames(cells: readonly PastCell[], lost: LostCells): string[] {
  const newest = new Map(cells.flatMap((past) => past.names.map((name) => [name, past] as const)))
  const isVariable = (name: string, { mentions }: PastCell): boolean =>
    !mentions.imports.some((one) => one.name === name)
  return [...newest].filter(([name, past]) => lost.has(past.cell) && isVariable(name, past)).map(([name]) => name)
}

/** State beside variables that cells may change -> the modules whose output depends on it. */
const STATES: Readonly<Record<string, ReadonlySet<string>>> = {
  // chart.js's settings and the registered fonts.
  drawing: new Set('chart.js chart.js/auto chartjs-node-canvas @napi-rs/canvas canvas easel'.split(' ')),
  // What was added to these.
  libraries: new Set(['dayjs', 'date-fns', 'arquero']),
}

interface Needed {
  readonly cells: ReadonlySet<number>
  /** Bindings that the snippet itself may touch. */
  readonly touched: readonly Binding[]
}

function computeClosure(bindings: Bindings, cells: readonly PastCell[], code: Mentions): Needed {
  const included = new Set<number>()
  const waiting: number[] = []
  const states = new Set<string>()
  const include = (of: number): void => {
    if (included.has(of)) return
    const family = bindings.relatives(of)
    for (const cell of family) included.add(cell)
    waiting.push(...family)
  }
  const need = (mentions: Mentions, touched: readonly Binding[]): void => {
    for (const { cell, import: imported } of touched) if (!imported) include(cell)
    const modules = [...mentions.imports, ...touched.flatMap((one) => one.import ?? [])]
    for (const [state, dependents] of Object.entries(STATES))
      if (mentions.changes.includes(state) || modules.some(({ module }) => dependents.has(module))) states.add(state)
  }

  for (const past of cells) if (changesGlobals(past, bindings.mentioned(past.cell))) include(past.cell)
  const touched = bindings.references(code)
  need(code, touched)
  const settle = (): void => {
    for (let cell = waiting.pop(); cell !== undefined; cell = waiting.pop()) {
      const past = bindings.cell(cell)
      if (past) need(past.mentions, bindings.touched(cell))
    }
  }
  settle()
  // The cells that are included may depend on further state.
  for (const state of states) {
    for (const past of cells) if (past.mentions.changes.includes(state)) include(past.cell)
    settle()
  }
  return { cells: included, touched }
}

/** Whether the cell may change built-in objects, or a module. */
function changesGlobals({ mentions }: PastCell, mentioned: readonly Binding[]): boolean {
  const imports = [...mentions.imports, ...mentioned.flatMap((one) => one.import ?? [])]
  return (
    mentions.changes.includes('globals') || mentions.assigns.some((name) => imports.some((one) => one.name === name))
  )
}

/**
 * The steps in the journal's order; `hidden`: one of them would find a name bound differently than it was then. Nothing
 * is imported for live cells: they have it, and its name may be bound to something newer by now.
 */
function orderSteps(
  bindings: Bindings,
  needed: Needed,
  living: LiveState,
  lost: LostCells,
): { steps: ReplayStep[]; hidden: boolean } {
  const bound = new Map(living.bound)
  const steps: ReplayStep[] = []
  const runs = new Set([...needed.cells].filter((cell) => !living.cells.has(cell) && !lost.has(cell)))
  const wanted = importsOf([...needed.touched, ...[...runs].flatMap((cell) => bindings.touched(cell))])
  let hidden = false
  const isBound = ({ name, cell, import: imported }: Binding): boolean =>
    bound.get(name) === cell ||
    (imported !== undefined && importText(bindings, name, bound.get(name)) === imported.text)
  for (const cell of [...new Set([...runs, ...wanted.keys()])].sort((a, b) => a - b)) {
    if (runs.has(cell)) {
      hidden ||= bindings.touched(cell).some((binding) => !lost.has(binding.cell) && !isBound(binding))
      steps.push({ cell })
      for (const name of bindings.cell(cell)?.names ?? []) bound.set(name, cell)
    } else {
      const names = wanted.get(cell)
      const all = bindings.cell(cell)?.mentions.imports ?? []
      const imports = all.filter((one) => names?.has(one.name) && !isBound({ name: one.name, cell, import: one }))
      if (imports.length > 0) steps.push({ cell, imports })
      for (const { name } of imports) bound.set(name, cell)
    }
  }
  return { steps, hidden }
}

/** The imports among these bindings, by cell. */
function importsOf(touched: readonly Binding[]): Map<number, Set<string>> {
  const imports = new Map<number, Set<string>>()
  for (const { name, cell, import: imported } of touched)
    if (imported) imports.set(cell, (imports.get(cell) ?? new Set()).add(name))
  return imports
}

/** The import statement with which the cell bound the name. */
function importText(bindings: Bindings, name: string, cell: number | undefined): string | undefined {
  const past = cell === undefined ? undefined : bindings.cell(cell)
  return past?.mentions.imports.find((one) => one.name === name)?.text
}

/** Whether a relative of the step's cell that came later is live already. */
function createLateCheck(bindings: Bindings, { cells }: LiveState): (step: ReplayStep) => boolean {
  const newest = new Map<readonly number[], number>()
  return ({ cell, imports }) => {
    if (imports) return false
    const family = bindings.relatives(cell)
    const last = newest.get(family) ?? Math.max(0, ...family.filter((one) => cells.has(one)))
    newest.set(family, last)
    return last > cell
  }
}

/** Names that a step binds and that a later, live cell has bound. */
function namesToRestore(bindings: Bindings, steps: readonly ReplayStep[], { bound }: LiveState): string[] {
  const namesOf = ({ cell, imports }: ReplayStep): readonly string[] =>
    imports ? imports.map(({ name }) => name) : (bindings.cell(cell)?.names ?? [])
  const newest = new Map(steps.flatMap((step) => namesOf(step).map((name) => [name, step.cell] as const)))
  return [...newest].filter(([name, cell]) => (bound.get(name) ?? -1) > cell).map(([name]) => name)
}
