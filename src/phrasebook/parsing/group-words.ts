// Words before a column's name: "by", "per", 按, 各 mean that rows are grouped by its values.
import type { Token } from '../phrases/lexicon.ts'

const GROUP_WORD =
  /^(?:by|per|over|across|against|versus|vs|among|each|every|as a function of|depending on|按照?|每个?|各个?|不同的?|随着?)$/i
const ARTICLE = /^(?:the|an?|its|their|个)$/i
const AND = /^(?:and|和|与|及|、)$/i

/** Marks each column after such a word as one to group by, and the columns joined to it by "and". */
export function withGroups(tokens: readonly Token[]): Token[] {
  const marked: Token[] = []
  for (const [at, token] of tokens.entries()) {
    const { fields: named, flag } = token.type === 'argument' ? token.args : {}
    const fields = named ?? (flag && [flag.column])
    const groups = fields !== undefined && (follows(tokens, at) || continues(marked, tokens, at))
    marked.push(token.type === 'argument' && groups ? { ...token, args: { ...token.args, by: fields } } : token)
  }
  return marked
}

/** Whether a request only says "this by that", or this of named rows, and asks for no statistic. */
export function asksByGroup(tokens: readonly Token[]): boolean {
  const args = tokens.flatMap((token) => (token.type === 'argument' ? [token.args] : []))
  const shown = args.some(({ fields, by, measure }) => measure !== undefined || (fields !== undefined && !by))
  const named = args.some(({ names }) => names !== undefined)
  const settled = args.some(
    ({ aggregate, share, top, head, overTime }) => aggregate ?? share ?? top ?? head ?? overTime,
  )
  if (settled) return false
  // A table about GDP may be named after it: the file name stands for its content.
  if (named) return shown || tokens.some(({ type }) => type === 'file')
  return shown && args.some(({ by }) => by !== undefined)
}

function follows(tokens: readonly Token[], at: number): boolean {
  const before = tokens.slice(0, at).findLast(({ type, text }) => type !== 'mark' || !ARTICLE.test(text))
  return before?.type === 'mark' && GROUP_WORD.test(before.text)
}

function continues(marked: readonly Token[], tokens: readonly Token[], at: number): boolean {
  const [first, and] = [marked[at - 2], tokens[at - 1]]
  return and?.type === 'mark' && AND.test(and.text) && first?.type === 'argument' && first.args.by !== undefined
}
