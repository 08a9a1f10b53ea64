// Computes the style of SVG text from presentation attributes, style attributes and the rules of its style sheets.
import type { XmlElement } from '@rgrove/parse-xml'
import { familyList } from '../fonts/names.ts'

/** The text properties of one element, with lengths in user units. */
export interface TextStyle {
  readonly size: number
  readonly weight: string
  readonly slant: string
  readonly families: readonly string[]
  readonly anchor: string
  readonly baseline: string
  readonly spacing: number
  /** Nothing of it is visible. */
  readonly isHidden: boolean
  /** Has a property that the layout does not support. */
  readonly isUnsupported: boolean
}

/** librsvg's initial values. */
export const INITIAL_STYLE: TextStyle = {
  size: 12,
  weight: 'normal',
  slant: 'normal',
  families: ['Times New Roman'],
  anchor: 'start',
  baseline: 'auto',
  spacing: 0,
  isHidden: false,
  isUnsupported: false,
}

type Declarations = ReadonlyMap<string, string>

interface Compound {
  readonly tag: string
  readonly id: string
  readonly classes: readonly string[]
}

/** A selector of tag names, classes and ids, innermost last, with its declarations. */
interface Rule {
  readonly path: readonly Compound[]
  readonly weight: number
  readonly declarations: Declarations
}

export type StyleSheet = readonly Rule[]

const MAX_STYLE_SHEET = 50_000
const MAX_RULES = 300
const MAX_ATTRIBUTE = 500

/** Parses the rules, least specific first; undefined if there is any that this parser does not understand. */
export function parseStyleSheet(text: string): StyleSheet | undefined {
  if (text.length > MAX_STYLE_SHEET) return undefined
  const css = withoutComments(text)
  const rules: Rule[] = []
  for (const block of css.split('}')) {
    const open = block.indexOf('{')
    if (open < 0 && block.trim() !== '') return undefined
    if (open < 0) continue
    // Web fonts are not loaded, so @import and @font-face are skipped.
    const selectors = block
      .slice(0, open)
      .replace(/@import[^;]{0,500};/g, '')
      .trim()
    if (selectors === '@font-face') continue
    const declarations = parseDeclarations(block.slice(open + 1))
    for (const selector of selectors.split(',')) {
      const path = selector.trim().split(/\s+/).map(parseCompound)
      if (path.some((one) => one === undefined) || rules.length >= MAX_RULES) return undefined
      const known = path as Compound[]
      const weight = known.reduce((sum, one) => sum + specificity(one), 0)
      rules.push({ path: known, weight, declarations })
    }
  }
  return rules.toSorted((a, b) => a.weight - b.weight)
}

const specificity = ({ id, classes, tag }: Compound): number => (id ? 10_000 : 0) + classes.length * 100 + (tag ? 1 : 0)

function withoutComments(css: string): string {
  const [first = '', ...rest] = css.split('/*')
  return rest.reduce((sum, part) => {
    const end = part.indexOf('*/')
    return end < 0 ? sum : `${sum}${part.slice(end + 2)}`
  }, first)
}

/** Parses `text.title#head`. Selectors of the tags we insert, and universal ones, are not supported. */
function parseCompound(selector: string): Compound | undefined {
  if (selector.length > 100) return undefined
  const simple = /^([a-z]*)((?:[.#][\w-]+)*)$/i.exec(selector)
  if (!simple || simple[0] === '' || UNSUPPORTED_TAGS.has(simple[1]!)) return undefined
  const parts = simple[2]!.match(/[.#][\w-]+/g) ?? []
  return {
    tag: simple[1]!,
    id: parts.find((part) => part.startsWith('#'))?.slice(1) ?? '',
    classes: parts.filter((part) => part.startsWith('.')).map((part) => part.slice(1)),
  }
}

const UNSUPPORTED_TAGS = new Set(['g', 'use', 'image', 'defs'])

function parseDeclarations(body: string): Declarations {
  const pairs = body.split(';').map((one) => {
    const colon = one.indexOf(':')
    const value = one.slice(colon + 1, colon + 1 + MAX_ATTRIBUTE).replace('!important', '')
    return [one.slice(0, Math.max(0, colon)).trim().toLowerCase(), value.trim()] as const
  })
  return new Map(
    pairs.flatMap(([name, value]) =>
      name === '' ? [] : name === 'font' ? expandFontShorthand(value) : [[name, value]],
    ),
  )
}

const MAX_SHORTHAND = 300
/** A size with an optional line height; a number without a unit is a weight. */
const SIZE = /^((?:\d{1,6}(?:\.\d{1,6})?|\.\d{1,6})(?:[a-z]{1,4}|%))(?:\/[\w.%]+)?$/i

interface Shorthand {
  /** In lower case. */
  readonly words: readonly string[]
  readonly size: string
  readonly families: string
}

/** Parses `font: italic bold 12px/30px Georgia, serif`; undefined if it is unreadable. */
function readShorthand(font: string): Shorthand | undefined {
  if (font.length > MAX_SHORTHAND) return undefined
  const parts = font
    .trim()
    .replace(/ ?\/ ?/g, '/')
    .split(/\s+/)
  const at = parts.findIndex((part) => SIZE.test(part))
  const words = parts.slice(0, Math.max(0, at)).map((word) => word.toLowerCase())
  const families = parts.slice(at + 1).join(' ')
  if (at < 0 || families === '' || !words.every((word) => /^[a-z0-9-]+$/.test(word))) return undefined
  return { words, size: SIZE.exec(parts[at]!)![1]!, families }
}

/** The properties that the `font` shorthand sets; none if it is unreadable. */
function expandFontShorthand(font: string): [name: string, value: string][] {
  const read = readShorthand(font)
  if (!read) return []
  const { words, size, families } = read
  const weight = words.find((word) => /^(?:bold|bolder|lighter|[1-9]00)$/.test(word)) ?? 'normal'
  const slant = words.find((word) => /^(?:italic|oblique)$/.test(word)) ?? 'normal'
  return [
    ['font-weight', weight],
    ['font-style', slant],
    ['font-size', size],
    ['font-family', families],
  ]
}

/** The families that a `font` shorthand names; '' if it is unreadable. */
export function familiesOfShorthand(font: string): string {
  return readShorthand(font)?.families ?? ''
}

/** All properties set on an element itself, by name; `ancestors` are ordered outermost first. */
export function propertiesOf(
  element: XmlElement,
  ancestors: readonly XmlElement[],
  sheet: StyleSheet,
): ReadonlyMap<string, string> {
  const own = new Map(Object.entries(element.attributes).filter(([, value]) => value.length <= MAX_ATTRIBUTE))
  for (const { path, declarations } of sheet)
    if (matchesSelector(element, ancestors, path)) for (const [name, value] of declarations) own.set(name, value)
  for (const [name, value] of parseDeclarations(own.get('style') ?? '')) own.set(name, value)
  return own
}

function matchesSelector(element: XmlElement, ancestors: readonly XmlElement[], path: readonly Compound[]): boolean {
  if (!matchesCompound(element, path.at(-1)!)) return false
  let left = path.length - 2
  for (let at = ancestors.length - 1; at >= 0 && left >= 0; at--)
    if (matchesCompound(ancestors[at]!, path[left]!)) left--
  return left < 0
}

function matchesCompound({ name, attributes }: XmlElement, { tag, id, classes }: Compound): boolean {
  if ((tag !== '' && tag !== name) || (id !== '' && id !== attributes['id'])) return false
  const own = classes.length > 0 ? (attributes['class'] ?? '').split(/\s+/) : []
  return classes.every((one) => own.includes(one))
}

/** Properties that place letters in ways the layout does not support. */
const UNSUPPORTED = ['writing-mode', 'direction', 'word-spacing', 'baseline-shift', 'xml:space', 'white-space']

/** The style of an element with the properties `own` inside a parent with the style `parent`. */
export function styleOf(own: ReadonlyMap<string, string>, parent: TextStyle): TextStyle {
  const value = (name: string): string | undefined => {
    const said = own.get(name)
    return said === undefined || said === 'inherit' ? undefined : said
  }
  const size = lengthOf(value('font-size') ?? '', parent.size, parent.size)
  const weight = value('font-weight')
  const families = value('font-family')
  const spacing = value('letter-spacing')
  return {
    size: size ?? parent.size,
    weight: weight === undefined ? parent.weight : weight === 'bolder' ? 'bold' : weight === 'lighter' ? '300' : weight,
    slant: value('font-style') ?? parent.slant,
    families: families === undefined ? parent.families : familyList(families),
    anchor: value('text-anchor') ?? parent.anchor,
    baseline: value('dominant-baseline') ?? parent.baseline,
    spacing: spacing === undefined ? parent.spacing : (lengthOf(spacing, size ?? parent.size) ?? 0),
    isHidden: parent.isHidden || isInvisible(own),
    isUnsupported:
      parent.isUnsupported ||
      UNSUPPORTED.some((name) => own.has(name)) ||
      (value('font-size') !== undefined && size === undefined),
  }
}

/** Whether an element is invisible; of the fill only `none` and `transparent` affect its emoji. */
function isInvisible(own: ReadonlyMap<string, string>): boolean {
  const none = (name: string, ...values: string[]): boolean => values.includes(own.get(name) ?? '')
  return (
    none('display', 'none') ||
    none('visibility', 'hidden', 'collapse') ||
    none('fill', 'none', 'transparent') ||
    ['opacity', 'fill-opacity'].some((name) => own.has(name) && Number.parseFloat(own.get(name)!) === 0)
  )
}

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  px: 1,
  pt: 96 / 72,
  pc: 16,
  in: 96,
  cm: 96 / 2.54,
  mm: 96 / 25.4,
}

/** A length in user units; percentages are of `hundred`. Undefined if it is not a length. */
export function lengthOf(text: string, em: number, percentBase?: number): number | undefined {
  const [, number, unit = ''] = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)([a-z%]*)$/i.exec(text.trim()) ?? []
  if (number === undefined) return undefined
  if (unit === '%') return percentBase === undefined ? undefined : (Number(number) / 100) * percentBase
  if (unit === 'em') return Number(number) * em
  if (unit === 'rem') return Number(number) * 12
  const factor = UNITS[unit]
  return factor === undefined ? undefined : Number(number) * factor
}
