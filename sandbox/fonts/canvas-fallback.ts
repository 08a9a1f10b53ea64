// Adds to Skia's canvas what it lacks: common font names, fallback to other fonts for missing characters, and emoji
// presentation for signs that are text by default (☀️). Used in the sandbox and in exported projects alike.
import type * as Canvas from '@napi-rs/canvas'
import { FALLBACKS } from './families.ts'
import { familyList, shippedFamily } from './names.ts'
import { countFontChanges, isRegisteredFont } from './registered-fonts.ts'

type Context = Canvas.SKRSContext2D
type Metrics = ReturnType<Context['measureText']>
type Draw = (this: Context, text: string, x: number, y: number, maxWidth?: number) => void
type Measure = (this: Context, text: string) => Metrics

interface Accessor {
  readonly get: (this: Context) => unknown
  readonly set: (this: Context, value: unknown) => void
}

/** Patches the prototype of 2D contexts. Call once. */
export function installFontFallback(prototype: object): void {
  const font = Object.getOwnPropertyDescriptor(prototype, 'font') as Accessor
  const define = (name: string, value: unknown): void =>
    void Object.defineProperty(prototype, name, { value, enumerable: true, configurable: true, writable: true })
  Object.defineProperty(prototype, 'font', { ...extendFontProperty(font), enumerable: true, configurable: true })
  const { fillText, strokeText, measureText } = prototype as Record<string, unknown> as {
    fillText: Draw
    strokeText: Draw
    measureText: Measure
  }
  const tools = { font, measureText }
  define('fillText', drawInPieces(fillText, tools))
  define('strokeText', drawInPieces(strokeText, tools))
  define('measureText', function (this: Context, text: string) {
    extendInitialFont(this, tools)
    const pieces = splitEmoji(this, text, tools)
    const whole = measureText.call(this, text)
    return pieces ? { ...whole, ...measureBox(pieces, this.textAlign) } : whole
  })
}

/** A canvas font up to its size and line height, after which the families follow. */
const SIZE = /(?:^|\s)[\d.]+(?:px|pt|pc|in|cm|mm|q|%|r?em|ex|ch)(?:\s*\/\s*\S+)?\s+(?=\S)/i
/** An unbalanced quote before the fallbacks makes Skia's parser abort the process. */
const BALANCED_QUOTES = /^(?:[^"']|"[^"]*"|'[^']*')*$/
const INITIAL_FONT = '10px sans-serif'
const MAX_FONT = 500
const FALLBACK_LIST = FALLBACKS.map((name) => `"${name}"`).join(', ')
/** The end of an extended font: a family name that does not exist, which carries the font as it was set. */
const ORIGINAL_FONT = /, "=([^"]*)"$/

/** The setter resolves family names and appends the fallbacks; the getter returns the font as it was set. */
function extendFontProperty(font: Accessor): PropertyDescriptor {
  const known = new Map<string, string>()
  let seen = 0
  return {
    get(this: Context) {
      const whole = font.get.call(this)
      const asSet = typeof whole === 'string' ? ORIGINAL_FONT.exec(whole)?.[1] : undefined
      return asSet === undefined ? whole : decodeURIComponent(asSet)
    },
    set(this: Context, value: unknown) {
      if (typeof value !== 'string') return font.set.call(this, value)
      if (seen !== countFontChanges() || known.size > 1000) known.clear()
      seen = countFontChanges()
      const whole = known.get(value) ?? extendFont(value)
      known.set(value, whole)
      try {
        font.set.call(this, whole)
      } catch {
        // Fails again, with a message about the font as it was set.
        font.set.call(this, value)
      }
    },
  }
}

function extendFont(font: string): string {
  const size = SIZE.exec(font)
  if (!size || font.length > MAX_FONT || !BALANCED_QUOTES.test(font) || !font.isWellFormed()) return font
  const start = size.index + size[0].length
  const families = familyList(font.slice(start)).map((name) =>
    isRegisteredFont(name) ? name : (shippedFamily(name) ?? name),
  )
  const quoted = families.map((name) => (name.includes('"') ? `'${name}'` : `"${name}"`))
  return `${font.slice(0, start)}${quoted.join(', ')}, ${FALLBACK_LIST}, "=${encodeURIComponent(font)}"`
}

/** Adds the fallbacks to the initial font of a context whose font was never set. */
function extendInitialFont(context: Context, { font }: OriginalMethods): void {
  if (font.get.call(context) === INITIAL_FONT) context.font = INITIAL_FONT
}

interface OriginalMethods {
  readonly font: Accessor
  readonly measureText: Measure
}

interface Piece {
  readonly text: string
  readonly font: string
  readonly metrics: Metrics
}

const widthOf = (pieces: readonly Piece[]): number => pieces.reduce((sum, { metrics }) => sum + metrics.width, 0)

/** The share of a line's width to the left of its anchor point. */
function shareBefore(align: string): number {
  return align === 'center' ? 0.5 : align === 'right' || align === 'end' ? 1 : 0
}

function measureBox(pieces: readonly Piece[], align: string): Partial<Metrics> {
  const width = widthOf(pieces)
  const before = width * shareBefore(align)
  const [first, last] = [pieces[0]!.metrics, pieces.at(-1)!.metrics]
  return {
    width,
    actualBoundingBoxLeft: first.actualBoundingBoxLeft + before,
    actualBoundingBoxRight: width - last.width + last.actualBoundingBoxRight - before,
    actualBoundingBoxAscent: Math.max(...pieces.map(({ metrics }) => metrics.actualBoundingBoxAscent)),
    actualBoundingBoxDescent: Math.max(...pieces.map(({ metrics }) => metrics.actualBoundingBoxDescent)),
  }
}

function drawInPieces(draw: Draw, tools: OriginalMethods): Draw {
  return function (text, ...rest) {
    extendInitialFont(this, tools)
    const pieces = splitEmoji(this, text, tools)
    const [x, y, maxWidth = Infinity] = rest.map(Number) as [number, number, number?]
    if (!pieces || !(maxWidth > 0)) return draw.call(this, text, ...rest)
    const width = widthOf(pieces)
    const scale = Math.min(1, maxWidth / width)
    this.save()
    this.translate(x - width * scale * shareBefore(this.textAlign), y)
    this.scale(scale, 1)
    this.textAlign = 'left'
    let at = 0
    for (const piece of pieces) {
      tools.font.set.call(this, piece.font)
      draw.call(this, piece.text, at, 0)
      at += piece.metrics.width
    }
    this.restore()
  }
}

/** A text sign with the selector that makes it an emoji; one inside a longer emoji sequence needs no help. */
const MARKED_EMOJI = /(?<!\u200D)(?![\d#*])(?!\p{Emoji_Presentation})\p{Emoji}\uFE0F(?![\u20E3\u200D])/gu

/** Splits a text by the font that draws each piece, measured from its left; undefined where one font draws all. */
function splitEmoji(context: Context, text: unknown, { font, measureText }: OriginalMethods): Piece[] | undefined {
  if (typeof text !== 'string' || !text.includes('\uFE0F') || context.direction === 'rtl') return undefined
  const own = String(font.get.call(context))
  const size = SIZE.exec(own)
  const marked = [...text.matchAll(MARKED_EMOJI)]
  if (!size || marked.length === 0) return undefined
  const { textAlign } = context
  const emoji = `${own.slice(0, size.index + size[0].length)}"Noto Color Emoji"`
  const pieces: Piece[] = []
  const add = (part: string, face: string): void => {
    if (part === '') return
    font.set.call(context, face)
    pieces.push({ text: part, font: face, metrics: measureText.call(context, part) })
  }
  context.textAlign = 'left'
  let from = 0
  for (const { 0: sign, index } of marked) {
    add(text.slice(from, index), own)
    add(sign, emoji)
    from = index + sign.length
  }
  add(text.slice(from), own)
  font.set.call(context, own)
  context.textAlign = textAlign
  return pieces
}

/** The families that a canvas font names, in order and unquoted; empty when it has no size. */
export function familiesOf(font: string): string[] {
  const size = SIZE.exec(font)
  return size ? familyList(font.slice(size.index + size[0].length)) : []
}
