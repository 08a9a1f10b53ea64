// When to compact a conversation and where to cut: pure functions of the journal. Only whole requests are dropped.
import type { Event, EventOf } from '../../../sessions/event.ts'
import { buildMessages } from '../messages/messages.ts'
import { estimateTokens } from './token-estimate.ts'
import type { Protocol } from '../prompt.ts'

export type Compacted = EventOf<'compacted'>

/** Shares of the context: at which a conversation is compacted, its target size afterwards, and that of the digest. */
const COMPACT_AT_SHARE = 0.8
const TARGET_SHARE = 0.5
const DIGEST_SHARE = 0.25
/** Tokens. A smaller digest has no useful content. */
const MIN_DIGEST = 200
/** Tokens of the tool definitions, and the wire format's overhead per message. */
const TOOLS_TOKENS = 1200
const MESSAGE_TOKENS = 4

/** The compaction that is due before the next request, if one is due and makes the request smaller. */
export function dueCompaction(journal: readonly Event[], context: number, protocol: Protocol): Compacted | undefined {
  if (sizeOf(journal, protocol) < context * COMPACT_AT_SHARE) return undefined
  return planCompaction(journal, context * TARGET_SHARE, context * DIGEST_SHARE, protocol)
}

/** After the endpoint refused the conversation as too long: halves the conversation, and the digest, each time. */
export function compactionAfterRefusal(
  journal: readonly Event[],
  context: number | undefined,
  protocol: Protocol,
): Compacted | undefined {
  const always = estimateRequest([], protocol)
  const half = (sizeOf(journal, protocol) - always) / 2
  const before = lastCompacted(journal)?.tokens ?? Infinity
  const size = Math.min(always + half, (context ?? Infinity) * TARGET_SHARE)
  return planCompaction(journal, size, Math.min(half / 2, before / 2, (context ?? Infinity) * DIGEST_SHARE), protocol)
}

/** Tokens of the next request: the endpoint's last count plus an estimate of everything added since. */
export function sizeOf(journal: readonly Event[], protocol: Protocol): number {
  const estimate = estimateRequest(journal, protocol)
  const counted = findLastUsage(journal)
  if (counted === undefined) return estimate
  const { input } = journal[counted] as EventOf<'usage'>
  const before = estimateRequest(journal.slice(0, counted), protocol)
  // Some servers count only the tokens that they had not cached.
  return input < before / 2 ? estimate : input + Math.max(0, estimate - before)
}

/** Sequence numbers where requests begin; uploads and notices just before a request belong to it. */
export function boundariesOf(journal: readonly Event[]): number[] {
  return journal.flatMap((event, seq) => {
    if (event.type !== 'ask') return []
    let first = seq
    while (first > 0 && BETWEEN.has(journal[first - 1]?.type ?? 'ask')) first--
    return [first]
  })
}

const BETWEEN: ReadonlySet<Event['type']> = new Set(['upload', 'undo', 'gone', 'notice', 'restored', 'compacted'])

/** The compaction in force. */
function lastCompacted(journal: readonly Event[]): Compacted | undefined {
  return journal.findLast((event): event is Compacted => event.type === 'compacted')
}

/** Keeps as many of the newest requests as fit into `size` tokens, and at least the last one. */
function planCompaction(
  journal: readonly Event[],
  size: number,
  digest: number,
  protocol: Protocol,
): Compacted | undefined {
  const before = lastCompacted(journal)
  const tokens = Math.max(MIN_DIGEST, Math.floor(digest))
  const [last, ...earlier] = boundariesOf(journal)
    .filter((seq) => seq > 0 && seq >= (before?.seq ?? 0))
    .toReversed()
  if (last === undefined) return undefined
  const at = (seq: number): Compacted => ({ type: 'compacted', seq, tokens })
  let best = last
  for (const seq of earlier) {
    if (estimateRequest([...journal, at(seq)], protocol) > size) break
    best = seq
  }
  const smaller = estimateRequest([...journal, at(best)], protocol) < estimateRequest(journal, protocol)
  return smaller ? at(best) : undefined
}

function estimateRequest(journal: readonly Event[], protocol: Protocol): number {
  const from = lastCompacted(journal)?.seq ?? 0
  let tokens = TOOLS_TOKENS
  for (const message of buildMessages(journal, protocol))
    tokens += estimateTokens(messageText(message)) + MESSAGE_TOKENS
  for (const event of journal.slice(from)) {
    if (event.type === 'look') for (const picture of event.pictures) tokens += picture.tokens
  }
  return tokens
}

/** Content and calls; pictures are counted from the look events. */
function messageText(message: ReturnType<typeof buildMessages>[number]): string {
  const { content } = message
  const text = typeof content === 'string' ? content : ''
  const calls = 'tool_calls' in message ? (message.tool_calls ?? []) : []
  return calls.reduce((all, call) => all + ('function' in call ? call.function.arguments : ''), text)
}

/** Index of the last step's usage since the last compaction; a drawing's usage counts another model's tokens. */
function findLastUsage(journal: readonly Event[]): number | undefined {
  let drawing = false
  for (let n = journal.length - 1; n >= 0; n--) {
    const type = journal[n]?.type
    if (type === 'compacted') return undefined
    if (type === 'drawn' || type === 'drawing') drawing = type === 'drawn'
    else if (type === 'usage' && !drawing) return n
  }
  return undefined
}
