// What a compiler would take for an import, if the text at this place were code: found in raw text, whatever surrounds it.
import { MODULE_NAMES } from '../../sandbox/module-names.ts'
import { COMMENT, LINE_BREAK, matchAt, NUMBER, SPACE } from './lexemes.ts'

const KNOWN: ReadonlySet<string> = new Set(MODULE_NAMES)
/** Tokens of one clause. */
const MOST_TOKENS = 1000

/** A word whose letters may be written as escapes. */
function spelled(word: string): string {
  const letter = (char: string): string => {
    const hex = char
      .charCodeAt(0)
      .toString(16)
      .replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`)
    return `(?:${char}|\\\\u00${hex}|\\\\u\\{0*${hex}\\})`
  }
  return [...word].map(letter).join('')
}

const HEADS = ['import', 'export', 'module', 'namespace'].map(spelled)
const WORDS = new RegExp(`(?:${HEADS.join('|')})(?![\\p{ID_Continue}$\\\\])`, 'gu')
const [IMPORT, EXPORT] = HEADS.map((head) => new RegExp(head, 'uy')) as [RegExp, RegExp]

/** Every place of a word with which an import may begin, in code or in text. */
export function importWords(code: string): number[] {
  // Spares most snippets the long pattern.
  if (!/import|export|module|namespace|\\u/.test(code)) return []
  return Array.from(code.matchAll(WORDS), ({ index }) => index)
}

const OPEN_TEXT = /'(?:[^'\\\n\r]|\\(?:\r\n|[^]))*'?|"(?:[^"\\\n\r]|\\(?:\r\n|[^]))*"?|`(?:[^`\\]|\\[^])*`?/y
const NAME = /(?:[\p{ID_Continue}$\u200c\u200d]|\\u[\da-f]{4}|\\u\{[\da-f]+\})+/iuy
const SIGN = /[{}*,=.()<>[\]:?@#!|&+-]/y

/** Whether the clause that begins with the word here would name a module outside the table. */
export function clauseLeadsOut(code: string, start: number): boolean {
  const head = matchAt(IMPORT, code, start) ?? matchAt(EXPORT, code, start)
  let at = start + (head ?? matchAt(NAME, code, start) ?? '').length
  let depth = 0
  const exports = matchAt(IMPORT, code, start) === undefined && head !== undefined
  for (let count = 0; count < MOST_TOKENS; count++) {
    at = skipBlank(code, at)
    const text = matchAt(OPEN_TEXT, code, at)
    if (text !== undefined) {
      if (text.includes('\\') || !KNOWN.has(text.slice(1, -1))) return true
      if (depth === 0) return false
    }
    // A module that is declared has its name at once.
    if (head === undefined) return false
    const next = text ?? matchAt(NAME, code, at) ?? matchAt(NUMBER, code, at) ?? matchAt(SIGN, code, at)
    if (next === undefined && !(depth > 0 && at < code.length)) return false
    if (exports && count === 0 && !/^(?:[*{]|type|defer)/.test(next ?? '')) return false
    if (next === '{' || next === '(') depth++
    if ((next === '}' || next === ')') && --depth < 0) return false
    at += (next ?? ' ').length
  }
  return true
}

function skipBlank(code: string, from: number): number {
  let at = from
  for (;;) {
    const blank = matchAt(SPACE, code, at) ?? matchAt(LINE_BREAK, code, at) ?? matchAt(COMMENT, code, at)
    if (blank === undefined) return at
    at += blank.length
  }
}
