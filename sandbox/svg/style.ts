// What decides how a text of an SVG is set: attributes, style attributes and simple rules of its style sheets, inherited.
import type { XmlElement } from '@rgrove/parse-xml'
import { familyList } from '../fonts/canvas-fallback.ts'

/** The properties of one element that its text has, lengths in user units. */
export interface TextStyle {
  readonly size: number
  /** The canvas font at 100 pixels. */
  readonly weight: string
  readonly slant: string
  readonly families: readonly string[]
  readonly anchor: string
  readonly baseline: string
  readonly spacing: number
}

/** What an element has when nobody says otherwise, in librsvg. */
export const INITIAL_STYLE: TextStyle = {
  size: 12,
  weight: 'normal',
  slant: 'normal',
  families: ['Times New Roman'],
  anchor: 'start',
  baseline: 'auto',
  spacing: 0,
}

interface Rule {
  readonly tag: string
  readonly id: string
  readonly classes: readonly string[]
  readonly declarations: Declarations
}

type Declarations = ReadonlyMap<string, string>

/** Rules of a style sheet that name a tag, classes and an id; others are passed over. The least specific come first. */
export function parseStyleSheet(css: string): Rule[] {
  const rules: Rule[] = []
  for (const [, selectors = '', body = ''] of css.replace(/\/\*[\s\S]*?\*\//g, '').matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
    const declarations = parseDeclarations(body)
    for (const selector of selectors.split(',')) {
      const simple = /^([a-z]*|\*)((?:[.#][\w-]+)*)$/i.exec(selector.trim())
      if (!simple || simple[0] === '') continue
      const [, tag = '', rest = ''] = simple
      const parts = rest.match(/[.#][\w-]+/g) ?? []
      const id = parts.find((part) => part.startsWith('#'))?.slice(1) ?? ''
      const classes = parts.filter((part) => part.startsWith('.')).map((part) => part.slice(1))
      rules.push({ tag: tag === '*' ? '' : tag, id, classes, declarations })
    }
  }
  const weight = ({ id, classes, tag }: Rule): number => (id ? 10_000 : 0) + classes.length * 100 + (tag ? 1 : 0)
  return rules.toSorted((a, b) => weight(a) - weight(b))
}

function parseDeclarations(body: string): Declarations {
  const pairs = body.split(';').map((one) => {
    const colon = one.indexOf(':')
    const value = one.slice(colon + 1).replace(/!important\s*$/, '')
    return [one.slice(0, Math.max(0, colon)).trim().toLowerCase(), value.trim()] as const
  })
  return new Map(pairs.filter(([name]) => name !== ''))
}

/** The style of an element within one of style `parent`. */
export function styleOf(element: XmlElement, parent: TextStyle, rules: readonly Rule[]): TextStyle {
  const own = new Map<string, string>(Object.entries(element.attributes))
  const { id = '', class: list = '', style = '' } = element.attributes
  const classes = list.split(/\s+/)
  for (const rule of rules) {
    const fits =
      (rule.tag === '' || rule.tag === element.name) &&
      (rule.id === '' || rule.id === id) &&
      rule.classes.every((name) => classes.includes(name))
    if (fits) for (const [name, value] of rule.declarations) own.set(name, value)
  }
  for (const [name, value] of parseDeclarations(style)) own.set(name, value)
  return merged(own, parent)
}

/** `font: italic bold 12px/30px Georgia, serif` */
const SHORTHAND = /^(.*?)\s*([\d.]+(?:[a-z]+|%)?)(?:\s*\/\s*\S+)?\s+(\S.*)$/i

function merged(own: ReadonlyMap<string, string>, parent: TextStyle): TextStyle {
  const shorthand = SHORTHAND.exec(own.get('font') ?? '')
  const words = (shorthand?.[1] ?? '').split(/\s+/)
  const value = (name: string, word?: string): string | undefined => {
    const said = own.get(name) ?? word
    return said === undefined || said === 'inherit' ? undefined : said
  }
  const size = lengthOf(value('font-size', shorthand?.[2]) ?? '', parent.size, parent.size) ?? parent.size
  const weight = value(
    'font-weight',
    words.find((word) => /^(?:bold|bolder|lighter|[1-9]00)$/.test(word)),
  )
  const slant = value(
    'font-style',
    words.find((word) => /^(?:italic|oblique)$/.test(word)),
  )
  const families = value('font-family', shorthand?.[3])
  return {
    size,
    weight: weight === undefined ? parent.weight : weight === 'bolder' ? 'bold' : weight === 'lighter' ? '300' : weight,
    slant: slant ?? parent.slant,
    families: families === undefined ? parent.families : familyList(families),
    anchor: value('text-anchor') ?? parent.anchor,
    baseline: value('dominant-baseline') ?? parent.baseline,
    spacing: lengthOf(value('letter-spacing') ?? '', size) ?? (value('letter-spacing') ? 0 : parent.spacing),
  }
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

/** A length in user units; of `hundred` where it is in per cent. Undefined when it is none. */
export function lengthOf(text: string, em: number, hundred?: number): number | undefined {
  const [, number, unit = ''] = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)([a-z%]*)$/i.exec(text.trim()) ?? []
  if (number === undefined) return undefined
  if (unit === '%') return hundred === undefined ? undefined : (Number(number) / 100) * hundred
  if (unit === 'em') return Number(number) * em
  if (unit === 'rem') return Number(number) * 12
  const factor = UNITS[unit]
  return factor === undefined ? undefined : Number(number) * factor
}
