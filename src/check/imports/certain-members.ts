// Decides whether a name after a dot is certainly a member: compilers skip a dot that follows nothing.
import { openOf, type Token } from '../../snippet/token.ts'

/** Every keyword and contextual keyword of a compiler. */
const WORDS: ReadonlySet<string> = new Set(
  (
    'abstract accessor any as asserts assert async await break case catch class const continue debugger declare default ' +
    'defer delete do else enum export extends finally for from function get global if implements import in infer ' +
    'instanceof interface intrinsic is keyof let module namespace new of out override package private protected public ' +
    'readonly require return satisfies set static super switch throw try type typeof unique using var void while with yield'
  ).split(' '),
)

/** Signs and words after which an expression begins, whatever precedes them. */
const BEFORE = new Set([';', '=', 'return', 'await'])
/** Whether the name at `i` after a dot is a member of names, calls and indices that certainly are an expression. */
export function isCertainMember(tokens: readonly Token[], i: number): boolean {
  let at = i - 2
  for (; ; at -= 2) {
    while (tokens[at]?.text === ')' || tokens[at]?.text === ']') {
      const open = openOf(tokens, at)
      // Longer code may contain a syntax error that a compiler recovers from.
      if (at - open > 2 || !isSure(tokens[at - 1] as Token)) return false
      at = open - 1
    }
    if (tokens[at]?.kind !== 'name' || !isSure(tokens[at] as Token)) return false
    if (tokens[at - 1]?.text !== '.' && tokens[at - 1]?.text !== '?.') break
  }
  const [before, first] = [tokens[at - 1], tokens[at] as Token]
  if (WORDS.has(first.text)) return false
  return !before || BEFORE.has(before.text) || (first.newline && endsLine(before))
}

/** A token that every compiler knows: some do not know newer letters in names. */
function isSure({ kind, text }: Token): boolean {
  return kind !== 'name' || /^[\w$]+$/.test(text)
}

/** Whether a statement may begin on the line after this token instead of the current one continuing. */
function endsLine({ kind, text }: Token): boolean {
  if (kind === 'name') return !WORDS.has(text)
  return kind !== 'punctuation' || /^[)\]}{]$/.test(text)
}
