// Which cells of a journal must run again so that a snippet finds everything as it was. Pure: journal facts in, steps out.
// A name is bound by the last cell that declared it (an instance). Whoever needs an instance needs the cell that declared
// it, and all cells that touched it later, as they may have changed it or given it other names; so the cells that are
// run again are closed under touching, and what is not among them cannot be told from what was never run.
import { createBindings, type Bindings } from './bindings.ts'

/** What a cell or a snippet mentions; `src/check/reach.ts` reads it from the code. */
export interface Mentions {
  readonly uses: readonly string[]
  readonly imports: readonly { readonly name: string; readonly text: string; readonly module: string }[]
  readonly assigns: readonly string[]
  readonly changes: readonly string[]
  readonly closes: boolean
}

/** A cell that ended ok. */
export interface PastCell {
  readonly cell: number
  /** The top-level names it left behind, imported ones too. */
  readonly names: readonly string[]
  readonly mentions: Mentions
}

/** What the sandbox holds now. */
export interface Living {
  readonly cells: ReadonlySet<number>
  /** Which cell each global name was bound by. */
  readonly bound: ReadonlyMap<string, number>
}

/** One run: the whole cell, or only imports of it. */
export type ReplayStep = { readonly cell: number; readonly imports?: readonly { name: string; text: string }[] }

export interface ReplayPlan {
  /** What lives stands in the way: the steps are for a new child. */
  readonly fresh: boolean
  readonly steps: readonly ReplayStep[]
  /** Names that steps bind again although a newer binding lives: it must be put back after them. */
  readonly keep: readonly string[]
}

/** Plans for `code`; `lost` cells are left out (see `lostCells`). */
export function planReplay(
  cells: readonly PastCell[],
  code: Mentions,
  living: Living,
  lost: Lost = new Map(),
): ReplayPlan {
  const bindings = createBindings(cells)
  const needed = closure(bindings, cells, code, lost)
  const isMissing = (cell: number): boolean => !living.cells.has(cell) && !lost.has(cell)
  const steps = stepsOf(bindings, needed, living, isMissing)
  const conflict = steps.some((step) => collides(bindings, step, living))
  if (conflict) {
    const nothing: Living = { cells: new Set(), bound: new Map() }
    return { ...planReplay(cells, code, nothing, lost), fresh: true }
  }
  return { fresh: false, steps, keep: keptNames(bindings, steps, living) }
}

/** Cells that cannot be run again; where that is since they use a name of another such cell, which. */
export type Lost = ReadonlyMap<number, { readonly name: string; readonly cell: number } | undefined>

/** The failed cells and those that use what they declared, and so on. */
export function lostCells(cells: readonly PastCell[], failed: ReadonlySet<number>): Lost {
  const bindings = createBindings(cells)
  const lost = new Map<number, { name: string; cell: number } | undefined>()
  for (const past of cells) {
    if (failed.has(past.cell)) lost.set(past.cell, undefined)
    else {
      const uses = bindings.freeNames(past).map((name) => ({ name, found: bindings.at(name, past.cell) }))
      const broken = uses.find(({ found }) => found && lost.has(found.cell) && !found.import)
      if (broken?.found) lost.set(past.cell, { name: broken.name, cell: broken.found.cell })
    }
  }
  return lost
}

/** Variables whose newest declaration is in one of these cells. */
export function lostNames(cells: readonly PastCell[], lost: Lost): string[] {
  const newest = new Map(cells.flatMap((past) => past.names.map((name) => [name, past] as const)))
  const isVariable = (name: string, { mentions }: PastCell): boolean => !mentions.imports.some((one) => one.name === name)
  return [...newest].filter(([name, past]) => lost.has(past.cell) && isVariable(name, past)).map(([name]) => name)
}

/** Modules whose pictures depend on chart.js's settings or on the registered fonts. */
const DRAWING: ReadonlySet<string> = new Set([
  ...['chart.js', 'chart.js/auto', 'chartjs-node-canvas', '@napi-rs/canvas', 'canvas', 'easel'],
])

interface Needed {
  readonly cells: ReadonlySet<number>
  /** Single imports: name and cell. */
  readonly imports: ReadonlyMap<number, ReadonlySet<string>>
}

function closure(bindings: Bindings, cells: readonly PastCell[], code: Mentions, lost: Lost): Needed {
  const included = new Set<number>()
  const imports = new Map<number, Set<string>>()
  const seen = new Set<string>()
  const waiting: PastCell[] = []
  const include = (past: PastCell): void => {
    if (included.has(past.cell) || lost.has(past.cell)) return
    included.add(past.cell)
    waiting.push(past)
  }
  const need = (name: string, cell: number): void => {
    const key = `${cell}:${name}`
    if (seen.has(key)) return
    seen.add(key)
    const found = bindings.declared(name, cell)
    if (!found) return
    if (found.import) imports.set(cell, (imports.get(cell) ?? new Set()).add(name))
    else for (const past of bindings.touching(name, cell)) include(past)
  }
  const shared = (mentions: Mentions, free: readonly string[], before: number): void => {
    const modules = bindings.modules(mentions, free, before)
    const draws = mentions.changes.includes('drawing') || modules.some((name) => DRAWING.has(name))
    if (draws) for (const past of cells) if (past.mentions.changes.includes('drawing')) include(past)
  }

  for (const past of cells) if (bindings.changesGlobals(past)) include(past)
  const names = code.uses.filter((name) => !code.imports.some((own) => own.name === name))
  for (const name of names) {
    const found = bindings.at(name, Infinity)
    if (found) need(name, found.cell)
  }
  shared(code, names, Infinity)
  for (let past = waiting.pop(); past; past = waiting.pop()) {
    const { cell, mentions } = past
    const free = bindings.freeNames(past)
    for (const name of past.names) need(name, cell)
    for (const name of free) {
      const found = bindings.at(name, cell)
      if (found) need(name, found.cell)
      // A function it left behind reads the name as it is bound when it is called.
      if (found && mentions.closes) for (const later of bindings.after(name, cell)) need(name, later)
    }
    shared(mentions, free, cell)
  }
  return { cells: included, imports }
}

function stepsOf(
  bindings: Bindings,
  needed: Needed,
  living: Living,
  isMissing: (cell: number) => boolean,
): ReplayStep[] {
  const steps: ReplayStep[] = [...needed.cells].filter(isMissing).map((cell) => ({ cell }))
  for (const [cell, names] of needed.imports) {
    if (needed.cells.has(cell) && isMissing(cell)) continue
    const bindsAlready = (name: string): boolean => bindings.isSameImport(name, cell, living.bound.get(name))
    const imports = bindings.importsOf(cell).filter(({ name }) => names.has(name) && !bindsAlready(name))
    if (imports.length > 0) steps.push({ cell, imports })
  }
  return steps.sort((a, b) => a.cell - b.cell)
}

function declaredBy(bindings: Bindings, { cell, imports }: ReplayStep): readonly string[] {
  return imports ? imports.map(({ name }) => name) : (bindings.cell(cell)?.names ?? [])
}

/** Something that lives came after the step and touched the same instance, or hides a name that the step reads. */
function collides(bindings: Bindings, step: ReplayStep, { cells, bound }: Living): boolean {
  if (step.imports) return false
  const past = bindings.cell(step.cell)
  if (!past) return false
  const later = (name: string, cell: number): boolean =>
    bindings.touching(name, cell).some((other) => other.cell > step.cell && cells.has(other.cell))
  if (past.names.some((name) => !bindings.declared(name, step.cell)?.import && later(name, step.cell))) return true
  return bindings.freeNames(past).some((name) => {
    const found = bindings.at(name, step.cell)
    if (!found || found.import) return false
    const hider = bound.get(name)
    return later(name, found.cell) || (cells.has(found.cell) && hider !== undefined && hider !== found.cell)
  })
}

function keptNames(bindings: Bindings, steps: readonly ReplayStep[], { bound }: Living): string[] {
  const newest = new Map(steps.flatMap((step) => declaredBy(bindings, step).map((name) => [name, step.cell] as const)))
  return [...newest].filter(([name, cell]) => (bound.get(name) ?? -1) > cell).map(([name]) => name)
}
