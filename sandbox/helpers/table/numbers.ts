// Reads numbers as people write them: thousands, decimal commas, currencies, percent, units, 万 and 亿.

/** The decimal separator; the other mark separates thousands. */
export type Convention = 'point' | 'comma'

/** The number that a text represents (thousands separators, currency, %, brackets), or null. */
export function toNumber(text: string): number | null {
  return readNumber(text) ?? null
}

/**
 * The number that a text represents. Brackets mean minus; currencies, % and units of measure are left out (12.5% is
 * 12.5); 千, 万 and 亿 multiply. Undefined for other texts, codes with leading zeros, and integers that a double cannot
 * hold exactly.
 */
export function readNumber(text: string, convention: Convention = 'point'): number | undefined {
  if (convention === 'point' && PLAIN.test(text)) return Number(text)
  if (text.length > MAX_LENGTH || OTHER.test(text)) return undefined
  let rest = normalize(text)
  const bracketed = /^\((.*)\)$/.exec(rest)
  if (bracketed) rest = bracketed[1]!.trim()
  rest = rest.replace(CURRENCY_BEFORE, '$1').replace(UNIT_AFTER, '').trim()
  const scaled = MULTIPLIER.exec(rest)
  if (scaled) rest = rest.slice(0, scaled.index).trimEnd()
  const digits = convention === 'comma' ? withPoint(rest) : withoutThousands(rest)
  const isInfinite = INFINITE.test(digits)
  if (!isInfinite && (!NUMBER.test(digits) || /^[+-]?0\d/.test(digits))) return undefined
  const value = (isInfinite ? Infinity * (digits.startsWith('-') ? -1 : 1) : Number(digits)) * factorOf(scaled?.[0])
  if (!isInfinite && !Number.isFinite(value)) return undefined
  if (/^[+-]?\d+$/.test(digits) && !Number.isSafeInteger(value)) return undefined
  return bracketed ? -value : value
}

/** Whether a text is a number in its plainest form, such as -12.5, with at most 15 digits before the point. */
export function isPlainNumber(text: string): boolean {
  return PLAIN.test(text)
}

/** Whether a text stands for a missing value: -, n/a, NaN, 无, … */
export function isMissing(text: string): boolean {
  return text.length <= 6 && MISSING.test(text)
}

/** Whether a text is an integer that a double cannot hold exactly, such as an identity card's number. */
export function isLongInteger(text: string): boolean {
  return /^[+-]?\d{16,}$/.test(text) && !Number.isSafeInteger(Number(text))
}

/** What a number was written with: %, a currency or a unit of measure; '' if nothing. */
export function unitOf(text: string): string {
  if (PLAIN.test(text)) return ''
  const rest = normalize(text).replace(/^\((.*)\)$/, '$1')
  return (CURRENCY_BEFORE.exec(rest)?.[2] ?? UNIT_AFTER.exec(rest)?.[1] ?? '').trim()
}

/** The multipliers in a text: 万, 亿, … */
export function multiplierOf(text: string): string {
  if (PLAIN.test(text)) return ''
  return MULTIPLIER.exec(normalize(text).replace(UNIT_AFTER, '').trim())?.[0] ?? ''
}

/** Whether a text may tell which convention a column has: the others are the same in both. */
export function tellsConvention(text: string): boolean {
  return text.includes(',') || GROUPED.test(text)
}

/** 1,234 is a thousand unless the file or the column uses decimal commas. */
export function conventionOf(present: readonly string[], commaDecimals: boolean): Convention {
  const commas = present.filter((text) => text.includes(','))
  if (commas.length === 0) return present.some((text) => GROUPED.test(text)) ? 'comma' : 'point'
  if (present.some((text) => /\.\d*$/.test(text) && !/\.\d{3}$/.test(text))) return 'point'
  const asThousands = commas.every((text) => /\d{1,3}(?:,\d{3})+(?:\D|$)/.test(text) && !/,\d{1,2}(?:\D|$)/.test(text))
  return commaDecimals || !asThousands ? 'comma' : 'point'
}

/** Points between groups of three digits. */
const GROUPED = /\d\.\d{3}\.\d{3}/
/** Longer texts are no numbers. */
const MAX_LENGTH = 60
const MISSING = /^(?:-+|—+|–|\.{2,3}|…+|n\/?a|#n\/a|nan|null|none|nil|无|暂无)$/i
/** Fast path for ordinary numbers. */
const PLAIN = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,12})?$/
/** Fast path for words and dates, which no convention makes numbers. */
const OTHER = /^(?:(?!.*inf)[a-z]{4}|\d+-\d)/i
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?$/i
const INFINITE = /^[+-]?(?:inf|infinity|∞)$/i
const CURRENCY_BEFORE = /^([+-]?)\s*([$€£¥₹₩]|US\$|HK\$|NT\$|USD|EUR|GBP|CNY|RMB|JPY)\s*/i
/** A closed list: letters after a number are otherwise part of a code. */
const UNIT_AFTER = new RegExp(
  `\\s*(${[
    ...[
      '%',
      '‰',
      '°C',
      '°F',
      '°',
      '[$€£¥₹₩]',
      'USD',
      'EUR',
      'GBP',
      'CNY',
      'RMB',
      'JPY',
      'kg',
      'mg',
      'g',
      'km/h',
      'km',
      'cm',
    ],
    ...[
      'mm',
      'm2',
      'm3',
      'm',
      'km2',
      'mi',
      'mph',
      'ft',
      'lbs?',
      'oz',
      'ml',
      'l',
      'kWh',
      'kW',
      'MW',
      'GW',
      'Hz',
      'kHz',
      'MHz',
      'GHz',
    ],
    ...['bytes', 'KB', 'MB', 'GB', 'TB', 'px', 'ms', 's', 'sec', 'min', 'h', 'hrs?', 'days?', 'years?', 'yrs?'],
    ...[
      '元',
      '美元',
      '人民币',
      '人',
      '个',
      '件',
      '台',
      '次',
      '岁',
      '天',
      '小时',
      '分钟',
      '公里',
      '公斤',
      '千克',
      '米',
      '吨',
      '円',
      '원',
    ],
  ].join('|')})$`,
  'i',
)
const MULTIPLIER = /[千万亿萬億]+$/
const FACTORS: Readonly<Record<string, number>> = { 千: 1e3, 万: 1e4, 萬: 1e4, 亿: 1e8, 億: 1e8 }

function normalize(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\u2212\u2013]/g, '-')
    .trim()
}

function factorOf(multiplier = ''): number {
  return multiplier.split('').reduce((factor, sign) => factor * (FACTORS[sign] ?? 1), 1)
}

function withPoint(text: string): string {
  return text.replace(/[. \u00a0'](?=\d{3})/g, '').replace(',', '.')
}

function withoutThousands(text: string): string {
  return /^[+-]?\d{1,3}(?:[,\u00a0 ']\d{3})+(?:\.\d*)?$/.test(text) ? text.replace(/[,\u00a0 ']/g, '') : text
}
