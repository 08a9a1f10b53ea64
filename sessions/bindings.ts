// Who declared a name, who touched it and until when: the cells of a journal, looked up by name. A binding of a name
// (an instance) lasts from the cell that declared it to the next one that declares it again.
import type { Mentions, PastCell } from './replay.ts'

interface Declared {
  readonly cell: number
  /** Set where the name is imported: it cannot change, and importing it again gives the same. */
  readonly import?: Mentions['imports'][number] | undefined
}

export interface Bindings {
  cell(cell: number): PastCell | undefined
  /** The declaration that a name means just before the cell ran. */
  at(name: string, before: number): Declared | undefined
  /** The declaration of the name in this very cell. */
  declared(name: string, cell: number): Declared | undefined
  /** The cell that declared the instance, and those that mention it later. */
  touching(name: string, cell: number): readonly PastCell[]
  /** The later cells that declare the name. */
  after(name: string, cell: number): readonly number[]
  /** Names of earlier cells that this one mentions. */
  freeNames(past: PastCell): readonly string[]
  /** Modules that are reached by imports, or by the free names that an earlier cell imported. */
  modules(mentions: Mentions, free: readonly string[], before: number): readonly string[]
  /** It may change the language's own objects, or a module. */
  changesGlobals(past: PastCell): boolean
  importsOf(cell: number): Mentions['imports']
  /** Whether the name, where `other` bound it, is imported as in `cell`. */
  isSameImport(name: string, cell: number, other: number | undefined): boolean
}

/** Looks at cells in their order. */
export function createBindings(cells: readonly PastCell[]): Bindings {
  const byNumber = new Map(cells.map((past) => [past.cell, past]))
  const declarations = new Map<string, Declared[]>()
  const free = new Map<number, readonly string[]>()
  const users = new Map<string, PastCell[]>()

  for (const past of cells) {
    const own = new Set(past.names)
    const names = past.mentions.uses.filter((name) => !own.has(name) && declarations.has(name))
    free.set(past.cell, names)
    for (const name of names) listed(users, name).push(past)
    const imports = new Map(past.mentions.imports.map((one) => [one.name, one]))
    for (const name of own) listed(declarations, name).push({ cell: past.cell, import: imports.get(name) })
  }
  const at: Bindings['at'] = (name, before) => declarations.get(name)?.findLast(({ cell }) => cell < before)
  const declared: Bindings['declared'] = (name, cell) => declarations.get(name)?.find((one) => one.cell === cell)
  const after: Bindings['after'] = (name, cell) =>
    (declarations.get(name) ?? []).flatMap((one) => (one.cell > cell ? one.cell : []))
  const freeNames: Bindings['freeNames'] = ({ cell }) => free.get(cell) ?? []

  return {
    cell: (cell) => byNumber.get(cell),
    at,
    declared,
    after,
    freeNames,
    touching(name, cell) {
      const end = after(name, cell)[0] ?? Infinity
      const later = (users.get(name) ?? []).filter((past) => past.cell > cell && past.cell < end)
      const owner = byNumber.get(cell)
      return owner ? [owner, ...later] : later
    },
    modules(mentions, names, before) {
      const own = mentions.imports.map(({ module }) => module)
      return [...own, ...names.flatMap((name) => at(name, before)?.import?.module ?? [])]
    },
    changesGlobals(past) {
      const { changes, assigns, imports } = past.mentions
      if (changes.includes('globals')) return true
      const isModule = (name: string): boolean =>
        imports.some((one) => one.name === name) || at(name, past.cell)?.import !== undefined
      return assigns.some(isModule)
    },
    importsOf: (cell) => byNumber.get(cell)?.mentions.imports ?? [],
    isSameImport(name, cell, other) {
      const text = declared(name, cell)?.import?.text
      return text !== undefined && other !== undefined && declared(name, other)?.import?.text === text
    },
  }
}

function listed<T>(lists: Map<string, T[]>, name: string): T[] {
  const known = lists.get(name)
  if (known) return known
  const list: T[] = []
  lists.set(name, list)
  return list
}
