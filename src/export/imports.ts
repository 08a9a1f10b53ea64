// A snippet's import declarations, read from its tokens: a parser of stripped code does not see type imports.
import { MODULE_NAMES } from '../../sandbox/module-names.ts'
import type { Token } from '../check/reading/token.ts'

export interface ImportedName {
  readonly local: string
  /** `default`, `*` for the namespace, or the exported name. */
  readonly imported: string
  readonly isType: boolean
}

export interface ImportStatement {
  readonly start: number
  /** After its semicolon, if it has one. */
  readonly end: number
  readonly module: string
  readonly names: readonly ImportedName[]
}

/** Node's built-in modules that snippets may import without `node:`. */
const OWN = new Set(MODULE_NAMES.flatMap((name) => (name.startsWith('node:') ? [name.slice(5)] : [])))

/** Every import declaration in order, with module names as `moduleName` gives them. */
export function importsOf(tokens: readonly Token[]): ImportStatement[] {
  const found: ImportStatement[] = []
  for (const [i, token] of tokens.entries()) {
    if (token.kind !== 'name' || token.text !== 'import' || token.depth !== 0) continue
    if (/^[.?]/.test(tokens[i - 1]?.text ?? '') || /^[.(:]$/.test(tokens[i + 1]?.text ?? '')) continue
    const source = tokens.findIndex((one, at) => at > i && one.kind === 'string' && startsName(tokens, i, at))
    const text = tokens[source]
    if (!text) continue
    const after = tokens[source + 1]
    const end = after?.text === ';' && !after.newline ? after.at + 1 : text.at + text.text.length
    const names = clause(tokens.slice(i + 1, source))
    found.push({ start: token.at, end, module: moduleName(text.text.slice(1, -1)), names })
  }
  return found
}

/** The canonical name of a module: built-in ones with `node:`. */
export function moduleName(name: string): string {
  return OWN.has(name) ? `node:${name}` : name
}

/** Whether the string is the module's name: it follows `from`, or `import` itself. */
function startsName(tokens: readonly Token[], start: number, at: number): boolean {
  return at === start + 1 || (tokens[at - 1]?.text === 'from' && tokens[at]?.depth === 0)
}

/** Parses the tokens between `import` and the module's name. */
function clause(tokens: readonly Token[]): ImportedName[] {
  const words = tokens.at(-1)?.text === 'from' ? tokens.slice(0, -1) : tokens
  const [first, second] = words
  const allTypes = first?.text === 'type' && second !== undefined && second.text !== ','
  const names: ImportedName[] = []
  let part: string[] = []
  let inBraces = false
  const close = (): void => {
    const named = part.length > 0 && nameOf(part, inBraces, allTypes)
    if (named) names.push(named)
    part = []
  }
  for (const { text } of allTypes ? words.slice(1) : words) {
    if (text === '{') {
      close()
      inBraces = true
    } else if (text === ',' || text === '}') close()
    else part.push(text)
  }
  close()
  return names
}

function nameOf(part: readonly string[], inBraces: boolean, allTypes: boolean): ImportedName | undefined {
  if (!inBraces) {
    const [first = '', , third] = part
    return { local: third ?? first, imported: first === '*' ? '*' : 'default', isType: allTypes }
  }
  // `type` alone, and `type as x`, import a value named `type`.
  const marked = part[0] === 'type' && (part.length === 2 || part.length === 4)
  const [imported = '', , local = imported] = marked ? part.slice(1) : part
  return { local, imported, isType: allTypes || marked }
}
