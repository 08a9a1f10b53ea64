// The size at which Skia draws an SVG, read from the start tag of its root element, which comments, declarations and
// other text can imitate. Skia uses sides in absolute units, else the view box; a negative side aborts the process.
import type * as Xml from '@rgrove/parse-xml'
import { createRequire } from 'node:module'

type Size = readonly [width: number, height: number]

/** Pixels per unit, upper bounds: Skia uses fewer dots per inch. */
const PIXELS_OF: Readonly<Record<string, number>> = {
  '': 1,
  px: 1,
  pt: 4 / 3,
  pc: 16,
  in: 96,
  cm: 37.8,
  mm: 3.78,
  em: 16,
  ex: 8,
}

/** Width and height in pixels; undefined if it is not an SVG. Throws if the size is unclear or would crash Skia. */
export function svgSize(bytes: Buffer): Size | undefined {
  // Names and numbers of a root element are ASCII; Skia reads no UTF-16 and no compressed SVG.
  const text = bytes.toString('latin1')
  const start = rootStart(text)
  if (start) return sizeOf({ ...start.defaults, ...attributesOf(start.tag) })
  // Not an SVG to this parser. If Skia disagrees, it is at most as large as the largest <svg> tag in it.
  const all = [...text.matchAll(/<svg[\s/][^<>]*/g)].map(([tag]) => sizeOf(attributesOf(tag)))
  return all.toSorted((one, other) => one[0] * one[1] - other[0] * other[1]).at(-1)
}

function sizeOf(attributes: Readonly<Record<string, string>>): Size {
  const style = styleOf(attributes['style'] ?? '')
  const sides = (['width', 'height'] as const).map((name) => {
    return [attributes[name], style[name]].filter((text) => text !== undefined).map(lengthOf)
  })
  const [, , ...box] = (attributes['viewBox'] ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number)
  if ([...sides.flat().map(({ pixels }) => pixels), ...box].some((side) => side < 0)) throw new Error(NEGATIVE)
  const [width = 0, height = 0] = sides.map((lengths) => Math.max(0, ...lengths.map(({ pixels }) => pixels)))
  const [boxWidth = 0, boxHeight = 0] = box
  const isSure = sides.every((lengths) => lengths.length > 0 && lengths.every((one) => one.isSure && one.pixels > 0))
  // Uses the view box where a side is missing or has a unit that Skia may not know.
  return isSure || width * height > boxWidth * boxHeight ? [width, height] : [boxWidth || 0, boxHeight || 0]
}

const NEGATIVE = 'An SVG with a width or height below 0 cannot be drawn.'
const UNCLEAR =
  'The size of this SVG cannot be determined before it is drawn: remove the declarations in its <!DOCTYPE …>.'

interface RootStart {
  /** The tag's text from `<svg` up to its `>`. */
  readonly tag: string
  /** Default attribute values from the document type. */
  readonly defaults: Readonly<Record<string, string>>
}

const BOM = '\u00ef\u00bb\u00bf'
/** What may precede the root: white space, comments, instructions, and a document type up to its internal subset. */
const SPACE = /[\t\n\r ]+/y
const DOCTYPE = /<!DOCTYPE(?:[^[>"']|"[^"]*"|'[^']*')*/y
const TAG = /<svg(?=[\s/>])(?:[^>"']|"[^"]*"|'[^']*')*/y

function rootStart(text: string): RootStart | undefined {
  let at = text.startsWith(BOM) ? BOM.length : 0
  let defaults: Record<string, string> = {}
  const skip = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at
    const found = pattern.exec(text)?.[0]
    at += found?.length ?? 0
    return found
  }
  const after = (end: string, from: number): boolean => {
    const found = text.indexOf(end, from)
    at = found < 0 ? text.length : found + end.length
    return found >= 0
  }
  while (at < text.length) {
    if (skip(SPACE) !== undefined) continue
    if (text.startsWith('<!--', at)) after('-->', at + 4)
    else if (text.startsWith('<?', at)) after('?>', at + 2)
    else if (skip(DOCTYPE) !== undefined) {
      if (text[at] === '[') defaults = declaredIn(text, at, (end) => (at = end))
      after('>', at)
    } else {
      const tag = skip(TAG)
      return tag === undefined ? undefined : { tag, defaults }
    }
  }
  return undefined
}

/** One declaration in the internal subset, or what separates two. */
const DECLARATION = /<!--[^]*?-->|<\?[^]*?\?>|<!(?:[^>"']|"[^"]*"|'[^']*')*>|[\t\n\r ]+/y
const DEFAULT = /(?:^|\s)(width|height|viewBox|style)\s+\S+\s+(?:#FIXED\s+)?(?:"([^"]*)"|'([^']*)')/g

/** Default attributes of the root element; `end` receives the index after the subset. */
function declaredIn(text: string, from: number, end: (at: number) => void): Record<string, string> {
  const defaults: Record<string, string> = {}
  let at = from + 1
  while (text[at] !== ']') {
    DECLARATION.lastIndex = at
    const declaration = DECLARATION.exec(text)?.[0]
    // A parameter entity could contain any declaration.
    if (declaration === undefined || /^<!ENTITY\s+%/.test(declaration)) throw new Error(UNCLEAR)
    if (/^<!ATTLIST\s+svg\s/.test(declaration))
      for (const [, name = '', one, other] of declaration.matchAll(DEFAULT)) defaults[name] ??= one ?? other ?? ''
    at += declaration.length
  }
  end(at + 1)
  return defaults
}

function attributesOf(tag: string): Readonly<Record<string, string>> {
  const { parseXml } = createRequire(import.meta.url)('@rgrove/parse-xml') as typeof Xml
  try {
    return parseXml(`${tag.replace(/\/$/, '')}/>`, { resolveUndefinedEntity: () => '' }).root?.attributes ?? {}
  } catch {
    // Skia rejects it too.
    return {}
  }
}

function styleOf(style: string): Readonly<Record<string, string>> {
  const pairs = style
    .replace(/\/\*[^]*?\*\//g, ' ')
    .split(';')
    .map((one) => /^\s*(width|height)\s*:(.*)$/is.exec(one))
  return Object.fromEntries(pairs.flatMap((found) => (found ? [[found[1]?.toLowerCase(), found[2]]] : [])))
}

interface Length {
  readonly pixels: number
  /** In a unit that Skia knows, and not relative to the surroundings. */
  readonly isSure: boolean
}

function lengthOf(text: string): Length {
  const [, number = '0', unit = '?'] = /^\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*([a-z%]*)/i.exec(text) ?? []
  return { pixels: Number(number) * (PIXELS_OF[unit.toLowerCase()] ?? 1), isSure: SURE.has(unit) }
}

const SURE = new Set(['', 'px', 'pt', 'pc', 'in', 'cm', 'mm'])
