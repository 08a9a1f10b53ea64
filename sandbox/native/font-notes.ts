// Reports when a text asks for a font that is not available: what is used instead, and what there is.
import { FALLBACKS } from '../fonts/families.ts'
import { familiesOf } from '../fonts/canvas-fallback.ts'
import { familyList, shippedFamily } from '../fonts/names.ts'
import { isRegisteredFont } from '../fonts/registered-fonts.ts'
import { hasBlankEmoji } from '../svg/emoji.ts'
import { familiesOfShorthand } from '../svg/style.ts'
import { findMisreadFont } from './font-order.ts'
import type { OperationContext } from './operation.ts'
import type { Descriptor } from './sharp/settings.ts'

type NoteContext = Pick<OperationContext, 'note'>

const AVAILABLE_FONTS =
  'There are sans-serif, serif, monospace, Impact, cursive (handwriting) and emoji, each under its common names, and for Chinese one face, Noto Sans SC' as const

/** Checks a canvas font as it was set; fonts that the snippet registered are known as well. */
export function noteCanvasFont(font: string, context: NoteContext): void {
  const misread = findMisreadFont(font)
  if (!misread) return noteUnknownFamily(familiesOf(font), isRegisteredFont, context)
  const taken = misread.taken === undefined ? '' : `: ${misread.taken} was used`
  context.note(
    `canvas: font '${font.slice(0, 80)}' is not read as written${taken}. Write '${misread.intended.slice(0, 80)}' (style, weight, size with its unit, then the family).`,
  )
}

/** Checks the fonts of a sharp input: a text's font, or those of an SVG. */
export function noteInputFonts({ textFont, textValue, buffer }: Descriptor, context: NoteContext): void {
  if (textFont !== undefined && textFont !== '')
    noteUnknownFamily(familyList(withoutStyle(textFont)), () => false, context)
  for (const [, double, single] of (textValue ?? '').matchAll(MARKUP_FONT))
    noteUnknownFamily(familyList(withoutStyle(double ?? single ?? '')), () => false, context)
  if (!Buffer.isBuffer(buffer)) return
  const svg = svgText(buffer)
  if (svg === undefined) return
  for (const list of svgFonts(svg)) noteUnknownFamily(familyList(list), () => false, context)
  if (hasBlankEmoji(buffer)) context.note(EMOJI_IN_SVG)
  for (const [, file] of withoutComments(svg).matchAll(LINKED))
    context.note(
      `SVG: the picture ${JSON.stringify(file!.slice(0, 100))} of an <image> is not drawn, as an SVG is read without other files; embed it as a data: URI.`,
    )
}

function withoutComments(svg: string): string {
  let [kept, at] = ['', 0]
  for (let open = svg.indexOf('<!--'); open >= 0; open = svg.indexOf('<!--', at)) {
    kept += svg.slice(at, open)
    const close = svg.indexOf('-->', open + 4)
    if (close < 0) return kept
    at = close + 3
  }
  return kept + svg.slice(at)
}

/** An SVG element that links to another image file. */
const LINKED = /<(?:image|feImage)\s[^<>]{0,2000}?(?<=\s|xlink:)href\s*=\s*["'](?!data:|#)([^"'<>]{1,300})["']/g

const EMOJI_IN_SVG =
  'Emoji of this SVG stay blank: their position is unknown because of how their text is set (stretched, rotated, letter by letter, with an unusual style sheet, or too much of it). Give them a plain text of their own, or draw them with fillText on a canvas.'

const MARKUP_FONT = /\b(?:font|font_desc|face|font_family)\s*=\s*(?:"([^"]*)"|'([^']*)')/g
/** Style words that may follow the families in a Pango font name. */
const STYLE_WORDS =
  /\s+(?:[\d.]+(?:px|pt)?|normal|roman|oblique|italic|small-caps|(?:ultra|extra|semi|demi)?-?(?:thin|light|bold|heavy|black|condensed|expanded)|book|regular|medium)$/i

const MAX_FONT_NAME = 200

function withoutStyle(font: string): string {
  // Real family names are short; a longer text is cut.
  let families = ` ${font.slice(0, MAX_FONT_NAME).trim()}`
  for (let next = families.replace(STYLE_WORDS, ''); next !== families; next = families.replace(STYLE_WORDS, ''))
    families = next
  return families
}

/** Only the first family of a list is reported; the others are its fallbacks. */
function noteUnknownFamily(
  [first, ...others]: readonly string[],
  isAvailable: (name: string) => boolean,
  { note }: NoteContext,
): void {
  if (first === undefined || first === 'inherit' || shippedFamily(first) !== undefined || isAvailable(first)) return
  const known = others.map((name) => (isAvailable(name) ? name : shippedFamily(name)))
  const taken = known.find((name) => name !== undefined) ?? CHINESE
  note(
    `The font ${JSON.stringify(first.slice(0, 60))} is not available; ${describeReplacement(first, taken)}. ${AVAILABLE_FONTS}; a font file is added to canvas with GlobalFonts.registerFromPath(name, family).`,
  )
}

const CHINESE = FALLBACKS[0]!
/** Names of Chinese faces that are not gothic: Song and Ming, Kai, Fangsong, clerical and handwritten ones. */
const CHINESE_NAME =
  /\p{Script=Han}|(?:sim|fang|st|fz|zhong)song|songti|simsun|kaiti|(?:wen|biau|df|xing)kai|lisu|liti|youyuan|mingliu|^(?:st|fz)(?:xin|cai|hu|shu|yao)|(?:noto|source han) serif (?:cjk|sc|tc|hk)|zcool|ma shan zheng|long cang|zhi mang xing|liu jian mao/iu

/** What is drawn instead of a family. A Chinese one has two answers: the next family in the list may lack Chinese. */
function describeReplacement(wished: string, taken: string): string {
  if (!CHINESE_NAME.test(wished)) return `${taken} was used instead`
  const others = taken === CHINESE ? '' : `, other letters in ${taken}`
  return `Chinese is drawn in ${CHINESE}, a gothic face (there is no Song or Kai)${others}`
}

const MAX_SVG = 1_000_000

/** The start of an input as text if it is an uncompressed SVG. */
function svgText(buffer: Buffer): string | undefined {
  const start = buffer.subarray(0, 1000)
  if (start[0] !== 0x3c && !start.includes('<svg')) return undefined
  const text = buffer.subarray(0, MAX_SVG).toString('utf8')
  return /<svg[\s>]/.test(text.slice(0, 4000)) ? text : undefined
}

const FAMILY = /\bfont-family\s*(?:=\s*(?:"([^"]*)"|'([^']*)')|:\s*((?:"[^"]*"|'[^']*'|[^;"'}<>])+))/g
const SHORTHAND = /\bfont\s*:\s*((?:"[^"]*"|'[^']*'|[^;"'}<>])+)/g

/** The font families named in an SVG's attributes and styles. */
function svgFonts(svg: string): Set<string> {
  const plain = svg.replace(/&(?:quot|apos);/g, '')
  const families = Array.from(plain.matchAll(FAMILY), ([, double, single, styled]) => double ?? single ?? styled ?? '')
  return new Set([
    ...families,
    ...Array.from(plain.matchAll(SHORTHAND), ([, font]) => familiesOfShorthand(font!.trim())),
  ])
}
