// Numbers in text: digits, English words up to a hundred, Chinese numerals.

const WORDS: Readonly<Record<string, number>> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  fifteen: 15,
  sixteen: 16,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  ninety: 90,
  hundred: 100,
}
const DIGITS = '零一二三四五六七八九'
const UNITS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000, 万: 10_000 }

const NUMERAL = '[零〇一二两三四五六七八九十百千]'

/** Regular expression source: more numerals in a row than anybody writes, which is not a number. */
export const NO_NUMBER = `${NUMERAL}{12,}`

/** Regular expression source with one group: a number in any of these forms. */
export const NUMBER = String.raw`(\d+(?:\.\d+)?|${NUMERAL}+|${Object.keys(WORDS).join('|')})`

/** The value of a match of NUMBER. */
export function numberOf(text: string): number {
  if (/^\d/.test(text)) return Number(text)
  return WORDS[text.toLowerCase()] ?? chineseNumber(text)
}

/** 三十 is 30, 一百二十 is 120, 二〇二二 is 2022 (without units, digits are read one by one). */
function chineseNumber(text: string): number {
  const plain = text.replaceAll('两', '二').replaceAll('〇', '零')
  if (!/[十百千]/.test(plain)) return Number(Array.from(plain, (digit) => DIGITS.indexOf(digit)).join(''))
  let total = 0
  let digit = 0
  for (const character of plain) {
    const unit = UNITS[character]
    if (unit === undefined) digit = DIGITS.indexOf(character)
    else {
      total += (digit || 1) * unit
      digit = 0
    }
  }
  return total + digit
}
