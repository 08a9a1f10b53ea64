// Wraps titles to the available width, since Chart.js squeezes a long line until it is illegible.
import { createCanvas } from '@napi-rs/canvas'
import { linesOf } from '../layout/text.ts'
import { isPlain } from './config.ts'
import { fontText } from './measure.ts'

/**
 * A title's text wrapped to `width` pixels in its font; values that are not text (functions) are returned unchanged.
 */
export function wrapTitle<Text>(text: Text, width: number, font: object): Text | string[] {
  const given: unknown = text
  const lines: readonly unknown[] = Array.isArray(given) ? given : [given]
  if (!(width > 0) || !lines.every((line) => typeof line === 'string')) return text
  const widthOf = rulerOf(font)
  const fits = (line: string) => !line.includes('\n') && widthOf(line) <= width
  if (lines.every(fits)) return text
  return lines.flatMap((line) =>
    fits(line) ? [line] : line.split('\n').flatMap((one) => linesOf(one, width, widthOf)),
  )
}

function rulerOf(font: object): (text: string) => number {
  const context = createCanvas(1, 1).getContext('2d')
  context.font = fontText(font)
  return (text) => context.measureText(text).width
}

/** Total horizontal and vertical padding in pixels; `usual` per side if `layout.padding` is not set. */
export function paddingOf(padding: unknown, usual: number): { readonly across: number; readonly along: number } {
  const number = (...values: unknown[]) => values.find((value) => typeof value === 'number') ?? 0
  if (typeof padding === 'number') return { across: padding * 2, along: padding * 2 }
  if (!isPlain(padding)) return { across: usual * 2, along: usual * 2 }
  const { x, y, left, right, top, bottom } = padding
  return { across: number(left, x) + number(right, x), along: number(top, y) + number(bottom, y) }
}
