// Classifies a snippet's top-level names from its tokens: which are bound once, and which are types. Any other name
// that the sandbox reports as left behind was declared with let or var.
import type { Token } from './token.ts'

interface Declarations {
  /** Names of const, function, class and import. */
  readonly fixed: ReadonlySet<string>
  /** Names of interface, type, class and type imports. */
  readonly types: ReadonlySet<string>
}

/** Reads the declarations at depth 0. */
export function readDeclarations(tokens: readonly Token[]): Declarations {
  const fixed = new Set<string>()
  const types = new Set<string>()
  for (const [i, { text, depth }] of tokens.entries()) {
    if (depth !== 0 || tokens[i - 1]?.text === '.') continue
    const next = tokens[i + 1]
    const third = tokens[i + 2]?.text
    if (text === 'const') addBound(tokens, i + 1, fixed)
    else if (text === 'function') addName(next?.text === '*' ? tokens[i + 2] : next, fixed)
    else if (text === 'class') {
      addName(next, fixed)
      addName(next, types)
    } else if (text === 'import') addImported(tokens, i + 1, fixed, types)
    else if (text === 'interface' || (text === 'type' && (third === '=' || third === '<'))) addName(next, types)
  }
  return { fixed, types }
}

function addName(token: Token | undefined, to: Set<string>): void {
  if (token?.kind === 'name') to.add(token.text)
}

const STATEMENT =
  /^(?:const|let|var|function|class|import|export|interface|type|if|for|while|do|switch|try|return|throw|await)$/

/** The names of `a = 1, { b, c: [d] } = e`; for a destructuring every name inside, keys included. */
function addBound(tokens: readonly Token[], from: number, to: Set<string>): void {
  let binds = true
  for (let i = from; i < tokens.length; i++) {
    const token = tokens[i]
    if (!token || token.text === ';') return
    if (token.depth === 0 && token.newline && !binds && STATEMENT.test(token.text)) return
    if (binds) addName(token, to)
    if (token.depth > 0) continue
    if (token.text === ',') binds = true
    else if (token.kind === 'name' || token.text === '}' || token.text === ']') binds = false
  }
}

/** The local names of an import clause. */
function addImported(tokens: readonly Token[], from: number, values: Set<string>, types: Set<string>): void {
  const second = tokens[from + 1]?.text
  const onlyTypes = tokens[from]?.text === 'type' && second !== 'from' && second !== ','
  for (let i = onlyTypes ? from + 1 : from; i < tokens.length; i++) {
    const token = tokens[i]
    if (!token || token.kind === 'string' || endsClause(tokens, i)) return
    // `x as y` binds y; `type x` in braces binds a type.
    if (token.kind !== 'name' || tokens[i + 1]?.text === 'as' || token.text === 'as') continue
    if (token.text === 'type' && tokens[i + 1]?.kind === 'name' && !endsClause(tokens, i + 1)) continue
    const marked = tokens[i - 1]?.text === 'type' || (tokens[i - 1]?.text === 'as' && tokens[i - 3]?.text === 'type')
    ;(onlyTypes || marked ? types : values).add(token.text)
  }
}

function endsClause(tokens: readonly Token[], i: number): boolean {
  return tokens[i]?.text === 'from' && tokens[i + 1]?.kind === 'string'
}
