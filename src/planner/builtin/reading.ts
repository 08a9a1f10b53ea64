// From a sentence to the operations it mentions, each with its arguments; every word must have found its place.
import { languageOf, normalized, type Language } from './language.ts'
import type { Args, Link, Mention, MentionKind } from './mention.ts'
import { alone, taken } from './slots.ts'
import { tokensOf, type Token, type Vocabulary } from './tokens.ts'

/** Words that may mean the size, but in "double blur" do not: beside other operations they do not stand alone. */
export const VAGUE =
  /^(?:double[ds]?|twice|half|halve|a half|quarter|third|减半|一半|翻倍|加倍|\d+(?:\.\d+)? ?(?:x|times|倍)|[两三四五]倍)$/i

/** What a sentence says. `unknown` holds the words that found no place: when it is not empty, nothing is done. */
export interface Reading {
  readonly language: Language
  readonly mentions: readonly Mention[]
  /** Arguments that no operation took; a change of the last request, if there is one. */
  readonly loose: readonly LooseArgument[]
  readonly files: readonly string[]
  readonly unknown: readonly string[]
  readonly negated: readonly string[]
  /** "instead", 改成: this changes the last request. */
  readonly amends: boolean
  /** Token positions after which the parts of an arrangement are listed ("a grid of …"). */
  readonly listings: readonly number[]
}

interface LooseArgument {
  readonly args: Args
  readonly text: string
  readonly at: number
  readonly link: Link
}

/** Reads a request. `vocabulary` are the names of files and columns it may use. */
export function readingOf(request: string, vocabulary: Vocabulary): Reading {
  const text = normalized(request)
  const tokens = tokensOf(text, vocabulary)
  const of = (mark: string) => tokens.filter((token) => token.type === 'mark' && token.mark === mark)
  const mentions = inMotion(mentionsOf(tokens), tokens)
  const bound = bind(mentions, tokens)
  return {
    language: languageOf(request),
    ...bound,
    files: [...new Set(tokens.flatMap((token) => (token.type === 'file' ? [token.name] : [])))],
    unknown: tokens.filter((token) => token.type === 'unknown').map((token) => token.text),
    negated: of('not').map((token) => token.text),
    amends: of('amend').length > 0,
    listings: tokens.flatMap((token, at) => (token.type === 'mark' && token.mark === 'listing' ? [at] : [])),
  }
}

function mentionsOf(tokens: readonly Token[]): Mention[] {
  const mentions = tokens.flatMap((token, at): Mention[] =>
    token.type === 'operation' ? [{ kind: token.kind, args: token.args, link: linkBefore(tokens, at), at }] : [],
  )
  // "The 10 largest provinces over time" is an animated ranking though no chart is named.
  const overTime = tokens.findIndex((token) => token.type === 'argument' && token.args.overTime)
  const named = mentions.some(({ kind }) => kind === 'chart' || kind === 'race' || kind === 'summary')
  if (overTime < 0 || named) return mentions
  const race: Mention = { kind: 'race', args: {}, link: linkBefore(tokens, overTime), at: overTime }
  return [...mentions, race].toSorted((a, b) => a.at - b.at)
}

/** How the token is tied to the operation before it. */
function linkBefore(tokens: readonly Token[], at: number): Link {
  let link: Link = 'none'
  for (let i = at - 1; i >= 0; i--) {
    const token = tokens[i]!
    if (token.type === 'operation') break
    if (token.type !== 'mark') continue
    if (token.mark === 'then') return 'then'
    if (token.mark === 'list' || token.mark === 'stop') link = 'list'
  }
  return link
}

/** A rotation together with a word of motion is one turning animation. */
function inMotion(mentions: readonly Mention[], tokens: readonly Token[]): Mention[] {
  const has = (...kinds: readonly MentionKind[]) => mentions.some(({ kind }) => kinds.includes(kind))
  const counted = tokens.some((token) => token.type === 'argument' && token.args.frames !== undefined)
  const moving = has('spin', 'cycle') || (has('rotate') && (has('gif') || counted))
  if (!moving) return [...mentions]
  const parts = mentions.filter(({ kind }) => kind === 'spin' || kind === 'rotate')
  const first = parts[0] ?? mentions.find(({ kind }) => kind === 'cycle')!
  const still = parts.length === 0
  const args: Args = parts.reduce<Args>((all, part) => ({ ...all, ...part.args }), still ? { total: 0 } : {})
  const spin: Mention = { ...first, kind: 'spin', args }
  return mentions.flatMap((mention) => {
    if (mention === first) return still ? [spin, mention] : [spin]
    return parts.includes(mention) || mention.kind === 'gif' ? [] : [mention]
  })
}

function bind(mentions: readonly Mention[], tokens: readonly Token[]): Pick<Reading, 'mentions' | 'loose'> {
  let bound = [...mentions]
  let waiting: LooseArgument[] = tokens.flatMap((token, at) =>
    token.type === 'argument' ? [{ args: token.args, text: token.text, at, link: linkBefore(tokens, at) }] : [],
  )
  // Twice: an argument that stands for an operation of its own may be what another one belongs to.
  for (const standAlone of [false, true, false]) {
    const rest: LooseArgument[] = []
    for (const item of waiting) {
      const place = placeOf(bound, item, tokens)
      const kind = VAGUE.test(item.text) ? undefined : alone(item.args)
      if (place) bound = bound.map((mention) => (mention === place.mention ? place.filled : mention))
      else if (standAlone && kind && bound.length > 0 && !bound.some((mention) => mention.kind === kind)) {
        const own = taken({ kind, args: {}, link: item.link, at: item.at }, item.args)
        if (own) bound = [...bound, own].toSorted((a, b) => a.at - b.at)
      } else rest.push(item)
    }
    waiting = rest
  }
  return { mentions: bound, loose: waiting }
}

/** The nearest operation that takes the argument: in the same clause before, then after it, then anywhere before, then after. */
function placeOf(mentions: readonly Mention[], item: LooseArgument, tokens: readonly Token[]) {
  const clause = (at: number) =>
    tokens.slice(0, at).filter((token) => token.type === 'mark' && ['then', 'list', 'stop'].includes(token.mark)).length
  const here = clause(item.at)
  const rank = ({ at }: Mention) =>
    (clause(at) === here ? 0 : 100_000) + (at < item.at ? 0 : 10_000) + Math.abs(at - item.at)
  // A number without a unit belongs to an operation beside it, or to none.
  const near = item.args.number === undefined ? mentions : mentions.filter(({ at }) => clause(at) === here)
  for (const mention of near.toSorted((a, b) => rank(a) - rank(b))) {
    const filled = taken(mention, item.args)
    if (filled) return { mention, filled }
  }
  return undefined
}
