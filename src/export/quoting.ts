// Text of others in generated code: file names, purposes and requests can neither end a string nor leave a comment.

/** Turns the direction of text or hides it: what is read would not be what is there. */
const UNSEEN = /[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g
const WIDEST = 110

/** A string literal of JavaScript in single quotes; whatever is not plainly visible is escaped. */
export function quoted(text: string): string {
  const escaped = text
    .replace(/[\\']/g, '\\$&')
    .replace(/[\p{C}\u2028\u2029]/gu, (char) =>
      [...Array(char.length).keys()].map((at) => unit(char.charCodeAt(at))).join(''),
    )
  return `'${escaped}'`
}

function unit(code: number): string {
  if (code === 10) return '\\n'
  return `\\u${code.toString(16).padStart(4, '0')}`
}

/** The text as lines of a `//` comment, each after `first` or as far in; at most `most` lines. */
export function commentLines(first: string, text: string, most = 4): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of oneLine(text).split(' ').flatMap(pieces)) {
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

/** The text on one line, without control characters. */
export function oneLine(text: string): string {
  return text
    .toWellFormed()
    .replace(UNSEEN, '')
    .replace(/[\p{Cc}\p{Z}]+/gu, ' ')
    .trim()
}

/** A word too wide for a line (Chinese has no spaces) in pieces. */
function pieces(word: string): string[] {
  return word.length <= 60 ? [word] : (word.match(/.{1,60}/gsu) ?? [])
}
