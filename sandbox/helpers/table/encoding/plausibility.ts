// How probable a text is in the language of its encoding, in bits: frequent characters cost few, what a wrong decoding
// brings (rare ideographs, letters of two alphabets in a word, capitals after small letters) many. The costs are rounded
// from the shares of such characters in ordinary texts; only their differences between encodings matter.
import { codeTable } from './code-tables.ts'
import { frequentCharacters } from './frequent-characters.ts'

/** Encodings that are told apart, by what people have; the sooner the likelier where two make the same text. */
export const CANDIDATES: readonly string[] = [
  'gb18030',
  'windows-1252',
  'big5',
  'shift_jis',
  'euc-kr',
  'euc-jp',
  'windows-1251',
  'windows-1250',
  'koi8-r',
  'windows-1253',
  'windows-1254',
  'windows-1255',
  'windows-1256',
  'windows-874',
  'windows-1257',
  'ibm866',
  'koi8-u',
  'iso-8859-2',
  'iso-8859-5',
  'iso-8859-7',
]

/** The cost in bits of a text that was read in an encoding, in the language of that encoding that fits best. */
export function costOfText(text: string, encoding: string): number {
  const languages = costsOf(encoding)
  const bits = languages.map(() => 0)
  let context = 0
  let before = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    for (let n = 0; n < languages.length; n++) bits[n]! += languages[n]![code]!
    if (code >= 0x80 || before >= 0x80) {
      context += contextCost(before, code, i + 1 < text.length ? text.charCodeAt(i + 1) : 0)
    }
    before = code
  }
  return Math.min(...bits) + context
}

/** What a character costs beside others; `before` and `after` are 0 at the ends. */
function contextCost(before: number, code: number, after: number): number {
  const [own, last] = [scriptOf(code), scriptOf(before)]
  if (own === 'other') return isApostrophe(code) && last === 'other' && scriptOf(after) !== 'other' ? 8 : 0
  let bits = 0
  if ((own === 'wide' && last === 'latin') || (own === 'latin' && last === 'wide')) return 4
  if (last !== 'other' && last !== own && !(isLatin(last) && isLatin(own)) && own !== 'wide' && last !== 'wide')
    bits += 8
  if (last !== 'other' && isSmall(before) && isCapital(code)) bits += 8
  if (own !== 'accented') return bits
  const hasNeighbour = last === 'latin' || scriptOf(after) === 'latin'
  if (!hasNeighbour) bits += 5
  if (last === 'accented') bits += 3
  if (before >= 0x30 && before <= 0x39) bits += 4
  return bits
}

type Script = 'latin' | 'accented' | 'cyrillic' | 'greek' | 'hebrew' | 'arabic' | 'thai' | 'wide' | 'other'
const isLatin = (script: Script): boolean => script === 'latin' || script === 'accented'

function scriptOf(code: number): Script {
  if (code < 0x80) return (code | 32) >= 97 && (code | 32) <= 122 ? 'latin' : 'other'
  if (code < 0x250) return code >= 0xc0 && code !== 0xd7 && code !== 0xf7 ? 'accented' : 'other'
  if (code < 0x370) return 'other'
  if (code < 0x400) return 'greek'
  if (code < 0x530) return 'cyrillic'
  if (code >= 0x5d0 && code < 0x5f0) return 'hebrew'
  if (code >= 0x620 && code < 0x6f0) return 'arabic'
  if (code >= 0xe00 && code < 0xe80) return 'thai'
  return code >= 0x3041 && code < 0xd800 ? 'wide' : 'other'
}

/** A closing quotation mark also stands within words. */
const isApostrophe = (code: number): boolean => code === 0x2019

const isCapital = (code: number): boolean => caseOf(code) === 'upper'
const isSmall = (code: number): boolean => caseOf(code) === 'lower'

function caseOf(code: number): 'upper' | 'lower' | undefined {
  if (code > 0x530) return undefined
  const char = String.fromCharCode(code)
  const [upper, lower] = [char.toUpperCase(), char.toLowerCase()]
  return upper === lower ? undefined : char === lower ? 'lower' : 'upper'
}

const DAMAGE = 40
const RARE = 24

const made = new Map<string, readonly Uint8Array[]>()

/** Costs by code unit, for each language of the encoding; UTF-8 has all of them. */
function costsOf(encoding: string): readonly Uint8Array[] {
  const found = made.get(encoding)
  if (found) return found
  const all = encoding === 'utf-8' ? CANDIDATES.flatMap(costsOf) : costsOfLanguages(encoding)
  made.set(encoding, all)
  return all
}

function costsOfLanguages(encoding: string): Uint8Array[] {
  return (LETTERS[encoding] ?? [[]]).map((groups) => {
    const costs = new Uint8Array(65_536).fill(RARE)
    setCommonCosts(costs)
    if (LEVELS[encoding]) setIdeographCosts(costs, encoding)
    else setLetterCosts(costs, groups)
    return costs
  })
}

function setCommonCosts(costs: Uint8Array): void {
  costs.fill(20, 0, 0x20)
  costs.fill(4, 0x20, 0x80)
  for (const code of [9, 10, 13]) costs[code] = 4
  for (let code = 0x41; code <= 0x7a; code++) if (scriptOf(code) === 'latin') costs[code] = 5
  costs.fill(DAMAGE, 0x7f, 0xa0)
  costs.fill(30, 0xe000, 0xf900)
  costs[0xfffd] = 30
}

interface Level {
  /** The rows of the character set's frequent characters. */
  readonly leads: readonly [number, number]
  readonly cost: number
}
/** Rows of GB 2312, Big5, JIS X 0208 and KS X 1001: the frequent characters first, then the others of the standard. */
const LEVELS: Readonly<Record<string, readonly [Level, Level]>> = {
  gb18030: [
    { leads: [0xb0, 0xd7], cost: 14 },
    { leads: [0xd8, 0xf7], cost: 19 },
  ],
  big5: [
    { leads: [0xa4, 0xc6], cost: 14 },
    { leads: [0xc9, 0xf9], cost: 20 },
  ],
  shift_jis: [
    { leads: [0x88, 0x98], cost: 14 },
    { leads: [0x99, 0xea], cost: 20 },
  ],
  'euc-jp': [
    { leads: [0xb0, 0xcf], cost: 14 },
    { leads: [0xd0, 0xf4], cost: 20 },
  ],
  'euc-kr': [
    { leads: [0xb0, 0xc8], cost: 14 },
    { leads: [0xca, 0xfd], cost: 22 },
  ],
}
const FREQUENT = 9
const WIDE_PUNCTUATION = '　、。，．・：；？！（）「」『』【】《》〈〉“”‘’…—～〜·％＋－＝／￥℃②①③④⑤㈱'

function setIdeographCosts(costs: Uint8Array, encoding: string): void {
  const { double } = codeTable(encoding)!
  for (const { leads, cost } of [...LEVELS[encoding]!].reverse()) {
    for (let lead = leads[0]; lead <= leads[1]; lead++) {
      // GBK and code page 949 added rarer characters at the lower trail bytes of the same rows.
      const first = encoding === 'big5' || encoding === 'shift_jis' ? 0x40 : 0xa1
      for (let trail = first; trail < 0xff; trail++) {
        const code = double[(lead << 8) | trail]!
        if (code >= 0x3400) costs[code] = cost
      }
    }
  }
  const isJapanese = encoding === 'shift_jis' || encoding === 'euc-jp'
  costs.fill(isJapanese ? 8 : 16, 0x3041, 0x30ff)
  // Katakana of one byte in Shift_JIS, two in EUC-JP.
  costs.fill(isJapanese ? 9 : RARE, 0xff61, 0xffa0)
  for (const char of WIDE_PUNCTUATION) costs[char.charCodeAt(0)] = 12
  costs.fill(13, 0xff10, 0xff1a)
  costs.fill(14, 0xff21, 0xff5b)
  for (const char of frequentCharacters(encoding)) costs[char.charCodeAt(0)] = FREQUENT
}

const CYRILLIC = ['оеаинтсрвл', 'кмдпуяыьгзбчй', 'хжшюцщэфъё', 'іїєґ'] as const
const GREEK = ['αοιετσνηυρ', 'πκμλςωδγχθφ', 'άέήίόύώβξζψ', 'ϊϋΐΰ'] as const
const CENTRAL = [
  ['', 'ąćęłńóśżź', ''],
  ['', 'áčéěířšúůýž', 'ďňóťľĺŕäô'],
  ['', 'áéóöőíúüű', ''],
  ['', 'ăîşţâ', ''],
  ['', 'čćđšž', ''],
  ['', '', 'ąćęłńóśżźáčéěířšúůýžöüőű', 'ďňťľĺŕäôăîşţâđßç'],
] as const
const LETTERS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'windows-1251': [CYRILLIC],
  'koi8-r': [CYRILLIC],
  'koi8-u': [CYRILLIC],
  'iso-8859-5': [CYRILLIC],
  ibm866: [CYRILLIC],
  'windows-1253': [GREEK],
  'iso-8859-7': [GREEK],
  // Each language of an encoding alone, then all of them in one file.
  'windows-1252': [
    ['', 'éèàç', 'êôîïûùâëœæ'],
    ['', 'äöüß', 'éè'],
    ['', 'áéíóúñãçõ', 'üàâêôª'],
    ['', 'åäöøæ', 'é'],
    ['', 'äöåšž', 'éü'],
    ['', 'áéíóúýðþæö', ''],
    ['', 'àèéìòù', ''],
    ['', 'ëéïöü', 'èêç'],
    ['', '', 'éèêàâçäöüßáíóúñãõåøæ', 'ôîïûùëœìòðþýÿ'],
  ],
  'windows-1250': CENTRAL,
  'iso-8859-2': CENTRAL,
  'windows-1254': [['', 'çğıöşüİ', 'âîû']],
  'windows-1257': [
    ['', 'ąčęėįšųūž', ''],
    ['', 'āčēģīķļņšūž', ''],
    ['', 'äõöü', 'šž'],
    ['', '', 'ąčęėįšųūžāēģīķļņ', 'äõöüéß'],
  ],
  'windows-1255': [['יוהלאתרבםמ', 'שנעדקחפכגןטסצ', 'זץךף']],
  'windows-1256': [['اليمونترب', 'عسدفهكقحجةأش', 'صطخزضغثذءظىإئؤآ', 'ًٌٍَُِّْپچژگ']],
  'windows-874': [['านรอกเงมยล', 'วดทสตะปบคหแ่้ัิี็ำไใพชขจผ', 'ุูึืโซถธณศญภษฟฝฐฎฏฬฮฤฉฌๆ์', 'ฑฒฆ๐๑๒๓๔๕๖๗๘๙']],
}
const LETTER_COSTS = [4, 6, 8, 9]
const WESTERN_SYMBOLS = '«»“”„‘’‚–—…€£°§©®²³·½№µº'

/** Letters of a language in groups of falling frequency, capitals above them; symbols of business above the others. */
function setLetterCosts(costs: Uint8Array, groups: readonly string[]): void {
  costs.fill(14, 0xa0, 0x400)
  for (const char of WESTERN_SYMBOLS) costs[char.charCodeAt(0)] = 9
  costs[0xa0] = 8
  groups.forEach((letters, rank) => {
    for (const letter of letters) {
      costs[letter.charCodeAt(0)] = LETTER_COSTS[rank]!
      const capital = letter.toUpperCase()
      if (capital !== letter && capital.length === 1) costs[capital.charCodeAt(0)] = LETTER_COSTS[rank]! + 3
    }
  })
}
