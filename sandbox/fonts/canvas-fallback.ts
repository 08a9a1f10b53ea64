// What Skia does not do by itself on a canvas: look for a character that a font lacks in the other fonts, and draw a sign
// that is text as well as emoji (☀️) as the emoji that it is marked to be. In the sandbox and outside alike.
import type * as Canvas from '@napi-rs/canvas'
import { FALLBACKS } from './families.ts'

type Context = Canvas.SKRSContext2D
type Draw = (this: Context, text: string, x: number, y: number, maxWidth?: number) => void
type Measure = (this: Context, text: string) => ReturnType<Context['measureText']>

interface Accessor {
  readonly get: (this: Context) => unknown
  readonly set: (this: Context, value: unknown) => void
}

const FALLBACK_LIST = FALLBACKS.map((name) => `, "${name}"`).join('')
/** A canvas font up to its size and line height; families follow. */
const SIZE = /(?:^|\s)[\d.]+(?:px|pt|pc|in|cm|mm|q|%|r?em|ex|ch)(?:\s*\/\s*\S+)?\s+(?=\S)/i

/** Changes the class of 2D contexts, once. */
export function fallBack(prototype: object): void {
  const font = Object.getOwnPropertyDescriptor(prototype, 'font') as Accessor
  const define = (name: string, value: unknown): void =>
    void Object.defineProperty(prototype, name, { value, enumerable: true, configurable: true, writable: true })
  Object.defineProperty(prototype, 'font', { ...extendedFont(font), enumerable: true, configurable: true })
  const { fillText, strokeText, measureText } = prototype as Record<string, unknown> as {
    fillText: Draw
    strokeText: Draw
    measureText: Measure
  }
  const tools = { font, measureText }
  define('fillText', drawing(fillText, tools))
  define('strokeText', drawing(strokeText, tools))
  define('measureText', function (this: Context, text: string) {
    const whole = measureText.call(this, text)
    const pieces = piecesOf(this, text, tools)
    if (!pieces) return whole
    const width = pieces.reduce((sum, piece) => sum + piece.width, 0)
    return { ...whole, width, actualBoundingBoxRight: whole.actualBoundingBoxRight + width - whole.width }
  })
}

/** The setter puts the fallbacks behind the families of a font; the getter gives the font as it was set. */
function extendedFont(font: Accessor): PropertyDescriptor {
  return {
    get(this: Context) {
      const whole = font.get.call(this)
      return typeof whole === 'string' && whole.endsWith(FALLBACK_LIST) ? whole.slice(0, -FALLBACK_LIST.length) : whole
    },
    set(this: Context, value: unknown) {
      try {
        font.set.call(this, typeof value === 'string' && SIZE.test(value) ? `${value}${FALLBACK_LIST}` : value)
      } catch {
        // It fails again, in the words for the font as it was set.
        font.set.call(this, value)
      }
    },
  }
}

interface Tools {
  readonly font: Accessor
  readonly measureText: Measure
}

interface Piece {
  readonly text: string
  readonly font: string
  readonly width: number
}

function drawing(draw: Draw, tools: Tools): Draw {
  return function (text, ...rest) {
    const [x, y, maxWidth] = rest
    const pieces = maxWidth === undefined ? piecesOf(this, text, tools) : undefined
    if (!pieces) return draw.call(this, text, ...rest)
    const { textAlign } = this
    const font = tools.font.get.call(this)
    const width = pieces.reduce((sum, piece) => sum + piece.width, 0)
    let at = x - (textAlign === 'center' ? width / 2 : textAlign === 'right' || textAlign === 'end' ? width : 0)
    this.textAlign = 'left'
    for (const piece of pieces) {
      tools.font.set.call(this, piece.font)
      draw.call(this, piece.text, at, y)
      at += piece.width
    }
    tools.font.set.call(this, font)
    this.textAlign = textAlign
  }
}

/** A sign of text, then the mark that makes it an emoji; a sign that is part of a longer emoji needs no help. */
const MARKED = /(?<!\u200D)(?![\d#*])(?!\p{Emoji_Presentation})\p{Emoji}\uFE0F(?![\u20E3\u200D])/gu

/** The text in pieces, each with the font that draws it; undefined where one font draws all. */
function piecesOf(context: Context, text: unknown, { font, measureText }: Tools): Piece[] | undefined {
  if (typeof text !== 'string' || !text.includes('\uFE0F') || context.direction === 'rtl') return undefined
  const own = String(font.get.call(context))
  const size = SIZE.exec(own)
  const marked = [...text.matchAll(MARKED)]
  if (!size || marked.length === 0) return undefined
  const emoji = `${own.slice(0, size.index + size[0].length)}"Noto Color Emoji"`
  const pieces: Piece[] = []
  const add = (part: string, face: string): void => {
    if (part === '') return
    font.set.call(context, face)
    pieces.push({ text: part, font: face, width: measureText.call(context, part).width })
  }
  let from = 0
  for (const { 0: sign, index } of marked) {
    add(text.slice(from, index), own)
    add(sign, emoji)
    from = index + sign.length
  }
  add(text.slice(from), own)
  font.set.call(context, own)
  return pieces
}

/** The families that a canvas font names, in order and without quotes; none when it names no size. */
export function familiesOf(font: string): string[] {
  const size = SIZE.exec(font)
  return size ? familyList(font.slice(size.index + size[0].length)) : []
}

/** A CSS list of families, without quotes. */
export function familyList(list: string): string[] {
  return [...list.matchAll(/"([^"]*)"|'([^']*)'|([^,"']+)/g)]
    .map(([, double, single, plain]) => (double ?? single ?? plain ?? '').trim())
    .filter((name) => name !== '')
}
