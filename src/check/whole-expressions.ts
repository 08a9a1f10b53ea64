// Tells that the code between `${` and `}` is one whole expression, in which no compiler finds anything to mend: operands
// and operators take turns. Keywords, blocks and types are never called whole, though most of them are.
import type { Token } from './token.ts'

const OPERATORS = new Set('+ - * / % ** = == === != !== < > <= >= << >> >>> & | ^ && || ?? ?'.split(' '))
const PREFIXES = new Set(['!', '+', '-', '~'])
/** With a name behind them on their line. */
const WORD_PREFIXES = new Set(['await', 'new', 'typeof'])
/** Every word that means something somewhere to a compiler. */
export const WORDS: ReadonlySet<string> = new Set(
  (
    'abstract accessor any as asserts assert async await break case catch class const continue debugger declare default ' +
    'defer delete do else enum export extends finally for from function get global if implements import in infer ' +
    'instanceof interface intrinsic is keyof let module namespace new of out override package private protected public ' +
    'readonly require return satisfies set static super switch throw try type typeof unique using var void while with yield'
  ).split(' '),
)

/** Whether the tokens, those of one substitution without its braces, are certainly one whole expression. */
export function isWholeExpression(tokens: readonly Token[]): boolean {
  const open: string[] = []
  let operand = false
  const texts = new Set(tokens.map(({ text }) => text))
  // `a < b > (c)` has types, `a ? (b) : c => d` is a function with one or a choice.
  if ((texts.has('<') && texts.has('>')) || (texts.has('?') && texts.has('=>'))) return false
  for (let i = 0; i < tokens.length; i++) {
    const step = stepAt(tokens, i, operand, open)
    if (!step) return false
    operand = step.operand
    i += step.skip
  }
  return operand && open.length === 0
}

interface Step {
  /** Whether an operand is over now. */
  readonly operand: boolean
  /** Further tokens that were used. */
  readonly skip: number
}

const OVER: Step = { operand: true, skip: 0 }
const NEXT: Step = { operand: false, skip: 0 }

/** What the token at `i` does; undefined where it does not belong. */
function stepAt(tokens: readonly Token[], i: number, operand: boolean, open: string[]): Step | undefined {
  const { kind, text } = tokens[i] as Token
  if (kind !== 'punctuation') return kind === 'template' ? undefined : startOperand(tokens, i, operand)
  if (text === ')' || text === ']') return open.pop() === text && (operand || isEmpty(tokens, i)) ? OVER : undefined
  if (text === '(' || text === '[') {
    open.push(text === '(' ? ')' : ']')
    return NEXT
  }
  return operand ? afterOperand(tokens, i, open) : beforeOperand(tokens, i)
}

function startOperand(tokens: readonly Token[], i: number, operand: boolean): Step | undefined {
  const { kind, text } = tokens[i] as Token
  if (operand) return undefined
  if (kind !== 'name') return OVER
  if (WORD_PREFIXES.has(text)) {
    const next = tokens[i + 1]
    return next?.kind === 'name' && !next.newline ? NEXT : undefined
  }
  return WORDS.has(text) || text.startsWith('#') ? undefined : OVER
}

/** Whether the bracket at `i` closes a call without arguments, the head of a function without parameters, or `[]`. */
function isEmpty(tokens: readonly Token[], i: number): boolean {
  const callee = endsOperand(tokens[i - 2])
  if (tokens[i]?.text === ']') return tokens[i - 1]?.text === '[' && !callee
  return tokens[i - 1]?.text === '(' && callee !== (tokens[i + 1]?.text === '=>')
}

function endsOperand(token: Token | undefined): boolean {
  return token !== undefined && (token.kind !== 'punctuation' || token.text === ')' || token.text === ']')
}

function beforeOperand(tokens: readonly Token[], i: number): Step | undefined {
  const { text } = tokens[i] as Token
  if (text === '`') return template(tokens, i)
  return PREFIXES.has(text) ? NEXT : undefined
}

function afterOperand(tokens: readonly Token[], i: number, open: string[]): Step | undefined {
  const { text } = tokens[i] as Token
  if (text === '.' || text === '?.') return member(tokens, i)
  if (text === ',') return open.length > 0 && open.at(-1) !== ':' ? NEXT : undefined
  if (text === '=>') return isParameter(tokens, i) ? NEXT : undefined
  if (text === ':') return open.pop() === ':' ? NEXT : undefined
  let sign = text
  let end = i + 1
  for (; isAdjacent(tokens, end); end++) sign += tokens[end]?.text ?? ''
  if (!OPERATORS.has(sign)) return undefined
  if (sign === '?') open.push(':')
  return { operand: false, skip: end - i - 1 }
}

function member(tokens: readonly Token[], i: number): Step | undefined {
  const next = tokens[i + 1]
  if (tokens[i]?.text === '?.' && next?.text === '(') return undefined
  return next?.kind === 'name' && !next.newline ? { operand: true, skip: 1 } : undefined
}

/** A sign that touches the one before it belongs to the same operator. */
function isAdjacent(tokens: readonly Token[], i: number): boolean {
  const token = tokens[i]
  const before = tokens[i - 1]
  return token?.kind === 'punctuation' && /^[*=<>&|?]$/.test(token.text) && token.at === (before?.at ?? 0) + 1
}

/** Whether what stands before the arrow at `i` is a name, or names in parentheses, and may be the head of a function. */
function isParameter(tokens: readonly Token[], i: number): boolean {
  let at = i - 1
  if (tokens[at]?.text === ')') {
    do at--
    while (tokens[at]?.kind === 'name' || tokens[at]?.text === ',')
    if (tokens[at]?.text !== '(') return false
  } else if (tokens[at]?.kind !== 'name') return false
  const before = tokens[at - 1]
  return before === undefined || BEFORE_FUNCTION.has(before.text)
}

const BEFORE_FUNCTION = new Set(['(', ',', '=>'])

/** A template whose own substitutions are whole. */
function template(tokens: readonly Token[], i: number): Step | undefined {
  let part = i + 1
  while (tokens[part]?.text.endsWith('${')) {
    const depth = tokens[part]?.depth ?? 0
    let end = part + 1
    while (end < tokens.length && tokens[end]?.depth !== depth) end++
    if (!isWholeExpression(tokens.slice(part + 1, end))) return undefined
    part = end + 1
  }
  return tokens[part]?.kind === 'template' ? { operand: true, skip: part - i } : undefined
}
