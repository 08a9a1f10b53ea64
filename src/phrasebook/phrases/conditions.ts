// The phrasebook, part seven: conditions on rows ("above 50,000", 超过5万) and years ("since 2015"). Only read where there
// is a table.
import { argument, type Phrase } from './lexicon.ts'
import type { Args, Comparison } from '../parsing/intent.ts'
import { numberOf } from '../parsing/numerals.ts'

/** A number with its separators and unit. */
const FIGURE =
  '([¥$€£]?\\d{1,15}(?:,\\d{3}){0,6}(?:\\.\\d{1,10})?|[一二两三四五六七八九十百千]{1,8})~(万亿|百万|千万|亿|万|千|thousand|million|billion|trillion|mn|bn|k|m)?~(?:%|percent|元|块钱?|美元|dollars?|yuan|rmb|usd|eur|euros?)?'
const UNITS: Readonly<Record<string, number>> = {
  千: 1e3,
  k: 1e3,
  thousand: 1e3,
  万: 1e4,
  百万: 1e6,
  m: 1e6,
  mn: 1e6,
  million: 1e6,
  千万: 1e7,
  亿: 1e8,
  bn: 1e9,
  billion: 1e9,
  万亿: 1e12,
  trillion: 1e12,
}
const IS =
  '(?:(?:that |which |who |whose )?(?:is |are |was |were |be |has |have |had |having |with )?(?:a (?:value |total )?)?)?'
const THAN = '(?: than| then)?'

/** A comparison in words before or after its number. */
function comparison(sign: Comparison['sign'], ...say: readonly string[]): Phrase[] {
  return argument((_, [value, unit]) => ({ compares: { sign, value: figureOf(value!, unit) } }), ...say)
}

/** 5万 is 50,000; "1,200" is 1200. */
function figureOf(text: string, unit = ''): number {
  const plain = text.replaceAll(/[,¥$€£]/g, '')
  return Number((numberOf(plain) * (UNITS[unit.toLowerCase()] ?? 1)).toPrecision(15))
}

const COMPARISONS: readonly Phrase[] = [
  ...comparison(
    '>',
    `${IS}(?:(?:greater|more|higher|larger|bigger|older|longer|taller|heavier|better|later)${THAN}|over|above|exceed(?:s|ed|ing)?|beyond|past|>)~${FIGURE}`,
    `(?:是|在|都)?(?:大于|高于|超过了?|超出|多于|高过|大过|突破了?|胜过|>)~${FIGURE}`,
  ),
  ...comparison(
    '>=',
    `${IS}(?:at least|no less than|not less than|not below|a minimum of|minimum|greater than or equal to|>=|≥)~${FIGURE}`,
    `${FIGURE} (?:or|and) (?:more|above|over|higher)|${FIGURE}\\+`,
    `(?:大于等于|大于或等于|不低于|不少于|不小于|至少|达到了?|>=|≥)~${FIGURE}`,
    `(?:在)?~${FIGURE}~(?:及|或)?(?:以上|之上)`,
  ),
  ...comparison(
    '<',
    `${IS}(?:(?:less|lower|smaller|fewer|younger|shorter|worse|lighter)${THAN}|under|below|beneath|<)~${FIGURE}`,
    `(?:是|在|都)?(?:小于|低于|少于|不足|不到|没到|<)~${FIGURE}`,
  ),
  ...comparison(
    '<=',
    `${IS}(?:at most|no more than|not more than|not above|up to|a maximum of|less than or equal to|<=|≤)~${FIGURE}`,
    `${FIGURE} (?:or|and) (?:less|below|under|lower|fewer)`,
    `(?:小于等于|小于或等于|不超过|不高于|不多于|不大于|至多|<=|≤)~${FIGURE}`,
    `(?:在)?~${FIGURE}~(?:及|或)?(?:以下|以内|之内)`,
  ),
  ...comparison('=', `${IS}(?:equal(?:s|ing)?(?: to)?|exactly|==?)~${FIGURE}`, `(?:等于|恰好是?|正好是?)~${FIGURE}`),
  ...argument(
    (_, words) => betweenOf(words),
    `${IS}(?:between|from)~${FIGURE}~(?:and|to|-|–)~${FIGURE}`,
    `(?:在|介于|处于)~${FIGURE}~(?:和|到|至|与|-|\\x7e)~${FIGURE}~(?:之间|以内)?`,
    `${FIGURE}~(?:到|至|-|\\x7e)~${FIGURE}~之间`,
  ),
]

/** "Between 2003 and 2022" are years, "between 1,000 and 5,000" numbers. */
function betweenOf(words: readonly string[]): Args {
  // Units are optional: a word that starts no figure is one.
  const figures: number[] = []
  for (const word of words) {
    const isUnit = UNITS[word.toLowerCase()] !== undefined && figures.length > 0
    if (isUnit) figures.push(figureOf(String(figures.pop()), word))
    else figures.push(figureOf(word))
  }
  const [low = 0, high = 0] = figures
  const areYears = words.length === 2 && [low, high].every((value) => Number.isInteger(value) && isYear(value))
  if (areYears) return { fromYear: Math.min(low, high), toYear: Math.max(low, high) }
  return { compares: { sign: 'between', value: Math.min(low, high), to: Math.max(low, high) } }
}

/** Whether a number may be a year. */
export function isYear(value: number): boolean {
  return value >= 1900 && value <= 2100
}

const YEAR = '((?:19|20)\\d\\d)'

const YEARS: readonly Phrase[] = [
  ...argument(
    (_, [year]) => ({ fromYear: Number(year) }),
    `(?:since|from|starting (?:in|from)|in or after) (?:the year )?${YEAR}(?: (?:on(?:wards?)?|and later))?|(?:自|从)?~${YEAR}~年?(?:起|以来|及?以后|之后及当年)`,
  ),
  ...argument(
    (_, [year]) => ({ fromYear: Number(year) + 1 }),
    `(?:after|later than) (?:the year )?${YEAR}|${YEAR}~年?之后`,
  ),
  ...argument(
    (_, [year]) => ({ toYear: Number(year) - 1 }),
    `(?:before|earlier than|prior to) (?:the year )?${YEAR}|${YEAR}~年?(?:以前|之前)`,
  ),
  ...argument(
    (_, [year]) => ({ toYear: Number(year) }),
    `(?:until|till|up to|through) (?:the year )?${YEAR}|(?:到|至|截至|截止到?)~${YEAR}~年(?:为止|底)?`,
  ),
  ...argument(
    (_, [from, to]) => ({ fromYear: Number(from), toYear: Number(to) }),
    `(?:(?:from|between) )?${YEAR}~(?:to|-|–|—|until|through|till)~${YEAR}|(?:从|自)?~${YEAR}~年?~(?:到|至|-|–|—)~${YEAR}~年?(?:间|之间|期间)?`,
  ),
  ...argument(
    (_, [year]) => ({ fromYear: Number(year), toYear: Number(year) }),
    `(?:(?:in|for|during|of|from) )?(?:the )?year ${YEAR}`,
  ),
  ...argument(
    ([lastYears]) => ({ lastYears }),
    '(?:the |over the |in the )?(?:last|past|recent|latest|most recent) # years?|(?:最近|近|过去|最后|后)的?~#~年',
  ),
  ...argument(
    { lastYears: 1 },
    '(?:in |for |of )?(?:the )?(?:latest|most recent|last) (?:available )?year|最近一年|最新一?年|最新年份',
  ),
]

export const CONDITION_PHRASES: readonly Phrase[] = [...COMPARISONS, ...YEARS]
