// Estimates how large a text may become before it is drawn: Pango draws first and reports the size afterwards.
import type { Descriptor } from './settings.ts'

/**
 * A box in pixels that the text rarely exceeds: characters times lines, each 1 em wide and 1.5 em high, at the largest
 * size that the font name or the markup asks for.
 */
export function estimateTextBox(descriptor: Descriptor): { width: number; height: number } {
  const { textValue = '', textFont = '', textWidth = 0, textHeight = 0, textDpi = 72 } = descriptor
  // Given both sides, Pango fits the text into the box.
  if (textWidth > 0 && textHeight > 0) return { width: textWidth, height: textHeight }
  const markup = textValue.replace(/&#(x?)([0-9a-f]+);/gi, (_, hex: string, code: string) =>
    characterOf(parseInt(code, hex ? 16 : 10)),
  )
  const lines = markup.replace(/<[^>]*>/g, '').split('\n')
  const em = (largestPoints(markup, textFont) * textDpi) / 72
  const longest = Math.max(...lines.map((line) => line.length))
  const width = Math.ceil(textWidth > 0 ? Math.max(textWidth, em) : longest * em)
  const wrapped = textWidth > 0 ? (lines.join('').length * em) / width : 0
  return { width, height: Math.ceil(Math.max(lines.length, wrapped) * em * 1.5) }
}

const NUMBER = /\d+(?:\.\d+)?(?:e\+?\d+)?/gi
/** sharp's default size. */
const DEFAULT_POINTS = 12

function largestPoints(markup: string, font: string): number {
  const named = [...font.matchAll(NUMBER)].map(([size]) => Number(size))
  const marked = [...markup.matchAll(/(\w+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].flatMap(([, key, double, single]) => {
    const value = double ?? single ?? ''
    return [...value.matchAll(NUMBER)].map(([size]) => pointsOf(key!, value, Number(size)))
  })
  return (
    [...named, ...marked].reduce((most, points) => Math.max(most, points), DEFAULT_POINTS) *
    1.2 ** maxEnlargements(markup)
  )
}

const WITHOUT_SIZE = /colou?r$|ground$|alpha$|weight$|^lang$|^(?:fg|bg)/
const FONT_NAMES = /^(?:font|font_desc|face|font_family)$/

/** Numbers in markup are 1024ths of a point, except in a font name, with a unit, and in factors. */
function pointsOf(key: string, value: string, size: number): number {
  if (WITHOUT_SIZE.test(key)) return 0
  if (value.includes('%')) return (size / 100) * DEFAULT_POINTS
  if (FONT_NAMES.test(key) || /p[tx]/.test(value)) return size
  return key === 'line_height' && size <= 1024 ? size * DEFAULT_POINTS : size / 1024
}

/** The nesting depth of tags that enlarge the text by one step (1.2). */
function maxEnlargements(markup: string): number {
  const open: boolean[] = []
  let [now, most] = [0, 0]
  for (const [, closing, name, rest] of markup.matchAll(/<(\/?)(\w+)([^>]*)>/g)) {
    if (closing) now -= open.pop() ? 1 : 0
    else {
      const enlarges = name === 'big' || /larger|%/.test(rest!)
      open.push(enlarges)
      now += enlarges ? 1 : 0
    }
    most = Math.max(most, now)
  }
  return most
}

function characterOf(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : ''
}
