// Conditions that are promises: always true, whatever the answer. The compiler says so only in strict projects.
import type { CellFacts, RawDiagnostic } from './language-server.ts'
import { openOf, type SnippetText } from './snippet-text.ts'

/** Conditions that are looked at; each is a question to the language server. */
const MAX_CONDITIONS = 20
/** The type at the end of what an editor shows; documentation follows at once. */
const RETURNS_PROMISE = /(?:\): |=> )Promise<[^|\n]*?>(?=$|\n\n|[A-Z]| \(\+)/

/** What the compiler would say of each `if` and `while` whose condition is a call that gives a promise, or is not that. */
export async function unawaitedConditions(text: SnippetText, facts: CellFacts): Promise<RawDiagnostic[]> {
  const callees = text.tokens.flatMap((_, i) => calleeOfCondition(text, i) ?? []).slice(0, MAX_CONDITIONS)
  const found: RawDiagnostic[] = []
  for (const callee of callees) {
    const token = text.tokens[callee]!
    const start = text.placeOf(token)
    if (!RETURNS_PROMISE.test(await facts.description(start))) continue
    const message = `This condition is always true, as '${token.text}' gives a promise.`
    found.push({
      code: 2801,
      severity: 1,
      message,
      range: { start, end: { ...start, character: start.character + token.text.length } },
    })
  }
  return found
}

/** Index of the function that `if (f())` or `while (!a.f())` calls, where the condition is nothing else. */
function calleeOfCondition({ tokens }: SnippetText, i: number): number | undefined {
  const { text, kind } = tokens[i]!
  if (kind !== 'name' || (text !== 'if' && text !== 'while') || tokens[i - 1]?.text === '.') return undefined
  const open = i + 1
  if (tokens[open]?.text !== '(') return undefined
  const close = tokens.findIndex((token, at) => at > open && token.text === ')' && token.depth === tokens[open]!.depth)
  let first = open + 1
  while (tokens[first]?.text === '!') first++
  if (close < 0 || tokens[close - 1]?.text !== ')') return undefined
  const callee = openOf(tokens, close - 1) - 1
  // Only a chain of names leads to it.
  for (let at = first; at <= callee; at++) {
    const { kind: own, text: sign } = tokens[at]!
    if (sign === 'await' || (own !== 'name' && sign !== '.' && sign !== '?.')) return undefined
  }
  return callee >= first && tokens[callee]?.kind === 'name' ? callee : undefined
}
