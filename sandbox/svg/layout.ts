// Finds the positions of emoji in SVG text: librsvg's layout, as far as needed for that.
import type { XmlElement } from '@rgrove/parse-xml'
import { createRequire } from 'node:module'
import type * as Canvas from '@napi-rs/canvas'
import { FALLBACKS } from '../fonts/families.ts'
import { shippedFamily } from '../fonts/names.ts'
import { lengthOf, propertiesOf, type StyleSheet, styleOf, type TextStyle } from './style.ts'

/** One emoji: its cluster, font size, and position relative to the start of its text chunk. */
interface PlacedEmoji {
  readonly cluster: string
  readonly size: number
  readonly x: number
  readonly y: number
}

/** A text chunk in SVG's sense: it starts at its own point, given as SVG lengths. */
export interface Chunk {
  readonly x: string
  readonly y: string
  readonly emoji: readonly PlacedEmoji[]
}

interface Run {
  readonly text: string
  readonly style: TextStyle
  readonly dx: number
  readonly dy: number
}

interface OpenChunk {
  x?: string
  y?: string
  readonly style: TextStyle
  readonly runs: Run[]
}

/** Attributes that place letters in ways this layout does not support. */
const UNSUPPORTED = ['rotate', 'textLength']

/** Emoji of a text cannot be placed; caught in this file. */
class UnsupportedLayout extends Error {}

/** The chunks of a text element that contain emoji; undefined if its layout is not supported. */
export function layoutEmoji(
  element: XmlElement,
  ancestors: readonly XmlElement[],
  style: TextStyle,
  sheet: StyleSheet,
): Chunk[] | undefined {
  const chunks: OpenChunk[] = []
  try {
    collectRuns(element, ancestors, style, sheet, chunks)
    return placeEmoji(chunks)
  } catch (error) {
    if (error instanceof UnsupportedLayout) return undefined
    throw error
  }
}

function collectRuns(
  element: XmlElement,
  ancestors: readonly XmlElement[],
  style: TextStyle,
  sheet: StyleSheet,
  chunks: OpenChunk[],
): void {
  const { attributes, children } = element
  if (style.isUnsupported || UNSUPPORTED.some((name) => name in attributes)) throw new UnsupportedLayout()
  let dx = offsetOf(attributes['dx'], style)
  let dy = offsetOf(attributes['dy'], style)
  const [x, y] = [coordinateOf(attributes['x'], style), coordinateOf(attributes['y'], style)]
  if (chunks.length === 0 || x !== undefined || y !== undefined)
    chunks.push({ ...(x === undefined ? {} : { x }), ...(y === undefined ? {} : { y }), style, runs: [] })
  children.forEach((child, at) => {
    if (child.type === 'text' || child.type === 'cdata') {
      const text = collapseWhitespace((child as unknown as { text: string }).text, at > 0, at < children.length - 1)
      if (text !== '') chunks.at(-1)!.runs.push({ text, style, dx, dy })
      dx = dy = 0
    } else if (child.type === 'element') {
      const inner = child as XmlElement
      if (inner.name !== 'tspan' && inner.name !== 'a') throw new UnsupportedLayout()
      const around = [...ancestors, element]
      collectRuns(inner, around, styleOf(propertiesOf(inner, around, sheet), style), sheet, chunks)
    }
  })
}

function offsetOf(length: string | undefined, { size }: TextStyle): number {
  const value = length === undefined ? 0 : lengthOf(length, size)
  if (value === undefined) throw new UnsupportedLayout()
  return value
}

/** One coordinate of a point; font-relative lengths become numbers. */
function coordinateOf(length: string | undefined, { size }: TextStyle): string | undefined {
  if (length === undefined || /^[+-]?[\d.]+%$/.test(length.trim())) return length?.trim()
  const value = lengthOf(length, size)
  if (value === undefined) throw new UnsupportedLayout()
  return String(value)
}

/** Collapses white space like librsvg: no line breaks, single spaces, none at an end without a neighbour element. */
function collapseWhitespace(text: string, after: boolean, before: boolean): string {
  const plain = text.replace(/[\r\n]/g, '').replace(/[\t ]+/g, ' ')
  const start = after ? plain : plain.trimStart()
  return before ? start : start.trimEnd()
}

function placeEmoji(chunks: readonly OpenChunk[]): Chunk[] {
  const found: Chunk[] = []
  let [lastX, lastY, penX, penY] = ['0', '0', 0, 0]
  for (const { x, y, style, runs } of chunks) {
    // A chunk that sets only one coordinate continues from the previous chunk in the other.
    if (x !== undefined) [lastX, penX] = [x, 0]
    if (y !== undefined) [lastY, penY] = [y, 0]
    const pieces = runs.map(piecesOf)
    const widths = pieces.map((list) => list.reduce((sum, piece) => sum + piece.width, 0))
    const whole = widths.reduce((sum, width, at) => sum + width + (at > 0 ? runs[at]!.dx : 0), 0)
    penX -= style.anchor === 'middle' ? whole / 2 : style.anchor === 'end' ? whole : 0
    const emoji: PlacedEmoji[] = []
    runs.forEach((run, at) => {
      penX += run.dx
      penY += run.dy
      const down = baselineShift(run.style, pieces[at]![0]?.isEmoji ?? false)
      for (const { text, isEmoji, width } of pieces[at]!) {
        if (isEmoji && !run.style.isHidden) emoji.push({ cluster: text, size: run.style.size, x: penX, y: penY + down })
        penX += width
      }
    })
    if (emoji.length > 0) found.push({ x: lastX, y: lastY, emoji })
  }
  return found
}

const EMOJI_FONT = '100px "Noto Color Emoji"'
/** The longest emoji, families and regional flags, have about 15. */
const MAX_CLUSTER = 64
// Created on first use: together they take 27 ms, which every sandbox would otherwise pay at its start.
let segmenter: Intl.Segmenter | undefined
let emojiPattern: RegExp | undefined
const MAYBE = /^\p{Extended_Pictographic}$/u

/** A run of ordinary letters, or one emoji. */
interface Piece {
  readonly text: string
  readonly isEmoji: boolean
  readonly width: number
}

function piecesOf({ text, style }: Run): Piece[] {
  const pieces: Piece[] = []
  let letters = ''
  const end = (): void => {
    if (letters !== '') pieces.push({ text: letters, isEmoji: false, width: widthOf(letters, fontOf(style), style) })
    letters = ''
  }
  for (const { segment } of clustersOf(text)) {
    if (segment.length > MAX_CLUSTER) throw new UnsupportedLayout()
    if (!isEmoji(segment, style)) {
      letters += segment
      continue
    }
    end()
    pieces.push({ text: segment, isEmoji: true, width: widthOf(segment, EMOJI_FONT, style) })
  }
  end()
  return pieces
}

function clustersOf(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' })
  return segmenter.segment(text)
}

const emojiCache = new Map<string, boolean>()
const MAX_CACHED = 2000

function isEmoji(cluster: string, style: TextStyle): boolean {
  emojiPattern ??= new RegExp('^(?:\\p{RGI_Emoji}|\\p{Emoji_Presentation}\\p{Emoji_Modifier}?\\uFE0F?)$', 'v')
  if (emojiPattern.test(cluster)) return true
  // A sign that is text by default is drawn as emoji if no other font has it.
  if (!MAYBE.test(cluster)) return false
  const font = fontOf(style)
  const key = `${font} ${cluster}`
  const known = emojiCache.get(key)
  if (known !== undefined) return known
  const context = measuringContext()
  context.font = font
  const { width } = context.measureText(cluster)
  context.font = EMOJI_FONT
  const answer = context.measureText(cluster).width === width
  if (emojiCache.size >= MAX_CACHED) emojiCache.clear()
  emojiCache.set(key, answer)
  return answer
}

/** The distance of letters below the text's anchor point, as in librsvg; by the font of the run's first letter. */
function baselineShift(style: TextStyle, emojiFirst: boolean): number {
  if (style.baseline === 'auto' || style.baseline === 'alphabetic') return 0
  const context = measuringContext()
  context.font = fontOf(style)
  const measured = context.measureText('x')
  // Skia reports no metrics for the emoji font; these are from its file.
  const [ascent, descent] = emojiFirst
    ? [0.928, 0.244]
    : [measured.fontBoundingBoxAscent / 100, measured.fontBoundingBoxDescent / 100]
  if (style.baseline === 'central' || style.baseline === 'mathematical') return ((ascent - descent) / 2) * style.size
  if (style.baseline === 'middle') return STRIKEOUT * style.size
  if (style.baseline === 'hanging') return (ascent - descent) * style.size
  throw new UnsupportedLayout()
}

/** Middle of the strikethrough line, in font sizes: 0.28 to 0.35 in the shipped fonts. */
const STRIKEOUT = 0.32

function widthOf(text: string, font: string, { size, spacing }: TextStyle): number {
  const context = measuringContext()
  context.font = font
  const space = spacing === 0 ? 0 : spacing * [...clustersOf(text)].length
  return (context.measureText(text).width / 100) * size + space
}

/** A font of shipped families only: librsvg does not know those that a snippet registers for canvas. */
function fontOf({ slant, weight, families }: TextStyle): string {
  const known = families.map(shippedFamily).find((name) => name !== undefined) ?? FALLBACKS[0]
  return `${slant === 'normal' ? '' : 'italic '}${weight === 'normal' ? '' : `${weight} `}100px "${known}"`
}

let context: Canvas.SKRSContext2D | undefined

function measuringContext(): Canvas.SKRSContext2D {
  const { createCanvas } = createRequire(import.meta.url)('@napi-rs/canvas') as typeof Canvas
  return (context ??= createCanvas(1, 1).getContext('2d'))
}
