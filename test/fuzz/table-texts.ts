// Tables in many languages as people have them, and the encodings that their files come in.
import type { Random } from './random.ts'
import { VOCABULARIES } from './vocabularies.ts'

export type TextKind = 'brief' | 'long' | 'digits' | 'ascii' | 'remarks'
export const TEXT_KINDS: readonly TextKind[] = ['brief', 'long', 'digits', 'ascii', 'remarks']

/** A CSV table: two lines, many rows, mostly digits, ASCII headers, or with a column of sentences. */
export function tableText(random: Random, language: string, kind: TextKind): string {
  const vocabulary = VOCABULARIES[language]!
  const { headers, places, names, products, remarks } = vocabulary
  const number = (): string => random.pick([String(random.below(100_000)), (random.below(1e6) / 100).toFixed(2)])
  const rows = kind === 'brief' ? 1 : kind === 'digits' ? 5 + random.below(40) : 5 + random.below(60)
  const first = random.pick([places, names, products])
  const header =
    kind === 'ascii' ? ['id', 'name', 'amount'] : [random.pick(headers), random.pick(headers), random.pick(headers)]
  const cells = (): string[] => {
    if (kind === 'brief') return [random.pick(first), number(), String(1990 + random.below(40))]
    if (kind === 'digits') return [String(1990 + random.below(40)), number(), number(), number()]
    if (kind === 'ascii') return [String(random.below(1000)), random.pick(first), number()]
    if (kind === 'remarks') return [random.pick(first), number(), quoted(random.pick(remarks))]
    return [random.pick(first), random.pick(random.pick([names, products])), number()]
  }
  const lines = [header, ...Array.from({ length: rows }, cells)]
  return `${lines.map((line) => line.join(',')).join('\n')}\n`
}

const quoted = (cell: string): string => (cell.includes(',') ? `"${cell}"` : cell)

/** Languages with the encodings that their files have, beside UTF-8 and UTF-16. */
export const ENCODED: readonly (readonly [language: string, encoding: string])[] = [
  ['simplified', 'gb18030'],
  ['traditional', 'big5'],
  ['japanese', 'shift_jis'],
  ['kanji', 'shift_jis'],
  ['japanese', 'euc-jp'],
  ['kanji', 'euc-jp'],
  ['korean', 'euc-kr'],
  ['russian', 'windows-1251'],
  ['russian', 'koi8-r'],
  ['russian', 'iso-8859-5'],
  ['russian', 'ibm866'],
  ['ukrainian', 'windows-1251'],
  ['german', 'windows-1252'],
  ['french', 'windows-1252'],
  ['spanish', 'windows-1252'],
  ['nordic', 'windows-1252'],
  ['polish', 'windows-1250'],
  ['czech', 'windows-1250'],
  ['hungarian', 'windows-1250'],
  ['polish', 'iso-8859-2'],
  ['greek', 'windows-1253'],
  ['greek', 'iso-8859-7'],
  ['turkish', 'windows-1254'],
  ['hebrew', 'windows-1255'],
  ['arabic', 'windows-1256'],
  ['baltic', 'windows-1257'],
  ['thai', 'windows-874'],
]
