// Compilers recover from syntax errors, and then any slash may divide or start a regular expression, and a template may
// end at any `}`. Invariant: an import that is inside text in our reading is inside text in all those other readings,
// or the snippet is refused.
import { hiddenClauses } from './hidden-clauses.ts'
import {
  beginsLine,
  COMMENT,
  CONFLICT,
  LINE_BREAK,
  matchAt,
  NUMBER,
  REGEX,
  SPACE,
  TEMPLATE_PART,
} from '../../snippet/lexemes.ts'
import type { Token } from '../../snippet/token.ts'

/** An offset at which a compiler may read on differently from us, and the ambiguous token there. */
export interface Ambiguity {
  readonly at: number
  readonly of: 'slash' | 'template'
}

/** Code begins at `at` in a reading that differs from ours; `open` templates are not closed yet. */
interface State {
  readonly at: number
  readonly open: number
  readonly doubt: Ambiguity
}

/** Characters that all readings may consume, as a multiple of the snippet's length; templates open in one. */
const MAX_WORK = 50
const MAX_OPEN = 30

interface Search {
  readonly code: string
  readonly hidden: ReadonlySet<number>
  /** Starts of our tokens outside of templates: from there on another reading equals ours. */
  readonly joins: ReadonlySet<number>
  readonly seen: Set<number>
  readonly waiting: State[]
  work: number
}

/** The first ambiguity whose other reading has an import outside the table; undefined for most snippets. */
export function findHiddenImport(code: string, tokens: readonly Token[]): Ambiguity | undefined {
  const names = new Set(tokens.filter(({ kind }) => kind === 'name').map(({ at }) => at))
  const hidden = hiddenClauses(code, names)
  if (hidden.size === 0) return undefined
  const joins = new Set<number>()
  const search: Search = { code, hidden, joins, seen: new Set(), waiting: [], work: 0 }
  seed(search, tokens, joins)
  for (let state = search.waiting.pop(); state; state = search.waiting.pop()) {
    if (isWorkExhausted(search) || state.open > MAX_OPEN || step(search, state)) return state.doubt
  }
  return undefined
}

/** Queues the offsets at which a compiler may depart from our reading. */
function seed(search: Search, tokens: readonly Token[], joins: Set<number>): void {
  const doubtful = tokens.findIndex(({ text }, i) => BEFORE_DOUBT.has(text) && tokens[i - 1]?.text !== 'import')
  /** Bracket depths of the enclosing template substitutions. */
  const around: number[] = []
  for (const [i, { kind, text, at, depth }] of tokens.entries()) {
    if (isWorkExhausted(search)) return
    const open = around.length
    if (kind === 'template') {
      if (text.endsWith('${')) around.push(depth)
      continue
    }
    if (open === 0) joins.add(at)
    const isSign = kind === 'punctuation'
    if (isSign && text === '}' && depth === around.at(-1)) around.pop()
    if (isSign && text === '}') pushEnds(search, { at: at + 1, open, doubt: { at, of: 'template' } })
    else if (isSign && text === '/') pushRegex(search, { at, open, doubt: { at, of: 'slash' } })
    else if (kind === 'regex' && !(BEFORE_REGEX.has(tokens[i - 1]?.text ?? '') && (doubtful < 0 || i < doubtful)))
      push(search, at + 1, open, { at, of: 'slash' })
  }
}

/** Signs after which only an operand can come, unless one of the second set (object, type, function) comes earlier. */
const BEFORE_REGEX = new Set(['=', '(', ',', '[', '=>', '&', '|', '+'])
const BEFORE_DOUBT = new Set(': < { @ as satisfies class function interface type enum'.split(' '))

/** Each open template may have ended earlier, and the text of each may continue here. */
function pushEnds(search: Search, { at, open, doubt }: State): void {
  for (let left = open - 1; left >= 0; left--) {
    push(search, at, left, doubt)
    pushText(search, { at, open: left, doubt })
  }
}

/** Whether the work limit is reached; the remaining readings are not examined. */
function isWorkExhausted({ work, code }: Search): boolean {
  return work > MAX_WORK * code.length + 1000
}

function push({ seen, waiting }: Search, at: number, open: number, doubt: Ambiguity): void {
  const key = at * (MAX_OPEN + 2) + open
  if (seen.has(key)) return
  seen.add(key)
  waiting.push({ at, open, doubt })
}

/** Advances by one token; true if an import starts here. */
function step(search: Search, state: State): boolean {
  const { code } = search
  const { at, open, doubt } = state
  if (at >= code.length || (open === 0 && search.joins.has(at))) return false
  if (search.hidden.has(at)) return true
  const blank = matchAt(SPACE, code, at) ?? matchAt(LINE_BREAK, code, at)
  if (blank !== undefined) goOn(search, state, blank.length)
  else if (code[at] === '/') slash(search, state)
  else if (code[at] === '`') pushText(search, { ...state, at: at + 1 })
  else if (code[at] === "'" || code[at] === '"') {
    for (const pattern of STRINGS) goOn(search, state, matchAt(pattern, code, at)?.length ?? 1)
  } else {
    if (code[at] === '}') pushEnds(search, { at: at + 1, open, doubt })
    if (matchAt(CONFLICT, code, at) && beginsLine(code, at)) pushConflict(search, state)
    for (const pattern of SHORTEST) {
      const text = matchAt(pattern, code, at)
      if (text !== undefined) goOn(search, state, text.length)
    }
  }
  return false
}

function goOn(search: Search, { at, open, doubt }: State, length: number): void {
  search.work += length
  push(search, at + length, open, doubt)
}

function slash(search: Search, state: State): void {
  const { code } = search
  const comment = matchAt(COMMENT, code, state.at)
  if (comment !== undefined) return goOn(search, state, comment.length)
  if (code[state.at + 1] === '*') {
    // An unclosed comment was scanned to the end.
    search.work += code.length - state.at
    return
  }
  pushRegex(search, state)
  goOn(search, state, 1)
}

/** A name, whole or up to a letter that only newer compilers know; prefixes of a number; a sign. */
const SHORTEST = [
  /#?[\w$]+/y,
  /#?(?:[\w$]|\\u[\da-f]{4}|\\u\{[\da-f]+\})+/iy,
  NUMBER,
  /\d[xob]|\d[\d_.]*e/iy,
  /[^\w$]/uy,
]
/** An unclosed string ends with its line; compilers differ on which characters end a line. */
const STRINGS = [
  /'(?:[^'\\\n\r]|\\(?:\r\n|[^]))*'?|"(?:[^"\\\n\r]|\\(?:\r\n|[^]))*"?/y,
  /'(?:[^'\\\n\r\u2028\u2029]|\\(?:\r\n|[^]))*'?|"(?:[^"\\\n\r\u2028\u2029]|\\(?:\r\n|[^]))*"?/y,
]

/** Reads template text from here to the template's end or its next substitution. */
function pushText(search: Search, { at, open, doubt }: State): void {
  const text = matchAt(TEMPLATE_PART, search.code, at)
  search.work += text?.length ?? search.code.length - at
  if (text !== undefined) push(search, at + text.length, text.endsWith('${') ? open + 1 : open, doubt)
}

/** Reads a regular expression. Compilers end an unclosed one before the first bracket that it did not open. */
function pushRegex(search: Search, { at, open, doubt }: State): void {
  const { code } = search
  const regex = matchAt(REGEX, code, at)
  if (regex !== undefined) return push(search, at + regex.length, open, doubt)
  const line = matchAt(LINE, code, at) ?? ''
  search.work += line.length
  push(search, at + unclosedLength(line), open, doubt)
}

/** Length of an unclosed regular expression, as TypeScript reads it. */
function unclosedLength(line: string): number {
  let classes = 0
  let groups = 0
  let quantifier = false
  for (let i = 1; i < line.length; i++) {
    const char = line[i]
    if (char === '\\') i++
    else if (char === '[') classes++
    else if (classes > 0) classes -= char === ']' ? 1 : 0
    else if (char === '{') quantifier = true
    else if (quantifier) quantifier = char !== '}'
    else if (char === '(') groups++
    else if (char === ')' && groups > 0) groups--
    else if (char === ')' || char === ']' || char === '}') return i
  }
  return line.length
}

const LINE = /[^\n\r\u2028\u2029]*/y

/** After a merge conflict marker, code continues on the next line or at one of the later markers. */
function pushConflict(search: Search, state: State): void {
  const rest = search.code.slice(state.at + 1)
  goOn(search, state, matchAt(LINE, search.code, state.at)?.length ?? 0)
  search.work += rest.length
  for (const { index } of rest.matchAll(/^(?:={7}|>{7} )/gmu))
    push(search, state.at + 1 + index, state.open, state.doubt)
}
