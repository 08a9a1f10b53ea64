// Infers a column's type from its texts: number only if every value is one.

export type Value = string | number | null
export type ColumnType = 'number' | 'text' | 'date' | 'empty'

/** A parsed column: its values, their type, and a note on how they were interpreted. */
export interface ReadColumn {
  readonly values: readonly Value[]
  readonly type: ColumnType
  readonly note?: string
}

/** The decimal separator; the other mark separates thousands. */
type Convention = 'point' | 'comma'

/**
 * Parses a column. Numbers may have thousands separators, a currency, %, a sign or brackets for negatives; codes with
 * leading zeros and numbers of more than 17 digits stay text. In number columns marks such as `-`, `NA`, `…` become
 * null; blanks always do.
 */
export function readColumn(texts: readonly string[], commaDecimals: boolean): ReadColumn {
  const trimmed = texts.map((text) => text.trim())
  const present = trimmed.filter((text) => text !== '' && !MISSING.test(text))
  if (present.length === 0) {
    const type = trimmed.every((text) => text === '') ? 'empty' : 'text'
    return { values: texts.map(blankAsNull), type }
  }
  const convention = conventionOf(present, commaDecimals)
  if (present.every((text) => numberOf(text, convention) !== undefined)) return numbers(trimmed, convention)
  const type = present.every((text) => DATE.test(text)) ? 'date' : 'text'
  return { values: texts.map(blankAsNull), type }
}

/** The number that a text represents, or undefined; see `readColumn`. */
export function numberOf(text: string, convention: Convention = 'point'): number | undefined {
  if (convention === 'point' && PLAIN.test(text)) return Number(text)
  let rest = text
    .normalize('NFKC')
    .replace(/[\u2212\u2013]/g, '-')
    .trim()
  const bracketed = /^\((.*)\)$/.exec(rest)
  if (bracketed) rest = bracketed[1]!.trim()
  rest = rest.replace(CURRENCY_BEFORE, '$1').replace(UNIT_AFTER, '').trim()
  const digits =
    convention === 'comma' ? rest.replace(/[. \u00a0'](?=\d{3})/g, '').replace(',', '.') : withoutThousands(rest)
  if (!NUMBER.test(digits) || /^[+-]?0\d/.test(digits) || digits.replace(/\D/g, '').length > 17) return undefined
  const value = Number(digits)
  return bracketed ? -value : value
}

const MISSING = /^(?:-+|—+|–|\.{2,3}|…+|n\/?a|#n\/a|nan|null|none|无|暂无)$/i
/** Fast path for ordinary numbers. */
const PLAIN = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,12})?$/
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?$/i
const CURRENCY_BEFORE = /^([+-]?)\s*(?:[$€£¥₹₩]|US\$|HK\$|USD|EUR|GBP|CNY|RMB|JPY)\s*/i
const UNIT_AFTER = /\s*(?:%|‰|[$€£¥₹₩]|USD|EUR|GBP|CNY|RMB|JPY|元)$/i
const DATE =
  /^(?:\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?|\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{1,2}[/.]\d{1,2}[/.]\d{4})$/

function numbers(texts: readonly string[], convention: Convention): ReadColumn {
  const values = texts.map((text) => numberOf(text, convention) ?? null)
  const notes = []
  if (texts.some((text) => /[%％]$/.test(text))) notes.push('percentages are kept as written (12.5% is 12.5)')
  if (convention === 'comma') notes.push('the comma was taken as the decimal sign')
  const marks = texts.filter((text) => text !== '' && MISSING.test(text))
  if (marks.length > 0) notes.push(`${marks.length} values such as '${marks[0]}' were taken as missing`)
  return { values, type: 'number', note: notes.join('; ') || undefined }
}

/** 1,234 is a thousand unless the file or the column uses decimal commas. */
function conventionOf(present: readonly string[], commaDecimals: boolean): Convention {
  const commas = present.filter((text) => text.includes(','))
  if (commas.length === 0) return present.some((text) => /\d\.\d{3}\.\d{3}/.test(text)) ? 'comma' : 'point'
  if (present.some((text) => /\.\d*$/.test(text) && !/\.\d{3}$/.test(text))) return 'point'
  const asThousands = commas.every((text) => /\d{1,3}(?:,\d{3})+(?:\D|$)/.test(text) && !/,\d{1,2}(?:\D|$)/.test(text))
  return commaDecimals || !asThousands ? 'comma' : 'point'
}

function withoutThousands(text: string): string {
  return /^[+-]?\d{1,3}(?:[,\u00a0 ']\d{3})+(?:\.\d*)?$/.test(text) ? text.replace(/[,\u00a0 ']/g, '') : text
}

function blankAsNull(text: string): string | null {
  return text.trim() === '' ? null : text
}
