// Compilers mend mistakes, and then any slash may divide or start a regular expression, and a template may end at any `}`.
// Invariant: an import that stands in text as we read it stands in text in every one of these readings, or is refused.
import { clauseLeadsOut, importWords } from './import-clauses.ts'
import { beginsLine, COMMENT, CONFLICT, LINE_BREAK, matchAt, NUMBER, REGEX, SPACE, TEMPLATE_PART } from './lexemes.ts'
import type { Token } from './token.ts'
import { isWholeExpression } from './whole-expressions.ts'

/** A place at which compilers may go another way than we do, and what it is. */
export interface Doubt {
  readonly at: number
  readonly of: 'slash' | 'template'
}

/** Code begins here in a reading that differs from ours; `open` templates are not over. */
interface State {
  readonly at: number
  readonly open: number
  readonly doubt: Doubt
}

/** Characters that all readings together may take, as a multiple of the snippet's, and templates open in one of them. */
const MOST_WORK = 50
const MOST_OPEN = 30

interface Search {
  readonly code: string
  readonly hidden: ReadonlySet<number>
  /** Where our reading has a token that is in no template: from there on another reading goes the same way. */
  readonly joins: ReadonlySet<number>
  readonly seen: Set<number>
  readonly waiting: State[]
  work: number
}

/** The first place found that hides an import outside the table in another reading of the snippet; undefined for most. */
export function hidesImport(code: string, tokens: readonly Token[]): Doubt | undefined {
  const names = new Set(tokens.filter(({ kind }) => kind === 'name').map(({ at }) => at))
  const hidden = new Set(importWords(code).filter((at) => !names.has(at) && clauseLeadsOut(code, at)))
  if (hidden.size === 0) return undefined
  const joins = new Set<number>()
  const search: Search = { code, hidden, joins, seen: new Set(), waiting: [], work: 0 }
  seed(search, tokens, joins)
  for (let state = search.waiting.pop(); state; state = search.waiting.pop()) {
    if (search.work > MOST_WORK * code.length || state.open > MOST_OPEN || step(search, state)) return state.doubt
  }
  return undefined
}

/** Where compilers may leave our reading. */
function seed(search: Search, tokens: readonly Token[], joins: Set<number>): void {
  const typed = tokens.findIndex(({ text }) => OF_TYPED_EXPRESSIONS.has(text))
  const substitutions: { readonly whole: boolean; readonly depth: number }[] = []
  for (const [i, { kind, text, at, depth }] of tokens.entries()) {
    const inner = substitutions.at(-1)
    if (kind === 'template' && text.endsWith('${')) {
      substitutions.push({ whole: inner?.whole === true || isWhole(tokens, i), depth })
      continue
    }
    if (!inner && kind !== 'template') joins.add(at)
    if (inner && text === '}' && depth === inner.depth) substitutions.pop()
    if (inner?.whole) continue
    const doubt: Doubt = { at, of: text === '}' ? 'template' : 'slash' }
    const open = substitutions.length
    if (kind === 'regex' && (typed < 0 || i < typed) && tokens[i - 1]?.text === '=') continue
    if (kind === 'regex') push(search, at + 1, open, doubt)
    else if (kind === 'punctuation' && text === '/') pushRegex(search, { at, open, doubt })
    else if (inner && kind === 'punctuation' && text === '}') {
      push(search, at + 1, open, doubt)
      if (open > 0) pushText(search, { at: at + 1, open: open - 1, doubt })
    }
  }
}

/** Only where a type stands in an expression can that be over after a `=`. */
const OF_TYPED_EXPRESSIONS = new Set(['as', 'satisfies', '<'])

function isWhole(tokens: readonly Token[], i: number): boolean {
  const depth = tokens[i]?.depth
  const end = tokens.findIndex((token, at) => at > i && token.depth === depth)
  return isWholeExpression(tokens.slice(i + 1, end))
}

function push({ seen, waiting }: Search, at: number, open: number, doubt: Doubt): void {
  const key = at * (MOST_OPEN + 2) + open
  if (seen.has(key)) return
  seen.add(key)
  waiting.push({ at, open, doubt })
}

/** Goes one token on; true where that is an import. */
function step(search: Search, { at, open, doubt }: State): boolean {
  const { code } = search
  const blank = matchAt(SPACE, code, at) ?? matchAt(LINE_BREAK, code, at) ?? matchAt(COMMENT, code, at)
  const go = (text: string): false => {
    search.work += text.length
    push(search, at + text.length, open, doubt)
    return false
  }
  if (at >= code.length || (open === 0 && search.joins.has(at))) return false
  if (blank !== undefined) return go(blank)
  if (search.hidden.has(at)) return true
  const char = code[at] as string
  if (char === '/') {
    // The comment is not closed.
    if (code[at + 1] === '*') return false
    pushRegex(search, { at, open, doubt })
  } else if (char === '`') {
    pushText(search, { at: at + 1, open, doubt })
    return false
  } else if (char === '}' && open > 0) {
    pushText(search, { at: at + 1, open: open - 1, doubt })
    push(search, at + 1, open - 1, doubt)
  } else if (char === "'" || char === '"') {
    for (const end of stringEnds(code, at)) push(search, end, open, doubt)
    return false
  } else if (matchAt(CONFLICT, code, at) && beginsLine(code, at)) {
    for (const end of conflictEnds(code, at)) push(search, end, open, doubt)
  }
  // Compilers take the beginning of a number that has no digits.
  if (matchAt(NUMBER_HEAD, code, at)) push(search, at + 2, open, doubt)
  return go(matchAt(NAME, code, at) ?? matchAt(NUMBER, code, at) ?? char)
}

const NAME =
  /#?(?:[\p{ID_Start}$_]|\\u[\da-f]{4}|\\u\{[\da-f]+\})(?:[\p{ID_Continue}$\u200c\u200d]|\\u[\da-f]{4}|\\u\{[\da-f]+\})*/iuy

/** Text of a template from here, to its end or its next substitution. */
function pushText(search: Search, { at, open, doubt }: State): void {
  const text = matchAt(TEMPLATE_PART, search.code, at)
  search.work += text?.length ?? search.code.length - at
  if (text !== undefined) push(search, at + text.length, text.endsWith('${') ? open + 1 : open, doubt)
}

/** A regular expression from here; compilers end one that is not closed on its line somewhere on that line. */
function pushRegex(search: Search, { at, open, doubt }: State): void {
  const { code } = search
  const regex = matchAt(REGEX, code, at)
  if (regex !== undefined) return push(search, at + regex.length, open, doubt)
  const line = matchAt(LINE, code, at) ?? ''
  search.work += line.length
  for (const { index } of line.matchAll(/[)\]}]|$/g)) push(search, at + index, open, doubt)
}

const NUMBER_HEAD = /\d[xXoObBeE]/y
const LINE = /[^\n\r\u2028\u2029]*/y
const OPEN_STRING = /'(?:[^'\\\n\r]|\\(?:\r\n|[^]))*'?|"(?:[^"\\\n\r]|\\(?:\r\n|[^]))*"?/y
const SHORT_STRING = /'(?:[^'\\\n\r\u2028\u2029]|\\(?:\r\n|[^]))*'?|"(?:[^"\\\n\r\u2028\u2029]|\\(?:\r\n|[^]))*"?/y

/** Where a string may end: compilers end one that is not closed with its line, of which there are two notions. */
function stringEnds(code: string, at: number): number[] {
  return [OPEN_STRING, SHORT_STRING].map((pattern) => at + (matchAt(pattern, code, at) ?? '').length)
}

/** Where code may go on after the mark of a merge conflict. */
function conflictEnds(code: string, at: number): number[] {
  const marks = [...code.slice(at + 7).matchAll(/^(?:={7}|>{7} ).*$/gmu)]
  return [
    at + (matchAt(LINE, code, at) ?? '').length,
    ...marks.flatMap(({ index, 0: mark }) => [at + 7 + index, at + 7 + index + mark.length]),
  ]
}
