// Detects canvas fonts with their parts in the wrong order: Skia reads only the size and ignores the rest.
import { familiesOf } from '../fonts/canvas-fallback.ts'
import { shippedFamily } from '../fonts/names.ts'
import { isRegisteredFont } from '../fonts/registered-fonts.ts'

const UNITS = 'px|pt|pc|in|cm|mm|q|%|r?em|ex|ch'
const WITH_UNIT = new RegExp(`^(.*?)(?<![\\w.])(\\d*\\.?\\d+)(\\s*)(${UNITS})(?![\\w%-])(.*)$`, 'is')
const GLUED = new RegExp(`^(.*?)(?<![\\w.])(\\d*\\.?\\d+)(\\s*)(px)(.*)$`, 'is')
const WITHOUT_UNIT = /^(.*?)(?<![\w.])(\d*\.?\d+)()()(?![\w%.-])(.*)$/s
const LINE_HEIGHT = /^\s*\/\s*(?:[\d.]+\S*|normal)/
const STYLE =
  /^[\s,]*((?:normal|italic|oblique(?:\s+-?[\d.]+deg)?|bold|bolder|lighter|\d{3}|small-caps|(?:(?:ultra|extra|semi)-)?(?:condensed|expanded))(?![\w-]))/i
const MAX_FONT = 200

/** A font that is not read as written, and what was probably meant. */
export interface MisreadFont {
  readonly intended: string
  /** The font actually used; undefined where only a part is ignored. */
  readonly taken: string | undefined
}

/** The intended font behind one that Skia misreads; undefined for a well-formed font. */
export function findMisreadFont(font: string): MisreadFont | undefined {
  if (font.length > MAX_FONT || font.includes('(')) return undefined
  const parts = WITH_UNIT.exec(font) ?? GLUED.exec(font) ?? WITHOUT_UNIT.exec(font)
  if (!parts || /[-+]$/.test(parts[1]!)) return undefined
  const [, before = '', size, gap, unit, after = ''] = parts
  const behind = after.replace(LINE_HEIGHT, '')
  const [first, second] = [splitStyles(before), splitStyles(isFamily(behind) ? '' : behind)]
  const families = [first.rest, isFamily(behind) ? behind.trim() : second.rest].filter((part) => part !== '').join(', ')
  const isGood = unit !== '' && gap === '' && first.rest === '' && !isStyled(second) && /^(?:\s|$)/.test(behind)
  if (isGood) return undefined
  const intended = [...first.styles, ...second.styles, `${size}${unit || 'px'}`, families || 'sans-serif'].join(' ')
  const taken = familiesOf(font).length > 0 ? undefined : `${size}${unit || 'px'} sans-serif`
  return intended === taken ? undefined : { intended, taken }
}

/** Whether style words follow a size: `40px bold serif`. `Condensed Sans` may be an unavailable family instead. */
function isStyled({ styles, rest }: { styles: string[]; rest: string }): boolean {
  return styles.some((word) => word === word.toLowerCase()) && (rest === '' || isFamily(rest))
}

/** Whether the text after a size is a known font as it is, even if it begins with a style word. */
function isFamily(list: string): boolean {
  const name = /^\s*["']?([^"',]+)/.exec(list)?.[1]?.trim() ?? ''
  return shippedFamily(name) !== undefined || isRegisteredFont(name)
}

/** Splits off the style words at the start of a text. */
function splitStyles(text: string): { styles: string[]; rest: string } {
  const styles: string[] = []
  let rest = text
  for (let found = STYLE.exec(rest); found; found = STYLE.exec(rest)) {
    styles.push(found[1]!)
    rest = rest.slice(found[0].length)
  }
  return { styles, rest: rest.replace(/^[\s,/]+|[\s,]+$/g, '') }
}
