// Finds conditions that are promises and therefore always truthy. The compiler reports them only in strict projects.
import type { CellFacts, RawDiagnostic } from '../type-checker/language-server.ts'
import { openOf } from '../../snippet/token.ts'
import type { SnippetText } from './snippet-text.ts'

/** Conditions that are checked; each takes one request to the language server. */
const MAX_CONDITIONS = 20

/** The compiler's diagnostic for each `if` and `while` whose condition calls a function that returns a promise. */
export async function findUnawaitedConditions(text: SnippetText, facts: CellFacts): Promise<RawDiagnostic[]> {
  const conditions = text.tokens.flatMap((_, i) => conditionAt(text, i) ?? []).slice(0, MAX_CONDITIONS)
  const found: RawDiagnostic[] = []
  for (const { callee, isNegated } of conditions) {
    const token = text.tokens[callee]!
    const start = text.placeOf(token)
    if (!givesPromise(await facts.description(start))) continue
    const message = `This condition is always ${isNegated ? 'false' : 'true'}, as '${token.text}' returns a promise.`
    const end = { ...start, character: start.character + token.text.length }
    found.push({ code: 2801, severity: 1, message, range: { start, end } })
  }
  return found
}

/**
 * `if (f())`, `while (!f())`: the index of `f`. Plain names only: a method, such as that of a cache, may return a
 * promise or nothing.
 */
function conditionAt({ tokens }: SnippetText, i: number): { callee: number; isNegated: boolean } | undefined {
  const { text, kind } = tokens[i]!
  if (kind !== 'name' || (text !== 'if' && text !== 'while') || tokens[i - 1]?.text === '.') return undefined
  const open = i + 1
  if (tokens[open]?.text !== '(') return undefined
  const close = tokens.findIndex((token, at) => at > open && token.text === ')' && token.depth === tokens[open]!.depth)
  let callee = open + 1
  while (tokens[callee]?.text === '!') callee++
  const isCall = tokens[callee]?.kind === 'name' && tokens[callee + 1]?.text === '('
  if (!isCall || tokens[close - 1]?.text !== ')' || openOf(tokens, close - 1) !== callee + 1) return undefined
  return { callee, isNegated: (callee - open - 1) % 2 === 1 }
}

/** Characters of a signature that are read. */
const MAX_SIGNATURE = 2000

/** Whether hover text shows a function that returns only a promise; documentation may follow the signature. */
function givesPromise(description: string): boolean {
  const signature = description.slice(0, MAX_SIGNATURE)
  const start = /^(?:\(alias\) )?(?:async )?(function [\w$]+|(?:const|let|var) [\w$]+: )/.exec(signature)
  if (!start) return false
  const open = start[0].length
  if (signature[open] !== '(') return false
  const close = closingAt(signature, open, '(', ')')
  const arrow = start[1]!.startsWith('function') ? ': ' : ' => '
  if (close < 0 || !signature.startsWith(`${arrow}Promise<`, close + 1)) return false
  const end = closingAt(signature, close + 1 + arrow.length + 'Promise'.length, '<', '>')
  return end > 0 && !/^(?: [|&]|\[)/.test(signature.slice(end + 1, end + 3))
}

/** Index of the bracket that closes the one at `open`; the `>` of an arrow closes nothing. */
function closingAt(text: string, open: number, opening: string, closing: string): number {
  let depth = 0
  for (let at = open; at < text.length; at++) {
    if (text[at] === opening) depth++
    else if (text[at] === closing && !(closing === '>' && text[at - 1] === '=') && --depth === 0) return at
  }
  return -1
}
