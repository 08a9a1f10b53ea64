// Compilers mend mistakes, and then any slash may divide or start a regular expression, and a template may end at any `}`.
// Invariant: an import that stands in text as we read it stands in text in every one of these readings, or is refused.
import { hiddenClauses } from './import-clauses.ts'
import { beginsLine, COMMENT, CONFLICT, LINE_BREAK, matchAt, NUMBER, REGEX, SPACE, TEMPLATE_PART } from './lexemes.ts'
import type { Token } from './token.ts'

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
const MAX_WORK = 50
const MAX_OPEN = 30

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
  const hidden = hiddenClauses(code, names)
  if (hidden.size === 0) return undefined
  const joins = new Set<number>()
  const search: Search = { code, hidden, joins, seen: new Set(), waiting: [], work: 0 }
  seed(search, tokens, joins)
  for (let state = search.waiting.pop(); state; state = search.waiting.pop()) {
    if (isTired(search) || state.open > MAX_OPEN || step(search, state)) return state.doubt
  }
  return undefined
}

/** Where compilers may leave our reading. */
function seed(search: Search, tokens: readonly Token[], joins: Set<number>): void {
  const doubtful = tokens.findIndex(({ text }, i) => BEFORE_DOUBT.has(text) && tokens[i - 1]?.text !== 'import')
  /** The depths of the substitutions around. */
  const around: number[] = []
  for (const [i, { kind, text, at, depth }] of tokens.entries()) {
    if (isTired(search)) return
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

/** Signs after which only an operand can come, unless one of the others stands before: an object, a type, a function. */
const BEFORE_REGEX = new Set(['=', '(', ',', '[', '=>', '&', '|', '+'])
const BEFORE_DOUBT = new Set(': < { @ as satisfies class function interface type enum'.split(' '))

/** Any of the open templates may have been left before, and the text of any may go on here. */
function pushEnds(search: Search, { at, open, doubt }: State): void {
  for (let left = open - 1; left >= 0; left--) {
    push(search, at, left, doubt)
    pushText(search, { at, open: left, doubt })
  }
}

/** So many readings are possible that the rest of them is not looked at. */
function isTired({ work, code }: Search): boolean {
  return work > MAX_WORK * code.length + 1000
}

function push({ seen, waiting }: Search, at: number, open: number, doubt: Doubt): void {
  const key = at * (MAX_OPEN + 2) + open
  if (seen.has(key)) return
  seen.add(key)
  waiting.push({ at, open, doubt })
}

/** Goes one token on; true where that is an import. */
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
    // A comment that is not closed was looked for to the end.
    search.work += code.length - state.at
    return
  }
  pushRegex(search, state)
  goOn(search, state, 1)
}

/** A name as far as it has no letter that only newer compilers know, or whole; what a compiler takes of a number; a sign. */
const SHORTEST = [
  /#?[\w$]+/y,
  /#?(?:[\w$]|\\u[\da-f]{4}|\\u\{[\da-f]+\})+/iy,
  NUMBER,
  /\d[xob]|\d[\d_.]*e/iy,
  /[^\w$]/uy,
]
/** A string that is not closed ends with its line, of which there are two notions. */
const STRINGS = [
  /'(?:[^'\\\n\r]|\\(?:\r\n|[^]))*'?|"(?:[^"\\\n\r]|\\(?:\r\n|[^]))*"?/y,
  /'(?:[^'\\\n\r\u2028\u2029]|\\(?:\r\n|[^]))*'?|"(?:[^"\\\n\r\u2028\u2029]|\\(?:\r\n|[^]))*"?/y,
]

/** Text of a template from here, to its end or its next substitution. */
function pushText(search: Search, { at, open, doubt }: State): void {
  const text = matchAt(TEMPLATE_PART, search.code, at)
  search.work += text?.length ?? search.code.length - at
  if (text !== undefined) push(search, at + text.length, text.endsWith('${') ? open + 1 : open, doubt)
}

/** A regular expression from here; compilers end one that is not closed on its line before a bracket that it did not open. */
function pushRegex(search: Search, { at, open, doubt }: State): void {
  const { code } = search
  const regex = matchAt(REGEX, code, at)
  if (regex !== undefined) return push(search, at + regex.length, open, doubt)
  const line = matchAt(LINE, code, at) ?? ''
  search.work += line.length
  push(search, at + unclosedLength(line), open, doubt)
}

/** Length of a regular expression that is not closed, as TypeScript takes it. */
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

/** After the mark of a merge conflict code goes on with the next line, or at one of the marks behind it. */
function pushConflict(search: Search, state: State): void {
  const rest = search.code.slice(state.at + 1)
  goOn(search, state, matchAt(LINE, search.code, state.at)?.length ?? 0)
  search.work += rest.length
  for (const { index } of rest.matchAll(/^(?:={7}|>{7} )/gmu))
    push(search, state.at + 1 + index, state.open, state.doubt)
}
