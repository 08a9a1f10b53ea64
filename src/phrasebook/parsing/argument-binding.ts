// Assigns arguments to operations, in time that grows less than quadratically with the sentence.
import type { Args, Link, Mention } from './intent.ts'
import { impliedOperation, addArgument } from './slots.ts'
import type { Token } from '../phrases/lexicon.ts'

/** An argument without an operation. */
export interface LooseArgument {
  readonly args: Args
  readonly text: string
  readonly at: number
  readonly link: Link
}

/** Words that may mean a size but not in "double blur": next to other operations they imply no operation. */
export const VAGUE =
  /^(?:double[ds]?|twice|half|halve|a half|quarter|third|减半|一半|翻倍|加倍|\d+(?:\.\d+)? ?(?:x|times|倍)|[两三四五]倍)$/i

/** For each token, how it is linked to the operation before it. */
export function linksOf(tokens: readonly Token[]): Link[] {
  let link: Link = 'none'
  return tokens.map((token) => {
    const here = link
    if (token.type === 'operation') link = 'none'
    else if (token.type === 'mark' && token.mark === 'then') link = 'then'
    else if (separates(token) && link === 'none') link = 'list'
    return here
  })
}

/** The operations in order with their arguments, and the arguments that no operation takes. */
export function bindArguments(
  mentions: readonly Mention[],
  tokens: readonly Token[],
): { readonly mentions: readonly Mention[]; readonly loose: readonly LooseArgument[] } {
  const bound = [...mentions]
  const links = linksOf(tokens)
  const clauses = clausesOf(tokens)
  let waiting = tokens.flatMap((token, at): LooseArgument[] =>
    token.type === 'argument' ? [{ args: token.args, text: token.text, at, link: links[at]! }] : [],
  )
  // A last pass: an operation implied by an argument may itself take other arguments.
  for (const standAlone of [false, true, false]) {
    waiting = waiting.filter((item) => {
      if (placeArgument(bound, item, clauses)) return false
      const kind = VAGUE.test(item.text) ? undefined : impliedOperation(item.args)
      if (!standAlone || !kind || bound.length === 0 || bound.some((mention) => mention.kind === kind)) return true
      const own = addArgument({ kind, args: {}, link: item.link, at: item.at, implied: true }, item.args)
      if (own) bound.splice(placeAfter(bound, item.at), 0, own)
      return !own
    })
  }
  return { mentions: bound, loose: waiting }
}

/** Adds the argument to the nearest operation that takes it. */
function placeArgument(mentions: Mention[], item: LooseArgument, clauses: readonly number[]): boolean {
  for (const n of nearest(mentions, item, clauses)) {
    const filled = addArgument(mentions[n]!, item.args)
    if (!filled) continue
    mentions[n] = filled
    return true
  }
  return false
}

/** Indexes of operations by distance: in the same clause before, then after it, then anywhere before, then after. */
function* nearest(mentions: readonly Mention[], item: LooseArgument, clauses: readonly number[]): Generator<number> {
  const isHere = (n: number): boolean => clauses[mentions[n]!.at] === clauses[item.at]
  const middle = placeAfter(mentions, item.at - 1)
  let from = middle
  while (from > 0 && isHere(from - 1)) from--
  let to = middle
  while (to < mentions.length && isHere(to)) to++
  yield* backwards(mentions, from, middle)
  for (let n = middle; n < to; n++) yield n
  // A number without a unit belongs to an operation in the same clause, or to none.
  if (item.args.number !== undefined) return
  yield* backwards(mentions, 0, from)
  for (let n = to; n < mentions.length; n++) yield n
}

/** From last to first, but operations at the same token in their order. */
function* backwards(mentions: readonly Mention[], from: number, to: number): Generator<number> {
  for (let end = to; end > from;) {
    let begin = end - 1
    while (begin > from && mentions[begin - 1]!.at === mentions[begin]!.at) begin--
    for (let n = begin; n < end; n++) yield n
    end = begin
  }
}

/** How many of the operations, which are sorted, are at or before the token. */
function placeAfter(mentions: readonly Mention[], at: number): number {
  let low = 0
  for (let high = mentions.length; low < high;) {
    const middle = (low + high) >> 1
    if (mentions[middle]!.at <= at) low = middle + 1
    else high = middle
  }
  return low
}

/** The clause number of each token. */
function clausesOf(tokens: readonly Token[]): number[] {
  let clause = 0
  return tokens.map((token) => (separates(token) ? clause++ : clause))
}

function separates(token: Token): boolean {
  return token.type === 'mark' && (token.mark === 'then' || token.mark === 'list' || token.mark === 'stop')
}
