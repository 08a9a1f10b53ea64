// Tells a division from a regular expression by what stands before, the one thing that cannot be lexed without parsing.
// Where only a parser could tell, the answer is 'unclear' unless both readings see the same code.
import type { SlashMeaning, Token } from './token.ts'

/** Words after which an operand comes; as a member (`x.return`) they are operands themselves. */
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
const EITHER = new Set([
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
])

/**
 * What the slash at `at` is, given the tokens before it. `newline`: it is the first token of its line, where a statement
 * may have ended without a semicolon.
 */
export function slashMeaning(tokens: readonly Token[], newline: boolean, code: string, at: number): SlashMeaning {
  const sure = afterToken(tokens.at(-1), tokens.at(-2))
  if (sure === 'regex') return 'regex'
  return sure === 'division' && !newline ? 'division' : onlyDivision(code, at)
}

/** What a slash after this token is, on the same line. */
export function afterToken(last: Token | undefined, before: Token | undefined): SlashMeaning {
  if (!last) return 'regex'
  if (last.kind === 'template') return last.text.endsWith('${') ? 'regex' : 'division'
  if (last.kind === 'name') {
    if (before?.text === '.' || before?.text === '?.') return 'division'
    if (EITHER.has(last.text)) return 'unclear'
    return BEFORE_OPERAND.has(last.text) ? 'regex' : 'division'
  }
  if (last.kind !== 'punctuation') return 'division'
  if (last.slashAfter) return last.slashAfter
  if (last.text === ']') return 'division'
  return last.text === '}' || last.text === '>' ? 'unclear' : 'regex'
}

/** Nothing on the rest of the line could end a regular expression or open text, so dividing is the only safe reading. */
function onlyDivision(code: string, at: number): SlashMeaning {
  const rest = /[^\n\r\u2028\u2029]*/y
  rest.lastIndex = at + 1
  return /[/'"`{}\\]/.test(rest.exec(code)?.[0] ?? '') ? 'unclear' : 'division'
}
