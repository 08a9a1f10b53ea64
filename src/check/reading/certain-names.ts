// Finds top-level declarations that tokens alone make certain: a name declared here cannot refer to an earlier cell.
import type { Token } from './token.ts'

/** The names that a declaration at this token certainly binds: its first one, or those of a flat destructuring. */
export function declaredAt(tokens: readonly Token[], i: number): string[] {
  const token = tokens[i] as Token
  if (token.depth !== 0 || !startsStatement(tokens, i)) return []
  const next = tokens[i + 1]
  if (token.text === 'const' || token.text === 'let' || token.text === 'var') {
    return next?.text === '{' || next?.text === '[' ? flatNames(tokens, i + 1) : nameOf(next)
  }
  if (token.text === 'class') return nameOf(next)
  if (token.text === 'function') return nameOf(next?.text === '*' ? tokens[i + 2] : next)
  return token.text === 'async' && next?.text === 'function' ? nameOf(tokens[i + 2]) : []
}

/** At the start, after `;`, a line break or `export`; `declare` binds nothing, and `=` is followed by an expression. */
function startsStatement(tokens: readonly Token[], i: number): boolean {
  const before = tokens[i - 1]
  if (!before || before.text === ';' || before.text === 'export') return true
  return tokens[i]?.newline === true && mayEnd(before)
}

/** Whether a statement may end after this token. */
function mayEnd({ kind, text }: Token): boolean {
  return kind === 'punctuation' ? text === ')' || text === ']' || text === '}' : !OPEN.has(text)
}

/** Words after which an expression or a declaration continues on the next line. */
const OPEN = new Set(
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
