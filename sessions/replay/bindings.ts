// Which cells declared and touched a name. A binding of a name lasts from the cell that declared it to the next one
// that declares it again. Cells that touched a common binding are relatives: one may have changed what the other left,
// or aliased it. A function reads names as they are bound when it is called. Using a value may call functions of its
// family, so it touches the current bindings of all names that those functions read.

/** The names that a cell or a snippet mentions; `src/snippet/analysis.ts` extracts them from the code. */
export interface Mentions {
  readonly uses: readonly string[]
  readonly imports: readonly { readonly name: string; readonly text: string; readonly module: string }[]
  /** Names that it certainly declares itself. */
  readonly declares: readonly string[]
  readonly assigns: readonly string[]
  readonly changes: readonly string[]
  readonly closes: boolean
}

/** A cell that ended ok. */
export interface PastCell {
  readonly cell: number
  /** The top-level names it left behind, including imports. */
  readonly names: readonly string[]
  readonly mentions: Mentions
}

/** A declaration of a name by a cell. */
export interface Binding {
  readonly name: string
  readonly cell: number
  /** Set for an import: it cannot change, relates no cells, and importing it again gives the same value. */
  readonly import?: Mentions['imports'][number] | undefined
}

export interface Bindings {
  cell(cell: number): PastCell | undefined
  /** Earlier bindings that the cell may have touched, by itself or in functions that it may have called. */
  touched(cell: number): readonly Binding[]
  /** The subset of `touched` that the cell mentions itself. */
  mentioned(cell: number): readonly Binding[]
  /** What a snippet run after all cells may touch. */
  references(mentions: Mentions): readonly Binding[]
  /** The transitive closure of the cell's relatives and itself, in no order; the same list for each of them. */
  relatives(cell: number): readonly number[]
}

const known = new WeakMap<readonly PastCell[], { readonly book: MutableBindings; seen: number }>()

/** The bindings of the cells, in order; cached, so that a list that has grown costs only its new cells. */
export function bindingsOf(cells: readonly PastCell[]): Bindings {
  const at = known.get(cells) ?? { book: createMutableBindings(), seen: 0 }
  known.set(cells, at)
  for (; at.seen < cells.length; at.seen++) at.book.add(cells[at.seen] as PastCell)
  return at.book
}

interface MutableBindings extends Bindings {
  add(past: PastCell): void
}

function createMutableBindings(): MutableBindings {
  const cells = new Map<number, PastCell>()
  const current = new Map<string, Binding>()
  const touched = new Map<number, readonly Binding[]>()
  const mentioned = new Map<number, readonly Binding[]>()
  const families = createFamilies()

  /** Resolves names to bindings, and follows what functions of their families read from others. */
  const follow = (names: readonly string[], bindingOf: (name: string) => Binding | undefined): Binding[] => {
    const found = new Map<string, Binding>()
    const entered = new Set<Family>()
    const waiting = [...names]
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
      const binding = found.has(name) ? undefined : bindingOf(name)
      if (!binding) continue
      found.set(name, binding)
      const family = binding.import ? undefined : families.of(binding.cell)
      if (!family || entered.has(family)) continue
      entered.add(family)
      for (const read of family.reads) {
        const other = bindingOf(read)
        if (other && (other.import || families.of(other.cell) !== family)) waiting.push(read)
      }
    }
    return [...found.values()]
  }

  return {
    add(past) {
      const { cell, mentions } = past
      cells.set(cell, past)
      const imports = new Map(mentions.imports.map((one) => [one.name, one]))
      const own = new Map(past.names.map((name) => [name, { name, cell, import: imports.get(name) }]))
      const free = new Set(mentions.uses.filter((name) => !own.has(name) && current.has(name)))
      families.add(cell, mentions.closes ? free : [])
      const all = follow([...free], (name) => own.get(name) ?? current.get(name)).filter((one) => one.cell !== cell)
      touched.set(cell, all)
      const direct = all.filter(({ name }) => free.has(name))
      mentioned.set(cell, direct)
      for (const binding of all) if (!binding.import) families.join(cell, binding.cell)
      for (const binding of own.values()) current.set(binding.name, binding)
    },
    cell: (cell) => cells.get(cell),
    touched: (cell) => touched.get(cell) ?? [],
    mentioned: (cell) => mentioned.get(cell) ?? [],
    references(mentions) {
      const own = new Set([...mentions.imports.map(({ name }) => name), ...mentions.declares])
      const free = mentions.uses.filter((name) => !own.has(name))
      return follow(free, (name) => current.get(name))
    },
    relatives: (cell) => families.of(cell)?.members ?? [],
  }
}

interface Family {
  /** In no order. */
  readonly members: number[]
  /** Names that functions of the family read. */
  readonly reads: Set<string>
}

interface Families {
  /** Adds a cell as a family of its own; `reads`: names that its functions read. */
  add(cell: number, reads: Iterable<string>): void
  join(a: number, b: number): void
  of(cell: number): Family | undefined
}

function createFamilies(): Families {
  const families = new Map<number, Family>()
  return {
    add: (cell, reads) => void families.set(cell, { members: [cell], reads: new Set(reads) }),
    of: (cell) => families.get(cell),
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
  }
}
