// Canvas fonts whose parts stand in another order than a font's: Skia reads a size in them and passes over the rest.
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

/** A font as it was meant, where it is not read as it is written. */
export interface MisreadFont {
  readonly meant: string
  /** What is drawn; undefined where only a part is passed over. */
  readonly taken: string | undefined
}

/** What was meant by a font that Skia took; undefined for one in good order. */
export function misreadFont(font: string): MisreadFont | undefined {
  if (font.length > MAX_FONT || font.includes('(')) return undefined
  const parts = WITH_UNIT.exec(font) ?? GLUED.exec(font) ?? WITHOUT_UNIT.exec(font)
  if (!parts || /[-+]$/.test(parts[1]!)) return undefined
  const [, before = '', size, gap, unit, after = ''] = parts
  const behind = after.replace(LINE_HEIGHT, '')
  const [first, second] = [withoutStyles(before), withoutStyles(isFamily(behind) ? '' : behind)]
  const families = [first.rest, isFamily(behind) ? behind.trim() : second.rest].filter((part) => part !== '').join(', ')
  const isGood = unit !== '' && gap === '' && first.rest === '' && !isStyled(second) && /^(?:\s|$)/.test(behind)
  if (isGood) return undefined
  const meant = [...first.styles, ...second.styles, `${size}${unit || 'px'}`, families || 'sans-serif'].join(' ')
  const taken = familiesOf(font).length > 0 ? undefined : `${size}${unit || 'px'} sans-serif`
  return meant === taken ? undefined : { meant, taken }
}

/** Whether words of style stand behind a size: `40px bold serif`; `Condensed Sans` may be a family that is not there. */
function isStyled({ styles, rest }: { styles: string[]; rest: string }): boolean {
  return styles.some((word) => word === word.toLowerCase()) && (rest === '' || isFamily(rest))
}

/** Whether what stands behind a size names a font as it is, although it may begin with a word of style. */
function isFamily(list: string): boolean {
  const name = /^\s*["']?([^"',]+)/.exec(list)?.[1]?.trim() ?? ''
  return shippedFamily(name) !== undefined || isRegisteredFont(name)
}

/** The words of style at the start of a text, and what follows them. */
function withoutStyles(text: string): { styles: string[]; rest: string } {
  const styles: string[] = []
  let rest = text
  for (let found = STYLE.exec(rest); found; found = STYLE.exec(rest)) {
    styles.push(found[1]!)
    rest = rest.slice(found[0].length)
  }
  return { styles, rest: rest.replace(/^[\s,/]+|[\s,]+$/g, '') }
}
