// Finds text that a compiler would take for an import clause if it were read as code, whatever surrounds it.
import { MODULE_NAMES } from '../../../sandbox/module-names.ts'
import { COMMENT, LINE_BREAK, matchAt, SPACE } from '../../snippet/lexemes.ts'

const KNOWN: ReadonlySet<string> = new Set(MODULE_NAMES)
/** Tokens read of one clause. */
const MAX_TOKENS = 1000

/** Pattern for a word whose letters may be written as escapes. */
function escapableWord(word: string): string {
  const letter = (char: string): string => {
    const hex = char
      .charCodeAt(0)
      .toString(16)
      .replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`)
    return `(?:${char}|\\\\u00${hex}|\\\\u\\{0*${hex}\\})`
  }
  return word.replace(/./g, letter)
}

const HEADS = ['import', 'export', 'module', 'namespace'].map(escapableWord)
const WORDS = new RegExp(`(?:${HEADS.join('|')})(?![\\p{ID_Continue}$\\\\])`, 'gu')
const [IMPORT, EXPORT] = HEADS.map((head) => new RegExp(head, 'uy')) as [RegExp, RegExp]

/** Characters that all clauses may consume, as a multiple of the snippet's length; then the rest count as found. */
const MAX_WORK = 20

/** Every offset outside of `names` at which a module outside the table would be imported if it were code. */
export function hiddenClauses(code: string, names: ReadonlySet<number>): ReadonlySet<number> {
  // Saves most snippets the long pattern.
  if (!/import|export|module|namespace|\\u/.test(code)) return new Set()
  const words = Array.from(code.matchAll(WORDS), ({ index }) => index).filter((at) => !names.has(at))
  const limit = { left: MAX_WORK * code.length + 1000 }
  return new Set(words.filter((at) => limit.left < 0 || importsUnknownModule(code, at, limit)))
}

/** A string or a template, closed or not. */
const TEXT = /'(?:[^'\\\n\r]|\\(?:\r\n|[^]))*'?|"(?:[^"\\\n\r]|\\(?:\r\n|[^]))*"?|`(?:[^`\\]|\\[^])*`?/y
const NAME = /(?:[\p{ID_Continue}$\u200c\u200d]|\\u[\da-f]{4}|\\u\{[\da-f]+\})+/iuy
/** The only signs that compilers accept in a clause outside of brackets. */
const SIGN = /[{}*,=.()<>[\]:?@#!|&+-]/y

interface Limit {
  left: number
}

function importsUnknownModule(code: string, start: number, limit: Limit): boolean {
  const isImport = matchAt(IMPORT, code, start) !== undefined
  const isExport = matchAt(EXPORT, code, start) !== undefined
  let at = start + (matchAt(NAME, code, start) ?? '').length
  let depth = 0
  let names = 0
  for (let count = 0; count < MAX_TOKENS; count++) {
    at = skipBlank(code, at, limit)
    const text = matchAt(TEXT, code, at)
    limit.left -= (text?.length ?? 0) + 10
    if (text !== undefined && (text.includes('\\') || !KNOWN.has(text.slice(1, -1)))) return true
    // In a module declaration the name comes first.
    if (at >= code.length || !(isImport || isExport)) return false
    if (text !== undefined && depth === 0) return false
    const next = text ?? matchAt(NAME, code, at) ?? matchAt(SIGN, code, at) ?? (depth > 0 ? code[at] : undefined)
    if (next === undefined) return false
    if (isExport && count === 0 && !/^(?:[*{]|type$|defer$)/.test(next)) return false
    names = NAMES.test(next) && !OF_CLAUSE.has(next) ? names + 1 : 0
    if (depth === 0 && names > 1) return false
    if (OPEN.has(next)) depth++
    if (CLOSE.has(next) && --depth < 0) return false
    at += next.length
  }
  return true
}

/** Two consecutive names other than these are prose, not a clause. */
const OF_CLAUSE = new Set(['type', 'defer', 'source', 'as', 'from', 'require'])
const NAMES = /^[\p{ID_Continue}$\\]/u

/** Includes `<` for types; `>` may also be an operator, so it does not close. */
const OPEN = new Set('{([<')
const CLOSE = new Set('})]')

function skipBlank(code: string, from: number, limit: Limit): number {
  for (let at = from; ;) {
    const blank = matchAt(SPACE, code, at) ?? matchAt(LINE_BREAK, code, at) ?? matchAt(COMMENT, code, at)
    // An unclosed comment was scanned to the end.
    limit.left -= blank?.length ?? (code.startsWith('/*', at) ? code.length - at : 0)
    if (blank === undefined) return at
    at += blank.length
  }
}
