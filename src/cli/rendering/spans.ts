// Styled text, wrapped to a number of columns; styles become escape sequences only at the end.
import { sanitizeForTerminal } from '../../../sandbox/untrusted-text.ts'
import { columnsOf, isWide, letters } from './text-width.ts'

/** A piece of text and its SGR codes (1 bold, 2 grey, 3 italic …). Line breaks are its only control characters. */
export interface Span {
  readonly text: string
  readonly codes: readonly number[]
}
export type Line = readonly Span[]

/** A span of foreign text, without control sequences that could move the cursor. */
export function span(text: string, codes: readonly number[] = []): Span {
  return { text: clean(text), codes }
}

/** Text without control characters; line breaks stay, tabs become spaces. */
export function clean(text: string): string {
  return sanitizeForTerminal(text).replaceAll('\t', '    ')
}

export function widthOf(line: Line): number {
  return line.reduce((columns, { text }) => columns + columnsOf(text), 0)
}

/** The line with escape sequences for its styles. */
export function paint(line: Line): string {
  const text = line.map((one) =>
    one.codes.length > 0 && one.text !== '' ? `\u001b[${one.codes.join(';')}m${one.text}\u001b[0m` : one.text,
  )
  return text.join('').trimEnd()
}

/** Spans that must not be separated, with the gap before them. */
interface Word {
  readonly spans: Span[]
  gap: '' | ' ' | '\n'
  /** A line may begin with it, even without a gap. */
  readonly isFree: boolean
}

/** Breaks at spaces and next to Chinese characters; `hard`: also inside words that are too long. */
export function wrap(spans: Line, width: number, hard = false): Line[] {
  const lines: Span[][] = [[]]
  let used = 0
  for (const { spans: word, gap, isFree } of wordsOf(spans, hard ? Math.max(2, width) : Infinity)) {
    const columns = widthOf(word)
    const isFull = used > 0 && used + gap.length + columns > width
    if (gap === '\n' || (isFull && (gap === ' ' || isFree))) {
      lines.push([])
      used = 0
    } else if (gap === ' ' && used > 0) {
      lines.at(-1)!.push({ text: ' ', codes: sharedCodes(lines.at(-1)!.at(-1), word[0]) })
      used++
    }
    lines.at(-1)!.push(...word)
    used += columns
  }
  return lines.map(mergeSpans)
}

function wordsOf(spans: Line, longest: number): Word[] {
  const words: Word[] = []
  let gap: Word['gap'] = ''
  let before = ''
  for (const { text, codes } of spans) {
    for (const [piece] of text.matchAll(PIECES)) {
      if (piece.startsWith('\n')) {
        if (gap === '\n') words.push({ spans: [], gap, isFree: true })
        gap = '\n'
      } else if (piece.trim() === '') gap ||= ' '
      else {
        for (const part of partsOf(piece, longest)) {
          const isFree = part !== piece || (before !== '' && (isWide(before) || isWide(part)) && !CLOSING.test(part))
          const last = words.at(-1)
          if (gap === '' && last && !isFree) last.spans.push({ text: part, codes })
          else words.push({ spans: [{ text: part, codes }], gap, isFree })
          gap = ''
          before = letters(part).at(-1) ?? ''
        }
      }
    }
  }
  return words
}

const CLOSING = /^[、。，．！？：；）」』】》〉”’,.!?:;)\]}]/
const WIDE_LETTER = '[\\u2e80-\\u303e\\u3041-\\ua4cf\\uac00-\\ud7a3\\uf900-\\ufaff\\uff00-\\uff60\\uffe0-\\uffe6]'
/** A line break; spaces; one Chinese character with the punctuation that must not begin a line; other letters. */
const PIECES = new RegExp(
  `\\n|[^\\S\\n\\u00a0]+|${WIDE_LETTER}[、。，．！？：；）」』】》〉”’]*|(?:(?!${WIDE_LETTER})[\\S\\u00a0])+`,
  'gu',
)

function partsOf(piece: string, longest: number): string[] {
  if (columnsOf(piece) <= longest) return [piece]
  const parts = ['']
  for (const letter of letters(piece)) {
    if (columnsOf(parts.at(-1)! + letter) > longest) parts.push(letter)
    else parts[parts.length - 1] += letter
  }
  return parts
}

/** The styles of a space between two words: those that both words have. */
function sharedCodes(one: Span | undefined, other: Span | undefined): readonly number[] {
  return one?.codes.filter((code) => other?.codes.includes(code)) ?? []
}

/** Merges adjacent spans of the same style. */
function mergeSpans(line: Line): Line {
  const spans: Span[] = []
  for (const one of line) {
    const last = spans.at(-1)
    if (last && last.codes.join() === one.codes.join())
      spans[spans.length - 1] = { ...last, text: last.text + one.text }
    else spans.push(one)
  }
  return spans
}
