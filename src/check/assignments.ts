// Assignments to members, as far as tokens tell: `Chart.defaults.font.size = 20` changes something of `Chart`.
import type { Token } from './token.ts'

/** The names at the root of what members are assigned to. */
export function assignedRoots(tokens: readonly Token[]): string[] {
  const roots = new Set<string>()
  for (const [i, { kind, text }] of tokens.entries()) {
    if (kind !== 'punctuation' || text !== '=' || comparesAt(tokens, i)) continue
    const root = rootBefore(tokens, i)
    if (root !== undefined) roots.add(root)
  }
  return [...roots]
}

/** `==`, `!=`, `<=` and `>=` come as two signs. */
function comparesAt(tokens: readonly Token[], i: number): boolean {
  const before = tokens[i - 1]?.text ?? ''
  if (tokens[i + 1]?.text === '=' || before === '=' || before === '!') return true
  return /^[<>]$/.test(before) && tokens[i - 2]?.text !== before
}

/** Walks back over `.name`, `[…]`, `(…)` and `!` to the first name; undefined if it stands alone. */
function rootBefore(tokens: readonly Token[], equals: number): string | undefined {
  let at = equals - 1
  while (tokens[at]?.kind === 'punctuation' && /^[-+*/%&|^?<>]$/.test(tokens[at]?.text ?? '')) at--
  let members = 0
  while (at >= 0) {
    const { kind, text, depth } = tokens[at] as Token
    if (kind === 'name') {
      const before = tokens[at - 1]?.text
      if (before !== '.' && before !== '?.') return members > 0 ? text : undefined
      members++
      at -= 2
    } else if (text === ']' || text === ')') {
      if (text === ']') members++
      let open = at - 1
      while (open >= 0 && !(tokens[open]?.depth === depth && /^[[(]$/.test(tokens[open]?.text ?? ''))) open--
      at = tokens[open - 1]?.text === '?.' ? open - 2 : open - 1
    } else if (text === '!') at--
    else return undefined
  }
  return undefined
}
