// Emoji in SVG text: librsvg draws only outline glyphs, so colour emoji would stay blank. Skia draws them, and they are
// inserted into the SVG as pictures, in the space that the text leaves for them.
import type * as Xml from '@rgrove/parse-xml'
import type { XmlElement } from '@rgrove/parse-xml'
import { createRequire } from 'node:module'
import type * as Canvas from '@napi-rs/canvas'
import { registerFonts } from '../fonts/register.ts'
import { type Chunk, layoutEmoji } from './layout.ts'
import { INITIAL_STYLE, parseStyleSheet, propertiesOf, type StyleSheet, styleOf, type TextStyle } from './style.ts'

/** SVGs above these limits, in length, text or emoji, are not changed. */
const MAX_SVG = 1_000_000
const MAX_LETTERS = 20_000
const MAX_SIGNS = 500
const MAX_KINDS = 60

const SOME_EMOJI = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\uFE0F/gu

/** The SVG with its emoji as pictures, and whether some could not be replaced. */
export interface EmojiReplacement {
  readonly svg: Buffer | undefined
  readonly hasBlank: boolean
}

/** Inserts every emoji that can be placed; `svg` is undefined if nothing is to be done or it is impossible. */
export function replaceEmoji(bytes: Buffer): EmojiReplacement {
  const nothing = { svg: undefined, hasBlank: false }
  if (bytes.length > MAX_SVG || !isUtf8Svg(bytes)) return nothing
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '')
  if (!text.includes('<text') || !/[^\0-\u00ff]|&#/.test(text)) return nothing
  try {
    registerFonts()
    return addPictures(text)
  } catch {
    // Malformed or nested too deeply: librsvg reports it.
    return nothing
  }
}

function isUtf8Svg(bytes: Buffer): boolean {
  const head = bytes.subarray(0, 200).toString('utf8')
  const encoding = /^\uFEFF?<\?xml[^>]*encoding\s*=\s*["']([^"']*)/.exec(head)?.[1]
  if (encoding !== undefined && !/^utf-?8$/i.test(encoding)) return false
  return /^\uFEFF?\s*<(?:svg[\s>]|\?xml|!--|!DOCTYPE\s+svg)/.test(head)
}

/** Characters that are always emoji, never plain text. */
const CERTAIN_EMOJI = /\p{Emoji_Presentation}|\uFE0F/u

interface Addition {
  readonly at: number
  readonly text: string
}

function addPictures(svg: string): EmojiReplacement {
  // Loaded on first use, which is rare.
  const { parseXml } = createRequire(import.meta.url)('@rgrove/parse-xml') as typeof Xml
  const { root } = parseXml(svg, { includeOffsets: true })
  const texts = root?.name === 'svg' ? textsOf(root) : []
  const signs = texts.flatMap(({ element }) => element.text.match(SOME_EMOJI) ?? [])
  if (!root || signs.length === 0) return { svg: undefined, hasBlank: false }
  const sheet = parseStyleSheet(styleSheets(root))
  const letters = texts.reduce((sum, { element }) => sum + element.text.length, 0)
  if (!sheet || signs.length > MAX_SIGNS || letters > MAX_LETTERS)
    return { svg: undefined, hasBlank: signs.some((sign) => CERTAIN_EMOJI.test(sign)) }
  const pictures: Pictures = new Map()
  const additions: Addition[] = []
  let hasBlank = false
  for (const { element, ancestors, isPlaceable } of texts) {
    const properties = propertiesOf(element, ancestors, sheet)
    const style = styleOf(properties, inheritedStyle(ancestors, sheet))
    const chunks = isPlaceable ? layoutEmoji(element, ancestors, style, sheet) : undefined
    if (chunks === undefined) hasBlank ||= CERTAIN_EMOJI.test(element.text)
    if (chunks && chunks.length > 0)
      additions.push({ at: element.end, text: placePictures(properties, chunks, pictures) })
  }
  if (additions.length === 0 || pictures.size > MAX_KINDS)
    return { svg: undefined, hasBlank: hasBlank || additions.length > 0 }
  // At the end, so that selectors counting from the start still match.
  additions.push({ at: root.children.at(-1)!.end, text: definePictures(pictures) })
  return { svg: Buffer.from(insertAll(svg, additions)), hasBlank }
}

interface FoundText {
  readonly element: XmlElement
  readonly ancestors: readonly XmlElement[]
  /** Whether a picture can be inserted beside it. */
  readonly isPlaceable: boolean
}

/** Elements whose text is not text, or is not drawn. */
const NO_TEXT_IN = new Set(['clipPath', 'foreignObject', 'style', 'script', 'title', 'desc', 'metadata'])
/** Elements that draw only one child, so that an inserted sibling is not drawn. */
const SHOWS_ONE_CHILD = new Set(['switch'])

function textsOf(root: XmlElement): FoundText[] {
  const found: FoundText[] = []
  const visit = (element: XmlElement, ancestors: readonly XmlElement[], isPlaceable: boolean): void => {
    if (NO_TEXT_IN.has(element.name)) return
    if (element.name === 'text') return void found.push({ element, ancestors, isPlaceable })
    // A text referenced by its id is drawn without its siblings.
    const around = isPlaceable && !SHOWS_ONE_CHILD.has(element.name) && element.name !== 'defs'
    for (const child of element.children)
      if (child.type === 'element')
        visit(child as XmlElement, [...ancestors, element], around || element.name === 'symbol')
  }
  visit(root, [], true)
  return found
}

function inheritedStyle(ancestors: readonly XmlElement[], sheet: StyleSheet): TextStyle {
  return ancestors.reduce(
    (style, element, at) => styleOf(propertiesOf(element, ancestors.slice(0, at), sheet), style),
    INITIAL_STYLE,
  )
}

function styleSheets(element: XmlElement): string {
  if (element.name === 'style') return element.text
  return element.children.map((child) => (child.type === 'element' ? styleSheets(child as XmlElement) : '')).join('\n')
}

/** Each distinct emoji: its number, and the largest size at which it is used. */
type Pictures = Map<string, { readonly number: number; readonly size: number }>

/** Properties of a text that also apply to its emoji, wherever they are set. */
const COPIED_PROPERTIES = [
  'transform',
  'opacity',
  'filter',
  'mask',
  'clip-path',
  'mix-blend-mode',
  'transform-origin',
  'transform-box',
]

/** Pictures at the positions of a text's emoji, with the text's transform, opacity and filters. */
function placePictures(properties: ReadonlyMap<string, string>, chunks: readonly Chunk[], pictures: Pictures): string {
  const carried = COPIED_PROPERTIES.flatMap((name) => {
    const value = properties.get(name)
    return value === undefined ? [] : [` ${name}="${escapeXml(value)}"`]
  })
  const faded = properties.get('fill-opacity')
  const parts = chunks.map(({ x, y, emoji }) => {
    const uses = emoji.map(({ cluster, size, x: right, y: down }) => {
      const { number, size: largest } = pictures.get(cluster) ?? { number: pictures.size, size: 0 }
      pictures.set(cluster, { number, size: Math.max(size, largest) })
      return `<use href="#easel-emoji-${number}" transform="translate(${right.toFixed(3)} ${down.toFixed(3)}) scale(${size})"/>`
    })
    return `<svg x="${escapeXml(x)}" y="${escapeXml(y)}" style="overflow:visible">${uses.join('')}</svg>`
  })
  const inner = faded === undefined ? parts.join('') : `<g opacity="${escapeXml(faded)}">${parts.join('')}</g>`
  return `<g${carried.join('')}>${inner}</g>`
}

function definePictures(pictures: Pictures): string {
  const list = [...pictures].map(([cluster, { number, size }]) => defineEmoji(cluster, number, size))
  return `<defs>${list.join('')}</defs>`
}

/** The box of an emoji picture in ems, relative to its left edge and baseline. */
const [LEFT, TOP, WIDTH, HEIGHT] = [0.1, 1.05, 1.6, 1.4]
const pngCache = new Map<string, string>()
const MAX_CACHED = 200

/** Defines one emoji picture at a font size of 1, drawn at a resolution above `size` pixels. */
function defineEmoji(cluster: string, number: number, size: number): string {
  const em = Math.min(512, Math.max(96, 2 ** Math.ceil(Math.log2(size * 1.5))))
  const [width, height] = [Math.ceil(WIDTH * em), Math.ceil(HEIGHT * em)]
  const key = `${cluster} ${em}`
  const data = pngCache.get(key) ?? drawPng(cluster, em, width, height)
  if (pngCache.size >= MAX_CACHED) pngCache.clear()
  pngCache.set(key, data)
  return `<image id="easel-emoji-${number}" x="${-LEFT}" y="${-TOP}" width="${width / em}" height="${height / em}" href="data:image/png;base64,${data}"/>`
}

function drawPng(cluster: string, em: number, width: number, height: number): string {
  const { createCanvas } = createRequire(import.meta.url)('@napi-rs/canvas') as typeof Canvas
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  context.font = `${em}px "Noto Color Emoji"`
  context.fillText(cluster, LEFT * em, TOP * em)
  return canvas.toBuffer('image/png').toString('base64')
}

function insertAll(text: string, additions: readonly Addition[]): string {
  let [made, from] = ['', 0]
  for (const { at, text: added } of additions) {
    made += text.slice(from, at) + added
    from = at
  }
  return made + text.slice(from)
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}

/** Returns the bytes of an SVG file, where inputs are given by path. */
type Read = (path: string) => Buffer | undefined

interface Input {
  file?: string
  buffer?: unknown
}

const withBlankEmoji = new WeakSet<object>()

/** Whether emoji of this SVG, as passed to sharp, stay blank. */
export function hasBlankEmoji(svg: Buffer): boolean {
  return withBlankEmoji.has(svg)
}

/** Replaces the emoji of a sharp input with pictures. */
export function drawEmoji(input: Input, read?: Read): void {
  const bytes = input.file === undefined ? input.buffer : read?.(input.file)
  if (!Buffer.isBuffer(bytes)) return
  const { svg, hasBlank } = replaceEmoji(bytes)
  if (hasBlank) withBlankEmoji.add(svg ?? bytes)
  if (!svg) return
  input.buffer = svg
  delete input.file
}

interface Sharp {
  _createInputDescriptor: (this: Sharp, ...args: unknown[]) => Input
  _flattenBufferIn: (this: Sharp) => unknown
  readonly options: { readonly input: Input }
}

/** Patches sharp so that every input from now on has its emoji drawn. */
export function drawEmojiIn(sharp: { readonly prototype: object }, read?: Read): void {
  const prototype = sharp.prototype as Sharp
  const { _createInputDescriptor: describe, _flattenBufferIn: flatten } = prototype
  prototype._createInputDescriptor = function (...args) {
    const input = describe.apply(this, args)
    drawEmoji(input, read)
    return input
  }
  prototype._flattenBufferIn = function () {
    const answer = flatten.call(this)
    drawEmoji(this.options.input, read)
    return answer
  }
}
