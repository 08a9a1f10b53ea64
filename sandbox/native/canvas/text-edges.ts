// Measures how far a text that was just drawn extends over the edges of its canvas, with Skia's own metrics.
import type { SKRSContext2D } from './skia.ts'

/** Extent beyond each edge, in canvas pixels; never negative. */
export interface Overhang {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  /** The extent of the text on the canvas. */
  readonly width: number
  readonly height: number
  /** No part of it is on the canvas. */
  readonly isOutside: boolean
  /** The text's anchor point on the canvas, and the line height there. */
  readonly x: number
  readonly y: number
  readonly line: number
}

/** One call of fillText or strokeText. */
export interface DrawnText {
  readonly context: SKRSContext2D
  readonly text: string
  readonly x: number
  readonly y: number
  readonly maxWidth: number
  readonly isStroke: boolean
}

interface Box {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

type Matrix = ReturnType<SKRSContext2D['getTransform']>

const PIXELS = /(?:^|\s)(\d{1,4}(?:\.\d+)?)px\s/
/** Upper bounds in font sizes: a letter's width (Chinese 1, emoji 1.25), a line's height above or below its anchor. */
const WIDEST = 1.4
const HIGHEST = 1.6

/** Whether the text is so clearly inside that it need not be measured. */
export function isClearlyInside(drawn: DrawnText): boolean {
  const { context, text, x, y } = drawn
  const size = Number(PIXELS.exec(context.font)?.[1])
  // Fonts in other units and custom spacing have to be measured.
  if (!(size > 0) || context.letterSpacing !== '0px' || context.wordSpacing !== '0px') return false
  const width = Math.min(text.length * size * WIDEST, Math.max(drawn.maxWidth, size))
  const before = shareBefore(context) * width
  const edge = drawn.isStroke ? context.lineWidth / 2 : 0
  const box = {
    left: x - before - edge,
    right: x - before + width + edge,
    top: y - HIGHEST * size - edge,
    bottom: y + HIGHEST * size + edge,
  }
  const { left, right, top, bottom } = transformBox(box, context.getTransform())
  return left >= 0 && top >= 0 && right <= context.canvas.width && bottom <= context.canvas.height
}

function shareBefore({ textAlign, direction }: SKRSContext2D): number {
  if (textAlign === 'center') return 0.5
  const isLeft = textAlign === 'left' || (textAlign === 'end') === (direction === 'rtl')
  return isLeft && textAlign !== 'right' ? 0 : 1
}

/** Tolerance beyond an edge, as a share of the line height: nobody misses the tip of a serif. */
const ALLOWED = 0.04
const MIN_ALLOWED = 1.5

/** What is cut off of a text; undefined if it is inside or has no visible letters. */
export function measureOverhang(drawn: DrawnText): Overhang | undefined {
  const { context, x, y } = drawn
  const matrix = context.getTransform()
  const [box, line] = boxOf(drawn)
  if (!(box.right > box.left && box.bottom > box.top)) return undefined
  const placed = transformBox(box, matrix)
  const { width, height } = context.canvas
  const scale = Math.sqrt(Math.abs(matrix.a * matrix.d - matrix.b * matrix.c))
  const allowed = Math.max(MIN_ALLOWED, line * scale * ALLOWED)
  const beyond = (pixels: number): number => (pixels > allowed ? pixels : 0)
  const over = {
    left: beyond(-placed.left),
    right: beyond(placed.right - width),
    top: beyond(-placed.top),
    bottom: beyond(placed.bottom - height),
  }
  if (over.left + over.right + over.top + over.bottom === 0) return undefined
  return {
    ...over,
    width: placed.right - placed.left,
    height: placed.bottom - placed.top,
    isOutside: placed.right <= 0 || placed.left >= width || placed.bottom <= 0 || placed.top >= height,
    x: matrix.a * x + matrix.c * y + matrix.e,
    y: matrix.b * x + matrix.d * y + matrix.f,
    line: line * scale,
  }
}

/** Blank space to the right of an emoji or a Chinese character, as a share of the line height. */
const AIR_BESIDE = 0.07

/** The box that the letters cover and the height of their line, before the transform. */
function boxOf({ context, text, x, y, maxWidth, isStroke }: DrawnText): readonly [Box, number] {
  const letters = context.measureText(text.trim())
  const line = letters.fontBoundingBoxAscent + letters.fontBoundingBoxDescent
  const after = text.trimEnd().length < text.length
  const blanksBefore =
    text.trimStart().length < text.length ? context.measureText(text.trimEnd()).width - letters.width : 0
  const whole = after ? context.measureText(text).width : letters.width + blanksBefore
  const squeezed = whole > 0 ? Math.min(1, maxWidth / whole) : 1
  const before = shareBefore(context)
  // Skia's metrics are off by up to one letter space for spaced text, and end with the first font for text in several
  // fonts.
  const apart = Math.abs(Number.parseFloat(context.letterSpacing) || 0)
  const inked = letters.actualBoundingBoxRight + before * letters.width
  const right = inked < letters.width - line / 4 ? letters.width - line * AIR_BESIDE : inked
  const left = letters.actualBoundingBoxLeft - before * letters.width
  const start = x + (blanksBefore - before * whole) * squeezed
  const edge = isStroke ? context.lineWidth / 2 : 0
  const box = {
    left: start - (left - apart) * squeezed - edge,
    right: start + (right - apart) * squeezed + edge,
    top: y - letters.actualBoundingBoxAscent - edge,
    bottom: y + letters.actualBoundingBoxDescent + edge,
  }
  return [box, Math.max(line, box.bottom - box.top)]
}

function transformBox({ left, right, top, bottom }: Box, { a, b, c, d, e, f }: Matrix): Box {
  const xs = [a * left + c * top, a * right + c * top, a * left + c * bottom, a * right + c * bottom]
  const ys = [b * left + d * top, b * right + d * top, b * left + d * bottom, b * right + d * bottom]
  return {
    left: Math.min(...xs) + e,
    right: Math.max(...xs) + e,
    top: Math.min(...ys) + f,
    bottom: Math.max(...ys) + f,
  }
}

/** Whether a text is invisible on purpose: no paint, no alpha, or drawn off-canvas for its shadow only. */
export function isInvisible({ context, isStroke }: DrawnText, { isOutside }: Overhang): boolean {
  // Faint background text may be larger than the picture.
  if (context.globalAlpha <= 0.1) return true
  if (isOutside && (context.shadowOffsetX !== 0 || context.shadowOffsetY !== 0)) return true
  const paint = isStroke ? context.strokeStyle : context.fillStyle
  return typeof paint === 'string' && TRANSPARENT.test(paint)
}

const TRANSPARENT =
  /^\s*(?:transparent|#[\da-f]{3}0|#[\da-f]{6}00|(?:rgb|hsl)a?\((?:(?:[^,)]*,){3}|[^)/]*\/)\s*(?:0|0?\.0+|0%)\s*\))\s*$/i
