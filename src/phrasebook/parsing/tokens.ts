// Splits a sentence into tokens: phrases, names of files and columns, quoted texts, and unknown words.
import { ADJUST_PHRASES } from '../phrases/adjustments.ts'
import { ARGUMENT_PHRASES } from '../phrases/arguments.ts'
import { CONDITION_PHRASES } from '../phrases/conditions.ts'
import { FILLER_PHRASES } from '../phrases/fillers.ts'
import { ANY, foldCase } from '../phrases/first-characters.ts'
import type { Phrase, Token } from '../phrases/lexicon.ts'
import { createNameIndex, hashedText, type HashedText, type NameIndex } from '../names/name-index.ts'
import { NO_NUMBER } from './numerals.ts'
import { OPERATION_PHRASES } from '../phrases/operations.ts'
import { QUERY_PHRASES } from '../phrases/queries.ts'
import { columnNames, hasTables, namesOf, rowNames, type Name, type Vocabulary } from '../names/vocabulary.ts'

const PHRASES: readonly Phrase[] = [...ADJUST_PHRASES, ...OPERATION_PHRASES, ...ARGUMENT_PHRASES, ...FILLER_PHRASES]
const BASIC = indexPhrases(PHRASES)
/** Of two phrases of the same length, that about tables wins. */
const WITH_TABLES = indexPhrases([...QUERY_PHRASES, ...CONDITION_PHRASES, ...PHRASES])
const QUOTED = /"([^"\n]{1,200})"|(?<![\p{L}\d])'([^'\n]{1,200})'(?![\p{L}\d])/uy
const PLACE =
  '(?:in|at|on|to) (?:the )?(?:top|bottom|upper|lower|left|right|cent|middle)|[在到](?:左|右|中|顶|底|上|下)'
const SPOKEN = new RegExp(
  `(?:(?:text |caption |label )?(?:that |which )?(?:says|saying|reads|reading)|写(?:上|着|个)?|文字(?:内容)?[是为])[: ]*(?!["'])([^",;。\\n]{1,100}?)(?= *$|[,;。\\n]|\\. | ?${PLACE})`,
  'iuy',
)
const NUMERALS = new RegExp(NO_NUMBER, 'uy')
const HAN = /\p{Script=Han}/u
const WORD = new RegExp(String.raw`[\p{Script=Latin}\p{N}][\p{Script=Latin}\p{N}'_.-]*(?<![.'-])|${NO_NUMBER}|\S`, 'uy')

/** Returns a tokenizer of normalized text; the longest match wins. `rows`: words that may be values in a table. */
export function createTokenizer(vocabulary: Vocabulary, rows: readonly string[] = []): (text: string) => Token[] {
  const known = namesOf(vocabulary)
  const rowsNamed = createNameIndex(rowNames(rows))
  return (text) => {
    const low = lowered(text)
    const columns = vocabulary.others?.mentionedIn(low) ?? []
    return tokensOf({
      text,
      phrases: hasTables(vocabulary) ? WITH_TABLES : BASIC,
      low: hashedText(low),
      all: [known, rowsNamed, createNameIndex(columns.flatMap(columnNames))],
    })
  }
}

/** The text in lower case, with the same length. */
function lowered(text: string): string {
  const low = text.toLowerCase()
  if (low.length === text.length) return low
  return Array.from({ length: text.length }, (_, at) => text[at]!.toLowerCase()[0]!).join('')
}

/** Phrases by the character that they can begin with, in order. */
interface PhraseIndex {
  readonly anywhere: readonly Phrase[]
  readonly byStart: ReadonlyMap<string, readonly Phrase[]>
}

function indexPhrases(phrases: readonly Phrase[]): PhraseIndex {
  const characters = new Set(phrases.flatMap(({ starts }) => (starts === ANY ? [] : [...starts])))
  const startingWith = (character: string) => phrases.filter(({ starts }) => starts === ANY || starts.has(character))
  return {
    anywhere: phrases.filter(({ starts }) => starts === ANY),
    byStart: new Map([...characters].map((character) => [character, startingWith(character)])),
  }
}

interface SentenceText {
  readonly text: string
  readonly phrases: PhraseIndex
  readonly low: HashedText
  readonly all: readonly NameIndex<Name>[]
}

function tokensOf(said: SentenceText): Token[] {
  const { text } = said
  const tokens: Token[] = []
  for (let at = 0; at < text.length;) {
    const blank = text[at] === ' '
    if (blank) {
      if (isList(text, at)) tokens.push({ type: 'mark', mark: 'list', text: ' ' })
      at++
      continue
    }
    const token = tokenAt(said, at)
    tokens.push(token)
    at += token.text.length
  }
  return withWholeWords(tokens)
}

function tokenAt(said: SentenceText, at: number): Token {
  const { text } = said
  const names = namesAt(said, at)
  const candidates = [names.exact, quoted(text, at), spoken(text, at), phrase(said, at), names.any]
  const found = candidates.filter((token) => token !== undefined)
  const longest = found.toSorted((a, b) => b.text.length - a.text.length)[0]
  return longest ?? { type: 'unknown', text: matchAt(WORD, text, at)?.[0] ?? text[at]! }
}

function phrase({ text, phrases }: SentenceText, at: number): Token | undefined {
  if (matchAt(NUMERALS, text, at)) return undefined
  let best: Token | undefined
  for (const { pattern, meaning } of phrases.byStart.get(foldCase(text[at]!)) ?? phrases.anywhere) {
    const match = matchAt(pattern, text, at)
    if (match && match[0].length > (best?.text.length ?? 0)) best = { ...meaning([...match]), text: match[0] }
  }
  return best
}

function quoted(text: string, at: number): Token | undefined {
  const match = matchAt(QUOTED, text, at)
  return match ? { type: 'argument', args: { texts: [match[1] ?? match[2]!] }, text: match[0] } : undefined
}

function spoken(text: string, at: number): Token | undefined {
  const match = matchAt(SPOKEN, text, at)
  if (!match) return undefined
  return { type: 'operation', kind: 'label', args: { texts: [match[1]!.trim()] }, text: match[0] }
}

function namesAt(
  { text, low, all }: SentenceText,
  at: number,
): { readonly [which in 'exact' | 'any']?: Token | undefined } {
  if (/[a-z\d]/i.test(text[at - 1] ?? '') && /[a-z\d]/i.test(text[at]!)) return {}
  const fits = ({ text: name }: Name): boolean => !continues(name, low.text[at + name.length])
  const found = all.map((names) => names.longestAt(low, at, fits))
  const longest = (which: 'exact' | 'any'): Token | undefined => {
    const [best] = found.flatMap((one) => one[which] ?? []).toSorted((a, b) => b.text.length - a.text.length)
    return best && named(best, text.slice(at, at + best.text.length))
  }
  return { exact: longest('exact'), any: longest('any') }
}

function named({ token }: Name, said: string): Token {
  // A measure taken from a file's name keeps the spelling of the request.
  const isMeasure = token.type === 'argument' && token.args.measure !== undefined
  return isMeasure ? { ...token, args: { measure: said }, text: said } : { ...token, text: said }
}

function continues(name: string, next = ''): boolean {
  return /[a-z\d]$/i.test(name) && /[a-z\d]/i.test(next)
}

/** A space between two Chinese characters separates items. */
function isList(text: string, at: number): boolean {
  return HAN.test(text[at - 1] ?? '') && HAN.test(text[at + 1] ?? '')
}

/** Merges adjacent unknown characters into one unknown word if Chinese is among them. */
function withWholeWords(tokens: readonly Token[]): Token[] {
  const words: Token[] = []
  let pieces: string[] = []
  let chinese = false
  const finish = () => {
    if (pieces.length > 0) words.push({ type: 'unknown', text: pieces.join('') })
    pieces = []
    chinese = false
  }
  for (const token of tokens) {
    const known = token.type !== 'unknown'
    const han = HAN.test(token.text)
    if (known || !(chinese || han)) finish()
    if (known) words.push(token)
    else {
      pieces.push(token.text)
      chinese ||= han
    }
  }
  finish()
  return words
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}
