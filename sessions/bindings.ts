// Who declared a name, who touched it and until when. A binding of a name lasts from the cell that declared it to the next
// one that declares it again. Cells that touched a common binding are relatives: one may have changed what the other
// left, or given it another name. A function reads names as they are bound when it is called, and whoever touches a
// relative of the cell that made it may call it; so that cell touches what these names are bound to now.
import type { Mentions, PastCell } from './replay.ts'

/** A declaration of a name by a cell. */
export interface Binding {
  readonly name: string
  readonly cell: number
  /** Set where it is imported: it cannot change, makes nobody a relative, and importing it again gives the same. */
  readonly import?: Mentions['imports'][number] | undefined
}

export interface Bindings {
  cell(cell: number): PastCell | undefined
  /** What the cell found bound and may have touched, by itself or in functions that it may have called. */
  touched(cell: number): readonly Binding[]
  /** What the cell itself mentions of that. */
  mentioned(cell: number): readonly Binding[]
  /** What a snippet that comes after all cells may touch. */
  reach(mentions: Mentions): readonly Binding[]
  /** The cell and its relatives, and theirs, in order. */
  relatives(cell: number): readonly number[]
}

/** Looks at cells in their order. */
export function createBindings(cells: readonly PastCell[]): Bindings {
  const byNumber = new Map(cells.map((past) => [past.cell, past]))
  const current = new Map<string, Binding>()
  const touched = new Map<number, readonly Binding[]>()
  const mentioned = new Map<number, readonly Binding[]>()
  const families = createFamilies()

  /** Follows names to bindings, and from there to what functions of these families read. */
  const follow = (
    names: readonly string[],
    homes: number[],
    bindingOf: (name: string) => Binding | undefined,
  ): Binding[] => {
    const found = new Map<string, Binding>()
    const waiting = [...names]
    const enter = (cell: number): void => void waiting.push(...families.readBy(cell))
    for (const home of homes) enter(home)
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
      const binding = found.has(name) ? undefined : bindingOf(name)
      if (!binding) continue
      found.set(name, binding)
      if (!binding.import) enter(binding.cell)
    }
    return [...found.values()]
  }

  for (const past of cells) {
    const imports = new Map(past.mentions.imports.map((one) => [one.name, one]))
    const own = new Map(past.names.map((name) => [name, { name, cell: past.cell, import: imports.get(name) }]))
    const free = past.mentions.uses.filter((name) => !own.has(name) && current.has(name))
    families.add(past.cell, past.mentions.closes ? free : [])
    const all = follow(free, [], (name) => own.get(name) ?? current.get(name)).filter(({ cell }) => cell !== past.cell)
    touched.set(past.cell, all)
    mentioned.set(
      past.cell,
      all.filter(({ name }) => free.includes(name)),
    )
    for (const binding of all) if (!binding.import) families.join(past.cell, binding.cell)
    for (const binding of own.values()) current.set(binding.name, binding)
  }

  return {
    cell: (cell) => byNumber.get(cell),
    touched: (cell) => touched.get(cell) ?? [],
    mentioned: (cell) => mentioned.get(cell) ?? [],
    reach(mentions) {
      const own = new Set([...mentions.imports.map(({ name }) => name), ...mentions.declares])
      return follow(
        mentions.uses.filter((name) => !own.has(name)),
        [],
        (name) => current.get(name),
      )
    },
    relatives: (cell) => families.membersOf(cell),
  }
}

interface Families {
  /** A cell alone, and the names that functions it made read. */
  add(cell: number, reads: readonly string[]): void
  join(a: number, b: number): void
  /** Names that functions of the family read. */
  readBy(cell: number): Iterable<string>
  membersOf(cell: number): readonly number[]
}

interface Family {
  readonly members: number[]
  readonly reads: Set<string>
}

function createFamilies(): Families {
  const families = new Map<number, Family>()
  return {
    add: (cell, reads) => void families.set(cell, { members: [cell], reads: new Set(reads) }),
    join(a, b) {
      const [one, two] = [families.get(a), families.get(b)]
      if (!one || !two || one === two) return
      const [large, small] = one.members.length < two.members.length ? [two, one] : [one, two]
      for (const name of small.reads) large.reads.add(name)
      for (const cell of small.members) {
        large.members.push(cell)
        families.set(cell, large)
      }
    },
    readBy: (cell) => families.get(cell)?.reads ?? [],
    membersOf: (cell) => (families.get(cell)?.members ?? []).toSorted((a, b) => a - b),
  }
}
