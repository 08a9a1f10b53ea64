// Fuzzes the snippet reader: what it accepts goes to the real compiler and to the child's type stripper and parser; an
// import that they see and that is not in the table is a hole.
// For a long run: node test/fuzz/reader.ts --seconds 600 [--seed 1]
import { stripTypeScriptTypes } from 'node:module'
import { parseArgs } from 'node:util'
import { parse, type Node } from 'acorn'
import { MODULE_NAMES } from '../../sandbox/module-names.ts'
import { preflight } from '../../src/check/preflight.ts'
import { openCompiler, type Compiler } from './compiler-imports.ts'
import { createChance, generateSnippet } from './snippet-generator.ts'

export interface Hole {
  /** The seed that generates this snippet alone. */
  readonly seed: number
  readonly snippet: string
  /** The smallest snippet found with the same hole. */
  readonly minimal: string
  readonly imports: readonly string[]
}

export interface FuzzReport {
  /** Snippets generated, and how many of them the reader accepted. */
  readonly generated: number
  readonly accepted: number
  readonly holes: readonly Hole[]
}

export interface FuzzOptions {
  readonly seed: number
  readonly seconds: number
  /** Stops at this many holes; default 1. */
  readonly holes?: number
  /** Whether a snippet goes to the compiler; default: the reader's verdict. */
  readonly accepts?: (snippet: string) => boolean
}

const KNOWN: ReadonlySet<string> = new Set(MODULE_NAMES)
const BATCH = 500

/** Checks the snippets of the seeds from `seed` on, until the time is over or enough holes were found. */
export function fuzzReader({ seed, seconds, holes: most = 1, accepts = isAccepted }: FuzzOptions): FuzzReport {
  const end = performance.now() + seconds * 1000
  const compiler = openCompiler()
  const holes: Hole[] = []
  let next = seed
  let accepted = 0
  try {
    while (performance.now() < end && holes.length < most) {
      const batch: { seed: number; snippet: string }[] = []
      while (batch.length < BATCH && performance.now() < end) {
        const snippet = generateSnippet(createChance(next))
        if (accepts(snippet)) batch.push({ seed: next, snippet })
        next++
      }
      accepted += batch.length
      const found = importsOf(
        compiler,
        batch.map(({ snippet }) => snippet),
      )
      for (const [i, one] of batch.entries()) {
        const imports = found[i] ?? []
        if (imports.length === 0 || holes.length >= most) continue
        holes.push({ ...one, minimal: smallest(compiler, one.snippet, accepts), imports })
      }
    }
  } finally {
    compiler.close()
  }
  return { generated: next - seed, accepted, holes }
}

function isAccepted(snippet: string): boolean {
  return preflight(snippet).length === 0
}

/** For each snippet, modules outside the table that a real parser sees. */
function importsOf(compiler: Compiler, snippets: readonly string[]): string[][] {
  const compiled = compiler.importsOf(snippets)
  return snippets.map((snippet, i) =>
    [...(compiled[i] ?? []), ...strippedImports(snippet)].filter((name) => !KNOWN.has(name)),
  )
}

/** The imports that the child would see if the snippet ran; none if it would not run. */
function strippedImports(snippet: string): string[] {
  try {
    const plain = stripTypeScriptTypes(snippet, { mode: 'strip' })
    return acornImports(parse(plain, { ecmaVersion: 'latest', sourceType: 'module', allowHashBang: true }))
  } catch {
    return []
  }
}

function acornImports(node: Node): string[] {
  const found: string[] = []
  const source = (node as { source?: { value?: unknown } | null }).source
  if (/^(?:Import|Export)/.test(node.type) && source) {
    // An import() of an expression is refused at run time.
    found.push(typeof source.value === 'string' ? source.value : 'an expression')
  }
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (typeof (child as Node | null)?.type === 'string') found.push(...acornImports(child as Node))
    }
  }
  return found
}

/** Shrinks the snippet to a minimum that still is a hole. */
function smallest(compiler: Compiler, snippet: string, accepts: (snippet: string) => boolean): string {
  let best = snippet
  for (let size = Math.ceil(best.length / 2); size >= 1;) {
    const shorter = Array.from({ length: best.length }, (_, at) => best.slice(0, at) + best.slice(at + size))
    const candidates = [...new Set(shorter)].filter((one) => one !== best && accepts(one)).slice(0, 1000)
    const found = candidates.length > 0 ? importsOf(compiler, candidates) : []
    const better = candidates.find((_, i) => (found[i]?.length ?? 0) > 0)
    if (better !== undefined) best = better
    else size = size === 1 ? 0 : Math.ceil(size / 2)
  }
  return best
}

/** The text printed for a hole. */
export function describeHole({ seed, snippet, minimal, imports }: Hole): string {
  return `seed ${seed}: the compiler sees ${imports.join(', ')} in ${JSON.stringify(minimal)}\n  made of ${JSON.stringify(snippet)}`
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { seconds: { type: 'string' }, seed: { type: 'string' }, holes: { type: 'string' } },
  })
  const seed = Number(values.seed ?? Date.now() % 1_000_000_000)
  const report = fuzzReader({ seed, seconds: Number(values.seconds ?? 10), holes: Number(values.holes ?? 20) })
  for (const hole of report.holes) console.log(describeHole(hole))
  console.log(
    `from seed ${seed}: ${report.generated} snippets, ${report.accepted} accepted, ${report.holes.length} holes`,
  )
  process.exitCode = report.holes.length > 0 ? 1 : 0
}
