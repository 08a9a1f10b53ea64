// A sentence cut into phrases of the phrasebook, names of files and columns, quoted texts, and what is none of these.
import { ADJUST_PHRASES } from './adjust-phrases.ts'
import { ARGUMENT_PHRASES } from './argument-phrases.ts'
import { FILLER_PHRASES } from './filler-phrases.ts'
import { otherNames, wordsOfFile } from './column-names.ts'
import { ANY, folded } from './first-characters.ts'
import type { Meaning, Phrase } from './lexicon.ts'
import { NO_NUMBER } from './numerals.ts'
import type { Flag } from './row-flags.ts'
import { OPERATION_PHRASES } from './operation-phrases.ts'

/** The names a person may use for what is there. */
export interface Vocabulary {
  readonly files: readonly string[]
  /** Of each table. */
  readonly columns: readonly (readonly string[])[]
  /** Words for rows by what a column says of them. */
  readonly flags?: ReadonlyMap<string, Flag>
  /** Words that may be values in a table. */
  readonly rows?: readonly string[]
}

export type Token = { readonly text: string } & (
  | Meaning
  | { readonly type: 'file'; readonly name: string }
  | { readonly type: 'unknown' }
)

const PHRASES: readonly Phrase[] = [...ADJUST_PHRASES, ...OPERATION_PHRASES, ...ARGUMENT_PHRASES, ...FILLER_PHRASES]
const ANYWHERE = PHRASES.filter(({ starts }) => starts === ANY)
/** The phrases that can begin with a character, in the order of the phrasebook. */
const BY_START = new Map(
  [...new Set(PHRASES.flatMap(({ starts }) => (starts === ANY ? [] : [...starts])))].map((character) => [
    character,
    PHRASES.filter(({ starts }) => starts === ANY || starts.has(character)),
  ]),
)
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

/** What gives the tokens of a normalized text, longest phrase first at each place. */
export function tokensBy(vocabulary: Vocabulary): (text: string) => Token[] {
  const known = nameTokens(vocabulary)
  const names = { exact: shelfOf(known.filter((name) => !name.short)), all: shelfOf(known) }
  return (text) => tokensOf(text, names)
}

function tokensOf(text: string, names: Readonly<Record<'exact' | 'all', Shelf>>): Token[] {
  const tokens: Token[] = []
  for (let at = 0; at < text.length;) {
    const blank = text[at] === ' '
    if (blank) {
      if (isList(text, at)) tokens.push({ type: 'mark', mark: 'list', text: ' ' })
      at++
      continue
    }
    const token = tokenAt(text, at, names)
    tokens.push(token)
    at += token.text.length
  }
  return withWholeWords(tokens)
}

function tokenAt(text: string, at: number, names: Readonly<Record<'exact' | 'all', Shelf>>): Token {
  const candidates = [
    named(text, at, names.exact),
    quoted(text, at),
    spoken(text, at),
    phrase(text, at),
    named(text, at, names.all),
  ]
  const found = candidates.filter((token) => token !== undefined)
  const longest = found.toSorted((a, b) => b.text.length - a.text.length)[0]
  return longest ?? { type: 'unknown', text: matchAt(WORD, text, at)?.[0] ?? text[at]! }
}

function phrase(text: string, at: number): Token | undefined {
  if (matchAt(NUMERALS, text, at)) return undefined
  let best: Token | undefined
  for (const { pattern, meaning } of BY_START.get(folded(text[at]!)) ?? ANYWHERE) {
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

function named(text: string, at: number, { longest, byStart }: Shelf): Token | undefined {
  const inWord = /[a-z\d]/i.test(text[at - 1] ?? '') && /[a-z\d]/i.test(text[at]!)
  const names = inWord ? undefined : byStart.get(text[at]!.toLowerCase()[0]!)
  if (!names) return undefined
  const rest = text.slice(at, at + longest + 1).toLowerCase()
  const best = names.find(({ text: name }) => rest.startsWith(name) && !continues(name, rest[name.length]))
  if (!best) return undefined
  const said = text.slice(at, at + best.text.length)
  const { token } = best
  // What a file is called after is a measure, in the spelling of whoever asks.
  const isMeasure = token.type === 'argument' && token.args.measure !== undefined
  return isMeasure ? { ...token, args: { measure: said }, text: said } : { ...token, text: said }
}

function continues(name: string, next = ''): boolean {
  return /[a-z\d]$/i.test(name) && /[a-z\d]/i.test(next)
}

interface Name {
  /** Lower case, perhaps in quotes. */
  readonly text: string
  readonly token: Token
  /** A file without its extension, another word for a column: any phrase of the phrasebook of the same length goes first. */
  readonly short?: boolean
}

/** Names by the character they begin with, the longest first. */
interface Shelf {
  readonly longest: number
  readonly byStart: ReadonlyMap<string, readonly Name[]>
}

function shelfOf(names: readonly Name[]): Shelf {
  const sorted = names.toSorted((a, b) => b.text.length - a.text.length)
  return { longest: sorted[0]?.text.length ?? 0, byStart: Map.groupBy(sorted, ({ text }) => text[0]!) }
}

/** Each name, quoted or not; a year column also by its number, a file also without its extension. */
function nameTokens({ files, columns: tables, flags = new Map(), rows = [] }: Vocabulary): Name[] {
  const tokens: Name[] = []
  const both = (name: string, token: Token) => {
    const text = name.normalize('NFKC').toLowerCase().trim()
    if (text) tokens.push(...[text, `"${text}"`, `'${text}'`].map((written) => ({ text: written, token })))
  }
  for (const name of files) {
    const token: Token = { type: 'file', name, text: '' }
    both(name, token)
    const stem = name
      .replace(/^.*\//, '')
      .replace(/\.[^.]*$/, '')
      .normalize('NFKC')
      .toLowerCase()
      .trim()
    if (stem.length > 2) tokens.push({ text: stem, token, short: true })
  }
  for (const name of new Set(tables.flat())) {
    const token: Token = { type: 'argument', args: { fields: [name] }, text: '' }
    if (name.length > 1 || /[^a-z\d]/i.test(name)) both(name, token)
    else tokens.push({ text: `"${name.toLowerCase()}"`, token })
    const year = /^(\d{4})年$/.exec(name)?.[1]
    const bare = /^(.+?) ?[([].*[)\]]$/.exec(name)?.[1] ?? year
    if (bare && bare.length > 1) both(bare, token)
    if (year) both(`${year} 年`, token)
  }
  for (const [text, flag] of flags) tokens.push({ text, token: { type: 'argument', args: { flag }, text: '' } })
  for (const name of rows) both(name, { type: 'argument', args: { names: [name] }, text: '' })
  for (const [text, column] of tables.flatMap((columns) => [...otherNames(columns)]))
    tokens.push({ text, token: { type: 'argument', args: { fields: [column] }, text: '' }, short: true })
  for (const word of files.flatMap(wordsOfFile))
    tokens.push({ text: word, token: { type: 'argument', args: { measure: word }, text: '' }, short: true })
  return tokens
}

/** A blank between two Chinese characters separates items. */
function isList(text: string, at: number): boolean {
  return HAN.test(text[at - 1] ?? '') && HAN.test(text[at + 1] ?? '')
}

/** Unknown characters side by side become one unknown word, where Chinese is among them. */
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
