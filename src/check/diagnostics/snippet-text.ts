// A snippet's tokens by position: which token is at a place, and which call surrounds it.
import type { TextPosition } from '../type-checker/language-server.ts'
import { openOf, type Token } from '../../snippet/token.ts'

export interface SnippetText {
  readonly tokens: readonly Token[]
  /** Index of the token that contains this position; -1 if none does. */
  tokenAt(place: TextPosition): number
  placeOf(token: Token): TextPosition
}

export function createSnippetText(code: string, tokens: readonly Token[]): SnippetText {
  const starts = [0, ...[...code.matchAll(/\r\n|[\r\n\u2028\u2029]/g)].map((found) => found.index + found[0].length)]
  return {
    tokens,
    tokenAt({ line, character }) {
      const at = (starts[line] ?? 0) + character
      return tokens.findLastIndex((token) => token.at <= at && at < token.at + token.text.length)
    },
    placeOf({ at }) {
      const line = starts.findLastIndex((start) => start <= at)
      return { line, character: at - (starts[line] ?? 0) }
    },
  }
}

/**
 * Index of the name called with token `i` in an argument, at any depth of literals; -1 if there is no call or a
 * function body lies between.
 */
export function callAround(tokens: readonly Token[], i: number): number {
  for (let at = i - 1; at >= 0; at--) {
    const { text, kind } = tokens[at] as Token
    if (kind !== 'punctuation') continue
    if (text === ')' || text === ']' || text === '}') at = openOf(tokens, at)
    else if (text === '{' && isBody(tokens[at - 1])) return -1
    else if (text === '(') {
      const callee = calleeBefore(tokens, at)
      // Grouping parentheses are skipped.
      if (callee >= 0) return callee
      if (isGroup(tokens[at - 1])) continue
      return -1
    }
  }
  return -1
}

/** Index of the name before the `(` at `open`: of `f(`, `a.f(`, `new F(` and `f<T>(`. */
export function calleeBefore(tokens: readonly Token[], open: number): number {
  let at = open - 1
  if (tokens[at]?.text === '>') {
    while (at >= 0 && tokens[at]?.text !== '<') at--
    at--
  }
  if (tokens[at]?.text === '?.') at--
  const token = tokens[at]
  if (token?.kind !== 'name') return -1
  const isMember = tokens[at - 1]?.text === '.' || tokens[at - 1]?.text === '?.'
  return isMember || !NO_CALLS.has(token.text) ? at : -1
}

const NO_CALLS = new Set('if while for switch catch with return await typeof void yield of in do else case'.split(' '))

function isBody(before: Token | undefined): boolean {
  return before?.text === '=>' || before?.text === ')' || before?.text === 'else' || before?.text === 'do'
}

function isGroup(before: Token | undefined): boolean {
  if (before === undefined) return true
  if (before.kind === 'name') return before.text === 'await' || before.text === 'return'
  return before.kind === 'punctuation' && !/^[)\]}]$/.test(before.text)
}
