// Emoji in the text of an SVG: librsvg draws letters as outlines only, so emoji would stay blank. They are drawn by Skia and
// laid into the SVG as pictures, where the letters leave room for them.
import type * as Xml from '@rgrove/parse-xml'
import type { XmlElement } from '@rgrove/parse-xml'
import { createRequire } from 'node:module'
import type * as Canvas from '@napi-rs/canvas'
import { registerFonts } from '../fonts/register.ts'
import { type Chunk, layOut } from './layout.ts'
import { INITIAL_STYLE, parseStyleSheet, styleOf, type TextStyle } from './style.ts'

/** Longer SVGs, and more emoji, stay as they are. */
const MAX_SVG = 1_000_000
const MAX_EMOJI = 500
const MAX_KINDS = 60

const SOME_EMOJI = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\uFE0F|&#(?:x[0-9a-f]{4,5}|\d{4,6});/iu

/** The SVG with its emoji as pictures; undefined where there is nothing to do or it cannot be done. */
export function withEmojiPictures(bytes: Buffer): Buffer | undefined {
  if (bytes.length > MAX_SVG || !looksLikeSvg(bytes)) return undefined
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '')
  if (!text.includes('<text') || !SOME_EMOJI.test(text)) return undefined
  try {
    registerFonts()
    const made = laidIn(text)
    return made === undefined ? undefined : Buffer.from(made)
  } catch {
    // Not well-formed, or nested too deep: librsvg says so.
    return undefined
  }
}

function looksLikeSvg(bytes: Buffer): boolean {
  return /^\uFEFF?\s*<(?:svg[\s>]|\?xml|!--|!DOCTYPE\s+svg)/.test(bytes.subarray(0, 200).toString('utf8'))
}

interface Addition {
  readonly at: number
  readonly text: string
}

function laidIn(svg: string): string | undefined {
  // Loaded when it is needed first, which is seldom.
  const { parseXml } = createRequire(import.meta.url)('@rgrove/parse-xml') as typeof Xml
  const { root } = parseXml(svg, { includeOffsets: true })
  if (root?.name !== 'svg') return undefined
  const rules = parseStyleSheet(styleSheets(root))
  const pictures: Pictures = new Map()
  const additions: Addition[] = []
  const visit = (element: XmlElement, parent: TextStyle): void => {
    if (NOT_DRAWN.has(element.name)) return
    const style = styleOf(element, parent, rules)
    if (element.name === 'text') {
      const chunks = layOut(element, style, rules) ?? []
      if (chunks.length > 0) additions.push({ at: element.end, text: placing(element, chunks, pictures) })
      return
    }
    for (const child of element.children) if (child.type === 'element') visit(child as XmlElement, style)
  }
  visit(root, INITIAL_STYLE)
  if (additions.length === 0 || pictures.size > MAX_KINDS) return undefined
  if (additions.reduce((sum, { text }) => sum + text.split('<use').length - 1, 0) > MAX_EMOJI) return undefined
  additions.unshift({ at: root.children[0]!.start, text: definitions(pictures) })
  return spliced(svg, additions)
}

/** Each kind of emoji: its number and the largest size at which it stands. */
type Pictures = Map<string, { readonly number: number; readonly size: number }>

/** A picture has no place in these, or they show nothing. */
const NOT_DRAWN = new Set(['clipPath', 'foreignObject', 'style', 'script', 'title', 'desc', 'metadata'])

function styleSheets(element: XmlElement): string {
  if (element.name === 'style') return element.text
  return element.children.map((child) => (child.type === 'element' ? styleSheets(child as XmlElement) : '')).join('\n')
}

/** Pictures at the places of a text's emoji, moved, faded and filtered as the text is. */
function placing({ attributes }: XmlElement, chunks: readonly Chunk[], pictures: Pictures): string {
  const kept = Object.entries(attributes).filter(
    ([name]) => !/^(?:id|x|y|dx|dy|font.*|fill.*|stroke.*|xml:.*)$/.test(name),
  )
  const group = kept.map(([name, value]) => ` ${name}="${escaped(value)}"`).join('')
  const parts = chunks.map(({ x, y, emoji }) => {
    const uses = emoji.map(({ cluster, size, x: right, y: down }) => {
      const { number, size: largest } = pictures.get(cluster) ?? { number: pictures.size, size: 0 }
      pictures.set(cluster, { number, size: Math.max(size, largest) })
      return `<use href="#easel-emoji-${number}" transform="translate(${right.toFixed(3)} ${down.toFixed(3)}) scale(${size})"/>`
    })
    return `<svg x="${escaped(x)}" y="${escaped(y)}" style="overflow:visible">${uses.join('')}</svg>`
  })
  return `<g${group}>${parts.join('')}</g>`
}

function definitions(pictures: Pictures): string {
  const list = [...pictures].map(([cluster, { number, size }]) => picture(cluster, number, size))
  return `<defs>${list.join('')}</defs>`
}

/** The room of an emoji's picture in ems, round its left edge and baseline. */
const [LEFT, TOP, WIDTH, HEIGHT] = [0.1, 1.05, 1.6, 1.4]
const drawn = new Map<string, string>()
const MAX_DRAWN = 200

/** The definition of one emoji's picture at a font size of 1, drawn for `size` pixels and some more. */
function picture(cluster: string, number: number, size: number): string {
  const em = Math.min(512, Math.max(96, 2 ** Math.ceil(Math.log2(size * 1.5))))
  const [width, height] = [Math.ceil(WIDTH * em), Math.ceil(HEIGHT * em)]
  const key = `${cluster} ${em}`
  const data = drawn.get(key) ?? pngOf(cluster, em, width, height)
  if (drawn.size >= MAX_DRAWN) drawn.clear()
  drawn.set(key, data)
  return `<image id="easel-emoji-${number}" x="${-LEFT}" y="${-TOP}" width="${width / em}" height="${height / em}" href="data:image/png;base64,${data}"/>`
}

function pngOf(cluster: string, em: number, width: number, height: number): string {
  const { createCanvas } = createRequire(import.meta.url)('@napi-rs/canvas') as typeof Canvas
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  context.font = `${em}px "Noto Color Emoji"`
  context.fillText(cluster, LEFT * em, TOP * em)
  return canvas.toBuffer('image/png').toString('base64')
}

function spliced(text: string, additions: readonly Addition[]): string {
  let [made, from] = ['', 0]
  for (const { at, text: added } of additions) {
    made += text.slice(from, at) + added
    from = at
  }
  return made + text.slice(from)
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}

/** The bytes of an SVG file, where files are opened by their path. */
type Read = (path: string) => Buffer | undefined

interface Input {
  file?: string
  buffer?: unknown
}

/** Makes the emoji of an input of sharp pictures. */
export function drawEmoji(input: Input, read?: Read): void {
  const bytes = input.file === undefined ? input.buffer : read?.(input.file)
  const made = Buffer.isBuffer(bytes) ? withEmojiPictures(bytes) : undefined
  if (!made) return
  input.buffer = made
  delete input.file
}

interface Sharp {
  _createInputDescriptor: (this: Sharp, ...args: unknown[]) => Input
  _flattenBufferIn: (this: Sharp) => unknown
  readonly options: { readonly input: Input }
}

/** Lets every input that sharp is given from now on have its emoji drawn. */
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
