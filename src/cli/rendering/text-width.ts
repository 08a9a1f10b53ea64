// Width of text at a terminal: two columns for a Chinese character or an emoji, none for a combining accent.

const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|^\p{Emoji_Presentation}|\ufe0f/u
const NONE = /^[\p{Mn}\p{Me}\u200b-\u200f\u2060\ufeff]/u

let segmenter: Intl.Segmenter | undefined

/** Width in columns of a text without escape sequences. */
export function columnsOf(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length
  return letters(text).reduce((columns, letter) => columns + (NONE.test(letter) ? 0 : isWide(letter) ? 2 : 1), 0)
}

/** The grapheme clusters of a text. */
export function letters(text: string): string[] {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' })
  return Array.from(segmenter.segment(text), ({ segment }) => segment)
}

export function isWide(letter: string): boolean {
  return WIDE.test(letter)
}
