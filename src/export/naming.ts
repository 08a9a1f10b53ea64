// Turns cells that share their names like a notebook into one module, where each name is declared once. The first
// declaration keeps its name; later ones become `name2`, `name3` …
import type { CellReading, Change, Imported } from './reading.ts'

export interface Naming {
  /** Renames, cell by cell. */
  readonly changes: readonly (readonly Change[])[]
  /** Imports of all cells without duplicates, with their local names in the module. */
  readonly imports: readonly Imported[]
  /** Cell by cell: names whose latest value functions of other cells read, and what each is called from here on. */
  readonly newest: readonly (readonly Newest[])[]
  /** The name under which the module imports the notebook. */
  readonly notebook: string
}

export interface Newest {
  readonly name: string
  readonly emitted: string
  readonly assignable: boolean
}

interface Bound {
  /** Its name in the cells. */
  readonly name: string
  emitted: string
  readonly cell: number
}

/** Assigns the names of all cells together. */
export function nameAll(cells: readonly CellReading[]): Naming {
  const used = new Set(cells.flatMap(({ names }) => [...names]))
  const tables = bindAll(cells)
  const meanings = cells.map((cell, k) => cell.references.map((reference) => resolveName(cells, tables, k, reference)))
  const globals = new Set(
    meanings.flatMap((list, k) =>
      list.flatMap((found, i) => (found === 'global' ? [cells[k]?.references[i]?.name ?? ''] : [])),
    ),
  )
  emit(tables.all, globals, used)
  const notebook = fresh('notebook', new Set([...used, ...tables.all.map(({ emitted }) => emitted)]))
  const newest = new Set(
    meanings.flatMap((list, k) =>
      list.flatMap((found, i) => (found === 'newest' ? [cells[k]?.references[i]?.name ?? ''] : [])),
    ),
  )
  return {
    notebook,
    imports: importsOf(cells, tables),
    newest: cells.map((_, k) =>
      [...newest].flatMap((name) => {
        const bound = tables.values[k]?.get(name)
        return bound ? [{ name, emitted: bound.emitted, assignable: cells[k]?.kept.get(name) === 'let' }] : []
      }),
    ),
    changes: cells.map((cell, k) => [
      ...cell.references.flatMap(({ name, start, end, shorthand }, i) => {
        const found = meanings[k]?.[i]
        if (!found || found === 'global') return []
        const by = found === 'newest' ? `${notebook}.newest.${name}` : found.emitted
        return by === name ? [] : [{ start, end, by: shorthand ? `${name}: ${by}` : by }]
      }),
      ...cell.typeReferences.flatMap(({ name, start, end }) => {
        const by = typeMeaning(cells, tables, k, name)?.emitted ?? name
        return by === name ? [] : [{ start, end, by }]
      }),
    ]),
  }
}

interface Tables {
  readonly all: readonly Bound[]
  /** Cell by cell, the binding of each of its own names. */
  readonly values: readonly ReadonlyMap<string, Bound>[]
  readonly types: readonly ReadonlyMap<string, Bound>[]
}

function bindAll(cells: readonly CellReading[]): Tables {
  const all: Bound[] = []
  const imported = new Map<string, Bound>()
  const add = (name: string, cell: number): Bound => {
    const bound = { name, emitted: name, cell }
    all.push(bound)
    return bound
  }
  const values: Map<string, Bound>[] = []
  const types: Map<string, Bound>[] = []
  for (const [k, cell] of cells.entries()) {
    const own = new Map<string, Bound>()
    const ownTypes = new Map<string, Bound>()
    for (const one of cell.imports) {
      const key = importKey(one)
      const bound = imported.get(key) ?? add(one.local, k)
      imported.set(key, bound)
      ;(one.isType ? ownTypes : own).set(one.local, bound)
    }
    for (const name of cell.declared) own.set(name, add(name, k))
    for (const name of cell.types) if (!ownTypes.has(name)) ownTypes.set(name, own.get(name) ?? add(name, k))
    values.push(own)
    types.push(ownTypes)
  }
  return { all, values, types }
}

/** Two imports are the same if they import the same thing under the same name. */
function importKey({ module, imported, member, local }: Imported): string {
  return JSON.stringify([module, imported, member, local])
}

/** Resolves a name in cell `k`: a binding, a global, or 'newest' for the latest value at the time of reading. */
function resolveName(
  cells: readonly CellReading[],
  { values }: Tables,
  k: number,
  { name, later, statement }: CellReading['references'][number],
): Bound | 'global' | 'newest' {
  const own = values[k]?.get(name)
  if (own) return own
  const declaring = cells.flatMap((cell, j) => (values[j]?.has(name) && isKept(cell, name) ? [j] : []))
  const before = declaring.filter((j) => j < k).map((j) => values[j]?.get(name))
  const after = declaring.filter((j) => j > k).map((j) => values[j]?.get(name))
  const now = before.at(-1)
  const next = declaring.find((j) => j > k && values[j]?.get(name) !== now)
  if (next === undefined || !later || !isCallableFrom(cells, k, statement, next)) return now ?? 'global'
  const meant = new Set([...(now ? [now] : []), ...after])
  return meant.size === 1 ? ([...meant][0] ?? 'global') : 'newest'
}

/** Declarations that shadow built-ins are visible only in their own cell. */
function isKept(cell: CellReading, name: string): boolean {
  return cell.kept.has(name) || cell.imports.some(({ local }) => local === name)
}

/** Whether something that the statement created can be called from cell `next` on. */
function isCallableFrom(cells: readonly CellReading[], k: number, statement: number, next: number): boolean {
  const made = cells[k]?.writes[statement] ?? new Set()
  return cells.slice(next).some(({ names }) => [...made].some((name) => names.has(name)))
}

function typeMeaning(
  cells: readonly CellReading[],
  { values, types }: Tables,
  k: number,
  name: string,
): Bound | undefined {
  for (let j = k; j >= 0; j--) {
    const found = types[j]?.get(name) ?? values[j]?.get(name)
    if (found) return found
  }
  return undefined
}

function emit(all: readonly Bound[], globals: ReadonlySet<string>, used: ReadonlySet<string>): void {
  const taken = new Set(globals)
  for (const bound of all) {
    bound.emitted = taken.has(bound.name) ? fresh(bound.name, new Set([...taken, ...used])) : bound.name
    taken.add(bound.emitted)
  }
}

function fresh(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name
  let n = 2
  while (taken.has(`${name}${n}`)) n++
  return `${name}${n}`
}

function importsOf(cells: readonly CellReading[], { values, types }: Tables): Imported[] {
  const found = new Map<Bound, Imported>()
  for (const [k, cell] of cells.entries())
    for (const one of cell.imports) {
      const bound = (one.isType ? types : values)[k]?.get(one.local)
      if (bound && (!found.has(bound) || !one.isType)) found.set(bound, { ...one, local: bound.emitted })
    }
  return [...found.values()]
}
