// Tells a division from a regular expression by the preceding tokens, the one thing that cannot be lexed without
// parsing. Where only a parser could tell, the answer is 'unclear' unless both readings see the same code.
import type { SlashKind, Token } from './token.ts'

/** Words after which an operand comes; as a member (`x.return`) they are operands. */
const BEFORE_OPERAND = new Set([
  'return',
  'typeof',
  'case',
  'do',
  'else',
  'in',
  'instanceof',
  'new',
  'void',
  'delete',
  'throw',
])
/** Words that are names in one place and keywords in another. */
const CONTEXTUAL_KEYWORDS = new Set([
  'await',
  'yield',
  'of',
  'async',
  'default',
  'extends',
  'break',
  'continue',
  'debugger',
  'import',
  'export',
  'type',
  'namespace',
  'module',
  'interface',
  'declare',
  'abstract',
  'global',
  'enum',
])

/** Words and signs that can be inside a type or end one: `a as return`, `a as b?`. */
const OF_TYPES = new Set([...BEFORE_OPERAND, '*', '?'])
/** Words after which a type, or the expression around it, continues on the next line. */
const GOES_ON = new Set(
  'as satisfies keyof typeof readonly unique infer asserts abstract new is extends in instanceof'.split(' '),
)
/** Tokens of a statement that are examined; from a longer one no conclusion is drawn. */
const MAX_TOKENS = 1000

/**
 * Classifies the slash at `at` by the tokens before it. `newline`: it is the first token of its line, where a statement
 * may have ended without a semicolon.
 */
export function classifySlash(tokens: readonly Token[], newline: boolean, code: string, at: number): SlashKind {
  const sure = classifyAfterTokens(tokens)
  if (sure === 'regex') return 'regex'
  return sure === 'division' && !newline ? 'division' : classifyByRestOfLine(code, at)
}

/** Classifies a slash after these tokens, on the same line. */
export function classifyAfterTokens(tokens: readonly Token[]): SlashKind {
  const last = tokens.at(-1)
  if (!last) return 'regex'
  const meaning = classifyAfterToken(last, tokens.at(-2), tokens.at(-3))
  return meaning === 'regex' && OF_TYPES.has(last.text) && mayEndType(tokens) ? 'unclear' : meaning
}

function classifyAfterToken(last: Token, before: Token | undefined, owner: Token | undefined): SlashKind {
  if (last.kind === 'template') return last.text.endsWith('${') ? 'regex' : 'division'
  if (last.kind === 'name') {
    const member = before?.text === '.' || before?.text === '?.'
    if (member) return !isWord(last) || isOperand(owner) ? 'division' : 'unclear'
    if (CONTEXTUAL_KEYWORDS.has(last.text)) return 'unclear'
    return BEFORE_OPERAND.has(last.text) ? 'regex' : 'division'
  }
  if (last.kind !== 'punctuation') return 'division'
  if (last.slashAfter) return last.slashAfter
  if (last.text === ']') return 'division'
  return last.text === '}' || last.text === '>' ? 'unclear' : 'regex'
}

function isWord({ text }: Token): boolean {
  return CONTEXTUAL_KEYWORDS.has(text) || BEFORE_OPERAND.has(text)
}

/** Whether a token certainly ends an operand whose member follows; compilers skip a dot that follows nothing. */
function isOperand(token: Token | undefined): boolean {
  if (token?.kind === 'name') return !isWord(token)
  if (token?.kind === 'template') return !token.text.endsWith('${')
  return token !== undefined && (token.kind !== 'punctuation' || token.text === ']' || token.slashAfter === 'division')
}

/** Whether `as` or `satisfies` precedes the last token in its statement: a slash after the type divides. */
function mayEndType(tokens: readonly Token[]): boolean {
  const depth = tokens.at(-1)?.depth ?? 0
  for (let i = tokens.length - 1; i >= 0; i--) {
    if (tokens.length - i > MAX_TOKENS) return true
    const token = tokens[i] as Token
    if (token.depth < depth || (token.depth === depth && token.text === ';')) return false
    if (token.depth > depth) continue
    if (token.text === 'as' || token.text === 'satisfies') return true
    if (startsStatement(token, tokens[i - 1])) return false
  }
  return false
}

/** Whether a word certainly begins a statement: it is on a new line and what precedes it is complete. */
function startsStatement({ kind, text, newline }: Token, before: Token | undefined): boolean {
  if (kind !== 'name' || !newline || GOES_ON.has(text) || !before) return false
  const { text: sign } = before
  return before.kind === 'punctuation' ? sign === ')' || sign === ']' || sign === '}' : !GOES_ON.has(sign)
}

/** 'division' if nothing on the rest of the line could end a regular expression or open text, else 'unclear'. */
function classifyByRestOfLine(code: string, at: number): SlashKind {
  const rest = /[^\n\r\u2028\u2029]*/y
  rest.lastIndex = at + 1
  return /[/'"`{}\\]/.test(rest.exec(code)?.[0] ?? '') ? 'unclear' : 'division'
}
