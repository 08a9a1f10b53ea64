// Random programs: after resets at random points every value equals that of a session that was never reset.
import { describe, expect, it } from 'vitest'
import type { PastCell } from '../../../sessions/replay/bindings.ts'
import { analyzeSnippet } from '../../../src/snippet/analysis.ts'
import { createRealm, createReplayed } from './realm.ts'

const PROGRAMS = 150
const CELLS = 14

describe('random programs', () => {
  it(`give the same values after resets, ${PROGRAMS} of them`, async () => {
    let ran = 0
    let whole = 0
    for (let seed = 1; seed <= PROGRAMS; seed++) {
      const counts = await compare(seed)
      ran += counts.ran
      whole += counts.whole
    }
    // The plan leaves out what is not needed.
    expect(ran).toBeLessThan(whole * 0.8)
  })
})

/** Runs one program twice, once with resets; after each cell a value is compared. */
async function compare(seed: number): Promise<{ ran: number; whole: number }> {
  const chance = dice(seed)
  const straight = createRealm()
  const replayed = createReplayed()
  const cells: PastCell[] = []
  const codes = new Map<number, string>()
  let ran = 0
  let whole = 0
  const kinds = new Map<string, Kind>()
  for (let cell = 1; cell <= CELLS; cell++) {
    if (chance(3) === 0) {
      replayed.clear()
      whole += cells.length
    }
    const code = draw(chance, kinds, cell)
    ran += await replayed.prepare({ cells, codes }, code).catch((error: unknown) => {
      throw new Error(`${listed(codes)}\nthen ${code} (seed ${seed})`, { cause: error })
    })
    // A cell that throws (a function that reads what its caller is still declaring) ends the program: it is not
    // replayed.
    const names = await straight.run(code, cell).catch(() => undefined)
    if (!names) break
    const again = await replayed
      .realm()
      .run(code, cell)
      .catch((error: unknown) => {
        throw new Error(`${listed(codes)}\nthen ${code} (seed ${seed})`, { cause: error })
      })
    expect(again).toEqual(names)
    replayed.ran(names, cell)
    cells.push({ cell, names, mentions: analyzeSnippet(code) })
    codes.set(cell, code)
    // Calling a function would change something that is visible in no cell.
    const known = [...kinds.keys()].filter((name) => !['function', 'text'].includes(kinds.get(name) ?? ''))
    const asked = known[chance(known.length)]
    if (asked === undefined) continue
    const question = `JSON.stringify(${asked})`
    ran += await replayed.prepare({ cells, codes }, question).catch((error: unknown) => {
      throw new Error(`${listed(codes)}\nthen ${question} (seed ${seed})`, { cause: error })
    })
    expect(replayed.realm().value(question), `${listed(codes)}\n${question} (seed ${seed})`).toBe(
      straight.value(question),
    )
  }
  return { ran, whole }
}

function listed(codes: ReadonlyMap<number, string>): string {
  return [...codes].map(([cell, code]) => `// ${cell}\n${code}`).join('\n')
}

type Kind = 'array' | 'number' | 'function' | 'text'
type Dice = (sides: number) => number

const NAMES = ['a', 'b', 'c', 'd', 'e', 'join', 'format', 'basename']

/** One to three statements; `kinds` is updated to what each name holds after them. */
function draw(chance: Dice, kinds: Map<string, Kind>, cell: number): string {
  const own = new Set<string>()
  const before = new Map(kinds)
  const lines: string[] = []
  for (let n = chance(3); n >= 0; n--) {
    const line = statement(chance, kinds, before, own, cell)
    if (line !== undefined) lines.push(line)
  }
  return lines.length > 0 ? lines.join('\n') : 'void 0'
}

function statement(
  chance: Dice,
  kinds: Map<string, Kind>,
  before: Map<string, Kind>,
  own: Set<string>,
  cell: number,
): string | undefined {
  // Names that the cell declares further down are not usable yet: only those of earlier cells, or declared above.
  const usable = (kind: Kind): string | undefined => {
    const found = [...kinds]
      .filter(([name, is]) => is === kind && (own.has(name) || before.has(name)))
      .map(([name]) => name)
    return found[chance(found.length)]
  }
  const fresh = (kind: Kind): string | undefined => {
    const name = NAMES[chance(5)] as string
    // A name that an earlier statement used from another cell cannot be declared below it.
    if (own.has(name) || used.has(name)) return undefined
    own.add(name)
    kinds.set(name, kind)
    return name
  }
  const used = usedIn(own)
  const use = (kind: Kind): string | undefined => {
    const name = usable(kind)
    if (name !== undefined) used.add(name)
    return name
  }
  const which = chance(12)
  if (which === 0) return declared(fresh('array'), (name) => `const ${name} = [${cell}, 'made']`)
  if (which === 1) return declared(fresh('number'), (name) => `let ${name} = ${cell}`)
  if (which === 2)
    return declared(use('array'), (from) => declared(fresh('array'), (name) => `const ${name} = ${from}`))
  if (which === 3) return declared(use('array'), (name) => `${name}.push(${cell})`)
  if (which === 4) return declared(use('number'), (name) => `${name} = ${name} * 2 + ${cell}`)
  if (which === 5)
    return declared(use('array'), (from) =>
      declared(
        fresh('function'),
        (name) => `const ${name} = (...more) => { ${from}.push(more.length); return [${from}.length] }`,
      ),
    )
  if (which === 6)
    return declared(use('number'), (from) =>
      declared(fresh('function'), (name) => `function ${name}() { return [${from}, ${cell}] }`),
    )
  if (which === 7)
    return declared(use('function'), (from) => declared(fresh('array'), (name) => `var ${name} = ${from}(${cell})`))
  if (which === 8)
    return declared(use('array'), (from) =>
      declared(fresh('array'), (name) => `const ${name} = [{ of: ${from} }, ${from}]`),
    )
  if (which === 9) {
    const name = ['join', 'format', 'basename'][chance(3)] as string
    if (own.has(name) || used.has(name)) return undefined
    own.add(name)
    kinds.set(name, 'text')
    return `import { ${name} } from '${name === 'format' ? 'node:util' : 'node:path'}'`
  }
  if (which === 10)
    return declared(use('text'), (from) => declared(fresh('array'), (name) => `const ${name} = [${from}('x', 'y')]`))
  const name = ['join', 'format'][chance(2)] as string
  if (own.has(name) || used.has(name)) return undefined
  own.add(name)
  kinds.set(name, 'text')
  return (
    declared(use('array'), (from) => `const ${name} = (...given) => [given.length, ${from}.length]`) ??
    `const ${name} = (one) => [one]`
  )
}

const uses = new WeakMap<Set<string>, Set<string>>()
function usedIn(own: Set<string>): Set<string> {
  const known = uses.get(own) ?? new Set<string>()
  uses.set(own, known)
  return known
}

function declared(name: string | undefined, line: (name: string) => string | undefined): string | undefined {
  return name === undefined ? undefined : line(name)
}

/** Whole numbers below `sides` (a linear congruential generator, Numerical Recipes 1992). */
function dice(seed: number): Dice {
  let state = seed * 2654435761
  return (sides) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return sides > 0 ? Math.floor((state / 2 ** 32) * sides) : 0
  }
}
