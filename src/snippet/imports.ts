// A snippet's static imports, read from its tokens: a parser of code without types does not see type imports.
import { MODULE_NAMES, NODE_NAMES } from '../../sandbox/module-names.ts'
import type { Token } from './token.ts'

export interface ImportedName {
  readonly local: string
  /** `default`, `*` for the namespace, or the exported name as it is written. */
  readonly imported: string
  readonly isType: boolean
  /** Where its part of the clause begins. */
  readonly at: number
}

export interface ImportStatement {
  readonly start: number
  /** After its semicolon, if it has one. */
  readonly end: number
  /** As `moduleName` gives it. */
  readonly module: string
  readonly names: readonly ImportedName[]
  /** Indices of its first token and of the module's name. */
  readonly tokens: { readonly first: number; readonly last: number }
}

/** Every import statement in order. A statement that cannot be read is left out. */
export function readImports(tokens: readonly Token[]): ImportStatement[] {
  return tokens.flatMap((token, first) => {
    if (token.text !== 'import' || token.kind !== 'name' || token.depth !== 0) return []
    if (tokens[first - 1]?.text === '.' || tokens[first - 1]?.text === '?.') return []
    const last = findSource(tokens, first)
    const source = tokens[last]
    if (!source) return []
    const after = tokens[last + 1]
    const end = after?.text === ';' && !after.newline ? after.at + 1 : source.at + source.text.length
    const names = readClause(tokens.slice(first + 1, last))
    return { start: token.at, end, module: moduleName(source.text.slice(1, -1)), names, tokens: { first, last } }
  })
}

/** An import statement that binds this name and no other. */
export function importLine({ local, imported }: ImportedName, module: string): string {
  if (imported === 'default') return `import ${local} from '${module}'`
  if (imported === '*') return `import * as ${local} from '${module}'`
  return `import { ${imported === local ? local : `${imported} as ${local}`} } from '${module}'`
}

/** Indices of the tokens that belong to these statements. */
export function importTokens(statements: readonly ImportStatement[]): ReadonlySet<number> {
  const indices = new Set<number>()
  for (const { tokens } of statements) for (let i = tokens.first; i <= tokens.last; i++) indices.add(i)
  return indices
}

/** Node's built-in modules that snippets may import without `node:`. */
const BUILT_IN = new Set(MODULE_NAMES.flatMap((name) => (name.startsWith('node:') ? [name.slice(5)] : [])))

/** The canonical name of a module, by which plain Node finds it: built-in ones with `node:`, see also `NODE_NAMES`. */
export function moduleName(name: string): string {
  return NODE_NAMES.get(name) ?? (BUILT_IN.has(name) ? `node:${name}` : name)
}

/** Tokens of one import statement; a longer one is not read. */
export const MAX_TOKENS = 1000

/** Index of the token that names the module; -1 if there is none. */
function findSource(tokens: readonly Token[], first: number): number {
  for (let i = first + 1; i < Math.min(tokens.length, first + MAX_TOKENS); i++) {
    const token = tokens[i] as Token
    const isSource = token.kind === 'string' && token.depth === 0 && (i === first + 1 || tokens[i - 1]?.text === 'from')
    if (isSource) return i
    if (!isOfClause(token, tokens[first] as Token)) return -1
  }
  return -1
}

/** Whether the token can stand in the clause of the import that begins with `start`; the next import cannot. */
export function isOfClause({ kind, text, depth }: Token, start: Token): boolean {
  if (text === 'import' && depth === start.depth) return false
  return kind === 'name' || kind === 'string' || SIGNS.has(text)
}

const SIGNS = new Set('{},*')

/** The names in the tokens between `import` and the module's name. */
function readClause(tokens: readonly Token[]): ImportedName[] {
  const words = tokens.at(-1)?.text === 'from' ? tokens.slice(0, -1) : tokens
  const [first, second] = words
  const allTypes = first?.text === 'type' && second !== undefined && second.text !== ','
  const names: ImportedName[] = []
  let part: Token[] = []
  let inBraces = false
  const close = (): void => {
    if (part.at(-1)?.kind === 'name') names.push(nameOf(part, inBraces, allTypes))
    part = []
  }
  for (const token of allTypes ? words.slice(1) : words) {
    if (token.text === '{') {
      close()
      inBraces = true
    } else if (token.text === ',' || token.text === '}') close()
    else part.push(token)
  }
  close()
  return names
}

function nameOf(part: readonly Token[], inBraces: boolean, allTypes: boolean): ImportedName {
  const words = part.map(({ text }) => text)
  const at = part[0]?.at ?? 0
  if (!inBraces) {
    const [first = '', , third] = words
    return { local: third ?? first, imported: first === '*' ? '*' : 'default', isType: allTypes, at }
  }
  // `type` alone, and `type as x`, import a value named `type`.
  const marked = words[0] === 'type' && (words.length === 2 || words.length === 4)
  const [imported = '', , local = imported] = marked ? words.slice(1) : words
  return { local, imported, isType: allTypes || marked, at }
}
