// The notation of the phrasebook's lines, and its compilation to patterns that match at a position in a sentence.
import { firstCharacters, type Starts } from './first-characters.ts'
import type { Args, MentionKind } from '../parsing/intent.ts'
import { NUMBER, numberOf } from '../parsing/numerals.ts'

/** What a phrase means. */
type Meaning =
  | { readonly type: 'operation'; readonly kind: MentionKind; readonly args: Args }
  | { readonly type: 'argument'; readonly args: Args }
  | { readonly type: 'mark'; readonly mark: Mark }

/** A part of a sentence. */
export type Token = { readonly text: string } & (
  | Meaning
  | { readonly type: 'file'; readonly name: string }
  | { readonly type: 'unknown' }
)

/**
 * Words with a grammatical role. then, list, stop: separators; listing: the parts follow; amend: changes the last
 * request; not: a negation, which is never guessed at; filler: has no meaning of its own.
 */
export type Mark = 'then' | 'list' | 'stop' | 'listing' | 'amend' | 'not' | 'filler'

/** A compiled phrase. */
export interface Phrase {
  readonly pattern: RegExp
  /** The characters that a match can begin with. */
  readonly starts: Starts
  readonly meaning: (match: readonly string[]) => Meaning
}

type Groups = (numbers: readonly number[], words: readonly string[]) => Args

/** Phrases of an operation. In a phrase, `|` separates variants, `#` is a number, `~` an optional space. */
export function operation(kind: MentionKind, args: Args | Groups, ...say: readonly string[]): Phrase[] {
  return compilePhrases(say, (match) => ({ type: 'operation', kind, args: fillArguments(args, match) }))
}

/** Phrases of an argument. */
export function argument(args: Args | Groups, ...say: readonly string[]): Phrase[] {
  return compilePhrases(say, (match) => ({ type: 'argument', args: fillArguments(args, match) }))
}

/** Words with a grammatical role. */
export function mark(name: Mark, ...say: readonly string[]): Phrase[] {
  return compilePhrases(say, () => ({ type: 'mark', mark: name }))
}

function fillArguments(args: Args | Groups, match: readonly string[]): Args {
  if (typeof args !== 'function') return args
  const words = match.slice(1).filter((word) => word !== undefined)
  return args(words.map(numberOf), words)
}

function compilePhrases(say: readonly string[], meaning: Phrase['meaning']): Phrase[] {
  return say.flatMap(wordings).map((wording) => {
    const source = sourceOf(wording)
    return { pattern: patternOf(source), starts: firstCharacters(source), meaning }
  })
}

/** Splits at every `|` outside brackets. */
function wordings(text: string): string[] {
  const parts = ['']
  let depth = 0
  for (const character of text) {
    const escaped = parts.at(-1)!.endsWith('\\')
    if (character === '(' && !escaped) depth++
    if (character === ')' && !escaped) depth--
    if (character === '|' && depth === 0) parts.push('')
    else parts[parts.length - 1] += character
  }
  return parts
}

function sourceOf(wording: string): string {
  return wording.replaceAll('#', NUMBER).replaceAll('~', ' ?').replaceAll(' ', '[ -]')
}

/** Latin letters and digits at either end must be at a word boundary; a unit may follow its number directly. */
function patternOf(source: string): RegExp {
  return new RegExp(
    `(?<![a-z](?=[a-z]))(?<!\\d(?=\\d))(?:${source})(?!(?<=[a-z])[a-z])(?!(?<=\\d)(?:\\d|\\.\\d))`,
    'iuy',
  )
}
