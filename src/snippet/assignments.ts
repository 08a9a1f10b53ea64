// Finds assignments to members from tokens: `Chart.defaults.font.size = 20` changes something of `Chart`.
import { openOf, type Token } from './token.ts'

/** Root names of the members that are assigned to; for a root in brackets, as `(Math as any)`, every name inside. */
export function assignedRoots(tokens: readonly Token[]): string[] {
  const roots = new Set<string>()
  for (const [i, { text }] of tokens.entries()) {
    if (text !== '=' || isComparison(tokens, i)) continue
    for (const root of rootsBefore(tokens, i)) roots.add(root)
  }
  return [...roots]
}

/** `==`, `!=`, `<=` and `>=` arrive as two tokens; the `!` of `a.b! = 1` is a separate operator. */
function isComparison(tokens: readonly Token[], i: number): boolean {
  const before = tokens[i - 1]
  if (tokens[i + 1]?.text === '=') return true
  if (before?.text === '!') return before.at + 1 === tokens[i]?.at
  return (before?.text === '<' || before?.text === '>') && tokens[i - 2]?.text !== before.text
}

/** Walks back over `.name`, `[…]`, `(…)` and `!` to the root name; none if no member is accessed. */
function rootsBefore(tokens: readonly Token[], equals: number): string[] {
  let at = equals - 1
  while (OPERATORS.has(tokens[at]?.text ?? '')) at--
  let members = 0
  while (at >= 0) {
    const { kind, text } = tokens[at] as Token
    if (kind === 'name') {
      const before = tokens[at - 1]?.text
      if (before !== '.' && before !== '?.') return members > 0 ? [text] : []
      members++
      at -= 2
    } else if (text === ']' || text === ')') {
      const open = openOf(tokens, at)
      const before = tokens[open - 1]
      // These are types: `let a: (B | C)[] = []` and `let a: (B | C) = d`.
      if ((text === ']' && open === at - 1) || (before?.text === ':' && members === 0)) return []
      if (!mayBeCalled(before)) return namesIn(tokens.slice(open, at))
      members++
      at = before?.text === '?.' ? open - 2 : open - 1
    } else if (text === '!') at--
    else return []
  }
  return []
}

/** Operators that can precede the `=` of an assignment. */
const OPERATORS = new Set('-+*/%&|^?<>')
/** Tokens after which parentheses are a call. */
const CALLABLE = new Set([')', ']', '!', '?.'])
/** Words after which parentheses are not a call. */
const NO_CALLS = new Set('return throw typeof void delete await yield else do case in of instanceof default'.split(' '))

function mayBeCalled(token: Token | undefined): boolean {
  if (token?.kind === 'name') return !NO_CALLS.has(token.text)
  return token !== undefined && token.slashAfter !== 'regex' && CALLABLE.has(token.text)
}

function namesIn(tokens: readonly Token[]): string[] {
  return tokens.flatMap(({ kind, text }) => (kind === 'name' ? text : []))
}
