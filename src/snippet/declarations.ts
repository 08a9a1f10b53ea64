// The top-level names that a snippet declares, read from its tokens: those that it certainly declares, those bound only
// once, and types. Any other name that the sandbox reports as left behind was declared with let or var.
import { readImports } from './imports.ts'
import type { Token } from './token.ts'

export interface Declarations {
  /** As `certainNames`. */
  readonly certain: ReadonlySet<string>
  /** Names of const, function, class and import; for a destructuring every name inside, keys included. */
  readonly fixed: ReadonlySet<string>
  /** Names of interface, type, class and type imports. */
  readonly types: ReadonlySet<string>
}

/** Names that cannot refer to an earlier cell, as this one certainly declares them; there may be more. */
export function certainNames(tokens: readonly Token[]): Set<string> {
  const isStart = (i: number): boolean => tokens[i]?.depth === 0 && startsStatement(tokens, i)
  return new Set(tokens.flatMap((_, i) => (isStart(i) ? namesBoundAt(tokens, i) : [])))
}

/** Reads the declarations at depth 0. */
export function readDeclarations(tokens: readonly Token[]): Declarations {
  const [fixed, types] = [new Set<string>(), new Set<string>()]
  for (const [i, { text, depth }] of tokens.entries()) {
    if (depth !== 0 || tokens[i - 1]?.text === '.') continue
    const next = tokens[i + 1]
    const third = tokens[i + 2]
    const declared = next?.text === '*' ? third : next
    if (isConst(tokens, i)) addBound(tokens, i + 1, fixed)
    else if (text === 'function') addName(declared, fixed)
    else if (text === 'class') {
      addName(next, fixed)
      // Not the name of an expression, as in `const A = class B {}`.
      if (startsStatement(tokens, i) || CLASS_PREFIXES.has(tokens[i - 1]?.text ?? '')) addName(next, types)
    } else if (text === 'interface' || (text === 'type' && (third?.text === '=' || third?.text === '<')))
      addName(next, types)
  }
  for (const { names } of readImports(tokens))
    for (const { local, isType } of names) (isType ? types : fixed).add(local)
  return { certain: certainNames(tokens), fixed, types }
}

function addName(token: Token | undefined, to: Set<string>): void {
  if (token?.kind === 'name') to.add(token.text)
}

const CLASS_PREFIXES = new Set(['abstract', 'declare', 'default'])

/** A declaration; not the `const` of `as const` and `<const>`. */
function isConst(tokens: readonly Token[], i: number): boolean {
  const before = tokens[i - 1]?.text
  return tokens[i]?.text === 'const' && before !== 'as' && before !== '<'
}

const STATEMENT =
  /^(?:const|let|var|function|class|import|export|interface|type|if|for|while|do|switch|try|return|throw|await)$/

/** The names of `a = 1, { b, c: [d] } = e`. */
function addBound(tokens: readonly Token[], from: number, to: Set<string>): void {
  let binds = true
  for (let i = from; i < tokens.length; i++) {
    const token = tokens[i]
    if (!token || token.text === ';' || (token.depth === 0 && isConst(tokens, i))) return
    if (token.depth === 0 && token.newline && !binds && STATEMENT.test(token.text)) return
    if (binds) addName(token, to)
    if (token.depth > 0) continue
    if (token.text === ',') binds = true
    else if (token.kind === 'name' || token.text === '}' || token.text === ']') binds = false
  }
}

/** The names that the statement at this token certainly binds: its first one, or those of a flat destructuring. */
function namesBoundAt(tokens: readonly Token[], i: number): string[] {
  const text = tokens[i]?.text
  const next = tokens[i + 1]
  if (text === 'const' || text === 'let' || text === 'var') {
    return next?.text === '{' || next?.text === '[' ? flatNames(tokens, i + 1) : nameOf(next)
  }
  if (text === 'class') return nameOf(next)
  if (text === 'function') return nameOf(next?.text === '*' ? tokens[i + 2] : next)
  return text === 'async' && next?.text === 'function' ? nameOf(tokens[i + 2]) : []
}

/** At the start, after `;`, a line break or `export`; `declare` binds nothing, and `=` is followed by an expression. */
function startsStatement(tokens: readonly Token[], i: number): boolean {
  const before = tokens[i - 1]
  if (!before || before.text === ';' || before.text === 'export') return true
  return tokens[i]?.newline === true && mayEnd(before)
}

/** Whether a statement may end after this token. */
function mayEnd({ kind, text }: Token): boolean {
  return kind === 'punctuation' ? text === ')' || text === ']' || text === '}' : !CONTINUED.has(text)
}

/** Words after which an expression or a declaration continues on the next line. */
const CONTINUED = new Set(
  'declare abstract default new typeof void delete return await in of instanceof extends else do throw case yield'.split(
    ' ',
  ),
)

function nameOf(token: Token | undefined): string[] {
  return token?.kind === 'name' ? [token.text] : []
}

/** The names of `{ a, b: c, ...d }` or `[a, b]`; none if there is a default value or a nested pattern. */
function flatNames(tokens: readonly Token[], open: number): string[] {
  const names: string[] = []
  for (let i = open + 1; i < tokens.length; i++) {
    const { kind, text, depth } = tokens[i] as Token
    if (depth === 0) return names
    if (kind === 'name' && tokens[i + 1]?.text !== ':') names.push(text)
    else if (kind !== 'name' && text !== ',' && text !== ':' && text !== '...') return []
  }
  return []
}
