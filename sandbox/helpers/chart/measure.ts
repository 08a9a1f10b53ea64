// Measures and shortens text in the font of charts.
import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas'
import { FONT_FAMILY } from '../layout/text.ts'

let context: SKRSContext2D | undefined

/** The width of a text in pixels. */
export function measureText(text: string, size: number, font: object = {}): number {
  context ??= createCanvas(1, 1).getContext('2d')
  context.font = fontText({ size, ...font })
  return context.measureText(text).width
}

/** A CSS font of Chart.js's font options. */
export function fontText(font: object): string {
  const { size, family, weight, style }: Readonly<Record<string, unknown>> = { ...font }
  const word = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')
  return `${word(style)} ${word(weight)} ${Number.parseFloat(word(size)) || 12}px ${word(family) || FONT_FAMILY}`.trim()
}

/** The text cut to a width in pixels, with an ellipsis if anything was cut. */
export function shortenText(text: string, width: number, size: number, font: object = {}): string {
  // A letter is hardly narrower than a quarter of the font size.
  const start = Array.from(text.slice(0, Math.ceil((width / size) * 8) + 8))
  if (start.join('') === text && measureText(text, size, font) <= width) return text
  let [low, high] = [0, start.length]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (measureText(`${start.slice(0, middle).join('')}…`, size, font) <= width) low = middle
    else high = middle - 1
  }
  return `${start.slice(0, low).join('').trimEnd()}…`
}
