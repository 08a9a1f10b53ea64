// Yes/no columns as row filters: "only the smokers" are the rows where the column says yes.
import type { FileInfo } from '../../../sandbox/protocol.ts'
import { formsOf, isHan, otherNames } from './column-names.ts'
import type { Token } from '../phrases/lexicon.ts'

/** A filter by a yes/no column, for a word such as "smokers". */
export interface RowFlag {
  readonly column: string
  /** True for yes; false for no, as in "non-smokers". */
  readonly holds: boolean
}

const YES_OR_NO = /^(?:yes|no|y|n|true|false|t|f|是|否|有|无)$/i
const ONLY = /^(?:only|just|只看?|只要|仅看?)$/i
const ARTICLE = /^(?:the|an?)$/i

const known = new WeakMap<FileInfo, ReadonlyMap<string, RowFlag>>()

/** Words for the rows of each yes/no column, as far as the file info shows; cached by file info. */
export function flagWords(card: FileInfo): ReadonlyMap<string, RowFlag> {
  const words = known.get(card) ?? wordsOf(card)
  known.set(card, words)
  return words
}

function wordsOf(card: FileInfo): ReadonlyMap<string, RowFlag> {
  const words = new Map<string, RowFlag>()
  for (const column of yesOrNo(card)) {
    const name = column
      .normalize('NFKC')
      .toLowerCase()
      .replace(/^(?:is[ _]?|是否)/u, '')
    const [, many] = formsOf(name)
    for (const form of many === undefined ? [] : [many]) {
      words.set(form, { column, holds: true })
      for (const not of [`non-${form}`, `non${form}`, `non ${form}`]) words.set(not, { column, holds: false })
    }
    const chinese = [name, ...[...otherNames([{ name: column, type: 'text' }])].map(([word]) => word)].filter(isHan)
    for (const word of chinese)
      for (const end of ['者', '的人', '的']) {
        words.set(`${word}${end}`, { column, holds: true })
        for (const not of ['不', '非', '没有']) words.set(`${not}${word}${end}`, { column, holds: false })
      }
  }
  return words
}

function yesOrNo({ head = [], delimiter = ',', columns = [] }: FileInfo): string[] {
  const lines = head.slice(1).filter((line) => !line.includes('"'))
  const rows = lines.map((line) => line.split(delimiter)).filter(({ length }) => length === columns.length)
  return columns.flatMap(({ name, type, values }, at) => {
    const said = values ?? rows.map((row) => row[at]!.trim())
    return type === 'text' && said.length > 0 && said.every((value) => YES_OR_NO.test(value)) ? [name] : []
  })
}

/** Treats such a word as the column itself, unless it filters rows: "only the smokers", "how many smokers". */
export function withFlags(tokens: readonly Token[]): Token[] {
  const all = tokens.map((token) => (token.type === 'argument' ? token.args : {}))
  const isHistogram = tokens.some((token) => token.type === 'operation' && token.kind === 'histogram')
  const figure = all.some(
    ({ aggregate, fields, top }) =>
      aggregate !== undefined || top !== undefined || (isHistogram && fields !== undefined),
  )
  const both = all.some(({ flag }) => flag?.holds === true) && all.some(({ flag }) => flag?.holds === false)
  return tokens.map((token, at): Token => {
    if (token.type !== 'argument') return token
    const { flag, by, fields } = token.args
    const only = isOnly(tokens, at)
    // "Only the regions" filters nothing that can be determined.
    if (!flag) return only && fields && !isName(token.text, fields) ? { type: 'unknown', text: token.text } : token
    if (by || both) return { ...token, args: { fields: [flag.column], by: [flag.column] } }
    return only || figure || !flag.holds ? token : { ...token, args: { fields: [flag.column] } }
  })
}

/** Whether the text is a column's own name rather than a word for its rows. */
function isName(text: string, fields: readonly string[]): boolean {
  const plain = text.toLowerCase().replaceAll(/["']/g, '')
  return isHan(plain) || fields.some((name) => name.toLowerCase() === plain || /\d/.test(name))
}

function isOnly(tokens: readonly Token[], at: number): boolean {
  const before = tokens.slice(0, at).findLast(({ text }) => !ARTICLE.test(text))
  return ONLY.test(before?.text ?? '') || ONLY.test(tokens[at + 1]?.text ?? '')
}
