// Words that may be values in a table, used to filter rows: "GDP of 广东 and 江苏", 北京和上海的GDP.
import type { Token } from '../phrases/lexicon.ts'

const YEARS = /(?:在)?(?:19|20)\d\d ?年/gu
/** Introduces Chinese names in an English sentence. */
const ENGLISH = /\b(?:of|for|in|between|only|compare)\b/i
const HAN_WORD = /(?<![^\s,、])\p{Script=Han}{2,8}(?![^\s,、.?!])/gu
const MAX_NAMES = 10
const CLAUSES = /[,。;:!?\n]/u
const VERBS = /^(?:请|帮我|把|将|给我|画出?|绘制|显示|展示|看看?|的)+/u
/** Introduces a list of names, even without 的 after it. */
const CHOOSING = /^(?:比较|对比|只看|只要|仅看)/u
const AND_CHINESE = /以及|[和与跟及、]/u
const NAME = /^(?:\p{Script=Han}{2,8}|[\p{Script=Latin}\d]{2,30})$/u
/** Before the first English name, and between two names. */
const OPENING = /^(?:of|for|only|just|between|compared?|in)$/i
const BETWEEN = /^(?:,|、|and|or|vs|versus|&|和|the)$/i

/** Unknown words of a request in positions where row names occur. `isKnown`: the word has another meaning. */
export function possibleNames(text: string, tokens: readonly Token[], isKnown: (name: string) => boolean): string[] {
  if (!tokens.some(({ type }) => type === 'unknown')) return []
  const chinese = ENGLISH.test(text)
    ? [...text.matchAll(HAN_WORD)].map(([name]) => name)
    : text.split(CLAUSES).flatMap(listedIn)
  const names = [...chinese.slice(0, MAX_NAMES).filter((name) => !isKnown(name)), ...afterOpening(tokens)]
  return names.length > MAX_NAMES ? [] : [...new Set(names)]
}

/** The names before 的, or before a Latin word, at the start of a clause. */
function listedIn(clause: string): string[] {
  const asked = clause.trim().replace(YEARS, '').replace(VERBS, '')
  const list = asked.replace(CHOOSING, '')
  const end = list.search(/[的在历]|[两几]个|(?<=\p{Script=Han})[a-z]/iu)
  if (end < 0 && list === asked) return []
  const names = (end < 0 ? list : list.slice(0, end)).slice(0, 100).split(AND_CHINESE)
  return names.every((name) => NAME.test(name)) ? names : []
}

/** Adjacent unknown words form one name; names are separated as in a list. */
function afterOpening(tokens: readonly Token[]): string[] {
  const names: string[] = []
  let open = false
  for (let at = 0; at < tokens.length; at++) {
    const { type, text } = tokens[at]!
    if (type !== 'unknown') {
      open = OPENING.test(text) || (open && BETWEEN.test(text))
      continue
    }
    let end = at + 1
    while (tokens[end]?.type === 'unknown') end++
    const words = tokens.slice(at, end).map((token) => token.text)
    if (open) names.push(words.join(' '))
    at = end - 1
  }
  return names
}
