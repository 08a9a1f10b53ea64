// Parses a sentence into operations with their arguments; every word must be accounted for.
import { bindArguments, linksOf, type LooseArgument } from './argument-binding.ts'
import { asksByGroup, withGroups } from './group-words.ts'
import { withConditions } from './conditions.ts'
import { languageOf, normalizeText, type Language } from './language.ts'
import { ADJUSTABLE, type Args, type Mention, type MentionKind } from './intent.ts'
import { withFlags } from '../names/row-flags.ts'
import { possibleNames } from '../names/row-names.ts'
import { nearestName } from '../names/near-names.ts'
import type { Token } from '../phrases/lexicon.ts'
import { createTokenizer } from './tokens.ts'
import { hasTables, type Vocabulary } from '../names/vocabulary.ts'

/** What a sentence says. `unknown`: words that were not understood; unless it is empty, nothing is done. */
export interface Reading {
  readonly language: Language
  readonly mentions: readonly Mention[]
  /** Arguments that no operation took; if there is a last request, they may change it. */
  readonly loose: readonly LooseArgument[]
  readonly files: readonly string[]
  readonly unknown: readonly string[]
  readonly negated: readonly string[]
  /** Number of operations and arguments; above `MAX_PARTS`, arguments are not assigned to operations. */
  readonly parts: number
  /** "instead", 改成: changes the last request. */
  readonly amends: boolean
  /** "It", "those five", 结果: refers to the last result. */
  readonly points: boolean
  /** Words that were read as the name that they nearly spell. */
  readonly corrected: readonly (readonly [string, string])[]
  /** Token positions after which the parts of an arrangement are listed ("a grid of …"). */
  readonly listings: readonly number[]
}

/** Operations and arguments of one sentence. No real request has more, and each is compared with each. */
export const MAX_PARTS = 150

/** Reads a request. `vocabulary`: the names of files and columns that it may use. */
export function readingOf(request: string, vocabulary: Vocabulary): Reading {
  const text = normalizeText(request)
  const { tokens: read, corrected } = correctedTokens(text, vocabulary)
  const marked = withFlags(withGroups(read))
  const tokens = hasTables(vocabulary) ? withConditions(marked, vocabulary) : marked
  const of = (mark: string) => tokens.filter((token) => token.type === 'mark' && token.mark === mark)
  const mentions = mergeMotion(withChanges(mentionsOf(tokens)), tokens)
  const parts = tokens.filter(({ type }) => type === 'operation' || type === 'argument').length
  const bound = parts > MAX_PARTS ? { mentions, loose: [] } : bindArguments(mentions, tokens)
  return {
    language: languageOf(request),
    ...bound,
    files: [...new Set(tokens.flatMap((token) => (token.type === 'file' ? [token.name] : [])))],
    unknown: tokens.filter((token) => token.type === 'unknown').map((token) => token.text),
    corrected,
    parts,
    negated: of('not').map((token) => token.text),
    amends: of('amend').length > 0,
    points: tokens.some(({ type, text: word }) => type === 'mark' && POINTING.test(word)),
    listings: tokens.flatMap((token, at) => (token.type === 'mark' && token.mark === 'listing' ? [at] : [])),
  }
}

const POINTING =
  /\b(?:it|its|that|this|them|they|those|these|results?|same)\b|^(?:它们?|其|这|那|该)|结果|刚才|上面|上一/i

/** The tokens, with misspelled names of columns and values read as what they nearly spell. */
function correctedTokens(text: string, vocabulary: Vocabulary): Pick<Reading, 'corrected'> & { tokens: Token[] } {
  const tokens = tokensIn(text, vocabulary)
  const unknown = [...new Set(tokens.flatMap((token) => (token.type === 'unknown' ? [token.text] : [])))]
  if (unknown.length === 0 || unknown.length > MAX_CORRECTED || !hasTables(vocabulary)) return { tokens, corrected: [] }
  const corrected = unknown.map((word) => [word, nearestName(word, vocabulary)] as const)
  if (!corrected.every((pair): pair is readonly [string, string] => pair[1] !== undefined))
    return { tokens, corrected: [] }
  const spelled = corrected.reduce((so, [word, name]) => so.replaceAll(word, name), text)
  return { tokens: tokensIn(spelled, vocabulary), corrected }
}

/** Misspelled words of one request. */
const MAX_CORRECTED = 3

/** The tokens; unknown words in positions of row names count as such if that leaves no unknown words. */
function tokensIn(text: string, vocabulary: Vocabulary): Token[] {
  const read = createTokenizer(vocabulary)
  const tokens = read(text)
  if (!hasTables(vocabulary)) return tokens
  const isUnknown = ({ type }: Token) => type === 'unknown'
  const rows = possibleNames(text, tokens, (name) => !read(name).some(isUnknown))
  const named = rows.length === 0 ? tokens : createTokenizer(vocabulary, rows)(text)
  return named.some(isUnknown) ? tokens : named
}

function mentionsOf(tokens: readonly Token[]): Mention[] {
  const links = linksOf(tokens)
  const table = tableAtEnd(tokens)
  const said = mergeCharts(
    withoutFormWords(
      tokens.flatMap((token, at): Mention[] => {
        if (at === table) return [{ kind: 'table', args: {}, link: links[at]!, at }]
        return token.type === 'operation' ? [{ kind: token.kind, args: token.args, link: links[at]!, at }] : []
      }),
      tokens,
    ),
  )
  const isAboutRows = tokens.some((token) => token.type === 'argument' && token.args.where !== undefined)
  const mentions = isAboutRows ? said.filter(({ kind }) => kind !== 'info') : said
  const asked = tokens.findIndex(isQuestion)
  if (asked >= 0 && !mentions.some(({ kind }) => kind === 'gif' || SHAPES.includes(kind)))
    return [
      ...mentions.filter(({ kind }) => kind !== 'info' && kind !== 'summary'),
      { kind: 'table', args: {}, link: links[asked]!, at: asked, implied: true },
    ]
  // "The 10 largest provinces over time" means a chart though none is named; it is animated only if a word says so.
  const overTime = tokens.findIndex((token) => token.type === 'argument' && token.args.overTime)
  const named = mentions.some(({ kind }) => ['chart', 'race', 'summary', 'table', 'histogram'].includes(kind))
  if (mentions.length === 0 && asksByGroup(tokens)) return [{ kind: 'chart', args: {}, link: 'none', at: 0 }]
  if (overTime < 0 || named) return mentions
  const moves = mentions.some(({ kind }) => kind === 'gif')
  const chart: Mention = {
    kind: moves ? 'race' : 'chart',
    args: {},
    link: links[overTime]!,
    at: overTime,
    implied: !moves,
  }
  return [...mentions, chart].toSorted((a, b) => a.at - b.at)
}

/** Whether a word asks for figures of a table: which, growth, correlation, sorted … */
function isQuestion(token: Token): boolean {
  if (token.type !== 'argument') return false
  const { which, best, growth, relation, pivot, tail, distinct, sorted, order, compared, save, aggregate, where } =
    token.args
  const isFigure = aggregate !== undefined && !['sum', 'average', 'count'].includes(aggregate)
  const isCompared = (where ?? []).some((one) => !('is' in one))
  return (
    isFigure ||
    isCompared ||
    [which, best, growth, relation, pivot, tail, distinct, sorted, order, compared, save].some(
      (asked) => asked !== undefined,
    )
  )
}

/** "The sales by year table", 按年份的销售额表格: a final "table" after what it shows names the result. */
function tableAtEnd(tokens: readonly Token[]): number {
  const words = tokens.flatMap((token, at) => (token.type === 'mark' && token.mark === 'stop' ? [] : [at]))
  const [before, last] = words.slice(-2).map((at) => tokens[at]!)
  const isTable = last?.type === 'mark' && /^(?:的?表格?|table)$/i.test(last.text)
  const shows =
    before?.type === 'argument' && (before.args.fields ?? before.args.overTime ?? before.args.top) !== undefined
  return isTable && shows ? words.at(-1)! : -1
}

/** 按地区统计…,画柱状图: beside a chart or a table of groups, "summarize" and "compare" are no operations of their own. */
function withoutFormWords(mentions: readonly Mention[], tokens: readonly Token[]): Mention[] {
  if (!mentions.some(({ kind }) => SHAPES.includes(kind))) return [...mentions]
  const grouped = tokens.some(
    (token) =>
      token.type === 'argument' && (token.args.fields ?? token.args.aggregate ?? token.args.overTime) !== undefined,
  )
  return mentions.filter(
    ({ kind, args }) => !(grouped && kind === 'summary') && !(kind === 'stack' && args.compare === true),
  )
}

/** "The trend as a line chart" is one chart, said twice. */
function mergeCharts(mentions: readonly Mention[]): Mention[] {
  const merged: Mention[] = []
  for (const mention of mentions) {
    const { chart } = mention.args
    const at = merged.findIndex(
      ({ kind, args }) =>
        kind === mention.kind &&
        (kind === 'chart' || kind === 'race') &&
        (chart === undefined || args.chart === undefined || args.chart === chart),
    )
    if (at < 0) merged.push(mention)
    else merged[at] = { ...merged[at]!, args: { ...merged[at]!.args, ...mention.args } }
  }
  return merged
}

const SHAPES: readonly MentionKind[] = ['chart', 'race', 'table', 'histogram']

/** "More" next to an operation applies to that one: "blur it more", "too much contrast". */
function withChanges(mentions: readonly Mention[]): Mention[] {
  const takes = (mention: Mention | undefined) => mention && ADJUSTABLE.includes(mention.kind)
  const taker = ({ kind, link }: Mention, at: number): number => {
    if (kind !== 'adjust') return -1
    if (link === 'none' && takes(mentions[at - 1])) return at - 1
    return mentions[at + 1]?.link === 'none' && takes(mentions[at + 1]) ? at + 1 : -1
  }
  const takers = mentions.map(taker)
  return mentions.flatMap((mention, at) => {
    if (takers[at]! >= 0) return []
    const changes = mentions.filter((_, other) => takers[other] === at).map(({ args }) => args)
    return [changes.length > 0 ? { ...mention, args: Object.assign({}, mention.args, ...changes) as Args } : mention]
  })
}

/** A rotation together with a word of motion is one rotating animation. */
function mergeMotion(mentions: readonly Mention[], tokens: readonly Token[]): Mention[] {
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
