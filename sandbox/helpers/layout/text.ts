// Fits text: wraps between words and Chinese characters, then shrinks, and truncates only as a last resort.
import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas'

/** The font that ships with the product; it covers Latin and Chinese. */
export const FONT_FAMILY = "'Noto Sans SC', sans-serif"

/** Line height as a multiple of the font size. */
export const LINE_HEIGHT = 1.3

/** Lines of text and the font size in pixels at which they fit. */
export interface FittedText {
  readonly lines: readonly string[]
  readonly size: number
  readonly width: number
  readonly height: number
}

export interface TextSpace {
  readonly width: number
  readonly height: number
  readonly bold?: boolean
}

/** A font string for the canvas. */
export function fontOf(size: number, bold = false): string {
  return `${bold ? 'bold ' : ''}${size}px ${FONT_FAMILY}`
}

/** Wraps and shrinks text to fit the space; truncated with an ellipsis only if it does not fit at 6 pixels. */
export function fitText(text: string, size: number, space: TextSpace): FittedText {
  const widthOf = createRuler(space.bold)
  const smallest = Math.min(6, size)
  for (const breaking of [false, true]) {
    const least = breaking ? smallest : Math.max(smallest, size * 0.75)
    for (let at = size; at >= least; at = Math.floor(at * 0.95 * 2) / 2) {
      const lines = wrap(text, space.width / at, widthOf, breaking)
      if (lines && lines.length * LINE_HEIGHT * at <= Math.max(space.height, LINE_HEIGHT * smallest))
        return measured(lines, at, widthOf)
    }
  }
  return measured(cut(text, smallest, space, widthOf), smallest, widthOf)
}

/** Draws lines centred on x for 'center', otherwise starting at x; y is the top. */
export function drawLines(
  context: SKRSContext2D,
  text: FittedText,
  x: number,
  y: number,
  align: 'left' | 'center',
  bold = false,
): void {
  context.font = fontOf(text.size, bold)
  context.textAlign = align
  context.textBaseline = 'alphabetic'
  const baseline = y + (LINE_HEIGHT / 2 + 0.36) * text.size
  text.lines.forEach((line, i) => context.fillText(line, x, baseline + i * LINE_HEIGHT * text.size))
}

/** Returns a function that measures text as a multiple of the font size, cached per piece. */
export function createRuler(bold = false): (text: string) => number {
  const context = createCanvas(1, 1).getContext('2d')
  context.font = fontOf(100, bold)
  const known = new Map<string, number>()
  return (text) => {
    const width = known.get(text) ?? context.measureText(text).width / 100
    known.set(text, width)
    return width
  }
}

const CJK = '\\u1100-\\u11ff\\u2e80-\\ua4cf\\uac00-\\ud7af\\uf900-\\ufaff\\uff00-\\uffef'
const CLOSING = '，。、；：！？）》」』】,.;:!?)'
const PIECES = new RegExp(`\\n|[^\\S\\n]+|[${CJK}][${CLOSING}]*|[^\\s${CJK}]+`, 'gu')

/**
 * Splits text into the fewest lines that fit `width`, in units of `widthOf`, of about equal length; a word that is too
 * wide is broken.
 */
export function linesOf(text: string, width: number, widthOf: (text: string) => number): string[] {
  const within = (space: number) => wrap(text, space, widthOf, false) ?? wrap(text, space, widthOf, true)
  let lines = within(width) ?? [text]
  for (let space = width * 0.95; space > width / 2; space *= 0.95) {
    const narrower = wrap(text, space, widthOf, false)
    if (narrower?.length !== lines.length) break
    lines = narrower
  }
  return lines
}

/** Lines no wider than `width`, in units of `widthOf`; undefined if a word is too wide and `breaking` is false. */
function wrap(text: string, width: number, widthOf: (text: string) => number, breaking: boolean): string[] | undefined {
  const lines: string[] = []
  let line = ''
  const pieces = (text.trim().match(PIECES) ?? []).flatMap((piece) =>
    breaking && widthOf(piece) > width ? Array.from(piece) : [piece],
  )
  for (const piece of pieces) {
    const isBreak = piece === '\n'
    if (!isBreak && widthOf(line + piece.trimEnd()) <= width) {
      line += piece
      continue
    }
    if (line !== '' || isBreak) lines.push(line.trimEnd())
    line = isBreak ? '' : piece.trimStart()
    if (widthOf(line) > width) return undefined
  }
  return [...lines, line.trimEnd()]
}

function cut(text: string, size: number, space: TextSpace, widthOf: (text: string) => number): string[] {
  const line = text.replace(/\s+/g, ' ').trim()
  let length = line.length
  while (length > 1 && widthOf(`${line.slice(0, length)}…`) * size > space.width) length--
  return [`${line.slice(0, length)}…`]
}

function measured(lines: readonly string[], size: number, widthOf: (text: string) => number): FittedText {
  const width = Math.max(...lines.map(widthOf)) * size
  return { lines, size, width: Math.ceil(width), height: Math.ceil(lines.length * LINE_HEIGHT * size) }
}
