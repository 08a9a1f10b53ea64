// Untrusted text in generated code: file names, purposes and requests can neither end a string nor leave a comment.
import { escapeUnsafeCharacters, toSingleLine } from '../../sandbox/untrusted-text.ts'

const WIDEST = 110

/** A JavaScript string literal in single quotes; invisible characters are escaped. */
export function quoteString(text: string): string {
  return `'${escapeUnsafeCharacters(text.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n'))}'`
}

/** The text as lines of a `//` comment, each after `first` or indented as far; at most `most` lines. */
export function commentLines(first: string, text: string, most = 4): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of collapseSpaces(text).split(' ').flatMap(pieces)) {
    if (line !== '' && first.length + line.length + word.length + 4 > WIDEST) {
      lines.push(line)
      line = ''
    }
    line += line === '' ? word : ` ${word}`
  }
  if (line !== '') lines.push(line)
  const shown = lines.length > most ? [...lines.slice(0, most - 1), `${lines[most - 1] ?? ''} …`] : lines
  return shown.map((part, at) => `// ${at === 0 ? first : ' '.repeat(first.length)}${part}`)
}

/** The text on one line with whitespace collapsed to single spaces. */
export function collapseSpaces(text: string): string {
  return toSingleLine(text)
    .replace(/\p{Z}+/gu, ' ')
    .trim()
}

/** Splits a word that is too wide for a line (Chinese has no spaces). */
function pieces(word: string): string[] {
  return word.length <= 60 ? [word] : (word.match(/.{1,60}/gsu) ?? [])
}
