// The accepted cells as virtual documents of the language server: each is a module whose earlier names are bound as
// they were then, and one declaration document makes the newest names visible to the next cell. A document costs the
// server some 20 ms, so a cell is shown when one of its names is first mentioned; until then its names are declared as
// `any`.
import { readDeclarations } from '../../snippet/declarations.ts'
import type { Token } from '../../snippet/token.ts'
import { readTokens } from '../../snippet/tokens.ts'

/** Document names with their text, in the order in which they must be opened. */
export type Documents = ReadonlyMap<string, string>

interface VirtualDocuments {
  /** Adds a cell that ran; `names` are the values it left behind. Types that it declares are kept too. */
  accept(code: string, names: readonly string[]): void
  /** Hides these names from later cells, or all. */
  forget(names?: readonly string[]): void
  /** Announces code that is about to be checked; true if further documents must be shown for it. */
  noteMentions(code: string): boolean
  /**
   * Lines to append to a cell that is about to be checked: they bind names of earlier cells that are also globals, such
   * as `crypto`, whose built-in type the compiler would prefer.
   */
  overrides(code: string): string
  /** Whether an earlier cell left a value or type of this name. */
  readonly has: (name: string) => boolean
  readonly documents: () => Documents
}

/** The document that declares a name, and how a later cell may use it. */
interface Origin {
  readonly file: string
  readonly form: 'fixed' | 'assignable' | 'type'
}

interface AcceptedCell {
  readonly text: string
  /** Cells whose names it uses. */
  readonly uses: ReadonlySet<string>
}

const NAMES_DOCUMENT = 'names.d.ts'
const NAME = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u

/** Creates the documents of a session without cells. */
export function createVirtualDocuments(): VirtualDocuments {
  const origins = new Map<string, Origin>()
  const cells = new Map<string, AcceptedCell>()
  const mentioned = new Set<string>()
  let count = 0

  return {
    accept(code, names) {
      const reading = readTokens(code)
      if ('problem' in reading) return
      const file = `cell-${++count}.ts`
      const own = ownNames(reading.tokens, names, file)
      const earlier = usedNames(reading.tokens, own, origins)
      const text = `${code}\n${exportLine(own)}\n${bindingLines(earlier)}`
      cells.set(file, { text, uses: new Set([...earlier.values()].map((origin) => origin.file)) })
      for (const [name, origin] of own) origins.set(name, origin)
      dropUnused(cells, origins)
    },
    forget(names = [...origins.keys()]) {
      for (const name of names) origins.delete(name)
      dropUnused(cells, origins)
    },
    noteMentions(code) {
      const reading = readTokens(code)
      const before = mentioned.size
      for (const { text } of 'tokens' in reading ? reading.tokens : []) {
        if (origins.has(text)) mentioned.add(text)
      }
      return mentioned.size > before
    },
    overrides(code) {
      const reading = readTokens(code)
      if ('problem' in reading) return ''
      const { tokens } = reading
      const { fixed, types, certain } = readDeclarations(tokens)
      const declared = new Set([...fixed, ...types, ...certain])
      const names = [...usedNames(tokens, new Map(), origins)].filter(
        ([name]) => name in globalThis && !declared.has(name),
      )
      return bindingLines(new Map(names))
    },
    has: (name) => origins.has(name),
    documents() {
      const shown = new Map([...origins].filter(([name]) => mentioned.has(name)))
      const hidden = new Map([...origins].filter(([name]) => !mentioned.has(name)))
      const files = filesOf(cells, shown)
      const texts = [...cells].flatMap(([file, { text }]) => (files.has(file) ? [[file, text] as const] : []))
      return new Map([[NAMES_DOCUMENT, namesText(files, shown, hidden)], ...texts])
    },
  }
}

function ownNames(tokens: readonly Token[], names: readonly string[], file: string): Map<string, Origin> {
  const { fixed, types } = readDeclarations(tokens)
  const own = new Map<string, Origin>()
  for (const name of types) own.set(name, { file, form: 'type' })
  for (const name of names) {
    if (NAME.test(name)) own.set(name, { file, form: fixed.has(name) ? 'fixed' : 'assignable' })
  }
  return own
}

/** The names of earlier cells that this one mentions and does not declare. */
function usedNames(
  tokens: readonly Token[],
  own: ReadonlyMap<string, Origin>,
  origins: ReadonlyMap<string, Origin>,
): Map<string, Origin> {
  const used = new Map<string, Origin>()
  for (const { text } of tokens) {
    const origin = !own.has(text) ? origins.get(text) : undefined
    if (origin) used.set(text, origin)
  }
  return used
}

function exportLine(own: ReadonlyMap<string, Origin>): string {
  return `export { ${[...own].map(([name, { form }]) => (form === 'type' ? `type ${name}` : name)).join(', ')} }`
}

/** Binds names of earlier cells inside a module. Declarations may be at the end: types do not depend on the order. */
function bindingLines(names: ReadonlyMap<string, Origin>): string {
  const line = (name: string, { file, form }: Origin): string => {
    if (form === 'assignable') return `declare let ${name}: typeof import('./${file}').${name}\n`
    return `import { ${form === 'type' ? 'type ' : ''}${name} } from './${file}'\n`
  }
  return [...names].map(([name, origin]) => line(name, origin)).join('')
}

/**
 * Declares the newest names as globals. A re-export inside `declare global` keeps value, type and type parameters of a
 * name; the compiler binds it although it reports an error, and this document's errors are never requested.
 */
function namesText(
  files: ReadonlySet<string>,
  shown: ReadonlyMap<string, Origin>,
  hidden: ReadonlyMap<string, Origin>,
): string {
  const line = (name: string, { file, form }: Origin): string => {
    if (form === 'assignable') return `  export let ${name}: typeof import('./${file}').${name}\n`
    return `  export { ${form === 'type' ? 'type ' : ''}${name} } from './${file}'\n`
  }
  const anything = (name: string, { form }: Origin): string =>
    form === 'type' ? `  export type ${name} = any\n` : `  export let ${name}: any\n`
  // Imports every document: one that nothing imports when it is opened costs the server a project of its own, 130 ms.
  const imports = [...files].map((file) => `import './${file}'\n`).join('')
  const lines = [
    ...[...shown].map(([name, origin]) => line(name, origin)),
    ...[...hidden].map(([name, origin]) => anything(name, origin)),
  ]
  return `${imports}export {}\ndeclare global {\n${lines.join('')}}\n`
}

/** Removes cells that no name refers to any more, directly or indirectly. */
function dropUnused(cells: Map<string, AcceptedCell>, origins: ReadonlyMap<string, Origin>): void {
  const needed = filesOf(cells, origins)
  for (const file of cells.keys()) if (!needed.has(file)) cells.delete(file)
}

/** The documents that these names refer to, directly or indirectly. */
function filesOf(cells: ReadonlyMap<string, AcceptedCell>, origins: ReadonlyMap<string, Origin>): ReadonlySet<string> {
  const needed = new Set<string>()
  const waiting = [...origins.values()].map(({ file }) => file)
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (needed.has(file)) continue
    needed.add(file)
    waiting.push(...(cells.get(file)?.uses ?? []))
  }
  return needed
}
